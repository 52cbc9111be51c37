"""Lists the pages that a branch changes, for whoever reviews it: as Markdown, or with --page as a page to put into the built site.

A reviewer who cannot open the changed pages approves what nobody has seen as a patient sees it. Never fails.

    make changed [BASE=origin/main]
    python scripts/report_changed.py BASE --page
"""

import argparse
import sys
from html import escape
from pathlib import Path

from scripts.guide.files import ROOT
from scripts.guide.history import changed_since
from scripts.guide.site import Site, load_site

MADE_OF = ("data/", "overrides/", "scripts/", "docs/assets/", "mkdocs.yml")
OTHERS = "Changed too, so any page may look different"


def changed(files: list[str], site: Site) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Of the files that differ: address and title of each page that is there, each page that has gone, what else pages are made of."""
    pages = [name.removeprefix("docs/") for name in files if name.startswith("docs/") and name.endswith(".md")]
    there = [(page.address, page.title) for src in pages if (page := site.page(src))]
    return there, [src for src in pages if not site.page(src)], [name for name in files if name.startswith(MADE_OF)]


def as_markdown(there: list[tuple[str, str]], gone: list[str], others: list[str]) -> str:
    """The list for a terminal, or for the summary of a workflow."""
    lines = [f"- {title} (`{address}`)" for address, title in there] + [f"- gone: `{src}`" for src in gone]
    told = [f"## Pages changed: {len(there) + len(gone)}", "", *(lines or ["None."]), ""]
    return "\n".join([*told, *([f"{OTHERS}: " + ", ".join(f"`{name}`" for name in others) + "."] if others else []), ""])


def as_page(there: list[tuple[str, str]], gone: list[str], others: list[str]) -> str:
    """The list as a page at the top of the built site."""
    lines = [f'<li><a href="{escape(address)}">{escape(title)}</a></li>' for address, title in there] + [f"<li>gone: {escape(src)}</li>" for src in gone]
    more = f"<p>{OTHERS}: {escape(', '.join(others))}.</p>\n" if others else ""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<title>Changed pages</title><meta name="robots" content="noindex"></head>\n'
        f"<body><main><h1>Changed pages</h1>\n<ul>\n{chr(10).join(lines) or '<li>None.</li>'}\n</ul>\n{more}"
        '<p><a href="index.html">The first page</a></p></main></body></html>\n'
    )


def main(argv: list[str], root: Path = ROOT) -> int:
    """Print the list; 0 always."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", help="the branch or commit that the change goes into, such as origin/main")
    parser.add_argument("--page", action="store_true", help="as HTML")
    options = parser.parse_args(argv)
    found = changed(changed_since(root, options.base), load_site(root))
    print(as_page(*found) if options.page else as_markdown(*found), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
