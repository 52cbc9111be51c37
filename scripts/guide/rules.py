"""Every rule of the guide, run once over the whole of it."""

import re
from collections import defaultdict
from collections.abc import Iterator

from scripts.guide import shown
from scripts.guide.addresses import check_addresses
from scripts.guide.bibliography import BIBLIOGRAPHY, check_sources, unknown_key
from scripts.guide.cautions import CAUTIONS, check_keys, check_signs
from scripts.guide.feed import check_feed
from scripts.guide.glossary import check_glossary
from scripts.guide.kit import LINKS, check_kit
from scripts.guide.leaflets import check_leaflets
from scripts.guide.length import check_length
from scripts.guide.levels import check_exceptions, check_levels
from scripts.guide.links import check_inbound, check_page
from scripts.guide.markers import check_markers
from scripts.guide.pages import Page
from scripts.guide.pictures import check_pictures
from scripts.guide.problems import Problem, nearest
from scripts.guide.readability import check_readability
from scripts.guide.results import Result, borrowed
from scripts.guide.search import check_questions
from scripts.guide.shape import check_empty, check_headings, check_starters
from scripts.guide.site import CONFIG, Site
from scripts.guide.triage import MARKERS, SCOPES, TRIAGE, check_triage

NAME = re.compile(r"(?:[a-z0-9-]+/)*[a-z0-9-]+\.md")


def check_citations(page: Page, site: Site) -> Iterator[Problem]:
    """Each key that a page cites is a source, and each result it borrows is there."""
    for key, line in site.typed_keys(page):
        if site.sources and key not in site.sources:
            yield unknown_key(page.name, line, key, site.sources)
    for src, keys, line in borrowed(page):
        other = site.page(src)
        known = {result.source for result in other.front.results} if other else set()
        if not other or not keys:
            yield Problem(
                page.name,
                line,
                f"the marker of results names no {'source' if other else 'page'}",
                "Write a page and its sources: <!-- results: conditions/neck-pain doe2020 -->.",
            )
        for key in keys if other else []:
            if key not in known:
                yield Problem(page.name, line, f"{other.name} has no result of '{key}'", f"Its results are of: {', '.join(sorted(known)) or 'no source'}.")
    if page.front.results and not page.has_marker("results"):
        yield Problem(page.name, page.line("evidence"), "the page has results and shows none", "Put <!-- results --> where they belong.")
    if page.has_marker("results") and not page.front.results and page.front.type not in ("technique", "condition"):
        yield Problem(page.name, page.find("<!-- results"), "the page has no results to show", "Add `results` under `evidence`, or take the marker out.")
    if page.front.pillar and not site.page(f"{page.front.pillar}/index.md"):
        pillars = {other.folder for other in site.pages if other.folder}
        near = nearest(page.front.pillar, pillars)
        yield Problem(
            page.name,
            page.line("pillar"),
            f"there is no pillar '{page.front.pillar}'",
            f"Did you mean {near}?" if near else "Name a folder of docs/ that has an index.md.",
        )


def check_menu(site: Site) -> Iterator[Problem]:
    """Each page stands in the menu once, and each page of the menu is there."""
    seen: dict[str, int] = {}
    for src, line in site.menu_lines:
        if " - " in src or not src.endswith(".md"):
            yield Problem(
                CONFIG, line, f"'{src.split(' - ')[0]}' in the menu is no page", "A section ends in a colon, and its pages stand under it: `- Help:`."
            )
            continue
        if src in seen:
            yield Problem(CONFIG, line, f"the menu lists {src} twice", f"Take one line out; it stood first on line {seen[src]}.")
        seen.setdefault(src, line)
        if not site.page(src) and not (site.root / "docs" / src).is_file():
            near = site.moved[src].src if src in site.moved else nearest(src, [page.src for page in site.pages if page.src not in dict(site.menu_lines)])
            yield Problem(CONFIG, line, f"the menu lists {src}, which is not there", f"Write {near} there." if near else "Take the line out.")
    for page in site.pages:
        if page.src not in seen:
            yield Problem(page.name, 1, "the page is not in the menu", f"Add `- {page.src}` to nav in mkdocs.yml.")


