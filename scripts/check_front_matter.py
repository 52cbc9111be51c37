"""Guarantees that front matter is a contract: known keys, one order, real dates, one rating scale, whole results.

A wrong number here becomes a wrong chart, badge and table. Called by check_content.py for each page.
"""

from collections.abc import Iterator
from datetime import date

from scripts.pages import ROOT, Page
from scripts.problems import Problem, nearest

KEYS = ("title", "description", "type", "also_called", "technique", "evidence", "reviewed", "review_due", "reviewed_by",
        "pillar")
REQUIRED = ("title", "description", "reviewed", "review_due")
FOLDER_TYPES = {"techniques": "technique", "conditions": "condition", "safety": "safety", "first-session": "visit",
                "back-pain": "spoke"}
LEVELS = ("Good evidence", "Some evidence", "Mixed or uncertain evidence", "Little or no evidence",
          "Evidence of no benefit")
SCALES = ("100", "24", "10", "smd", "people")
RESULT = ("measure", "treatment", "compared_with", "scale", "treated", "compared", "difference", "interval", "people",
          "source")
TECHNIQUE = ("kind", "you_feel", "you_do")
REVIEWER = ("name", "credentials", "conflicts")
LONGEST = 160


def is_number(value) -> bool:
    """Whether YAML read a number, and not true or false."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def keys(page: Page, where: tuple, found, known: tuple, required: tuple) -> Iterator[Problem]:
    """Unknown, missing and misplaced keys of one mapping in the front matter."""
    line = page.line(*where)
    label = " ".join(str(part + 1 if isinstance(part, int) else part) for part in where)
    inside = f" in '{label}'" if where else ""
    if not isinstance(found, dict):
        yield Problem(page.name, line, f"'{label}' must hold keys", f"Write under it: {', '.join(known)}.")
        return
    for key in found:
        if key not in known:
            near = nearest(str(key), known)
            yield Problem(page.name, page.line(*where, key), f"unknown key '{key}'{inside}",
                          (f"The nearest is '{near}'. " if near else "") + f"Known keys: {', '.join(known)}.")
    for key in required:
        if found.get(key) in (None, "", []):
            yield Problem(page.name, page.line(*where, key), f"the key '{key}' is missing{inside}",
                          f"Add `{key}: ...`; STYLE.md says what it holds.")
    order = [key for key in known if key in found]
    if [key for key in found if key in known] != order:
        yield Problem(page.name, line, f"the keys{inside} are out of order", f"Put them in this order: {', '.join(order)}.")


def check_dates(page: Page) -> Iterator[Problem]:
    """Both dates are real, and the next check comes after the last."""
    read = {}
    for key in ("reviewed", "review_due"):
        try:
            read[key] = date.fromisoformat(str(page.meta[key])) if page.meta.get(key) else None
        except ValueError:
            yield Problem(page.name, page.line(key), f"'{page.meta[key]}' is not a date",
                          "Write year-month-day, such as 2026-11-22.")
    if read.get("reviewed") and read.get("review_due") and read["review_due"] <= read["reviewed"]:
        yield Problem(page.name, page.line("review_due"), "the next check is not after the last one",
                      "Give `review_due` a later day than `reviewed`.")


def check_result(page: Page, index: int, result) -> Iterator[Problem]:
    """One result: whole, with numbers that can be drawn."""
    where = ("evidence", "results", index)
    yield from keys(page, where, result, RESULT, ("measure", "compared_with", "scale", "source"))
    if not isinstance(result, dict):
        return
    scale = str(result.get("scale", ""))
    if scale and scale not in SCALES:
        yield Problem(page.name, page.line(*where, "scale"), f"unknown scale '{scale}'",
                      f"Use one of: {', '.join(SCALES)}.")
    for key in ("treated", "compared", "difference", "people"):
        if key in result and not is_number(result[key]):
            yield Problem(page.name, page.line(*where, key), f"'{result[key]}' is not a number",
                          f"Write `{key}` as a plain number, such as 4.7.")
    if ("treated" in result) != ("compared" in result) or ("treated" not in result and "difference" not in result):
        yield Problem(page.name, page.line(*where), "a result needs both groups, or a difference",
                      "Write `treated` and `compared`, or `difference`, or all three.")
    interval = result.get("interval")
    good = isinstance(interval, list) and len(interval) == 2 and all(map(is_number, interval))
    if interval is not None and not (good and is_number(result.get("difference"))
                                     and interval[0] <= result["difference"] <= interval[1]):
        yield Problem(page.name, page.line(*where, "interval"), "the interval does not hold the difference",
                      "Write `interval: [low, high]` round `difference`; above 0 is better with the treatment.")


def check_evidence(page: Page, page_type: str) -> Iterator[Problem]:
    """The rating and its results."""
    evidence = page.meta.get("evidence")
    if evidence is None:
        if page_type in ("technique", "condition"):
            yield Problem(page.name, 1, f"a {page_type} page has no 'evidence'",
                          "Add `evidence:` with level and about, as in its template.")
        return
    yield from keys(page, ("evidence",), evidence, ("level", "about", "results"), ("level", "about"))
    if not isinstance(evidence, dict):
        return
    level = evidence.get("level")
    if level and level not in LEVELS:
        yield Problem(page.name, page.line("evidence", "level"), f"unknown rating '{level}'",
                      f"The nearest is '{nearest(str(level), LEVELS, LEVELS[2])}'. The five: {', '.join(LEVELS)}.")
    if str(evidence.get("about", "")).endswith("."):
        yield Problem(page.name, page.line("evidence", "about"), "'about' is a sentence",
                      "Write what was rated as a phrase that follows 'for', without a full stop.")
    for index, result in enumerate(evidence.get("results") or []):
        yield from check_result(page, index, result)


def check(page: Page) -> Iterator[Problem]:
    """Every fault of one page's front matter."""
    types = {path.stem for path in (ROOT / "templates").glob("*.md")}
    yield from keys(page, (), page.meta, KEYS, REQUIRED)
    yield from check_dates(page)
    description = str(page.meta.get("description") or "")
    if len(description) > LONGEST:
        yield Problem(page.name, page.line("description"), f"the description has {len(description)} characters",
                      f"Cut it to {LONGEST} or fewer; search engines cut it anyway.")
    own = page.meta.get("type")
    if own is not None and own not in types:
        yield Problem(page.name, page.line("type"), f"unknown type '{own}'",
                      f"The nearest is '{nearest(str(own), types, 'explainer')}'. Known: {', '.join(sorted(types))}.")
    words = page.meta.get("also_called")
    if words is not None and not (isinstance(words, list) and all(isinstance(word, str) for word in words)):
        yield Problem(page.name, page.line("also_called"), "'also_called' is not a list of words",
                      "Write each on a line of its own, after a hyphen; quote numbers.")
    page_type = own or FOLDER_TYPES.get(page.folder, "explainer")
    if page_type == "technique":
        yield from keys(page, ("technique",), page.meta.get("technique", {}), TECHNIQUE, TECHNIQUE)
    if "reviewed_by" in page.meta:
        yield from keys(page, ("reviewed_by",), page.meta["reviewed_by"], REVIEWER, REVIEWER)
    yield from check_evidence(page, page_type)
