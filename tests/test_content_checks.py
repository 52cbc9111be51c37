"""Each rule of check_content.py, with one page that breaks it and the whole message a writer then sees."""

import pytest

from scripts.check_content import check, main
from scripts.project import load_site
from tests.conftest import edit, python

KNEE, ONE = "docs/conditions/knee.md", "docs/back-pain/one.md"

FAULTS = {
    "missing key": (KNEE, "description: One sentence.\n", "",
                    f"{KNEE}:1: the key 'description' is missing\n    Add `description: ...`; STYLE.md says what it holds."),
    "unknown key": (ONE, "title: Spoke one\n", "title: Spoke one\nauthor: me\n",
                    f"{ONE}:3: unknown key 'author'\n    Known keys: title, description, type, also_called, technique, "
                    "evidence, reviewed, review_due, reviewed_by, pillar."),
    "keys out of order": (ONE, "title: Spoke one\ndescription: One sentence.", "description: One sentence.\ntitle: Spoke one",
                          f"{ONE}:1: the keys are out of order\n    Put them in this order: title, description, "
                          "reviewed, review_due."),
    "unknown rating": (KNEE, "level: Some evidence", "level: Some proof",
                       f"{KNEE}:5: unknown rating 'Some proof'\n    The nearest is 'Some evidence'. The five: Good evidence, "
                       "Some evidence, Mixed or uncertain evidence, Little or no evidence, Evidence of no benefit."),
    "no rating": (KNEE, "evidence:\n  level: Some evidence\n  about: knees\n", "also_called:\n",
                  f"{KNEE}:1: a condition page has no 'evidence'\n    Add `evidence:` with level and about, as in its template."),
    "no date": (ONE, "reviewed: 2026-11-22", "reviewed: 2026-13-45",
                f"{ONE}:4: '2026-13-45' is not a date\n    Write year-month-day, such as 2026-11-22."),
    "due before done": (ONE, "review_due: 2027-11-22", "review_due: 2026-11-22",
                        f"{ONE}:5: the next check is not after the last one\n    Give `review_due` a later day than `reviewed`."),
    "long description": (ONE, "One sentence.", "x" * 161,
                         f"{ONE}:3: the description has 161 characters\n    Cut it to 160 or fewer; search engines cut it anyway."),
    "unknown type": (ONE, "reviewed:", "type: spokes\nreviewed:",
                     f"{ONE}:4: unknown type 'spokes'\n    The nearest is 'spoke'. Known: condition, explainer, front, safety, "
                     "spoke, technique, visit."),
    "also_called no list": (ONE, "reviewed:", "also_called: sore back\nreviewed:",
                            f"{ONE}:4: 'also_called' is not a list of words\n    Write each on a line of its own, after a "
                            "hyphen; quote numbers."),
    "reviewer without conflicts": (ONE, "review_due: 2027-11-22\n",
                                   "review_due: 2027-11-22\nreviewed_by:\n  name: A\n  credentials: DO\n",
                                   f"{ONE}:6: the key 'conflicts' is missing in 'reviewed_by'\n    Add `conflicts: ...`; "
                                   "STYLE.md says what it holds."),
    "unknown scale": (KNEE, "scale: 100", "scale: 99",
                      f"{KNEE}:10: unknown scale '99'\n    Use one of: 100, 24, 10, smd, people."),
    "no number": (KNEE, "people: 40", "people: forty",
                  f"{KNEE}:15: 'forty' is not a number\n    Write `people` as a plain number, such as 4.7."),
    "one arm": (KNEE, "      compared: 4\n", "",
                f"{KNEE}:8: a result needs both groups, or a difference\n    Write `treated` and `compared`, or `difference`, "
                "or all three."),
    "interval": (KNEE, "[-1, 11]", "[6, 11]",
                 f"{KNEE}:14: the interval does not hold the difference\n    Write `interval: [low, high]` round "
                 "`difference`; above 0 is better with the treatment."),
    "unknown citation": (ONE, "[@one]", "[@won]",
                         f"{ONE}:10: no source has the key 'won'\n    The nearest is [@one]."),
    "unknown citation in a result": (KNEE, "source: one", "source: won",
                                     f"{KNEE}:16: no source has the key 'won'\n    The nearest is [@one]."),
    "results of no page": (ONE, "## More", "## More\n\n<!-- results: conditions/hip one -->",
                           f"{ONE}:18: the marker of results names no page\n    Write a page and its sources: "
                           "<!-- results: conditions/neck-pain doe2020 -->."),
    "results of no source": (ONE, "## More", "## More\n\n<!-- results: conditions/knee -->",
                             f"{ONE}:18: the marker of results names no source\n    Write a page and its sources: "
                             "<!-- results: conditions/neck-pain doe2020 -->."),
    "results of another source": (ONE, "## More", "## More\n\n<!-- results: conditions/knee cochrane2020nsaid -->",
                                  f"{ONE}:18: {KNEE} has no result of 'cochrane2020nsaid'\n    Its results are of: one."),
    "no alt text": (ONE, "## More", "## More\n\n![](../assets/favicon.svg)",
                    f"{ONE}:18: the picture ../assets/favicon.svg has no alt text\n    Write what the picture means between "
                    "the brackets: ![what it means](file.svg)."),
    "no alt text in HTML": (ONE, "## More", '## More\n\n<img src="../assets/favicon.svg">',
                            f"{ONE}:18: the picture ../assets/favicon.svg has no alt text\n    Write what the picture means "
                            "between the brackets: ![what it means](file.svg)."),
    "not in the menu": ("mkdocs.yml", "      - back-pain/one.md\n", "",
                        f"{ONE}:1: the page is not in the menu\n    Add `- back-pain/one.md` to nav in mkdocs.yml."),
    "menu to nowhere": ("mkdocs.yml", "      - back-pain/one.md\n", "      - back-pain/one.md\n      - back-pain/none.md\n",
                        "mkdocs.yml:{nav}: the menu lists back-pain/none.md, which is not there\n    The nearest page is "
                        "back-pain/one.md."),
    "duplicate title": (ONE, "title: Spoke one", "title: Map",
                        f"{ONE}:2: the title is also that of docs/back-pain/index.md\n    Give each page a title of its own."),
    "second title": (ONE, "## In short", "# Hello\n\n## In short",
                     f"{ONE}:8: '# Hello' is a second title\n    Begin at ##; the title comes from the front matter."),
    "missing heading": (KNEE, "## What else helps\n", "",
                        f"{KNEE}:36: the heading '## What else helps' is missing or out of order\n    A condition page has, in "
                        "this order: In short · Get help now if · What OMT may do · What the research says · What else helps "
                        "· Who should be careful · What to ask."),
    "heading of its own": (KNEE, "## What else helps", "## My views\n\n## What else helps",
                           f"{KNEE}:35: '## My views' is not a heading of a condition page\n    Make it ### under one of: In "
                           "short · Get help now if · What OMT may do · What the research says · What else helps · Who should "
                           "be careful · What to ask."),
    "missing card": (KNEE, "<!-- card: emergency -->", "Call someone.",
                     f"{KNEE}:20: the marker <!-- card: emergency --> is missing\n    Put it on a line of its own, as in "
                     "templates/condition.md."),
    "missing results": (KNEE, "<!-- results -->", "Results.",
                        f"{KNEE}:20: the marker <!-- results --> is missing\n    Put it on a line of its own, as in "
                        "templates/condition.md."),
    "broken front matter": (ONE, "description: One sentence.", "description: One: sentence.",
                            f"{ONE}:3: the YAML cannot be read: mapping values are not allowed here\n    Put quotation marks "
                            'round a text that holds ": " or "#", and indent with spaces.'),
    "no front matter": (ONE, "---\ntitle", "title",
                        f"{ONE}:1: the page has no front matter\n    Begin with the --- block of its template in templates/."),
    "no text": ("docs/index.md", "See [the map of back pain](back-pain/index.md).\nOr [knees](conditions/knee.md).\n", "",
                "docs/index.md:8: the page has no text\n    Write it, or delete the file."),
    "broken bibliography": ("docs/references.bib", "title = {One study},", "title = {One study,",
                            "docs/references.bib:9: the bibliography cannot be read: '}' expected\n    Look for a "
                            "missing comma or brace in this entry or in the one before it."),
    "uncited source": ("docs/references.bib", "@article{one,", "@book{idle,\n  title = {X}\n}\n@article{one,",
                       "docs/references.bib:1: nobody cites 'idle'\n    Cite it as [@idle], or take the entry out."),
    "source on hold": ("docs/references.bib", "  year = {2020},", "  hold = {authors not seen},",
                       "docs/references.bib:1: 'one' may not be printed yet: authors not seen\n    Complete the entry from the "
                       "source itself, or cite a better one."),
    "source without a note": ("docs/references.bib", ",\n  note = {We read the abstract.}\n}\n@article{c", "\n}\n@article{c",
                              "docs/references.bib:1: 'one' may not be printed yet: it has no note\n    Complete the entry from "
                              "the source itself, or cite a better one."),
    "unknown caution": ("docs/cautions.yml", "[avoid, one]", "[aviod, one]",
                        "docs/cautions.yml:10: 'aviod' is not one of avoid, ask, usually\n    The nearest is avoid."),
    "caution without a technique": ("docs/cautions.yml", "        thrust: [avoid, one]\n", "",
                                    "docs/cautions.yml:6: 'weak-bones' has no 'thrust'\n    Write `thrust:` under it."),
    "unknown citation in a caution": ("docs/cautions.yml", "[avoid, one]", "[avoid, won]",
                                      "docs/cautions.yml:10: no source has the key 'won'\n    The nearest is one."),
}


