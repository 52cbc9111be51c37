"""Finishes a built site, the same after any engine: addresses that moved, what search knows, the content policy, the page for a lost
reader, what search engines and feed readers read, the day on which each page last changed. It changes no other word of a page.

Without it a printed address can die, and a reader in danger who types into search sees no card.

    python scripts/finish_site.py SITE
"""

import json
import re
import sys
import xml.etree.ElementTree as etree
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from scripts.extensions.cards import draw
from scripts.extensions.context import Here
from scripts.extensions.lists import doors
from scripts.guide.addresses import redirect
from scripts.guide.feed import FEED, NEWS, feed
from scripts.guide.files import ROOT
from scripts.guide.history import last_changed
from scripts.guide.kit import links_json
from scripts.guide.links import data_of
from scripts.guide.pages import Page, address_of
from scripts.guide.policy import headers, with_policy, with_rel
from scripts.guide.qr import qr_file, qr_png
from scripts.guide.search import index, sections
from scripts.guide.site import Site, load_site
from scripts.guide.triage import LEVELS, MARKERS, ON_CARDS, SCOPES, Card

SYNONYMS = "data/synonyms.txt"
LIGHTBOX = {"glightbox.min.js": "assets/javascripts", "glightbox.min.css": "assets/stylesheets"}  # of the package mkdocs-glightbox


def synonyms(root: Path) -> dict[str, list[str]]:
    """For each word that patients type, the words that pages use: a line `tummy: belly` each."""
    lines = (root / SYNONYMS).read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(":") for line in lines if line.strip() and not line.startswith("#"))
    return {word.strip(): others.split() for word, _, others in pairs}


def html(element: etree.Element) -> str:
    """An element as HTML, its links as addresses."""
    for link in element.iter("a"):
        link.set("href", link.get("href", "").replace(".md", ".html"))
    return etree.tostring(element, encoding="unicode", method="html")


def script(name: str, value: object) -> str:
    """Data as a script, so that it can be read from a folder on disk too."""
    return f"window.{name} = {json.dumps(value, ensure_ascii=False, separators=(',', ':'))};\n"


def drawn(cards: Iterable[Card]) -> str:
    """Cards as search shows them, one after the other."""
    return "".join(html(draw(card, "search")) for card in cards)


def help_for_search(site: Site) -> dict:
    """What search needs at once: the cards, the words that call them, the doors."""
    triage = site.triage
    return {
        "cards": {name: drawn(triage.cards(name)) for name in MARKERS} | {"er": drawn(reversed(triage.cards("emergency")))},
        "scopes": {
            scope: {level: html(draw(card, "search", whole=True)) for level in LEVELS if (card := triage.card(level, (scope,), whole=True))}
            for scope in SCOPES
            if scope not in ON_CARDS
        },
        "lay": triage.lay,
        "signs": [
            [sign.level, sign.scope, sign.search, sign.harmless] for sign in sorted(triage.signs, key=lambda sign: LEVELS.index(sign.level)) if sign.search
        ],
        "doors": html(doors(Here(site, None))[0]),
    }


def lost(text: str, site: Site) -> str:
    """The page for a lost reader with its doors and its card; its links find the root from any depth where the site's address is known."""
    emergency = "".join(html(draw(card, "lost")) for card in site.triage.cards("emergency"))
    at_home = html(doors(Here(site, None))[0]).replace('href="', 'href="' + base(text))
    return text.replace("<!-- doors -->", at_home).replace("<!-- card -->", emergency)


def base(page: str) -> str:
    """The root that the page for a lost reader uses in its own links."""
    before, found, _ = page.partition('assets/favicon.svg"')
    return before[before.rindex('"') + 1 :] if found else "/"


def dated(text: str, page: Page | None, changed: dict[str, str]) -> str:
    """A built page with the day on which its own words, or the data that it is a list of, last changed; nothing where git does not know."""
    days = [changed[name] for name in ({page.name} | data_of(page) if page else ()) if name in changed]
    told = f'Text last changed on <time datetime="{max(days)}">{max(days)}</time>.' if days else ""
    return text.replace("<!-- changed -->", told)


