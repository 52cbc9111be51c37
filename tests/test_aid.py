"""The decision aid: options in equal detail, no figure without a source, scales by key, with no script and on paper."""

import re

import pytest
import yaml
from playwright.sync_api import expect

from scripts.set_up import ROOT
from tests.conftest import edit, faults, shown, words

ADDRESS = "conditions/decide-low-back.html"
SOURCE = ROOT / "docs/conditions/decide-low-back.md"
LINES = ["What it is like:", "With it and without it:", "Harms:", "Visits:", "Cost:", "How sure:"]
OPTIONS = ["Self-care and time", "Exercise", "OMT", "Mind skills", "Medicines", "Injections or surgery"]
RATINGS = ("Good evidence", "Some evidence", "Mixed or uncertain evidence", "Little or no evidence", "Evidence of no benefit")
OURS = (  # numbers that say how to read the page, not what a study found
    "more than 12 weeks",
    "1 person of 100",
    "from 0 (none) to 100",
    "from 12 weeks to 2 years",
    "under 0.2 is very small",
    "November 2026",
)
CITATION = re.compile(r"\[@[^\]]+\]")
SCALE = "- ◯◯◯ Less pain | matters little | matters a lot"


@pytest.fixture(scope="module")
def article(html):
    """The aid as it is built."""
    return html[ADDRESS].css_first("article")


def options(article) -> dict:
    """Each option's heading and the list under it."""
    found = {}
    for heading in article.css("h3"):
        following = heading.next
        while following is not None and following.tag == "-text":
            following = following.next
        if heading.text().strip("¶ \n") in OPTIONS:
            found[heading.text().strip("¶ \n")] = following
    return found


def test_each_option_has_the_same_six_lines_in_the_same_order(article):
    found = options(article)
    assert list(found) == OPTIONS
    for name, lines in found.items():
        assert [words(line.css_first("strong")) for line in lines.css("li")] == LINES, name
        rating = words(lines.css("li")[-1]).removeprefix("How sure: ")
        assert rating.startswith(RATINGS), name
        row = next(row for row in article.css("tbody tr") if words(row.css_first("td")) == name)
        assert rating.startswith(words(row.css("td")[-1]).split(" (")[0]), name


def test_the_pooled_answer_on_omt_stands_in_the_cell_of_its_best_trial(article):
    cell = words(options(article)["OMT"].css("li")[1])
    assert "about the same as a pretend treatment" in cell and "largest US trial" in cell
    boxes = options(article)["OMT"].next.next
    assert boxes.css(".crowds") and "7 trials added up" in words(boxes)


def test_every_figure_of_the_text_has_a_source_in_its_sentence():
    body = SOURCE.read_text(encoding="utf-8").split("\n---\n", 1)[1]
    body = re.sub(r"<!--.*?-->|\]\([^)]*\)", "", body)
    for line in body.splitlines():
        for sentence in re.split(r"(?<=[.?!])\s+", line):
            plain = CITATION.sub("", sentence)
            for known in OURS:
                plain = plain.replace(known, "")
            assert not re.search(r"\d", plain) or CITATION.search(sentence), sentence


def test_every_drawn_figure_comes_from_front_matter(article):
    boxes = iter(article.css(".facts .result"))
    for src, keys in re.findall(r"<!-- facts: (\S+) ([^>]+) -->", SOURCE.read_text(encoding="utf-8")):
        front = yaml.safe_load((ROOT / f"docs/{src}.md").read_text(encoding="utf-8").split("\n---\n")[0].lstrip("-"))
        for result in (one for key in keys.split() for one in front["evidence"]["results"] if one["source"] == key):
            box = next(boxes)
            assert words(box).startswith(result["measure"])
            if result["scale"] == "people":
                labels = [words(label) for label in box.css(".crowds p")]
                assert [label.split(" of 100 ")[0] for label in labels] == [str(result["treated"]), str(result["compared"])]
                assert result["compared_with"] in labels[1]
    assert next(boxes, None) is None


def test_each_scale_has_a_name_and_circles_that_say_what_they_mean(article):
    scales, seen = article.css("li.scale fieldset"), set()
    assert len(scales) == 7 + len(OPTIONS)
    assert [words(scale.css_first("legend")) for scale in scales[7:]] == OPTIONS
    for scale in scales:
        circles = scale.css("label > input[type=radio]")
        assert [circle.attributes["value"] for circle in circles] == ["1", "2", "3", "4", "5"]
        low, high = (words(end) for end in scale.css(".end"))
        said = [circle.attributes["aria-label"] for circle in circles]
        assert said == [f"1: {low}", "2", "3", "4", f"5: {high}"]
        (name,) = {circle.attributes["name"] for circle in circles}
        assert name not in seen
        seen.add(name)


