"""What the Markdown extensions make of a page: numbered sources, drawn results, cautions, framed tables."""

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts.extensions.results import chart, difference_in_words, text
from tests.conftest import PAGE, edit, python, said

ONE, KNEE = "docs/back-pain/one.md", "docs/conditions/knee.md"


@pytest.fixture
def build(project):
    """Build the small project and parse one of its pages."""

    def run(page: str) -> LexborHTMLParser:
        done = python("-m", "mkdocs", "build", folder=project, NO_MKDOCS_2_WARNING="1")
        assert (done.returncode, said(done)) == (0, "")
        return LexborHTMLParser((project / "site" / page).read_text(encoding="utf-8"))

    return run


@pytest.fixture
def stopped(project):
    """Build the small project, which must stop with a fault and no traceback, and give what it said."""

    def run() -> str:
        done = python("-m", "mkdocs", "build", folder=project, NO_MKDOCS_2_WARNING="1")
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        return done.stderr

    return run


def words(node) -> str:
    return " ".join(node.text().split())


def test_a_source_cited_twice_has_one_number_and_numbers_follow_the_reading_order(project, build):
    edit(project, ONE, "## More", "## More\n\nA [@cochrane2020nsaid]. B [@one]. Both [@one; @cochrane2020nsaid].")
    page = build("back-pain/one.html")
    assert [words(note) for note in page.css("article .cite")] == ["1", "2", "1", "1, 2"]
    assert [item.attributes["id"] for item in page.css("ol.sources > li")] == ["source-one", "source-cochrane2020nsaid"]
    first = page.css_first("ol.sources > li")
    assert words(first) == "One study. Doe J, Roe R. A Journal 2020. We read the abstract."
    assert first.css_first("a").attributes["href"] == "https://doi.org/10.1/one"
    note = page.css_first(".cite a")
    assert (note.attributes["href"], note.attributes["title"]) == ("#source-one", "One study. Doe J, Roe R. A Journal 2020")


def test_a_key_in_code_is_left_alone(project, build):
    edit(project, ONE, "## More", "## More\n\nWrite `[@one]`.")
    assert words(build("back-pain/one.html").css_first("code")) == "[@one]"


def test_an_unknown_key_stops_the_build_with_its_line_and_the_nearest_key(project, stopped):
    edit(project, ONE, "[@one]", "[@won]")
    assert f"{ONE}:10: no source has the key 'won'\n    The nearest is [@one]." in stopped()


def test_a_broken_bibliography_stops_the_build_without_a_traceback(project, stopped):
    edit(project, "docs/references.bib", "title = {One study},", "title = {One study,")
    assert "docs/references.bib:9: the bibliography cannot be read" in stopped()


def test_every_source_of_the_site_names_the_pages_that_cite_it(project, build):
    edit(project, "docs/index.md", "See [", "<!-- sources -->\n\nSee [")
    items = build("index.html").css("ul.sources > li")
    assert [words(item.css_first("a")) for item in items] == ["Another", "One study"]
    assert [(a.text(), a.attributes["href"]) for a in items[1].css("p a")] == [
        ("Spoke one", "back-pain/one.html"), ("Spoke three", "back-pain/three.html"),
        ("Spoke two", "back-pain/two.html"), ("Knee pain", "conditions/knee.html")]


def test_results_show_both_groups_the_difference_its_range_and_the_band(build):
    figure = build("conditions/knee.html").css_first("figure.results")
    assert words(figure.css_first(".result-what")) == "Pain OMT compared with pretend treatment, 40 people2"
    assert [words(arm) for arm in figure.css(".arm")] == ["OMT 9", "Pretend treatment 4"]
    assert "Better by 9 points of 100 with OMT and by 4 with pretend treatment." in words(figure)
    assert ("5 points of 100 better with OMT. The true difference is likely to lie between 1 worse and 11 better. That range "
            "includes no difference at all. A difference under 10 is too small for most people to notice.") in words(figure)
    drawn = {rect.attributes["class"]: (float(rect.attributes["x"]), float(rect.attributes["width"]))
             for rect in figure.css(".bars--difference rect")}
    assert drawn["zero"] == (50.0, 0.6)
    assert drawn["band"] == (33.33, 33.33)
    assert drawn["bar-treated"] == (50.0, 8.33)
    assert drawn["range"] == (48.33, 20.0)
    cells = [words(cell) for cell in figure.css("tbody td, tbody th")]
    assert cells == ["Pain, points of 100", "OMT", "pretend treatment", "9 and 4", "5 (−1 to 11)", "40", "2"]