def sitemap(site: Site, home: str, changed: dict[str, str]) -> str:
    """Every page with the day on which its words last changed, where that is known."""
    lines = [
        f"<url><loc>{home}{'' if page.address == 'index.html' else page.address}</loc>"
        + (f"<lastmod>{changed[page.name]}</lastmod>" if page.name in changed else "")
        + "</url>"
        for page in site.pages
    ]
    return '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n' + "\n".join(lines) + "\n</urlset>\n"


def kit(site: Site, home: str) -> dict[str, str | bytes]:
    """What the kit for clinics leads to: short addresses, the table for machines and, where the site's address is known, QR codes."""
    made: dict[str, str | bytes] = {"links.json": links_json(site.kit, site.page, home, site.name)}
    for link in site.kit.links:
        if page := site.page(link.page):
            made[link.address] = redirect(page, link.address, page.title, "A short address")
            if home:
                made[f"assets/qr/{link.name}.svg"] = qr_file(home + link.address)
                made[f"assets/qr/{link.name}.png"] = qr_png(home + link.address)
    return made


def leads(site: Site) -> dict[str, str]:
    """The short pages at old addresses, which lead on to the pages that answer now."""
    return {address_of(old): redirect(page, old, page.title) for page in site.pages for old in page.front.moved_from}


def finish(folder: Path, site: Site) -> list[str]:
    """Finish each page of a built site, one at a time, and add the files that it lacks; return the names of those."""
    front = (folder / "index.html").read_text(encoding="utf-8")
    known = re.search(r'<link rel="canonical" href="([^"]*)"', front)
    home = known[1].removesuffix("index.html") if known else ""  # where the site stands, if mkdocs.yml was told
    changed, by_address = last_changed(site.root), {page.address: page for page in site.pages}
    astray = ""  # the page for a lost reader, which may have a script of its own
    added, shown, news = {**kit(site, home), **leads(site)}, {}, ""
    for path in folder.rglob("*.html"):
        name = path.relative_to(folder).as_posix()
        if name not in added:
            text, page = path.read_text(encoding="utf-8"), by_address.get(name)
            if page:
                shown[name] = sections(text)
                news = text if page.src == NEWS else news
            astray = text if name == "404.html" else astray
            text = lost(text, site) if name == "404.html" else dated(text, page, changed)
            path.write_bytes(with_policy(with_rel(text)).encode("utf-8"))
    added = {name: with_policy(with_rel(text)) if name.endswith(".html") else text for name, text in added.items()} | {
        "assets/search-help.js": script("guideHelp", help_for_search(site)),
        "assets/search-index.js": script("guideIndex", {**index(site, shown), "synonyms": synonyms(site.root)}),
        "_headers": headers(front + astray),
        "robots.txt": "User-agent: *\nAllow: /\n" + (f"Sitemap: {home}sitemap.xml\n" if home else ""),
        **({"sitemap.xml": sitemap(site, home, changed)} if home else {}),
        **({FEED: told} if (told := feed(site, home, news)) else {}),
        **{f"{place}/{name}": (files("mkdocs_glightbox") / "glightbox" / name).read_bytes() for name, place in LIGHTBOX.items()},
    }
    for stale in ("sitemap.xml.gz", *(() if home else ("sitemap.xml",))):
        (folder / stale).unlink(missing_ok=True)
    for name, text in added.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return sorted(added)


def main(argv: list[str]) -> int:
    """Finish the built site in a folder; 0 done, 2 misuse."""
    if len(argv) != 1 or not (Path(argv[0]) / "index.html").is_file():
        print("usage: python scripts/finish_site.py FOLDER-OF-A-BUILT-SITE", file=sys.stderr)
        return 2
    finish(Path(argv[0]), load_site(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
