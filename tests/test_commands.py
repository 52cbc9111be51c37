"""The commands, as a newcomer and a writer run them."""

import os
import shutil
import subprocess
import time
from datetime import date

import pytest

from scripts import new_page, set_up
from scripts.pages import ROOT
from tests.conftest import command, edit, said

ONE = "docs/back-pain/one.md"


@pytest.fixture
def makeable(project):
    """The small project with the real Makefile and packages."""
    for name in ("Makefile", "requirements.txt", "requirements-test.txt", "pyproject.toml"):
        shutil.copy2(ROOT / name, project / name)
    (project / ".venv").symlink_to(ROOT / ".venv")
    return project


def test_make_alone_lists_every_verb():
    out = command("make").stdout
    assert [line.split()[1] for line in out.splitlines()] == ["help", "serve", "build", "check", "test", "new", "lock", "clean"]


def test_build_writes_the_site_says_one_line_and_leaves_the_tree_as_it_was(makeable):
    command("git", "init", "-q", folder=makeable)
    shutil.copy(ROOT / ".gitignore", makeable)
    before = command("git", "status", "--porcelain", "-uall", folder=makeable).stdout
    done = command("make", "build", folder=makeable)
    assert (done.returncode, said(done)) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[:3] == ["content: 6 pages, 2 sources, no problems", "links: 6 pages, 16 links, no problems",
                         "pillar: back-pain: 3 spokes, 14 links; 6 pages looked at, no problems"]
    assert lines[-2:] == ["readability: 6 pages, no problems", "The site is in site/; open site/index.html."]
    assert (makeable / "site/conditions/knee.html").exists()
    assert not (makeable / "site/references.bib").exists()
    assert command("git", "status", "--porcelain", "-uall", folder=makeable).stdout == before


@pytest.mark.parametrize("where, old, new", [
    (ONE, "[@one]", "[@won]"), (ONE, "two.md#more", "tow.md"), (ONE, "two.md#more", "two.md#moar"),
    (ONE, "reviewed: 2026-11-22", "reviewed: soon"), ("docs/references.bib", "title = {One study},", "title = {One study,"),
    ("mkdocs.yml", "      - back-pain/one.md\n", ""), ("mkdocs.yml", "site_name:", "site_name: ["),
    ("mkdocs.yml", "      - back-pain/one.md\n", "      - back-pain/one.md\n      - back-pain/none.md\n")])
def test_a_fault_leaves_the_last_good_site_and_no_traceback(makeable, where, old, new):
    (makeable / "site").mkdir()
    (makeable / "site/kept.html").write_text("the last good site")
    edit(makeable, where, old, new)
    done = command("make", "build", folder=makeable)
    assert done.returncode != 0
    assert "Traceback" not in done.stdout + done.stderr
    assert os.listdir(makeable / "site") == ["kept.html"]


def test_check_takes_seconds_and_needs_no_network():
    start = time.monotonic()
    done = command("make", "check", http_proxy="http://127.0.0.1:1", https_proxy="http://127.0.0.1:1")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert time.monotonic() - start < 10
    assert [line.split(":")[0] for line in done.stdout.splitlines() if line.endswith("no problems")] == [
        "content", "links", "pillar", "pictures", "readability"]


def test_new_makes_a_page_from_its_template_and_never_overwrites(project):
    code, words = new_page.new_page("conditions/tennis-elbow.md", project, date(2027, 1, 2))
    assert code == 0 and "from templates/condition.md" in words
    text = (project / "docs/conditions/tennis-elbow.md").read_text()
    assert "reviewed: 2027-01-02\nreview_due: 2028-01-02" in text and "<!-- card: emergency -->" in text
    assert new_page.new_page("conditions/tennis-elbow.md", project)[0] == 1
    assert new_page.new_page("conditions/Tennis Elbow.md", project) == (2, new_page.USAGE)
    assert new_page.new_page("../outside.md", project) == (2, new_page.USAGE)


def test_set_up_says_in_one_sentence_what_stands_in_the_way(monkeypatch, capsys):
    assert set_up.main([]) == 2
    monkeypatch.setattr(set_up, "find_browser", lambda: None)
    monkeypatch.setattr(set_up, "can_apt_get", lambda: False)
    monkeypatch.setattr(set_up, "run", lambda *command, **options: False)
    assert set_up.provide_browser() == ("The tests need a browser.\n  Install Chrome or Chromium, or set CHROME to the path of "
                                        "one.")


def test_locked_packages_have_hashes_and_name_no_place():
    for name in set_up.LOCKS.values():
        text = (ROOT / name).read_text()
        assert "://" not in text and " /" not in text and "--hash=sha256:" in text
        assert all("==" in line for line in text.splitlines() if line[:1].isalnum())


def test_nothing_is_set_up_twice():
    """A second call does nothing: the stamp is newer than the lock."""
    assert subprocess.run(["make", "-q", ".venv/site-ready"], cwd=ROOT).returncode == 0
