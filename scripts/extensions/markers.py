"""Finds a marker such as `<!-- results -->` in a page that Python-Markdown has parsed."""

import xml.etree.ElementTree as etree
from collections.abc import Callable

from markdown import Markdown
from markdown.util import HTML_PLACEHOLDER_RE

from scripts.pages import MARKER


def replace_markers(md: Markdown, root: etree.Element, name: str, make: Callable[[str], list[etree.Element]]) -> None:
    """Put what `make` returns in the place of each `<!-- name -->` (an HTML comment, so GitHub shows nothing).

    `make` is given what stands after the colon in `<!-- name: words -->`, or "".
    """
    for index, child in reversed(list(enumerate(root))):
        found = HTML_PLACEHOLDER_RE.fullmatch((child.text or "").strip())
        block = md.htmlStash.rawHtmlBlocks[int(found[1])] if found else ""
        marker = MARKER.fullmatch(block.strip()) if isinstance(block, str) else None
        found_name, _, words = marker[1].partition(":") if marker else ("", "", "")
        if found_name == name:
            root[index : index + 1] = make(words.strip())
