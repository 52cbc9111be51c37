"""Each page has the shape of its type: fixed headings in order, the markers under them; nothing of the template is left in it."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from scripts.guide.files import ROOT, Lined, read_yaml
from scripts.guide.front_matter import LEVELS, TYPES
from scripts.guide.markers import ALARMS, comments, read_marker
from scripts.guide.pages import Page, split
from scripts.guide.problems import Problem, nearest

OWN = "your own headings"


class Template:
    """A starter page: its fixed headings, whether a page may add its own, its markers, and the words a writer replaces."""

    def __init__(self, path: Path) -> None:
        head, body, _ = split(path.read_text(encoding="utf-8"))
        lines = [line.strip() for line in body.split("\n")]
        inside = list(comments(body, 1))
        self.headings = [line.removeprefix("## ") for line in lines if line.startswith("## ")]
        self.free = any(text.strip() == OWN for text, _, _ in inside)
        self.markers = [marker for text, _, _ in inside if (marker := read_marker(text))]
        self.starters = {line.lstrip("-1234567890. ") for line in lines if line and line[0] not in "#<"} | set(words_of(read_yaml(head, path.name)))


def words_of(value: object) -> Iterator[str]:
    """Every text of three words or more in YAML data."""
    if isinstance(value, Lined | list):
        for item in value.values() if isinstance(value, Lined) else value:
            yield from words_of(item)
    elif isinstance(value, str) and len(value.split()) > 2:
        yield value


@lru_cache
def templates() -> dict[str, Template]:
    """The template of each page type."""
    return {name: Template(ROOT / "templates" / f"{name}.md") for name in TYPES}


@lru_cache
def starters() -> frozenset[str]:
    """Every sentence of a template that a writer replaces."""
    return frozenset().union(*(template.starters for template in templates().values())) - LEVELS.keys()


def heading_lines(page: Page) -> list[int]:
    """The line of each heading that the page shows, in order."""
    typed = [(number, line.strip("# ")) for number, line in enumerate(page.body.split("\n"), page.first_line) if line.startswith("#")]
    if len(typed) == len(page.view.headings):
        return [number for number, _ in typed]
    return [page.find(heading.text) for heading in page.view.headings]


def check_headings(page: Page) -> Iterator[Problem]:
    """The fixed headings of the page's type, in order, and the markers under them."""
    template, page_type = templates()[page.front.type], page.front.type
    lined = list(zip(page.view.headings, heading_lines(page), strict=True))
    typed = [line.lstrip("#").strip() for line in page.body.split("\n") if line.startswith("#")]
    if len(lined) > len(typed):
        for heading, _ in lined:
            if not any(heading.text in text or text.startswith(heading.text) for text in typed):
                line = page.find(heading.text)
                yield Problem(page.name, line, f"the line under “{heading.text[:60]}” makes it a heading", "Put an empty line between the text and ---.")
    for heading, line in lined:
        if heading.level == 1:
            yield Problem(page.name, line, f"'# {heading.text}' is a second title", "Begin at ##; the title comes from the front matter.")
    have = [(heading, line) for heading, line in lined if heading.level == 2]
    place = 0
    for text in template.headings:
        later = [i for i, (heading, _) in enumerate(have) if heading.text == text and i >= place]
        if later:
            place = later[0] + 1
            continue
        line = have[place][1] if place < len(have) else page.first_line
        typo = nearest(text, [heading.text for heading, _ in have if heading.text not in template.headings], alike=0.8)
        if typo:
            line = next(at for heading, at in have if heading.text == typo)
            yield Problem(page.name, line, f"the heading '## {text}' is written '## {typo}'", f"Write ## {text}")
        else:
            yield Problem(
                page.name,
                line,
                f"the heading '## {text}' is missing or out of order",
                f"A {page_type} page has, in this order: {' · '.join(template.headings)}.",
            )
    seen: dict[str, int] = {}
    for heading, line in have:
        if heading.text in template.headings and heading.text in seen:
            yield Problem(page.name, line, f"'## {heading.text}' stands twice", f"It stood first on line {seen[heading.text]}; put both texts under one.")
        seen.setdefault(heading.text, line)
        if not template.free and template.headings and heading.text not in template.headings:
            yield Problem(
                page.name,
                line,
                f"'## {heading.text}' is not a heading of a {page_type} page",
                f"Make it ### under one of: {' · '.join(template.headings)}.",
            )
    for before, (heading, line) in zip([2, *(h.level for h, _ in lined)], lined, strict=False):
        if heading.level > before + 1 > 2:
            yield Problem(page.name, line, f"'{heading.text}' skips a level", f"Write {'#' * (before + 1)} in front of it.")
    for marker in template.markers:
        louder = marker.name == "danger" and (page.has_marker("card", "emergency") or any(page.has_marker("danger", words) for words in ALARMS))
        if not page.has_marker(marker.name, marker.words) and not louder and (marker.name != "results" or page.front.results):
            words = f"{marker.name}: {marker.words}" if marker.words else marker.name
            yield Problem(
                page.name, page.first_line, f"the marker <!-- {words} --> is missing", f"Put it on a line of its own, as in templates/{page_type}.md."
            )


def check_empty(page: Page) -> Iterator[Problem]:
    """A page has text, and each ## has something under it."""
    if not page.view.prose.strip():
        yield Problem(page.name, page.first_line, "the page has no text", "Write it, or delete the file.")
        return
    lines = page.body.split("\n")
    typed = [(i, line) for i, line in enumerate(lines) if line.startswith("#")]
    for (at, line), (end, after) in zip(typed, [*typed, (len(lines), "## ")][1:], strict=True):
        depth = len(line) - len(line.lstrip("#"))
        deeper = len(after) - len(after.lstrip("#")) > depth
        if not deeper and not any(text.strip() for text in lines[at + 1 : end]):
            yield Problem(page.name, page.first_line + at, f"nothing stands under '{line}'", "Write it, or take the heading out.")


def check_starters(page: Page) -> Iterator[Problem]:
    """No sentence of the template is left."""
    known = starters()
    front = page.front
    values = {"title": front.title, "description": front.description, **({"evidence": front.rating.about} if front.rating else {})}
    values |= {"technique": front.technique.you_feel} if front.technique else {}
    values |= {"also_called": next((word for word in front.also_called if word in known), "")}
    for key, words in values.items():
        if words in known:
            yield Problem(page.name, page.line(key), f"'{words}' is the template's sentence", "Write your own in its place.")
    for _, text in page.view.blocks:
        if " ".join(text.split()) in known:
            yield Problem(page.name, page.find_words(text), f"'{text}' is the template's sentence", "Write your own in its place, or take it out.")
