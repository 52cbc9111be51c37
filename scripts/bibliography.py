"""Reads docs/references.bib, where each source stands once, and says how a source is shown to a reader."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote_plus

from pybtex.database import parse_string
from pybtex.exceptions import PybtexError

from scripts.files import ROOT, read_text
from scripts.problems import Problem, nearest

PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
NOTICED = "cochrane2020nsaid"  # the source for "under 10 of 100 points is too small to notice", cited under each chart
BIBLIOGRAPHY = "docs/references.bib"


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
    note: str
    hold: str

    @property
    def tooltip(self) -> str:
        """What a reader sees where the source is cited."""
        return ". ".join(part for part in (self.title, self.authors, f"{self.where} {self.year}".strip()) if part)


def plain(text: str) -> str:
    """BibTeX text as a reader should see it: no braces, no escapes, one line."""
    return " ".join(re.sub(r"\\([&%$#_])", r"\1", text).replace("{", "").replace("}", "").replace("--", "–").split())


def author_line(people: list) -> str:
    """'Franke H, Fryer G' for up to three people, 'Franke H and others' for more."""
    names = [plain(" ".join([*p.prelast_names, *p.last_names, "".join(n[0] for n in [*p.first_names, *p.middle_names])]))
             for p in people]
    names = [name for name in names if name.lower() != "others"]
    return ", ".join(names) if len(names) == len(people) <= 3 else f"{names[0]} and others" if names else ""


def make_source(key: str, entry, line: int) -> Source:
    """Turn a pybtex entry into a Source."""
    get = lambda *names: next((plain(entry.fields[n]) for n in names if entry.fields.get(n)), "")  # noqa: E731
    where = get("journal", "booktitle", "publisher", "organization", "institution", "howpublished")
    doi, pmid = get("doi"), get("pmid")
    url = f"https://doi.org/{doi}" if doi else get("url") or (f"{PUBMED}{pmid}/" if pmid else "")
    if not url and entry.fields.get("journal"):
        url = f"{PUBMED}?term={quote_plus(get('title'))}"
    people = entry.persons.get("author", []) or entry.persons.get("editor", [])
    return Source(key, line, get("title"), author_line(people) or get("organization", "institution"), where,
                  get("year"), url, get("note"), get("hold"))


def unknown_key(path: str, line: int, key: str, sources: dict[str, Source], shown: str = "[@{}]") -> Problem:
    """What a writer is told of a key that no source has; `shown` is how keys are written in that file."""
    near = nearest(key, sources)
    return Problem(path, line, f"no source has the key '{key}'",
                   f"The nearest is {shown.format(near)}." if near else f"Add the source to {BIBLIOGRAPHY}.")


@lru_cache
def read_sources(text: str, name: str = BIBLIOGRAPHY) -> dict[str, Source] | Problem:
    """All sources by key; a Problem if the BibTeX cannot be read."""
    starts = {m[1]: text[: m.start()].count("\n") + 1 for m in re.finditer(r"^@\w+\s*\{\s*([^,\s]+)\s*,", text, re.M)}
    try:
        entries = parse_string(text, "bibtex").entries
    except PybtexError as error:
        line = getattr(error, "lineno", None) or next((starts[k] for k in starts if k in str(error)), 1)
        what = str(error).split(": ", 1)[-1].strip()
        return Problem(name, line, f"the bibliography cannot be read: {what}",
                       "Look for a missing comma or brace in this entry or in the one before it.")
    return {key: make_source(key, entry, starts.get(key, 1)) for key, entry in entries.items()}


def load_sources(root: Path = ROOT) -> dict[str, Source] | Problem:
    """The project's sources; a Problem if the file is missing or cannot be read."""
    path = root / BIBLIOGRAPHY
    if not path.exists():
        return Problem(BIBLIOGRAPHY, 1, "the bibliography is missing", "Put it back: git checkout " + BIBLIOGRAPHY)
    text = read_text(path, BIBLIOGRAPHY)
    return text if isinstance(text, Problem) else read_sources(text)
