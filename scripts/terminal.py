"""How the verbs talk to a writer: every fault, then one line of counts."""

import os
from collections.abc import Iterable

from scripts.guide.problems import Problem


def amount(count: int, what: str, more: str = "") -> str:
    """'1 page', '2 pages'; `more` is the plural where it is not the word with an s."""
    return f"{count} {what if count == 1 else more or what + 's'}"


def tell(faults: Iterable[Problem], counted: str) -> int:
    """Print all faults, then `counted` ("64 pages, 512 links") with their number; return the exit code, 0 or 1."""
    found = sorted(set(faults))
    for fault in found:
        print(fault)
        if os.environ.get("GITHUB_ACTIONS"):
            print(f"::error file={fault.path},line={fault.line}::{fault.what}. {fault.remedy}")
    print(f"{counted}: {amount(len(found), 'problem') if found else 'no problems'}", flush=True)
    return 1 if found else 0
