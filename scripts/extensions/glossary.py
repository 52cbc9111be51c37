"""Markdown extension: the first time a page uses a word of docs/glossary.md, its definition is a tooltip.

One source for both: a `###` heading is the word, the line under it the definition. The tooltip opens by mouse, by
keyboard and by touch.
"""

import re
import xml.etree.ElementTree as etree
from functools import lru_cache

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from scripts.extensions.context import here
from scripts.guide.glossary import GLOSSARY, read_terms

LEAVE = {"a", "abbr", "code", "pre", "h1", "h2", "h3", "h4", "figure", "sup", "summary", "th", "dt", "script"}
MADE = {"also-called", "check", "sheet", "clinic", "questions", "avoid", "paper-sheet", "foot", "sources", "ratings", "rating", "doors", "addresses"}


@lru_cache(maxsize=2)
def pattern(words: tuple[str, ...]) -> re.Pattern:
    """How the words look in a sentence, the longest first: in capitals or not, plural too."""
    known = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?<![\w-])({known})(?:s|es)?(?![\w-])", re.I)


class Tooltips(Treeprocessor):
    """Marks the first use of each word in the running text of a page."""

    def run(self, root: etree.Element) -> None:
        at = here(self.md)
        if at.page is None or at.page.src == GLOSSARY:
            return
        terms = read_terms(at.site.page(GLOSSARY))
        if terms:
            self.rule = pattern(tuple(term.word for term in terms))
            self.left = {term.word if term.word.isupper() else term.word.lower(): term.definition for term in terms}  # capitals matter for DO and MD
            self.walk(root)

    def walk(self, parent: etree.Element) -> None:
        """Mark words in the text of an element and after each of its children, in reading order."""
        if parent.tag in LEAVE or parent.get("class", "").startswith("card ") or parent.get("data-made") in MADE:
            return
        self.mark(parent, None)
        for child in list(parent):
            self.walk(child)
            self.mark(parent, child)

    def mark(self, parent: etree.Element, after: etree.Element | None) -> None:
        """Mark the first word still unmarked in one stretch of text, then look at what follows it."""
        text = (parent.text if after is None else after.tail) or ""
        for found in self.rule.finditer(text):
            word = found[1] if found[1] in self.left else found[1].lower()
            if word in self.left:
                break
        else:
            return
        term = etree.Element("abbr", {"title": self.left.pop(word), "tabindex": "0", "class": "term"})
        start, term.text, term.tail = found.start(), found[0], text[found.end() :]
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
