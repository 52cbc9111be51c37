"""How long a page may be: what a reader meets before the sources, folds and what is made from data left out."""

from collections.abc import Iterator

from scripts.guide.pages import Page
from scripts.guide.problems import Problem
from scripts.guide.site import Site

TYPE = {"technique": 750, "condition": 900, "safety": 800, "visit": 700, "spoke": 800, "explainer": 800, "front": 700, "handout": 400}  # words
OWN = {
    "index.md": 300,
    "what-is-omt/index.md": 700,
    "what-is-omt/does-it-work.md": 1000,
    "techniques/index.md": 600,
    "techniques/cranial.md": 800,
    "techniques/muscle-energy.md": 700,
    "conditions/decide-low-back.md": 1200,
    "conditions/neck-pain.md": 1000,
    "conditions/sciatica-and-herniated-disc.md": 800,
    "conditions/babies-and-children.md": 1000,
    "safety/index.md": 600,
    "safety/who-should-avoid.md": 500,
    "safety/neck-treatment.md": 900,
    "first-session/index.md": 800,
    "first-session/prepare.md": 600,
    "first-session/afterwards.md": 900,
    "back-pain/warning-signs.md": 1300,
    "back-pain/stories.md": 500,
    "faq.md": 3000,
    "glossary.md": 1200,
}
OVER = 1.15


def target(page: Page) -> int:
    """How many words a page should have: its own number, else that of its type."""
    return OWN.get(page.src, TYPE[page.front.type])


def check_length(site: Site) -> Iterator[Problem]:
    """No page is more than 15% over its target."""
    for page in site.pages:
        if page.view.length > target(page) * OVER:
            yield Problem(
                page.name,
                page.first_line,
                f"the page shows {page.view.length} words; {target(page)} are the aim",
                "Cut what is said elsewhere; put what only a doubter needs between /// details | Heading and ///.",
            )
