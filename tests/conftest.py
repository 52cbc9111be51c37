"""What the tests share: the real site built once, served under a sub-path, opened in a real browser; a small project to break."""

import functools
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts.set_up import ROOT, find_browser

REPO = "https://github.com/a-fork/of-the-guide"
QUIET = {"NO_MKDOCS_2_WARNING": "1", "REPO_URL": REPO, "SITE_URL": "http://127.0.0.1/guide/"}


def command(*parts: str, folder: Path = ROOT, **env: str) -> subprocess.CompletedProcess:
    """Run a command of the project in a folder, as a writer would."""
    own = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}  # `make test` runs make
    return subprocess.run(parts, cwd=folder, capture_output=True, text=True, env={**own, **env}, timeout=300)


def said(done: subprocess.CompletedProcess) -> str:
    """What a build printed beyond its progress: warnings, errors, banners."""
    return "\n".join(line for line in done.stderr.splitlines() if not line.startswith("INFO"))


def python(*parts: str, folder: Path = ROOT, **env: str) -> subprocess.CompletedProcess:
    """Run Python in a folder."""
    return command(sys.executable, *parts, folder=folder, **env)


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """The real site, built once."""
    out = tmp_path_factory.mktemp("built") / "guide"
    done = python("-m", "mkdocs", "build", "--site-dir", str(out), **QUIET)
    assert (done.returncode, done.stdout, said(done)) == (0, "", "")
    return out


@pytest.fixture(scope="session")
def html(built) -> dict[str, LexborHTMLParser]:
    """Every built page, parsed, by its address."""
    return {path.relative_to(built).as_posix(): LexborHTMLParser(path.read_text(encoding="utf-8"))
            for path in sorted(built.rglob("*.html"))}


class Quiet(SimpleHTTPRequestHandler):
    """A server that says nothing."""

    def log_message(self, *args):
        pass


@contextmanager
def served(folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve a folder while it lasts; gives the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def address(built):
    """Where the built site is served: under a sub-path, as on GitHub Pages."""
    with served(built.parent) as home:
        yield home + "guide/"


@pytest.fixture(scope="session")
def browser():
    """A real Chromium."""
    from playwright.sync_api import sync_playwright

    path = find_browser()
    assert path, "no browser: run `make test`, which looks for one"
    with sync_playwright() as playwright:
        flags = ["--disable-gpu", "--disable-background-networking"]
        flags += ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=path, args=flags)
        yield chromium
        chromium.close()


PAGE = """---
title: {title}
description: One sentence.
{more}reviewed: 2026-11-22
review_due: 2027-11-22
---

"""
SPOKE = """## In short

- Back pain [@one].

## Get help now if

<!-- card: emergency -->

## More

{body}

## What to do next

Go to [the map of back pain](index.md).
"""


@pytest.fixture
def project(tmp_path) -> Path:
    """A small sound project, to be broken: a home page, a pillar with three spokes, one condition, one source, one caution."""
    root = tmp_path / "project"
    for name in ("scripts", "templates", "overrides"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    write = lambda name, text: ((root / name).parent.mkdir(parents=True, exist_ok=True),  # noqa: E731
                                (root / name).write_text(text, encoding="utf-8"))
    write("docs/index.md", PAGE.format(title="Home", more="type: front\n") + "See [the map of back pain](back-pain/index.md).\nOr [knees](conditions/knee.md).\n")
    write("docs/back-pain/index.md", PAGE.format(title="Map", more="type: front\n") + """## All

See [one](one.md), [two](two.md), [three](three.md) and [the knee page](../conditions/knee.md).
Go [to the start](../index.md).
""")
    for name, others in (("one", "two three"), ("two", "one three"), ("three", "one two")):
        body = "\n".join(f"See [page {other}]({other}.md#more)." for other in others.split())
        write(f"docs/back-pain/{name}.md", PAGE.format(title=f"Spoke {name}", more="") + SPOKE.format(body=body))
    write("docs/conditions/knee.md", PAGE.format(title="Knee pain", more="""evidence:
  level: Some evidence
  about: knees
  results:
    - measure: Pain
      compared_with: pretend treatment
      scale: 100
      treated: 9
      compared: 4
      difference: 5
      interval: [-1, 11]
      people: 40
      source: one
""") + """## In short

- Knees.

## Get help now if

<!-- card: emergency -->

## What OMT may do

## What the research says

<!-- results -->

## What else helps

## Who should be careful

## What to ask

Ask on.
""")
    write("docs/references.bib", """@article{one,
  author = {Doe, Jane and Roe, Richard},
  title = {One study},
  journal = {A Journal},
  year = {2020},
  doi = {10.1/one},
  note = {We read the abstract.}
}
@article{cochrane2020nsaid,
  title = {Another},
  journal = {B Journal},
  note = {We read the abstract.}
}
""")
    write("docs/cautions.yml", """techniques:
  thrust: {name: Thrust, pages: [techniques/thrust.md]}
groups:
  - name: Bones
    problems:
      - id: weak-bones
        problem: Weak bones
        why: They break [@cochrane2020nsaid].
        instead: Ask.
        thrust: [avoid, one]
""")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    config = config[: config.index("nav:\n  - Home")]
    config = config[: config.index("extra_css:")] + config[config.index("# Extensions"):]
    write("mkdocs.yml", config + """nav:
  - index.md
  - Back pain:
      - back-pain/index.md
      - back-pain/one.md
      - back-pain/two.md
      - back-pain/three.md
  - Conditions:
      - conditions/knee.md
""")
    write("docs/assets/favicon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    return root


def edit(root: Path, name: str, old: str, new: str) -> None:
    """Change one text in one file of the small project."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
