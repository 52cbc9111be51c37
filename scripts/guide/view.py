"""What a page shows: headings, links, pictures, text and stray signs, read from the HTML that the site's own parser made."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "dd", "figcaption", "summary", "blockquote", "div"}
SKIPPED = "data-search-skip"  # on what search leaves out of a built page (scripts/extensions/markers.py)


@dataclass(frozen=True)
class Link:
    """A link or picture: where it points as the writer typed it, its text or alt text, and which one to that place it is."""

    target: str
    text: str
    nth: int


@dataclass(frozen=True)
class Heading:
    """A heading that a writer typed: its level (2 for ##), text and anchor."""

    level: int
    text: str
    anchor: str


def article(html: str) -> LexborNode:
    """What a page itself says, parsed: the article of a built page, or the whole of what its Markdown becomes."""
    tree = LexborHTMLParser(html)
    return tree.css_first("article") or tree.body


def inside(node: LexborNode, folded: bool = False) -> Iterator[tuple[LexborNode, bool]]:
    """Every node under a node, in reading order, and whether a fold hides it; nothing that a marker made (`data-made`), no note numbers."""
    child = node.first_child
    while child is not None:
        if child.tag in ("-text", "-comment"):
            yield child, folded
        elif "data-made" not in child.attributes and child.attributes.get("class") != "cite":
            yield child, folded
            yield from inside(child, folded or child.tag == "details")
        child = child.next


class View:
    """A page's HTML, read once. `data-made` marks what the site makes from data; the rest is what the writer typed."""

    def __init__(self, html: str) -> None:
        self.tree = LexborHTMLParser(f"<main>{html}</main>")
        walked = list(inside(self.tree.css_first("main")))
        self.nodes = [node for node, _ in walked]
        self._folds = [folded for _, folded in walked]

    @cached_property
    def headings(self) -> list[Heading]:
        """The writer's headings."""
        return [
            Heading(int(node.tag[1]), node.text().strip(), node.attributes.get("id") or "")
            for node in self.nodes
            if len(node.tag) == 2 and node.tag[0] == "h" and node.tag[1].isdigit()
        ]

    @cached_property
    def anchors(self) -> set[str]:
        """Everything on the page that `#...` may name, sources included."""
        return {node.attributes["id"] for node in self.tree.css("[id]")}

    def _numbered(self, found: list[tuple[str, str]]) -> list[Link]:
        """Links with the count of each target so far."""
        seen: dict[str, int] = {}
        made = []
        for target, text in found:
            seen[target] = seen.get(target, 0) + 1
            made.append(Link(target, text, seen[target]))
        return made

    @cached_property
    def links(self) -> list[Link]:
        """The writer's links; not the one round a picture that opens it large."""
        return self._numbered(
            [
                (node.attributes.get("href") or "", node.text().strip())
                for node in self.nodes
                if node.tag == "a" and "href" in node.attributes and "glightbox" not in (node.attributes.get("class") or "")
            ]
        )

    @cached_property
    def images(self) -> list[Link]:
        """The pictures with their alt text."""
        return self._numbered([(node.attributes.get("src") or "", node.attributes.get("alt") or "") for node in self.nodes if node.tag == "img"])

    @cached_property
    def made_links(self) -> list[str]:
        """Where the links lead that the site makes from data."""
        return [node.attributes.get("href") or "" for node in self.tree.css("[data-made] a[href], a[data-made]")]

    @cached_property
    def _blocks(self) -> list[tuple[str, str, bool]]:
        """(tag, text, folded away) of each stretch of running text, in reading order; code left out."""
        found: list[tuple[str, list[str], bool]] = []
        owner = None
        for node, folded in zip(self.nodes, self._folds, strict=True):
            if node.tag != "-text":
                if node.tag in BLOCKS | {"br"}:
                    owner = None
                continue
            up, code = node.parent, False
            while up is not None and up.tag not in BLOCKS and up.tag != "main":
                code |= up.tag in ("code", "pre")
                up = up.parent
            if up is None or code or "data-made" in up.attributes:
                continue
            if owner is None or up.mem_id != owner:
                owner = up.mem_id
                found.append((up.tag, [], folded))
            found[-1][1].append(node.text_content or "")
        return [(tag, text, folded) for tag, parts, folded in found if (text := "".join(parts).strip())]

    @cached_property
    def blocks(self) -> list[tuple[str, str]]:
        """(tag, text) of each stretch of running text, in reading order."""
        return [(tag, text) for tag, text, _ in self._blocks]

    @cached_property
    def length(self) -> int:
        """Words that a reader meets: folds, and what is made from data, left out."""
        return sum(len(text.split()) for _, text, folded in self._blocks if not folded)

    @cached_property
    def prose(self) -> str:
        """The writer's text, a line for each heading, paragraph, bullet or cell."""
        return "\n".join(" ".join(text.split()) for _, text in self.blocks)

    @cached_property
    def comments(self) -> list[str]:
        """What stands in the comments that are left."""
        return [node.comment_content or "" for node in self.nodes if node.tag == "-comment"]
