"""Starts a page from its type's template, and says what to do next. Never overwrites a page.

python scripts/new_page.py conditions/neck-pain.md
"""

import re
import sys
from pathlib import Path

from scripts.guide.files import ROOT
from scripts.guide.front_matter import FOLDER_TYPES

USAGE = "usage: make new PAGE=conditions/neck-pain.md (small letters, digits, hyphens, ending in .md)"
NAME = re.compile(r"(docs/)?([a-z0-9-]+/)*[a-z0-9-]+\.md")


def new_page(name: str, root: Path = ROOT) -> tuple[int, str]:
    """Write the page; return the exit code and what to tell the writer."""
    if not NAME.fullmatch(name):
        return 2, USAGE
    src = Path(name.removeprefix("docs/"))
    path = root / "docs" / src
    if path.exists():
        return 1, f"docs/{src} is already there\n    Choose another name, or edit that page."
    folder = src.parts[0] if len(src.parts) > 1 else ""
    template = "front" if src.name == "index.md" else FOLDER_TYPES.get(folder, "explainer")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((ROOT / "templates" / f"{template}.md").read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    return 0, (
        f"docs/{src} is there, from templates/{template}.md\n    Write it, with the day you checked its sources as `reviewed`. Add "
        f"`- {src}` to nav in mkdocs.yml, link it\n    from two pages, then run `make check`. `make serve` shows it while it is still wrong."
    )


def main(argv: list[str]) -> int:
    """Make the page named; 0 done, 1 it is there already, 2 misuse."""
    code, words = new_page(argv[0]) if len(argv) == 1 else (2, USAGE)
    print(words, file=sys.stdout if code == 0 else sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
