"""The sheet to take along (`<!-- sheet -->`): one page of paper, filled in by finger, key or pen. Its questions are those of the guide."""

import re
import xml.etree.ElementTree as etree

from scripts.extensions.boxes import BOX
from scripts.extensions.context import Here
from scripts.extensions.elements import add
from scripts.guide.citations import CITATION

QUESTIONS = "first-session/questions-to-ask.md"
ASIDE = re.compile(r"\s*\([^()]*\[@[^()]*\)")  # what a question explains in brackets, with its source, stays on its own page
LIMITS = (
    "No quick push (thrust) on my neck",
    "No quick push (thrust) anywhere",
    "I want someone with me in the room",
    "I keep my clothes on, or I get a gown",
    "Ask me before each new technique",
)
CONSENT = (
    "“Please tell me what you want to do and why, what could go wrong, and what else I could do.”",
    "“I say yes to one step at a time. I may say stop at any time.”",
)


def plain(box: str) -> str:
    """A question as it is asked: its line without sign, aside and source."""
    words = box.strip().removeprefix("- ").removeprefix(BOX).strip()
    return CITATION.sub("", ASIDE.sub("", words)).replace(" .", ".").strip()


def questions(at: Here) -> list[str]:
    """The guide's own questions, each as it stands there, without its aside."""
    page = at.site.page(QUESTIONS)
    lines = [line.strip() for line in page.body.split("\n")] if page else []
    return [plain(line) for line in lines if line.startswith(f"- {BOX}")]


def block(parent: etree.Element, kind: str, title: str) -> etree.Element:
    """One numbered part of the sheet."""
    made = add(parent, "fieldset", class_=f"sheet-{kind}")
    add(made, "legend", title)
    return made


def line(parent: etree.Element, words: str, longest: int, rows: int = 1) -> None:
    """A line, or several, to fill in; no longer than what the paper shows."""
    label = add(parent, "label", class_="sheet-line")
    add(label, "span", words)
    if rows == 1:
        add(label, "input", type="text", maxlength=str(longest), autocomplete="off")
    else:
        add(label, "textarea", "", rows=str(rows), maxlength=str(longest), autocomplete="off")


def boxes(parent: etree.Element, words: tuple[str, ...] | list[str]) -> None:
    """Boxes to tick."""
    listed = add(parent, "ul", class_="sheet-boxes")
    for text in words:
        label = add(add(listed, "li"), "label")
        add(label, "input", type="checkbox")
        add(label, "span", text)


def sheet(at: Here, words: str) -> list[etree.Element]:
    """The sheet, with its buttons, which only the script shows."""
    made = etree.Element("form", {"class": "sheet", "autocomplete": "off", "aria-label": "My visit", "data-search-exclude": ""})
    add(made, "p", class_="sheet-note", role="status")
    add(made, "p", "My visit", class_="sheet-title", role="heading", aria_level="3")
    top = add(made, "div", class_="sheet-top")
    line(top, "My name", 40)
    line(top, "Day of the visit", 20)
    goal = block(made, "goal", "1. My goal")
    line(goal, "What I want to do again", 70)
    line(goal, "Where it hurts, and since when", 70)
    have = block(made, "have", "2. What I have and take")
    add(have, "ul", class_="sheet-said")
    line(have, "Illnesses, surgery, falls", 150, 2)
    line(have, "All my medicines, with the dose", 150, 2)
    asks = block(made, "questions", "3. My questions (tick three)")
    boxes(asks, questions(at))
    limits = block(made, "limits", "4. My limits")
    boxes(limits, LIMITS)
    line(limits, "Do not touch", 60)
    consent = block(made, "consent", "5. Words for saying yes or no")
    for text in CONSENT:
        add(consent, "p", text)
    again = block(made, "again", "6. Afterwards")
    line(again, "We look again on", 30)
    line(again, "If I feel worse, I call", 40)
    buttons = add(made, "p", class_="sheet-buttons", hidden="")
    add(buttons, "button", "Print my sheet", type="button", class_="sheet-print").tail = " "
    add(buttons, "button", "Start again", type="reset")
    return [made]
