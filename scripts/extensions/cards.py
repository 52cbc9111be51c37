"""Care cards and lists of signs, made from data/triage.yml: one text, one look, never retyped. No links inside an emergency card."""

import xml.etree.ElementTree as etree

from scripts.extensions.context import Here
from scripts.extensions.elements import add
from scripts.guide.markers import ALARMS
from scripts.guide.triage import LEVELS, SCOPES, Card, Sign

SIGNS = "back-pain/warning-signs.md"
OURS = "The level is our own cautious choice."


def draw(card: Card, name: str, whole: bool = False) -> etree.Element:
    """A card as a group with a heading, its signs (with `whole` in all their words), and what stands under them."""
    anchor = f"card-{name}-{card.level}"
    section = etree.Element("div", {"class": f"card card-{card.level}", "role": "group", "aria-labelledby": anchor, "data-search-exclude": ""})
    # a heading for whoever listens, but none of the page's own list of headings
    add(section, "p", card.heading, id_=anchor, class_="card-title", role="heading", aria_level="3")
    if card.lead:
        add(section, "p", card.lead)
    signs = add(section, "ul")
    for sign in card.signs:
        add(signs, "li", sign.words if whole or not sign.card else sign.card)
    if card.foot:
        add(section, "p", card.foot)
    return section


def card(at: Here, words: str) -> list[etree.Element]:
    """The cards that a marker names, most urgent first; nothing where there are none."""
    return [draw(found, words) for found in at.site.triage.cards(words)]


def one_line(at: Here, words: str) -> list[etree.Element]:
    """`<!-- danger -->`: the emergency cards in one line, for a page where they decide nothing; `danger: baby or child`: that page's own cards."""
    line = etree.Element("p", {"class": "alarm", "data-search-exclude": ""})
    line.text = f"{ALARMS[words]} "
    href = f"#card-{words.replace(' ', '-')}-911" if words else at.link(SIGNS)
    add(line, "a", "See when to call 911 or go to the ER", href=href).tail = "."
    return [line]


def describe(parent: etree.Element, sign: Sign, heading: str) -> None:
    """One sign: its words, what to do (for whoever lands on it, far from its heading), what it may mean, what stands behind it."""
    what = add(parent, "dt", sign.words, id_=sign.anchor)
    if sign.scope not in ("everyone",):
        what.text = None
        add(what, "em", f"{sign.scope[0].upper()}{sign.scope[1:]}:").tail = f" {sign.words}"
    cited = f" [{'; '.join('@' + key for key in sign.sources)}]" if sign.sources else ""
    told = add(parent, "dd")
    add(told, "strong", f"{heading}.", data_search_exclude="").tail = f" It may mean: {sign.means}{cited}.{' ' + OURS if sign.cautious else ''}"


def signs(at: Here, words: str) -> list[etree.Element]:
    """`<!-- signs -->`: every sign by level, with anchors; `<!-- signs: baby or child -->`: cards of one scope's own signs."""
    triage = at.site.triage
    if words:
        cards = (triage.card(level, (words,), whole=True) for level in LEVELS)
        return [draw(found, words.replace(" ", "-"), whole=True) for found in cards if found]
    made = []
    for level in LEVELS:
        found = [sign for scope in SCOPES for sign in triage.signs if sign.level == level and sign.scope == scope]
        if found:
            fold = etree.Element("details", {"class": "fold", "id": f"level-{level}"})
            heading = triage.frames[level].heading.removesuffix(" if").removesuffix(", if").removesuffix(",")
            add(fold, "summary", f"{heading}: {len(found)} signs")
            listed = add(fold, "dl", class_=f"signs signs-{level}")
            for sign in found:
                describe(listed, sign, heading)
            made.append(fold)
    return made
