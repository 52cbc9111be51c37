"""Who should not have a technique (`<!-- cautions -->`), from data/cautions.yml.

On a technique's page, that technique's list; on any other page, the whole table. One source for both, so that no two
pages can disagree about who may be harmed.
"""

import xml.etree.ElementTree as etree

from scripts.extensions.context import Here
from scripts.extensions.elements import add
from scripts.guide.cautions import WORDS, Cautions, Cell, HealthProblem

TABLE, CHECK = "safety/who-should-avoid.md", "safety/check.md"
CAUTIOUS = "Our own cautious advice: no study was found."
KEY = "A number leads to the source. A star (\\*) marks our own cautious advice, where no study was found."


def sources(cell: Cell) -> str:
    """What stands behind a cell: its citations, or a star for cautious advice."""
    return f" [{'; '.join('@' + key for key in cell.sources)}]" if cell.sources else "\u00a0*"


def jump_list(data: Cautions) -> etree.Element:
    """Every health problem by group, each leading to its row."""
    frame = etree.Element("nav", {"class": "jump", "aria-label": "Health problems", "data-search-exclude": ""})
    for group in data.groups:
        fold = add(frame, "details", class_="fold")
        add(fold, "summary", f"{group.name} ({len(group.problems)})")
        problems = add(fold, "ul")
        for problem in group.problems:
            add(add(problems, "li"), "a", problem.problem, href=f"#{problem.id}")
    return frame


def explain(parent: etree.Element, problem: HealthProblem) -> None:
    """What can be done with a health problem, why care is needed, and what comes next."""
    for kind, label, text in (
        ("can", "What can be done:", problem.can),
        ("why", "Why:", f"{problem.why} {problem.grave}".strip()),
        ("instead", "Next:", problem.instead),
    ):
        part = add(parent, "span", class_=kind)
        add(part, "b", label).tail = f" {text} "


def whole_table(data: Cautions) -> list[etree.Element]:
    """A jump list, then a table a group: health problem, what can be done, which techniques to avoid, ask about or usually have."""
    note = etree.Element("p", {"class": "cautious"})
    note.text = KEY
    made = [jump_list(data), note]
    for group in data.groups:
        heading = etree.Element("h3")
        heading.text = group.name
        table = etree.Element("table", {"class": "cautions"})
        row = add(add(table, "thead"), "tr")
        for name in ("Health problem", *WORDS.values()):
            add(row, "th", name, scope="col")
        body = add(table, "tbody")
        for problem in group.problems:
            row = add(body, "tr", id_=problem.id)
            about = add(row, "th", scope="row")
            add(about, "strong", problem.problem).tail = " "
            explain(about, problem)
            for word, label in WORDS.items():
                names = [(t.name, problem.cells[t.key]) for t in data.techniques if problem.cells[t.key].word == word]
                cell = add(row, "td", class_=word if names else "empty")
                add(cell, "span", label, class_="cell-label").tail = " "
                items = add(cell, "ul") if names else None
                for name, found in names:
                    add(items, "li", name + sources(found), class_="sourced" if found.sources else "ours")
                if not names:
                    cell[-1].tail = " None"
        made += [heading, table]
    return made


def technique_list(at: Here, technique: str) -> list[etree.Element]:
    """For one technique: who should avoid it and who should ask first, group by group."""
    made = []
    for word, label in (("avoid", "Avoid it if you have"), ("ask", "Ask a doctor first if you have")):
        heading = etree.Element("h3")
        heading.text = label
        items = etree.Element("dl", {"class": f"caution-list {word}"})
        for group in at.site.cautions.groups:
            problems = [p for p in group.problems if p.cells[technique].word == word]
            if not problems:
                continue
            add(items, "dt", group.name)
            for problem in problems:
                entry = add(items, "dd", class_="sourced" if problem.cells[technique].sources else "ours")
                add(entry, "a", problem.short, href=f"{at.link(TABLE)}#{problem.id}").tail = sources(problem.cells[technique])
        made += [heading, items]
    note = etree.Element("p", {"class": "cautious"})
    note.text = f"\\* {CAUTIOUS} Each problem leads to its reason and to what to do instead."
    if at.site.page(CHECK):
        add(note, "a", "Tick all that you have", href=at.link(CHECK)).tail = " to see them together."
        note.text += " "
    return [*made, note]


def cautions(at: Here, words: str) -> list[etree.Element]:
    """The list of a technique's page, the table on any other; nothing where the data could not be read."""
    data = at.site.cautions
    own = data.technique_of(at.page.src)
    if not data.groups:
        return []
    return technique_list(at, own) if own else whole_table(data)
