"""Reads data/links.yml, the kit for clinics: which page at which moment, its short address, the ICD-10-CM codes and words that lead to it.

A short address stands on paper, so it is kept for ever: data/addresses.txt holds it too.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from scripts.guide.files import Fields, load_yaml
from scripts.guide.pages import Page
from scripts.guide.problems import Problem, nearest

LINKS = "data/links.yml"
GO = "go/"
TITLE = " title"
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE = re.compile(r"[A-TV-Z]\d[0-9AB](?:\.(?:[0-9A-Z]{1,4}|[0-9A-Z]{0,3}-))?")  # M54.2, or M54.3-: every code that begins with M54.3
_PLACE = re.compile(r"\{([^{}]*)\}")


def short_address(name: str) -> str:
    """Where the short name of a page answers, such as go/first-visit.html."""
    return f"{GO}{name}.html"


@dataclass(frozen=True)
class Link:
    """One page of the kit.

    `name` is its short name, `page` its path in docs/, `moment` when a clinic gives it ("" = only by its codes and words), `sees` what
    the patient will see, `note` what the clinic must add, `codes` (code, official title), `words` what people call it.
    """

    name: str
    page: str
    moment: str
    sees: str
    note: str
    codes: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    line: int

    @property
    def address(self) -> str:
        """Its short address."""
        return short_address(self.name)


@dataclass(frozen=True)
class Words:
    """A ready text: where a clinic puts it, and its words; `{first-visit}` becomes that short address, `{first-visit title}` its
    page's title, `{home}` the address of the first page.
    """

    place: str
    text: str
    line: int

    def at(self, home: str, titles: dict[str, str]) -> str:
        """The text with its addresses, where the site stands at `home`, and with the `titles` of pages by short name."""

        def put(found: re.Match) -> str:
            name = found[1].removesuffix(TITLE)
            return titles.get(name, "") if name != found[1] else home + ("" if name == "home" else short_address(name))

        return _PLACE.sub(put, self.text)


@dataclass(frozen=True)
class Kit:
    """The whole file: the edition of the codes, the key of its source, the links, the ready texts."""

    edition: str = ""
    source: str = ""
    links: tuple[Link, ...] = ()
    texts: tuple[Words, ...] = ()
    line: int = 1


def read_codes(fields: Fields) -> tuple[tuple[str, str], ...]:
    """`codes: {M54.2: Cervicalgia}`, each of the right shape and with its official title."""
    codes = fields.mapping("codes", f"codes of {fields.label}")
    for code in codes.found if codes else ():
        if not _CODE.fullmatch(code):
            codes.fault(
                code,
                f"'{code}' is not shaped like an ICD-10-CM code{fields.inside()}",
                "Write a letter, two signs, a point, up to four more, such as M54.50; M54.3- means every code that begins with M54.3.",
            )
    found = tuple((code, codes.words(code)) for code in codes.found) if codes else ()
    if codes:
        codes.close()
    return found


def read_link(fields: Fields) -> Link:
    """One of the `links`."""
    name = fields.words("name")
    fields.label = f"'{name}'" if name else fields.label
    if name and not _NAME.fullmatch(name):
        fields.fault("name", f"the short name '{name}' has other signs than small letters, digits and hyphens", "People type it from paper: first-visit.")
    page, moment = fields.words("page"), fields.words("moment", needed=False)
    sees, note = fields.words("sees", needed=bool(moment)), fields.words("note", needed=False)
    codes = read_codes(fields)
    words = fields.texts("words", needed=bool(codes))
    link = Link(name, page, moment, sees, note, codes, words, fields.line("page"))
    fields.close()
    return link


def load_kit(root: Path) -> tuple[Kit, list[Problem]]:
    """The data and every fault in it."""
    found, faults = load_yaml(root, LINKS)
    if faults:
        return Kit(), faults
    fields, links, texts = Fields(LINKS, found, faults), [], []
    edition, source = fields.words("edition"), fields.words("source")
    for one in fields.mappings("links", "link", needed=True):
        links.append(read_link(one))
    for one in fields.mappings("texts", "text"):
        texts.append(Words(one.words("place"), one.words("text"), one.line("text")))
        one.close()
    fields.close()
    return Kit(edition, source, tuple(links), tuple(texts), fields.line("source")), faults


def check_kit(kit: Kit, pages: set[str], moved: dict[str, Page]) -> Iterator[Problem]:
    """Each link leads to a page, each short name stands once, each text names only what there is. `pages`: paths in docs/."""
    first: dict[str, int] = {}
    for link in kit.links:
        if link.page and link.page not in pages:
            near = moved[link.page].src if link.page in moved else nearest(link.page, pages)
            yield Problem(
                LINKS,
                link.line,
                f"the short name '{link.name}' leads to {link.page}, which is not there",
                f"Write {near}." if link.page in moved else f"Did you mean {near}?" if near else "Write the path of a page in docs/.",
            )
        if link.name in first:
            yield Problem(LINKS, link.line, f"the short name '{link.name}' stands twice", f"It stood first on line {first[link.name]}; give one another name.")
        first.setdefault(link.name, link.line)
    for text in kit.texts:
        for name in (found.removesuffix(TITLE) for found in _PLACE.findall(text.text)):
            if name != "home" and name not in first:
                near = nearest(name, first)
                yield Problem(LINKS, text.line, f"there is no short name '{name}'", f"Write {{{near}}}." if near else "Use a `name` of the links, or {home}.")


def html_snippet(page: Page, home: str, guide: str) -> str:
    """A link to a page for a clinic's own web page: no script, no frame, nothing fetched from us."""
    return f'<p><a href="{home}{page.address}">{escape(page.title, quote=False)}</a>\n({escape(guide, quote=False)}, an independent guide)</p>'


