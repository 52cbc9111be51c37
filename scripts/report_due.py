"""Lists what grows old: pages past their date or due soon, old guidelines, weak or (with --links) dead links, addresses not kept yet.

A page that nobody looks at again goes on telling patients what was true once. Never fails; prints Markdown, for one issue.

    make due
    python scripts/report_due.py --links      asks each outside address once, slowly (needs the network)
"""

import argparse
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlsplit

from scripts.extensions.render import render
from scripts.guide.addresses import new_addresses
from scripts.guide.bibliography import SEARCH, Source
from scripts.guide.links import is_outside
from scripts.guide.site import Site, load_site

SOON, OLD = timedelta(days=60), 5
GUIDELINE = ("guideline", "recommendation", "guidance", "position paper", "consensus")
AGENT = "Mozilla/5.0 (compatible; link check of a patient guide, once a week)"
PAUSE, PATIENCE = 1.0, 20  # seconds
REFUSES_ROBOTS = (401, 403, 405, 406, 429, 503)


def due_pages(site: Site) -> Iterator[str]:
    """Pages past their date, then pages due within 60 days, earliest first."""
    for page in sorted((p for p in site.pages if p.front.review_due), key=lambda p: (p.front.review_due, p.src)):
        if page.front.review_due <= site.today + SOON:
            late = "**overdue**" if page.front.review_due < site.today else "due"
            yield f"- {page.name}: {late} since {page.front.review_due}" if "over" in late else f"- {page.name}: due by {page.front.review_due}"


def cited_on(source: Source, site: Site) -> str:
    """The pages that cite a source."""
    return ", ".join(page.src for page in site.cited.get(source.key, [])) or "no page"


def old_guidelines(site: Site) -> Iterator[str]:
    """Guidelines that are more than 5 years old, with the pages that cite them."""
    for source in site.sources.values():
        words = f"{source.title} {source.where}".lower()
        if any(word in words for word in GUIDELINE) and source.year.isdigit() and site.today.year - int(source.year) > OLD:
            yield f"- {source.key} ({source.year}), {source.title}: {cited_on(source, site)}"


def weak_links(site: Site) -> Iterator[str]:
    """Sources whose address is a search, or has no https."""
    for source in site.sources.values():
        kind = "a search" if source.url.startswith(SEARCH) or "?term=" in source.url else "no https" if source.url.startswith("http://") else ""
        if kind:
            yield f"- {source.key}, {kind}: {source.url} ({cited_on(source, site)})"


def outside(site: Site) -> dict[str, str]:
    """Each outside address and where it stands."""
    found = {source.url: source.key for source in site.sources.values() if source.url}
    return found | {link.target: page.src for page in site.pages for link in page.view.links if is_outside(link.target)}


def answer(url: str) -> str:
    """What is wrong with an address after a second try, or "" where it answers (a site that refuses robots counts as answering)."""
    wrong = ""
    for _ in range(2):
        request = urllib.request.Request(url, headers={"User-Agent": AGENT}, method="GET")
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE):
                return ""
        except urllib.error.HTTPError as error:
            if error.code in REFUSES_ROBOTS:
                return ""
            wrong = str(error.code)
        except (OSError, ValueError) as error:
            wrong = str(getattr(error, "reason", error))
        time.sleep(PAUSE)
    return wrong


def ask(urls: list[str]) -> list[tuple[str, str]]:
    """Ask the addresses of one host one after the other, with a pause; give those that do not answer, and why."""
    found = []
    for url in urls:
        if wrong := answer(url):
            found.append((url, wrong))
        time.sleep(PAUSE)
    return found


def dead_links(site: Site) -> Iterator[str]:
    """Outside addresses that do not answer; several hosts are asked side by side, none of them twice at once."""
    where, hosts = outside(site), {}
    for url in sorted(where):
        if url.startswith("http"):
            hosts.setdefault(urlsplit(url).netloc, []).append(url)
    with ThreadPoolExecutor(max_workers=8) as pool:
        for found in pool.map(ask, hosts.values()):
            yield from (f"- {url} ({where[url]}): {wrong}" for url, wrong in found)


def main(argv: list[str]) -> int:
    """Print the report; 0 always."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--links", action="store_true", help="ask each outside address too")
    options = parser.parse_args(argv)
    site = render(load_site())
    fresh = new_addresses(site)
    parts = {
        "Pages to check again": due_pages(site),
        f"Guidelines more than {OLD} years old": old_guidelines(site),
        "Sources with a weak address": weak_links(site),
        "Addresses that data/addresses.txt does not keep yet (`make addresses`)": (f"- {line}" for line in fresh),
    }
    if options.links:
        parts["Outside addresses that do not answer"] = dead_links(site)
    for title, lines in parts.items():
        found = list(lines)
        print(f"## {title}: {len(found)}\n", *found, "" if found else "None.\n", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
