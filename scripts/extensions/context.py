"""Tells a Markdown extension which page it is rendering, and gives it the guide; under MkDocs, Zensical and the checks."""

import logging
import os
import time
from functools import lru_cache
from pathlib import Path

from markdown import Markdown

from scripts.guide.files import ROOT
from scripts.guide.pages import Page
from scripts.guide.site import DATA, Site, load_site

TOLD = logging.getLogger("mkdocs.guide")  # a warning here stops a strict build, and shows in the terminal while serving


@lru_cache(maxsize=1)
def _load(build: object) -> tuple[Site, float]:
    """The guide and when it was read: once for each `build`."""
    at, site = time.time(), load_site()
    for fault in site.faults:
        TOLD.warning("%s", fault)
    return site, at


def _load_newer(path: Path) -> Site:
    """The guide, for an engine that tells of no build: read again when the page that it renders, or a data file, was saved since."""
    site, at = _load(None)
    if any(file.exists() and file.stat().st_mtime > at for file in (path, *(ROOT / name for name in DATA))):
        _load.cache_clear()
        site, _ = _load(None)
    return site


class Here:
    """Where an extension is: the guide and, where a page is rendered, that page."""

    def __init__(self, site: Site, page: Page | None) -> None:
        self.site, self.page = site, page

    def link(self, src: str) -> str:
        """How this page links the page at a path in docs/."""
        return "../" * (self.page.src.count("/") if self.page else 0) + src


def here(md: Markdown) -> Here:
    """Where `md` is at work; without a page, as in a test of one sentence, `page` is None."""
    if found := getattr(md, "guide", None):  # the checks; or an engine, which sets up Markdown anew for each page
        return found
    if "relpath" in md.treeprocessors:  # MkDocs, whose collection of files is another one in each build
        links = md.treeprocessors["relpath"]
        src = os.path.relpath(links.file.abs_src_path, ROOT / "docs")
        site, _ = _load(links.files)
    else:  # Zensical
        src = next((str(e.page.path) for e in [*md.registeredExtensions, *md.preprocessors] if getattr(e, "page", None)), "")
        site = _load_newer(ROOT / "docs" / src)
    md.guide = Here(site, site.page(Path(src).as_posix()))
    return md.guide


def add_page(md: Markdown, site: Site, page: Page | None) -> None:
    """Say which page `md` renders next, outside of a build."""
    md.guide = Here(site, page)
