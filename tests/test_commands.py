"""The commands, as a newcomer and a writer run them."""

import os
import shutil
import subprocess
import time

import pytest

from scripts import new_page, serve, set_up
from scripts.extensions import context
from scripts.guide.site import load_site
from scripts.set_up import ROOT
from tests.conftest import command, edit, python, rendered, said

ONE = "docs/back-pain/one.md"
VERBS = ["help", "serve", "build", "handouts", "check", "test", "grades", "due", "new", "addresses", "picture"]
VERBS += ["offline", "host", "changed", "theme", "bench", "lock", "clean"]


@pytest.fixture
def makeable(buildable):
    """The small project with the real Makefile and packages."""
    for name in ("Makefile", "requirements.txt", "requirements-test.txt", "pyproject.toml", ".gitignore"):
        shutil.copy2(ROOT / name, buildable / name)
    (buildable / "tests").mkdir()
    (buildable / ".venv").symlink_to(ROOT / ".venv")
    return buildable


def test_make_alone_lists_every_verb():
    assert [line.split()[1] for line in command("make").stdout.splitlines()] == VERBS


def test_every_verb_has_a_script_and_every_script_a_verb():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for path in (ROOT / "scripts").glob("*.py"):
        alone = ("__init__.py", "check_pillar_links.py", "terminal.py")  # runs by itself; is no command
        assert path.name in alone or f"scripts/{path.name}" in makefile, path.name


def test_build_writes_the_site_says_one_line_and_leaves_the_tree_as_it_was(makeable):
    command("git", "init", "-q", folder=makeable)
    before = command("git", "status", "--porcelain", "-uall", folder=makeable).stdout
    done = command("make", "build", folder=makeable, GITHUB_ACTIONS="")
    assert (done.returncode, said(done)) == (0, "")
    assert done.stdout.splitlines() == ["12 pages, 3 sources, 31 links, 2 cautions: no problems", "The site is in site/; open site/index.html."]
    assert (makeable / "site/conditions/knee.html").exists() and (makeable / "site/assets/search-help.js").exists()
    assert not list((makeable / "site").rglob("*.bib")) and not list((makeable / "site").rglob("*.yml"))
    assert command("git", "status", "--porcelain", "-uall", folder=makeable).stdout == before


@pytest.mark.parametrize(
    "where, old, new",
    [
        (ONE, "[@one]", "[@doe2019]"),
        (ONE, "two.md#more", "two.md#moar"),
        ("data/triage.yml", "signs:", "sings:"),
        ("mkdocs.yml", "site_name:", "site_name: ["),
    ],
)
def test_a_fault_leaves_the_last_good_site_and_no_traceback(makeable, where, old, new):
    (makeable / "site").mkdir()
    (makeable / "site/kept.html").write_text("the last good site")
    edit(makeable, where, old, new)
    done = command("make", "build", folder=makeable)
    assert done.returncode != 0
    assert "Traceback" not in done.stdout + done.stderr and f"{where}:" in done.stdout
    assert [path.name for path in (makeable / "site").iterdir()] == ["kept.html"]


def test_plain_mkdocs_works_from_the_environment_in_any_folder(tmp_path):
    """What an editable install gives: `.venv/bin/mkdocs build` finds scripts/ without a path hack."""
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    ask = [str(ROOT / ".venv/bin/python"), "-c", "import scripts.guide, scripts.extensions.markers"]
    assert subprocess.run(ask, cwd=tmp_path, env=env).returncode == 0


def test_check_needs_no_network_and_counts_last(makeable):
    edit(makeable, ONE, "[@one]", "[@doe2019]")
    done = command("make", "check", folder=makeable, http_proxy="http://127.0.0.1:1", https_proxy="http://127.0.0.1:1", GITHUB_ACTIONS="")
    assert done.returncode != 0
    assert done.stdout.splitlines()[0] == f"{ONE}:12: no source has the key 'doe2019'"
    assert done.stdout.splitlines()[-1] == "12 pages, 3 sources, 31 links, 2 cautions: 1 problem"


def test_a_lint_fault_does_not_hide_the_faults_of_pages(makeable):
    edit(makeable, ONE, "[@one]", "[@doe2019]")
    (makeable / "tests/test_bad.py").write_text("import os\n")
    done = command("make", "check", folder=makeable)
    assert done.returncode != 0 and "F401" in done.stdout and "'doe2019'" in done.stdout


def test_serve_shows_a_page_while_it_is_wrong_with_its_faults_after_each_save(buildable, tmp_path):
    """Its own make(), without the server: a fault that a page can be shown with never stops it; one that no page can be shown with keeps the last."""
    again = f"import sys; from pathlib import Path; from scripts import serve; serve.make(Path({str(tmp_path / 'made')!r}), 'http://127.0.0.1:8000/')"
    edit(buildable, ONE, "[@one]", "[@doe2019]")
    shutil.copy(ROOT / "templates/condition.md", buildable / "docs/conditions/new.md")
    done = python("-c", again, folder=buildable, NO_MKDOCS_2_WARNING="1", GITHUB_ACTIONS="")
    assert done.returncode == 0 and "Traceback" not in done.stderr
    assert f"{ONE}:12: no source has the key 'doe2019'" in done.stdout and "docs/conditions/new.md:" in done.stdout
    assert done.stdout.rstrip().endswith("problems\nSee http://127.0.0.1:8000/")
    assert "[source?]" in (tmp_path / "made/back-pain/one.html").read_text(encoding="utf-8")
    assert (tmp_path / "made/conditions/new.html").exists() and (tmp_path / "made/assets/search-help.js").exists()

    edit(buildable, "mkdocs.yml", "site_name:", "site_name: [")
    done = python("-c", again, folder=buildable, NO_MKDOCS_2_WARNING="1", GITHUB_ACTIONS="")
    assert done.returncode == 0 and "The pages could not be built" in done.stdout and "mkdocs.yml:" in done.stdout
    assert (tmp_path / "made/back-pain/one.html").exists()


