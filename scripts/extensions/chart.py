"""Draws results of studies (`<!-- results -->`, `<!-- facts: ... -->`): zero line, range, the band too small to notice, both groups (people as a crowd
of 100), and a table. No script.
"""

import xml.etree.ElementTree as etree

from scripts.extensions.context import Here
from scripts.extensions.elements import add, table
from scripts.guide.bibliography import NOTICED, POOLED
from scripts.guide.results import SCALES, Result, named

MOST, SHOWN = 4, 3  # of more results than four, three are in sight; the others stand in a fold
SIZES = ((0.8, "large"), (0.5, "medium"), (0.2, "small"), (0, "very small"))  # the usual borders of pooled effects
PERSON = "a2 2 0 1 1 .01 0zm-3 5.6v-2.2a3 2.6 0 0 1 6 0v2.2z"  # a head and shoulders, 6 wide, drawn from the chin


def text(value: float) -> str:
    """A number as a reader should see it: a true minus, no idle decimals."""
    return f"{value:,g}".replace("-", "−")


def draw(parent: etree.Element, kind: str, low: float, high: float, marks: list[tuple[str, float, float, int]]) -> None:
    """Draw marks, each (class, from, to, height in percent), on an axis from low to high; decoration for the words beside it."""
    svg = add(parent, "svg", class_=f"bars bars--{kind}", aria_hidden="true", focusable="false")
    svg.set("viewBox", "0 0 100 100")
    svg.set("preserveAspectRatio", "none")
    for name, start, end, height in marks:
        left, right = sorted(100 * (v - low) / (high - low) for v in (start, end))
        add(svg, "rect", class_=name, x=f"{left:.2f}", width=f"{max(right - left, 0.6):.2f}", y=str((100 - height) // 2), height=str(height))


def draw_crowd(parent: etree.Element, kind: str, count: int) -> None:
    """Draw 100 people in rows of ten, the first `count` filled and the rest hollow; decoration for the words beside it."""
    svg = add(parent, "svg", class_="crowd", aria_hidden="true", focusable="false")
    svg.set("viewBox", "0 0 100 120")
    for name, some in ((f"person-{kind}", range(count)), ("person-none", range(count, 100))):
        places = "".join(f"M{n % 10 * 10 + 5} {n // 10 * 12 + 5}{PERSON}" for n in some)
        add(svg, "path", class_=name, d=places)


def treatment(result: Result) -> str:
    """What was tested, as it stands inside a sentence: OMT, unless the result says otherwise."""
    name = result.treatment
    return name if name[1:2].isupper() else name[0].lower() + name[1:]


def capital(words: str) -> str:
    """The same words with a capital first letter."""
    return words[0].upper() + words[1:]


def people(result: Result) -> str:
    """How many people took part, where the source gives it."""
    return f"{text(result.people)} people" if result.people else "number of people not given in what we read"


def counted(value: float, unit: str) -> str:
    """How many of a unit: "1 point of 10", "2.5 points of 10"."""
    return f"{text(abs(value))} {unit.replace('points', 'point') if abs(value) == 1 else unit}"


def groups_in_words(result: Result) -> str:
    """Both groups, or what stands between them, in one sentence."""
    name, ours, theirs = treatment(result), result.treated, result.compared
    if result.is_crowd:  # the labels over the two crowds say the rest
        return f"That is {text(abs(ours - theirs))} {'more' if ours >= theirs else 'fewer'} in every 100 with {name}."
    unit = SCALES[result.scale].unit
    return f"Better by {counted(ours, unit)} with {name} and by {text(theirs)} with {result.compared_with}."


def size(value: float) -> str:
    """How big a pooled effect is, in a word."""
    return next(word for least, word in SIZES if abs(value) >= least)


def verdict(result: Result) -> str:
    """The difference in a few words: whether there is one for sure, and whether anybody would notice it."""
    value, interval, small = result.difference, result.interval, SCALES[result.scale].small
    if not value:
        return "No difference"
    if interval and interval[0] <= 0 <= interval[1]:
        return "No clear difference"
    unseen = result.scale != "smd" and small and abs(value) < small
    return f"{'Better' if value > 0 else 'Worse'} with {treatment(result)}" + (", by less than most people would notice" if unseen else "")


def difference_in_words(result: Result) -> str:
    """The difference, how big it is and how sure, in plain sentences; pooled units, which say nothing to a reader, as words."""
    value, words, interval = result.difference, verdict(result), result.interval
    more, less = ("more", "fewer") if result.scale == "people" else ("better", "worse")
    unsure = "" if interval else " We could not read how sure this number is."
    if not value:
        return f"{words}.{unsure}"
    if result.scale == "smd":
        if words == "No clear difference":
            return f"{words}: the {'gain' if value > 0 else 'loss'} seen is {size(value)}, and may be chance."
        ends = sorted({size(end) for end in interval or ()}, key=[word for _, word in reversed(SIZES)].index)
        return f"{words}, by a {size(value)} amount.{unsure}" + (f" The true amount is likely between {ends[0]} and {ends[1]}." if len(ends) == 2 else "")
    amount = f"{text(abs(value))} {more if value > 0 else less} people in every 100" if result.scale == "people" else ""
    amount = amount or f"{counted(value, SCALES[result.scale].unit)} {more if value > 0 else less}"
    if unsure:
        return f"{words}: {amount}.{unsure}"
    low, high = (round(end) if result.scale == "100" and abs(end) >= 1 else end for end in interval)
    if low < 0 < high:
        between = f"{text(-low)} {less} and {text(high)} {more}"
    else:
        between = " and ".join(text(end) for end in sorted((abs(low), abs(high))))
    return f"{words}: {amount}. The true number is likely between {between}."


def write_axis(parent: etree.Element, *labels: str) -> None:
    """The words under a drawing, from its left end to its right."""
    axis = add(parent, "p", class_="axis", aria_hidden="true")
    for label in labels:
        add(axis, "span", label)


def one_result(parent: etree.Element, result: Result, limit: float) -> None:
    """One study: what was compared, the drawing, the words."""
    unit, small = SCALES[result.scale].unit, SCALES[result.scale].small
    box = add(parent, "div", class_="result")
    what = add(box, "p", class_="result-what")
    add(what, "strong", result.measure).tail = f" {capital(treatment(result))} compared with {result.compared_with}, {people(result)} [@{result.source}]"
    groups = (("treated", treatment(result)), ("compared", result.compared_with)) if result.treated is not None else ()
    if result.is_crowd:
        crowds = add(box, "div", class_="crowds")
        for kind, name in groups:
            group = add(crowds, "div")
            label = add(group, "p")
            add(label, "strong", f"{text(getattr(result, kind))} of 100").tail = f" with {name}"
            draw_crowd(group, kind, round(getattr(result, kind)))
    elif groups:
        top = max(limit, result.treated, result.compared)
        bottom = min(0, result.treated, result.compared)
        for kind, name in groups:
            arm = add(box, "div", class_="arm")
            add(arm, "span", capital(name), class_="arm-name").tail = " "
            draw(arm, "arm", bottom, top, [(f"bar-{kind}", 0, getattr(result, kind), 70)])
            add(arm, "span", text(getattr(result, kind)), class_="arm-value")
        write_axis(box, text(bottom), f"{text(top)} {unit.split(' of ')[0].split(' out ')[0]}")
    if groups:
        add(box, "p", groups_in_words(result))
    if result.difference is not None and not result.is_crowd:
        marks = [("band", -small, small, 100)] if small else []
        marks += [("bar-treated", 0, result.difference, 36)]
        marks += [("range", *result.interval, 8)] if result.interval else []
        marks += [("zero", 0, 0, 100)]
        draw(box, "difference", -limit, limit, marks)
        end = "" if result.scale == "smd" else f"{text(limit)} "
        write_axis(box, f"{end}worse", "no difference", f"{end}better")
        add(box, "p", difference_in_words(result))


def as_table(parent: etree.Element, results: list[Result]) -> None:
    """The same numbers as a table, for whoever reads tables better, or listens."""
    details = add(parent, "details", class_="numbers")
    add(details, "summary", "The same numbers as a table")
    if any(result.scale == "smd" for result in results):
        add(details, "p", f"Pooled units put different scales together: 0.2 is small, 0.5 medium [@{POOLED}].")
    frame, body = table("the studies' numbers", ["What was measured", "Treatment", "Compared with", "Both groups", "Difference (range)", "People", "Source"])
    details.append(frame)
    for result in results:
        row, unit = add(body, "tr"), SCALES[result.scale].unit
        add(row, "th", f"{result.measure}, {unit}", scope="row")
        add(row, "td", capital(treatment(result)))
        add(row, "td", result.compared_with)
        both = f"{text(result.treated)} and {text(result.compared)}" if result.treated is not None else "not given"
        add(row, "td", both)
        given = f" ({' to '.join(map(text, result.interval))})" if result.interval else ""
        add(row, "td", text(result.difference) + given if result.difference is not None else "not given")
        add(row, "td", text(result.people) if result.people else "not given")
        add(row, "td", f"[@{result.source}]")


def draw_boxes(parent: etree.Element, results: list[Result], shown: list[Result]) -> None:
    """A box for each result shown; all results on one scale share its axis."""
    for result in shown:
        scale = result.scale
        others = [r for r in results if r.scale == scale]
        values = [abs(v) for r in others for v in [r.difference or 0, *(r.interval or [])]]
        step = SCALES[scale].width / 3
        limit = max(SCALES[scale].width, -(-max(values, default=0) // step) * step)
        one_result(parent, result, round(limit, 2))


def draw_all(results: list[Result]) -> list[etree.Element]:
    """The whole results picture of a page."""
    figure = etree.Element("figure", {"class": "results"})
    caption = add(figure, "figcaption")
    if any(result.is_crowd for result in results):
        add(caption, "p", "Each small figure is one person of 100. If it is filled, what the title says came true for that person.")
    if not all(result.is_crowd for result in results):
        used = {result.scale for result in results}
        words = "A bar to the right of the middle line: better with the treatment. The thin bar: where the true number is likely to lie."
        words += f" The shaded band: too small for most people to notice [@{NOTICED}]." if "100" in used else ""
        add(caption, "p", words)
    shown = SHOWN if len(results) > MOST else MOST
    draw_boxes(figure, results, results[:shown])
    if others := results[shown:]:
        fold = add(figure, "details")
        add(fold, "summary", f"{len(others)} more results")
        draw_boxes(fold, results, others)
    as_table(figure, results)
    return [figure]


def chosen(at: Here, words: str) -> list[Result]:
    """The page's own results; those of the page and the sources that the marker names, where it names them."""
    found = at.page.front.results
    if words:
        src, keys = named(words)
        other = at.site.page(src)
        found = [result for key in keys for result in other.front.results if result.source == key] if other else []
    return [result for result in found if result.sound]


def results(at: Here, words: str) -> list[etree.Element]:
    """`<!-- results -->`: boxes, how to read them, and a table."""
    found = chosen(at, words)
    return draw_all(found) if found else []


def facts(at: Here, words: str) -> list[etree.Element]:
    """`<!-- facts: ... -->`: the boxes alone, for a page that says once how to read them all."""
    found = chosen(at, words)
    if not found:
        return []
    figure = etree.Element("figure", {"class": "results facts"})
    draw_boxes(figure, found, found)
    return [figure]
