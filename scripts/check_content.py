"""Guarantees that each page keeps its contract: front matter, headings, citations, pictures, menu.

A page without a rating, a source or an alt text misleads the reader who needs it most.

    python scripts/check_content.py
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts import check_front_matter  # noqa: E402
from scripts.bibliography import unknown_key  # noqa: E402
from scripts.cautions import CAUTIONS, WORDS, cited_cells  # noqa: E402
from scripts.extensions.citations import cited_keys, cited_lines  # noqa: E402
from scripts.pages import ROOT, Page, read_page  # noqa: E402
from scripts.problems import Problem, nearest, report  # noqa: E402
from scripts.project import Site, named_site  # noqa: E402
from scripts.studies import borrowed, results_of  # noqa: E402

OWN = "your own headings"


def check_headings(page: Page, template: Page) -> Iterator[Problem]:
    """The fixed headings of the page's type, in order, and the markers under them."""
    for heading in page.headings:
        if heading.level == 1:
            yield Problem(page.name, heading.line, f"'# {heading.text}' is a second title",
                          "Begin at ##; the title comes from the front matter.")
    wanted = [heading.text for heading in template.headings if heading.level == 2]
    have = [heading for heading in page.headings if heading.level == 2]
    place = 0
    for text in wanted:
        later = [i for i, heading in enumerate(have) if heading.text == text and i >= place]
        if later:
            place = later[0] + 1
            continue
        line = have[place].line if place < len(have) else page.first_line
        yield Problem(page.name, line, f"the heading '## {text}' is missing or out of order",
                      f"A {page_type(page)} page has, in this order: {' · '.join(wanted)}.")
    if OWN not in template.body:
        for heading in have:
            if heading.text not in wanted:
                yield Problem(page.name, heading.line, f"'## {heading.text}' is not a heading of a {page_type(page)} page",
                              f"Make it ### under one of: {' · '.join(wanted)}.")
    results = (page.meta.get("evidence") or {}).get("results")
    for marker, _ in template.markers:
        if not page.has_marker(marker) and (marker != "results" or results):
            yield Problem(page.name, page.first_line, f"the marker <!-- {marker} --> is missing",
                          f"Put it on a line of its own, as in templates/{page_type(page)}.md.")


def page_type(page: Page) -> str:
    """A page's type: what it says, else what its folder says."""
    return page.meta.get("type") or check_front_matter.FOLDER_TYPES.get(page.folder, "explainer")


def check_page(page: Page, site: Site) -> Iterator[Problem]:
    """Citations, pictures and text of one page."""
    if not page.prose.strip():
        yield Problem(page.name, page.first_line, "the page has no text", "Write it, or delete the file.")
    for key, line in cited_lines(page):
        if site.sources and key not in site.sources:
            yield unknown_key(page.name, line, key, site.sources)
    for src, keys, line in borrowed(page):
        other = site.page(src)
        known = {result["source"] for _, result in results_of(other)} if other else set()
        if not other or not keys:
            yield Problem(page.name, line, f"the marker of results names no {'source' if other else 'page'}",
                          "Write a page and its sources: <!-- results: conditions/neck-pain doe2020 -->.")
        for key in keys if other else []:
            if key not in known:
                yield Problem(page.name, line, f"{other.name} has no result of '{key}'",
                              f"Its results are of: {', '.join(sorted(known)) or 'no source'}.")
    for image in page.images:
        if not image.text.strip():
            yield Problem(page.name, image.line, f"the picture {image.target} has no alt text",
                          "Write what the picture means between the brackets: ![what it means](file.svg).")
    if page.src not in site.nav:
        yield Problem(page.name, 1, "the page is not in the menu", f"Add `- {page.src}` to nav in mkdocs.yml.")


