"""No page gives a level of danger in its own words: a sign stands once, in data/triage.yml, and prose links to it.

Told twice, a sign drifts: the same stiff neck with a fever was once "today" on one page and "911" on another.
"""

import re
from collections.abc import Iterator

from scripts.guide.pages import Page
from scripts.guide.problems import Problem
from scripts.guide.site import Site
from scripts.guide.triage import TRIAGE

LEVEL = re.compile(
    r"\b911\b|\bemergency (?:room|department|care)\b|\bthe ER\b|\bsame[- ]day\b|\burgent care\b"
    r"|\b(?:call|see|ask|get|phone|tell)\b[^.:]*\b(?:today|right away|at once|immediately)\b",
    re.I,
)
LINKED = re.compile(r"\]\([^)]*(?:warning-signs|neck-treatment)\.(?:md|html)[^)]*\)")


def check_levels(page: Page, site: Site) -> Iterator[Problem]:
    """Each line of a page that names a level and neither links to the sign nor is an exception in data/triage.yml."""
    allowed = [words for src, words, _ in site.triage.elsewhere if src == page.src]
    if "" in allowed:
        return
    for number, line in enumerate(page.body.split("\n"), page.first_line):
        found = LEVEL.search(line)
        if found and not LINKED.search(line) and not any(words in line for words in allowed):
            yield Problem(
                page.name,
                number,
                f"“{found[0]}” gives a level of danger in this page's own words",
                f"Link the sign: [words](../back-pain/warning-signs.md#sign-...), or name the exception in {TRIAGE}.",
            )


def check_exceptions(site: Site) -> Iterator[Problem]:
    """Each exception still stands on its page."""
    for src, words, line in site.triage.elsewhere:
        page = site.page(src)
        if page is None or words not in page.body:
            yield Problem(TRIAGE, line, f"{src} does not say “{words}” any more", "Take the exception out.")
