"""Reads the pages of docs/ as the checks need them: front matter, headings, links and citations, each with its line.

Only what a page's own text says is read, never the theme's menu, which links to everything.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from markdown.extensions.toc import slugify, unique
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from scripts.files import ROOT, read_text, read_yaml
from scripts.problems import Problem

CITATION = re.compile(r"\[(@[\w:-]+(?:\s*;\s*@[\w:-]+)*)\]")
MARKER = re.compile(r"<!--\s*([a-z]+(?::\s*[\w:/ -]*\w)?)\s*-->")
HEADING_ID = re.compile(r"\s*\{[^}]*?(?:#([\w-]+))?[^}]*\}\s*$")
UNDEFINED = re.compile(r"\[[^\[\]@]+\]\[[^\[\]]*\]|\[\^[^\]]+\]")


@dataclass(frozen=True)
class Link:
    """A link or image of a page: where it points, its text or alt text, its line."""

    target: str
    text: str
    line: int


@dataclass(frozen=True)
class Heading:
    """A heading: its level (2 for ##), text, anchor and line."""

    level: int
    text: str
    anchor: str
    line: int


@dataclass
class Page:
    """One Markdown file. `src` is its path in docs/, `name` its path from the project's folder."""

    src: str
    name: str
    meta: dict
    lines: dict
    body: str
    first_line: int
    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: list[Link] = field(default_factory=list)
    citations: list[tuple[str, int]] = field(default_factory=list)
    markers: list[tuple[str, int]] = field(default_factory=list)
    undefined: list[tuple[str, int]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    prose: str = ""

    @property
    def folder(self) -> str:
        """The section: the first folder of the path, or "" at the top."""
        return self.src.split("/")[0] if "/" in self.src else ""

    def line(self, *keys) -> int:
        """The line on which a front-matter key stands; the nearest parent's, where it is missing."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)

    def has_marker(self, name: str) -> bool:
        """Whether the page has the marker `<!-- name -->`."""
        return name in [marker for marker, _ in self.markers]

    @cached_property
    def anchors(self) -> set[str]:
        """Everything that `#...` may name on this page."""
        return {heading.anchor for heading in self.headings} | self.ids | {"sources"}


def citation_keys(text: str) -> list[str]:
    """The keys cited in a text: `[@one; @two]` gives one and two."""
    return [key.strip()[1:] for group in CITATION.findall(text) for key in group.split(";")]


def read_page(path: Path, root: Path = ROOT) -> Page | Problem:
    """Read one page; a Problem if it cannot be read at all."""
    name = path.relative_to(root).as_posix()
    text = read_text(path, name)
    if isinstance(text, Problem):
        return text
    if not text.strip():
        return Problem(name, 1, "the page is empty", "Write it, or delete it; `make new` starts a page from a template.")
    parts = re.split(r"^---[ \t]*$\n?", text, maxsplit=2, flags=re.M)
    if len(parts) < 3 or parts[0]:
        return Problem(name, 1, "the page has no front matter", "Begin with the --- block of its template in templates/.")
    front = read_yaml(parts[1], name, 2)
    if isinstance(front, Problem):
        return front
    meta, lines = front
    if not isinstance(meta, dict):
        return Problem(name, 2, "the front matter is not a list of keys", "Write `title: ...` and so on, as in templates/.")
    page = Page(name.removeprefix("docs/"), name, meta, lines, parts[2], parts[1].count("\n") + 3)
    read_body(page)
    return page


def read_body(page: Page) -> None:
    """Fill in the headings, links, images, citations, markers and prose of a page's text."""
    used: set[str] = set()
    tokens = MarkdownIt("commonmark").enable("table").parse(page.body)
    line, prose = page.first_line, []
    for index, token in enumerate(tokens):
        line = page.first_line + token.map[0] if token.map else line
        if token.type == "html_block":
            read_html(page, token.content, line)
        elif token.type == "inline":
            read_inline(page, token.children, line)
            is_heading = tokens[index - 1].type == "heading_open"
            text = "".join(child.content if child.type != "softbreak" else " " for child in token.children)
            if is_heading:
                named = HEADING_ID.search(text)
                text = HEADING_ID.sub("", text)
                anchor = named[1] if named and named[1] else unique(slugify(text, "-"), used)
                page.headings.append(Heading(int(tokens[index - 1].tag[1]), text, anchor, line))
            prose.append(text.replace("/// caption", "").replace("///", ""))
    page.prose = "\n".join(prose)


def read_inline(page: Page, children: list, line: int) -> None:
    """Fill in what stands in one paragraph, heading or cell."""
    link, words = None, ""
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "link_open":
            link, words = child.attrs["href"], ""
        elif child.type == "link_close":
            page.links.append(Link(link, words.strip(), line))
            link = None
        elif child.type == "image":
            page.images.append(Link(child.attrs["src"], child.content, line))
        elif child.type == "html_inline":
            read_html(page, child.content, line)
        elif child.type == "text":
            page.citations += [(key, line) for key in citation_keys(child.content)]
            page.undefined += [(text, line) for text in UNDEFINED.findall(child.content)]
        words += child.content if link else ""


def read_html(page: Page, html: str, line: int) -> None:
    """Fill in markers, links, images and ids of raw HTML."""
    page.markers += [(marker, line + html[: html.index(marker)].count("\n")) for marker in MARKER.findall(html)]
    for node in LexborHTMLParser(html).css("a[href], img, [id]"):
        if node.tag == "a" and node.attributes.get("href"):
            page.links.append(Link(node.attributes["href"], node.text().strip(), line))
        if node.tag == "img":
            page.images.append(Link(node.attributes.get("src") or "", node.attributes.get("alt") or "", line))
        if node.attributes.get("id"):
            page.ids.add(node.attributes["id"])