def check_titles(site: Site) -> Iterator[Problem]:
    """No two pages have one title or one description: with a screen reader, tabs are told apart by it."""
    for key in ("title", "description"):
        by_words = defaultdict(list)
        for page in site.pages:
            if words := getattr(page.front, key):
                by_words[words.lower()].append(page)
        for pages in by_words.values():
            for page in pages if len(pages) > 1 else ():
                other = next(one for one in pages if one is not page)
                yield Problem(page.name, page.line(key), f"the {key} is also that of {other.name}", f"Give each page a {key} of its own.")
    for page in site.pages:
        if not NAME.fullmatch(page.src):
            yield Problem(
                page.name, 1, "a page's file name has small letters, digits and hyphens only", "Rename it; if it is a copy made by mistake, delete it."
            )


def check_same_results(site: Site) -> Iterator[Problem]:
    """A result that two pages have (one source, one measure, one comparison) has the same numbers on both."""
    first: dict[tuple, tuple[Page, Result]] = {}
    for page in site.pages:
        for result in page.front.results:
            key = (result.source, result.measure.lower(), result.compared_with.lower(), result.scale)
            other, known = first.setdefault(key, (page, result))
            numbers = [(r.treated, r.compared, r.difference, r.interval, r.people) for r in (result, known)]
            if numbers[0] != numbers[1]:
                yield Problem(
                    page.name, result.line, f"{other.name} gives other numbers for the same result of '{result.source}'", "Read the source again, and mend one."
                )


def check_data(site: Site) -> Iterator[Problem]:
    """The data files agree with the bibliography and with the pages."""
    for key, line in check_keys(site.cautions):
        if site.sources and key not in site.sources:
            yield unknown_key(CAUTIONS, line, key, site.sources, shown="{}")
    for technique in site.cautions.techniques:
        for src in technique.pages:
            page = site.page(src)
            if page is None:
                near = nearest(src, site.by_src)
                yield Problem(
                    CAUTIONS,
                    technique.line,
                    f"the technique '{technique.key}' names {src}, which is not there",
                    f"Did you mean {near}?" if near else "Write the path of a page in docs/.",
                )
            elif not page.has_marker("cautions"):
                yield Problem(
                    page.name,
                    page.first_line,
                    "the page does not show who should not have this technique",
                    "Put <!-- cautions --> on a line of its own.",
                )
    if site.triage.signs:
        yield from check_signs(site.cautions, {sign.id for sign in site.triage.signs})
    for sign in site.triage.signs:
        for key in sign.sources:
            if site.sources and key not in site.sources:
                yield unknown_key(TRIAGE, sign.line, key, site.sources, shown="{}")
    yield from check_triage(site.triage)
    yield from check_kit(site.kit, set(site.by_src), site.moved)
    if site.sources and site.kit.source and site.kit.source not in site.sources:
        yield unknown_key(LINKS, site.kit.line, site.kit.source, site.sources, shown="{}")
    cited = set(site.cited) | set(site.triage.keys) | {key for key, _ in check_keys(site.cautions)}
    if site.sources:
        yield from check_sources(site.sources, cited, site.today)


def check_page_whole(page: Page, site: Site) -> Iterator[Problem]:
    """Every rule for one page that could be read and shown."""
    yield from check_markers(page.name, page.body, page.first_line, tuple(MARKERS))
    for marker in page.markers:
        if marker.name == "signs" and marker.words and marker.words not in SCOPES:
            yield Problem(page.name, marker.line, f"no signs are for '{marker.words}'", f"Write one of: {' · '.join(SCOPES)}.")
    yield from check_citations(page, site)
    yield from check_empty(page)
    yield from check_headings(page)
    yield from check_starters(page)
    yield from check_page(page, site)
    yield from check_levels(page, site)
    yield from shown.check(page)


def every_fault(site: Site) -> list[Problem]:
    """All faults of a site whose pages have been rendered, sorted, none twice; only why, where mkdocs.yml cannot be read."""
    if any(fault.path == CONFIG for fault in site.faults):
        return sorted(site.faults)  # no page can be shown without it
    files = [page.name for page in site.pages] + [name for name in (BIBLIOGRAPHY, CAUTIONS, TRIAGE, LINKS) if (site.root / name).exists()]
    found = [*site.faults, *shown.check_conflicts(site.root, files)]
    for page in site.pages:
        found += check_page_whole(page, site)
    for rule in (
        check_menu,
        check_titles,
        check_same_results,
        check_data,
        check_inbound,
        check_pictures,
        check_readability,
        check_length,
        check_leaflets,
        check_addresses,
        check_glossary,
        check_exceptions,
        check_questions,
        check_feed,
    ):
        found += rule(site)
    return sorted(set(found))
