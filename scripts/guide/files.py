"""Reads text and YAML files; each value of a YAML file keeps its line, and a key that stands twice is a fault."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from scripts.guide.problems import Problem, nearest

ROOT = Path(__file__).resolve().parents[2]
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SCALARS = yaml.constructor.SafeConstructor()
TAG = "tag:yaml.org,2002:"
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


class Lined(dict):
    """A YAML mapping: `line` is where it begins, `lines` gives the line of each key, `twice` the keys that stood again."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line, self.lines, self.twice = line, {}, []


class LinedList(list):
    """A YAML list: `lines` gives the line of each item."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line, self.lines = line, []


def value_of(node: yaml.Node, first: int) -> object:
    """A YAML node as Python data; dates stay text, and a tag that is not plain YAML (`!ENV`) gives None."""
    line = first + node.start_mark.line
    if isinstance(node, yaml.MappingNode):
        found = Lined(line)
        for key, value in node.value:
            name, at = str(key.value), first + key.start_mark.line
            if name in found:
                found.twice.append((name, at))
                continue
            found[name], found.lines[name] = value_of(value, first), at
        return found
    if isinstance(node, yaml.SequenceNode):
        items = LinedList(line)
        for item in node.value:
            items.append(value_of(item, first))
            items.lines.append(first + item.start_mark.line)
        return items
    kind = node.tag.removeprefix(TAG)
    if kind in ("int", "float", "bool", "null"):
        return getattr(SCALARS, f"construct_yaml_{kind}")(node)
    return node.value if node.tag.startswith(TAG) else None


def read_yaml(text: str, name: str, first: int = 1) -> Lined | Problem:
    """The mapping that a YAML text holds, with its lines; a Problem if it cannot be read or holds no mapping.

    `name` is the file as a writer knows it, `first` the line of the file on which the text begins.
    """
    try:
        node = yaml.compose(text, Loader)
        value = value_of(node, first) if node else Lined(first)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "it is not YAML"
        return Problem(
            name,
            first + (mark.line if mark else 0),
            f"the YAML cannot be read: {what}",
            'Put quotation marks round a text that holds ": " or "#", and indent with spaces, not tabs.',
        )
    if not isinstance(value, Lined):
        return Problem(name, first, "there are no keys here", "Write `key: value` lines; templates/ and STYLE.md show which.")
    return value


def read_text(path: Path, name: str) -> str | Problem:
    """A file's text with plain line ends; a Problem if it is missing or not UTF-8."""
    try:
        data = path.read_bytes()
    except OSError:
        return Problem(name, 1, "the file is missing", f"Put it back: git checkout {name}")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        return Problem(name, data[: error.start].count(b"\n") + 1, "a character is not UTF-8", "Save the file as UTF-8 and type that character again.")
    unseen = UNSEEN.search(text)
    if unseen:
        return Problem(
            name,
            text.count("\n", 0, unseen.start()) + 1,
            f"a character that nobody sees (U+{ord(unseen[0]):04X}) stands in this line",
            "Type the words on both sides of it again.",
        )
    return text


def load_yaml(root: Path, name: str) -> tuple[Lined, list[Problem]]:
    """A YAML file of the project and what is wrong with it; an empty mapping where it cannot be read."""
    text = read_text(root / name, name)
    found = text if isinstance(text, Problem) else read_yaml(text, name)
    return (Lined(1), [found]) if isinstance(found, Problem) else (found, [])


