"""Markdown extension: `[@key]` becomes a numbered source at the foot of the page, with a tooltip where it is cited.

A source cited twice has one number. `<!-- sources -->` becomes the list of every source cited on the site.
"""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from mkdocs.exceptions import BuildError

from scripts.bibliography import NOTICED, Source, load_sources, unknown_key
from scripts.cautions import keys_shown, load_cautions
from scripts.extensions.markers import replace_markers
from scripts.extensions.page_path import page_of
from scripts.pages import CITATION, ROOT, Page, citation_keys, read_page
from scripts.problems import Problem
from scripts.studies import borrowed, results_of, shown_results


def cite(keys: list[str]) -> etree.Element:
    """The note that stands in the text; it gets its numbers when the whole page is known."""
    return etree.Element("sup", {"class": "cite", "data-keys": " ".join(keys)})


@lru_cache
def cited_pages(root: Path = ROOT) -> dict[str, list[Page]]:
    """For each source key, the pages that cite it."""
    found: dict[str, list[Page]] = {}
    cautions = load_cautions(root)
    read = [read_page(path, root) for path in sorted((root / "docs").rglob("*.md"))]
    pages = {page.src: page for page in read if isinstance(page, Page)}
    for page in pages.values():
        for key in dict.fromkeys(cited_keys(page, cautions, pages.get)):
            found.setdefault(key, []).append(page)
    return found


def cited_lines(page: Page) -> list[tuple[str, int]]:
    """Every key a writer typed into a page, in its text, its results and its markers, with its line."""
    return page.citations + [(result["source"], page.line("evidence", "results", index, "source"))
                             for index, result in results_of(page)] + [(key, line) for _, keys, line in borrowed(page) for key in keys]


def cited_keys(page: Page, cautions: dict, find: Callable[[str], Page | None]) -> list[str]:
    """Every key a page shows: those typed, that of a chart's caption, those of the cautions it shows.

    `find` gives the page at a path in docs/, for a chart of another page's results.
    """
    points = any(str(result.get("scale")) == "100" for result in shown_results(page, find))
    return [key for key, _ in cited_lines(page)] + [NOTICED] * points + keys_shown(page, cautions)


class CitationPattern(InlineProcessor):
    """Finds `[@key]` and `[@one; @two]`, with the space before it, so that the number stays with its word."""

    def handleMatch(self, m, data):
        return cite(citation_keys(m[0])), m.start(0), m.end(0)


class SourceList(Treeprocessor):
    """Numbers the citations in reading order and writes the sources at the foot."""

    def __init__(self, md: Markdown, sources: dict[str, Source]) -> None:
        super().__init__(md)
        self.sources = sources

    def run(self, root: etree.Element) -> None:
        replace_markers(self.md, root, "sources", lambda _: self.every_source())
        numbers: dict[str, int] = {}
        for note in root.iter("sup"):
            keys = note.attrib.pop("data-keys", "").split()
            for place, key in enumerate(keys):
                number = numbers.setdefault(key, len(numbers) + 1)
                link = etree.SubElement(note, "a", {"href": f"#source-{key}", "title": self.source(key).tooltip})
                link.text, link.tail = str(number), ", " if place < len(keys) - 1 else None
        if numbers:
            heading = etree.SubElement(root, "h2", {"id": "sources", "data-search-exclude": ""})
            heading.text = "Sources"
            ordered = etree.SubElement(root, "ol", {"class": "sources"})
            for key in numbers:
                self.write(etree.SubElement(ordered, "li", {"id": f"source-{key}"}), self.source(key))

    def source(self, key: str) -> Source:
        """The source of a key; stops the build, naming the place and the nearest key, where there is none."""
        if key in self.sources:
            return self.sources[key]
        page = page_of(self.md)
        name, lines = (page.name, [line for found, line in cited_lines(page) if found == key]) if page else ("text", [])
        raise BuildError(str(unknown_key(name, lines[0] if lines else 1, key, self.sources)))

    def write(self, item: etree.Element, source: Source) -> None:
        """One source as a reader sees it: title with its link, authors, journal, year, what we read."""
        title = etree.SubElement(item, "a", {"href": source.url}) if source.url else etree.SubElement(item, "span")
        title.text = source.title
        rest = ". ".join(part for part in (source.authors, f"{source.where} {source.year}".strip(), source.note) if part)
        title.tail = f". {rest.rstrip('.')}." if rest else "."

    def every_source(self) -> list[etree.Element]:
        """Every source cited on the site, by title, each with the pages that cite it."""
        here = page_of(self.md)
        ordered = etree.Element("ul", {"class": "sources", "data-search-exclude": ""})
        depth = "../" * here.src.count("/") if here else ""
        known = {key: pages for key, pages in cited_pages().items() if key in self.sources}
        for key in sorted(known, key=lambda k: re.sub(r"^(a|an|the) ", "", self.sources[k].title.lower())):
            item = etree.SubElement(ordered, "li", {"id": f"source-{key}"})
            self.write(item, self.sources[key])
            used = etree.SubElement(item, "p")
            used.text = "Cited on: "
            for page in known[key]:
                link = etree.SubElement(used, "a", {"href": depth + page.src})
                link.text, link.tail = str(page.meta.get("title", page.src)), ", "
            link.tail = "."
        return [ordered]


class Citations(Extension):
    """Registers the two halves: finding the keys, and numbering them once the page is whole."""

    def extendMarkdown(self, md: Markdown) -> None:
        cited_pages.cache_clear()
        sources = load_sources()
        if isinstance(sources, Problem):
            raise BuildError(str(sources))
        md.inlinePatterns.register(CitationPattern(r"\s?" + CITATION.pattern, md), "citation", 175)
        md.treeprocessors.register(SourceList(md, sources), "sources", 12)


def makeExtension(**options) -> Citations:
    """What Python-Markdown calls."""
    return Citations(**options)
