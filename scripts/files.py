"""Reads text and YAML files, with the line of each key, and tells a writer what cannot be read."""

from pathlib import Path

import yaml

from scripts.problems import Problem

ROOT = Path(__file__).resolve().parents[1]


class FrontMatterLoader(yaml.SafeLoader):
    """YAML without dates (a date that is no date must not crash) and with MkDocs's !ENV tags read as nothing."""


FrontMatterLoader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if not tag.endswith("timestamp")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
FrontMatterLoader.add_constructor("!ENV", lambda loader, node: None)


def yaml_lines(node, first: int, path: tuple = ()) -> dict:
    """Map each key path of a YAML node, such as ("evidence", "results", 0, "source"), to its line."""
    found = {}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            found[(*path, key.value)] = first + key.start_mark.line
            found |= yaml_lines(value, first, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            found[(*path, index)] = first + value.start_mark.line
            found |= yaml_lines(value, first, (*path, index))
    return found


def read_yaml(text: str, name: str, first: int = 1) -> tuple[dict, dict] | Problem:
    """Read YAML and the line of each key; a Problem if it cannot be read."""
    try:
        return yaml.load(text, FrontMatterLoader) or {}, yaml_lines(yaml.compose(text, FrontMatterLoader), first)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "it is not YAML"
        line = first + (mark.line if mark else 0)
        return Problem(name, line, f"the YAML cannot be read: {what}",
                       'Put quotation marks round a text that holds ": " or "#", and indent with spaces.')


def read_text(path: Path, name: str) -> str | Problem:
    """A file's text; a Problem if it is not UTF-8."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Problem(name, line, "a character is not UTF-8", "Save the file as UTF-8 and type that character again.")
