"""What is made from the pages' own front matter and the menu: the rating under a title, other names, tables of ratings, the
four doors. No fact stands twice.
"""

import xml.etree.ElementTree as etree
from pathlib import PurePosixPath

from scripts.extensions.context import Here
from scripts.extensions.elements import add, table
from scripts.guide.front_matter import LEVELS, Rating
from scripts.guide.pages import Page
from scripts.guide.site import Section

SUMMARY = "Other words for this"
DOORS = (
    ("first-session/index.md", "I have a first appointment", "What happens, what to wear, how you may feel"),
    ("safety/check.md", "Is it safe for me?", "Tick what you have and take, and see what to avoid"),
    ("conditions/index.md", "Does it work for my problem?", "What studies found, problem by problem"),
    ("back-pain/index.md", "I have back pain", "Warning signs, what helps, what to expect"),
)


def rating_mark(parent: etree.Element, level: str) -> None:
    """A rating in words and a shape of its own, so that it never depends on colour."""
    mark = add(parent, "span", class_=f"rating-mark rating-{level.lower().replace(' ', '-')}")
    if LEVELS.get(level):
        svg = add(mark, "svg", width="44", height="12", aria_hidden="true", focusable="false")
        svg.set("viewBox", "0 0 44 12")
        for pip in range(4):
            add(svg, "circle", cx=f"{6 + 10.6 * pip:g}", cy="6", r="4.2", class_="pip-on" if pip < LEVELS[level] else "pip-off")
    else:
        svg = add(mark, "svg", width="14", height="14", aria_hidden="true", focusable="false")
        svg.set("viewBox", "0 0 12 12")
        add(svg, "path", class_="pip-cross", d="M2 2l8 8M10 2l-8 8")
    svg.tail = " "
    add(mark, "span", level)


def badge_line(rating: Rating, kind: str) -> etree.Element:
    """One rating with what was rated."""
    line = etree.Element("p", {"class": kind, "data-made": "rating", "data-search-exclude": ""})
    rating_mark(line, rating.level)
    line[-1].tail = " "
    about = add(line, "span", f"for {rating.about}.", class_="rating-about")
    about.tail = None
    return line


def badge(at: Here) -> list[etree.Element]:
    """The rating under the title of a page that has one, and a line for each rating of something else than OMT."""
    front = at.page.front
    if not front.rating or not front.rating.level:
        return []
    first = badge_line(front.rating, "rating")
    first[-1].text += " "
    add(first[-1], "a", "How we rate evidence", href=at.link("evidence/index.md"))
    return [first, *(badge_line(other, "rating rating-other") for other in front.others)]


def also_called(at: Here) -> list[etree.Element]:
    """Other names, folded away: search finds them."""
    words = at.page.front.also_called
    if not words:
        return []
    fold = etree.Element("details", {"class": "also-called", "data-made": "also-called"})
    add(fold, "summary", SUMMARY)
    add(fold, "p", f"Also called: {', '.join(words)}.")
    return [fold]


def rated(at: Here, section: Section) -> list[Page]:
    """The pages of a section of the menu that have a rating."""
    pages = [at.site.page(src) for src in section.pages]
    return [page for page in pages if page and page.front.rating]


def ratings(at: Here, words: str) -> list[etree.Element]:
    """Every rated page of this section, or, where it has none, of the whole site. Techniques show what you feel and do."""
    own = [section for section in at.site.menu if at.page.src in section.pages and rated(at, section)]
    made = []
    for section in own or at.site.menu:
        pages = rated(at, section)
        if not pages:
            continue
        technique = any(page.front.technique for page in pages)
        if not own:
            heading = etree.Element("h3", {"id": section.title.lower().replace(" ", "-")})
            heading.text = section.title
            made.append(heading)
        extra = ["What you feel", "What you do", "Kind"] if technique and own else []
        frame, body = table(f"ratings, {section.title}", ["Technique" if technique else "Problem", "What the research shows", *extra], "ratings")
        for page in pages:
            row = add(body, "tr")
            head = add(row, "th", scope="row")
            drawing = f"assets/pictures/{PurePosixPath(page.src).stem}.svg"
            if extra and (at.site.root / "docs" / drawing).is_file():  # the name beside it says what it shows
                add(head, "img", src=at.link(drawing), alt="", width="160", height="115", loading="lazy", class_="thumb off-glb")
            add(head, "a", page.title, href=at.link(page.src))
            if extra:
                head[-1].tail = " "
                add(head, "a", "Who should not have it", href=at.link(page.src) + "#who-should-not-have-it", class_="who-not")
            cell = add(row, "td")
            add(cell, "span", "What the research shows", class_="cell-label").tail = " "
            rating_mark(cell, page.front.rating.level)
            cell[-1].tail = " "
            add(cell, "span", f"for {page.front.rating.about}", class_="rating-about")
            if extra and page.front.technique:
                for label, text in zip(extra, (page.front.technique.you_feel, page.front.technique.you_do, page.front.technique.kind), strict=True):
                    cell = add(row, "td")
                    add(cell, "span", label, class_="cell-label").tail = f" {text}"
        frame.set("data-search-exclude", "")
        made.append(frame)
    return made


def doors(at: Here, words: str = "") -> list[etree.Element]:
    """The four doors."""
    made = etree.Element("ul", {"class": "doors", "data-search-exclude": ""})
    for src, name, about in DOORS:
        link = add(add(made, "li"), "a", href=at.link(src))
        add(link, "strong", name).tail = " "
        add(link, "span", about)
    return [made]
