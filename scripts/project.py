"""Everything the checks look at, read once: pages, menu, bibliography, cautions, and what could not be read."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

from scripts.bibliography import Source, load_sources
from scripts.cautions import CAUTIONS
from scripts.files import ROOT, read_text, read_yaml
from scripts.pages import Page, read_page
from scripts.problems import Problem


@dataclass
class Site:
    """The project as its checks see it."""

    root: Path
    pages: list[Page] = field(default_factory=list)
    unreadable: list[Problem] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    nav: dict[str, int] = field(default_factory=dict)
    cautions: dict = field(default_factory=dict)
    caution_lines: dict = field(default_factory=dict)

    def page(self, src: str) -> Page | None:
        """The page at a path in docs/, or None."""
        return next((page for page in self.pages if page.src == src), None)


def nav_pages(items, lines: dict, path: tuple = ("nav",)) -> dict[str, int]:
    """The pages a nav lists, in order, with their lines in mkdocs.yml."""
    if isinstance(items, str):
        return {items: lines.get(path, 1)}
    inside = items.items() if isinstance(items, dict) else enumerate(items or [])
    return {src: line for key, item in inside for src, line in nav_pages(item, lines, (*path, key)).items()}


def load_site(root: Path = ROOT) -> Site:
    """Read the project; what cannot be read becomes a Problem in `unreadable`."""
    site = Site(root)
    for path in sorted((root / "docs").rglob("*.md")):
        page = read_page(path, root)
        (site.pages if isinstance(page, Page) else site.unreadable).append(page)
    sources = load_sources(root)
    if isinstance(sources, Problem):
        site.unreadable.append(sources)
    else:
        site.sources = sources
    for name in ("mkdocs.yml", CAUTIONS):
        text = read_text(root / name, name) if (root / name).exists() else "{}"
        found = text if isinstance(text, Problem) else read_yaml(text, name)
        if isinstance(found, Problem):
            site.unreadable.append(found)
        elif name == CAUTIONS:
            site.cautions, site.caution_lines = found
        else:
            site.nav = nav_pages(found[0].get("nav"), found[1])
    return site


def named_site(argv: list[str], script: str) -> Site | None:
    """The project, or the one in the folder that the command line names; None for misuse, after saying how."""
    if len(argv) > 1 or (argv and not (Path(argv[0]) / "docs").is_dir()):
        print(f"usage: python scripts/{script}.py [FOLDER]", file=sys.stderr)
        return None
    return load_site(Path(argv[0]).resolve() if argv else ROOT)
