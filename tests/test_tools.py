"""The check to tick and the sheet for the visit, in a real browser: what they say is held against data/, and nothing leaves the tab."""

import json
import random
import re

import pytest
from playwright.sync_api import expect

from scripts.set_up import ROOT
from tests.conftest import edit, faults, rendered
from tests.test_browser import AXE, SIZES, opened, violations

SITE = rendered(ROOT)
DATA = SITE.cautions
BY_ID = {problem.id: problem for problem in DATA.problems}
CHECK, SHEET = "safety/check.html", "first-session/my-visit.html"
RANK = ("usually", "ask", "avoid")
PICK = random.Random(20261128)
COMBINATIONS = [PICK.sample(sorted(BY_ID), PICK.randint(2, 8)) for _ in range(200)]
TICK = """ids => { for (const id of ids) { const box = document.querySelector(`.check-form input[value="${id}"]`); if (!box.checked) box.click(); } }"""
SIGNS = "items => items.map(item => [item.dataset.sign, item.textContent, item.closest('.card').className])"
TEXTS = "items => items.forEach(item => { item.value = 'words '.repeat(40).slice(0, item.maxLength); })"
SHOWN = """() => Object.fromEntries([...document.querySelectorAll('[data-word]:not([hidden]) > ul > li')].map(item =>
    [item.querySelector('strong').textContent, [item.closest('[data-word]').dataset.word, [...item.querySelectorAll('li')].map(l => l.textContent)]]))"""


def expected(ids: list[str]) -> dict[str, tuple]:
    """For each technique the strictest word of some problems and, for each problem that has it, whether a source stands behind it."""
    made = {}
    for technique in DATA.techniques:
        cells = {key: BY_ID[key].cells[technique.key] for key in BY_ID if key in ids}
        word = max((cell.word for cell in cells.values()), key=RANK.index)
        made[technique.name] = (word, [(key, bool(cell.sources)) for key, cell in cells.items() if cell.word == word])
    return made


@pytest.fixture(scope="module")
def tab(browser, address):
    """One tab on the check, for many questions."""
    with opened(browser, address) as page:
        page.goto(address + CHECK)
        yield page


@pytest.fixture
def check(browser, address):
    """A fresh phone on the check."""
    with opened(browser, address, "phone", has_touch=True) as page:
        page.goto(address + CHECK)
        yield page
        assert page.bad == []


# What is reckoned ----------------------------------------------------------------------------------------------------


def test_the_strictest_word_wins(tab):
    ask = "words => checkLogic.strictest(words)"
    assert [tab.evaluate(ask, words) for words in ([], ["usually"], ["usually", "ask"], ["ask", "avoid", "usually"])] == ["", "usually", "ask", "avoid"]
    assert tab.evaluate(ask, ["usually", "aviod"]) == "avoid"


@pytest.mark.parametrize("ids", [pytest.param([[key] for key in BY_ID], id="each"), pytest.param(COMBINATIONS, id="combinations")])
def test_the_answer_is_that_of_the_data(tab, ids):
    ask = "ids => ids.map(one => checkLogic.answer(JSON.parse(document.getElementById('check-data').textContent), one))"
    for ticked, found in zip(ids, tab.evaluate(ask, ids), strict=True):
        assert {t["name"]: (t["word"], [(r["id"], r["sourced"]) for r in t["reasons"]]) for t in found["techniques"]} == expected(ticked), ticked
        in_order = [BY_ID[key] for key in BY_ID if key in ticked]
        assert found["say"] == [problem.say for problem in in_order]
        assert found["signs"] == list(dict.fromkeys(sign for problem in in_order for sign in problem.signs))


@pytest.mark.parametrize("other, state, word", [({}, "nothing", None), ({"none": True}, "none", None), ({"unsure": True}, "unsure", "ask")])
def test_without_a_problem_no_technique_is_called_fine(tab, other, state, word):
    found = tab.evaluate("other => checkLogic.answer(JSON.parse(document.getElementById('check-data').textContent), [], other)", other)
    assert found["state"] == state
    assert {technique["word"] for technique in found["techniques"]} == ({word} if word else set())


