"""Guarantees that a page can be read: no page above US school grade 8, the middle page 6.5 or less, emergency cards 5.

A patient in pain reads worse than usual. The grade (Flesch-Kincaid) is a smoke alarm, not the goal: read the page aloud.
Prints each page's grade, words and longest sentence, hardest first.

    python scripts/check_readability.py
"""

import re
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pyphen  # noqa: E402
from selectolax.lexbor import LexborHTMLParser  # noqa: E402

from scripts.pages import CITATION, HEADING_ID, Page  # noqa: E402
from scripts.problems import Problem, report  # noqa: E402
from scripts.project import named_site  # noqa: E402

CEILING, MEDIAN, EMERGENCY = 8.0, 6.5, 5.0
CARDS = "overrides/partials/cards"
FEW = 40
SYLLABLES = pyphen.Pyphen(lang="en_US")


def sentences(text: str) -> list[str]:
    """The sentences of a text in which each heading, bullet and cell ends one."""
    found = []
    for line in text.splitlines():
        line = " ".join(HEADING_ID.sub("", CITATION.sub("", line)).replace(" .", ".").split())
        found += [part for part in re.split(r"(?<=[.?!])\s+", line) if len(part.split()) > 1]
    return [part.rstrip(".?!:;") + "." for part in found]


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text: years of US school needed to read it (Kincaid and others 1975)."""
    parts = sentences(text)
    words = [word for part in parts for word in re.findall(r"[\w'’-]+", part)]
    if not words:
        return 0.0
    syllables = sum(len(SYLLABLES.positions(word)) + 1 for word in words)
    return round(0.39 * len(words) / len(parts) + 11.8 * syllables / len(words) - 15.59, 1)


def row(page: Page) -> tuple[float, int, str]:
    """A page's grade, its number of words and its longest sentence."""
    return grade(page.prose), len(page.prose.split()), max(sentences(page.prose), key=lambda part: len(part.split()), default="")


def check(pages: list[Page], root: Path) -> Iterator[Problem]:
    """Every page, the middle page, and the emergency card."""
    rows = [(page, *row(page)) for page in pages if len(page.prose.split()) >= FEW]
    for page, level, _, longest in rows:
        if level > CEILING:
            yield Problem(page.name, page.first_line, f"the page reads at grade {level}; {CEILING:g} is the ceiling",
                          f"Begin with its longest sentence: “{longest}”")
    middle = statistics.median(level for _, level, _, _ in rows) if rows else 0
    if middle > MEDIAN:
        yield Problem("docs", 1, f"the middle page reads at grade {middle}; {MEDIAN} is the aim",
                      "Make the hardest pages in the list plainer.")
    for path in sorted((root / CARDS).glob("*.html")):
        card = LexborHTMLParser(path.read_text(encoding="utf-8"))
        level = grade("\n".join(node.text() for node in card.css("h3, li, p")))
        if level > EMERGENCY:
            yield Problem(f"{CARDS}/{path.name}", 1, f"the card reads at grade {level}; {EMERGENCY:g} is the ceiling",
                          "Use the words of the body, and shorter lines.")


def main(argv: list[str]) -> int:
    """Report and check the project (or the one in the folder named); 0 fine, 1 faults, 2 misuse."""
    site = named_site(argv, "check_readability")
    if site is None:
        return 2
    pages = site.pages
    print("grade words  page, and its longest sentence")
    for page in sorted(pages, key=lambda page: -row(page)[0]):
        level, words, longest = row(page)
        print(f"{level:5} {words:5}  {page.src}: {len(longest.split())} words: {longest}")
    return report(check(pages, site.root), f"readability: {len(pages)} pages")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
