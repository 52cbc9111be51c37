"""Markdown extension: a wide table scrolls in its own frame, which a keyboard can reach; on a phone, one of three columns or more stands row by row.

Material's script wraps tables in a frame that no key can scroll; a table with a class is left alone.
May go when squidfunk/mkdocs-material gives its own frame a tabindex and a name.
"""

import xml.etree.ElementTree as etree

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor


class TableFrames(Treeprocessor):
    """Wraps each table and turns cell styles, which a strict content policy refuses, into classes."""

    def run(self, root: etree.Element) -> None:
        name, number = "Table", 0
        for index, child in enumerate(list(root)):
            if child.tag in ("h2", "h3"):
                name, number = "".join(child.itertext()).strip(), 0
            elif child.tag == "table":
                number += 1
                root[index] = frame(child, name if number == 1 else f"{name} ({number})")


def frame(table: etree.Element, name: str) -> etree.Element:
    """The table in a frame that scrolls, named after the heading it stands under."""
    for cell in table.iter():
        if "style" in cell.attrib:
            cell.set("class", cell.attrib.pop("style").removeprefix("text-align: ").rstrip(";"))
    heads = ["".join(cell.itertext()).strip() for cell in table.iterfind("thead/tr/th")]
    if len(heads) > 2 and not table.get("class"):
        table.set("class", "stacks")
        for row in table.iterfind("tbody/tr"):
            for cell, head in zip(row, heads, strict=False):
                cell.set("data-label", head)  # the phone has no room for the row of heads
    table.set("class", f"table {table.get('class', '')}".strip())
    box = etree.Element("div", {"class": "table-frame", "role": "region", "tabindex": "0", "aria-label": f"Table: {name}"})
    box.append(table)
    return box


class Tables(Extension):
    """Registers the frame, after headings and cells are written."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(TableFrames(md), "table-frames", 8)


def makeExtension(**options) -> Tables:
    """What Python-Markdown calls."""
    return Tables(**options)
