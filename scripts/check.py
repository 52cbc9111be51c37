"""Guarantees that every page keeps its promises to a patient: the whole guide is read once, rendered once, and every rule runs.

A card that vanished, a source that nobody read or a dead link at night hurts the reader who needs it most.

    python scripts/check.py [FOLDER]
    python scripts/check.py --grades
"""

import argparse
import sys
from pathlib import Path

from scripts.check_pillar_links import check_pillars
from scripts.extensions.render import render
from scripts.guide.files import ROOT
from scripts.guide.length import target
from scripts.guide.readability import rows
from scripts.guide.rules import every_fault
from scripts.guide.site import Site, load_site
from scripts.terminal import amount, tell


def counts(site: Site) -> str:
    """What was looked at, so that a check of nothing cannot pass unseen."""
    links = sum(len(page.view.links) for page in site.pages)
    found = {"page": len(site.pages), "source": len(site.sources), "link": links, "caution": len(site.cautions.problems)}
    return ", ".join(amount(count, what) for what, count in found.items())


def print_grades(site: Site) -> None:
    """Each text's grade, words and longest sentence, hardest first."""
    print("grade shown  aim  text, and its longest sentence")
    for row in sorted(rows(site), key=lambda row: -row.grade):
        page = site.page(row.name)
        shown, aim = (page.view.length, target(page)) if page else (row.words, "")
        print(f"{row.grade:5} {shown:5} {aim:>4}  {row.name}: {len(row.longest.split())} words: {row.longest}")


def check(root: Path) -> int:
    """Read, render and check the project in a folder, and say what is wrong; 0 fine, 1 faults."""
    site = render(load_site(root))
    return tell([*every_fault(site), *check_pillars(site)], counts(site))


def main(argv: list[str]) -> int:
    """Check the project (or the one in the folder named); 0 fine, 1 faults, 2 misuse."""
    parser = argparse.ArgumentParser(prog="check.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT, help="a project with a docs folder; this one if left out")
    parser.add_argument("--grades", action="store_true", help="print how hard each text is to read, and check nothing")
    options = parser.parse_args(argv)
    if not (options.folder / "docs").is_dir():
        parser.error(f"{options.folder} has no docs folder")
    if options.grades:
        print_grades(render(load_site(options.folder.resolve())))
        return 0
    return check(options.folder.resolve())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
