"""The kit for clinics (`<!-- kit -->`), its table of codes (`<!-- codes -->`) and every address (`<!-- addresses -->`).

Made from data/links.yml and the pages' front matter.
Snippets and QR codes need the site's whole address. Where nobody has said it, they are left out, and the page says why.
"""

import xml.etree.ElementTree as etree
from collections.abc import Iterator
from itertools import groupby

from markdown.util import AtomicString

from scripts.extensions.context import Here
from scripts.extensions.elements import add, table
from scripts.extensions.lists import rating_mark
from scripts.guide.addresses import promised
from scripts.guide.kit import GO, Link, badge, html_snippet, text_snippet
from scripts.guide.pages import Page
from scripts.guide.qr import qr_svg

NO_HOME = (
    "This copy of the guide does not know its own address, so there is nothing true to copy here. "
    "Whoever runs it sets SITE_URL and builds it again; then snippets and QR codes stand here."
)
BADGE = "assets/guide-badge.svg"


def no_home() -> etree.Element:
    """What stands in place of snippets where the address is not known."""
    made = etree.Element("p", {"class": "kit-unknown where", "data-search-exclude": ""})
    made.text = NO_HOME
    return made


def to_copy(parent: etree.Element, label: str, of: str, text: str) -> None:
    """A text with its button, which only the script shows; without script it can be selected. It wraps, so that no key must scroll it."""
    box = add(parent, "div", class_="kit-copy")
    row = add(box, "div", class_="kit-row")
    add(row, "span", label, class_="kit-label").tail = " "
    add(row, "button", "Copy", type="button", class_="kit-button", hidden="", aria_label=f"Copy: {label}, {of}")
    add(add(box, "pre"), "code", AtomicString(text))  # as it stands: no Markdown, no HTML, no explained words


def files(parent: etree.Element, link: Link, page: Page, home: str) -> None:
    """Links to both files of a QR code; whole, since only the finished site holds the files."""
    for kind, use in (("svg", "SVG, for print"), ("png", "PNG, for a word processor")):
        made = add(parent, "a", use, href=f"{home}assets/qr/{link.name}.{kind}", download=f"{link.name}.{kind}", aria_label=f"{use}: {page.title}")
        made.tail = " · " if kind == "svg" else ""


def picture(parent: etree.Element, link: Link, page: Page, home: str) -> None:
    """The QR code of a short address, and both files of it."""
    box = add(parent, "div", class_="kit-qr")
    box.append(etree.fromstring(qr_svg(home + link.address)))
    files(add(box, "p", "Save the QR code: "), link, page, home)


def parts(parent: etree.Element, at: Here, link: Link, page: Page) -> None:
    """What to copy for one page, folded away."""
    fold = add(parent, "details", class_="kit-one where", data_search_exclude="")
    add(add(fold, "summary", "Address and QR code"), "span", f" of “{page.title}”", class_="kit-hidden")
    to_copy(fold, "Short address, for paper", page.title, at.site.home + link.address)
    to_copy(fold, "For an e-mail or letter", page.title, text_snippet(page, at.site.home + page.address))
    to_copy(fold, "For your web page (HTML)", page.title, html_snippet(page, at.site.home, at.site.name))
    picture(fold, link, page, at.site.home)


def moments(at: Here) -> Iterator[tuple[Link, Page]]:
    """Each link with a moment, and its page."""
    return ((link, page) for link in at.site.kit.links if link.moment and (page := at.site.page(link.page)))


def whole(at: Here) -> list[etree.Element]:
    """Each moment with its pages, what the patient will see and what to copy; then the badge."""
    listed = etree.Element("dl", {"class": "kit-moments"})
    for moment, found in groupby(moments(at), key=lambda one: one[0].moment):
        group = add(listed, "div")
        add(group, "dt", moment)
        for link, page in found:
            entry = add(group, "dd")
            add(add(entry, "p"), "a", page.title, href=at.link(page.src))
            add(entry, "p", link.sees)
            if link.note:
                add(entry, "p", link.note, class_="kit-note")
            if at.site.home:
                parts(entry, at, link, page)
    if not at.site.home:
        return [listed, no_home()]
    sign = etree.Element("details", {"class": "kit-one where", "data-search-exclude": ""})
    add(sign, "summary", "A badge for your own page, without a frame or a script")
    means = f"{at.site.name}: a free guide for patients, not medical advice"
    add(sign, "img", src=at.link(BADGE), alt=means, width="240", height="64", class_="thumb kit-badge")
    line = add(sign, "p", "Save ")
    saved = add(line, "a", "the badge (SVG)", href=at.link(BADGE), download="guide-badge.svg")
    saved.tail = " beside your page, so that your page asks our host for nothing. Then paste:"
    to_copy(sign, "Badge (HTML)", at.site.name, badge(at.site.home, at.site.name))
    return [listed, sign]


