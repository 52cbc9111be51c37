"""Markdown extension: what a page says from its own front matter, so that no number is typed twice.

`also_called` becomes a line under the title; `<!-- results -->` becomes the results of the studies as drawn bars with
the same numbers in a table. No script.
"""

import xml.etree.ElementTree as etree

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.exceptions import BuildError

from scripts.check_front_matter import check
from scripts.extensions.markers import replace_markers
from scripts.extensions.page_path import page_of, read_once
from scripts.extensions.results import chart
from scripts.files import ROOT
from scripts.pages import Page
from scripts.studies import from_page, named, results_of


SUMMARY = "Other words for this"


def sound(page: Page) -> Page:
    """The same page; stops the build with every fault of its front matter, so that none reaches a chart."""
    if faults := list(check(page)):
        raise BuildError("\n".join(map(str, faults)))
    return page


class FrontMatterParts(Treeprocessor):
    """Puts both parts into the page, before citations are numbered."""

    def results(self, other: str) -> list[etree.Element]:
        """The page's own results; those of the page and source that the marker names, where it names them."""
        if not other:
            found = [result for _, result in results_of(page_of(self.md))]
            return chart(found) if found else []
        src, keys = named(other)
        path = ROOT / "docs" / src
        page = read_once(path) if path.is_file() else None
        if not (found := from_page(sound(page) if page else None, keys)):
            raise BuildError(f"{page_of(self.md).name}: <!-- results: {other} --> names no result\n    Run `make check`.")
        return chart(found)

    def run(self, root: etree.Element) -> None:
        page = page_of(self.md)
        if page is None:
            return
        sound(page)
        replace_markers(self.md, root, "results", self.results)
        if words := page.meta.get("also_called"):
            line = etree.Element("p", {"class": "also-called"})
            line.text = f"Also called: {', '.join(map(str, words))}."
            if not page.meta.get("evidence"):  # names of a technique or a problem are for every reader; search words fold away
                words, line = line, etree.Element("details", {"class": "also-called"})
                etree.SubElement(line, "summary").text = SUMMARY
                line.append(words)
            root.insert(0, line)


class FrontMatter(Extension):
    """Registers the parts before Python-Markdown reads what stands inside a line."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(FrontMatterParts(md), "front-matter", 26)


def makeExtension(**options) -> FrontMatter:
    """What Python-Markdown calls."""
    return FrontMatter(**options)
