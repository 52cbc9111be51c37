"""The whole guide, read once: pages, menu, sources, cautions, signs of danger, the kit for clinics, and what could not be read."""

import os
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from scripts.guide.bibliography import BIBLIOGRAPHY, NOTICED, POOLED, Source, load_sources
from scripts.guide.cautions import CAUTIONS, FOR_ALL, Cautions, load_cautions
from scripts.guide.citations import citation_keys
from scripts.guide.files import ROOT, Lined, load_yaml
from scripts.guide.kit import LINKS, Kit, load_kit
from scripts.guide.pages import Page, read_page
from scripts.guide.problems import Problem
from scripts.guide.results import borrowed, shown_results
from scripts.guide.triage import TRIAGE, Triage, load_triage

CONFIG = "mkdocs.yml"
DATA = (BIBLIOGRAPHY, CAUTIONS, TRIAGE, LINKS, CONFIG)  # what every page may show something of


@dataclass(frozen=True)
class Section:
    """One entry of the menu: its title and its pages; a page at the top is a section of its own."""

    title: str
    pages: tuple[str, ...]


@dataclass
class Site:
    """The project as its checks and its extensions see it."""

    root: Path
    today: date
    pages: list[Page] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    config: Lined = field(default_factory=lambda: Lined(1))
    menu: list[Section] = field(default_factory=list)
    menu_lines: list[tuple[str, int]] = field(default_factory=list)
    cautions: Cautions = field(default_factory=Cautions)
    triage: Triage = field(default_factory=Triage)
    kit: Kit = field(default_factory=Kit)

    @cached_property
    def by_src(self) -> dict[str, Page]:
        """Pages by their path in docs/."""
        return {page.src: page for page in self.pages}

    def page(self, src: str) -> Page | None:
        """The page at a path in docs/, or None."""
        return self.by_src.get(src)

    @property
    def home(self) -> str:
        """Where the site stands, with a slash at its end, as mkdocs.yml (`site_url`) and its environment say it; "" where nobody said."""
        told = self.config.get("site_url")
        if isinstance(told, list):  # !ENV [NAME, default]
            told = os.environ.get(told[0]) or (told[1] if len(told) > 1 else "")
        return f"{str(told).rstrip('/')}/" if told else ""

    @property
    def name(self) -> str:
        """The guide's name, as mkdocs.yml says it."""
        return str(self.config.get("site_name") or "")

    @cached_property
    def moved(self) -> dict[str, Page]:
        """The page that answers now, for each old path in docs/ of a page that moved."""
        return {old: page for page in self.pages for old in page.front.moved_from}

    def cited_keys(self, page: Page) -> list[str]:
        """Every key a page shows: typed, of its charts and their caption, of the cautions it shows."""
        results = shown_results(page, self)
        keys = [key for key, _ in page.citations] + [result.source for result in (*page.front.results, *results)]
        for scale, key in (("100", NOTICED), ("smd", POOLED)):
            keys += [key] * any(result.scale == scale for result in (*page.front.results, *results))
        keys += self.cautions.keys_shown(page.src) if page.has_marker("cautions") else []
        keys += [key for problem in self.cautions.problems for key in citation_keys(problem.text)] if page.has_marker("check") else []
        keys += citation_keys(FOR_ALL) if page.has_marker("check") else []
        return keys + (self.triage.keys if page.has_marker("signs") else [])

    @cached_property
    def cited(self) -> dict[str, list[Page]]:
        """For each source key, the pages that show it."""
        found: dict[str, list[Page]] = {}
        for page in self.pages:
            for key in dict.fromkeys(self.cited_keys(page)):
                found.setdefault(key, []).append(page)
        return found

    def typed_keys(self, page: Page) -> list[tuple[str, int]]:
        """Every key a writer typed into a page, in its text, its results and its markers, with its line."""
        return (
            page.citations
            + [(result.source, result.line) for result in page.front.results if result.source]
            + [(key, line) for _, keys, line in borrowed(page) for key in keys]
        )


def read_menu(items: object, line: int) -> tuple[list[Section], list[tuple[str, int]]]:
    """The sections of `nav`, and each page it lists with its line, in order, twice where it stands twice."""
    sections, lines = [], []

    def walk(item: object, at: int) -> list[str]:
        if isinstance(item, str):
            lines.append((item, at))
            return [item]
        if isinstance(item, dict):
            return [src for key, value in item.items() for src in walk(value, item.lines[key])]
        return [src for index, value in enumerate(item or []) for src in walk(value, item.lines[index])]

    for index, item in enumerate(items if isinstance(items, list) else []):
        title = next(iter(item)) if isinstance(item, dict) and item else ""
        sections.append(Section(title, tuple(walk(item, items.lines[index]))))
    return sections, lines


def load_site(root: Path = ROOT, today: date | None = None) -> Site:
    """Read the project at `root`; what cannot be read becomes a Problem in `faults`. `today` is for tests."""
    site = Site(root, today or date.today())
    for path in sorted((root / "docs").rglob("*.md")):
        page = read_page(path, root, site.today)
        if isinstance(page, Problem):
            site.faults.append(page)
        else:
            site.pages.append(page)
            site.faults += page.faults
    site.sources, faults = load_sources(root)
    site.cautions, more = load_cautions(root)
    site.triage, triage = load_triage(root)
    site.kit, kit = load_kit(root)
    site.config, config = load_yaml(root, CONFIG)
    site.faults += [*faults, *more, *triage, *kit, *config]
    site.menu, site.menu_lines = read_menu(site.config.get("nav"), 1)
    return site
