"""Markdown extension: each marker of a page (scripts/guide/markers.py) becomes the real thing, made from data.

What is made carries `data-made`, so that the checks can tell it from what a writer typed.
"""

import xml.etree.ElementTree as etree
from collections.abc import Callable

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from scripts.extensions import cards, cautions, chart, check_tool, citations, kit, leaflet, lists, visit_sheet
from scripts.extensions.context import TOLD, Here, here
from scripts.guide.leaflets import HANDOUT
from scripts.guide.markers import COMMENT, Marker, read_marker
from scripts.guide.view import SKIPPED

Maker = Callable[[Here, str], list[etree.Element]]


def old_anchors(at: Here, words: str) -> list[etree.Element]:
    """`<!-- was: one two -->`: anchors that this page had and still answers to."""
    spans = etree.Element("p", {"class": "was"})
    for anchor in words.split():
        etree.SubElement(spans, "span", {"id": anchor})
    return [spans]


MAKERS: dict[str, Maker] = {
    "card": cards.card,
    "danger": cards.one_line,
    "signs": cards.signs,
    "results": chart.results,
    "facts": chart.facts,
    "cautions": cautions.cautions,
    "check": check_tool.ticks,
    "sheet": visit_sheet.sheet,
    "clinic": leaflet.clinic,
    "questions": leaflet.questions,
    "avoid": leaflet.avoid,
    "paper-sheet": leaflet.paper_sheet,
    "ratings": lists.ratings,
    "sources": citations.every_source,
    "doors": lists.doors,
    "addresses": kit.addresses,
    "kit": kit.kit,
    "codes": kit.codes,
    "was": old_anchors,
}


def marker_of(md: Markdown, element: etree.Element) -> Marker | None:
    """The marker that stands alone in an element of the parsed page."""
    found = HTML_PLACEHOLDER_RE.fullmatch((element.text or "").strip()) if not len(element) else None
    block = md.htmlStash.rawHtmlBlocks[int(found[1])] if found else ""
    inside = COMMENT.fullmatch(block.strip()) if isinstance(block, str) else None
    return read_marker(inside[1]) if inside else None


class Markers(Treeprocessor):
    """Replaces the markers; opens a rated page with its rating, and closes each with its other names."""

    def run(self, root: etree.Element) -> None:
        at = here(self.md)
        if at.page is None:
            return
        for index, child in reversed(list(enumerate(root))):
            if marker := marker_of(self.md, child):
                made = MAKERS[marker.name](at, marker.words)
                if not made and marker.name != "results":
                    TOLD.warning("%s: <!-- %s: %s --> shows nothing; run `make check`", at.page.name, marker.name, marker.words)
                for element in made:
                    element.set("data-made", marker.name)
                root[index : index + 1] = made
        if at.page.front.type == HANDOUT:
            root.append(leaflet.foot(at))
        root[0:0] = lists.badge(at)
        root.extend(lists.also_called(at))


class Skipped(Treeprocessor):
    """Says `data-search-exclude` in words of our own too: Zensical's own search reads it, and takes it out of the page."""

    def run(self, root: etree.Element) -> None:
        for element in root.iter():
            if "data-search-exclude" in element.attrib:
                element.set(SKIPPED, "")


class MarkersExtension(Extension):
    """Registers the markers before Python-Markdown reads what stands inside a line, and the mark for search when all is made."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(Skipped(md), "skipped", 9)
        md.treeprocessors.register(Markers(md), "markers", 26)


def makeExtension(**options) -> MarkersExtension:
    """What Python-Markdown calls."""
    return MarkersExtension(**options)