# What is shown -------------------------------------------------------------------------------------------------------


def test_every_problem_can_be_ticked_and_shows_its_answer_reasons_and_signs(browser, address):
    with opened(browser, address) as page:
        page.goto(address + CHECK)
        for key, problem in BY_ID.items():
            page.evaluate("document.querySelector('.check-form').reset()")
            page.wait_for_function("!document.querySelector('.check-form input:checked')")
            page.evaluate(TICK, [key])
            stands = {True: f"{problem.say} (a source)", False: f"{problem.say} (our own caution)"}
            assert page.evaluate(SHOWN) == {name: [word, [stands[sourced] for _, sourced in why]] for name, (word, why) in expected([key]).items()}
            assert page.locator(".check-tick:has(:checked)").text_content() == problem.tick
            signs = page.locator(".check-first li:not([hidden])").evaluate_all(SIGNS)
            known = {sign.id: [sign.id, sign.words, f"card card-{sign.level}"] for sign in SITE.triage.signs}
            assert sorted(signs) == sorted(known[sign] for sign in problem.signs)
            about = page.locator(".check-one p").text_content()
            for text in (problem.can, problem.why, problem.instead, problem.grave):
                assert re.sub(r"\s*\[@[^\]]+\]", "", text)[:30] in about
        assert page.bad == []


def test_the_words_for_no_tick_none_and_not_sure_promise_nothing(check):
    for boxes, words in (([], "Nothing is ticked yet"), (["none"], "It is no promise"), (["unsure"], "Count it as a yes")):
        check.evaluate(TICK, boxes)
        shown = check.locator("[data-state]:not([hidden])")
        expect(shown).to_contain_text(words)
        assert not re.search(r"\bsafe\b", check.locator(".check-answer").inner_text())
        expect(check.locator(".check-answer .alarm[data-search-exclude]")).to_be_visible()
        check.locator(".check-again").click()
        expect(shown).to_contain_text("Nothing is ticked yet")


@pytest.mark.parametrize("problem", ["cauda-equina", "stroke-signs", "belly-emergency"])
def test_an_emergency_reads_as_an_order(check, problem):
    check.evaluate(TICK, [problem])
    expect(check.locator(".check-said")).to_have_text("You ticked an emergency sign. Read the card now.")
    expect(check.locator("[data-state=emergency]")).to_contain_text("Call the clinic off")
    expect(check.locator(".check-first .card:not([hidden])").first).to_be_visible()
    expect(check.locator(".check-say")).to_contain_text("I need to be checked now.")
    check.locator(".check-again").click()
    expect(check.locator("[data-state=emergency]")).to_be_hidden()


CASES = [  # from a stranger's cases: what was ticked, what a careful clinician would want avoided, and words that must be there
    (["blood-thinners"], ["Thrust (quick push)"], ["hit your head", "blood thinner"]),
    (["antiplatelets", "blood-thinners"], ["Thrust (quick push)"], ["hit your head"]),
    (["weak-bones"], ["Thrust (quick push)", "Lymphatic (gentle pumping) and rib raising"], ["break"]),
    (
        ["loose-joints", "whiplash"],
        ["Thrust (quick push)", "Muscle energy (you push) and articulatory (slow joint moves)"],
        ["your neck was hurt in the last month", "dizzy"],
    ),
    (["inflammatory-arthritis", "steroids"], ["Thrust (quick push)"], []),
    (["spinal-fusion", "recent-surgery", "device"], ["Thrust (quick push)", "Muscle energy (you push) and articulatory (slow joint moves)"], ["surgeon"]),
    (["cancer-bone"], ["Thrust (quick push)", "Muscle energy (you push) and articulatory (slow joint moves)"], ["cancer"]),
    (["babies"], ["Thrust (quick push)"], []),
]


