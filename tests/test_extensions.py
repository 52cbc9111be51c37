"""What the Markdown extensions make of a page: numbered sources, drawn results, cautions, cards, tooltips, framed tables."""

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts.extensions.chart import difference_in_words, draw_all, groups_in_words, text
from scripts.guide.results import Result
from scripts.guide.search import index, sections
from tests.conftest import QUIET, build, edit, python, rendered, said, shown, words

ONE, KNEE, SIGNS = "docs/back-pain/one.md", "docs/conditions/knee.md", "docs/back-pain/warning-signs.md"
RESULT = {"measure": "Pain", "treatment": "OMT", "compared_with": "sham", "scale": "smd", "source": "x", "line": 1, "sound": True}
RESULT |= dict.fromkeys(("treated", "compared", "difference", "interval", "people"))


def result(**values) -> Result:
    """A result with some of its values."""
    return Result(**{**RESULT, **values})


def test_a_source_cited_twice_has_one_number_and_numbers_follow_the_reading_order(project):
    edit(project, ONE, "## More", "## More\n\nA [@two]. B [@one]. Both [@one; @two].")
    page = shown(project, "back-pain/one.md")
    assert [words(note) for note in page.css(".cite")] == ["[1]", "[2]", "[1]", "[1, 2]"]
    assert [item.attributes["id"] for item in page.css("ol.sources > li")] == ["source-one", "source-two"]
    first = page.css_first("ol.sources > li")
    assert words(first) == "One study. Doe J, Roe R. A Journal 2020. We read the abstract."
    assert first.css_first("a").attributes["href"] == "https://doi.org/10.1/one"
    note = page.css_first(".cite a")
    assert note.attributes["href"] == "#source-one"
    assert words(page.css_first("details.fold summary")) == "Every source of this page (2)"


def test_more_than_three_authors_are_the_first_and_others(project):
    items = shown(project, "evidence/index.md").css("ul.sources > li")
    assert words(items[0]).startswith("Another. Van Der Gaag W and others. B Journal 2020.")


def test_a_key_in_code_is_left_alone(project):
    edit(project, ONE, "## More", "## More\n\nWrite `[@one]`.")
    assert words(shown(project, "back-pain/one.md").css_first("code")) == "[@one]"


@pytest.mark.parametrize(
    "where, old, new, told",
    [
        (ONE, "[@one]", "[@doe2019]", f"{ONE}:12: no source has the key 'doe2019'\n    Add the source to data/references.bib."),
        (KNEE, "people: 40", "people: forty", f"{KNEE}:18: 'forty' is not a whole number in result 1"),
        ("data/references.bib", "title = {One study},", "title = {One study,", "data/references.bib:9: the bibliography cannot be read"),
        ("data/cautions.yml", "[avoid, one]", "[aviod, one]", "data/cautions.yml:14: 'aviod' is not one of"),
        (SIGNS, "<!-- signs: baby or child -->", "<!-- signs: babies -->", f"{SIGNS}: <!-- signs: babies --> shows nothing"),
    ],
)
def test_a_fault_stops_a_strict_build_with_its_line_and_without_a_traceback(buildable, where, old, new, told):
    edit(buildable, where, old, new)
    done = python("-m", "mkdocs", "build", folder=buildable, **QUIET)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert told in done.stderr


def test_every_source_of_the_site_names_the_pages_that_cite_it(project):
    items = shown(project, "evidence/index.md").css("ul.sources > li")
    assert [words(item.css_first("a")) for item in items] == ["Another", "One study", "A second text"]
    assert [(a.text(), a.attributes["href"]) for a in items[0].css("p a")] == [("Knee pain", "../conditions/knee.md")]
    assert ("Quick push (thrust)", "../techniques/thrust.md") in [(a.text(), a.attributes["href"]) for a in items[1].css("p a")]


