"""How hard a page is to read, and what a writer is told when it is too hard."""

import pytest

from scripts.guide.readability import grade, rows, sentences, syllables
from tests.conftest import edit, faults, python, rendered

KNEE = "docs/conditions/knee.md"
HARD = (
    "Notwithstanding considerable epidemiological uncertainty, interdisciplinary musculoskeletal rehabilitation "
    "demonstrates statistically significant superiority over conventional physiotherapeutic interventions. "
) * 3


def test_headings_bullets_and_citations_do_not_count_as_one_sentence():
    assert sentences("In short\nBack pain eases [@one]. It does.\nStop") == ("In short.", "Back pain eases.", "It does.")


def test_grades():
    assert grade("The cat sat on the mat. It was fat.") < 1
    assert grade(HARD) > 20
    assert grade("") == 0
    # 10 words, 1 sentence, 12 syllables: 0.39 * 10 + 11.8 * 1.2 - 15.59
    assert grade("You can see a doctor or a nurse any day.") == 2.5


@pytest.mark.parametrize(
    "word, count",
    [("pain", 1), ("doctor", 2), ("osteopathic", 5), ("muscle", 2), ("treated", 2), ("didn’t", 2), ("area", 3), ("people", 2), ("sciatica’s", 4), ("46", 2)],
)
def test_syllables_are_counted_as_they_are_spoken(word, count):
    assert syllables(word) == count


def test_a_hard_page_is_told_with_its_longest_sentence(project):
    edit(project, KNEE, "Walk a little.", HARD)
    told = next(fault for fault in faults(project) if fault.startswith(f"{KNEE}:32: conditions/knee.md reads at grade"))
    assert "8 is the ceiling\n    Begin with its longest sentence: “Notwithstanding considerable" in told


def test_the_middle_page_counts_too(project):
    page = "The doctor looks at the area that hurts and explains the treatment options before anything else happens. " * 8
    for path in (project / "docs").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("\n## ", f"\n{page}\n\n## ", 1), encoding="utf-8")
    assert any(fault.startswith("docs:1: the middle page reads at grade") and "6.5 is the aim" in fault for fault in faults(project))


@pytest.mark.parametrize(
    "where, old, told",
    [
        ("data/triage.yml", "Outside the US, call", "data/triage.yml:3: card 911 reads at grade"),
        ("data/cautions.yml", "You can have soft ways.", "data/cautions.yml:1: data/cautions.yml reads at grade"),
    ],
)
def test_data_is_graded_too(project, where, old, told):
    edit(project, where, old, HARD.strip() + " " + old)
    assert any(fault.startswith(told) for fault in faults(project))


def test_what_is_made_or_is_no_prose_does_not_count(project):
    graded = {row.name: row for row in rows(rendered(project))}
    assert not any(word in graded["back-pain/one.md"].longest for word in ("width", "caption", "Numb between"))
    assert graded["data/cautions.yml"].words > 20 and graded["card 911"].type == "card"


def test_grades_is_a_verb_of_its_own_hardest_first(project):
    edit(project, KNEE, "Walk a little.", HARD)
    done = python("scripts/check.py", "--grades", str(project))
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert "conditions/knee.md: " in lines[1] and "words: Notwithstanding" in lines[1]
    assert "problem" not in done.stdout
