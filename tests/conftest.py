"""What the tests share: the real site built once, served under a sub-path, opened in a real browser; a small project to break."""

import functools
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts.extensions.render import render
from scripts.guide.pages import Page
from scripts.guide.rules import every_fault
from scripts.guide.site import Site, load_site
from scripts.set_up import ROOT, find_browser

BUILT = os.environ.get("BUILT_SITE")  # a finished site to test, such as the one that is about to be published; else we build one
HOME = os.environ["SITE_URL"] if BUILT and os.environ.get("SITE_URL") else "http://127.0.0.1/guide/"
REPO = os.environ["REPO_URL"] if BUILT and os.environ.get("REPO_URL") else "https://github.com/a-fork/of-the-guide"
PREFIX = urlsplit(HOME).path.strip("/")
QUIET = {"NO_MKDOCS_2_WARNING": "1", "REPO_URL": REPO, "SITE_URL": HOME, "SOURCE_DATE_EPOCH": "1790000000"}
SMALL = ROOT / "tests" / "small"
TODAY = date(2026, 11, 30)


def command(*parts: str, folder: Path = ROOT, **env: str) -> subprocess.CompletedProcess:
    """Run a command of the project in a folder, as a writer would; what is run there is that folder's own scripts."""
    own = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}  # `make test` runs make
    env = {**own, "PYTHONPATH": str(folder), **env}
    return subprocess.run(parts, cwd=folder, capture_output=True, text=True, env=env, timeout=300)


def python(*parts: str, folder: Path = ROOT, **env: str) -> subprocess.CompletedProcess:
    """Run Python in a folder."""
    return command(sys.executable, *parts, folder=folder, **env)


def said(done: subprocess.CompletedProcess) -> str:
    """What a build printed beyond its progress: warnings, errors, banners."""
    return "\n".join(line for line in done.stderr.splitlines() if not line.startswith("INFO"))


def words(node) -> str:
    """The text of a parsed element, spaces evened."""
    return " ".join(node.text().split())


def title(card) -> str:
    """The heading of a card: what names it for a screen reader."""
    heading = card.css_first(f"[id='{card.attributes['aria-labelledby']}']")
    assert heading.tag == "h3" or (heading.attributes["role"], heading.attributes["aria-level"]) == ("heading", "3")
    return words(heading)


def build(root: Path, out: Path, engine: str = "mkdocs") -> Path:
    """Build and finish a project."""
    where = ("--site-dir", str(out)) if engine != "zensical" else ()
    done = python("-m", engine, "build", *where, folder=root, **QUIET)
    assert done.returncode == 0, done.stdout + done.stderr
    assert engine != "mkdocs" or (done.stdout, said(done)) == ("", "")
    done = python("scripts/finish_site.py", str(out), folder=root, **QUIET)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return out


def copy_of_the_real(root: Path) -> Path:
    """The real project without its history, its packages and its tests, in another folder."""
    for name in ("data", "docs", "overrides", "scripts", "templates"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """The real site, built and finished once, or the one named by BUILT_SITE."""
    return (ROOT / BUILT).resolve() if BUILT else build(ROOT, tmp_path_factory.mktemp("built") / "site")


@pytest.fixture(scope="session")
def html(built) -> dict[str, LexborHTMLParser]:
    """Every built page, parsed, by its address; not the pages that only lead on."""
    return parsed(built)


def parsed(folder: Path) -> dict[str, LexborHTMLParser]:
    """Every page of a built site, parsed, by its address; not the pages that only lead on."""
    texts = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))}
    return {address: LexborHTMLParser(text) for address, text in texts.items() if 'http-equiv="refresh"' not in text}


class Quiet(SimpleHTTPRequestHandler):
    """A server that says nothing."""

    def log_message(self, *args):
        pass


@contextmanager
def served(built: Path, folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve a built site while it lasts, at the sub-path that it was built for; gives the address. `folder` is an empty one."""
    if PREFIX:
        (folder / PREFIX).parent.mkdir(parents=True, exist_ok=True)
        (folder / PREFIX).symlink_to(built)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder if PREFIX else built)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/" + (f"{PREFIX}/" if PREFIX else "")
    server.shutdown()


@pytest.fixture(scope="session")
def address(built, tmp_path_factory):
    """Where the built site is served: under a sub-path, as on GitHub Pages."""
    with served(built, tmp_path_factory.mktemp("served")) as home:
        yield home


@pytest.fixture(scope="session")
def strict(built, tmp_path_factory):
    """Where the site is served with the very headers of its own `_headers`."""
    lines = (built / "_headers").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "/*"
    sent = [line.strip().split(": ", 1) for line in lines[1:]]

    class Strict(Quiet):
        def end_headers(self):
            for name, value in sent:
                self.send_header(name, value)
            super().end_headers()

    with served(built, tmp_path_factory.mktemp("strict"), Strict) as home:
        yield home


@pytest.fixture(scope="session")
def browser():
    """A real Chromium, one for all tests."""
    from playwright.sync_api import sync_playwright

    path = find_browser()
    assert path, "no browser: run `make test`, which looks for one"
    with sync_playwright() as playwright:
        flags = ["--disable-gpu", "--disable-background-networking"]
        flags += ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=path, args=flags)
        yield chromium
        chromium.close()


def small_config() -> str:
    """The real mkdocs.yml with the small project's menu, without the looks that it does not hold."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    text = (SMALL / "nav.yml").read_text(encoding="utf-8") + text[: text.index("nav:\n  - Home")]
    text = re.sub(r"^extra_(?:css|javascript):\n(?:  - .*\n)+", "", text, flags=re.M)
    return re.sub(r"^  polyfills:.*\n", "", text, flags=re.M)


@pytest.fixture
def project(tmp_path) -> Path:
    """A small sound project, to be broken: tests/small with the real templates, theme and mkdocs.yml."""
    root = tmp_path / "project"
    shutil.copytree(SMALL, root)
    (root / "nav.yml").unlink()
    (root / "mkdocs.yml").write_text(small_config(), encoding="utf-8")
    return root


@pytest.fixture
def buildable(project) -> Path:
    """The small project with the scripts and the theme, so that engines and verbs run in it."""
    for name in ("scripts", "templates", "overrides"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    return project


def edit(root: Path, name: str, old: str, new: str) -> None:
    """Change one text in one file of a project."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def rendered(root: Path) -> Site:
    """A project, read and rendered."""
    return render(load_site(root, TODAY))


def shown(root: Path, src: str) -> LexborHTMLParser:
    """One page of a project as its Markdown becomes HTML, parsed."""
    page: Page = rendered(root).page(src)
    return LexborHTMLParser(f"<article>{page.html}</article>")


def faults(root: Path) -> list[str]:
    """What a writer would be told of a project."""
    return [str(fault) for fault in every_fault(rendered(root))]
