"""Reads data/triage.yml, the one place where a sign of danger stands, with its level, its meaning and its sources.

Cards, the warning-signs page, the lists for babies, pregnancy and treated necks, and what search does with a danger, are made from it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scripts.guide.files import Fields, LinedList, load_yaml
from scripts.guide.problems import Problem

TRIAGE = "data/triage.yml"
LEVELS = ("911", "er", "today", "week", "988", "clinic")  # most urgent first; 988 and the clinic stand apart
SCOPES = ("everyone", "blood thinner", "neck treated", "pregnant or new mother", "baby or child")
NECK = "neck treated"
NUMBER = re.compile(r"(?i:\b(?:call|text|dial)\b)(?: or \w+)? (\d{3})\b")
ON_CARDS = ("everyone", "blood thinner")  # the other scopes have lists of their own
MARKERS = {"emergency": ("911", "er"), "today": ("today",), "week": ("week",), "988": ("988",), "neck": ("911", "er", "clinic")}
LONGEST = {"911": 8, "er": 8, "today": 9, "week": 7, "988": 4, "clinic": 4}  # lines, so that a card fits on a phone's screen


@dataclass(frozen=True)
class Sign:
    """One sign of danger.

    `card` is its line on its level's card ("" = on the warning-signs page only), `words` the whole of it, `means` what it may be,
    `sources` the keys behind it, `cautious` why its level is our own grouping, `search` the rules that bring it up (each a tuple
    of words or names of `lay` lists that must all be typed), `harmless` whole queries that must not.
    """

    id: str
    level: str
    scope: str
    card: str
    words: str
    means: str
    sources: tuple[str, ...]
    cautious: str
    search: tuple[tuple[str, ...], ...]
    harmless: tuple[str, ...]
    line: int

    @property
    def anchor(self) -> str:
        """Its anchor on the warning-signs page."""
        return f"sign-{self.id}"


@dataclass(frozen=True)
class Card:
    """A care card: its level, heading, a line before its signs, the signs, what stands under them."""

    level: str
    heading: str
    lead: str
    signs: tuple[Sign, ...]
    foot: str
    line: int

    @property
    def text(self) -> str:
        """Everything on the card, a line for each part."""
        return "\n".join(filter(None, [self.heading, self.lead, *(sign.card or sign.words for sign in self.signs), self.foot]))


@dataclass(frozen=True)
class Triage:
    """The whole file: each level's frame, lay words for search, every sign, and (page, words, line) where prose may name a level."""

    frames: dict[str, Card] = field(default_factory=dict)
    lay: dict[str, tuple[str, ...]] = field(default_factory=dict)
    signs: tuple[Sign, ...] = ()
    elsewhere: tuple[tuple[str, str, int], ...] = ()

    def card(self, level: str, scopes: tuple[str, ...] = ON_CARDS, whole: bool = False) -> Card | None:
        """A level's card with the signs of some scopes: those with a line for the card or, with `whole`, all of them."""
        frame = self.frames.get(level)
        signs = tuple(sign for sign in self.signs if sign.level == level and sign.scope in scopes and (whole or sign.card))
        return Card(frame.level, frame.heading, frame.lead, signs, frame.foot, frame.line) if frame and signs else None

    def cards(self, name: str) -> list[Card]:
        """The cards that the marker `<!-- card: NAME -->` shows, most urgent first."""
        scopes = (NECK,) if name == "neck" else ON_CARDS
        made = (self.card(level, (*scopes, "everyone") if level == "clinic" else scopes) for level in MARKERS.get(name, ()))
        return [card for card in made if card]

    @property
    def keys(self) -> list[str]:
        """Every source key of the file."""
        return [key for sign in self.signs for key in sign.sources]


