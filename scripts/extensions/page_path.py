"""Tells a Markdown extension which page it is rendering, under MkDocs and under Zensical."""

from pathlib import Path

from markdown import Markdown

from scripts.pages import ROOT, Page, read_page


def page_of(md: Markdown) -> Page | None:
    """The page being rendered; None where there is none, as in a test of one sentence."""
    if "relpath" in md.treeprocessors:  # MkDocs
        return read(Path(md.treeprocessors["relpath"].file.abs_src_path))
    for extension in md.registeredExtensions + list(md.preprocessors):  # Zensical
        if page := getattr(extension, "page", None):
            return read(ROOT / "docs" / page.path)
    return None


def read(path: Path) -> Page | None:
    """The page at a path, where it can be read (`make check` tells the writer why it cannot)."""
    page = read_page(path, next(p.parent for p in path.parents if p.name == "docs"))
    return page if isinstance(page, Page) else None
