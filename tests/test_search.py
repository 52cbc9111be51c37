"""Search as a patient uses it: typed into a real browser, with no server behind it but a folder of files."""

import csv

import pytest
from playwright.sync_api import expect

from scripts.guide.triage import load_triage
from scripts.set_up import ROOT
from tests.conftest import PREFIX

QUERIES = list(csv.DictReader((ROOT / "tests/search-queries.tsv").open(encoding="utf-8"), delimiter="\t"))
BOX, ITEM = "input.md-search__input", ".md-search-result__item > a"
FIRST_THREE, FIRST = 0.97, 0.80
URGENT = ".search-help .card-911, .search-help .card-er"
DANGER = [
    "cant pee",
    "can't pee",
    "cannot pee and back pain",
    "numb between legs",
    "numb between my legs",
    "cant feel when i wipe",
    "numbness in groin",
    "lost control of bowels",
    "loss of bladder control",
    "wet myself",
    "both legs weak",
    "two legs numb",
    "saddle numbness",
    "cauda equina symptoms",
    "chest pain",
    "back pain with chest pain",
    "cant breathe",
    "trouble breathing",
    "face drooping",
    "slurred speech",
    "worst headache",
    "dizzy after neck adjustment",
    "headache after neck manipulation",
    "passed out after treatment",
    "leaking urine",
    "peeing myself",
    "no feeling in genitals",
    "sudden weakness in one leg",
    "tearing pain in upper back",
    "sudden severe stomach pain",
]
HARMLESS = [
    "numb hand",
    "numb fingers",
    "leg pain",
    "one leg shorter",
    "weak back",
    "chest clap",
    "rib raising",
    "breathing exercises",
    "headache",
    "tension headache",
    "neck crack",
    "bladder training",
    "bowel problems ibs",
    "constipation",
    "what to wear",
    "face massage",
    "jaw pain",
    "feel better",
    "control pain",
    "fall asleep",
    "dizzy",
    "legs",
    "numb",
    "wiping table",
    "cauda equina",
    "pee",
    "both",
    "speech therapist",
    "after a fall",
    "groin strain",
    "tired after osteopath",
    "bottom of spine pain",
    "disc tear",
    "weak leg muscles",
    "stomach pain",
    "belly work",
]
TYPE = """async query => {
  const box = document.querySelector('input.md-search__input'), wait = ms => new Promise(done => setTimeout(done, ms));
  const found = () => [...document.querySelectorAll('.md-search-result__item > a')].map(a => a.pathname + a.hash);
  const type = words => { box.value = words; box.dispatchEvent(new Event('keyup')); box.dispatchEvent(new Event('input')); };
  type(''); for (let i = 0; i < 40 && found().length; i++) await wait(15);
  const start = performance.now(); let last = '', quiet = 0;
  type(query);
  while (quiet < 6 && performance.now() - start < 2000) {
    await wait(15);
    if (found().join() !== last) { last = found().join(); quiet = 0; }
    else if (last) quiet++;
  }
  return found(); }"""


