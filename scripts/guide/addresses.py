"""An address that was ever published goes on working: data/addresses.txt holds each page, each heading's anchor, each short address.

A clinic that printed an address cannot print it again.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from markdown.extensions.toc import slugify

from scripts.guide.files import read_text
from scripts.guide.kit import GO, LINKS
from scripts.guide.links import data_of
from scripts.guide.pages import Page
from scripts.guide.problems import Problem, nearest
from scripts.guide.site import Site

ADDRESSES = "data/addresses.txt"


def promised(root: Path) -> dict[str, list[tuple[str, int]]]:
    """For each page's address, its anchors ("" for the page itself) and their lines in the file."""
    text, found = read_text(root / ADDRESSES, ADDRESSES), {}
    for number, line in enumerate(text.split("\n") if isinstance(text, str) else (), 1):
        if line.strip() and not line.startswith("#"):
            address, _, anchor = line.strip().partition("#")
            found.setdefault(address, []).append((anchor, number))
    return found


def anchors(page: Page) -> list[str]:
    """The anchors that a page promises: its headings, and whatever data gives a name (a sign, a health problem)."""
    return sorted(name for name in page.view.anchors if not name.startswith(("source-", "card-", "__")))


def new_addresses(site: Site) -> list[str]:
    """What the guide has and the file does not hold yet, as lines of the file."""
    known = {(address, anchor) for address, found in promised(site.root).items() for anchor, _ in found}
    have = [(page.address, anchor) for page in site.pages for anchor in ("", *anchors(page))] + [(link.address, "") for link in site.kit.links]
    return [address + (f"#{anchor}" if anchor else "") for address, anchor in dict.fromkeys(have) if (address, anchor) not in known]


def src_of(address: str) -> str:
    """The page in docs/ that an address comes from."""
    return address.removesuffix(".html") + ".md"


def successor(address: str, had: list[str], site: Site, known: set[str]) -> Page | None:
    """The page that looks like the one that went: new, with most of its anchors."""
    fresh = [page for page in site.pages if page.address not in known]
    best = max(fresh, key=lambda page: len(set(had) & page.view.anchors), default=None)
    return best if best and len(set(had) & best.view.anchors) * 2 > len(had) else None


def check_short(site: Site, found: dict[str, list[tuple[str, int]]]) -> Iterator[Problem]:
    """Each short address that was ever promised is still in the kit, and each of the kit is promised: it stands on paper. `found`: promised()."""
    have, known = {link.address: link for link in site.kit.links}, bool(site.kit.links)
    for address in [address for address in found if address.startswith(GO)]:
        line = found.pop(address)[0][1]
        if known and address not in have:
            yield Problem(
                ADDRESSES,
                line,
                f"the short address {address} has been published and is gone",
                f"Put it back into {LINKS}: `- name: {address.removeprefix(GO).removesuffix('.html')}` and the `page` that answers now.",
            )
        have.pop(address, None)
    for link in have.values():
        yield Problem(LINKS, link.line, f"the short address {link.address} is not kept yet", "Run `make addresses`, which promises it for ever.")


def check_addresses(site: Site) -> Iterator[Problem]:
    """Each promised address answers, and each promised anchor is on its page."""
    found = promised(site.root)
    yield from check_short(site, found)
    faulty = {fault.path for fault in site.faults}
    for address, names in found.items():
        if f"docs/{src_of(address)}" in faulty or ((page := site.page(src_of(address))) and faulty & data_of(page)):
            continue  # what is missing there is told already
        src, had = src_of(address), [anchor for anchor, _ in names if anchor]
        page = site.page(src)
        if page is None and src not in site.moved:
            heir = successor(address, had, site, set(found))
            where = heir.name if heir else "docs/THE-PAGE-THAT-ANSWERS-NOW.md"
            yield Problem(
                heir.name if heir else ADDRESSES,
                1 if heir else names[0][1],
                f"{address} has been published and is gone",
                f"Add to the front matter of {where}: `moved_from: [{src}]`.",
            )
        for anchor, _ in names if page else ():
            if anchor and anchor not in page.view.anchors and (site.sources or anchor != "sources"):
                headings = [heading.anchor for heading in page.view.headings]
                near = nearest(anchor, [name for name in headings if name not in had])
                bold = next((text for tag, text in page.view.blocks if tag == "p" and slugify(text, "-") == anchor), "")
                if bold:
                    yield Problem(
                        page.name, page.find(bold), f"“{bold}” was a heading", f"Write ## or ### in front of it: its address, #{anchor}, has been published."
                    )
                    continue
                line = page.find(next((h.text for h in page.view.headings if h.anchor == near), "")) if near else page.first_line
                yield Problem(
                    page.name,
                    line,
                    f"the address {address}#{anchor} has been published and is gone",
                    f"Write {{ #{anchor} }} after the heading that answers now, or <!-- was: {anchor} --> on a line of its own over it.",
                )
    for page in site.pages:
        for old in page.front.moved_from:
            if site.page(old):
                yield Problem(page.name, page.line("moved_from"), f"{old} is still there", "Take it out of `moved_from`, or delete that page.")
            elif not old.endswith(".md") or old.startswith(("/", "docs/")):
                yield Problem(page.name, page.line("moved_from"), f"'{old}' is no path in docs/", "Write it as conditions/neck-pain.md.")


def redirect(page: Page, old: str, title: str, said: str = "This page has moved") -> str:
    """The short page that stands at an old or a short address and leads on, without script, from a sub-path and from disk."""
    depth = old.count("/")
    to, title = "../" * depth + page.address, escape(title)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
        f'<meta http-equiv="refresh" content="0; url={to}"><link rel="canonical" href="{to}"><meta name="robots" content="noindex"></head>\n'
        f'<body><main><h1>{said}</h1><p>Read on: <a href="{to}">{title}</a></p></main></body></html>\n'
    )
