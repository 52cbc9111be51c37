"""What studies found, from the front matter of pages: a page's own results, and those it shows from another page.

`<!-- results: conditions/knee doe2020 roe2021 -->` shows what conditions/knee.md says of those sources, so that no number
is typed twice.
"""

from collections.abc import Callable, Iterator

from scripts.pages import Page


def results_of(page: Page) -> list[tuple[int, dict]]:
    """The results in a page's front matter that name a source, each with its place."""
    evidence = page.meta.get("evidence")
    results = evidence.get("results") if isinstance(evidence, dict) else []
    return [(index, result) for index, result in enumerate(results or []) if isinstance(result, dict) and result.get("source")]


def from_page(page: Page | None, keys: list[str]) -> list[dict]:
    """What a page says of some sources, in the order of the sources."""
    return [result for key in keys for _, result in results_of(page) if result["source"] == key] if page else []


def named(words: str) -> tuple[str, list[str]]:
    """The path in docs/ and the sources that a marker's words name."""
    path, *keys = words.split()
    return f"{path}.md", keys


def borrowed(page: Page) -> Iterator[tuple[str, list[str], int]]:
    """The page and the sources that each `results:` marker names, with its line."""
    for marker, line in page.markers:
        name, _, words = marker.partition(":")
        if name == "results" and words:
            yield *named(words), line


def shown_results(page: Page, find: Callable[[str], Page | None]) -> list[dict]:
    """Every result drawn on a page; `find` gives the page at a path in docs/."""
    return [result for _, result in results_of(page)] + [
        result for src, keys, _ in borrowed(page) for result in from_page(find(src), keys)]
