"""Each rule of check_pillar_links.py, broken once, with the whole message a writer then sees."""

import pytest

from scripts import check_pillar_links
from scripts.check_pillar_links import check_pillars, matrix, spokes_of
from tests.conftest import edit, python, rendered

MAP, ONE, THRUST = "docs/back-pain/index.md", "docs/back-pain/one.md", "docs/techniques/thrust.md"
FRONT = "---\ntitle: {0}\ndescription: About {0}.\ntype: front\nreviewed: 2026-11-22\nreview_due: 2027-11-22\n---\n\n"

BROKEN = {
    "pillar to spoke": (
        MAP,
        "[the first page](one.md), ",
        "",
        f"{MAP}:8: the pillar does not link to back-pain/one.md in its text\n    Add a sentence with [its subject](one.md).",
    ),
    "spoke to pillar": (
        ONE,
        "[the map of back pain](index.md)",
        "the map",
        f"{ONE}:9: the page does not link back to its pillar in its text\n    Add a sentence with [the map of back pain](index.md).",
    ),
    "siblings": (
        ONE,
        "See [the second page](two.md#more).\n",
        "",
        f"{ONE}:9: the page links to 1 of its siblings; 2 are needed\n    Link where it helps the reader, for example: two.md.",
    ),
}


def faults(root) -> list[str]:
    """What check_pillar_links.py and check.py say of a project's pillars."""
    return [str(fault) for fault in check_pillars(rendered(root))]


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pillar_is_told_with_its_line_and_remedy(project, name):
    where, old, new, told = BROKEN[name]
    assert faults(project) == []
    edit(project, where, old, new)
    assert told in faults(project)


def test_a_page_elsewhere_that_names_its_pillar_is_a_spoke(project):
    edit(project, THRUST, "review_due: 2027-11-22\n", "review_due: 2027-11-22\npillar: back-pain\n")
    assert faults(project) == [
        f"{THRUST}:15: the page does not link back to its pillar in its text\n    Add a sentence with [the map of back pain](../back-pain/index.md).",
        f"{THRUST}:15: the page links to 0 of its siblings; 2 are needed\n    Link where it helps the reader, for example: "
        "../back-pain/one.md, ../back-pain/two.md, ../back-pain/warning-signs.md.",
    ]


def test_a_page_on_back_pain_must_be_near_the_pillar(project):
    (project / "docs/far.md").write_text(FRONT.format("Far") + "All about back pain.\n")
    (project / "docs/near.md").write_text(FRONT.format("Near") + "Go [far away](far.md).\n")
    (project / "docs/step.md").write_text(FRONT.format("Step") + "Go [near by](near.md).\n")
    edit(project, "docs/index.md", "See [", "[A step](step.md). See [")
    told = (
        "docs/far.md:2: the page speaks of back pain and is more than 2 clicks from back-pain/index.md\n    Link it from "
        "back-pain/index.md, or from a page that back-pain/index.md links to."
    )
    assert faults(project) == [told]
    edit(project, MAP, "Go [to the start](../index.md).", "Go [to the start](../index.md) or [near by](../near.md).")
    assert faults(project) == []


def test_a_table_made_from_front_matter_counts_for_reach_but_not_as_the_pillars_text(project):
    edit(project, MAP, ", [soft tissue](../techniques/soft.md)", "")
    edit(project, "docs/techniques/soft.md", "Slow.", "Slow, for back pain.")
    edit(project, "docs/index.md", "[soft tissue](techniques/soft.md)", "soft tissue")
    assert faults(project) == []  # the table on evidence/index.md leads to it
    edit(project, MAP, "[all ratings](../evidence/index.md)", "all ratings")
    edit(project, "docs/index.md", "[all ratings](evidence/index.md)", "all ratings")
    assert any("docs/techniques/soft.md:2: the page speaks of back pain" in fault for fault in faults(project))
    edit(project, ONE, "See [the second page]", "<!-- ratings -->\n\nSee [the second page]")
    assert faults(project) == []


def test_matrix(project):
    site = rendered(project)
    pillar = site.page("back-pain/index.md")
    rows = [line.split()[1:] for line in matrix([pillar, *spokes_of(pillar, site)], site).splitlines()[1:]]
    assert rows == [
        ["back-pain/index.md", "·", "x", "x", "x"],
        ["back-pain/one.md", "x", "·", "x", "x"],
        ["back-pain/two.md", "x", "x", "·", "x"],
        ["back-pain/warning-signs.md", "x", "x", "x", "·"],
    ]


def test_it_runs_by_itself_and_says_what_it_looked_at(buildable):
    done = python("scripts/check_pillar_links.py", folder=buildable, GITHUB_ACTIONS="")
    assert (done.returncode, done.stdout, done.stderr) == (0, "back-pain: 3 spokes, 20 links: no problems\n", "")
    edit(buildable, ONE, "two.md#more", "two.md#moar")
    done = python("scripts/check_pillar_links.py", "--matrix", "docs/back-pain/", folder=buildable, GITHUB_ACTIONS="")
    assert done.returncode == 1 and f"{ONE}:18: back-pain/two.md has no #moar" in done.stdout and " 1 back-pain/index.md" in done.stdout
    assert done.stdout.endswith("back-pain: 3 spokes, 20 links: 1 problem\n")


def test_another_pillar_can_be_named(buildable):
    (buildable / "docs/conditions/index.md").write_text(FRONT.format("Conditions") + "See [the start](../index.md).\n")
    done = python("scripts/check_pillar_links.py", "docs/conditions/", folder=buildable)
    assert done.returncode == 1 and "docs/conditions/index.md:8: the pillar does not link to conditions/knee.md in its text" in done.stdout


def test_a_folder_without_a_pillar_is_misuse(capsys):
    with pytest.raises(SystemExit) as stop:
        check_pillar_links.main(["nowhere"])
    assert stop.value.code == 2 and "docs/nowhere/index.md is not there" in capsys.readouterr().err


def test_the_real_pages_are_linked():
    done = python("scripts/check_pillar_links.py", "--matrix", GITHUB_ACTIONS="")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout[-3000:]
    assert done.stdout.endswith(": no problems\n")
