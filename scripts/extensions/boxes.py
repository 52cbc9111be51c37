"""Markdown extension: a list item that begins with ☐ gets a box to tick, by finger, key or pen. Nothing is kept; no script."""

import xml.etree.ElementTree as etree

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

BOX = "☐"


class Boxes(Treeprocessor):
    """Puts the whole item into the box's label, so that a tap on the words ticks it and a screen reader reads them."""

    def run(self, root: etree.Element) -> None:
        for item in root.iter("li"):
            holder = item[0] if len(item) and item[0].tag == "p" else item
            if not (holder.text or "").lstrip().startswith(BOX):
                continue
            item.set("class", "box")
            label = etree.Element("label")
            box = etree.SubElement(label, "input", {"type": "checkbox", "autocomplete": "off"})
            box.tail = " " + holder.text.lstrip()[len(BOX) :].lstrip()
            for child in [part for part in holder if part.tag not in ("ul", "ol")]:
                holder.remove(child)
                label.append(child)
            holder.text = None
            holder.insert(0, label)


class BoxesExtension(Extension):
    """Registers the boxes after what stands inside a line has been read."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(Boxes(md), "boxes", 10)


def makeExtension(**options) -> BoxesExtension:
    """What Python-Markdown calls."""
    return BoxesExtension(**options)
