"""A leaflet for paper (type `handout`) claims nothing of its own: each source and each figure in it stands on a page that it names."""

import re
from collections.abc import Iterator

from scripts.guide.citations import CITATION, citation_keys
from scripts.guide.pages import Page
from scripts.guide.problems import Problem, nearest
from scripts.guide.site import Site

HANDOUT = "handout"
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def leaflets(site: Site) -> list[Page]:
    """The leaflets, in the order of the menu."""
    return [page for src, _ in site.menu_lines if (page := site.page(src)) and page.front.type == HANDOUT]


def check_owners(page: Page, site: Site) -> Iterator[Problem]:
    """`leaflet_of` names pages that are there; only a leaflet has it."""
    if page.front.type != HANDOUT:
        if page.front.leaflet_of:
            yield Problem(page.name, page.line("leaflet_of"), "only a leaflet has `leaflet_of`", "Take it out, or write `type: handout`.")
        return
    if not page.front.leaflet_of:
        yield Problem(page.name, 1, "the leaflet names no page that it is made from", "Add `leaflet_of`, a list such as [first-session/prepare.md].")
    for src in page.front.leaflet_of:
        if site.page(src) is None:
            near = nearest(src, site.by_src)
            mend = f"Did you mean {near}?" if near else "Write the path of a page in docs/."
            yield Problem(page.name, page.line("leaflet_of"), f"the leaflet is made from {src}, which is not there", mend)


def check_claims(page: Page, site: Site) -> Iterator[Problem]:
    """Each source that the leaflet cites is cited, and each figure beside it stands, on one of the pages that it is made from."""
    owners = [owner for src in page.front.leaflet_of if (owner := site.page(src))]
    if page.front.type != HANDOUT or not owners:
        return
    known = {key for owner in owners for key in site.cited_keys(owner)}
    told = {figure for owner in owners for figure in FIGURE.findall(CITATION.sub("", owner.body))}
    names = ", ".join(owner.src for owner in owners)
    for number, line in enumerate(page.body.split("\n"), page.first_line):
        keys = citation_keys(line)
        for key in keys:
            if key not in known and key in site.sources:
                yield Problem(page.name, number, f"no page that the leaflet is made from cites '{key}'", f"Write it on its page first ({names}).")
        for figure in FIGURE.findall(CITATION.sub("", line)) if keys else ():
            if figure not in told:
                yield Problem(page.name, number, f"the figure {figure} stands on no page that the leaflet is made from", f"Take it from {names}.")


def check_leaflets(site: Site) -> Iterator[Problem]:
    """Every leaflet."""
    for page in site.pages:
        yield from check_owners(page, site)
        yield from check_claims(page, site)
