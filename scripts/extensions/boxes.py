"""Markdown extension: boxes to tick and scales to mark, by finger, key or pen. Nothing is kept; no script.

A list item that begins with ☐ gets a box. `- ◯◯◯◯◯ Less pain | does not matter | matters a lot` gets as many circles as it
has signs, of which one can be chosen, between the words for the first and the last.
"""

import xml.etree.ElementTree as etree

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from scripts.extensions.elements import add

BOX, CIRCLE = "☐", "◯"


def move_words(holder: etree.Element, parent: etree.Element, last: etree.Element | None, words: str) -> None:
    """Move what stands in a list item, but not the lists inside it, to the end of `parent`; `words` come first."""
    if last is None:
        parent.text = words
    else:
        last.tail = words
    for child in [part for part in holder if part.tag not in ("ul", "ol")]:
        holder.remove(child)
        parent.append(child)
    holder.text = None


def draw_scale(item: etree.Element, holder: etree.Element, number: int) -> bool:
    """Turn an item into a scale with a name of its own; False where the words for its two ends are missing."""
    signs = holder.text.lstrip()
    words = signs.lstrip(CIRCLE)
    count = len(signs) - len(words)
    ends = (holder[-1].tail or "" if len(holder) else words).split("|")
    if len(ends) != 3 or count < 2:
        return False
    asked, low, high = (part.strip() for part in ends)
    if len(holder):
        holder[-1].tail = f" {asked}".rstrip()
    item.set("class", "scale")
    group = etree.Element("fieldset")
    move_words(holder, add(group, "legend"), None, words.lstrip() if len(holder) else asked)
    row = add(group, "span", class_="circles", data_made="scale")
    add(row, "span", low, class_="end", aria_hidden="true")
    for value in range(1, count + 1):
        label = add(row, "label")
        said = f"{value}: {low}" if value == 1 else f"{value}: {high}" if value == count else str(value)
        add(label, "input", type="radio", name=f"scale-{number}", value=str(value), aria_label=said).tail = str(value)
    add(row, "span", high, class_="end", aria_hidden="true")
    holder.insert(0, group)
    return True


class Boxes(Treeprocessor):
    """Puts the whole item into the box's label, so that a tap on the words ticks it and a screen reader reads them."""

    def run(self, root: etree.Element) -> None:
        scales = 0
        for item in root.iter("li"):
            holder = item[0] if len(item) and item[0].tag == "p" else item
            words = (holder.text or "").lstrip()
            if words.startswith(CIRCLE):
                scales += draw_scale(item, holder, scales + 1)
            elif words.startswith(BOX):
                item.set("class", "box")
                label = etree.Element("label")
                box = etree.SubElement(label, "input", {"type": "checkbox"})
                move_words(holder, label, box, " " + words[len(BOX) :].lstrip())
                holder.insert(0, label)


class BoxesExtension(Extension):
    """Registers boxes and scales after what stands inside a line has been read."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(Boxes(md), "boxes", 10)


def makeExtension(**options) -> BoxesExtension:
    """What Python-Markdown calls."""
    return BoxesExtension(**options)