def test_results_show_both_groups_the_difference_its_range_and_the_band(project):
    page = shown(project, "conditions/knee.md")
    figure = page.css(".result")[0]
    assert words(figure.css_first(".result-what")) == "Pain OMT compared with pretend treatment, 40 people[2]"
    assert [words(arm) for arm in figure.css(".arm")] == ["OMT 9", "Pretend treatment 4"]
    assert "Better by 9 points of 100 with OMT and by 4 with pretend treatment." in words(figure)
    assert "No clear difference: 5 points of 100 better. The true number is likely between 1 worse and 11 better." in words(figure)
    drawn = {r.attributes["class"]: (float(r.attributes["x"]), float(r.attributes["width"])) for r in figure.css(".bars--difference rect")}
    assert drawn == {"band": (33.33, 33.33), "bar-treated": (50.0, 8.33), "range": (48.33, 20.0), "zero": (50.0, 0.6)}
    cells = [words(cell) for cell in page.css_first("tbody tr").css("td, th")]
    assert cells == ["Pain, points of 100", "OMT", "pretend treatment", "9 and 4", "5 (−1 to 11)", "40", "[2]"]


def test_people_are_drawn_as_two_crowds_of_100_and_the_treatment_is_named(project):
    figure = shown(project, "conditions/knee.md").css(".result")[1]
    ours, theirs = ({p.attributes["class"]: p.attributes["d"].count("M") for p in crowd.css("path")} for crowd in figure.css(".crowd"))
    assert (ours, theirs) == ({"person-treated": 63, "person-none": 37}, {"person-compared": 46, "person-none": 54})
    assert [words(label) for label in figure.css(".crowds p")] == ["63 of 100 with rest in bed", "45.6 of 100 with no treatment"]
    assert "That is 17.4 more in every 100 with rest in bed." in words(figure) and "OMT" not in words(figure)
    assert "Rest in bed compared with no treatment, 1,200 people" in words(figure)
    assert not figure.css(".bars")


def test_a_page_of_crowds_alone_does_not_explain_bars():
    crowd = result(scale="people", treated=63, compared=45.6)
    captions = ["".join(part.itertext()) for part in draw_all([crowd])[0].find("figcaption")]
    assert len(captions) == 1 and captions[0].startswith("Each small figure is one person of 100.")


def test_a_page_shows_the_results_of_another_and_lists_their_sources(project):
    edit(project, "docs/back-pain/two.md", "## More", "## More\n\n<!-- results: conditions/knee one -->")
    page = shown(project, "back-pain/two.md")
    assert [words(figure) for figure in page.css(".result-what")] == ["Pain OMT compared with pretend treatment, 40 people[2]"]
    assert [item.attributes["id"] for item in page.css("ol.sources > li")] == ["source-cochrane2020nsaid", "source-one"]
    listed = {item.attributes["id"]: [a.text() for a in item.css("p a")] for item in shown(project, "evidence/index.md").css("ul.sources > li")}
    assert "Second page" in listed["source-one"] and listed["source-cochrane2020nsaid"] == ["Second page", "Knee pain"]


def test_a_result_with_a_fault_is_not_drawn(project):
    edit(project, KNEE, "people: 1200", "people: many")
    assert len(shown(project, "conditions/knee.md").css(".result")) == 1


def test_a_picture_links_to_itself_with_alt_text_and_caption(project):
    edit(project, ONE, "Hands on a shoulder.", "One *common* way, x < y [@one].\nIt is slow.")
    edit(project, ONE, "### A pretend", 'And ![Two "hands"](../assets/pictures/hold.svg) here.\n\n### A pretend')
    first, second = shown(project, "back-pain/one.md").css("a.glightbox")
    assert first.attributes["href"] == second.attributes["href"] == "../assets/pictures/hold.svg"
    assert first.attributes["data-alt"] == first.css_first("img").attributes["alt"]
    assert first.css_first("img").attributes["width"] == "16"
    assert first.attributes["data-description"] == "One common way, x < y. It is slow."
    assert second.attributes["data-alt"] == 'Two "hands"'
    assert "data-description" not in second.attributes and words(second.parent) == "And here."