def faults(root) -> list[str]:
    """What a writer would be told."""
    return [str(problem) for problem in check(load_site(root))]


def test_a_sound_project_has_no_fault(project, capsys):
    assert main([str(project)]) == 0
    assert capsys.readouterr().out == "content: 6 pages, 2 sources, no problems\n"


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_line_and_remedy(project, name):
    where, old, new, message = FAULTS[name]
    edit(project, where, old, new)
    config = (project / "mkdocs.yml").read_text().splitlines()
    nav = next((n for n, line in enumerate(config, 1) if "none.md" in line), 0)
    assert message.replace("{nav}", str(nav)) in faults(project)


def test_a_page_that_is_not_utf8(project):
    (project / ONE).write_bytes(b"---\ntitle: \xff\n---\n")
    assert faults(project)[0] == (f"{ONE}:2: a character is not UTF-8\n    "
                                  "Save the file as UTF-8 and type that character again.")


def test_an_empty_page(project):
    (project / ONE).write_text("\n")
    assert faults(project)[0] == (f"{ONE}:1: the page is empty\n    Write it, or delete it; "
                                  "`make new` starts a page from a template.")


def test_all_faults_come_in_one_run_with_annotations_in_ci(project, monkeypatch, capsys):
    edit(project, ONE, "[@one]", "[@won]")
    edit(project, KNEE, "people: 40", "people: forty")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert main([str(project)]) == 1
    out = capsys.readouterr().out
    assert f"::error file={ONE},line=10::no source has the key 'won'. The nearest is [@one]." in out
    assert out.endswith("content: 6 pages, 2 sources, 2 problems\n")


def test_a_broken_bibliography_is_one_fault_not_one_for_each_citation(project):
    edit(project, "docs/references.bib", "title = {One study},", "title = {One study,")
    assert len(faults(project)) == 1


def test_misuse_is_told_apart(capsys):
    assert main(["no-such-folder"]) == 2


def test_the_real_pages_keep_their_contract():
    done = python("scripts/check_content.py")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.endswith("no problems\n")
