"""When the words of each page last changed, as git knows it, and which files a change touches."""

import subprocess
from pathlib import Path


def _git(root: Path, *parts: str) -> str:
    """What a git command in the project prints."""
    return subprocess.run(["git", "-C", str(root), "-c", "core.quotepath=off", *parts], capture_output=True, text=True).stdout


def last_changed(root: Path) -> dict[str, str]:
    """For each file of docs/ and data/ (by its path from the project's folder), the day of its last commit, as 2026-11-28; empty
    where there is no git, or only a part of the history.
    """
    try:
        if _git(root, "rev-parse", "--is-shallow-repository").strip() != "false":
            return {}
        log = _git(root, "log", "--format=%cs", "--name-only", "--relative", "--", "docs", "data")
    except OSError:
        return {}
    found: dict[str, str] = {}
    day = ""
    for line in log.splitlines():
        if line.startswith(("docs/", "data/")):
            found.setdefault(line, day)
        elif line:
            day = line
    return found


def changed_since(root: Path, base: str) -> list[str]:
    """The files that differ from where this branch left `base`, sorted; a file that has gone stands there too. Empty where git does not know."""
    try:
        return sorted(set(_git(root, "diff", "--name-only", "--relative", "--no-renames", f"{base}...HEAD", "--").splitlines()))
    except OSError:
        return []
