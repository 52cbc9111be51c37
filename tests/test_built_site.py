"""The real site, as built: what every page must carry, and what none may."""

import json
import re
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from scripts.check_content import page_type
from scripts.pages import ROOT
from scripts.project import load_site
from tests.conftest import REPO

SITE = load_site()
BY_ADDRESS = {page.src.removesuffix(".md") + ".html": page for page in SITE.pages}
PAGES = sorted(BY_ADDRESS)
CARD = {"emergency": "Call 911 now if", "today": "Get medical advice today if", "talk": "Talk to your clinician if"}


def words(node) -> str:
    return " ".join(node.text().split())


def test_every_page_is_built_and_nothing_else(html):
    assert sorted(html) == sorted([*PAGES, "404.html"])


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_its_title_its_review_line_and_its_pencil(html, address):
    page, article = BY_ADDRESS[address], html[address].css_first("article")
    assert [words(h1) for h1 in article.css("h1")] == [page.meta["title"]]
    review = words(article.css_first(".review"))
    assert page.meta["reviewed"] in review and page.meta["review_due"] in review
    assert "No clinician has reviewed this page yet." in review
    assert article.css_first(".review a").attributes["href"].endswith("how-we-check.html")
    assert html[address].css_first("a[rel=edit]").attributes["href"] == f"{REPO}/edit/main/docs/{page.src}"


@pytest.mark.parametrize("address", PAGES)
def test_a_rating_stands_under_the_title_in_word_and_shape(html, address):
    page, badge = BY_ADDRESS[address], html[address].css_first("article > .rating")
    assert (badge is not None) == ("evidence" in page.meta)
    if badge:
        assert words(badge.css_first(".rating-mark")) == page.meta["evidence"]["level"]
        assert badge.css_first("svg") is not None
        assert badge.css_first("a").attributes["href"].endswith("evidence/index.html")


@pytest.mark.parametrize("address", PAGES)
def test_markers_became_cards_charts_and_tables(html, address):
    page, article = BY_ADDRESS[address], html[address].css_first("article")
    assert "<!--" not in article.html
    for marker, _ in page.markers:
        if marker.startswith("card: "):
            card = article.css_first(f".card-{marker[6:]}")
            assert words(card.css_first("h3")) == CARD[marker[6:]]
        else:
            assert article.css_first({"results": "figure.results .result", "cautions": ".cautious", "ratings": "table.ratings",
                                      "sources": "ul.sources", "doors": ".doors", "addresses": "table.addresses"}[marker.split(":")[0]])
    assert not article.css(".card-emergency a")


@pytest.mark.parametrize("address", PAGES)
def test_pages_whose_contract_asks_for_an_emergency_card_have_one(html, address):
    needed = page_type(BY_ADDRESS[address]) in ("condition", "spoke") or address in ("index.html", "back-pain/index.html")
    assert not needed or html[address].css_first(".card-emergency")


@pytest.mark.parametrize("address", PAGES)
def test_every_link_of_the_article_leads_somewhere(html, address):
    article = html[address].css_first("article")
    for link in article.css("a[href]"):
        parts = urlsplit(urljoin(f"http://site/{address}", link.attributes["href"]))
        if parts.hostname == "site" and parts.path.endswith(".html"):
            target = html[parts.path[1:]]
            assert not parts.fragment or target.css_first(f"[id='{unquote(parts.fragment)}']"), link.html


@pytest.mark.parametrize("address", PAGES)
def test_the_links_that_the_checks_read_are_those_of_the_built_page(html, address):
    page, article = BY_ADDRESS[address], LexborHTMLParser(html[address].html).css_first("article")
    for made in article.css(".cite, .sources, #sources, .rating, .review, .doors, table.ratings, figure.results, .cautions, "
                            ".caution-list, table.addresses, .md-content__button, a.glightbox"):
        made.decompose()
    assert [words(link) for link in article.css("a[href]")] == [link.text for link in page.links]