def check_sources(site: Site) -> Iterator[Problem]:
    """Every source is cited, complete and may be printed."""
    cited = {key for page in site.pages for key in cited_keys(page, site.cautions, site.page)} | {key for key, _ in cited_cells(site.cautions)}
    for source in site.sources.values():
        missing = [n for n in ("title", "url", "note") if not getattr(source, n)]
        if source.key not in cited:
            yield Problem("docs/references.bib", source.line, f"nobody cites '{source.key}'",
                          f"Cite it as [@{source.key}], or take the entry out.")
        elif source.hold or source.title.startswith("[") or missing:
            why = source.hold or ("the title is a description" if source.title.startswith("[") else
                                  f"it has no {' and no '.join(missing)}")
            yield Problem("docs/references.bib", source.line, f"'{source.key}' may not be printed yet: {why}",
                          "Complete the entry from the source itself, or cite a better one.")


def check_cautions(site: Site) -> Iterator[Problem]:
    """Each health problem says something about each technique, in a known word, with known sources."""
    techniques, seen = site.cautions.get("techniques", {}), {}
    for g, group in enumerate(site.cautions.get("groups", [])):
        for p, problem in enumerate(group.get("problems", [])):
            path = ("groups", g, "problems", p)
            line = site.caution_lines.get(path, 1)
            for key in ("id", "problem", "why", "instead", *techniques):
                if not problem.get(key):
                    yield Problem(CAUTIONS, line, f"'{problem.get('id', '?')}' has no '{key}'", f"Write `{key}:` under it.")
                elif key in techniques and problem[key][0] not in WORDS:
                    yield Problem(CAUTIONS, site.caution_lines.get((*path, key), line),
                                  f"'{problem[key][0]}' is not one of {', '.join(WORDS)}",
                                  f"The nearest is {nearest(str(problem[key][0]), WORDS, 'ask')}.")
            if problem.get("id") in seen:
                yield Problem(CAUTIONS, line, f"the id '{problem['id']}' stands twice", "Give one of them another id.")
            seen[problem.get("id")] = line
    for key, path in cited_cells(site.cautions):
        if site.sources and key not in site.sources:
            yield unknown_key(CAUTIONS, site.caution_lines.get(path, 1), key, site.sources, shown="{}")


def check_menu(site: Site) -> Iterator[Problem]:
    """Each page of the menu is there."""
    for src, line in site.nav.items():
        if not (site.root / "docs" / src).is_file():
            near = nearest(src, [page.src for page in site.pages])
            yield Problem("mkdocs.yml", line, f"the menu lists {src}, which is not there",
                          f"The nearest page is {near}." if near else "Take the line out.")


def check_titles(site: Site) -> Iterator[Problem]:
    """No two pages have one title: with a screen reader, tabs are told apart by it."""
    by_title = defaultdict(list)
    for page in site.pages:
        by_title[str(page.meta.get("title", page.src)).strip().lower()].append(page)
    for pages in by_title.values():
        for page in pages[1:]:
            yield Problem(page.name, page.line("title"), f"the title is also that of {pages[0].name}",
                          "Give each page a title of its own.")


def check(site: Site) -> Iterator[Problem]:
    """Every fault of the content."""
    templates = {path.stem: read_page(path) for path in (ROOT / "templates").glob("*.md")}
    yield from site.unreadable
    for page in site.pages:
        yield from check_front_matter.check(page)
        yield from check_page(page, site)
        if page_type(page) in templates:
            yield from check_headings(page, templates[page_type(page)])
    yield from check_menu(site)
    yield from check_titles(site)
    yield from check_cautions(site)
    if site.sources and not any(problem.path.endswith(".md") for problem in site.unreadable):
        yield from check_sources(site)


def main(argv: list[str]) -> int:
    """Check the project (or the one in the folder named); 0 fine, 1 faults, 2 misuse."""
    site = named_site(argv, "check_content")
    if site is None:
        return 2
    return report(check(site), f"content: {len(site.pages)} pages, {len(site.sources)} sources")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
