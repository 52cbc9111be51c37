"""Mistakes that writers make, planted one at a time in the small project: each is told with its file, its line and its remedy."""

import pytest

from scripts import check
from scripts.guide.rules import every_fault
from scripts.guide.site import load_site
from tests.conftest import ROOT, TODAY, edit, faults, python, rendered, shown

ONE, TWO, SIGNS, KNEE = "docs/back-pain/one.md", "docs/back-pain/two.md", "docs/back-pain/warning-signs.md", "docs/conditions/knee.md"
HOLD, CARD = "docs/assets/pictures/hold.svg", "<!-- card: today -->"


def read_table() -> dict[str, tuple[str, str, str, str]]:
    """tests/mistakes.txt: for each mistake the file, the old text, the new text, what is told."""
    found, group = {}, ""
    for block in (ROOT / "tests/mistakes.txt").read_text(encoding="utf-8").split("\n\n"):
        name, *lines = block.strip("\n").split("\n")
        if name.startswith("##### "):
            group = name.removeprefix("##### ")
        if name.startswith("=== "):
            parts = {sign: [line[2:] for line in lines if line[0] == sign] for sign in "-+"}
            old, new = "\n".join(parts["-"]), "\n".join(parts["+"])
            found[f"{group}: {name[4:]}"] = (lines[0], old, new if parts["+"] else None, "\n".join(line[1:] for line in lines if line[0] == ">")[1:])
    return found


MISTAKES = read_table()


def take_out(root, name: str, words: str) -> None:
    """Take words out of a file, and their line where they are a whole one."""
    whole = f"{words}\n" in (root / name).read_text(encoding="utf-8")
    edit(root, name, words + "\n" * whole, "")


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_line_and_remedy(project, name):
    where, old, new, told = MISTAKES[name]
    take_out(project, where, old) if new is None else edit(project, where, old, new)
    found = faults(project)
    assert told in (found if "\n" in told else [fault.split("\n")[0] for fault in found])


def test_the_small_project_is_sound(project):
    assert faults(project) == []


def test_there_are_mistakes_of_every_kind():
    assert len(MISTAKES) >= 150 and len({name.split(":")[0] for name in MISTAKES}) == 10


@pytest.mark.parametrize(
    "where, old, new, told",
    [
        (ONE, "The first of the spokes.", "x" * 161, f"{ONE}:3: the description has 161 characters"),
        (ONE, "### A pretend cure", "You can walk. " * 500, f"{ONE}:9: the page shows 1546 words; 800 are the aim"),
        (HOLD, "</svg>", f"<desc>{'x' * 9000}</desc></svg>", f"{HOLD}:1: the picture weighs 9138 bytes; 8192 is the most"),
        (
            "data/triage.yml",
            "card: you have a fever",
            f"card: you have {'a ' * 70}fever",
            "data/triage.yml:43: the line of 'fever' has 154 characters; 150 fit",
        ),
    ],
)
def test_what_is_too_long_is_told(project, where, old, new, told):
    edit(project, where, old, new)
    assert told in [fault.split("\n")[0] for fault in faults(project)]


@pytest.mark.parametrize(
    "old, new",
    [
        (CARD, f"/// details | Today\n\n{CARD}\n\n///"),
        (CARD, f"- One\n\n    {CARD}"),
        (CARD, f"> Quoted\n>\n> {CARD}"),
        ("- Look at the cards.", "/// details | Signs\nSee them."),
    ],
)
def test_a_card_is_on_the_page_or_a_fault_says_that_it_is_not(project, old, new):
    edit(project, SIGNS, old, new)
    assert faults(project) or shown(project, "back-pain/warning-signs.md").css_first(".card-today")


def test_a_list_of_signs_that_shows_nothing_is_told(project):
    edit(project, SIGNS, "<!-- signs: baby or child -->", "<!-- signs: babies -->")
    assert [fault for fault in faults(project) if fault.startswith(f"{SIGNS}:22: ")]


def test_a_card_holds_no_more_lines_than_fit_on_a_screen(project):
    one = "  - id: {}\n    level: week\n    scope: everyone\n    card: you feel ill\n    words: You feel ill.\n    means: a cold\n    sources: [one]\n"
    edit(project, "data/triage.yml", "signs:\n", "signs:\n" + "".join(one.format(f"ill-{n}") for n in range(8)))
    assert "data/triage.yml:12: card 'week' has 8 lines; 7 fit on a screen" in [fault.split("\n")[0] for fault in faults(project)]


