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
from scripts.extensions.page_path import page_of
from scripts.extensions.results import chart


SUMMARY = "Other words for this"


class FrontMatterParts(Treeprocessor):
    """Puts both parts into the page, before citations are numbered."""

    def run(self, root: etree.Element) -> None:
        page = page_of(self.md)
        if page is None:
            return
        if faults := list(check(page)):
            raise BuildError("\n".join(map(str, faults)))
        if results := (page.meta.get("evidence") or {}).get("results"):
            replace_markers(self.md, root, "results", lambda: chart(results))
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
