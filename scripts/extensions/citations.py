"""Markdown extension: `[@key]` becomes a number in brackets, and a source at the foot of the page that the number leads to.

A source cited twice has one number. `<!-- sources -->` becomes the list of every source cited on the site.
"""

import re
import xml.etree.ElementTree as etree

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from scripts.extensions.context import TOLD, Here, here
from scripts.guide.bibliography import Source, unknown_key
from scripts.guide.citations import CITATION, citation_keys


def cite(keys: list[str]) -> etree.Element:
    """The note that stands in the text; it gets its numbers when the whole page is known."""
    return etree.Element("sup", {"class": "cite", "data-keys": " ".join(keys)})


class CitationPattern(InlineProcessor):
    """Finds `[@key]` and `[@one; @two]`, with the space before it, so that the number stays with its word."""

    def handleMatch(self, m, data):
        return cite(citation_keys(m[0])), m.start(0), m.end(0)


def write(item: etree.Element, source: Source) -> None:
    """One source as a reader sees it: title with its link, authors, journal, year, what we read."""
    title = etree.SubElement(item, "a", {"href": source.url}) if source.url else etree.SubElement(item, "span")
    title.text = AtomicString(source.title)  # a title is no Markdown: "O*NET"
    rest = ". ".join(part for part in (source.authors, f"{source.where} {source.year}".strip(), source.note) if part)
    title.tail = AtomicString(f". {rest.rstrip('.')}." if rest else ".")


def every_source(at: Here, words: str) -> list[etree.Element]:
    """Every source cited on the site, by title, each with the pages that cite it."""
    ordered = etree.Element("ul", {"class": "sources", "data-search-exclude": ""})
    sources = at.site.sources
    for key in sorted((k for k in at.site.cited if k in sources), key=lambda k: re.sub(r"^(a|an|the) ", "", sources[k].title.lower())):
        item = etree.SubElement(ordered, "li", {"id": f"source-{key}"})
        write(item, sources[key])
        used = etree.SubElement(item, "p")
        used.text = "Cited on: "
        for page in at.site.cited[key]:
            link = etree.SubElement(used, "a", {"href": at.link(page.src)})
            link.text, link.tail = AtomicString(page.title), AtomicString(", ")  # no Markdown
        link.tail = "."
    return [ordered]


class SourceList(Treeprocessor):
    """Numbers the citations in reading order and writes the sources at the foot."""

    def run(self, root: etree.Element) -> None:
        numbers: dict[str, int] = {}
        at = here(self.md)
        for note in root.iter("sup"):
            keys = note.attrib.pop("data-keys", "").split()
            known = [key for key in keys if key in at.site.sources]
            for key in keys:
                if key not in known and at.site.sources:
                    self.unknown(at, key)
            for place, key in enumerate(known):
                number = numbers.setdefault(key, len(numbers) + 1)
                link = etree.SubElement(note, "a", {"href": f"#source-{key}"})
                link.text, link.tail = str(number), ", " if place < len(known) - 1 else "]"
            note.text = "[" if known else None  # copied or read aloud, "100,000" and note 15 must not become 10000015
            if keys and not known:
                note.text = "[source?]"
        if numbers:
            heading = etree.SubElement(root, "h2", {"id": "sources", "data-made": "sources", "data-search-exclude": ""})
            heading.text = "Sources"
            fold = etree.SubElement(root, "details", {"class": "fold", "data-made": "sources", "data-search-exclude": ""})
            etree.SubElement(fold, "summary").text = f"Every source of this page ({len(numbers)})"
            ordered = etree.SubElement(fold, "ol", {"class": "sources"})
            for key in numbers:
                write(etree.SubElement(ordered, "li", {"id": f"source-{key}"}), at.site.sources[key])

    def unknown(self, at: Here, key: str) -> None:
        """Tell of a key that no source has: a strict build stops, a page that is being written goes on."""
        lines = [line for found, line in at.site.typed_keys(at.page) if found == key] if at.page else []
        TOLD.warning("%s", unknown_key(at.page.name if at.page else "text", lines[0] if lines else 1, key, at.site.sources))


class Citations(Extension):
    """Registers the two halves: finding the keys, and numbering them once the page is whole."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.inlinePatterns.register(CitationPattern(r"\s?" + CITATION.pattern, md), "citation", 175)
        md.treeprocessors.register(SourceList(md), "sources", 12)


def makeExtension(**options) -> Citations:
    """What Python-Markdown calls."""
    return Citations(**options)
