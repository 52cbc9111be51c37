"""Nothing reaches a reader that its writer did not mean: checked on the page as the site shows it, told on the line that was typed."""

import re
from collections.abc import Iterator
from pathlib import Path

from scripts.guide.pages import Page
from scripts.guide.problems import Problem
from scripts.guide.view import SKIPPED

TAGS = {
    "p",
    "br",
    "ul",
    "ol",
    "li",
    "h2",
    "h3",
    "h4",
    "strong",
    "em",
    "a",
    "img",
    "figure",
    "figcaption",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "dl",
    "dt",
    "dd",
    "details",
    "summary",
    "sup",
    "abbr",
    "code",
    "pre",
    "blockquote",
    "div",
    "span",
    "hr",
    "label",
    "input",
    "fieldset",
    "legend",
    "-text",
    "-comment",
}
TYPED = {
    "a": {"href", "title", "class"},
    "img": {"src", "alt", "width", "height", "loading"},
    "div": {"class"},
    "ol": {"start"},
    "input": {"type", "autocomplete"},
}
MADE = {"id", "class", "title", "tabindex", "role", "aria-label", "scope", "data-made", "data-label", "data-search-exclude", SKIPPED}  # by our own extensions
LIGHTBOX = {"data-type", "data-width", "data-height", "data-alt", "data-description"}
STRAY = (
    (
        re.compile(r"\[@[^\]]*\]?|\(@[\w:-]+[^)]*\)|(?<![\w.@])@[a-z]+\w*\d{4}\w*|\[\s*@|\[[a-z_]+\d{4}[a-z_]*\]|\\cite\b\S*"),
        "looks like a citation and is none",
        "Write [@key], or [@one; @two] for two; nothing else stands inside the brackets.",
    ),
    (
        re.compile(r"【|†|】|citeturn|utm_source=|(?i:\[(?:citation needed|source|insert[^\]]*|your [^\]]*)\])"),
        "is left over from another tool",
        "Cite a source that you have read, as [@key], or take it out.",
    ),
    (
        re.compile(
            r"^(?:Certainly|Sure|Of course|Absolutely)[!,]|(?i:\bhere is (?:a|the|your) (?:clearer|revised|rewritten|updated|improved) version\b|\bas an ai\b)"
        ),
        "is no sentence for a reader",
        "Take it out.",
    ),
    (re.compile(r"^ {0,3}#{1,6}\s+\S.*", re.M), "looks like a heading and is none", "Put an empty line before it and after it."),
    (
        re.compile(r"^\s*(?:[-*+•]\s+\S.*|\d{1,2}[.)]\s+[A-Z].*)", re.M),
        "looks like a list and is none",
        "Put an empty line before the list, and begin each item with '- ' or '1. '.",
    ),
    (re.compile(r"^◯"), "shows the signs of a scale and no scale", "Write - ◯◯◯◯◯ the words | the first circle's | the last one's."),
    (re.compile(r"^\[[ xX]\]"), "shows the sign of a box and no box", "Write - ☐ and the words."),
    (
        re.compile(r"^\s*\|.*\|\s*$", re.M),
        "looks like a table and is none",
        "Put an empty line before it, and under its first row a line with one --- for each column.",
    ),
    (re.compile(r"\{\{|\{%"), "is no word of this site", "Take it out; pages know no variables."),
    (re.compile(r"<!--|-->|</?[a-z]+[^<>]*>"), "is shown as it is typed", "Close each tag and comment, or take it out."),
    (
        re.compile(r"^\s*///.*", re.M),
        "is neither caption nor fold",
        "Write /// caption or /// details | Its heading, the lines, then ///, each on its own line.",
    ),
    (re.compile(r"^\s*(?:!!!|\?\?\?).*", re.M), "is no box on this site", "Write a heading, or a fold: /// details | Its heading."),
    (re.compile(r"~~|==\w|:[a-z]+(?:-[a-z0-9]+)+:|```"), "is a sign that this site does not know", "Say it in words."),
    (
        re.compile(r"\*\*|__|(?<!\w)\*\w|\w\*(?!\w)|\]\(|!\["),
        "shows the signs of a link or of bold text",
        "Close it: **bold**, [words](page.md), with no space inside the brackets.",
    ),
    (
        re.compile(r"\{[^{}\n]*[#.=:][^{}\n]*\}"),
        "shows a brace that was meant for the site",
        "Put it right after a heading or a picture: ## Heading { #name }.",
    ),
    (re.compile(r"\bhttps?://\S+|\bwww\.\S+"), "is a bare address", "Write [where it leads](https://...)."),
    (re.compile(r"\b(?:TODO|FIXME|TBD|XXX)\b|(?i:\blorem ipsum\b)"), "is a note to yourself", "Finish it, or take it out."),
    (re.compile(r"\ufffd|\u00c3[\u0080-\u00bf]|\u00e2\u20ac"), "is a broken character", "Type it again, and save the file as UTF-8."),
    (
        re.compile(r"(?i:\b(?:call|text|dial)\b)(?: or \w+)? (?:9(?!11\b|88\b)\d\d|11\d|99\d)\b"),
        "is no number for help in the US",
        "Call 911; call or text 988.",
    ),
)
CONFLICT = re.compile(r"^[ \t]*(?:[-*>]\s*)?(?:<{7}(?: .*)?|>{7}(?: .*)?|={7})\s*$", re.M)


def check_conflicts(root: Path, names: list[str]) -> Iterator[Problem]:
    """No mark of a conflict between two versions is left in a file."""
    for name in names:
        text = (root / name).read_text(encoding="utf-8", errors="replace")
        for found in CONFLICT.finditer(text):
            yield Problem(
                name,
                text.count("\n", 0, found.start()) + 1,
                "two versions of this place were never joined",
                "Keep one of the two, and take out the lines with <<<<<<<, ======= and >>>>>>>.",
            )


