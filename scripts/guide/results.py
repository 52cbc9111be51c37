"""What studies found, typed once in a page's front matter; any page may show it.

`<!-- results: conditions/knee doe2020 roe2021 -->` shows what conditions/knee.md says of those sources, so that no number
is typed twice; `facts:` shows the same as fact boxes, without the words on how to read them and without the table.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.guide.files import Fields


@dataclass(frozen=True)
class Scale:
    """A scale: its unit, its bounds for one group, the difference too small to notice, the least width of a drawn axis."""

    unit: str
    low: float
    high: float
    small: float | None
    width: float


# 10 of 100 points is the smallest change that patients would notice in bibliography.NOTICED; 0.2 is the usual border of a
# small pooled effect.
SCALES = {
    "100": Scale("points of 100", -100, 100, 10, 30),
    "24": Scale("points of 24", -24, 24, None, 6),
    "10": Scale("points of 10", -10, 10, 1, 3),
    "smd": Scale("pooled units", -5, 5, 0.2, 1),
    "people": Scale("people out of 100", 0, 100, None, 100),
}


@dataclass(frozen=True)
class Result:
    """One result: what was measured, against what, on which scale; each group's change (points, or people of 100), the
    difference (above 0 = better with the treatment), its 95% range, how many took part, and the source's key.
    """

    measure: str
    treatment: str
    compared_with: str
    scale: str
    treated: float | None
    compared: float | None
    difference: float | None
    interval: tuple[float, float] | None
    people: int | None
    source: str
    line: int
    sound: bool

    @property
    def is_crowd(self) -> bool:
        """Whether both groups are counted in people out of 100."""
        return self.scale == "people" and self.treated is not None


def read_interval(fields: Fields, scale: Scale, difference: float | None) -> tuple[float, float] | None:
    """`interval: [low, high]` round the difference."""
    value = fields.raw("interval")
    if value is None:
        return None
    good = isinstance(value, list) and len(value) == 2 and all(isinstance(v, int | float) and not isinstance(v, bool) for v in value)
    if good and difference is not None and value[0] <= difference <= value[1] and value[0] < value[1]:
        return float(value[0]), float(value[1])
    fields.fault(
        "interval",
        f"the interval does not hold the difference{fields.inside()}",
        "Write `interval: [low, high]` round `difference`; above 0 is better with the treatment.",
    )
    return None


def read_result(fields: Fields) -> Result:
    """One of the `results`; `sound` is False where it has a fault and may not be drawn."""
    before = len(fields.faults)
    measure, treatment = fields.words("measure"), fields.words("treatment", needed=False) or "OMT"
    against, name = fields.words("compared_with"), fields.choice("scale", tuple(SCALES), "scale")
    scale = SCALES.get(name, Scale("", float("-inf"), float("inf"), None, 1))
    treated, compared = fields.number("treated", scale.low, scale.high), fields.number("compared", scale.low, scale.high)
    difference = fields.number("difference", -scale.high, scale.high)
    interval = read_interval(fields, scale, difference)
    people = fields.number("people", 1, 10_000_000, whole=True)
    source = fields.words("source")
    if len(fields.faults) == before and ((treated is None) != (compared is None) or (treated is None and difference is None)):
        fields.fault(None, f"{fields.label} needs both groups, or a difference", "Write `treated` and `compared`, or `difference`, or all three.")
    if treated is not None and compared is not None and difference is not None:
        gap, rounding = treated - compared, 1 if scale.high >= 24 else 0.15
        if abs(gap - difference) > rounding:
            fields.fault(
                "difference",
                f"the groups differ by {gap:g}, and the difference says {difference:g}{fields.inside()}",
                "Read the source again; above 0 is better with the treatment.",
            )
    fields.close()
    return Result(
        measure,
        treatment,
        against,
        name,
        treated,
        compared,
        difference,
        interval,
        people,
        source,
        fields.line("source"),
        len(fields.faults) == before,
    )


def named(words: str) -> tuple[str, list[str]]:
    """The path in docs/ and the sources that the words of a results marker name."""
    path, *keys = words.split() or [""]
    return f"{path.removesuffix('.md')}.md", keys


def borrowed(page) -> Iterator[tuple[str, list[str], int]]:
    """The page and the sources that each `results:` or `facts:` marker of a page names, with its line."""
    for marker in page.markers:
        if marker.name in ("results", "facts") and marker.words:
            yield *named(marker.words), marker.line


def shown_results(page, site) -> list[Result]:
    """Every result drawn on a page: its own where it has the marker, and those of other pages."""
    own = list(page.front.results) if page.has_marker("results") else []
    others = ((site.page(src), keys) for src, keys, _ in borrowed(page))
    return own + [result for other, keys in others if other for key in keys for result in other.front.results if result.source == key]
