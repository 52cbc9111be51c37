"""A care card (`<!-- card: emergency -->`), made from data/triage.yml: one text, one look, never retyped. No links inside."""

import xml.etree.ElementTree as etree

from scripts.extensions.context import Here
from scripts.extensions.elements import add
from scripts.guide.triage import Card


def draw(card: Card) -> etree.Element:
    """A card as a section with a heading, its signs, and what stands under them."""
    section = etree.Element("section", {"class": f"card card-{card.level}", "aria-labelledby": f"card-{card.level}", "data-search-exclude": ""})
    add(section, "h3", card.heading, id_=f"card-{card.level}")
    signs = add(section, "ul")
    for sign in card.signs:
        add(signs, "li", sign.card)
    if card.foot:
        add(section, "p", card.foot)
    return section


def card(at: Here, words: str) -> list[etree.Element]:
    """The card that a marker names; nothing where there is no such card."""
    found = at.site.cards.get(words)
    return [draw(found)] if found else []
