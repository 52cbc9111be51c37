"""Guarantees that every link, picture and #anchor in a page leads somewhere, in words that say where.

A patient who follows a dead link at night has nobody to ask. MkDocs checks most links too, but without the line, and
not those in raw HTML, the undefined ones, or what their words say.

    python scripts/check_links.py
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.pages import Link, Page  # noqa: E402
from scripts.problems import Problem, nearest, report  # noqa: E402
from scripts.project import Site, named_site  # noqa: E402

INBOUND = 2
VAGUE = {"here", "click here", "this", "this page", "read more", "more", "link", "learn more", "see"}


def resolve(page: Page, target: str) -> str:
    """The path in docs/ that a relative link of this page points to."""
    parts = page.src.split("/")[:-1]
    for part in unquote(urlsplit(target).path).split("/"):
        if part == "..":
            parts = parts[:-1] if parts else ["outside docs"]
        elif part not in (".", ""):
            parts.append(part)
    return "/".join(parts)


def is_outside(target: str) -> bool:
    """Whether a link leaves the site, or starts a mail or a call."""
    return urlsplit(target).scheme in ("http", "https", "mailto", "tel", "sms")


def check_target(page: Page, link: Link, site: Site) -> Iterator[Problem]:
    """Where one link or picture leads."""
    parts = urlsplit(link.target)
    if is_outside(link.target):
        if parts.hostname in ("localhost", "127.0.0.1"):
            yield Problem(page.name, link.line, f"the link {link.target} works on one machine only",
                          "Link the page's file, such as ../safety/index.md.")
        return
    if link.target.startswith("/") or parts.scheme:
        yield Problem(page.name, link.line, f"the link {link.target} breaks when the site moves",
                      "Link the file from here, such as ../safety/index.md.")
        return
    src = resolve(page, link.target) if parts.path else page.src
    target = site.page(src)
    if target is None:
        if (site.root / "docs" / src).is_file():
            return
        near = nearest(src, [p.src for p in site.pages])
        yield Problem(page.name, link.line, f"the link {link.target} leads nowhere",
                      f"The nearest page is {relative(page, near)}." if near else "Take the link out, or name a page's .md file.")
    elif parts.fragment and parts.fragment not in target.anchors | caution_ids(target, site):
        known = target.anchors | caution_ids(target, site)
        near = nearest(parts.fragment, known)
        yield Problem(page.name, link.line, f"{src} has no #{parts.fragment}",
                      (f"The nearest is #{near}. " if near else "") + f"It has: {', '.join('#' + a for a in sorted(known))}.")


def caution_ids(page: Page, site: Site) -> set[str]:
    """The anchors that the cautions table gives a page."""
    if not page.has_marker("cautions"):
        return set()
    return {problem.get("id") for group in site.cautions.get("groups", []) for problem in group.get("problems", [])}


def relative(page: Page, src: str) -> str:
    """How this page would write a link to the page at `src`."""
    here, there = page.src.split("/")[:-1], src.split("/")
    while here and there[:-1] and here[0] == there[0]:
        here, there = here[1:], there[1:]
    return "../" * len(here) + "/".join(there)


def check_page(page: Page, site: Site) -> Iterator[Problem]:
    """Every link of one page."""
    for link in page.links + page.images:
        yield from check_target(page, link, site)
    for link in page.links:
        if link.text.lower().strip(" .:→") in VAGUE | {""} or link.text == link.target:
            yield Problem(page.name, link.line, f"the link text '{link.text}' does not say where it goes",
                          "Name the page or the answer, such as [side effects and risks](...).")
    for text, line in page.undefined:
        yield Problem(page.name, line, f"{text} points to nothing", "Write [words](file.md), or [@key] for a source.")


def check_inbound(site: Site) -> Iterator[Problem]:
    """Enough pages link to each page in their text: a reader should not need the menu."""
    inbound: dict[str, set[str]] = {page.src: set() for page in site.pages}
    for page in site.pages:
        for src in {resolve(page, link.target) for link in page.links if urlsplit(link.target).path} & set(inbound):
            inbound[src] |= {page.src} - {src}
    for page in site.pages:
        if len(inbound[page.src]) < INBOUND and page.src != "index.md":
            have = ", ".join(sorted(inbound[page.src])) or "none"
            yield Problem(page.name, page.line("title"), f"the text of {len(inbound[page.src])} pages links here; {INBOUND} are "
                          "needed", f"Link it where its reader comes from. Now: {have}.")


def main(argv: list[str]) -> int:
    """Check the project (or the one in the folder named); 0 fine, 1 faults, 2 misuse."""
    site = named_site(argv, "check_links")
    if site is None:
        return 2
    count = sum(len(page.links + page.images) for page in site.pages)
    faults = [fault for page in site.pages for fault in check_page(page, site)]
    return report([*faults, *check_inbound(site)], f"links: {len(site.pages)} pages, {count} links")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
