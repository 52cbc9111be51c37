"""Markdown extension: the first time a page uses a word of docs/glossary.md, its definition is a tooltip.

One source for both: a `###` heading is the word, the line under it the definition. The tooltip opens by mouse, by
keyboard and by touch.
"""

import re
import xml.etree.ElementTree as etree

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from scripts.extensions.context import here
from scripts.guide.glossary import GLOSSARY, read_terms

LEAVE = {"a", "abbr", "code", "pre", "h1", "h2", "h3", "h4", "figure", "sup", "summary", "th", "dt", "script", "section"}


def pattern(word: str) -> re.Pattern:
    """How a word looks in a sentence: plural too; capitals matter for DO and MD."""
    return re.compile(rf"(?<![\w-]){re.escape(word)}(?:s|es)?(?![\w-])", 0 if word.isupper() else re.I)


class Tooltips(Treeprocessor):
    """Marks the first use of each word in the running text of a page."""

    def run(self, root: etree.Element) -> None:
        at = here(self.md)
        if at.page is None or at.page.src == GLOSSARY:
            return
        self.left = {term.word: (pattern(term.word), term.definition) for term in read_terms(at.site.page(GLOSSARY))}
        self.walk(root)

    def walk(self, parent: etree.Element) -> None:
        """Mark words in the text of an element and after each of its children, in reading order."""
        if parent.tag in LEAVE or parent.get("data-made") in ("also-called", "sources", "ratings", "rating", "doors", "addresses"):
            return
        self.mark(parent, None)
        for child in list(parent):
            self.walk(child)
            self.mark(parent, child)

    def mark(self, parent: etree.Element, after: etree.Element | None) -> None:
        """Mark the first word still unmarked in one stretch of text, then look at what follows it."""
        text = (parent.text if after is None else after.tail) or ""
        hits = [(hit.start(), -hit.end(), word) for word, (rule, _) in self.left.items() if (hit := rule.search(text))]
        if not hits:
            return
        start, end, word = min(hits)
        term = etree.Element("abbr", {"title": self.left.pop(word)[1], "tabindex": "0", "class": "term"})
        term.text, term.tail = text[start:-end], text[-end:]
        if after is None:
            parent.text = text[:start]
            parent.insert(0, term)
        else:
            after.tail = text[:start]
            parent.insert(list(parent).index(after) + 1, term)
        self.mark(parent, term)


class Glossary(Extension):
    """Registers the tooltips after what stands inside a line has been read."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(Tooltips(md), "glossary", 11)


def makeExtension(**options) -> Glossary:
    """What Python-Markdown calls."""
    return Glossary(**options)
