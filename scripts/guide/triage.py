"""Reads data/triage.yml, the one place where a sign of danger stands, with its level and its sources."""

from dataclasses import dataclass
from pathlib import Path

from scripts.guide.files import Fields, load_yaml
from scripts.guide.problems import Problem

TRIAGE = "data/triage.yml"
EMERGENCY = "emergency"


@dataclass(frozen=True)
class Sign:
    """One sign: its anchor and the words on its card."""

    id: str
    card: str
    line: int


@dataclass(frozen=True)
class Card:
    """A care card: its level, heading, signs, and what stands under them."""

    level: str
    heading: str
    foot: str
    signs: tuple[Sign, ...]
    line: int

    @property
    def text(self) -> str:
        """Everything on the card, a line for each part."""
        return "\n".join([self.heading, *(sign.card for sign in self.signs), self.foot])


def load_triage(root: Path) -> tuple[dict[str, Card], list[Problem]]:
    """The cards by level, most urgent first, and every fault in the file."""
    found, faults = load_yaml(root, TRIAGE)
    cards: dict[str, Card] = {}
    if faults:
        return cards, faults
    fields, seen = Fields(TRIAGE, found, faults), {}
    for level in found:
        card = fields.mapping(level, f"card '{level}'")
        if card is None:
            continue
        heading, signs = card.words("heading"), []
        for sign in card.mappings("signs", "sign", needed=True):
            key, words = sign.words("id"), sign.words("card")
            if key in seen:
                sign.fault("id", f"the id '{key}' stands twice", f"Each sign stands once; the other is on line {seen[key]}.")
            seen[key] = sign.line("id")
            signs.append(Sign(key, words, sign.line("id")))
            sign.close()
        foot = card.words("foot", needed=level == EMERGENCY)
        card.close()
        cards[level] = Card(level, heading, foot, tuple(signs), card.line())
    emergency = cards.get(EMERGENCY)
    if emergency is None or "911" not in emergency.heading:
        faults.append(
            Problem(TRIAGE, emergency.line if emergency else 1, "the emergency card does not say to call 911", "Its heading is: Call 911 now if")
        )
    return cards, faults