def read_rules(fields: Fields, key: str) -> tuple[tuple[str, ...], ...]:
    """`search: [[numb, saddle], [cauda equina]]`: a list of lists of words."""
    value = fields.raw(key)
    if value is None:
        return ()
    if not isinstance(value, LinedList) or not all(isinstance(rule, LinedList) and rule and all(isinstance(w, str) for w in rule) for rule in value):
        fields.fault(key, f"'{key}' is not a list of lists of words{fields.inside()}", f"Write `{key}: [[numb, saddle], [cauda equina]]`.")
        return ()
    return tuple(tuple(rule) for rule in value)


def read_sign(fields: Fields) -> Sign:
    """One of the `signs`."""
    key = fields.words("id")
    fields.label = f"'{key}'" if key else fields.label
    level, scope = fields.choice("level", LEVELS, "level"), fields.choice("scope", SCOPES, "scope")
    card, words, means = fields.words("card", needed=False), fields.words("words"), fields.words("means")
    sources, cautious = fields.texts("sources"), fields.words("cautious", needed=False)
    if not sources and not cautious:
        fields.fault(None, f"nothing stands behind {fields.label}", "Add `sources: [key]`, or `cautious:` with why the level is ours.")
    sign = Sign(key, level, scope, card, words, means, sources, cautious, read_rules(fields, "search"), fields.texts("not"), fields.line("id"))
    fields.close()
    return sign


def load_triage(root: Path) -> tuple[Triage, list[Problem]]:
    """The data and every fault in it."""
    found, faults = load_yaml(root, TRIAGE)
    if faults:
        return Triage(), faults
    fields, frames, lay, signs = Fields(TRIAGE, found, faults), {}, {}, []
    cards = fields.mapping("cards", "cards", needed=True)
    for level in LEVELS if cards else ():
        one = cards.mapping(level, f"card '{level}'", needed=True)
        if one:
            frames[level] = Card(level, one.words("heading"), one.words("lead", needed=False), (), one.words("foot"), one.line("heading"))
            one.close()
    if cards:
        cards.close()
    words = fields.mapping("lay", "lay")
    for name in words.found if words else ():
        lay[name] = words.texts(name, needed=True)
    for one in fields.mappings("signs", "sign", needed=True):
        signs.append(read_sign(one))
    elsewhere = []
    for one in fields.mappings("elsewhere", "exception"):
        elsewhere.append((one.words("page"), one.words("words", needed=False), one.line("page")))
        one.words("why")
        one.close()
    fields.close()
    return Triage(frames, lay, tuple(signs), tuple(elsewhere)), faults


def check_triage(triage: Triage) -> Iterator[Problem]:
    """Each sign stands once, each card fits on a screen, and the emergency cards say what to do."""
    seen: dict[str, int] = {}
    for sign in triage.signs:
        if sign.id in seen:
            yield Problem(TRIAGE, sign.line, f"the sign '{sign.id}' stands twice", f"Each stands once; the other is on line {seen[sign.id]}.")
        seen.setdefault(sign.id, sign.line)
    for level, words in (("911", "Call 911"), ("er", "emergency room"), ("er", "call 911"), ("988", "988")):
        frame = triage.frames.get(level)
        if frame and words not in frame.heading:
            yield Problem(TRIAGE, frame.line, f"the heading of card '{level}' does not say “{words}”", "A reader acts on the heading alone.")
    for text, line in [(card.text, card.line) for card in triage.frames.values()] + [(f"{s.card} {s.words}", s.line) for s in triage.signs]:
        for found in NUMBER.findall(text):
            if found not in ("911", "988"):
                yield Problem(TRIAGE, line, f"“{found}” is no number for help in the US", "Call 911; call or text 988.")
    for name in MARKERS:
        for card in triage.cards(name):
            if len(card.signs) > LONGEST[card.level]:
                yield Problem(
                    TRIAGE,
                    card.line,
                    f"card '{card.level}' has {len(card.signs)} lines; {LONGEST[card.level]} fit on a screen",
                    "Leave `card` out of a sign that stands on few pages, or join two.",
                )
            for sign in card.signs:
                if len(sign.card) > 150:
                    yield Problem(TRIAGE, sign.line, f"the line of '{sign.id}' has {len(sign.card)} characters; 150 fit", "Say the rest in `words`.")