@pytest.fixture(scope="module")
def tab(browser, address):
    """A tab in which search is open and ready."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address + "index.html")
    page.locator(BOX).click()
    page.locator(BOX).fill("pain")
    page.locator(ITEM).first.wait_for(timeout=15_000)
    yield page
    page.close()


def pages_found(tab, query: str) -> list[str]:
    """The pages a query finds, best first."""
    paths = [link.split("#")[0].removeprefix("/").removeprefix(PREFIX).strip("/").removesuffix(".html") for link in tab.evaluate(TYPE, query)]
    return list(dict.fromkeys(paths))


def test_there_are_enough_questions_and_their_pages_exist():
    assert len(QUERIES) >= 150 and len({row["query"] for row in QUERIES}) == len(QUERIES)
    for row in QUERIES:
        for page in row["pages"].split(", "):
            assert (ROOT / "docs" / f"{page}.md").exists(), row


def test_patients_find_the_right_page(tab):
    first, three, missed = 0, 0, []
    for row in QUERIES:
        found = pages_found(tab, row["query"])
        right = row["pages"].split(", ")
        first += bool(found) and found[0] in right
        three += any(page in right for page in found[:3])
        missed += [] if any(page in right for page in found[:3]) else [(row["query"], found[:3])]
    assert three >= FIRST_THREE * len(QUERIES), missed
    assert first >= FIRST * len(QUERIES), (first, len(QUERIES))


@pytest.mark.parametrize("query", DANGER)
def test_a_danger_shows_the_emergency_card_above_the_results(tab, query):
    tab.locator(BOX).fill(query)
    card = tab.locator(URGENT).first
    expect(card).to_be_visible(timeout=500)
    assert card.bounding_box()["y"] < tab.locator(".md-search-result__meta").bounding_box()["y"]


@pytest.mark.parametrize("query", HARMLESS)
def test_its_neighbours_do_not(tab, query):
    tab.locator(BOX).fill(query)
    expect(tab.locator("[role=alert].search-help")).to_be_hidden(timeout=500)


@pytest.mark.parametrize(
    "query, level",
    [("i want to die", "988"), ("suicidal", "988"), ("dizzy after neck adjustment", "clinic"), ("my baby is floppy", "911"), ("fever and a stiff neck", "er")],
)
def test_each_danger_has_its_own_card(tab, query, level):
    tab.locator(BOX).fill(query)
    expect(tab.locator(f"[role=alert].search-help .card-{level}").first).to_be_visible(timeout=500)


def test_each_rule_of_each_sign_brings_up_a_card(tab):
    """The first words of each rule of data/triage.yml, typed one after the other."""
    triage = load_triage(ROOT)[0]
    rules = [" ".join(triage.lay.get(word, (word,))[0] for word in rule) for sign in triage.signs for rule in sign.search]
    missed = tab.evaluate(
        """rules => rules.filter(words => {
          const box = document.querySelector('input.md-search__input');
          box.value = words; box.dispatchEvent(new Event('input'));
          return !document.querySelector('[role=alert].search-help .card'); })""",
        rules,
    )
    assert rules and missed == []


WORDS = ["osteoporosis", "sciatica", "counterstrain", "chiropractor", "migraine", "pregnancy", "insurance", "scoliosis"]


@pytest.mark.parametrize("word", WORDS)
def test_one_slip_of_the_finger_still_finds_the_page(tab, word):
    right = pages_found(tab, word)
    middle = len(word) // 2
    for slip in (
        word[:middle] + word[middle + 1 :],
        word[:middle] + word[middle] + word[middle:],
        word[:middle] + "x" + word[middle + 1 :],
        word[:middle] + word[middle + 1] + word[middle] + word[middle + 2 :],
    ):
        found = pages_found(tab, slip)
        assert set(right[:3]) & set(found[:3]), (slip, found[:3])


SEARCHES = {
    "sciatica": "sciatica-and-herniated-disc",
    "osteoporosis": "who-should-avoid",
    "muscle energy": "muscle-energy",
    "slipped disc": "herniated-disc",
    "what to wear": "prepare",
    "cracking": "hvla-thrust",
    "side effects": "side-effects-and-risks",
    "cauda equina": "warning-signs",
    "mindfulness": "mind-and-body",
    "mri scan": "tests-and-scans",
}


@pytest.mark.parametrize("query", SEARCHES)
def test_search_typed_as_a_reader_types_finds_the_page(tab, query):
    tab.locator(BOX).fill("")
    tab.locator(BOX).press_sequentially(query, delay=20)
    tab.wait_for_timeout(300)
    found = [link.split("/")[-1].removesuffix(".html") for link in tab.eval_on_selector_all(ITEM, "links => links.map(a => a.pathname)")]
    assert SEARCHES[query] in list(dict.fromkeys(found))[:3], found


def test_nothing_found_is_no_dead_end(tab):
    tab.locator(BOX).fill("qzxwv")
    expect(tab.locator(".search-help .doors").last).to_be_visible(timeout=2000)
    expect(tab.locator(".search-help .card-911").last).to_be_visible()
    expect(tab.locator(".search-help .card-911").last).to_contain_text("local emergency number")
    tab.locator(BOX).fill("sciatica")
    expect(tab.locator(".search-help .doors").last).to_be_hidden(timeout=2000)


def test_a_screen_reader_is_told_how_many(tab):
    tab.locator(BOX).fill("sciatica")
    status = tab.locator(".md-search-result__meta[role=status]")
    expect(status).to_contain_text("matching document", timeout=2000)


def test_a_result_shows_its_page_its_section_and_a_line_of_text(tab):
    tab.locator(BOX).fill("chaperone")
    tab.locator(ITEM).first.wait_for()
    first = tab.locator(".md-search-result__item").first
    assert first.locator("h1").count() == 1 and first.locator("h2").count() >= 1
    assert "chaperone" in first.inner_text().lower()


def test_results_are_reached_with_the_keyboard(browser, address):
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(address + "index.html")
    page.get_by_role("button", name="Search", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(400)
    page.keyboard.type("what to wear")
    page.locator(ITEM).first.wait_for(timeout=15_000)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/first-session/*.html")
    page.close()


def test_index_and_worker_are_fetched_when_a_reader_turns_to_search(browser, address):
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + "index.html")
    page.wait_for_timeout(800)
    assert not [url for url in asked if "search_index" in url or "/workers/" in url]
    page.locator(BOX).click()
    page.wait_for_timeout(800)
    assert [url for url in asked if "search_index.json" in url] and [url for url in asked if "/workers/" in url]
    page.close()


def test_search_works_from_a_folder_on_disk(browser, built):
    page = browser.new_page()
    page.goto(f"file://{built}/index.html")
    page.locator(BOX).click()
    page.wait_for_timeout(500)
    page.locator(BOX).press_sequentially("slipped disk", delay=20)
    page.locator(ITEM).first.wait_for(timeout=15_000)
    assert page.locator(ITEM).first.get_attribute("href").startswith("file://")
    page.close()
