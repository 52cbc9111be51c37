"""A clinic's strict content policy (CSP) lets everything work: only what the site itself holds may run, load or style."""

import base64
import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import Quiet, served

POLICY = (
    "default-src 'self'; script-src 'self' {scripts}; style-src 'self' {styles}; img-src 'self' data:; object-src 'none'; "
    "worker-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'self'"
)


def hashes(nodes) -> str:
    """What a policy calls inline text that may run: its hash."""
    found = {base64.b64encode(hashlib.sha256(node.text().encode()).digest()).decode() for node in nodes}
    return " ".join(f"'sha256-{one}'" for one in sorted(found))


class Strict(Quiet):
    """A server that sends the policy with each page; the hashes come from the page as built."""

    def end_headers(self):
        path = self.translate_path(self.path)
        if path.endswith(".html"):
            page = LexborHTMLParser(Path(path).read_text(encoding="utf-8"))
            scripts = [s for s in page.css("script:not([src])") if "json" not in (s.attributes.get("type") or "")]
            self.send_header("Content-Security-Policy", POLICY.format(scripts=hashes(scripts), styles=hashes(page.css("style"))))
        super().end_headers()


@pytest.fixture(scope="module")
def strict(built, tmp_path_factory):
    """Where the site is served under the policy."""
    with served(built, tmp_path_factory.mktemp("strict"), Strict) as home:
        yield home


@pytest.fixture
def page(browser, strict):
    """A tab that notes every refusal."""
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.refused = []
    tab.on("console", lambda m: tab.refused.append(m.text) if "Content Security Policy" in m.text else None)
    yield tab
    tab.close()


@pytest.mark.parametrize("path", ["index.html", "conditions/chronic-low-back-pain.html", "safety/who-should-avoid.html", "evidence/sources.html", "404.html"])
def test_a_page_breaks_no_policy(page, strict, path):
    page.goto(strict + path, wait_until="networkidle")
    page.get_by_title("Switch to light colours").click()
    assert page.refused == []


def test_search_breaks_no_policy(page, strict):
    page.goto(strict + "index.html")
    page.locator("input.md-search__input").click()
    page.locator("input.md-search__input").press_sequentially("sciatica", delay=20)
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert page.refused == []


def test_an_enlarged_picture_needs_no_other_policy(page, strict):
    """GLightbox writes two sizes into style attributes, which the policy refuses; pictures.css gives both without."""
    page.goto(strict + "techniques/muscle-energy.html")
    page.locator("figure a.glightbox").click()
    dialog = page.get_by_role("dialog", name="Picture, enlarged")
    for part in (dialog.locator("img"), dialog.locator(".gslide-desc")):
        expect(part).to_be_visible()
        box = part.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= 800 and box["width"] <= 960
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert [text for text in page.refused if not text.startswith("Applying inline style")] == []
