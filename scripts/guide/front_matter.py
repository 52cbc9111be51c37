"""What a page's front matter holds, as types: title, words of patients, rating, results, dates, reviewer.

A wrong number here becomes a wrong chart, badge and table.
"""

from dataclasses import dataclass
from datetime import date

from scripts.guide.citations import citation_keys
from scripts.guide.files import Fields, Lined
from scripts.guide.problems import Problem
from scripts.guide.results import Result, read_result

TYPES = ("technique", "condition", "safety", "visit", "spoke", "explainer", "front", "handout")  # each has a templates/TYPE.md
FOLDER_TYPES = {"techniques": "technique", "conditions": "condition", "safety": "safety", "first-session": "visit", "back-pain": "spoke"}
LEVELS = {
    "Good evidence": 4,
    "Some evidence": 3,
    "Mixed or uncertain evidence": 2,
    "Little or no evidence": 1,
    "Evidence of no benefit": 0,
}  # each rating and how many of its four dots are filled
TOOLS = ("check", "visit", "decide", "kit")  # each has a script of its own in docs/assets/
LONGEST, YEAR = 160, 366


@dataclass(frozen=True)
class Rating:
    """How sure the research is (a word of LEVELS) and what exactly was rated."""

    level: str
    about: str
    line: int


@dataclass(frozen=True)
class Technique:
    """What a technique is like: direct, indirect or both; what you feel; what you do."""

    kind: str
    you_feel: str
    you_do: str


@dataclass(frozen=True)
class Reviewer:
    """A clinician who has reviewed the page."""

    name: str
    credentials: str
    conflicts: str


@dataclass(frozen=True)
class FrontMatter:
    """The front matter of one page; a field that is missing or wrong is empty, and its fault was noted when it was read."""

    title: str
    description: str
    type: str
    also_called: tuple[str, ...]
    technique: Technique | None
    rating: Rating | None
    others: tuple[Rating, ...]
    results: tuple[Result, ...]
    reviewed: date | None
    review_due: date | None
    reviewed_by: Reviewer | None
    pillar: str
    moved_from: tuple[str, ...]
    tools: str
    leaflet_of: tuple[str, ...]
    lines: dict[str, int]


def read_day(fields: Fields, key: str, today: date, needed: bool) -> date | None:
    """A day such as 2026-11-22; `reviewed` may not be in the future."""
    value = fields.raw(key, needed)
    if value in (None, ""):
        return None
    try:
        found = date.fromisoformat(str(value))
    except ValueError:
        fields.fault(key, f"'{value}' is not a date", "Write year-month-day, such as 2026-11-22.")
        return None
    if key == "reviewed" and found > today:
        fields.fault(key, f"{found} is still to come", "Write the day on which the sources were really checked.")
    return found


def read_rating(fields: Fields, line: int) -> Rating:
    """`level` and `about` of a mapping."""
    level, about = fields.choice("level", tuple(LEVELS), "rating"), fields.words("about")
    if about.endswith("."):
        fields.fault("about", "'about' is a sentence", "Write what was rated as a phrase that follows 'for', without a full stop.")
    return Rating(level, about, line)


def read_evidence(fields: Fields, page_type: str) -> tuple[Rating | None, tuple[Rating, ...], tuple[Result, ...]]:
    """The page's rating, what others than OMT's doctors were rated for, and the results of studies; other types may have results alone."""
    evidence = fields.mapping("evidence", "evidence")
    if evidence is None:
        if page_type in ("technique", "condition") and fields.found.get("evidence") is None:
            fields.fault(None, f"a {page_type} page has no 'evidence'", "Add `evidence:` with level and about, as in its template.")
        return None, (), ()
    unrated = page_type not in ("technique", "condition") and not {"level", "about"} & evidence.found.keys()
    rating = None if unrated else read_rating(evidence, evidence.line())
    evidence.known += ["level", "about"] * unrated
    others = []
    for other in evidence.mappings("others", "other rating"):
        others.append(read_rating(other, other.line()))
        other.close()
    results = tuple(read_result(one) for one in evidence.mappings("results", "result"))
    if rating and rating.level == "Good evidence" and not results:
        evidence.fault("level", "'Good evidence' and no results", "Add the `results` that it rests on, as STYLE.md says.")
    evidence.close()
    return rating, tuple(others), results


def read_front_matter(name: str, found: Lined, folder: str, today: date) -> tuple[FrontMatter, list[Problem]]:
    """The front matter of the page `name` and every fault in it. `folder` decides the type where none is written."""
    faults: list[Problem] = []
    fields = Fields(name, found, faults)
    title, description = fields.words("title"), fields.words("description", longest=LONGEST)
    own = fields.choice("type", TYPES, "type", needed=False)
    page_type = own or FOLDER_TYPES.get(folder, "explainer")
    leaflet_of = fields.texts("leaflet_of")
    also_called = fields.texts("also_called")
    technique = fields.mapping("technique", "technique", needed=page_type == "technique")
    if technique:
        kind = technique.choice("kind", ("direct", "indirect", "direct or indirect", "both"), "kind")
        technique_read = Technique(kind, technique.words("you_feel"), technique.words("you_do"))
        technique.close()
    rating, others, results = read_evidence(fields, page_type)
    reviewed, due = read_day(fields, "reviewed", today, True), read_day(fields, "review_due", today, True)
    if reviewed and due and not 0 < (due - reviewed).days <= YEAR:
        fields.fault(
            "review_due",
            f"the next check is {(due - reviewed).days} days after the last",
            f"Give `review_due` a day later than `reviewed`, at most {YEAR} days.",
        )
    by = fields.mapping("reviewed_by", "reviewed_by")
    reviewer = Reviewer(by.words("name"), by.words("credentials"), by.words("conflicts")) if by else None
    if by:
        by.close()
    pillar = fields.words("pillar", needed=False)
    moved_from = fields.texts("moved_from")
    tools = fields.choice("tools", TOOLS, "tool", needed=False)
    for key, words in (("title", title), ("description", description), *(("also_called", word) for word in also_called)):
        if citation_keys(words) or "@" in words:
            fields.fault(key, f"'{key}' holds a citation", "Search engines show it as it stands: cite in the text instead.")
    fields.close()
    return FrontMatter(
        title,
        description,
        page_type,
        also_called,
        technique_read if technique else None,
        rating,
        others,
        results,
        reviewed,
        due,
        reviewer,
        pillar,
        moved_from,
        tools,
        leaflet_of,
        found.lines,
    ), faults