@pytest.mark.parametrize("ticked, avoid, said", CASES)
def test_a_strangers_case_gets_the_answer_of_a_careful_clinician(check, ticked, avoid, said):
    check.evaluate(TICK, ticked)
    listed = check.locator("[data-word=avoid] > ul > li > strong").all_inner_texts()
    assert set(avoid) <= set(listed)
    text = check.locator(".check-answer").inner_text()
    assert [words for words in said if words.casefold() not in text.casefold()] == []


@pytest.mark.parametrize("typed", ["blood thinners", "eliquis", "fosamax", "prednisolone", "eds", "stent", "metastas", "concussion", "newborn", "clots"])
def test_the_box_finds_what_people_call_it(check, typed):
    check.locator("#check-find").fill(typed)
    expect(check.locator(".check-found")).to_have_text(re.compile(r"^\d+ found"))


def test_the_answer_is_one_tap_away_and_told_aloud(check):
    check.evaluate(TICK, ["weak-bones", "heart-kidney"])
    bar = check.locator(".check-said")
    assert bar.get_attribute("role") == "status"
    expect(bar).to_have_text("2 ticked: 4 to avoid, 4 to ask about. Check the signs first.")
    check.get_by_role("button", name="See the answer").click()
    expect(check.locator(".check-answer")).to_be_focused()
    box = check.locator("#check-answer").bounding_box()
    assert 40 <= box["y"] < SIZES["phone"]["height"] / 2


def test_the_filter_knows_medicines_and_never_says_that_a_missing_word_is_fine(check):
    find, seen = check.get_by_label("Find an illness or a medicine"), check.locator(".check-tick:visible")
    for typed, words in (("eliquis", "blood thinner"), ("osteoporosis", "bones"), ("PLAVIX", "aspirin"), ("pneumothorax", "collapsed lung")):
        find.fill(typed)
        expect(seen.filter(has_text=words).first).to_be_visible()
    find.fill("xyzzy")
    expect(check.locator(".check-found")).to_contain_text("does not mean that it suits you")
    find.fill("")
    expect(check.locator(".check-group:not([hidden])")).to_have_count(len(DATA.groups))


def test_keys_alone_tick_and_read(check):
    check.get_by_label("Find an illness or a medicine").focus()
    check.keyboard.type("warfarin")
    for _ in range(8):
        check.keyboard.press("Tab")
        if check.evaluate("document.activeElement.value") == "blood-thinners":
            break
    check.keyboard.press("Space")
    expect(check.locator(".check-said")).to_contain_text("1 ticked")


def test_nothing_is_kept_sent_or_put_into_the_address(check, address):
    check.evaluate(TICK, ["clots"])
    check.locator(".check-list .cite a").first.click()
    assert check.url == address + CHECK
    assert check.evaluate("[Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]") == [[], [], ""]
    check.locator(".check-sheet").click()
    check.wait_for_url(address + SHEET)
    expect(check.locator(".sheet-said li")).to_have_text([BY_ID["clots"].say])
    assert check.evaluate("Object.keys(sessionStorage)") == ["guide-visit"]
    check.get_by_role("button", name="Start again").click()
    expect(check.locator(".sheet-said li")).to_have_count(0)
    assert check.evaluate("[sessionStorage.length, localStorage.length]") == [0, 0]


def test_start_again_in_the_check_clears_what_the_tab_kept(check, address):
    check.evaluate(TICK, ["clots"])
    check.locator(".check-sheet").click()
    check.wait_for_url(address + SHEET)
    check.goto(address + CHECK)
    expect(check.locator("input[value=clots]")).to_be_checked()
    check.locator(".check-again").click()
    expect(check.locator(".check-form input:checked")).to_have_count(0)
    assert check.evaluate("sessionStorage.length") == 0