@pytest.mark.parametrize("address", [*PAGES, "404.html"])
def test_nothing_is_fetched_from_another_host_and_no_style_is_inline(html, address):
    page = html[address]
    for tag, name in (("script", "src"), ("link[rel=stylesheet], link[rel=icon], link[rel=preconnect]", "href"),
                      ("img, iframe, video, audio, source", "src")):
        for node in page.css(tag):
            assert not re.match(r"(https?:)?//", node.attributes.get(name) or ""), node.html
    assert not page.css("article [style], article style, article script:not([type='application/ld+json'])")


@pytest.mark.parametrize("address", [*PAGES, "404.html"])
def test_the_lightbox_comes_only_with_a_picture(html, address):
    page = html[address]
    pictures = BY_ADDRESS[address].images if address in BY_ADDRESS else []
    assert len(page.css("article a.glightbox > img")) == len(page.css("article img")) == len(pictures)
    parts = [node.attributes.get("src") or node.attributes.get("href") or node.attributes["id"] for node in page.css(
        "script[src], link[rel=stylesheet], #init-glightbox, #glightbox-style")]
    assert [part.split("/")[-1] for part in parts if "glightbox" in part or "pictures" in part] == (
        ["pictures.css", "glightbox.min.css", "glightbox.min.js", "glightbox-style", "pictures.js", "init-glightbox"]
        if pictures else [])


@pytest.mark.parametrize("address", PAGES)
def test_structured_data_is_true_and_valid(html, address):
    page = BY_ADDRESS[address]
    data = json.loads(html[address].css_first("script[type='application/ld+json']").text())
    assert (data["@type"], data["name"], data["lastReviewed"]) == ("MedicalWebPage", page.meta["title"], page.meta["reviewed"])
    assert data.get("about", {}).get("alternateName") == page.meta.get("also_called")
    assert "reviewedBy" not in data


def test_titles_of_tabs_differ(html):
    titles = [words(page.css_first("title")) for page in html.values()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("address, folders", [("techniques/index.html", ["techniques"]),
                                              ("conditions/index.html", ["conditions"]),
                                              ("evidence/index.html", ["techniques", "conditions"])])
def test_tables_of_ratings_are_the_pages_own_ratings(html, address, folders):
    rows = {words(row.css_first("th a")): words(row.css_first(".rating-mark")) for row in html[address].css("table.ratings tbody tr")}
    assert rows == {page.meta["title"]: page.meta["evidence"]["level"] for page in SITE.pages
                    if page.folder in folders and "evidence" in page.meta}


def test_every_cited_source_is_listed_with_its_pages(html):
    listed = {item.attributes["id"]: {urljoin("evidence/sources.html", a.attributes["href"]) for a in item.css("p a")}
              for item in html["evidence/sources.html"].css("ul.sources > li")}
    cited = {}
    for address in PAGES:
        for item in html[address].css("ol.sources > li"):
            cited.setdefault(item.attributes["id"], set()).add(address)
    assert listed == cited


def test_each_number_points_at_its_source_and_has_a_tooltip(html):
    for address in PAGES:
        numbers = {}
        for link in html[address].css(".cite a"):
            key = link.attributes["href"].removeprefix("#source-")
            assert numbers.setdefault(key, link.text()) == link.text()
            assert link.attributes["title"]
        order = [item.attributes["id"].removeprefix("source-") for item in html[address].css("ol.sources > li")]
        assert [numbers.get(key) for key in order] == [str(i + 1) for i in range(len(order))], address


def test_a_lost_reader_finds_search_the_doors_and_the_warning_signs(html):
    page = html["404.html"]
    assert page.css_first("input.md-search__input")
    assert len(page.css(".doors a")) == 4
    assert page.css_first(".card-emergency")
    assert page.css_first(".doors a").attributes["href"].startswith("/guide/")


def test_the_menu_is_written_out_and_lists_no_page_twice():
    assert len(SITE.nav) == len(set(SITE.nav)) == len(SITE.pages)


def test_workflows_pin_their_actions_and_ask_for_least(capsys):
    for path in (ROOT / ".github/workflows").glob("*.yml"):
        flow = yaml.safe_load(path.read_text())
        assert flow["permissions"] == {"contents": "read"}
        for job in flow["jobs"].values():
            for step in job["steps"]:
                assert "uses" not in step or re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"])
                assert "run" not in step or step["run"].startswith("make ")
