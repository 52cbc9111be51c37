"""The check to tick (`<!-- check -->`), made from data/cautions.yml and data/triage.yml.

Three parts: a form and an answer that the script shows (docs/assets/check.js), and the same list as folds, which is all that a
reader without script sees. Each sentence stands in the folds once; the script copies it from there. So no text can differ.
"""

import json
import xml.etree.ElementTree as etree
from dataclasses import replace

from markdown.util import AtomicString

from scripts.extensions import cards
from scripts.extensions.cautions import TABLE, explain
from scripts.extensions.context import Here
from scripts.extensions.elements import add
from scripts.guide.cautions import FOR_ALL, WORDS, Cautions
from scripts.guide.triage import LEVELS

SHEET = "first-session/my-visit.md"
MEANS = {  # what each word means, as on the page with the table
    "avoid": "Not on or near that part. If the problem affects your whole body, nowhere.",
    "ask": "Ask a doctor before you have it. It may have to be changed or left out.",
    "usually": "We found no reason to rule it out, which is no promise. Tell the DO all the same.",
}
STATES = {  # what the answer says where nothing on the list was ticked
    "nothing": "Nothing is ticked yet, so there is no answer. An empty list does not mean that OMT suits you.",
    "none": "“None of these” means only this: we know no reason on our list to leave a technique out. It is no promise. "
    "No list names every illness, and most of this one rests on what experts think is likely. "
    f"Tell the DO all your illnesses and medicines, and say if something changes. {FOR_ALL}",
    "unsure": "Not sure? Count it as a yes. Until you know, ask your doctor before any of these techniques. "
    "A pharmacist can tell you what each of your medicines is for.",
}
EMERGENCY = "You ticked what can be an emergency. Do what the card says, now. Call the clinic off: hands-on treatment is not for today."


def part(parent: etree.Element, kind: str, title: str = "", **attributes: str) -> etree.Element:
    """A part of the answer, with its heading: one for whoever listens, and none of the page's own list of headings."""
    box = add(parent, "div", class_=kind, **attributes)
    if title:
        add(box, "p", title, class_="check-title", role="heading", aria_level="4")
    return box


def form(data: Cautions) -> etree.Element:
    """Every health problem with its box, group by group; a box to filter; none of these; not sure; the count."""
    made = etree.Element("form", {"class": "check-form", "hidden": "", "autocomplete": "off", "aria-label": "What you have, had or take"})
    find = add(made, "p", class_="check-find")
    add(find, "label", "Find an illness or a medicine", for_="check-find")
    add(find, "input", type="search", id_="check-find", autocomplete="off", spellcheck="false", placeholder="such as Eliquis, bones, stroke")
    add(made, "p", role="status", class_="check-found")
    for group in data.groups:
        fold = add(made, "details", class_="fold check-group")
        add(add(fold, "summary", f"{group.name} ({len(group.problems)})"), "span", class_="check-number")
        fields = add(fold, "fieldset")
        add(fields, "legend", group.name)
        for problem in group.problems:
            label = add(fields, "label", class_="check-tick", data_words=f"{problem.problem} {problem.find}".strip())
            add(label, "input", type="checkbox", name="problem", value=problem.id)
            add(label, "span", AtomicString(problem.tick))
    others = add(made, "fieldset", class_="check-others")
    add(others, "legend", "Or tick one of these")
    for value, words in (("none", "None of these, or none of the rest"), ("unsure", "I am not sure about one of them")):
        label = add(others, "label", class_="check-tick")
        add(label, "input", type="checkbox", name=value, value=value)
        add(label, "span", words)
    bar = add(made, "div", class_="check-bar")
    add(bar, "p", role="status", class_="check-said")
    add(bar, "button", "See the answer", type="button", class_="check-see")
    add(bar, "button", "Start again", type="reset", class_="check-again")
    return made


