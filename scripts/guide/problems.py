"""How a writer is told what is wrong: `path:line: what`, then how to mend it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One fault: the file (from the project's folder), its line, what is wrong, how to mend it."""

    path: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}\n    {self.remedy}"


def nearest(word: str, known: Iterable[str], none: str = "", alike: float = 0.6) -> str:
    """The known word most like `word`, or `none` where no word is alike (0 to 1): a wrong guess is worse than none."""
    found = difflib.get_close_matches(str(word), sorted(known), n=1, cutoff=alike)
    return found[0] if found else none