def test_a_scale_keeps_what_stands_inside_its_words(project):
    edit(project, "docs/back-pain/two.md", "## More", f"## More\n\n{SCALE}\n- ◯◯◯ *More* rest | no | yes")
    first, second = shown(project, "back-pain/two.md").css("li.scale")
    assert [words(item.css_first("legend")) for item in (first, second)] == ["Less pain", "More rest"]
    assert second.css_first("legend em") and len(first.css("input")) == 3
    assert not [fault for fault in faults(project) if "◯" in fault or "scale" in fault]


def test_a_scale_without_its_ends_is_told(project):
    edit(project, "docs/back-pain/two.md", "## More", "## More\n\n- ◯◯◯ Less pain | matters little")
    assert any("shows the signs of a scale and no scale" in fault for fault in faults(project))


def test_a_fact_box_names_a_page_and_a_source(project):
    edit(project, "docs/back-pain/two.md", "## More", "## More\n\n<!-- facts: conditions/knee nobody2020 -->")
    assert any("has no result of 'nobody2020'" in fault for fault in faults(project))


def test_a_page_without_a_rating_may_have_results(project):
    results = (
        "evidence:\n  results:\n    - measure: Pain\n      compared_with: rest\n      scale: people\n      treated: 6\n      compared: 4\n      source: one\n"
    )
    edit(project, "docs/back-pain/two.md", "reviewed:", f"{results}reviewed:")
    edit(project, "docs/back-pain/two.md", "## More", "## More\n\n<!-- results -->")
    page = shown(project, "back-pain/two.md")
    assert len(page.css(".result")) == 1 and not page.css("p.rating")
    assert not [fault for fault in faults(project) if "back-pain/two.md" in fault and "evidence" in fault]


@pytest.fixture
def tab(browser, address):
    """The aid in a browser."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address + ADDRESS)
    yield page
    context.close()


def test_a_scale_is_marked_by_key_and_shows_in_the_summary(tab):
    expect(tab.locator(".my-marks")).to_contain_text("You have marked nothing yet")
    tab.locator("li.scale input").first.focus()
    tab.keyboard.press("Space")
    tab.keyboard.press("ArrowRight")
    expect(tab.locator(".my-marks")).to_contain_text("Less pain: 2 of 5 (1 = matters little, 5 = matters a lot)")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.name") == "scale-2"
    tab.locator("li.box label").first.click()
    expect(tab.locator(".my-marks")).to_contain_text("I know the good and the bad of what I lean to.")
    assert tab.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")[2] == ""
    assert not tab.evaluate("Object.values({...localStorage, ...sessionStorage}).some(value => value.includes('Less pain'))")


def test_circles_are_large_and_nothing_is_cut_off(tab):
    sizes = tab.evaluate("[...document.querySelectorAll('.circles label')].map(l => [l.offsetWidth, l.offsetHeight])")
    assert sizes and all(wide >= 44 and high >= 44 for wide, high in sizes)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_whole_page_prints_with_its_marks_and_the_summary_alone_too(tab):
    tab.locator("li.scale label").nth(3).click()
    tab.evaluate("window.print = () => {}")
    tab.emulate_media(media="print")
    expect(tab.locator("li.scale input").nth(3)).to_be_checked()
    expect(tab.locator(".facts").first).to_be_visible()
    expect(tab.locator(".my-marks button")).to_be_hidden()
    assert tab.pdf().startswith(b"%PDF")
    tab.emulate_media(media="screen")
    tab.get_by_role("button", name="Print my summary only").click()
    tab.emulate_media(media="print")
    expect(tab.locator(".my-marks")).to_be_visible()
    expect(tab.locator("#my-summary")).to_be_visible()
    expect(tab.locator(".facts").first).to_be_hidden()
    expect(tab.locator("li.scale").first).to_be_hidden()
    tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(tab.locator(".facts").first).to_be_visible()


def test_it_works_without_a_script(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + ADDRESS)
    page.locator("li.scale label").nth(4).click()
    expect(page.locator("li.scale input").nth(4)).to_be_checked()
    expect(page.locator(".my-marks")).to_have_count(0)
    context.close()


def test_the_script_comes_only_with_a_scale(html):
    for name, page in html.items():
        scripts = [script.attributes["src"] for script in page.css("script[src]")]
        assert any(script.endswith("decide.js") for script in scripts) == bool(page.css("li.scale")), name
