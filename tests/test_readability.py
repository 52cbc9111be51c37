"""How hard a page is to read, and what a writer is told when it is too hard."""

from scripts.check_readability import grade, main, sentences
from scripts.pages import ROOT
from tests.conftest import edit, python

HARD = ("Notwithstanding considerable epidemiological uncertainty, interdisciplinary musculoskeletal rehabilitation "
        "demonstrates statistically significant superiority over conventional physiotherapeutic interventions. ") * 3


def test_headings_bullets_and_citations_do_not_count_as_one_sentence():
    assert sentences("In short {#x}\nBack pain eases [@one]. It does.\nStop") == ["In short.", "Back pain eases.", "It does."]


def test_grades():
    assert grade("The cat sat on the mat. It was fat.") < 1
    assert grade(HARD) > 20


def test_a_hard_page_is_told_with_its_longest_sentence(project, capsys):
    edit(project, "docs/conditions/knee.md", "Ask on.", HARD)
    assert main([str(project)]) == 1
    out = capsys.readouterr().out
    assert "docs/conditions/knee.md:20: the page reads at grade" in out and "8 is the ceiling" in out
    assert "Begin with its longest sentence: “Notwithstanding considerable" in out
    assert out.splitlines()[1].split()[2] == "conditions/knee.md:"


def test_the_middle_page_counts_too(project, capsys):
    page = "The doctor examines the affected region and explains treatment options before anything else happens. " * 8
    for name in ("one", "two", "three"):
        edit(project, f"docs/back-pain/{name}.md", "## More", f"## More\n\n{page}")
    assert main([str(project)]) == 1
    assert "docs:1: the middle page reads at grade" in capsys.readouterr().out


def test_a_hard_card_is_told(project, capsys):
    edit(project, "overrides/partials/cards/emergency.html", "you are numb between your legs", HARD)
    assert main([str(project)]) == 1
    assert "overrides/partials/cards/emergency.html:1: the card reads at grade" in capsys.readouterr().out


def test_the_real_pages_can_be_read():
    done = python("scripts/check_readability.py", folder=ROOT)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout[-3000:]
