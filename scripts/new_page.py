"""Starts a page from its type's template, and says what to do next. Never overwrites a page.

    python scripts/new_page.py conditions/neck-pain.md
"""

import sys
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.check_front_matter import FOLDER_TYPES  # noqa: E402
from scripts.pages import ROOT  # noqa: E402

USAGE = "usage: make new PAGE=conditions/neck-pain.md (small letters, hyphens, ending in .md)"


def new_page(name: str, root: Path = ROOT, today: date | None = None) -> tuple[int, str]:
    """Write the page; return the exit code and what to tell the writer."""
    src = Path(name.removeprefix("docs/"))
    plain = str(src).replace("/", "").replace("-", "").removesuffix(".md")
    if src.suffix != ".md" or not plain.isalnum() or not plain.islower() or src.is_absolute():
        return 2, USAGE
    path = root / "docs" / src
    if path.exists():
        return 1, f"docs/{src} is already there\n    Choose another name, or edit that page."
    folder = src.parts[0] if len(src.parts) > 1 else ""
    template = "front" if src.name == "index.md" else FOLDER_TYPES.get(folder, "explainer")
    text = (root / "templates" / f"{template}.md").read_text(encoding="utf-8")
    today = today or date.today()
    text = text.replace("reviewed: 2026-11-22", f"reviewed: {today}")
    text = text.replace("review_due: 2027-11-22", f"review_due: {today + timedelta(days=365)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return 0, (f"docs/{src} is there, from templates/{template}.md\n    Write it, add `- {src}` to nav in mkdocs.yml, link it "
               "from two pages, then run `make check`.")


def main(argv: list[str]) -> int:
    """Make the page named; 0 done, 1 it is there already, 2 misuse."""
    code, words = new_page(argv[0]) if len(argv) == 1 else (2, USAGE)
    print(words, file=sys.stdout if code == 0 else sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
