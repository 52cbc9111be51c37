"""Reads data/references.bib, where each source stands once, and says how a source is shown to a reader."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote_plus, urlsplit

from pybtex.database import Entry, parse_string
from pybtex.exceptions import PybtexError

from scripts.guide.files import read_text
from scripts.guide.problems import Problem, nearest

PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
SEARCH = f"{PUBMED}?term="  # where an entry has no address of its own; `make due` lists these
NOTICED = "cochrane2020nsaid"  # the source for "under 10 of 100 points is too small to notice", cited under each chart
POOLED = "rizzo2025cochrane"  # the source for "0.2 is small, 0.5 medium", cited where a table gives pooled units
BIBLIOGRAPHY = "data/references.bib"
START = re.compile(r"^@(\w+)\s*\{\s*([^,\s]+)\s*,", re.M)
KINDS = (
    "article",
    "book",
    "incollection",
    "inproceedings",
    "phdthesis",
    "techreport",
    "online",
    "misc",
    "manual",
    "inbook",
    "report",
    "thesis",
    "mastersthesis",
)
PLACES = ("journal", "booktitle", "publisher", "organization", "institution", "howpublished")


@dataclass(frozen=True)
class Source:
    """One source: key, line in the file, the words a reader sees, and its fields as they stand."""

    key: str
    line: int
    title: str
    authors: str
    where: str
    year: str
    url: str
    doi: str
    note: str
    hold: str
    raw: str


def plain(text: str) -> str:
    """BibTeX text as a reader should see it: no braces, no escapes, one line."""
    return " ".join(re.sub(r"\\([&%$#_])", r"\1", text).replace("{", "").replace("}", "").replace("--", "–").split())


def author_line(people: list) -> str:
    """'Franke H, Fryer G' for up to three people, 'Franke H and others' for more."""
    names = [plain(" ".join([*p.prelast_names, *p.last_names, "".join(n[0] for n in [*p.first_names, *p.middle_names])])) for p in people]
    names = [name for name in names if name.lower() != "others"]
    return ", ".join(names) if len(names) == len(people) <= 3 else f"{names[0]} and others" if names else ""


def make_source(key: str, entry: Entry, line: int) -> Source:
    """Turn a pybtex entry into a Source."""

    def get(*names: str) -> str:
        return next((plain(entry.fields[n]) for n in names if entry.fields.get(n)), "")

    doi, pmid, where = get("doi"), get("pmid"), get(*PLACES)
    url = f"https://doi.org/{doi}" if doi else get("url") or (f"{PUBMED}{pmid}/" if pmid else "")
    if not url and entry.fields.get("journal"):
        url = f"{SEARCH}{quote_plus(get('title'))}"
    people = entry.persons.get("author", []) or entry.persons.get("editor", [])
    raw = " ".join([*map(str, entry.fields.values()), *map(str, people)])
    return Source(
        key,
        line,
        get("title"),
        author_line(people) or get("organization", "institution"),
        where,
        get("year"),
        url,
        doi,
        get("note"),
        get("hold"),
        raw,
    )


def unknown_key(path: str, line: int, key: str, sources: dict[str, Source], shown: str = "[@{}]") -> Problem:
    """What a writer is told of a key that no source has; `shown` is how keys are written in that file."""
    near = next((known for known in sources if known.lower() == key.lower()), nearest(key, sources, alike=0.88))
    return Problem(
        path,
        line,
        f"no source has the key '{key}'",
        (f"Did you mean {shown.format(near)}? If not, add" if near else "Add") + f" the source to {BIBLIOGRAPHY}.",
    )


def read_sources(text: str, name: str = BIBLIOGRAPHY) -> tuple[dict[str, Source], list[Problem]]:
    """All sources by key, and what is wrong with the file; no sources if the BibTeX cannot be read."""
    starts: dict[str, int] = {}
    faults, line, last = [], 1, 0
    for found in START.finditer(text):
        over = text[last : found.start()]  # the entry before
        line, last = line + over.count("\n"), found.start()
        if found[2] in starts:
            faults.append(
                Problem(
                    name,
                    line,
                    f"the key '{found[2]}' stands twice",
                    f"Take one of the two out, or give it another key; it stood first on line {starts[found[2]]}.",
                )
            )
        starts.setdefault(found[2], line)
        if found[1].lower() not in KINDS:
            faults.append(Problem(name, line, f"'@{found[1]}' is no kind of source", f"Write one of: {', '.join('@' + kind for kind in KINDS)}."))
        if over.rstrip()[-1:] not in ("}", ""):
            before = max(starts, key=lambda key: starts[key] if starts[key] < line else 0)
            faults.append(Problem(name, starts[before], f"the entry '{before}' is not closed", f"Write }} on a line of its own before line {line}."))
    if faults:
        return {}, faults
    try:
        entries = parse_string(text, "bibtex").entries
    except PybtexError as error:
        line = getattr(error, "lineno", None) or next((starts[k] for k in starts if k in str(error)), 1)
        what = str(error).split(": ", 1)[-1].strip()
        return {}, [Problem(name, line, f"the bibliography cannot be read: {what}", "Look for a missing comma or brace in this entry or in the one before it.")]
    return {key: make_source(key, entry, starts.get(key, 1)) for key, entry in entries.items()}, faults


def load_sources(root: Path) -> tuple[dict[str, Source], list[Problem]]:
    """The project's sources and what is wrong with the file."""
    text = read_text(root / BIBLIOGRAPHY, BIBLIOGRAPHY)
    if isinstance(text, Problem):
        return {}, [text]
    sources, faults = read_sources(text)
    empty = Problem(BIBLIOGRAPHY, 1, "the bibliography holds no source", f"Put it back: git checkout {BIBLIOGRAPHY}")
    return sources, faults or ([] if sources else [empty])