def check_tags(page: Page) -> Iterator[Problem]:
    """Only the tags and attributes that Markdown and our own extensions make."""
    for node in page.view.nodes:
        if node.tag not in TAGS and node.tag != "h1":  # a second title is told by its shape
            text = f"<{node.tag}"
            yield Problem(
                page.name,
                page.find(text) if text in page.body else page.find_words(node.text()),
                f"<{node.tag}> may not stand on a page",
                "Write it in Markdown; CONTRIBUTING.md shows how.",
            )
            continue
        if node.tag.startswith("-"):
            continue
        known = TYPED.get(node.tag, set()) | MADE | (LIGHTBOX if "glightbox" in (node.attributes.get("class") or "") else set())
        for name in node.attributes:
            if name not in known:
                yield Problem(
                    page.name,
                    page.find(f"{name}=") if f"{name}=" in page.body else page.find_words(node.text()),
                    f"'{name}' may not stand on a <{node.tag}>",
                    "Take it out; the site's style sheets say how things look.",
                )
        if (node.attributes.get("href") or "").lower().startswith(("javascript:", "data:")):
            yield Problem(page.name, page.find(node.attributes["href"]), "a link runs a script", "Link a page or an https address.")


def fault_if(page: Page, found: object, needle: str, what: str, remedy: str) -> Iterator[Problem]:
    """One fault on the line of `needle`, if something was found."""
    if found:
        yield Problem(page.name, page.find(needle), what, remedy)


def check_structure(page: Page) -> Iterator[Problem]:
    """Captions and folds that swallow the page, code that is none, markers that show nothing, citations that run together."""
    tree, body = page.view.tree, page.body
    yield from fault_if(
        page,
        tree.css_first("figcaption h2, figcaption h3, figcaption ul, figcaption ol, figcaption table"),
        "/// caption",
        "a caption is not closed: it swallows what follows",
        "Write /// on a line of its own after the caption.",
    )
    yield from fault_if(
        page,
        tree.css_first("details h2"),
        "/// details",
        "a fold is not closed: it hides what follows",
        "Write /// on a line of its own where the fold ends; a fold holds no ##.",
    )
    fences = [line for line in body.split("\n") if line.lstrip().startswith(("```", "~~~"))]
    yield from fault_if(page, len(fences) % 2, fences[-1] if fences else "", "a block of code is not closed", "End it with ``` on a line of its own.")
    code = [node.text().strip() for node in tree.css("main > pre")] if not fences else []
    yield from fault_if(page, code, code[0].split("\n")[0] if code else "", "four spaces in front of a line make it code", "Begin the line at its margin.")
    yield from fault_if(page, tree.css_first("a sup.cite"), "[@", "a citation stands inside a link", "Put it after the link: [words](page.md) [@key].")
    for node in page.view.nodes:
        if node.tag == "div" and node.attributes.get("class") != "table-frame":
            yield Problem(page.name, page.find("<div"), "<div> may not stand on a page", "Write it in Markdown.")
    plain = "" if fences else body
    yield from fault_if(
        page, "{{" in plain or "{%" in plain, "{{" if "{{" in plain else "{%", "a word in double braces is no word of this site", "Take it out."
    )
    for left in page.view.comments:
        yield Problem(
            page.name,
            page.find(left.strip()),
            f"<!-- {' '.join(left.split())} --> shows nothing here",
            "Take it out of the list, caption or fold, and begin the line at its margin.",
        )
    for node in tree.css("sup.cite + sup.cite"):
        before = node.prev
        if before is not None and before.tag == "sup":
            keys = [a.attributes["href"].removeprefix("#source-") for note in (before, node) for a in note.css("a[href]")]
            yield Problem(
                page.name,
                page.find(f"@{keys[-1]}") if keys else page.first_line,
                "two citations run together, and their numbers read as one",
                f"Write one: [{'; '.join('@' + key for key in keys)}].",
            )


def check_rows(page: Page) -> Iterator[Problem]:
    """Each row of a table has as many cells as its first: the site drops the rest without a word."""
    wide = 0
    for number, line in enumerate(page.body.split("\n"), page.first_line):
        cells = re.sub(r"\\\\\\|", "", line.strip()).strip("|").count("|") + 1 if line.lstrip().startswith("|") else 0
        wide = (wide or cells) if cells else 0
        if cells != wide:
            yield Problem(page.name, number, f"this row has {cells} cells; the table has {wide} columns", "Give it one cell for each column.")


def check_text(page: Page) -> Iterator[Problem]:
    """Nothing in the text that looks like something the writer meant for the site."""
    for tag, text in page.view.blocks:
        for rule, what, remedy in STRAY:
            if found := rule.search(text):
                shown = " ".join(found[0].split())
                at = page.find_words(text)
                line = page.find_from(shown, at) if len(shown) < 8 else page.find(shown) if shown in page.body else page.find_words(found[0])
                yield Problem(page.name, line, f"“{shown if len(shown) < 70 else shown[:67] + '...'}” {what}", remedy)
                break
        if tag == "p" and re.match(r"^[A-Z].*", text) and text.count("\t"):
            yield Problem(page.name, page.find_words(text), "a tab stands in the text", "Use spaces.")


def check(page: Page) -> Iterator[Problem]:
    """Every rule of what is shown, for one page."""
    yield from check_tags(page)
    yield from check_structure(page)
    yield from check_rows(page)
    yield from check_text(page)