def test_people_are_drawn_as_two_crowds_of_100(project, build):
    edit(project, KNEE, "scale: 100\n      treated: 9\n      compared: 4\n      difference: 5\n      interval: [-1, 11]",
         "scale: people\n      treated: 63\n      compared: 45.6\n      difference: 17.4")
    figure = build("conditions/knee.html").css_first("figure.results")
    drawn = {path.attributes["class"]: path.attributes["d"].count("M") for path in figure.css(".crowd")[0].css("path")}
    other = {path.attributes["class"]: path.attributes["d"].count("M") for path in figure.css(".crowd")[1].css("path")}
    assert (drawn, other) == ({"person-treated": 63, "person-none": 37}, {"person-compared": 46, "person-none": 54})
    assert [words(label) for label in figure.css(".crowds p")] == ["63 of 100 with OMT", "45.6 of 100 with pretend treatment"]
    assert "That is 17.4 more in every 100 with OMT." in words(figure) and "Each small figure is one person" in words(figure)
    assert not figure.css(".bars") and "the bars" not in words(figure)


def test_a_page_shows_the_results_of_another(project, build):
    edit(project, "docs/index.md", "See [", "<!-- results: conditions/knee one -->\n\n<!-- sources -->\n\nSee [")
    page = build("index.html")
    assert "Better by 9 points of 100 with OMT" in words(page.css_first("figure.results"))
    cited = {item.attributes["id"]: [a.text() for a in item.css("p a")] for item in page.css("ul.sources > li")}
    assert "Home" in cited["source-one"] and cited["source-cochrane2020nsaid"] == ["Knee pain", "Home"]


def test_a_results_marker_that_names_nothing_stops_the_build_without_a_traceback(project, stopped):
    edit(project, "docs/index.md", "See [", "<!-- results: conditions/knee two -->\n\nSee [")
    assert "docs/index.md: <!-- results: conditions/knee two --> names no result" in stopped()


def test_a_fault_in_results_that_another_page_shows_stops_the_build_without_a_traceback(project, stopped):
    edit(project, "docs/index.md", "See [", "<!-- results: conditions/knee one -->\n\nSee [")
    edit(project, KNEE, "      compared_with: pretend treatment\n", "")
    assert f"{KNEE}:8: the key 'compared_with' is missing" in stopped()


def test_a_picture_links_to_itself_with_alt_text_and_caption(project, build):
    (project / "docs/assets/pictures").mkdir()
    (project / "docs/assets/pictures/hold.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    edit(project, ONE, "## More", '## More\n\n![Two "hands"](../assets/pictures/hold.svg){ width="16" }\n/// caption\n'
         "One *common* way, x < y [@one].\nIt is slow.\n///\n\nAnd ![a small one](../assets/pictures/hold.svg) here.")
    page = build("back-pain/one.html")
    first, second = page.css("a.glightbox")
    assert first.attributes["href"] == second.attributes["href"] == "../assets/pictures/hold.svg"
    assert first.attributes["data-alt"] == first.css_first("img").attributes["alt"] == 'Two "hands"'
    assert first.css_first("img").attributes["width"] == "16"
    assert first.attributes["data-description"] == "One common way, x < y. It is slow."
    assert "data-description" not in second.attributes and words(second.parent) == "And here."


def test_a_difference_in_words():
    result = {"measure": "Pain", "compared_with": "sham", "scale": "smd", "difference": -0.15}
    assert difference_in_words(result) == ("0.15 pooled units worse with OMT. We could not read how sure this number is. A "
                                           "difference under 0.2 is very small.")
    assert difference_in_words({**result, "difference": 0.6, "interval": [0.2, 1]}) == (
        "0.6 pooled units better with OMT. The true difference is likely to lie between 0.2 better and 1 better.")
    assert difference_in_words({**result, "scale": "people", "difference": -13}) == (
        "13 fewer people in every 100 did well with OMT. We could not read how sure this number is.")
    assert text(-1234.50) == "−1,234.5"