def check_source(source: Source, today: date) -> Iterator[Problem]:
    """What is wrong inside one entry."""

    def fault(what: str, remedy: str) -> Problem:
        return Problem(BIBLIOGRAPHY, source.line, f"'{source.key}' {what}", remedy)

    missing = [n for n in ("title", "url", "note") if not getattr(source, n)]
    if source.hold or source.title.startswith("[") or missing:
        why = source.hold or ("the title is a description" if source.title.startswith("[") else f"it has no {' and no '.join(missing)}")
        yield fault(f"may not be printed yet: {why}", "Complete the entry from the source itself, or cite a better one.")
    if not source.authors and not source.where:
        yield fault("names nobody", "Add an author, or the organization that wrote it.")
    if source.doi.lower().startswith(("http", "doi")) or (source.doi and not source.doi.startswith("10.")):
        yield fault(f"has the doi '{source.doi}'", "Write the bare number, such as doi = {10.1001/jama.2025.21990}.")
    if source.year and not (source.year.isdigit() and 1850 <= int(source.year) <= today.year + 1):
        yield fault(f"has the year '{source.year}'", "Write four digits; leave `year` out where the page gives none.")
    if re.search(r"\\[^&%$#_]", source.raw):
        yield fault("holds a TeX escape, which would be printed as typed", "Type the letter itself: ö, é, ß.")
    if source.url and urlsplit(source.url).scheme not in ("http", "https"):
        yield fault(f"has the address '{source.url}'", "Write the whole address, with https://.")


def check_sources(sources: dict[str, Source], cited: set[str], today: date) -> Iterator[Problem]:
    """Every source is cited, complete and stands once."""
    first: dict[str, Source] = {}
    for source in sources.values():
        if source.key not in cited:
            yield Problem(BIBLIOGRAPHY, source.line, f"nobody cites '{source.key}'", f"Cite it as [@{source.key}], or take the entry out.")
        else:
            yield from check_source(source, today)
        same = source.doi.lower()
        if same and same in first:
            yield Problem(
                BIBLIOGRAPHY,
                source.line,
                f"'{source.key}' has the doi of '{first[same].key}'",
                f"Keep one entry and cite [@{first[same].key}], or correct the doi.",
            )
        first.setdefault(same, source)