def text_snippet(page: Page, address: str) -> str:
    """A link to a page for an e-mail or a letter: its title, which can be searched for, over its address."""
    return f"{page.title}:\n{address}"


def badge(home: str, guide: str) -> str:
    """A picture that leads to the guide, in HTML: the clinic keeps the picture, so that no visit to its page is seen by us."""
    name = escape(guide)
    return f'<a href="{home}"><img src="guide-badge.svg" width="240" height="64"\nalt="{name}: a free guide for patients, not medical advice"></a>'


def links_json(kit: Kit, page_of: Callable[[str], Page | None], home: str, guide: str) -> str:
    """The kit for a machine: each link with its page's title, description, address, rating and days of review, and its codes and words.

    `home` is where the site stands; where nobody knows it, addresses are relative to the file.
    """
    links = []
    for link in kit.links:
        page = page_of(link.page)
        if page is None:
            continue  # told by check_kit
        front = page.front
        links.append(
            {
                "name": link.name,
                "title": page.title,
                "description": front.description,
                "address": home + page.address,
                "short_address": home + link.address,
                "last_checked": front.reviewed.isoformat() if front.reviewed else None,
                "check_again_by": front.review_due.isoformat() if front.review_due else None,
                "clinician_review": f"{front.reviewed_by.name}, {front.reviewed_by.credentials}" if front.reviewed_by else None,
                "rating": {"level": front.rating.level, "for": front.rating.about} if front.rating else None,
                "moment": link.moment or None,
                "patient_sees": link.sees or None,
                "codes": [{"code": code.removesuffix("-").removesuffix("."), "and_below": code.endswith("-"), "title": title} for code, title in link.codes],
                "words": list(link.words),
            }
        )
    head = {
        "guide": guide,
        "home": home or None,
        "license": LICENSE,
        "code_system": "http://hl7.org/fhir/sid/icd-10-cm",
        "code_edition": kit.edition,
        "about": "A code leads to a page that may help to read. It is no coding advice, and no sign that OMT works for it: see rating.",
    }
    return json.dumps({**head, "links": links}, ensure_ascii=False, indent=1) + "\n"
