"""Each rule of check_links.py and check_pillar_links.py, broken once, with the whole message a writer then sees."""

import pytest

from scripts import check_links, check_pillar_links
from scripts.project import load_site
from tests.conftest import PAGE, edit, python

ONE = "docs/back-pain/one.md"
TWO = "See [page two](two.md#more)."

LINKS = {
    "nowhere": (TWO, "See [page two](tow.md).",
                f"{ONE}:18: the link tow.md leads nowhere\n    The nearest page is two.md."),
    "nowhere in HTML": (TWO, '<p><a href="tow.md">page two</a></p>',
                        f"{ONE}:18: the link tow.md leads nowhere\n    The nearest page is two.md."),
    "no such anchor": ("two.md#more", "two.md#moar",
                       f"{ONE}:18: back-pain/two.md has no #moar\n    The nearest is #more. It has: #get-help-now-if, "
                       "#in-short, #more, #sources, #what-to-do-next."),
    "no such anchor here": ("two.md#more", "#moar",
                            f"{ONE}:18: back-pain/one.md has no #moar\n    The nearest is #more. It has: #get-help-now-if, "
                            "#in-short, #more, #sources, #what-to-do-next."),
    "missing picture": (TWO, f"{TWO}\n![A spine](spine.svg)",
                        f"{ONE}:19: the link spine.svg leads nowhere\n    The nearest page is index.md."),
    "absolute": ("two.md#more", "/back-pain/two.html",
                 f"{ONE}:18: the link /back-pain/two.html breaks when the site moves\n    Link the file from here, such as "
                 "../safety/index.md."),
    "this machine": ("two.md#more", "http://localhost:8000/x",
                     f"{ONE}:18: the link http://localhost:8000/x works on one machine only\n    Link the page's file, such "
                     "as ../safety/index.md."),
    "vague words": ("[page two]", "[here]",
                    f"{ONE}:18: the link text 'here' does not say where it goes\n    Name the page or the answer, such as "
                    "[side effects and risks](...)."),
    "bare address": (TWO, "<https://example.org/a>",
                     f"{ONE}:18: the link text 'https://example.org/a' does not say where it goes\n    Name the page or the "
                     "answer, such as [side effects and risks](...)."),
    "undefined reference": (TWO, "See [page two][two].",
                            f"{ONE}:18: [page two][two] points to nothing\n    Write [words](file.md), or [@key] for a source."),
    "undefined note": (TWO, "See this[^1].",
                       f"{ONE}:18: [^1] points to nothing\n    Write [words](file.md), or [@key] for a source."),
}

PILLAR = {
    "pillar to spoke": ("docs/back-pain/index.md", "[one](one.md), ", "",
                        "docs/back-pain/index.md:8: the pillar does not link to back-pain/one.md in its text\n    Add a "
                        "sentence with [its subject](one.md)."),
    "spoke to pillar": (ONE, "[the map of back pain](index.md)", "the map",
                        f"{ONE}:7: the page does not link back to its pillar in its text\n    Add a sentence with [the map of "
                        "back pain](index.md)."),
    "siblings": (ONE, TWO, "",
                 f"{ONE}:7: the page links to 1 of its siblings; 2 are needed\n    Link where it helps the reader, for example: "
                 "two.md."),
    "anchor": (ONE, "two.md#more", "two.md#moar",
               f"{ONE}:18: back-pain/two.md has no #moar\n    The nearest is #more. It has: #get-help-now-if, #in-short, #more, "
               "#sources, #what-to-do-next."),
}


def link_faults(root) -> list[str]:
    site = load_site(root)
    return [str(fault) for page in site.pages for fault in check_links.check_page(page, site)]


def pillar_faults(root, capsys, *options) -> tuple[int, str]:
    code = check_pillar_links.main(["--docs", str(root / "docs"), *options])
    return code, capsys.readouterr().out


def test_sound_links(project, capsys):
    assert check_links.main([str(project)]) == 0
    assert capsys.readouterr().out == "links: 6 pages, 16 links, no problems\n"


@pytest.mark.parametrize("name", LINKS)
def test_a_bad_link_is_told_with_its_line_and_remedy(project, name):
    old, new, message = LINKS[name]
    edit(project, ONE, old, new)
    assert message in link_faults(project)