@pytest.mark.parametrize("start, end", [("", "\r\n"), ("\ufeff", "\n"), ("", "\r")])
def test_windows_and_old_line_ends_and_a_byte_order_mark_are_fine(project, start, end):
    for path in [*project.rglob("*.md"), *(project / "data").iterdir(), project / "mkdocs.yml"]:
        path.write_bytes((start + path.read_text(encoding="utf-8").replace("\n", end)).encode())
    assert faults(project) == []


def test_a_page_that_is_not_utf8(project):
    (project / ONE).write_bytes(b"---\ntitle: \xff\n---\n")
    assert f"{ONE}:2: a character is not UTF-8\n    Save the file as UTF-8 and type that character again." in faults(project)


@pytest.mark.parametrize("text", ["", "\n", "---\ntitle: First page\n---\n"])
def test_an_empty_page(project, text):
    (project / ONE).write_text(text)
    assert [fault for fault in faults(project) if "the page has no text\n    Write it, or delete the file." in fault]


@pytest.mark.parametrize(
    "where, old, new",
    [
        ("data/references.bib", "title = {One study},", "title = {One study,"),
        ("mkdocs.yml", "      - back-pain/one.md\n", "\t- back-pain/one.md\n"),
        (TWO, "title: Second page", "title: Second: page"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_fault_not_one_for_each_thing_in_it(project, where, old, new):
    edit(project, where, old, new)
    assert [fault.split(":")[0] for fault in faults(project)] == [where]


@pytest.mark.parametrize("name", ["cautions.yml", "triage.yml", "references.bib"])
@pytest.mark.parametrize("text", ["", "a: [", "- a\n- b\n", "x: 1\n", "\x00"])
def test_data_that_makes_no_sense_is_told_without_a_traceback(project, name, text):
    (project / "data" / name).write_text(text)
    assert faults(project)
    (project / "data" / name).unlink()
    assert f"data/{name}:1: the file is missing\n    Put it back: git checkout data/{name}" in faults(project)


def test_nothing_near_is_no_proposal(project):
    """A wrong study or page in a remedy would mislead a patient."""
    edit(project, ONE, "[@one]", "[@smith1999]")
    edit(project, ONE, "two.md#more", "quite/different.md")
    assert [fault.split("\n")[1].strip() for fault in faults(project)] == [
        "Add the source to data/references.bib.",
        "Take the link out, or write the path of a page's .md file from here.",
    ]


def test_a_template_that_nobody_filled_in_is_told(project):
    for path in sorted((ROOT / "templates").glob("*.md")):
        page = project / "docs/conditions" / f"new-{path.name}"
        page.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
        told = [fault for fault in faults(project) if fault.startswith(f"docs/conditions/{page.name}:")]
        assert any("is the template's sentence" in fault for fault in told), path.name
        assert any("the key 'reviewed' is missing" in fault for fault in told), path.name


def test_all_faults_come_in_one_run_the_count_last_with_annotations_in_ci(project):
    edit(project, ONE, "[@one]", "[@doe2019]")
    edit(project, KNEE, "people: 40", "people: forty")
    done = python("scripts/check.py", str(project), GITHUB_ACTIONS="true")
    assert (done.returncode, done.stderr) == (1, "")
    assert f"::error file={ONE},line=12::no source has the key 'doe2019'. Add the source to data/references.bib." in done.stdout
    assert f"{KNEE}:18: 'forty' is not a whole number in result 1\n    Write `people` as a plain number, such as 120." in done.stdout
    assert done.stdout.splitlines()[-1] == "12 pages, 3 sources, 31 links, 2 cautions: 2 problems"


def test_a_sound_project_says_what_was_looked_at(project):
    done = python("scripts/check.py", str(project), GITHUB_ACTIONS="")
    assert (done.returncode, done.stdout, done.stderr) == (0, "12 pages, 3 sources, 31 links, 2 cautions: no problems\n", "")


def test_misuse_is_told_apart(capsys):
    with pytest.raises(SystemExit) as stop:
        check.main(["no-such-folder"])
    assert stop.value.code == 2 and "no-such-folder has no docs folder" in capsys.readouterr().err


def test_a_day_goes_by_and_nothing_is_a_fault(project):
    """A page that is overdue is told by `make due`, not by a check that was green yesterday."""
    later = load_site(project, TODAY.replace(year=2029))
    for page in later.pages:
        page.html = rendered(project).page(page.src).html
    assert every_fault(later) == []


def test_the_real_pages_keep_their_contract():
    done = python("scripts/check.py", GITHUB_ACTIONS="")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout[-3000:]
    assert done.stdout.endswith(": no problems\n")
