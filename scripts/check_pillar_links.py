"""Guarantees the web of links of the back-pain pages: a reader who lands on any of them finds the map, and each page its siblings.

A reader who came by a search engine and cannot find the way on leaves with half an answer.

    python scripts/check_pillar_links.py             the pages of docs/back-pain/
    python scripts/check_pillar_links.py FOLDER ...  other pillars: folders of docs/ with an index.md
    python scripts/check_pillar_links.py --matrix    who links to whom

Rules: the pillar links to each spoke in its text; each spoke links back, and to two siblings; each link leads somewhere;
each page that speaks of the subject is two clicks from the pillar.
"""

import argparse
import sys
from collections.abc import Iterator

from scripts.extensions.render import render
from scripts.guide.links import check_page, links_to, relative
from scripts.guide.pages import Page
from scripts.guide.problems import Problem
from scripts.guide.site import Site, load_site
from scripts.terminal import amount, tell

PILLARS = ["back-pain"]
SIBLINGS, CLICKS = 2, 2


def spokes_of(pillar: Page, site: Site) -> list[Page]:
    """The other pages of a pillar's folder, and those elsewhere that name it as their pillar."""
    return [page for page in site.pages if page is not pillar and pillar.folder in (page.folder, page.front.pillar)]


def check_spokes(pillar: Page, site: Site) -> Iterator[Problem]:
    """Pillar to every spoke, each spoke back and to siblings."""
    spokes = spokes_of(pillar, site)
    names, subject = {spoke.src for spoke in spokes}, pillar.folder.replace("-", " ")
    for spoke in spokes:
        links = links_to(spoke, site)
        if spoke.src not in links_to(pillar, site):
            what = f"the pillar does not link to {spoke.src} in its text"
            yield Problem(pillar.name, pillar.first_line, what, f"Add a sentence with [its subject]({relative(pillar, spoke.src)}).")
        if pillar.src not in links:
            what = "the page does not link back to its pillar in its text"
            yield Problem(spoke.name, spoke.first_line, what, f"Add a sentence with [the map of {subject}]({relative(spoke, pillar.src)}).")
        if len(links & names) < min(SIBLINGS, len(names) - 1):
            more = ", ".join(relative(spoke, src) for src in sorted(names - links - {spoke.src})[:3])
            what = f"the page links to {len(links & names)} of its siblings; {SIBLINGS} are needed"
            yield Problem(spoke.name, spoke.first_line, what, f"Link where it helps the reader, for example: {more}.")


def check_reach(pillar: Page, site: Site) -> Iterator[Problem]:
    """Every page that speaks of the pillar's subject is near it."""
    near, subject = {pillar.src}, pillar.folder.replace("-", " ")
    for _ in range(CLICKS):
        near |= {src for here in near for made in (False, True) for src in links_to(site.page(here), site, made)}
    for page in site.pages:
        if page.src not in near and subject in f"{page.title} {page.view.prose}".lower():
            what = f"the page speaks of {subject} and is more than {CLICKS} clicks from {pillar.src}"
            yield Problem(page.name, page.line("title"), what, f"Link it from {pillar.src}, or from a page that {pillar.src} links to.")


def check_pillars(site: Site) -> Iterator[Problem]:
    """Every rule for each of PILLARS that has an index.md."""
    for pillar in filter(None, (site.page(f"{folder}/index.md") for folder in PILLARS)):
        yield from check_spokes(pillar, site)
        yield from check_reach(pillar, site)


def matrix(pages: list[Page], site: Site) -> str:
    """Who links to whom: a row a page, a column a page it may link to."""
    width = max(len(page.src) for page in pages)
    rows = [" " * (width + 3) + "".join(f"{number + 1:>3}" for number in range(len(pages)))]
    for number, page in enumerate(pages):
        links = links_to(page, site)
        rows.append(f"{number + 1:>2} {page.src:<{width}}" + "".join("  ·" if other is page else "  x" if other.src in links else "   " for other in pages))
    return "\n".join(rows)


def main(argv: list[str]) -> int:
    """Check each pillar named; 0 fine, 1 faults, 2 misuse."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", metavar="FOLDER", nargs="*", default=PILLARS)
    parser.add_argument("--matrix", action="store_true", help="print who links to whom")
    options = parser.parse_args(argv)
    site = render(load_site())
    faults, counted = list(site.faults), []
    for folder in (name.strip("/").removeprefix("docs/") for name in options.folders):
        pillar = site.page(f"{folder}/index.md")
        if pillar is None:
            parser.error(f"docs/{folder}/index.md is not there, so {folder} is no pillar; name a folder of docs/ that has an index.md")
        spokes = spokes_of(pillar, site)
        faults += [*check_spokes(pillar, site), *check_reach(pillar, site), *(f for page in (pillar, *spokes) for f in check_page(page, site))]
        counted.append(f"{folder}: {amount(len(spokes), 'spoke')}, {amount(sum(len(links_to(page, site)) for page in (pillar, *spokes)), 'link')}")
        if options.matrix:
            print(matrix([pillar, *spokes], site))
    return tell(sorted(set(faults)), "; ".join(counted))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