@pytest.mark.parametrize(
    "values, told",
    [
        ({"difference": -0.15}, "Worse with OMT, by a very small amount. We could not read how sure this number is."),
        ({"difference": 0.6, "interval": (0.2, 1)}, "Better with OMT, by a medium amount. The true amount is likely between small and large."),
        ({"difference": -0.6, "interval": (-0.7, -0.55)}, "Worse with OMT, by a medium amount."),
        ({"difference": 0.35, "interval": (-0.1, 0.8)}, "No clear difference: the gain seen is small, and may be chance."),
        ({"difference": -0.1, "interval": (-0.4, 0)}, "No clear difference: the loss seen is very small, and may be chance."),
        ({"difference": 15, "scale": "100", "interval": (4.7, 25.2)}, "Better with OMT: 15 points of 100 better. The true number is likely between 5 and 25."),
        ({"difference": -13, "scale": "people"}, "Worse with OMT: 13 fewer people in every 100. We could not read how sure this number is."),
        (
            {"difference": 13, "scale": "people", "interval": (-2, 28)},
            "No clear difference: 13 more people in every 100. The true number is likely between 2 fewer and 28 more.",
        ),
        ({"difference": 0, "scale": "100"}, "No difference. We could not read how sure this number is."),
        ({"difference": 1, "scale": "10"}, "Better with OMT: 1 point of 10 better. We could not read how sure this number is."),
        ({"difference": 2, "scale": "24", "treatment": "Massage"}, "Better with massage: 2 points of 24 better. We could not read how sure this number is."),
        (
            {"difference": -4, "scale": "100", "interval": (-9, -1)},
            "Worse with OMT, by less than most people would notice: 4 points of 100 worse. The true number is likely between 1 and 9.",
        ),
    ],
)
def test_a_difference_in_words(values, told):
    assert difference_in_words(result(**values)) == told


def test_numbers_in_words():
    assert text(-1234.50) == "−1,234.5"
    assert groups_in_words(result(scale="people", treated=40, compared=50)) == "That is 10 fewer in every 100 with OMT."


def test_of_five_results_two_stand_in_a_fold_and_all_in_the_table():
    (figure,) = draw_all([result(scale="100", difference=number) for number in (1, 2, 3, 4, 41)])
    in_sight, fold, table = figure.findall("div"), *figure.findall("details")
    assert len(in_sight) == 3 and len(fold.findall("div")) == 2 and len(list(table.iter("tr"))) == 6
    assert fold.findtext("summary") == "2 more results"
    assert {span.text for span in figure.iter("span")} >= {"50 worse", "50 better"}


def test_bars_of_one_scale_share_one_axis():
    (figure,) = draw_all([result(scale="100", difference=15), result(scale="100", difference=41)])
    labels = [span.text for span in figure.iter("span") if span.text and ("worse" in span.text or "better" in span.text)]
    assert labels == ["50 worse", "50 better"] * 2


def test_a_techniques_page_lists_its_own_cautions_and_another_page_the_whole_table(project):
    edit(project, "data/cautions.yml", "thrust: [ask]", "thrust: [avoid]")
    edit(project, "data/cautions.yml", "        instead: Ask your doctor.\n", "        instead: Ask your doctor.\n        grave: It may break.\n")
    page = shown(project, "techniques/thrust.md")
    assert [words(item) for item in page.css(".caution-list.avoid > *")] == ["Bones", "Weak bones[1]", "An old break *"]
    assert page.css(".caution-list.ask > *") == []
    assert page.css_first(".caution-list a").attributes["href"] == "../safety/who-should-avoid.md#weak-bones"
    rows = {row.attributes["id"]: row for row in shown(project, "safety/who-should-avoid.md").css("table.cautions tbody tr")}
    assert [words(cell) for cell in rows["weak-bones"].css("td")] == ["Avoid Thrust[2]", "Ask first None", "Usually fine if gentle Soft tissue *"]
    assert words(rows["weak-bones"].css_first("th")) == (
        "Weak bones What can be done: You can have soft ways. Why: Bones may break[1]. Next: Ask for something else."
    )
    assert "Why: It may hurt. It may break." in words(rows["old-break"].css_first("th"))