@dataclass
class Fields:
    """Reads one YAML mapping field by field into types; every fault is noted in `faults` with its line.

    `name` is the file, `label` what the mapping is ("result 2"), empty for a whole file.
    """

    name: str
    found: Lined
    faults: list[Problem]
    label: str = ""
    known: list[str] = field(default_factory=list)

    def fault(self, key: str | None, what: str, remedy: str) -> None:
        """Note a fault on the line of a key, or where the mapping begins."""
        self.faults.append(Problem(self.name, self.line(key), what, remedy))

    def line(self, key: str | None = None) -> int:
        """The line of a key, or of the mapping where the key is missing."""
        return self.found.lines.get(key, self.found.line)

    def inside(self) -> str:
        """' in result 2', to end a sentence about a key."""
        return f" in {self.label}" if self.label else ""

    def raw(self, key: str, needed: bool = False) -> object:
        """A key's value as read; notes that it is missing where it is needed. Order of calls = order of keys."""
        self.known.append(key)
        value = self.found.get(key)
        if needed and value in (None, "", [], {}):
            self.fault(key, f"the key '{key}' is missing{self.inside()}", f"Add `{key}: ...`; STYLE.md says what it holds.")
        return value

    def words(self, key: str, needed: bool = True, longest: int = 0) -> str:
        """A text, without a citation in it unless the caller reads those; "" where it is missing or no text."""
        value = self.raw(key, needed)
        if value in (None, "", [], {}):
            return ""
        if not isinstance(value, str):
            shown = "a list" if isinstance(value, list) else "more keys" if isinstance(value, dict) else str(value)
            self.fault(key, f"'{key}' holds {shown}, not words{self.inside()}", f'Write `{key}: "..."`, words in quotation marks.')
            return ""
        if longest and len(value) > longest:
            self.fault(key, f"the {key} has {len(value)} characters", f"Cut it to {longest} or fewer; search engines cut it anyway.")
        return value.strip()

    def choice(self, key: str, among: tuple[str, ...], kind: str, needed: bool = True) -> str:
        """One of some known words (a number counts as its word); "" where it is none of them."""
        value = self.raw(key, needed)
        if value in (None, "", []):
            return ""
        if str(value) in among:
            return str(value)
        near = nearest(str(value), among)
        self.fault(key, f"unknown {kind} '{value}'{self.inside()}", (f"The nearest is '{near}'. " if near else "") + f"Use one of: {', '.join(among)}.")
        return ""

    def number(self, key: str, low: float, high: float, whole: bool = False) -> float | None:
        """A plain number between two bounds; None where there is none."""
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            self.fault(
                key,
                f"'{value}' is not a {'whole ' if whole else ''}number{self.inside()}",
                f"Write `{key}` as a plain number, such as {'120' if whole else '4.7'}.",
            )
            return None
        if not low <= value <= high:
            self.fault(key, f"{value} is outside the scale{self.inside()}", f"Write a `{key}` from {low:g} to {high:g}; look at `scale` too.")
            return None
        return value

    def texts(self, key: str, needed: bool = False) -> tuple[str, ...]:
        """A list of texts, none of them twice."""
        value = self.raw(key, needed)
        if value in (None, ""):
            return ()
        if not isinstance(value, LinedList) or not all(isinstance(item, str) and item.strip() for item in value):
            self.fault(key, f"'{key}' is not a list of words{self.inside()}", "Write each on a line of its own, after a hyphen; quote numbers.")
            return ()
        for index, item in enumerate(value):
            if item in value[:index]:
                self.faults.append(Problem(self.name, value.lines[index], f"'{item}' stands twice in '{key}'", "Take one of the two out."))
        return tuple(value)

    def mapping(self, key: str, label: str, needed: bool = False) -> "Fields | None":
        """The keys under a key; None where there are none."""
        value = self.raw(key, needed)
        if value is None:
            return None
        if not isinstance(value, Lined):
            self.fault(key, f"'{key}' must hold keys{self.inside()}", "Write them under it, indented by two spaces; STYLE.md says which.")
            return None
        return Fields(self.name, value, self.faults, label)

    def mappings(self, key: str, label: str, needed: bool = False) -> "list[Fields]":
        """The list of mappings under a key, each labelled 'result 2' where the label is 'result'."""
        value = self.raw(key, needed)
        if value is None:
            return []
        if not isinstance(value, LinedList):
            self.fault(key, f"'{key}' is not a list{self.inside()}", f"Write each {label} after a hyphen, its keys under it.")
            return []
        made = []
        for index, item in enumerate(value):
            if isinstance(item, Lined):
                made.append(Fields(self.name, item, self.faults, f"{label} {index + 1}"))
            else:
                self.faults.append(
                    Problem(
                        self.name,
                        value.lines[index],
                        f"{label} {index + 1} holds no keys",
                        "Write `key: value` lines after the hyphen; STYLE.md says which.",
                    )
                )
        return made

    def close(self) -> None:
        """After the last field: keys that stood twice, unknown keys, keys out of order."""
        for key, line in self.found.twice:
            self.faults.append(
                Problem(self.name, line, f"the key '{key}' stands twice{self.inside()}", f"Keep one; it stood first on line {self.found.lines[key]}.")
            )
        for key in self.found:
            if key not in self.known:
                near = nearest(key, self.known)
                self.fault(
                    key,
                    f"unknown key '{key}'{self.inside()}",
                    (f"The nearest is '{near}'. " if near else "") + f"Known keys: {', '.join(self.known)}.",
                )
        have = [key for key in self.found if key in self.known]
        order = [key for key in self.known if key in self.found]
        if have != order:
            self.fault(None, f"the keys{self.inside()} are out of order", f"Put them in this order: {', '.join(order)}.")
