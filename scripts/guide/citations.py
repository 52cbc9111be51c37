"""How a source is cited: `[@key]`, or `[@one; @two]`."""

import re

CODE = re.compile(r"`[^`]*`")
CITATION = re.compile(r"\[(@[\w:-]+(?:\s*;\s*@[\w:-]+)*)\]")


def citation_keys(text: str) -> list[str]:
    """The keys cited in a text: `[@one; @two]` gives one and two."""
    return [key.strip()[1:] for group in CITATION.findall(text) for key in group.split(";")]


def cited_lines(text: str, first: int) -> list[tuple[str, int]]:
    """Each key cited in a text, but not in `code`, and its line; the text begins on line `first`."""
    return [(key, line) for line, words in enumerate(text.split("\n"), first) if "[@" in words for key in citation_keys(CODE.sub("", words))]