def words(at: Here) -> list[etree.Element]:
    """The ready texts."""
    made = etree.Element("div", {"class": "kit-words where", "data-search-exclude": ""})
    titles = {link.name: page.title for link in at.site.kit.links if (page := at.site.page(link.page))}
    for text in at.site.kit.texts if at.site.home else ():
        to_copy(made, text.place, "ready words", text.at(at.site.home, titles))
    return [made] if at.site.home else [no_home()]


def promise(at: Here) -> list[etree.Element]:
    """How much is kept today, counted in data/addresses.txt."""
    found = promised(at.site.root)
    short = sum(address.startswith(GO) for address in found)
    places = sum(bool(anchor) for kept in found.values() for anchor, _ in kept)
    made = etree.Element("p", {"class": "kit-kept", "data-search-exclude": ""})
    made.text = f"Kept today: {len(found) - short:,} page addresses, {places:,} places inside pages (what follows #) and {short:,} short addresses."
    return [made]


def addresses(at: Here, words: str) -> list[etree.Element]:
    """Every page's title and address, from the menu, so that none is missing; its short address and QR code, where it has them."""
    short = {link.page: link for link in reversed(at.site.kit.links)}
    frame, body = table("addresses", ["Page", "Address"], "addresses")
    for section in at.site.menu:
        for page in filter(None, map(at.site.page, section.pages)):
            row = add(body, "tr")
            add(row, "th", page.title if len(section.pages) > 1 else section.title, scope="row")
            cell = add(row, "td")
            add(cell, "a", at.site.home + page.address, href=at.link(page.src))
            if at.site.home and page.src in short:
                add(add(cell, "span", "Short: ", class_="kit-short"), "code", AtomicString(at.site.home + short[page.src].address))
                files(add(cell, "span", "QR code: ", class_="kit-short"), short[page.src], page, at.site.home)
    frame.set("data-search-exclude", "")
    return [frame]


MAKERS = {"": whole, "words": words, "promise": promise}


def kit(at: Here, what: str) -> list[etree.Element]:
    """`<!-- kit -->`, `<!-- kit: words -->` or `<!-- kit: promise -->`."""
    return MAKERS[what](at) if what in MAKERS else []


def codes(at: Here, what: str) -> list[etree.Element]:
    """Each page with its codes, their official titles, common words, and what the research shows where the page is rated."""
    data = at.site.kit
    listed = [(link, page) for link in data.links if link.codes and (page := at.site.page(link.page))]
    count = etree.Element("p", {"class": "kit-edition"})
    count.text = f"{sum(len(link.codes) for link, _ in listed)} entries for {len(listed)} pages. Codes and titles: {data.edition}."
    frame, body = table("codes and common words", ["Page", "Code", "Common words"], "codes")
    frame.set("data-search-exclude", "")  # a patient who types "slipped disc" wants the page itself
    for link, page in sorted(listed, key=lambda one: one[0].codes[0]):
        row = add(body, "tr")
        head = add(row, "th", scope="row")
        add(head, "a", page.title, href=at.link(page.src))
        if page.front.rating:
            mark = add(head, "span", class_="kit-rating")
            rating_mark(mark, page.front.rating.level)
        if at.site.home:
            add(add(head, "span", class_="kit-short where"), "code", AtomicString(at.site.home + link.address))
            files(add(head, "span", "QR code: ", class_="kit-short where"), link, page, at.site.home)
        several = add(add(row, "td"), "ul")
        for code, title in link.codes:
            item = add(several, "li")
            add(item, "b", code).tail = f" {title}"
        add(row, "td", ", ".join(link.words))
    file = etree.Element("p", {"class": "kit-file where", "data-search-exclude": ""})
    file.text = "The same for your software: "
    add(file, "a", f"{at.site.home}links.json", href=f"{at.site.home}links.json")
    return [count, frame, *([file] if at.site.home else [])]
