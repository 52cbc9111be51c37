"""Finishes a built site, the same after any engine: addresses that moved, what search knows from data/, the page for a lost reader.

Without it a printed address can die, and a reader in danger who types into search sees no card. It changes no word of a page.

    python scripts/finish_site.py SITE
"""

import json
import sys
import xml.etree.ElementTree as etree
from pathlib import Path

from scripts.extensions.cards import draw
from scripts.extensions.context import Here
from scripts.extensions.lists import doors
from scripts.guide.addresses import redirect
from scripts.guide.files import ROOT
from scripts.guide.pages import address_of
from scripts.guide.site import Site, load_site
from scripts.guide.triage import LEVELS, MARKERS, ON_CARDS, SCOPES

SYNONYMS = "data/synonyms.txt"


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


def help_for_search(site: Site) -> str:
    """A script that gives search the card, the doors and the synonyms; a script, so that it can be read from disk too."""
    triage = site.triage
    known = {
        "cards": {name: "".join(html(draw(card, "search")) for card in triage.cards(name)) for name in MARKERS},
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
        "synonyms": synonyms(site.root),
    }
    return f"window.guideHelp = {json.dumps(known, ensure_ascii=False, sort_keys=True)};\n"


def finish(folder: Path, site: Site) -> list[str]:
    """Write what is missing into a built site; return what was written."""
    written = {"assets/search-help.js": help_for_search(site)}
    for page in site.pages:
        for old in page.front.moved_from:
            written[address_of(old)] = redirect(page, old, page.title)
    lost = folder / "404.html"
    if lost.exists():
        text = lost.read_text(encoding="utf-8")
        emergency = "".join(html(draw(card, "lost")) for card in site.triage.cards("emergency"))
        at_home = html(doors(Here(site, None))[0]).replace('href="', 'href="' + base(text))
        text = text.replace("<!-- doors -->", at_home).replace("<!-- card -->", emergency)
        written["404.html"] = text
    for name, text in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return sorted(written)


def base(page: str) -> str:
    """The root that the page for a lost reader uses in its own links."""
    before, found, _ = page.partition('assets/favicon.svg"')
    return before[before.rindex('"') + 1 :] if found else "/"


def main(argv: list[str]) -> int:
    """Finish the built site in a folder; 0 done, 2 misuse."""
    if len(argv) != 1 or not (Path(argv[0]) / "index.html").is_file():
        print("usage: python scripts/finish_site.py FOLDER-OF-A-BUILT-SITE", file=sys.stderr)
        return 2
    finish(Path(argv[0]), load_site(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
