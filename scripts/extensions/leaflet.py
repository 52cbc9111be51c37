"""What a leaflet for paper has beside its text, made from data: the clinic's lines (`<!-- clinic -->`), the questions to ask
(`<!-- questions -->`), who should avoid what in one line a problem (`<!-- avoid -->`), the sheet in large type (`<!-- paper-sheet -->`)
and the foot, which every leaflet gets.
"""

import xml.etree.ElementTree as etree

from scripts.extensions.boxes import BOX
from scripts.extensions.context import Here
from scripts.extensions.elements import add, table
from scripts.extensions.visit_sheet import CONSENT, LIMITS, QUESTIONS, block, boxes, line, plain
from scripts.guide.qr import qr_svg

CLINIC = (("Clinic", 60), ("Day phone", 24), ("Night phone", 24))
HOW = "This is a leaflet for paper: print this page, in black and white if you like. You can type the clinic's name and phone numbers first. Nothing is kept."
WORDS = {"avoid": "NO", "ask": "ask", "usually": "gentle"}  # what stands in a narrow cell; the leaflet explains each


def clinic(at: Here, words: str) -> list[etree.Element]:
    """How to print, which paper does not show, and lines for the clinic's name and phone numbers."""
    how = etree.Element("p", {"class": "leaflet-how", "data-search-exclude": ""})
    how.text = HOW
    made = etree.Element("form", {"class": "clinic", "autocomplete": "off", "aria-label": "The clinic", "data-search-exclude": ""})
    for name, longest in CLINIC:
        line(made, name, longest)
    return [how, made]


def questions(at: Here, words: str) -> list[etree.Element]:
    """The guide's own questions, each group under its heading, with a box to tick each."""
    page, made = at.site.page(QUESTIONS), []
    listed = None
    for text in page.body.split("\n") if page else ():
        if text.startswith("### "):
            heading, listed = etree.Element("h2", {"class": "asked"}), None
            heading.text = text.removeprefix("### ").strip()
        elif text.startswith(f"- {BOX}"):
            if listed is None:
                listed = etree.Element("ul", {"class": "leaflet-boxes", "data-search-exclude": ""})
                made += [heading, listed]
            label = add(add(listed, "li", class_="box"), "label")
            add(label, "input", type="checkbox").tail = f" {plain(text)}"
    return made


def avoid(at: Here, words: str) -> list[etree.Element]:
    """One row a health problem, one column a group of techniques, a word in each cell."""
    data = at.site.cautions
    if not data.groups:
        return []
    frame, body = table("who should avoid what", ["Your problem", *(technique.short for technique in data.techniques)], "avoid-list")
    frame.set("data-search-exclude", "")
    for group in data.groups:
        for number, problem in enumerate(group.problems):
            row = add(body, "tr", **({} if number else {"class_": "first-of-group"}))
            label = add(add(row, "th", scope="row"), "label")
            add(label, "input", type="checkbox").tail = problem.short
            for technique in data.techniques:
                word = problem.cells[technique.key].word
                add(row, "td", WORDS[word], class_=word)
    return [frame]


def paper_sheet(at: Here, words: str) -> list[etree.Element]:
    """The sheet for the visit, in large type, with lines for three questions of one's own."""
    made = etree.Element("form", {"class": "paper-sheet", "autocomplete": "off", "aria-label": "My visit", "data-search-exclude": ""})
    top = add(made, "div", class_="sheet-top")
    line(top, "My name", 40)
    line(top, "Day of the visit", 20)
    goal = block(made, "goal", "1. My goal")
    line(goal, "What I want to do again", 60)
    line(goal, "Where it hurts, and since when", 60)
    have = block(made, "have", "2. What I have and take")
    line(have, "Illnesses, surgery, falls", 120, 2)
    line(have, "All my medicines, with the dose", 120, 2)
    asks = block(made, "asks", "3. My three questions")
    for number in "123":
        line(asks, f"Question {number}", 70)
    limits = block(made, "limits", "4. My limits")
    boxes(limits, LIMITS)
    line(limits, "Do not touch", 50)
    consent = block(made, "consent", "5. Words for saying yes or no")
    for text in CONSENT:
        add(consent, "p", text)
    again = block(made, "again", "6. Afterwards")
    line(again, "We look again on", 30)
    line(again, "If I feel worse, I call", 30)
    return [made]


def foot(at: Here) -> etree.Element:
    """Where a leaflet comes from: name, limits, date, who reviewed it, licence, and, where the guide's address is known, address and code."""
    front, home = at.page.front, at.site.home
    made = etree.Element("div", {"class": "leaflet-foot", "role": "group", "aria-label": "About this leaflet", "data-made": "foot", "data-search-exclude": ""})
    told = add(made, "div")
    first = add(told, "p")
    add(first, "strong", f"{at.site.config.get('site_name', '')}.").tail = " "
    add(first, "strong", "This is not medical advice.").tail = " Words: CC BY 4.0."
    if home:
        second = add(told, "p", "The sources, and the newest text: ")
        add(second, "span", home + at.page.address, class_="address").tail = "."
    else:
        second = add(told, "p", "Its sources stand on the page that this leaflet was printed from. Ask the clinic for the address.")
    owners = [page.title for src in front.leaflet_of if (page := at.site.page(src))]
    add(told, "p", f"More on the page{'s' * (len(owners) > 1)} {' and '.join(f'“{title}”' for title in owners[:2])}.")
    if front.reviewed and front.review_due:
        by = front.reviewed_by
        who = f"Reviewed by {by.name}, {by.credentials}." if by else "No clinician has reviewed it."
        add(told, "p", f"Sources checked {front.reviewed.isoformat()}. Do not use after {front.review_due.isoformat()}. {who}")
    if home:
        code = add(made, "div", class_="qr")
        code.append(etree.fromstring(qr_svg(home + at.page.address)))
        code[0].set("aria-hidden", "true")
    return made