LIVE = """
import os, sys
from pathlib import Path
from scripts import serve
from scripts.extensions import context
from scripts.guide.site import load_site

read = []
context.load_site = lambda: read.append(1) or load_site()
for old, new in (("A Journal", "C Journal"), ("C Journal", "D Journal")):
    serve.make(Path(sys.argv[1]), "http://127.0.0.1:8000/")
    path = Path("data/references.bib")
    text, times = path.read_text(encoding="utf-8"), path.stat()
    path.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
print("read", len(read))
"""


def test_a_build_reads_the_guide_once_and_the_next_one_reads_it_again(buildable, tmp_path):
    """Also where a file keeps its time, as a checkout may: reading for each page would grow with the square of the pages."""
    done = python("-c", LIVE, str(tmp_path / "made"), folder=buildable, NO_MKDOCS_2_WARNING="1", GITHUB_ACTIONS="")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "read 2"), done.stderr
    assert "C Journal" in (tmp_path / "made/back-pain/one.html").read_text(encoding="utf-8")


def test_an_engine_without_builds_reads_the_guide_again_when_the_page_or_a_data_file_was_saved(project, monkeypatch):
    read = []
    monkeypatch.setattr(context, "ROOT", project)
    monkeypatch.setattr(context, "load_site", lambda: read.append(1) or load_site(project))
    context._load.cache_clear()
    one, two = project / ONE, project / "docs/back-pain/two.md"
    for saved, reads in ((None, 1), (one, 2), (project / "data/cautions.yml", 3)):
        if saved:
            time.sleep(0.02)  # a file's time is the system's last tick
            saved.touch()
        for path in (one, two, one):
            context._load_newer(path)
        assert len(read) == reads, saved
    context._load.cache_clear()


def test_serve_watches_all_that_a_page_is_made_of():
    assert {"docs", "data", "overrides", "mkdocs.yml"} <= set(serve.WATCHED)


def test_new_makes_a_page_from_its_template_leaves_the_date_and_never_overwrites(project):
    code, told = new_page.new_page("conditions/tennis-elbow.md", project)
    assert code == 0 and "from templates/condition.md" in told
    text = (project / "docs/conditions/tennis-elbow.md").read_text(encoding="utf-8")
    assert "\nreviewed:\nreview_due:\n" in text and "<!-- danger -->" in text
    assert new_page.new_page("conditions/tennis-elbow.md", project)[0] == 1
    assert new_page.new_page("conditions/Tennis Elbow.md", project) == (2, new_page.USAGE)
    assert new_page.new_page("../outside.md", project) == (2, new_page.USAGE)


@pytest.mark.parametrize(
    "name, template",
    [
        ("techniques/x.md", "technique"),
        ("safety/x.md", "safety"),
        ("first-session/x.md", "visit"),
        ("back-pain/x.md", "spoke"),
        ("x.md", "explainer"),
        ("about/x.md", "explainer"),
        ("news/index.md", "front"),
    ],
)
def test_new_knows_which_template_a_folder_wants_and_its_page_is_read_as_that_type(project, name, template):
    assert f"from templates/{template}.md" in new_page.new_page(name, project)[1]
    assert rendered(project).page(name).front.type == template


def test_new_without_a_name_is_misuse(capsys):
    assert new_page.main([]) == 2 and "usage: make new PAGE=" in capsys.readouterr().err


def test_set_up_says_in_one_sentence_what_stands_in_the_way(monkeypatch, capsys):
    assert set_up.main([]) == 2
    monkeypatch.setattr(set_up, "find_browser", lambda: None)
    monkeypatch.setattr(set_up, "can_apt_get", lambda: False)
    monkeypatch.setattr(set_up, "run", lambda *command, **options: False)
    assert set_up.provide_browser() == "The tests need a browser.\n  Install Chrome or Chromium, or set CHROME to the path of one."


def test_an_old_python_gets_one_true_sentence(monkeypatch, capsys):
    monkeypatch.setattr(set_up.sys, "version_info", (3, 8))
    assert set_up.main(["site"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "This needs Python 3.11 or newer; this is 3.8.",
        "  Is a newer one installed? Then add its name to your command: PYTHON=python3.12",
    ]
    assert "PYTHON ?=" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_locked_packages_have_hashes_and_name_no_place():
    for name in set_up.LOCKS.values():
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text and " /" not in text and "--hash=sha256:" in text
        assert all("==" in line for line in text.splitlines() if line[:1].isalnum())


def test_locks_hold_the_versions_that_the_project_names():
    named = [
        line.split('"')[1].lower() for line in (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines() if line.startswith('  "') and "==" in line
    ]
    locked = (ROOT / "requirements-test.txt").read_text(encoding="utf-8").lower()
    assert len(named) > 10
    assert [one for one in named if f"{one} " not in locked] == []


def test_nothing_is_set_up_twice():
    """A second call does nothing: the stamp is newer than the lock."""
    assert subprocess.run(["make", "-q", ".venv/site-ready"], cwd=ROOT).returncode == 0
