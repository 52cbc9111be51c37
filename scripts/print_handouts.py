"""Prints every leaflet of a built site as PDF, for US Letter and for A4, and puts links to the files beside each leaflet in the list.

The PDFs are tagged, and have the title and the language of the page. A link in one is whole where the site's address is known, else none.
Needs Chromium and Playwright, which the tests bring along.

    make handouts
    python scripts/print_handouts.py FOLDER-OF-A-BUILT-SITE
"""

import mimetypes
import os
import re
import sys
from pathlib import Path

from scripts.guide.files import ROOT
from scripts.guide.leaflets import leaflets
from scripts.guide.pages import Page
from scripts.guide.site import load_site
from scripts.set_up import find_browser

LIST = "clinics/handouts.html"
PAPERS = {"letter": "Letter", "a4": "A4"}  # how a file's name ends: what Chromium and a reader call the paper
NOWHERE = "http://guide.invalid/"  # where pages stand while they are printed, if nobody said where the site stands; no link keeps it
NO_LINKS = "document.querySelectorAll('a[href]').forEach(link => { if (link.host === location.host) link.removeAttribute('href'); })"


def pdf_of(page: Page, paper: str) -> str:
    """Where a leaflet's PDF stands on the site."""
    return f"{page.address.removesuffix('.html')}-{paper}.pdf"


def home_of(folder: Path) -> str:
    """Where a built site says that it stands; "" where it does not know."""
    known = re.search(r'<link rel="canonical" href="([^"]*)"', (folder / "index.html").read_text(encoding="utf-8"))
    return known[1].removesuffix("index.html") if known else ""


def print_all(folder: Path, pages: list[Page]) -> list[str]:
    """Write two PDFs for each leaflet; give their places in the site. The browser reads from the folder, and fetches nothing else."""
    from playwright.sync_api import Route, sync_playwright

    home, written = home_of(folder), []
    at = home or NOWHERE

    def answer(route: Route) -> None:
        path = folder / route.request.url.removeprefix(at).partition("?")[0].partition("#")[0]
        if route.request.url.startswith(at) and path.is_file():
            route.fulfill(body=path.read_bytes(), content_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream")
        else:
            route.abort()

    flags = ["--disable-gpu", "--disable-background-networking", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=flags)
        tab = browser.new_page(color_scheme="light")
        tab.route("**/*", answer)
        for page in pages:
            tab.goto(at + page.address)
            if not home:
                tab.evaluate(NO_LINKS)
            for paper, size in PAPERS.items():
                tab.pdf(path=folder / pdf_of(page, paper), format=size, prefer_css_page_size=False, tagged=True, outline=True)
                written.append(pdf_of(page, paper))
        browser.close()
    return written


def link_all(folder: Path, pages: list[Page]) -> None:
    """Put the links beside each leaflet in the list, once."""
    path = folder / LIST
    text = path.read_text(encoding="utf-8")
    for page in pages:
        name = page.address.removeprefix("clinics/")
        links = [f'<a href="{pdf_of(page, paper).removeprefix("clinics/")}">{size}</a>' for paper, size in PAPERS.items()]
        offer = f' <span class="pdf">PDF: {", ".join(links)}</span>'
        if offer not in text:
            text = re.sub(rf'(<td><a href="{re.escape(name)}">[^<]*</a>)', lambda found, offer=offer: found[1] + offer, text, count=1)
    path.write_text(text, encoding="utf-8", newline="\n")


def main(argv: list[str]) -> int:
    """Print the leaflets of a built site, by default site/; 0 done, 1 no browser, 2 misuse."""
    folder = Path(argv[0]) if argv else ROOT / "site"
    if len(argv) > 1 or not (folder / LIST).is_file():
        print("usage: python scripts/print_handouts.py FOLDER-OF-A-BUILT-SITE (or first `make build`)", file=sys.stderr)
        return 2
    if not find_browser():
        print("The leaflets need a browser.\n  Install Chrome or Chromium, or set CHROME to the path of one.", file=sys.stderr)
        return 1
    pages = leaflets(load_site(ROOT))
    written = print_all(folder, pages)
    link_all(folder, pages)
    print(f"{len(written)} PDF files of {len(pages)} leaflets are in {folder.name}/clinics/handouts/.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
