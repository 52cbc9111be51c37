"""Reads data/cautions.yml, where it stands once who should avoid which technique, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.guide.citations import citation_keys
from scripts.guide.files import Fields, LinedList, load_yaml
from scripts.guide.problems import Problem, nearest

CAUTIONS = "data/cautions.yml"
SHORT = (7, 41)  # signs of a technique's word and of a problem's line that fit on paper in 12 points
FOR_ALL = (  # what holds for somebody with none of the problems, too
    "A quick push to the neck (thrust) is linked to torn neck arteries and strokes; this is rare, and the cause is not settled "
    "[@biller2014aha; @nielsen2017smt]. You can say no to it."
)
WORDS = {"avoid": "Avoid", "ask": "Ask first", "usually": "Usually fine if gentle"}


@dataclass(frozen=True)
class Technique:
    """A group of techniques that is judged together: its key, its name, one word for a narrow column, the pages that show its list, its line."""

    key: str
    name: str
    short: str
    pages: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Cell:
    """What one health problem means for one technique: a word of WORDS, the keys of its sources (none = cautious), its line."""

    word: str
    sources: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class HealthProblem:
    """One health problem: its anchor, name,
    its name in one line of paper, how a patient would tick it, other words that find it, how to say it, the signs of data/triage.yml
    that come first, what can be done, the reason, what to do next, why a cell without a source says avoid ("" where none does), a cell for each technique.
    """

    id: str
    problem: str
    short: str
    tick: str
    find: str
    say: str
    signs: tuple[str, ...]
    can: str
    why: str
    instead: str
    grave: str
    cells: dict[str, Cell]
    line: int

    @property
    def keys(self) -> list[str]:
        """Every source key of the row."""
        return [*(k for cell in self.cells.values() for k in cell.sources), *citation_keys(self.text)]

    @property
    def text(self) -> str:
        """Its sentences."""
        return f"{self.can} {self.why} {self.grave} {self.instead}"


@dataclass(frozen=True)
class Group:
    """Health problems that belong together."""

    name: str
    problems: tuple[HealthProblem, ...]


@dataclass(frozen=True)
class Cautions:
    """The whole file."""

    techniques: tuple[Technique, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def problems(self) -> list[HealthProblem]:
        """Every health problem, in order."""
        return [problem for group in self.groups for problem in group.problems]

    def technique_of(self, src: str) -> str | None:
        """The technique whose own list the page at `src` shows; None for a page that shows the whole table."""
        return next((technique.key for technique in self.techniques if src in technique.pages), None)

    def keys_shown(self, src: str) -> list[str]:
        """The source keys that a page with the `<!-- cautions -->` marker shows."""
        own = self.technique_of(src)
        if own is None:
            return [key for problem in self.problems for key in problem.keys]
        return [key for problem in self.problems if (cell := problem.cells.get(own)) and cell.word != "usually" for key in cell.sources]


def read_short(fields: Fields, kind: int) -> str:
    """`short`, which has to fit into one line of a leaflet (kind 0: a technique's column, 1: a problem's row); "" where none is written."""
    short = fields.words("short", needed=False)
    if len(short) > SHORT[kind]:
        fields.fault("short", f"'{short}' has {len(short)} characters{fields.inside()}", f"Cut it to {SHORT[kind]} or fewer: it is one line on paper.")
    return short


def read_cell(fields: Fields, key: str) -> Cell | None:
    """`thrust: [avoid, one2020, two2021]`: a word, then source keys."""
    value = fields.raw(key, needed=True)
    if value in (None, "", []):
        return None
    if not isinstance(value, LinedList) or not all(isinstance(item, str) for item in value):
        fields.fault(key, f"'{key}' is not a list{fields.inside()}", f"Write `{key}: [ask]`, or `{key}: [avoid, key-of-a-source]`.")
        return None
    if value[0] not in WORDS:
        near = nearest(value[0], WORDS)
        fields.fault(
            key,
            f"'{value[0]}' is not one of {', '.join(WORDS)}{fields.inside()}",
            (f"The nearest is '{near}'. " if near else "") + f"Write `{key}: [{near or 'ask'}, ...]`; sources follow the word.",
        )
        return None
    return Cell(value[0], tuple(value[1:]), fields.line(key))


def load_cautions(root: Path) -> tuple[Cautions, list[Problem]]:
    """The data and every fault in it; a row with a fault is left out of the data (and stops the build)."""
    found, faults = load_yaml(root, CAUTIONS)
    if faults:
        return Cautions(), faults
    fields = Fields(CAUTIONS, found, faults)
    techniques = []
    holder = fields.mapping("techniques", "techniques", needed=True)
    for key in holder.found if holder else ():
        one = holder.mapping(key, f"technique '{key}'")
        if one:
            name = one.words("name")
            techniques.append(Technique(key, name, read_short(one, 0) or name, one.texts("pages", needed=True), one.line("pages")))
            one.close()
    groups, seen = [], {}
    for group in fields.mappings("groups", "group", needed=True):
        name, problems = group.words("name"), []
        for row in group.mappings("problems", "problem", needed=True):
            before, key = len(faults), row.words("id")
            row.label = f"'{key}'" if key else row.label
            problem, short = row.words("problem"), read_short(row, 1)
            tick, find, say = row.words("tick", needed=False), row.words("find", needed=False), row.words("say")
            signs = row.texts("signs")
            texts = [row.words(part, needed=part != "grave") for part in ("can", "why", "instead", "grave")]
            cells = {t.key: read_cell(row, t.key) for t in techniques}
            bare = [cell for cell in cells.values() if cell and cell.word == "avoid" and not cell.sources]
            if bare and not row.found.get("grave"):
                row.faults.append(
                    Problem(
                        CAUTIONS,
                        bare[0].line,
                        f"{row.label} says avoid, and neither a source nor a reason stands behind it",
                        "Add a source, write `ask`, or say under `grave` why the harm would be too grave to risk.",
                    )
                )
            row.close()
            if key and key in seen:
                row.fault("id", f"the id '{key}' stands twice", f"Give one of them another id; the other is on line {seen[key]}.")
            seen[key] = row.line("id")
            if len(faults) == before:
                problems.append(HealthProblem(key, problem, short or problem, tick or problem, find, say, signs, *texts, cells, row.line("id")))
        group.close()
        groups.append(Group(name, tuple(problems)))
    fields.close()
    return Cautions(tuple(techniques), tuple(groups)), faults


def check_signs(cautions: Cautions, known: set[str]) -> Iterator[Problem]:
    """Each sign that a health problem names is one of data/triage.yml."""
    for problem in cautions.problems:
        for sign in problem.signs:
            if sign not in known:
                near = nearest(sign, known)
                remedy = f"Did you mean {near}?" if near else "Write the id of a sign in data/triage.yml."
                yield Problem(CAUTIONS, problem.line, f"there is no sign '{sign}', which '{problem.id}' names", remedy)


def check_keys(cautions: Cautions) -> Iterator[tuple[str, int]]:
    """Each source key of the file and its line."""
    for problem in cautions.problems:
        for cell in problem.cells.values():
            yield from ((key, cell.line) for key in cell.sources)
        yield from ((key, problem.line) for key in citation_keys(problem.text))
