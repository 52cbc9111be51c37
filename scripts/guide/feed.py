"""The feed of corrections (`feed.xml`), made from the page of what is new: a ## heading is a day, each ### under it an entry that
names the pages it is about. A clinic that printed a page learns from it that the page has changed.

Atom, RFC 4287. Ids are made from the anchor alone, so that they stay the same wherever the guide stands.
"""

import uuid
import xml.etree.ElementTree as etree
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.guide.links import is_outside, resolve
from scripts.guide.pages import Page, address_of
from scripts.guide.problems import Problem
from scripts.guide.site import Site
from scripts.guide.view import SKIPPED, article

NEWS, FEED = "about/whats-new.md", "feed.xml"
ATOM = "http://www.w3.org/2005/Atom"
DAY, SHOWN = "%B %d, %Y", "November 28, 2026"


@dataclass(frozen=True)
class Entry:
    """One change: its day (None where the heading over it is no date), heading and anchor, the pages it names, what it says as HTML."""

    day: date | None
    title: str
    anchor: str
    pages: tuple[str, ...]
    html: str


def day_of(heading: str) -> date | None:
    """The day that a heading begins with, such as `November 22, 2026: the first edition`; None where it begins with none."""
    try:
        return datetime.strptime(heading.partition(":")[0].strip(), DAY).date()
    except ValueError:
        return None


def address(page: Page, target: str) -> str:
    """Where a link of a page leads, from the root of the site."""
    if is_outside(target):
        return target
    path, _, anchor = target.partition("#")
    src = resolve(page, path) if path else page.src
    return (address_of(src) if src.endswith(".md") else src) + (f"#{anchor}" if anchor else "")


def plain(nodes: list[LexborNode], page: Page) -> tuple[str, tuple[str, ...]]:
    """Nodes of a page as plain HTML whose links start at the root of the site, and the pages of the guide that they name."""
    tree = LexborHTMLParser("<main>" + "".join(node.html or "" for node in nodes) + "</main>")
    tree.unwrap_tags(["abbr", "span"])
    main, named = tree.css_first("main"), {}
    for node in main.css("*"):
        href = node.attributes.get("href")
        for name in [*node.attributes]:
            del node.attrs[name]
        if href:
            node.attrs["href"] = address(page, href)
            if not is_outside(href):
                named.setdefault(address(page, href).partition("#")[0])
    return (main.inner_html or "").strip(), tuple(named)


def entries(page: Page, html: str) -> list[Entry]:
    """Every entry of the page of what is new, in its order; `html` is that page, built or as its Markdown becomes."""
    found: list[tuple[str, LexborNode, list[LexborNode]]] = []
    over, inside = "", False
    node = article(html).first_child
    while node is not None:
        if node.tag == "h2":
            over, inside = node.text().strip(), False
        elif node.tag == "h3":
            found.append((over, node, []))
            inside = True
        elif inside and node.tag not in ("-text", "-comment") and SKIPPED not in node.attributes:
            found[-1][2].append(node)
        node = node.next
    made = []
    for over, heading, nodes in found:
        html, pages = plain(nodes, page)
        made.append(Entry(day_of(over), heading.text().strip(), heading.attributes.get("id") or "", pages, html))
    return made


def check_feed(site: Site) -> Iterator[Problem]:
    """Each entry of what is new has a day that has come, newest first, and names a page by a link."""
    page = site.page(NEWS)
    if page is None:
        return
    last = site.today
    for entry in entries(page, page.html):
        line = page.find(f"### {entry.title}")
        if entry.day is None:
            yield Problem(page.name, line, f"the entry '{entry.title}' has no day", f"Put it under a heading that is one, such as `## {SHOWN}`.")
        elif entry.day > site.today:
            yield Problem(page.name, line, f"the entry '{entry.title}' has a day that is still to come", "Write the day on which it was published.")
        elif entry.day > last:
            yield Problem(page.name, line, f"the entry '{entry.title}' is newer than what stands over it", "Put the newest day first.")
        if not entry.pages:
            yield Problem(page.name, line, f"the entry '{entry.title}' names no page", "Link the pages that changed: a clinic looks for those it has printed.")
        last = min(entry.day or last, last)


def feed(site: Site, home: str, html: str) -> str:
    """The feed as XML; "" where there is no page of what is new, which is `html`. Where `home`, the site's address, is "", links start at the feed."""
    page = site.page(NEWS)
    found = [entry for entry in entries(page, html) if entry.day] if page else []
    if not page or not found:
        return ""
    etree.register_namespace("", ATOM)
    root = etree.Element(f"{{{ATOM}}}feed", {"xml:lang": "en"})

    def add(parent: etree.Element, tag: str, text: str = "", **attributes: str) -> etree.Element:
        element = etree.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
        element.text = text or None
        return element

    def name(what: str) -> str:
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'omt-and-back-pain:{what}')}"

    guide = str(site.config.get("site_name", ""))
    add(root, "id", name(FEED))
    add(root, "title", f"{guide}: {page.title}")
    add(root, "updated", f"{max(entry.day for entry in found)}T00:00:00Z")
    add(add(root, "author"), "name", guide)
    add(root, "rights", "CC BY 4.0")
    add(root, "link", rel="alternate", type="text/html", href=home + page.address)
    add(root, "link", rel="self", type="application/atom+xml", href=home + FEED)
    for entry in found:
        one = add(root, "entry")
        add(one, "id", name(f"{page.address}#{entry.anchor}"))
        add(one, "title", f"{entry.day}: {entry.title}")
        add(one, "updated", f"{entry.day}T00:00:00Z")
        add(one, "link", rel="alternate", type="text/html", href=f"{home}{page.address}#{entry.anchor}")
        for where in entry.pages:
            named = site.page(where.removesuffix(".html") + ".md")
            add(one, "link", rel="related", type="text/html", href=home + where, **({"title": named.title} if named else {}))
        add(one, "content", with_home(entry.html, home), type="html")
    etree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n"


def with_home(html: str, home: str) -> str:
    """HTML whose links inside the guide begin with its address."""
    tree = LexborHTMLParser(f"<main>{html}</main>")
    for link in tree.css("a[href]"):
        if not is_outside(link.attributes["href"] or ""):
            link.attrs["href"] = home + (link.attributes["href"] or "")
    return (tree.css_first("main").inner_html or "").strip()
