"""Tells a Markdown extension which page it is rendering, under MkDocs and under Zensical."""

from functools import lru_cache
from pathlib import Path

from markdown import Markdown

from scripts.pages import ROOT, Page, read_page


def page_of(md: Markdown) -> Page | None:
    """The page being rendered; None where there is none, as in a test of one sentence."""
    if "relpath" in md.treeprocessors:  # MkDocs
        return read_once(Path(md.treeprocessors["relpath"].file.abs_src_path))
    for extension in md.registeredExtensions + list(md.preprocessors):  # Zensical
        if page := getattr(extension, "page", None):
            return read_once(ROOT / "docs" / page.path)
    return None


def read_once(path: Path) -> Page | None:
    """The page at a path, read again only when the file has changed: several extensions ask for the same page."""
    return read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def read(path: Path, changed: int) -> Page | None:
    """The page at a path, where it can be read (`make check` tells the writer why it cannot)."""
    page = read_page(path, next(p.parent for p in path.parents if p.name == "docs"))
    return page if isinstance(page, Page) else None
