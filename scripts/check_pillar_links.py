"""Guarantees that the pages about back pain hold together: a reader who lands on one finds the others.

Someone with a warning sign who lands on the wrong page must be able to read on to the right one, without the menu.
Only links in a page's own text count, and the tables that the site makes from front matter.

    python scripts/check_pillar_links.py [--docs DIR] [--matrix] [--graph FILE.svg] [FOLDER ...]

FOLDER is a folder of docs/ with a pillar (its index.md) and spokes; back-pain unless named.
"""

import argparse
import sys
from collections.abc import Iterator
from math import cos, pi, sin
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.check_links import check_page, is_outside, relative, resolve  # noqa: E402
from scripts.pages import ROOT, Page  # noqa: E402
from scripts.problems import Problem, report  # noqa: E402
from scripts.project import Site, load_site  # noqa: E402

SIBLINGS = 2
CLICKS = 2


def links_to(page: Page, site: Site) -> set[str]:
    """The pages that this page's own text links to."""
    targets = (resolve(page, link.target) for link in page.links if not is_outside(link.target) and link.target[0] != "#")
    return {src for src in targets if site.page(src)} - {page.src}


def made_links(page: Page, site: Site) -> set[str]:
    """The pages that a table made from front matter links to, where the page has one."""
    if not page.has_marker("ratings"):
        return set()
    rated = [other for other in site.pages if other.meta.get("evidence")]
    own = [other for other in rated if other.folder == page.folder]
    return {other.src for other in own or rated}


def spokes_of(folder: str, site: Site) -> list[Page]:
    """The spokes of a pillar: the pages of its folder, and those elsewhere that name it as their pillar."""
    return [page for page in site.pages if page.src != f"{folder}/index.md"
            and (page.folder == folder or page.meta.get("pillar") == folder)]


def check_spokes(pillar: Page, spokes: list[Page], site: Site) -> Iterator[Problem]:
    """Pillar to every spoke, each spoke back and to siblings, every anchor there."""
    down = links_to(pillar, site)
    names = {spoke.src for spoke in spokes}
    for spoke in spokes:
        up = links_to(spoke, site)
        if spoke.src not in down:
            yield Problem(pillar.name, pillar.first_line, f"the pillar does not link to {spoke.src} in its text",
                          f"Add a sentence with [its subject]({relative(pillar, spoke.src)}).")
        if pillar.src not in up:
            yield Problem(spoke.name, spoke.first_line, "the page does not link back to its pillar in its text",
                          f"Add a sentence with [the map of back pain]({relative(spoke, pillar.src)}).")
        if len(up & names) < min(SIBLINGS, len(names) - 1):
            more = ", ".join(relative(spoke, src) for src in sorted(names - up - {spoke.src})[:3])
            yield Problem(spoke.name, spoke.first_line,
                          f"the page links to {len(up & names)} of its siblings; {SIBLINGS} are needed",
                          f"Link where it helps the reader, for example: {more}.")
    for page in (pillar, *spokes):
        yield from check_page(page, site)


def reached(start: str, clicks: int, site: Site) -> set[str]:
    """The pages within so many clicks of a page."""
    found, edge = {start}, {start}
    for _ in range(clicks):
        edge = {src for here in edge for src in links_to(site.page(here), site) | made_links(site.page(here), site)} - found
        found |= edge
    return found


def check_reach(pillar: Page, site: Site) -> Iterator[Problem]:
    """Every page that speaks of the pillar's subject is near it, and no page is reached by the menu alone."""
    near, subject = reached(pillar.src, CLICKS, site), pillar.folder.replace("-", " ")
    linked = {src for page in site.pages for src in links_to(page, site) | made_links(page, site)}
    for page in site.pages:
        speaks = subject in f"{page.meta.get('title', '')} {page.prose}".lower()
        if speaks and page.src not in near:
            yield Problem(page.name, page.line("title"),
                          f"the page speaks of {subject} and is more than {CLICKS} clicks from {pillar.src}",
                          f"Link it from {pillar.src}, or from a page that {pillar.src} links to.")
        if page.src not in linked | {"index.md"}:
            yield Problem(page.name, page.line("title"), "only the menu leads to this page",
                          "Link it in the text of a page whose reader would want it.")


def matrix(pages: list[Page], site: Site) -> str:
    """Who links to whom: a row a page, a column a page it may link to."""
    width = max(len(page.src) for page in pages)
    head = " " * (width + 4) + " ".join(f"{number + 1:>2}" for number in range(len(pages)))
    rows = [f"{number + 1:>2} {page.src:<{width}} " + " ".join(
        " ·" if other is page else " x" if other.src in links_to(page, site) else "  " for other in pages)
        for number, page in enumerate(pages)]
    return "\n".join([head, *rows])


def graph(pages: list[Page], site: Site) -> str:
    """A drawing of the links: the pillar in the middle, the spokes round it."""
    spots = {pages[0].src: (400.0, 300.0)}
    for number, page in enumerate(pages[1:]):
        turn = 2 * pi * number / (len(pages) - 1)
        spots[page.src] = (400 + 290 * cos(turn), 300 + 230 * sin(turn))
    lines = [f'<line x1="{spots[page.src][0]:.0f}" y1="{spots[page.src][1]:.0f}" x2="{spots[to][0]:.0f}" '
             f'y2="{spots[to][1]:.0f}"/>' for page in pages for to in sorted(links_to(page, site)) if to in spots]
    words = [f'<circle cx="{x:.0f}" cy="{y:.0f}" r="5"/><text x="{x:.0f}" y="{y - 10:.0f}">{src.split("/")[-1]}</text>'
             for src, (x, y) in spots.items()]
    return ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600"><title>Links between the pages</title>'
            '<rect width="800" height="600" fill="#fff"/><g stroke="#8aa" stroke-opacity=".6">' + "".join(lines)
            + '</g><g font-family="sans-serif" font-size="13" text-anchor="middle">' + "".join(words) + "</g></svg>\n")


def main(argv: list[str]) -> int:
    """Check each pillar named; 0 fine, 1 faults, 2 misuse."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", metavar="FOLDER", nargs="*", default=["back-pain"])
    parser.add_argument("--docs", type=Path, default=ROOT / "docs", help="the docs folder to read")
    parser.add_argument("--matrix", action="store_true", help="print who links to whom")
    parser.add_argument("--graph", type=Path, metavar="FILE.svg", help="draw who links to whom")
    options = parser.parse_args(argv)
    site = load_site(options.docs.resolve().parent)
    faults, counted, drawn = list(site.unreadable), [], []
    for folder in (name.strip("/").removeprefix("docs/") for name in options.folders):
        pillar = site.page(f"{folder}/index.md")
        if pillar is None:
            print(f"docs/{folder}/index.md is not there, so {folder} is no pillar\n"
                  "    Name a folder of docs/ that has an index.md.", file=sys.stderr)
            return 2
        spokes = spokes_of(folder, site)
        faults += [*check_spokes(pillar, spokes, site), *check_reach(pillar, site)]
        counted.append(f"{folder}: {len(spokes)} spokes, {sum(len(links_to(p, site)) for p in (pillar, *spokes))} links")
        drawn += [pillar, *spokes]
    if options.matrix:
        print(matrix(drawn, site))
    if options.graph:
        options.graph.write_text(graph(drawn, site), encoding="utf-8")
    return report(faults, f"pillar: {'; '.join(counted)}; {len(site.pages)} pages looked at")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
