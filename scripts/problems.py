"""How every check tells a writer what is wrong: `path:line: what`, then how to mend it, then one line of counts."""

import difflib
import os
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


def nearest(word: str, known: Iterable[str], none: str = "") -> str:
    """The known word most like `word`, or `none`."""
    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.4)
    return found[0] if found else none


def report(problems: Iterable[Problem], counted: str) -> int:
    """Print all faults, sorted, and `counted` ("64 pages, 512 links"); return the exit code, 0 or 1."""
    found = sorted(set(problems))
    for problem in found:
        print(problem)
        if os.environ.get("GITHUB_ACTIONS"):
            print(f"::error file={problem.path},line={problem.line}::{problem.what}. {problem.remedy}")
    amount = {0: "no problems", 1: "1 problem"}.get(len(found), f"{len(found)} problems")
    print(f"{counted}, {amount}")
    return 1 if found else 0
