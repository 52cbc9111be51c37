"""Reads the pages of docs/: front matter as types, and the text with its lines."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from scripts.guide.citations import cited_lines
from scripts.guide.files import Lined, read_text, read_yaml
from scripts.guide.front_matter import FrontMatter, read_front_matter
from scripts.guide.markers import Marker, comments, read_marker
from scripts.guide.problems import Problem
from scripts.guide.view import View

_PLAIN = re.compile(r"[^\w ',.;:?!()%-]+")


def address_of(src: str) -> str:
    """Where the page at a path in docs/ stands on the site, such as conditions/neck-pain.html."""
    return src.removesuffix(".md") + ".html"


@dataclass
class Page:
    """One Markdown file. `src` is its path in docs/, `name` its path from the project's folder, `html` what its text becomes
    (filled in by extensions/render.py, which uses the very extensions of the build).
    """

    src: str
    name: str
    front: FrontMatter
    body: str
    first_line: int
    faults: list[Problem] = field(default_factory=list)
    html: str = ""

    @property
    def folder(self) -> str:
        """The section: the first folder of the path, or "" at the top."""
        return self.src.split("/")[0] if "/" in self.src else ""

    @property
    def address(self) -> str:
        """Where the page stands on the site, such as conditions/neck-pain.html."""
        return address_of(self.src)

    @property
    def title(self) -> str:
        """The title, or the path of a page that has none yet."""
        return self.front.title or self.src

    def line(self, key: str) -> int:
        """The line of a front-matter key; 1 where it is missing."""
        return self.front.lines.get(key, 1)

    @cached_property
    def markers(self) -> list[Marker]:
        """The known markers of the text."""
        return [m for inside, line, _ in comments(self.body, self.first_line) if (m := read_marker(inside, line))]

    def has_marker(self, name: str, words: str = "") -> bool:
        """Whether the page has the marker `<!-- name -->`, or `<!-- name: words -->`."""
        return any(marker.name == name and marker.words == words for marker in self.markers)

    @cached_property
    def citations(self) -> list[tuple[str, int]]:
        """Each key cited in the text, with its line."""
        return cited_lines(self.body, self.first_line)

    @cached_property
    def view(self) -> View:
        """What the page shows."""
        return View(self.html)

    def find(self, words: str, nth: int = 1) -> int:
        """The line on which some words of the text stand for the nth time; the first line of the text where they do not."""
        place = -1
        for _ in range(nth):
            found = self.body.find(words, place + 1)
            if found < 0:
                break
            place = found
        return self.first_line + self.body.count("\n", 0, max(place, 0))

    def find_from(self, words: str, line: int) -> int:
        """The first line from `line` on that holds some words; `line` itself where none does."""
        lines = self.body.split("\n")
        return next((number for number, text in enumerate(lines, self.first_line) if number >= line and words in text), line)

    def find_words(self, text: str) -> int:
        """The line of a text as a reader sees it: found by its longest run of plain words."""
        runs = [run.strip() for line in text.split("\n") for run in _PLAIN.split(line)]
        runs += [part for run in runs for part in re.split(r"(?<=[.?!,;:])\s+", run)]
        known = sorted((run for run in runs if len(run) > 3 and run in self.body), key=len)
        return self.find(known[-1]) if known else self.first_line


def split(text: str) -> tuple[str, str, int] | None:
    """Front matter, text and the text's first line; None where there is no front matter between two `---` lines."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    return None if end is None else ("\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2)


def read_page(path: Path, root: Path, today: date) -> Page | Problem:
    """Read one page with the faults of its front matter; a Problem if it cannot be read at all."""
    name = path.relative_to(root).as_posix()
    text = read_text(path, name)
    if isinstance(text, Problem):
        return text
    src, parts = name.removeprefix("docs/"), split(text)
    faults: list[Problem] = []
    if parts is None:
        faults.append(Problem(name, 1, "the page has no front matter", "Begin with a line ---, then title: and so on as in templates/, then a line ---."))
        found, body, first = Lined(1), text, 1
    else:
        head, body, first = parts
        read = read_yaml(head, name, 2)
        found = Lined(2) if isinstance(read, Problem) else read
        faults += [read] if isinstance(read, Problem) else []
    folder = src.split("/")[0] if "/" in src else ""
    front, more = read_front_matter(name, found, folder, today)
    return Page(src, name, front, body, first, faults or more)
