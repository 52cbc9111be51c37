"""Small helpers to write HTML elements."""

import xml.etree.ElementTree as etree


def add(parent: etree.Element, tag: str, words: str | None = None, **attributes: str) -> etree.Element:
    """A new child element; a trailing underscore in an attribute's name is dropped, others become hyphens."""
    element = etree.SubElement(parent, tag, {k.rstrip("_").replace("_", "-"): v for k, v in attributes.items()})
    element.text = words
    return element


def table(name: str, heads: list[str], kind: str = "") -> tuple[etree.Element, etree.Element]:
    """A table in a frame that scrolls and that a keyboard can reach, named `name`; gives the frame and the table's body."""
    frame = etree.Element("div", {"class": "table-frame", "role": "region", "tabindex": "0", "aria-label": f"Table: {name}"})
    inner = add(frame, "table", class_=f"table {kind}".strip())
    row = add(add(inner, "thead"), "tr")
    for head in heads:
        add(row, "th", head, scope="col")
    return frame, add(inner, "tbody")