BLOCK = "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"


def test_both_work_where_storage_is_blocked(browser, address):
    with opened(browser, address) as page:
        page.add_init_script(BLOCK)
        page.goto(address + CHECK)
        page.evaluate(TICK, ["clots"])
        page.locator(".check-sheet").click()
        page.wait_for_url(address + SHEET)
        expect(page.locator(".sheet-note")).to_contain_text("by hand")
        page.locator(".sheet input[type=text]").first.fill("Ann")
        page.get_by_role("button", name="Start again").click()
        expect(page.locator(".sheet input[type=text]").first).to_have_value("")


def test_what_a_stranger_puts_into_storage_stays_text(check, address):
    bad = json.dumps({"ids": ["x"], "lines": ["<img src=x onerror=alert(1)>", 5, None]})
    check.evaluate("text => sessionStorage.setItem('guide-visit', text)", bad)
    check.goto(address + SHEET)
    expect(check.locator(".sheet-said li")).to_have_text(["<img src=x onerror=alert(1)>"])
    assert check.locator(".sheet-said img").count() == 0


# Every way to read it ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [CHECK, SHEET])
@pytest.mark.parametrize("options", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}], ids=["light", "dark", "forced"])
def test_the_tools_are_accessible_and_fit_320_pixels(browser, address, path, options):
    with opened(browser, address, "phone", **options) as page:
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('.check-group').forEach(fold => fold.open = true)")
        page.evaluate(TICK, list(BY_ID) if path == CHECK else [])
        page.evaluate(AXE)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.bad == []


def test_the_answer_stands_beside_the_list_where_there_is_room(browser, address):
    with opened(browser, address) as page:
        page.goto(address + CHECK)
        page.evaluate(TICK, ["clots", "fever", "device"])
        page.locator(".check").scroll_into_view_if_needed()
        left, right = page.locator(".check-form").bounding_box(), page.locator(".check-answer").bounding_box()
        assert right["x"] >= left["x"] + left["width"] and left["width"] > 380
        assert violations(page) == []


@pytest.mark.parametrize("size, letters", [("desktop", 100), ("phone", 100), ("phone", 200)])
def test_a_box_that_has_the_focus_is_never_under_the_bar(browser, address, size, letters):
    with opened(browser, address, size) as page:
        page.goto(address + CHECK)
        page.evaluate(f"document.documentElement.style.setProperty('font-size', '{letters * 1.25}%', 'important')")
        page.locator("#check-find").focus()
        met = 0
        while "check-see" not in page.evaluate("document.activeElement.className") and met < 40:
            page.keyboard.press("Tab")
            met += 1
            seen = page.evaluate("""() => {
              const at = document.activeElement, box = at.getBoundingClientRect();
              const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
              return [at.outerHTML.slice(0, 120), !!over && (at.contains(over) || over.contains(at))]; }""")
            assert seen[1], seen[0]
        assert met > 5


def test_without_script_every_problem_has_its_answer(browser, address):
    with opened(browser, address, "phone", java_script_enabled=False) as page:
        page.goto(address + CHECK)
        expect(page.locator(".check-form")).to_be_hidden()
        expect(page.locator(".check-answer")).to_be_hidden()
        assert page.locator(".check-problem").count() == len(BY_ID)
        page.locator(".check-folds > details > summary").first.click()
        page.locator(".check-problem summary").first.click()
        expect(page.locator(".check-problem .can").first).to_be_visible()
        page.goto(address + SHEET)
        expect(page.locator(".sheet .sheet-boxes input").first).to_be_visible()
        expect(page.locator(".sheet-buttons")).to_be_hidden()


