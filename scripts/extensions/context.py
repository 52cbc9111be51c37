"""Tells a Markdown extension which page it is rendering, and gives it the guide; under MkDocs, Zensical and the checks."""

import logging
import os
from functools import lru_cache
from pathlib import Path

from markdown import Markdown

from scripts.guide.files import ROOT
from scripts.guide.pages import Page
from scripts.guide.site import Site, load_site, signature

TOLD = logging.getLogger("mkdocs.guide")  # a warning here stops a strict build, and shows in the terminal while serving


@lru_cache(maxsize=1)
def _load(changed: tuple) -> Site:
    """The guide; read again only when one of its files has changed."""
    site = load_site()
    for fault in site.faults:
        TOLD.warning("%s", fault)
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
    if found := getattr(md, "guide", None):  # the checks; or MkDocs, which sets up Markdown anew for each page
        return found
    if "relpath" in md.treeprocessors:  # MkDocs
        src = os.path.relpath(md.treeprocessors["relpath"].file.abs_src_path, ROOT / "docs")
    else:  # Zensical
        src = next((str(e.page.path) for e in [*md.registeredExtensions, *md.preprocessors] if getattr(e, "page", None)), "")
    site = _load(signature())
    found = Here(site, site.page(Path(src).as_posix()))
    if "relpath" in md.treeprocessors:
        md.guide = found
    return found


def add_page(md: Markdown, site: Site, page: Page | None) -> None:
    """Say which page `md` renders next, outside of a build."""
    md.guide = Here(site, page)