def test_bars_of_one_scale_share_one_axis():
    result = {"measure": "Pain", "compared_with": "sham", "scale": 100, "difference": 15, "people": 4, "source": "x"}
    figure, = chart([result, {**result, "difference": 41}])
    labels = [span.text for span in figure.iter("span") if span.text and "worse" in span.text]
    assert labels == ["50 worse", "50 worse"]


def test_a_techniques_page_lists_its_own_cautions_and_another_page_the_whole_table(project, build):
    edit(project, "docs/cautions.yml", "pages: [techniques/thrust.md]", "pages: [back-pain/one.md]")
    edit(project, ONE, "## More", "## More\n\n<!-- cautions -->")
    (project / "docs/safety").mkdir()
    (project / "docs/safety/who-should-avoid.md").write_text(PAGE.format(title="Who", more="") + "<!-- cautions -->\n")
    edit(project, "mkdocs.yml", "  - Conditions:", "  - Safety:\n      - safety/who-should-avoid.md\n  - Conditions:")
    edit(project, "docs/cautions.yml", "[avoid, one]", "[avoid]")
    site = build("back-pain/one.html")
    assert words(site.css_first(".caution-list.avoid")) == "Bones Weak bones *"
    assert site.css_first(".caution-list a").attributes["href"] == "../safety/who-should-avoid.html#weak-bones"
    table = LexborHTMLParser((project / "site/safety/who-should-avoid.html").read_text()).css_first("table.cautions")
    assert [words(cell) for cell in table.css("tbody td")] == ["Thrust *", "None", "None"]
    assert words(table.css_first("tr#weak-bones th")) == "Weak bones They break1. Ask."


def test_also_called_stands_under_the_title_and_is_found_by_search(project, build):
    edit(project, KNEE, "evidence:", "also_called:\n  - sore knee\nevidence:")
    edit(project, "docs/index.md", "reviewed:", "also_called:\n  - start\nreviewed:")
    assert words(build("conditions/knee.html").css_first("h1 ~ p.also-called")) == "Also called: sore knee."
    index = json.loads((project / "site/search/search_index.json").read_text())
    entry = next(doc for doc in index["docs"] if doc["location"] == "conditions/knee.html")
    assert words(LexborHTMLParser((project / "site/index.html").read_text()).css_first("details.also-called")) == (
        "Other words for this Also called: start.")
    assert entry["title"] == "Knee pain" and "sore knee" in entry["text"]
    assert not any("A Journal" in doc["text"] for doc in index["docs"])


def test_a_table_scrolls_in_a_named_frame_without_inline_styles(project, build):
    edit(project, ONE, "## More", "## More\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n\nAnd\n\n| c |\n|---|\n| 3 |\n")
    frame, second = build("back-pain/one.html").css(".table-frame")
    assert second.attributes["aria-label"] == "Table: More (2)"
    assert {k: frame.attributes[k] for k in ("role", "tabindex", "aria-label")} == {
        "role": "region", "tabindex": "0", "aria-label": "Table: More"}
    assert frame.css_first("th").attributes == {"class": "right"}


def test_a_fault_in_the_front_matter_stops_the_build_without_a_traceback(project, stopped):
    edit(project, KNEE, "people: 40", "people: forty")
    assert f"{KNEE}:15: 'forty' is not a number" in stopped()


def test_the_first_use_of_a_glossary_word_is_a_tooltip(project, build):
    (project / "docs/glossary.md").write_text(PAGE.format(title="Words", more="type: front\n") + "## Words\n\n### Sham\n\nA "
                                              "[pretend](index.md) treatment [@one].\nMore.\n\n### DO\n\nA doctor.\n")
    edit(project, "mkdocs.yml", "  - Conditions:", "  - Words: glossary.md\n  - Conditions:")
    edit(project, ONE, "## More", "## More\n\n### A sham\n\nA [sham](two.md) is **not** a *sham*, shams do. A DO gave a sham-like sham.")
    terms = build("back-pain/one.html").css("article abbr.term")
    assert [(words(term), term.attributes["title"]) for term in terms] == [("sham", "A pretend treatment."), ("DO", "A doctor.")]
    assert terms[0].parent.tag == "em" and terms[0].attributes["tabindex"] == "0"
    assert not LexborHTMLParser((project / "site/glossary.html").read_text()).css("abbr")
