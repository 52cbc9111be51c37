"""The day of the move: Zensical builds the same addresses, headings and words from the same files."""

import shutil
from urllib.parse import urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts.pages import ROOT
from tests.conftest import QUIET, python


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    """The site as Zensical builds it, by address."""
    root = tmp_path_factory.mktemp("moved")
    for name in ("docs", "overrides", "scripts", "templates"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    done = python("-m", "zensical", "build", folder=root, **QUIET)
    assert done.returncode == 0, done.stdout + done.stderr
    return {path.relative_to(root / "site").as_posix(): LexborHTMLParser(path.read_text(encoding="utf-8"))
            for path in (root / "site").rglob("*.html")}


def article(page) -> str:
    """The words of a page's article."""
    return "".join(page.css_first("article").text().split())


def links(page, address: str) -> list[str]:
    """Where the links of a page's article lead, however they are written."""
    return [urljoin(f"http://127.0.0.1/guide/{address}", a.attributes["href"])
            for a in page.css_first("article").css("a[href]:not([rel=edit])")]


def test_the_addresses_are_the_same(html, moved):
    assert sorted(moved) == sorted(html)


def test_titles_and_headings_are_the_same(html, moved):
    headings = lambda page: [(h.tag, h.attributes.get("id"), "".join(h.text().split()))  # noqa: E731
                             for h in page.css_first("article").css("h1, h2, h3")]
    assert {address: headings(page) for address, page in moved.items()} == {
        address: headings(page) for address, page in html.items()}


def test_the_words_are_the_same(html, moved):
    different = [address for address in html if article(html[address]) != article(moved[address])]
    assert different == []


def test_links_lead_to_the_same_places(html, moved):
    for address, page in html.items():
        assert links(moved[address], address) == links(page, address), address