def test_a_card_holds_the_signs_of_its_level_and_no_link(project):
    edit(project, "data/triage.yml", "    level: er\n    scope: everyone", "    level: today\n    scope: everyone")
    page = shown(project, "back-pain/warning-signs.md")
    cards = {card.attributes["aria-labelledby"]: card for card in page.css(".card")}
    assert list(cards) == ["card-emergency-911", "card-today-today", "card-baby-or-child-911"]
    assert words(cards["card-emergency-911"]) == "Call 911 now if you have chest pain Outside the US, call your local emergency number."
    assert [words(sign) for sign in cards["card-today-today"].css("li")] == ["you are numb between your legs", "you have a fever"]
    assert [words(sign) for sign in cards["card-baby-or-child-911"].css("li")] == ["Your baby is floppy."]
    assert not page.css(".card a")


def test_every_sign_is_listed_with_its_anchor_its_level_and_what_stands_behind_it(project):
    page = shown(project, "back-pain/warning-signs.md")
    listed = {name: [term.attributes["id"] for term in page.css(f"dl.signs-{name} dt")] for name in ("911", "er", "today")}
    assert listed == {"911": ["sign-chest", "sign-floppy"], "er": ["sign-saddle", "sign-sudden-neck"], "today": ["sign-fever"]}
    assert words(page.css("dl.signs-911 dd")[0]) == "Call 911 now. It may mean: a heart attack[1]."
    assert words(page.css("dl.signs-911 dt")[1]) == "Baby or child: Your baby is floppy."
    assert words(page.css("dl.signs-today dd")[0]) == "Get medical advice today. It may mean: an infection[1]. The level is our own cautious choice."


def test_a_rating_and_other_ratings_stand_at_the_top_in_word_and_shape(project):
    first, other = shown(project, "conditions/knee.md").css("p.rating")
    assert words(first) == "Some evidence for knees. How we rate evidence"
    assert words(other) == "Evidence of no benefit for knees, treated by others." and other.css_first("path.pip-cross")
    assert [dot.attributes["class"] for dot in first.css("circle")] == ["pip-on"] * 3 + ["pip-off"]


def test_a_table_of_ratings_is_made_from_the_pages_and_the_menu(project):
    page = shown(project, "evidence/index.md")
    assert [(words(row.css_first("th")), words(row.css_first(".rating-mark"))) for row in page.css("table.ratings tbody tr")] == [
        ("Knee pain", "Some evidence"),
        ("Quick push (thrust)", "Little or no evidence"),
        ("Soft tissue", "Mixed or uncertain evidence"),
    ]
    edit(project, "docs/techniques/soft.md", "Slow.\n", "Slow.\n\n<!-- ratings -->\n")
    own = shown(project, "techniques/soft.md")
    assert words(own.css("table.ratings tbody tr")[0]) == (
        "Quick push (thrust) Who should not have it What the research shows Little or no evidence for thrusts "
        "What you feel a quick push What you do lie still Kind direct"
    )


def test_tables_scroll_in_a_frame_that_a_keyboard_reaches(project):
    edit(project, ONE, "### A pretend", "| a | b |\n|---|--:|\n| 1 | 2 |\n\n| c |\n|---|\n| 3 |\n\n### A pretend")
    frame, second = shown(project, "back-pain/one.md").css(".table-frame")
    assert {key: frame.attributes[key] for key in ("role", "tabindex", "aria-label")} == {"role": "region", "tabindex": "0", "aria-label": "Table: More"}
    assert second.attributes["aria-label"] == "Table: More (2)"
    assert frame.css("th")[1].attributes == {"class": "right"}


def test_the_first_use_of_a_glossary_word_is_a_tooltip(project):
    edit(project, ONE, "Some people had a sham instead.", "A [sham](two.md) is **not** a *sham*, shams do. A DO gave a sham-like sham.")
    terms = shown(project, "back-pain/one.md").css("abbr.term")
    assert [(words(term), term.attributes["title"]) for term in terms] == [("sham", "A pretend treatment."), ("DO", "A doctor.")]
    assert terms[0].parent.tag == "em" and terms[0].attributes["tabindex"] == "0"
    assert not shown(project, "glossary.md").css("abbr")


