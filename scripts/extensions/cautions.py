"""Markdown extension: `<!-- cautions -->` becomes who should not have a technique, from docs/cautions.yml.

On a technique's page, that technique's list; on any other page, the whole table. One source for both, so that no two
pages can disagree about who may be harmed.
"""

import xml.etree.ElementTree as etree

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from scripts.cautions import WORDS, load_cautions, technique_of
from scripts.extensions.markers import replace_markers
from scripts.extensions.page_path import page_of
from scripts.extensions.results import add

TABLE = "safety/who-should-avoid.md"
CAUTIOUS = "Cautious advice; no study found."


def sources(cell: list[str]) -> str:
    """What stands behind a cell: its citations, or a star for cautious advice."""
    return f" [{'; '.join('@' + key for key in cell[1:])}]" if cell[1:] else "\u00a0*"


def whole_table(data: dict) -> list[etree.Element]:
    """One table a group: health problem, then which techniques to avoid, ask about or usually have."""
    made = []
    for group in data["groups"]:
        heading = etree.Element("h3")
        heading.text = group["name"]
        table = etree.Element("table", {"class": "cautions"})
        row = add(add(table, "thead"), "tr")
        for name in ("Health problem", *WORDS.values()):
            add(row, "th", name, scope="col")
        body = add(table, "tbody")
        for problem in group["problems"]:
            row = add(body, "tr", id_=problem["id"])
            about = add(row, "th", scope="row")
            add(about, "strong", problem["problem"]).tail = " "
            add(about, "span", f"{problem['why']} ", class_="why")
            add(about, "span", problem["instead"], class_="instead")
            for word, label in WORDS.items():
                names = [(t["name"], problem[key]) for key, t in data["techniques"].items() if problem[key][0] == word]
                cell = add(row, "td", class_=word if names else "empty", data_label=label)
                items = add(cell, "ul") if names else cell
                for name, found in names:
                    add(items, "li", name + sources(found))
                items.text = None if names else "None"
        made += [heading, table]
    note = etree.Element("p", {"class": "cautious"})
    note.text = f"\\* {CAUTIOUS}"
    return [*made, note]


def technique_list(data: dict, technique: str) -> list[etree.Element]:
    """For one technique: who should avoid it and who should ask first, group by group."""
    made = []
    for word, label in (("avoid", "Avoid it if you have"), ("ask", "Ask a doctor first if you have")):
        heading = etree.Element("h3")
        heading.text = label
        items = etree.Element("dl", {"class": f"caution-list {word}"})
        for group in data["groups"]:
            problems = [p for p in group["problems"] if p[technique][0] == word]
            if not problems:
                continue
            add(items, "dt", group["name"])
            for problem in problems:
                entry = add(items, "dd")
                add(entry, "a", problem["problem"], href=f"../{TABLE}#{problem['id']}").tail = sources(problem[technique])
        made += [heading, items]
    note = etree.Element("p", {"class": "cautious"})
    note.text = f"\\* {CAUTIOUS} Each problem leads to its reason and to what to do instead."
    return [*made, note]


class CautionTables(Treeprocessor):
    """Chooses the list for a technique's page and the table for any other."""

    def run(self, root: etree.Element) -> None:
        page = page_of(self.md)
        if page is None:
            return

        def make(_: str) -> list[etree.Element]:
            data = load_cautions()
            own = technique_of(page, data)
            return technique_list(data, own) if own else whole_table(data)

        replace_markers(self.md, root, "cautions", make)


class Cautions(Extension):
    """Registers the tables before Python-Markdown reads what stands inside a line."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(CautionTables(md), "cautions", 26)


def makeExtension(**options) -> Cautions:
    """What Python-Markdown calls."""
    return Cautions(**options)