def test_the_folds_say_what_the_data_says(browser, address):
    with opened(browser, address, java_script_enabled=False) as page:
        page.goto(address + CHECK)
        for key, problem in BY_ID.items():
            shown = page.locator(f".check-problem[data-problem='{key}'] > ul > li").all_text_contents()
            cells = [(technique.name, problem.cells[technique.key]) for technique in DATA.techniques]
            for word, label in (("avoid", "Avoid"), ("ask", "Ask first"), ("usually", "Usually fine if gentle")):
                names = [name + ("" if cell.sources else "\u00a0*") for name, cell in cells if cell.word == word]
                assert (f"{label}: {'; '.join(names)}." in shown) == bool(names), (key, shown)


def test_both_work_from_a_folder_on_disk(browser, built):
    page = browser.new_page()
    page.goto(f"file://{built}/{CHECK}")
    page.evaluate(TICK, ["clots"])
    page.locator(".check-sheet").click()
    expect(page.locator(".sheet")).to_be_visible()
    page.close()


@pytest.mark.parametrize("path", [CHECK, SHEET])
def test_the_tools_break_no_policy(browser, strict, path):
    with opened(browser, strict) as page:
        page.goto(strict + path)
        page.evaluate(TICK, ["clots"] if path == CHECK else [])
        assert page.bad == []
        assert page.locator("article [style], article [onclick]").count() == 0


def test_the_answer_prints_without_the_list(browser, address):
    with opened(browser, address) as page:
        page.goto(address + CHECK)
        page.evaluate(TICK, ["clots"])
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        assert page.locator(".check-say").is_visible() and page.locator(".check-first").is_visible()
        assert not page.locator(".check-form").is_visible() and not page.locator(".check-folds").is_visible()


@pytest.mark.parametrize("paper", ["Letter", "A4"])
@pytest.mark.parametrize("full", ["by hand", "a few", "everything"])
def test_the_sheet_prints_on_one_page(browser, address, paper, full):
    with opened(browser, address) as page:
        page.goto(address + SHEET)
        if full != "by hand":
            lines = [problem.say for problem in DATA.problems][: 5 if full == "a few" else None]
            page.evaluate("lines => sessionStorage.setItem('guide-visit', JSON.stringify({ ids: [], lines }))", lines)
            page.reload()
            for box in page.locator(".sheet input[type=checkbox]").all()[: 3 if full == "a few" else None]:
                box.check()
            page.locator(".sheet :is(input[type=text], textarea)").evaluate_all(TEXTS)
        made = page.pdf(format=paper, margin=dict.fromkeys(("top", "bottom", "left", "right"), "12mm"))
        assert len(re.findall(rb"/Type\s*/Page\b", made)) == 1


def test_the_questions_are_those_of_the_guide(browser, address):
    with opened(browser, address) as page:
        page.goto(address + "first-session/questions-to-ask.html")
        there = [re.sub(r"\s+", " ", text).strip() for text in page.locator("li.box label").all_text_contents()]
        page.goto(address + SHEET)
        here = page.locator(".sheet-questions label span").all_text_contents()
        assert len(here) == len(there) > 10
        assert all(long.startswith(short) for long, short in zip(there, here, strict=True))


# What a writer is told -----------------------------------------------------------------------------------------------


def test_a_problem_needs_words_to_say_and_signs_that_are_there(project):
    edit(project, "data/cautions.yml", "        say: My bones are weak.\n", "")
    assert any(fault.startswith("data/cautions.yml:8: the key 'say' is missing in 'weak-bones'\n    Add `say: ...`") for fault in faults(project))


def test_a_problem_names_only_signs_that_are_there(project):
    edit(project, "data/cautions.yml", "        say: My bones are weak.\n", "        say: My bones are weak.\n        signs: [sadle]\n")
    assert any("there is no sign 'sadle', which 'weak-bones' names" in fault for fault in faults(project))


def test_a_tool_that_is_none_is_told(project):
    edit(project, "docs/back-pain/one.md", "reviewed:", "tools: chek\nreviewed:")
    assert any("unknown tool 'chek'" in fault and "The nearest is 'check'" in fault for fault in faults(project))
