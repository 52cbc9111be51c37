"""Markdown extension: the first time a page uses a word of docs/glossary.md, its definition is a tooltip.

One source for both: a `###` heading is the word, the line under it the definition. The tooltip opens by mouse, by
keyboard and by touch.
"""

import re
import xml.etree.ElementTree as etree
from functools import lru_cache

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown_it import MarkdownIt

from scripts.extensions.page_path import page_of
from scripts.pages import CITATION, ROOT, Page, read_page

GLOSSARY = "glossary.md"
LEAVE = {"a", "abbr", "code", "pre", "h1", "h2", "h3", "h4", "figure", "sup", "summary", "th", "dt", "script"}


@lru_cache
def definitions(changed: float) -> dict[str, str]:
    """Each word of the glossary and its definition; `changed` is the file's time, so that a live edit is seen."""
    page = read_page(ROOT / "docs" / GLOSSARY)
    if not isinstance(page, Page):
        return {}
    lines, found = page.body.splitlines(), {}
    for heading in page.headings:
        if heading.level == 3:
            line = next(line for line in lines[heading.line - page.first_line + 1:] if line.strip())
            line = re.sub(rf"\s*{CITATION.pattern}", "", line)
            words = MarkdownIt("commonmark").parseInline(line)[0].children
            found[heading.text] = "".join(word.content for word in words if word.type == "text").strip()
    return found


def pattern(word: str) -> re.Pattern:
    """How a word looks in a sentence: plural too; capitals matter for DO and MD."""
    return re.compile(rf"(?<![\w-]){re.escape(word)}(?:s|es)?(?![\w-])", 0 if word.isupper() else re.I)


class Tooltips(Treeprocessor):
    """Marks the first use of each word in the running text of a page."""

    def run(self, root: etree.Element) -> None:
        page, path = page_of(self.md), ROOT / "docs" / GLOSSARY
        if page is None or page.src == GLOSSARY or not path.exists():
            return
        self.left = {word: (pattern(word), text) for word, text in definitions(path.stat().st_mtime).items()}
        self.walk(root)

    def walk(self, parent: etree.Element) -> None:
        """Mark words in the text of an element and after each of its children, in reading order."""
        if parent.tag in LEAVE or {"also-called", "sources"} & set(parent.get("class", "").split()):
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
