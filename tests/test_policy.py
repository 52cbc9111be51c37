"""The content policy that each page carries: only what the site itself holds may run, load or style, in every state of every page."""

import re

import pytest
from playwright.sync_api import expect

from tests.test_browser import ADDRESSES


@pytest.fixture
def page(browser, strict):
    """A tab that notes every refusal and every error."""
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.refused = []
    tab.on("console", lambda m: tab.refused.append(m.text) if m.type == "error" else None)
    tab.on("pageerror", lambda e: tab.refused.append(str(e)))
    yield tab
    tab.close()


def test_every_page_carries_a_policy_that_allows_nothing_inline_and_no_other_host(html):
    for address, page in html.items():
        policy = page.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
        assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "http" not in policy.replace("https:", "http"), address
        assert not page.css("[style], style, [onclick], [onload]"), address
        assert page.css_first("meta[name=referrer]").attributes["content"] == "no-referrer"


def test_the_headers_say_what_no_meta_element_can(built):
    text = (built / "_headers").read_text(encoding="utf-8")
    for name in ("Content-Security-Policy", "Referrer-Policy", "Permissions-Policy", "X-Content-Type-Options"):
        assert re.search(rf"^  {name}: \S", text, re.M)
    assert "frame-ancestors 'none'" in text


def test_no_page_breaks_its_policy(page, strict):
    for path in [*ADDRESSES, "404.html"]:
        page.goto(strict + path, wait_until="load")
        assert page.refused == [], path


def test_no_state_of_a_page_breaks_its_policy(page, strict):
    page.goto(strict + "techniques/muscle-energy.html")
    page.get_by_role("button", name="Colors").click()
    page.locator("abbr.term").first.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.locator("figure a.glightbox").click()
    dialog = page.get_by_role("dialog", name="Picture, enlarged")
    for part in (dialog.locator("img"), dialog.locator(".picture-words")):
        expect(part).to_be_visible()
        box = part.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= 800 and box["width"] <= 960
    page.set_viewport_size({"width": 900, "height": 700})
    page.wait_for_timeout(300)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Menu", exact=True).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Search", exact=True).click()
    for words in ("sciatica", "numb between my legs", "qzxwv"):
        page.locator("#search-box").fill(words)
        expect(page.locator("#search-list [role=option], #search-else .doors").first).to_be_visible()
    assert page.refused == []


def test_a_script_that_is_not_ours_does_not_run(page, strict):
    bad = "<script>document.title = 'changed'</script></body>"
    page.route("**/index.html", lambda route: route.fulfill(body=route.fetch().text().replace("</body>", bad), content_type="text/html"))
    page.goto(strict + "index.html")
    assert page.title() != "changed" and page.refused