def test_a_page_needs_links_from_two_others(project, capsys):
    edit(project, "docs/index.md", "Or [knees](conditions/knee.md).\n", "")
    assert check_links.main([str(project)]) == 1
    assert ("docs/conditions/knee.md:2: the text of 1 pages links here; 2 are needed\n    Link it where its reader comes from. "
            "Now: back-pain/index.md.") in capsys.readouterr().out


def test_a_caution_has_an_anchor(project):
    edit(project, ONE, TWO, "See [weak bones](../index.md#weak-bones) and [page two](two.md).")
    assert any("has no #weak-bones" in fault for fault in link_faults(project))
    edit(project, "docs/index.md", "See [", "<!-- cautions -->\n\nSee [")
    assert link_faults(project) == []


def test_a_sound_pillar(project, capsys):
    code, out = pillar_faults(project, capsys)
    assert (code, out) == (0, "pillar: back-pain: 3 spokes, 14 links; 6 pages looked at, no problems\n")


@pytest.mark.parametrize("name", PILLAR)
def test_a_broken_pillar_is_told_with_its_line_and_remedy(project, capsys, name):
    where, old, new, message = PILLAR[name]
    edit(project, where, old, new)
    code, out = pillar_faults(project, capsys)
    assert code == 1
    assert message in out


def test_a_page_that_only_the_menu_leads_to(project, capsys):
    edit(project, "docs/index.md", "Or [knees](conditions/knee.md).\n", "")
    edit(project, "docs/back-pain/index.md", "and [the knee page](../conditions/knee.md)", "")
    code, out = pillar_faults(project, capsys)
    assert code == 1
    assert ("docs/conditions/knee.md:2: only the menu leads to this page\n    Link it in the text of a page whose reader would "
            "want it.") in out


def test_a_page_on_back_pain_must_be_near_the_pillar(project, capsys):
    more = PAGE.format(title="Far", more="") + "All about back pain. Go [to the start](index.md).\n"
    (project / "docs/far.md").write_text(more)
    (project / "docs/step.md").write_text(PAGE.format(title="Step", more="") + "Go [far away](far.md).\n")
    edit(project, "docs/index.md", "See [", "[Step](step.md). See [")
    message = ("docs/far.md:2: the page speaks of back pain and is more than 2 clicks from back-pain/index.md\n    Link it from "
               "back-pain/index.md, or from a page that back-pain/index.md links to.")
    code, out = pillar_faults(project, capsys)
    assert code == 1 and message in out
    edit(project, "docs/back-pain/index.md", "Go [", "See [a step](../step.md). Go [")
    assert pillar_faults(project, capsys)[0] == 0


def test_a_table_made_from_front_matter_counts_for_reach_but_not_as_the_pillars_text(project, capsys):
    edit(project, "docs/back-pain/index.md", "and [the knee page](../conditions/knee.md)", "and\n\n<!-- ratings -->\n\n")
    assert pillar_faults(project, capsys)[0] == 0


def test_another_pillar_can_be_named(project, capsys):
    (project / "docs/conditions/index.md").write_text(PAGE.format(title="C", more="type: front\n") + "See [home](../index.md).\n")
    code, out = pillar_faults(project, capsys, "docs/conditions/")
    assert code == 1
    assert "docs/conditions/index.md:8: the pillar does not link to conditions/knee.md in its text" in out


def test_a_folder_without_a_pillar_is_misuse(project, capsys):
    assert check_pillar_links.main(["--docs", str(project / "docs"), "nowhere"]) == 2
    assert "docs/nowhere/index.md is not there" in capsys.readouterr().err


def test_matrix_and_graph(project, capsys, tmp_path):
    drawn = tmp_path / "graph.svg"
    code, out = pillar_faults(project, capsys, "--matrix", "--graph", str(drawn))
    rows = [line.split() for line in out.splitlines()[1:5]]
    assert [row[1:] for row in rows] == [["back-pain/index.md", "·", "x", "x", "x"], ["back-pain/one.md", "x", "·", "x", "x"],
                                        ["back-pain/three.md", "x", "x", "·", "x"], ["back-pain/two.md", "x", "x", "x", "·"]]
    svg = drawn.read_text()
    assert svg.count("<line") == 12 and svg.count("<text") == 4


@pytest.mark.parametrize("script", ["check_links.py", "check_pillar_links.py"])
def test_the_real_pages_are_linked(script):
    done = python(f"scripts/{script}")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.endswith("no problems\n")
