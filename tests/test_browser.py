"""Every page in a real browser: both colour schemes, phone and desktop; then what a reader does with keys, search and paper."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from scripts.project import load_site

ADDRESSES = sorted(page.src.removesuffix(".md") + ".html" for page in load_site().pages)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "iframes": False}
SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 800}}


@pytest.fixture(scope="module", params=["light", "dark"])
def scheme(request):
    return request.param


@pytest.fixture(scope="module", params=list(SIZES))
def size(request):
    return request.param


@pytest.fixture(scope="module")
def tab(browser, address, scheme, size):
    """One tab for a size and scheme; it notes what a reader must never meet."""
    context = browser.new_context(color_scheme=scheme, viewport=SIZES[size])
    page = context.new_page()
    page.bad = []
    page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else page.bad.append(r.url))
    page.on("console", lambda m: page.bad.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: page.bad.append(str(e)))
    yield page
    context.close()


@pytest.fixture
def phone(browser, address):
    """A fresh phone-sized tab on the home page."""
    context = browser.new_context(viewport=SIZES["phone"], has_touch=True)
    page = context.new_page()
    page.goto(address + "index.html")
    yield page
    context.close()


def violations(tab) -> list:
    """What axe finds on the page as it stands: each rule, with the first places that break it."""
    found = Axe().run(tab, options=OPTIONS).response["violations"]
    return [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found]


@pytest.mark.parametrize("path", [*ADDRESSES, "404.html"])
def test_a_page_is_accessible_quiet_and_fits(tab, address, path):
    tab.bad.clear()
    tab.goto(address + path, wait_until="load")
    tab.evaluate("document.fonts.ready")
    assert violations(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert tab.bad == []


@pytest.mark.parametrize("path", ["index.html", "safety/who-should-avoid.html", "techniques/index.html",
                                  "conditions/chronic-low-back-pain.html"])
def test_a_page_fits_320_pixels_and_text_is_17_or_more(browser, address, path):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    sizes = page.evaluate("[...document.querySelectorAll('article > p:not([class]), article > ul > li')]"
                          ".map(e => parseFloat(getComputedStyle(e).fontSize))")
    assert sizes and min(sizes) >= 17
    context.close()


def test_lines_have_60_to_75_characters_on_a_desktop(browser, address):
    page = browser.new_page(viewport=SIZES["desktop"])
    page.goto(address + "conditions/chronic-low-back-pain.html")
    width = page.evaluate("""() => {
      const p = [...document.querySelectorAll('article > p:not([class])')].sort((a, b) => b.textContent.length - a.textContent.length)[0];
      const range = document.createRange(), lines = {};
      for (const node of p.childNodes) if (node.nodeType === 3) for (let i = 0; i < node.length; i++) {
        range.setStart(node, i); range.setEnd(node, i + 1);
        const top = Math.round(range.getBoundingClientRect().top / 8); lines[top] = (lines[top] || 0) + 1; }
      return Math.max(...Object.values(lines)); }""")
    assert 55 <= width <= 80
    page.close()


def test_without_a_choice_nothing_is_stored(phone):
    assert phone.evaluate("[Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]") == [[], [], ""]


@pytest.mark.parametrize("name, box", [("Menu", "__drawer"), ("Search", "__search")])
def test_menu_and_search_open_and_close_with_the_keyboard(phone, name, box):
    button = phone.get_by_role("button", name=name, exact=True)
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    phone.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    panel = ".md-search" if box == "__search" else ".md-sidebar--primary"
    phone.wait_for_function("panel => document.querySelector(panel).contains(document.activeElement)", arg=panel)
    phone.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()


def test_on_a_phone_the_keyboard_meets_nothing_out_of_sight(phone):
    for _ in range(14):
        phone.keyboard.press("Tab")
        box = phone.evaluate("(() => { const r = document.activeElement.getBoundingClientRect(); return [r.left, r.right] })()")
        assert 0 <= box[0] < 360, phone.evaluate("document.activeElement.outerHTML.slice(0, 120)")


def test_single_letters_do_nothing(phone):
    for key in "sfpn/,.":
        phone.keyboard.press(key)
    phone.wait_for_timeout(300)
    assert phone.url.endswith("/index.html")
    assert not phone.evaluate("document.getElementById('__search').checked")


def test_focus_is_never_hidden_behind_the_header(browser, address):
    page = browser.new_page(viewport=SIZES["desktop"])
    page.goto(address + "conditions/chronic-low-back-pain.html")
    page.locator(".review a").focus()
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        top, bottom, inside = page.evaluate("""(() => { const e = document.activeElement, r = e.getBoundingClientRect();
            return [r.top, document.querySelector('.md-header').getBoundingClientRect().bottom, !!e.closest('article')] })()""")
        assert not inside or top >= bottom - 1, page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
    page.close()


def test_a_tooltip_closes_with_escape(browser, address):
    page = browser.new_page(viewport=SIZES["desktop"])
    page.goto(address + "conditions/chronic-low-back-pain.html")
    page.locator("abbr.term").first.focus()
    expect(page.locator(".md-tooltip2--active")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".md-tooltip2--active")).to_have_count(0)
    page.close()


def test_a_tooltip_stays_while_the_pointer_rests_on_it(browser, address):
    page = browser.new_page(viewport=SIZES["desktop"])
    page.goto(address + "conditions/chronic-low-back-pain.html")
    word, tip = page.locator("abbr.term").first, page.locator(".md-tooltip2--active .md-tooltip2__inner")
    word.hover()
    expect(tip).to_be_visible()
    page.wait_for_timeout(400)
    box, start = tip.bounding_box(), word.bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, box["y"] + box["height"] / 2, steps=12)
    page.wait_for_timeout(800)
    expect(tip).to_be_visible()
    page.mouse.move(600, 700)
    expect(tip).to_have_count(0)
    page.close()


def test_the_search_dialog_is_there_once_and_has_a_name(phone):
    dialog = phone.locator("[role=dialog]")
    assert dialog.count() == 1
    assert dialog.get_attribute("aria-label") == "Search"


SEARCHES = {
    "sciatica": "sciatica-and-herniated-disc.html", "osteoporosis": "who-should-avoid.html",
    "muscle energy": "muscle-energy.html", "slipped disc": "herniated-disc.html", "what to wear": "prepare.html",
    "cracking": "hvla-thrust.html", "side effects": "side-effects-and-risks.html",
    "cauda equina": "warning-signs.html", "mindfulness": "mind-and-body.html", "mri scan": "tests-and-scans.html",
}


@pytest.mark.parametrize("query", SEARCHES)
def test_search_typed_as_a_reader_types_finds_the_page(browser, address, query):
    page = browser.new_page(viewport=SIZES["desktop"])
    page.goto(address + "index.html")
    page.locator("input.md-search__input").click()
    page.locator("input.md-search__input").press_sequentially(query, delay=20)
    first = page.locator(".md-search-result__item").first
    first.wait_for(timeout=10_000)
    page.wait_for_timeout(300)
    found = page.eval_on_selector_all(".md-search-result__item > a", "links => links.map(a => a.pathname)")
    assert SEARCHES[query] in [path.split("/")[-1] for path in dict.fromkeys(found)][:3], found
    page.close()


def test_a_citation_has_a_tooltip_and_leads_to_its_source(browser, address):
    page = browser.new_page(viewport=SIZES["desktop"])
    page.goto(address + "conditions/chronic-low-back-pain.html")
    note = page.locator(".cite a").first
    note.hover()
    expect(page.locator(".md-tooltip2--active, .md-tooltip--active").first).to_be_visible()
    target = note.get_attribute("href")[1:]
    note.click()
    expect(page.locator(f"[id='{target}']")).to_be_focused()
    page.close()


@pytest.mark.parametrize("way", ["hover", "focus", "tap"])
def test_a_word_is_explained_by_mouse_keyboard_and_touch(browser, address, way):
    context = browser.new_context(viewport=SIZES["phone"] if way == "tap" else SIZES["desktop"], has_touch=way == "tap")
    page = context.new_page()
    page.goto(address + "conditions/chronic-low-back-pain.html")
    word = page.locator("abbr.term").first
    words = word.get_attribute("title")
    getattr(word, way)()
    expect(page.get_by_role("tooltip").filter(has_text=words)).to_be_visible()
    context.close()


def test_pages_work_without_script(browser, address):
    context = browser.new_context(java_script_enabled=False, viewport=SIZES["phone"])
    page = context.new_page()
    page.goto(address + "conditions/chronic-low-back-pain.html")
    expect(page.get_by_role("heading", name="Call 911 now if")).to_be_visible()
    expect(page.locator("figure.results .bars").first).to_be_visible()
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="Is it safe?").press("Enter")
    assert page.url.endswith("/safety/index.html")
    page.locator("label.md-header__button[for=__drawer]").click()
    expect(page.locator(".md-nav--primary").first).to_be_visible()
    context.close()


def test_pages_open_from_a_folder_on_disk(browser, built):
    page = browser.new_page()
    page.goto(f"file://{built}/index.html")
    page.get_by_role("link", name="Is it safe for me?").click()
    expect(page.locator("h1")).not_to_have_text("")
    assert page.url.endswith("/safety/index.html")
    page.close()


def test_on_paper_cards_are_whole_menus_are_gone_and_addresses_are_there(browser, address):
    page = browser.new_page()
    page.goto(address + "back-pain/warning-signs.html")
    page.emulate_media(media="print")
    assert not page.locator(".md-header").is_visible() and not page.locator(".md-footer__inner").is_visible()
    card = page.locator("article .card-emergency")
    assert card.is_visible()
    assert card.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
    after = page.locator(".sources a").first.evaluate("e => getComputedStyle(e, '::after').content")
    assert re.search(r"https?://", after)
    assert page.locator(".review").is_visible()
    assert page.pdf(format="Letter")[:5] == b"%PDF-"
    page.close()


def test_a_picture_is_light_on_paper_even_where_the_screen_is_dark(browser, address):
    page = browser.new_page(color_scheme="dark")
    page.goto(address + "techniques/muscle-energy.html")
    scheme = "e => getComputedStyle(e).colorScheme"
    assert page.locator("figure img").evaluate(scheme) == "dark"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("figure img").evaluate(scheme) == "light"
    page.close()
