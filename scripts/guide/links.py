"""Every link, picture and #anchor in a page leads somewhere, in words that say where.

A patient who follows a dead link at night has nobody to ask. MkDocs checks most links too, but without the line, and
not those in raw HTML, the undefined ones, or what their words say.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from scripts.guide.cautions import CAUTIONS
from scripts.guide.pages import Page
from scripts.guide.problems import Problem, nearest
from scripts.guide.site import Site
from scripts.guide.triage import TRIAGE
from scripts.guide.view import Link

INBOUND = 2
VAGUE = {"here", "click here", "this", "this page", "read more", "more", "link", "learn more", "see", "go", "click", "page", "details"}
UNDEFINED = re.compile(
    r"\[[^\[\]@]+\]\[[^\[\]]*\]|\[\^[^\]]+\]|\[[^\[\]]+\]\([^)\s]*\)|\([^()]+\)\[[^\[\]]*\.(?:md|html)[^\[\]]*\]|\[[^\[\]]+\] +\([^)\s]*\.(?:md|html)[^)\s]*\)"
)


def resolve(page: Page, target: str) -> str:
    """The path in docs/ that a relative link of this page points to."""
    parts = page.src.split("/")[:-1]
    for part in unquote(urlsplit(target).path).split("/"):
        if part == "..":
            parts = parts[:-1] if parts else ["outside docs"]
        elif part not in (".", ""):
            parts.append(part)
    return "/".join(parts)


def relative(page: Page, src: str) -> str:
    """How this page would write a link to the page at `src`."""
    here, there = page.src.split("/")[:-1], src.split("/")
    while here and there[:-1] and here[0] == there[0]:
        here, there = here[1:], there[1:]
    return "../" * len(here) + "/".join(there)


def is_outside(target: str) -> bool:
    """Whether a link leaves the site, or starts a mail or a call."""
    return urlsplit(target).scheme in ("http", "https", "mailto", "tel", "sms")


def line_of(page: Page, link: Link) -> int:
    """The line on which a link or picture stands."""
    typed = f"]({link.target}"
    return page.find(typed, link.nth) if typed in page.body else page.find(link.target or "]()", link.nth)


def dead(page: Page, link: Link, src: str, site: Site) -> Problem:
    """What a writer is told of a link that leads to no page: the page that answers now, the nearest one, or neither."""
    folder = (site.root / "docs" / src).parent
    files = (
        [path.relative_to(site.root / "docs").as_posix() for path in folder.iterdir() if path.is_file()]
        if not src.endswith(".md") and folder.is_dir()
        else site.by_src
    )
    near = site.moved[src].src if src in site.moved else nearest(src, files, alike=0.75)
    what = f"the link {link.target or '()'} leads nowhere"
    if src in site.moved:
        return Problem(page.name, line_of(page, link), what, f"The page has moved: write {relative(page, near)}.")
    if link.target.endswith((".html", "/")) and (other := link.target.rstrip("/").removesuffix(".html") + ".md") and site.page(resolve(page, other)):
        return Problem(page.name, line_of(page, link), what, f"Link the page's file: {other}.")
    return Problem(
        page.name,
        line_of(page, link),
        what,
        (f"Did you mean {relative(page, near)}? If not, take" if near else "Take") + " the link out, or write the path of a page's .md file from here.",
    )


def data_of(page: Page) -> set[str]:
    """The data files that give a page anchors."""
    return {name for marker, name in (("cautions", CAUTIONS), ("signs", TRIAGE)) if any(found.name == marker for found in page.markers)}


def check_target(page: Page, link: Link, site: Site, what: str = "link") -> Iterator[Problem]:
    """Where one link or picture leads."""
    try:
        parts = urlsplit(link.target)
    except ValueError:
        yield Problem(page.name, line_of(page, link), f"the {what} {link.target} is no address", "Copy the address again.")
        return
    if is_outside(link.target):
        host = parts.hostname or ""
        if what == "picture":
            yield Problem(
                page.name,
                line_of(page, link),
                f"the picture {link.target} comes from another site, which would see every reader",
                "Put the file into docs/assets/pictures/, or take it out.",
            )
        elif parts.scheme in ("http", "https") and (host in ("localhost", "127.0.0.1") or "." not in host or " " in link.target):
            yield Problem(
                page.name,
                line_of(page, link),
                f"the link {link.target} works on no other machine",
                "Link the page's file, such as ../safety/index.md, or a whole https address.",
            )
        return
    if link.target.startswith("/") or parts.scheme or link.target.startswith("www."):
        yield Problem(
            page.name,
            line_of(page, link),
            f"the {what} {link.target} breaks when the site moves",
            "Link the file from here, such as ../safety/index.md; an outside address begins with https://.",
        )
        return
    if not link.target or link.target == "#":
        yield Problem(page.name, line_of(page, link), f"the {what} '{link.text}' has no address", f"Write it between the brackets: [{link.text}](page.md).")
        return
    src = resolve(page, link.target) if parts.path else page.src
    target = site.page(src)
    if target is None:
        if not (site.root / "docs" / src).is_file():
            yield dead(page, link, src, site)
    elif parts.fragment and unquote(parts.fragment) not in target.view.anchors and not {fault.path for fault in site.faults} & data_of(target):
        near = nearest(parts.fragment, target.view.anchors)
        headings = ", ".join(f"#{heading.anchor}" for heading in target.view.headings)
        yield Problem(page.name, line_of(page, link), f"{src} has no #{parts.fragment}", (f"The nearest is #{near}. " if near else "") + f"It has: {headings}.")


def check_page(page: Page, site: Site) -> Iterator[Problem]:
    """Every link of one page."""
    for link in page.view.links:
        yield from check_target(page, link, site)
        if link.text.lower().strip(" .:→") in VAGUE | {""} or link.text == link.target:
            yield Problem(
                page.name,
                line_of(page, link),
                f"the link text '{link.text}' does not say where it goes",
                "Name the page or the answer, such as [side effects and risks](...).",
            )
    for image in page.view.images:
        yield from check_target(page, image, site, "picture")
    for _, text in page.view.blocks:
        for found in UNDEFINED.findall(text):
            yield Problem(
                page.name,
                page.find(found),
                f"{found} points to nothing",
                "Write [words](file.md) with nothing between the brackets, or [@key] for a source.",
            )


def links_to(page: Page, site: Site, made: bool = False) -> set[str]:
    """The other pages that a page's text links to; with `made`, those that the site's own tables and doors link to."""
    targets = page.view.made_links if made else [link.target for link in page.view.links]
    found = {resolve(page, target) for target in targets if not is_outside(target) and urlsplit(target).path}
    return (found & set(site.by_src)) - {page.src}


def check_inbound(site: Site) -> Iterator[Problem]:
    """Enough pages link to each page in their text: a reader should not need the menu."""
    inbound: dict[str, set[str]] = {page.src: set() for page in site.pages}
    for page in site.pages:
        for src in links_to(page, site):
            inbound[src].add(page.src)
    for page in site.pages:
        count = len(inbound[page.src])
        if count < INBOUND and page.src != "index.md":
            have = ", ".join(sorted(inbound[page.src])) or "none"
            yield Problem(
                page.name,
                page.line("title"),
                f"the text of {count} page{'s' * (count != 1)} links here; {INBOUND} are needed",
                f"Link it where its reader comes from. Now: {have}.",
            )
