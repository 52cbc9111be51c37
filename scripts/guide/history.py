"""When the words of each page last changed, as git knows it."""

import subprocess
from pathlib import Path


def _git(root: Path, *parts: str) -> str:
    """What a git command in the project prints."""
    return subprocess.run(["git", "-C", str(root), *parts], capture_output=True, text=True).stdout


def last_changed(root: Path) -> dict[str, str]:
    """For each file of docs/ (by its path from the project's folder), the day of its last commit, as 2026-11-28; empty where
    there is no git, or only a part of the history.
    """
    try:
        if _git(root, "rev-parse", "--is-shallow-repository").strip() != "false":
            return {}
        log = _git(root, "log", "--format=%cs", "--name-only", "--relative", "--", "docs")
    except OSError:
        return {}
    found: dict[str, str] = {}
    day = ""
    for line in log.splitlines():
        if line.startswith("docs/"):
            found.setdefault(line, day)
        elif line:
            day = line
    return found
