"""Reads docs/cautions.yml, where it stands once who should avoid which technique, and why."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from scripts.files import ROOT, read_yaml
from scripts.pages import Page, citation_keys

CAUTIONS = "docs/cautions.yml"
WORDS = {"avoid": "Avoid", "ask": "Ask first", "usually": "Usually fine if gentle"}


def load_cautions(root: Path = ROOT) -> dict:
    """The data as it stands; nothing where it cannot be read (`make check` tells the writer why)."""
    path = root / CAUTIONS
    return parse(path.read_text(encoding="utf-8")) if path.exists() else {}


@lru_cache(maxsize=1)
def parse(text: str) -> dict:
    """The data in a text, parsed once for all the pages that show it."""
    found = read_yaml(text, CAUTIONS)
    return found[0] if isinstance(found, tuple) else {}


def technique_of(page: Page, data: dict) -> str | None:
    """The technique whose own list a page shows; None for a page that shows the whole table."""
    return next((key for key, technique in data.get("techniques", {}).items() if page.src in technique["pages"]), None)


def cited_cells(data: dict, only: str | None = None) -> Iterator[tuple[str, tuple]]:
    """Each source key of the data, or of one technique's list, with the path of the cell that cites it."""
    for g, group in enumerate(data.get("groups", [])):
        for p, problem in enumerate(group.get("problems", [])):
            path = ("groups", g, "problems", p)
            for technique in data.get("techniques", {}):
                if only in (None, technique):
                    yield from ((key, (*path, technique)) for key in (problem.get(technique) or [])[1:])
            for word in ("why", "instead") if only is None else ():
                yield from ((key, (*path, word)) for key in citation_keys(str(problem.get(word, ""))))


def keys_shown(page: Page, data: dict) -> list[str]:
    """The source keys that a page shows because it has the `<!-- cautions -->` marker."""
    if not page.has_marker("cautions"):
        return []
    only = technique_of(page, data)
    return [key for key, path in cited_cells(data, only)
            if only is None or data["groups"][path[1]]["problems"][path[3]][only][0] != "usually"]
