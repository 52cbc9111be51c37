"""The one table of markers. A marker is an HTML comment on a line of its own (GitHub shows nothing); the site puts the real thing there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.guide.problems import Problem, nearest

ALARMS = {  # the emergency cards in one line, by the words after `danger:`
    "": "Numb between your legs, trouble peeing, chest pain, sudden weakness?",
    "baby or child": "A child who is limp or blue, can't be woken, or fights for breath?",
}
COMMENT = re.compile(r"<!--(.*?)-->", re.S)
MARKERS = {
    "card": "<!-- card: emergency -->",
    "danger": "<!-- danger --> or <!-- danger: baby or child -->",
    "signs": "<!-- signs --> or <!-- signs: baby or child -->",
    "results": "<!-- results --> or <!-- results: conditions/neck-pain doe2020 -->",
    "facts": "<!-- facts: conditions/neck-pain doe2020 -->",
    "cautions": "<!-- cautions -->",
    "check": "<!-- check -->",
    "sheet": "<!-- sheet -->",
    "clinic": "<!-- clinic -->",
    "questions": "<!-- questions -->",
    "avoid": "<!-- avoid -->",
    "paper-sheet": "<!-- paper-sheet -->",
    "ratings": "<!-- ratings -->",
    "sources": "<!-- sources -->",
    "doors": "<!-- doors -->",
    "addresses": "<!-- addresses -->",
    "kit": "<!-- kit --> or <!-- kit: words --> or <!-- kit: promise -->",
    "codes": "<!-- codes -->",
    "was": "<!-- was: old-anchor another-old-anchor -->",
}
# take no words
ALONE = {"cautions", "check", "sheet", "clinic", "questions", "avoid", "paper-sheet", "ratings", "sources", "doors", "addresses", "codes"}
NEED_WORDS = {"card", "facts", "was"}


@dataclass(frozen=True)
class Marker:
    """A marker of a page: its name, the words after its colon (or ""), its line."""

    name: str
    words: str
    line: int


def read_marker(comment: str, line: int = 0) -> Marker | None:
    """The marker that the inside of a comment spells, however it is spaced; None if its name is not in the table."""
    name, _, words = " ".join(comment.split()).partition(":")
    name, words = name.strip(), words.strip()
    if name not in MARKERS or (words and name in ALONE) or (name == "danger" and words not in ALARMS) or (not words and name in NEED_WORDS):
        return None
    return Marker(name, words, line)


def comments(text: str, first: int) -> Iterator[tuple[str, int, bool]]:
    """Each comment of a Markdown text outside code fences: its inside, its line, whether it stands alone on a line."""
    fenced, lines = False, []
    for line in text.split("\n"):
        fence = line.lstrip().startswith(("```", "~~~"))
        lines.append("" if fenced or fence else line)
        fenced ^= fence
    plain = "\n".join(lines)
    for found in COMMENT.finditer(plain):
        line = plain.count("\n", 0, found.start())
        alone = lines[line].strip() == found[0].strip()
        around = [lines[i].strip() for i in (line - 1, line + 1) if 0 <= i < len(lines)]
        yield found[1], first + line, alone and not any(around)


def check_markers(name: str, text: str, first: int, cards: tuple[str, ...]) -> Iterator[Problem]:
    """Every comment that is no known marker, or that the site would not see as one; `cards` are the known cards."""
    for inside, line, alone in comments(text, first):
        said = " ".join(inside.split())
        marker = read_marker(inside)
        if marker is None:
            near = nearest(said.replace(":", " ").split()[0] if said else "", MARKERS)
            known = [f"<!-- card: {card} -->" for card in cards] if near == "card" else [MARKERS[near]] if near else list(MARKERS.values())
            yield Problem(
                name,
                line,
                f"<!-- {said} --> is no marker that the site knows",
                f"Write {nearest(f'<!-- {said} -->', known, ' · '.join(known))}, or take the comment out.",
            )
        elif marker.name == "card" and marker.words not in cards:
            yield Problem(
                name,
                line,
                f"there is no card '{marker.words}'",
                f"Write <!-- card: {nearest(marker.words, cards, alike=0.5) or ' --> or <!-- card: '.join(cards)} -->.",
            )
        elif not alone:
            yield Problem(name, line, f"<!-- {said} --> does not stand by itself", "Give it a line of its own, with an empty line before it and after it.")
    if text.count("<!--") != len(COMMENT.findall(text)):
        open_at = next((m.start() for m in re.finditer("<!--", text) if "-->" not in text[m.start() :].split("<!--")[1]), 0)
        line = first + text.count("\n", 0, open_at)
        yield Problem(name, line, "a comment is not closed", "End it with -->.")
