"""The words of art in docs/glossary.md: a `###` heading is the word, the line under it the definition."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from scripts.guide.citations import CITATION
from scripts.guide.pages import Page
from scripts.guide.problems import Problem
from scripts.guide.site import Site

GLOSSARY = "glossary.md"
LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


@dataclass(frozen=True)
class Term:
    """A word, its definition without citations and links, its line."""

    word: str
    definition: str
    line: int


def read_terms(page: Page | None) -> tuple[Term, ...]:
    """The words of the glossary, in order, with their definitions as a tooltip shows them."""
    return _terms(page.body, page.first_line) if page else ()


@lru_cache(maxsize=2)
def _terms(body: str, first_line: int) -> tuple[Term, ...]:
    lines, found = body.split("\n"), []
    for index, line in enumerate(lines):
        if line.startswith("### "):
            below = next((text.strip() for text in lines[index + 1 :] if text.strip()), "")
            text = LINK.sub(r"\1", CITATION.sub("", "" if below.startswith("#") else below)).replace(" .", ".").replace("*", "")
            word = re.sub(r"\s*\{.*\}\s*$", "", line.removeprefix("### ")).strip()
            found.append(Term(word, " ".join(text.split()), first_line + index))
    return tuple(found)


def check_glossary(site: Site) -> Iterator[Problem]:
    """Each word stands once and has a definition of one line."""
    page, seen = site.page(GLOSSARY), {}
    for term in read_terms(page):
        if not term.definition:
            yield Problem(page.name, term.line, f"'{term.word}' has no definition", "Write one plain line under it.")
        if term.word.lower() in seen:
            yield Problem(page.name, term.line, f"'{term.word}' stands twice", f"Keep one; it stood first on line {seen[term.word.lower()]}.")
        seen.setdefault(term.word.lower(), term.line)
