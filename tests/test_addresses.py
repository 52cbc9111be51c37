"""An address that was ever published goes on working: a page that moved, an anchor that goes, a heading that is renamed."""

from urllib.parse import urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts.finish_site import finish, main
from scripts.guide.addresses import new_addresses, redirect
from scripts.guide.site import load_site
from tests.conftest import SMALL, TODAY, build, edit, faults, python, rendered, words

ONE, TWO, KNEE = "docs/back-pain/one.md", "docs/back-pain/two.md", "docs/conditions/knee.md"


def move(root, old: str, new: str) -> None:
    """Rename a page, in docs/, in the menu and in every link of the small project."""
    (root / "docs" / new).parent.mkdir(exist_ok=True)
    (root / "docs" / old).rename(root / "docs" / new)
    here, there = old.split("/")[-1], new.split("/")[-1]
    for path in [*(root / "docs").rglob("*.md"), root / "mkdocs.yml", root / "data/questions.yml"]:
        path.write_text(path.read_text(encoding="utf-8").replace(here, there), encoding="utf-8")


def test_a_page_that_was_renamed_is_told_with_the_line_to_add(project):
    move(project, "back-pain/one.md", "back-pain/first.md")
    new = "docs/back-pain/first.md"
    told = f"{new}:1: back-pain/one.html has been published and is gone\n    Add to the front matter of {new}: `moved_from: [back-pain/one.md]`."
    assert told in faults(project)
    edit(project, new, "review_due: 2027-11-22\n", "review_due: 2027-11-22\nmoved_from: [back-pain/one.md]\n")
    assert faults(project) == []


def test_a_link_to_a_page_that_moved_is_told_where_it_is_now(project):
    move(project, "conditions/knee.md", "conditions/knees.md")
    edit(project, "docs/conditions/knees.md", "review_due: 2027-11-22\n", "review_due: 2027-11-22\nmoved_from: [conditions/knee.md]\n")
    edit(project, "docs/index.md", "conditions/knees.md", "conditions/knee.md")
    edit(project, "mkdocs.yml", "conditions/knees.md", "conditions/knee.md")
    found = faults(project)
    assert "docs/index.md:10: the link conditions/knee.md leads nowhere\n    The page has moved: write conditions/knees.md." in found
    assert any(fault.endswith("the menu lists conditions/knee.md, which is not there\n    Write conditions/knees.md there.") for fault in found)


def test_the_old_address_leads_on_without_script_from_a_sub_path_and_from_disk(buildable, tmp_path):
    move(buildable, "conditions/knee.md", "conditions/knees.md")
    edit(buildable, "docs/conditions/knees.md", "review_due: 2027-11-22\n", "review_due: 2027-11-22\nmoved_from: [old/deep/knee.md, knee.md]\n")
    site = build(buildable, tmp_path / "site")
    for old in ("old/deep/knee.html", "knee.html"):
        page = LexborHTMLParser((site / old).read_text(encoding="utf-8"))
        link = page.css_first("main a").attributes["href"]
        for home in ("https://clinic.example/guide/", "file:///home/me/site/"):
            assert urljoin(home + old, link) == home + "conditions/knees.html"
        assert page.css_first("meta[http-equiv=refresh]").attributes["content"] == f"0; url={link}"
        assert page.css_first("link[rel=canonical]").attributes["href"] == link
        assert page.css_first("meta[name=robots]").attributes["content"] == "noindex"
        assert (words(page.css_first("h1")), words(page.css_first("main a"))) == ("This page has moved", "Knee pain")
        assert not page.css("script") and page.css_first("html").attributes["lang"] == "en"


def test_a_title_in_a_page_that_leads_on_is_text(project):
    edit(project, KNEE, "title: Knee pain", "title: 'Knees & <b>hips</b>'")
    page = rendered(project).page("conditions/knee.md")
    tree = LexborHTMLParser(redirect(page, "knee.md", page.title))
    assert words(tree.css_first("main a")) == words(tree.css_first("title")) == "Knees & <b>hips</b>"


@pytest.mark.parametrize("heading", ["## And more { #more }", "<!-- was: more -->\n\n## And more"])
def test_a_heading_may_be_renamed_when_its_anchor_stays(project, heading):
    edit(project, ONE, "## More", "## And more")
    told = f"{ONE}:16: the address back-pain/one.html#more has been published and is gone"
    assert told in [fault.split("\n")[0] for fault in faults(project)]
    edit(project, ONE, "## And more", heading)
    assert faults(project) == []


def test_the_verb_keeps_what_is_new_and_never_takes_a_line_out(buildable):
    (buildable / "data/addresses.txt").write_text("# Banner\nold/page.html\nback-pain/one.html\n")
    done = python("scripts/update_addresses.py", folder=buildable)
    assert done.returncode == 0 and "in all" in done.stdout
    lines = (buildable / "data/addresses.txt").read_text().splitlines()
    assert {"old/page.html", "back-pain/one.html", "back-pain/one.html#more", "safety/who-should-avoid.html#weak-bones"} <= set(lines)
    assert "back-pain/warning-signs.html#sign-chest" in lines and lines[1:] == sorted(set(lines[1:]))
    assert not any("source-" in line or "card-" in line for line in lines)
    assert new_addresses(rendered(buildable)) == []


def test_finishing_twice_changes_nothing_and_a_wrong_folder_is_misuse(buildable, tmp_path, capsys):
    site = build(buildable, tmp_path / "site")
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    finish(site, load_site(buildable, TODAY))
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    assert main([str(SMALL)]) == 2 and "usage" in capsys.readouterr().err
