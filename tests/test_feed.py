"""The feed of corrections: valid Atom, true to the page it is made from, and every link of it answers; the rule for an entry."""

import re
import urllib.request
import xml.etree.ElementTree as etree
from datetime import date
from urllib.parse import unquote, urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts.guide.feed import ATOM, FEED, NEWS, check_feed, day_of, entries, feed
from tests.conftest import HOME, ROOT, faults, rendered

FRONT = "---\ntitle: News\ndescription: What changed.\ntype: front\nreviewed: 2026-11-22\nreview_due: 2027-11-22\n---\n\n"
GOOD = FRONT + "## November 30, 2026\n\n### Ratings\n\n[One](../back-pain/one.md#more) is new.\n\n## November 2, 2026: the first\n\n### It has\n\n[Two][t].\n\n"
GOOD += "## Your next step\n\nRead [one](../back-pain/one.md).\n\n[t]: ../back-pain/two.md\n"


def at(tag: str) -> str:
    """A tag of Atom."""
    return f"{{{ATOM}}}{tag}"


@pytest.fixture(scope="module")
def told(built):
    """The feed of the built site, parsed."""
    return etree.fromstring((built / FEED).read_text(encoding="utf-8"))


@pytest.fixture
def news(project):
    """The small project with a page of what is new."""
    (project / "docs" / NEWS).write_text(GOOD, encoding="utf-8")
    return project


def test_it_has_what_atom_asks_for(told):
    stamp = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")
    for one in [told, *told.iter(at("entry"))]:
        for tag in ("id", "title", "updated"):
            assert len(one.findall(at(tag))) == 1 and one.find(at(tag)).text
        assert stamp.fullmatch(one.find(at("updated")).text)
    assert told.find(f"{at('author')}/{at('name')}").text
    ids = [node.text for node in told.iter(at("id"))]
    assert len(ids) == len(set(ids)) and all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one) for one in ids)
    days = [one.find(at("updated")).text for one in told.iter(at("entry"))]
    assert days == sorted(days, reverse=True) and told.find(at("updated")).text == days[0]


def test_ids_stay_the_same_wherever_the_guide_stands(told, news):
    known = {one.find(at("title")).text: one.find(at("id")).text for one in told.iter(at("entry"))}
    assert known["2026-11-28: Danger signs"] == "urn:uuid:80a46f9d-dc81-5b40-896b-54fbcaf5735b"  # readers have seen it: it never changes
    site = rendered(news)
    first, second = (re.findall("<id>.*</id>", feed(site, home, site.page(NEWS).html)) for home in ("", "https://clinic.example/guide/"))
    assert first == second and len(first) == 3


def test_every_link_answers_and_every_anchor_is_there(told, address, html):
    found = [link.attrib["href"] for link in told.iter(at("link"))]
    for content in told.iter(at("content")):
        assert content.attrib["type"] == "html"
        found += [link.attributes["href"] for link in LexborHTMLParser(content.text).css("a[href]")]
    assert len(found) > 40
    for one in sorted(set(found)):
        assert one.startswith(HOME), f"{one} is not absolute, though the site's address is known"
        path, _, anchor = one.removeprefix(HOME).partition("#")
        with urllib.request.urlopen(address + path, timeout=10) as answer:
            assert answer.status == 200
        assert not anchor or html[path].css_first(f"[id='{unquote(anchor)}']"), one


def test_every_page_leads_a_feed_reader_to_it(html):
    for where, page in html.items():
        link = page.css_first("link[rel=alternate][type='application/atom+xml']")
        assert urljoin(HOME + where, link.attributes["href"]) == HOME + FEED, where
    shown = html["about/whats-new.html"].css(".report a")[0]
    assert urljoin(HOME + "about/whats-new.html", shown.attributes["href"]) == HOME + FEED


def test_it_says_what_the_page_says(told, html):
    page = html["about/whats-new.html"]
    titles = [one.find(at("title")).text.partition(": ")[2] for one in told.iter(at("entry"))]
    assert titles == [h3.text().strip() for h3 in page.css("article h3")]
    text = "".join(page.css_first("article").text().split())
    for content in told.iter(at("content")):
        assert "".join(LexborHTMLParser(content.text).body.text().split()) in text


def test_the_newest_entry_names_the_new_pages(told):
    new = next(told.iter(at("entry")))
    named = {link.attrib["href"].removeprefix(HOME) for link in new.findall(at("link")) if link.attrib["rel"] == "related"}
    assert {"safety/check.html", "first-session/my-visit.html", "conditions/decide-low-back.html", "clinics/compliance.html"} <= named


def test_where_the_address_is_not_known_links_start_at_the_feed(news):
    site = rendered(news)
    text = feed(site, "", site.page(NEWS).html)
    assert "://" not in text.replace(ATOM, "") and 'href="about/whats-new.html#ratings"' in text and 'href="back-pain/one.html"' in text
    assert "back-pain/one.html#more" in text  # in what it says, the anchor stays
    assert feed(rendered(ROOT / "tests/small"), "", "") == ""


def test_a_sound_page_of_what_is_new_has_no_fault(news):
    site = rendered(news)
    assert list(check_feed(site)) == []
    found = entries(site.page(NEWS), site.page(NEWS).html)
    assert [(one.day, one.title, one.pages) for one in found] == [
        (date(2026, 11, 30), "Ratings", ("back-pain/one.html",)),
        (date(2026, 11, 2), "It has", ("back-pain/two.html",)),
    ]


@pytest.mark.parametrize(
    "old, new, told",
    [
        ("## November 30, 2026", "## Last week", "docs/about/whats-new.md:11: the entry 'Ratings' has no day"),
        ("## November 30, 2026", "## November 31, 2026", "docs/about/whats-new.md:11: the entry 'Ratings' has no day"),
        ("## November 30, 2026", "## December 1, 2026", "docs/about/whats-new.md:11: the entry 'Ratings' has a day that is still to come"),
        ("## November 30, 2026", "## November 1, 2026", "docs/about/whats-new.md:17: the entry 'It has' is newer than what stands over it"),
        ("[One](../back-pain/one.md#more)", "One", "docs/about/whats-new.md:11: the entry 'Ratings' names no page"),
        ("[One](../back-pain/one.md#more)", "[One](https://example.org/one)", "docs/about/whats-new.md:11: the entry 'Ratings' names no page"),
    ],
)
def test_a_wrong_entry_is_told_with_its_line(news, old, new, told):
    path = news / "docs" / NEWS
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    assert told in [fault.split("\n")[0] for fault in faults(news)]


def test_a_day_is_read_with_and_without_words():
    assert day_of("November 22, 2026: the first edition") == date(2026, 11, 22) and day_of("Your next step") is None