def answer(at: Here, data: Cautions) -> etree.Element:
    """The frame of the answer, which the script fills: danger first, then technique by technique, words to say, each problem."""
    made = etree.Element("div", {"class": "check-answer", "hidden": "", "role": "region", "aria-labelledby": "check-answer", "tabindex": "-1"})
    add(made, "p", "What your ticks mean", id_="check-answer", class_="check-title", role="heading", aria_level="3")
    made.extend(cards.one_line(at, ""))
    add(made, "p", EMERGENCY, class_="check-state alarm", data_state="emergency", hidden="")
    first = part(made, "check-first", "Before anything else, check these signs", hidden="")
    for level in LEVELS:
        signs = tuple(s for s in at.site.triage.signs if s.level == level and any(s.id in p.signs for p in data.problems))
        if signs and (frame := at.site.triage.frames.get(level)):
            card = cards.draw(replace(frame, signs=signs), "check", whole=True)
            for item, sign in zip(card.iter("li"), signs, strict=True):
                item.set("data-sign", sign.id)
            first.append(card)
    for state, words in STATES.items():
        add(made, "p", words, class_="check-state", data_state=state)
    for word, label in WORDS.items():
        box = part(made, f"check-word {word}", label, data_word=word, hidden="")
        add(box, "p", MEANS[word], class_="check-means")
        add(box, "ul")
    key = add(made, "p", class_="check-key check-means", hidden="")
    key.text = "“Our own caution”: no study was found, and we chose the careful side. Where it says “a source”, "
    add(key, "a", "the whole table", href=at.link(TABLE)).tail = " names it."
    say = part(made, "check-say", "Words to say", hidden="")
    add(say, "p", "Say it on the phone before you go, and again at the visit. Name your medicine.", class_="check-means")
    add(say, "blockquote")
    each = part(made, "check-each", "Your ticks, one by one", hidden="")
    add(each, "div", class_="check-list")
    go = add(made, "p", class_="check-go", hidden="")
    add(go, "a", "Put this on my visit sheet", href=at.link(SHEET), class_="md-button check-sheet").tail = " "
    add(go, "button", "Print this answer", type="button", class_="check-print")
    kept = "If you put your ticks on the sheet, this tab remembers them until you press “Start again” or close it."
    add(made, "p", kept, class_="check-means check-kept", hidden="")
    return made


def folds(data: Cautions) -> etree.Element:
    """The whole list without script: each problem a fold, with its answer."""
    made = etree.Element("div", {"class": "check-folds"})
    for group in data.groups:
        fold = add(made, "details", class_="fold")
        add(fold, "summary", f"{group.name} ({len(group.problems)})")
        for problem in group.problems:
            one = add(fold, "details", class_="check-problem", data_problem=problem.id)
            add(one, "summary", AtomicString(problem.tick))
            explain(add(one, "p"), problem)
            listed = add(one, "ul")
            for word, label in WORDS.items():
                names = [t.name + ("" if problem.cells[t.key].sources else "\u00a0\\*") for t in data.techniques if problem.cells[t.key].word == word]
                if names:
                    add(add(listed, "li", class_=word), "b", f"{label}:").tail = f" {'; '.join(names)}."
    add(made, "p", "A star (\\*) marks our own caution, where no study was found. Two problems? Follow the stricter answer.", class_="check-means")
    return made


def matrix(data: Cautions) -> dict:
    """What the script reckons with: for each problem a word for each technique, and whether a source stands behind it."""
    return {
        "words": list(WORDS),
        "techniques": [technique.name for technique in data.techniques],
        "problems": [
            {
                "id": problem.id,
                "say": problem.say,
                "signs": problem.signs,
                "cells": [problem.cells[technique.key].word for technique in data.techniques],
                "sourced": [int(bool(problem.cells[technique.key].sources)) for technique in data.techniques],
            }
            for problem in data.problems
        ],
    }


def ticks(at: Here, words: str) -> list[etree.Element]:
    """The whole tool in one frame; nothing where the data could not be read."""
    data = at.site.cautions
    if not data.groups:
        return []
    made = etree.Element("div", {"class": "check", "data-search-exclude": ""})
    made.extend([form(data), answer(at, data), folds(data)])
    told = add(made, "script", type="application/json", id_="check-data")
    told.text = AtomicString(json.dumps(matrix(data), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))
    return [made]
