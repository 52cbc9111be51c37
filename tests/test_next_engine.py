"""The day of the move: Zensical and ProperDocs build the same addresses, headings, words, links, cards, ratings and tables from the
same files, and menu, search, colours, explanations, folds and pictures work in a browser.
"""

from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from scripts.set_up import ROOT
from tests.conftest import HOME, build, copy_of_the_real, parsed, served, words
from tests.test_browser import opened


@pytest.fixture(scope="module", params=["zensical", "properdocs"])
def moved(request, tmp_path_factory):
    """The site as another engine builds it and the same last step finishes it."""
    root = copy_of_the_real(tmp_path_factory.mktemp("moved") / "project")
    return build(root, root / "site", engine=request.param)


@pytest.fixture(scope="module")
def pages(moved):
    """Its pages, parsed, by address."""
    return parsed(moved)


def article(page) -> str:
    """The words of a page's article."""
    return "".join(page.css_first("article").text().split())


def links(page, address: str) -> list[str]:
    """Where the links of a page's article lead, however they are written."""
    return [urljoin(f"{HOME}{address}", a.attributes["href"]) for a in page.css_first("article").css("a[href]:not([rel~=edit])")]


def headings(page) -> list[tuple]:
    """The headings of a page's article, with their anchors."""
    return [(h.tag, h.attributes.get("id"), "".join(h.text().split())) for h in page.css_first("article").css("h1, h2, h3")]


def made(page) -> list[tuple]:
    """What the extensions made: each with its kind, class and words; dots of ratings and marks of charts counted."""
    found = [(e.attributes["data-made"], e.attributes.get("class"), words(e)) for e in page.css("article [data-made]")]
    return [*found, *(len(page.css(f"article {mark}")) for mark in (".pip-on", ".pip-off", ".pip-cross", ".bars rect", ".crowd path", ".card li"))]


def test_the_addresses_are_the_same(html, pages):
    assert sorted(pages) == sorted(html)


def test_titles_and_headings_are_the_same(html, pages):
    assert {address: headings(page) for address, page in pages.items()} == {address: headings(page) for address, page in html.items()}


def test_the_words_are_the_same(html, pages):
    assert [address for address in html if article(html[address]) != article(pages[address])] == []


def test_links_lead_to_the_same_places(html, pages):
    for address, page in html.items():
        assert links(pages[address], address) == links(page, address), address


def test_cards_ratings_charts_and_tables_are_the_same(html, pages):
    for address, page in html.items():
        assert made(pages[address]) == made(page), address
    kinds = {kind for page in pages.values() for kind, *_ in made(page)[:-6]}
    assert {"card", "signs", "results", "cautions", "ratings", "rating", "sources", "doors", "addresses"} <= kinds


def test_search_and_the_feed_know_the_same_and_old_addresses_lead_on(built, moved):
    for name in [
        "assets/search-help.js",
        "assets/search-index.js",
        "feed.xml",
        *(path.relative_to(built).as_posix() for path in built.rglob("*.html") if 'http-equiv="refresh"' in path.read_text()),
    ]:
        assert (moved / name).read_text(encoding="utf-8") == (built / name).read_text(encoding="utf-8"), name


def test_no_page_of_the_project_is_left_out(pages):
    assert len(pages) == len(list((ROOT / "docs").rglob("*.md"))) + 1


def test_everything_works_in_a_browser(browser, moved, tmp_path):
    with served(moved, tmp_path) as home, opened(browser, home, "phone") as page:
        page.goto(home + "techniques/muscle-energy.html")
        page.get_by_role("button", name="Menu", exact=True).click()
        page.locator("#menu summary", has_text="Is it safe?").press("Enter")
        expect(page.locator("#menu").get_by_role("link", name="rights")).to_be_visible()
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Colors").click()
        assert page.evaluate("document.documentElement.dataset.scheme") == "light"
        page.locator("abbr.term").first.focus()
        expect(page.get_by_role("tooltip")).to_be_visible()
        page.locator(".cite a").first.click()
        expect(page.locator("ol.sources > li").first).to_be_visible()
        page.locator("figure a.glightbox").press("Enter")
        expect(page.get_by_role("dialog", name="Picture, enlarged")).to_be_visible()
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Search", exact=True).click()
        page.keyboard.type("numb between my legs")
        expect(page.locator("#search-alert .card-er")).to_be_visible()
        page.keyboard.press("Enter")
        page.wait_for_url("**/back-pain/warning-signs.html*")
        assert page.bad == []