def test_an_old_anchor_still_answers(project):
    edit(project, ONE, "## More", "<!-- was: old older -->\n\n## More")
    assert {"old", "older"} <= rendered(project).page("back-pain/one.md").view.anchors


def test_other_names_stand_in_sight_on_a_rated_page_and_are_folded_on_another(project):
    edit(project, KNEE, "evidence:", "also_called:\n  - sore knee\nevidence:")
    assert words(shown(project, "conditions/knee.md").css_first("p.rating ~ details.also-called")) == "Other words for this Also called: sore knee."
    assert words(shown(project, "back-pain/one.md").css_first("details.also-called")) == "Other words for this Also called: page number one."


def test_search_knows_other_names_and_no_sources_cards_or_tables(project):
    site = rendered(project)
    known = index(site, {page.address: sections(page.html) for page in site.pages})
    assert [page[0] for page in known["pages"] if page[2] == "page number one"] == ["back-pain/one.html"]
    text = " ".join(part[3] for part in known["parts"])
    assert "A Journal" not in text and "Call 911 now if" not in text and "How we rate evidence" not in text and "[1]" not in text
    parts = {(known["pages"][number][0], anchor or "", heading) for number, anchor, heading, _ in known["parts"]}
    assert ("back-pain/two.html", 1, "More") in parts


def test_search_reads_the_page_as_it_is_built(buildable, tmp_path):
    edit(buildable, ONE, "## More", "/// details | More of it\nIn a fold.\n///\n\n## More")
    site = build(buildable, tmp_path / "site")
    edit(site, "back-pain/one.html", "In a fold", "In this very fold")
    assert python("scripts/finish_site.py", str(site), folder=buildable).returncode == 0
    known = json.loads((site / "assets/search-index.js").read_text(encoding="utf-8").removeprefix("window.guideIndex = ").removesuffix(";\n"))
    number = [page[0] for page in known["pages"]].index("back-pain/one.html")
    text = " ".join(" ".join(part[2:]) for part in known["parts"] if part[0] == number)
    assert "More of it In this very fold." in text
    html = (site / "back-pain/one.html").read_text(encoding="utf-8")
    for told in ("Sources last checked on", "How we check our pages", "Tell us:", "Skip to the page", known["pages"][number][1]):
        assert told in html and told not in text, told


def test_a_reviewer_is_shown_with_conflicts_and_stands_in_the_structured_data(buildable, tmp_path):
    edit(buildable, KNEE, "review_due: 2027-11-22\n", "review_due: 2027-11-22\nreviewed_by:\n  name: Ann Lee\n  credentials: DO\n  conflicts: none\n")
    site = build(buildable, tmp_path / "site")
    page = {name: LexborHTMLParser((site / name).read_text(encoding="utf-8")) for name in ("conditions/knee.html", "back-pain/one.html")}
    review = words(page["conditions/knee.html"].css_first(".review"))
    assert "Reviewed by Ann Lee, DO. Conflicts of interest: none." in review and "No clinician" not in review
    data = {name: json.loads(tree.css_first("script[type='application/ld+json']").text()) for name, tree in page.items()}
    assert data["conditions/knee.html"]["reviewedBy"] == {"@type": "Person", "name": "Ann Lee"}
    assert "No clinician has reviewed this page yet." in words(page["back-pain/one.html"].css_first(".review"))
    assert "reviewedBy" not in data["back-pain/one.html"] and "Reviewed by" not in words(page["back-pain/one.html"])


def test_a_page_that_is_being_written_is_shown_without_strictness(buildable, tmp_path):
    edit(buildable, ONE, "[@one]", "[@doe2019]")
    done = python("-m", "mkdocs", "build", "--no-strict", "--site-dir", str(tmp_path / "site"), folder=buildable, **QUIET)
    assert done.returncode == 0 and "no source has the key 'doe2019'" in said(done)
    assert "[source?]" in (tmp_path / "site/back-pain/one.html").read_text(encoding="utf-8")
