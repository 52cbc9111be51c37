"""Every page in a real browser, each opened once; one page of each layout in every scheme and width; then what a reader does."""

import functools
import re
import threading
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from itertools import cycle

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import expect

from scripts.set_up import ROOT
from tests.conftest import QUIET, Quiet, python, rendered

ADDRESSES = sorted(page.address for page in rendered(ROOT).pages)
LAYOUTS = {
    "home": "index.html",
    "technique": "techniques/muscle-energy.html",
    "condition": "conditions/chronic-low-back-pain.html",
    "cautions": "safety/who-should-avoid.html",
    "visit": "first-session/prepare.html",
    "spoke": "back-pain/warning-signs.html",
    "questions": "faq.html",
    "explainer": "what-is-omt/does-it-work.html",
    "evidence": "evidence/index.html",
    "ratings": "techniques/index.html",
    "clinics": "clinics/index.html",
    "leaflet": "clinics/handouts/after-omt.html",
    "lost": "404.html",
}
AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "iframes": False, "preload": False}
ASK = """async options => (await axe.run(document, options)).violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 200))])"""
SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 800}}


def violations(tab) -> list:
    """What axe finds on the page as it stands: each rule, with the first places that break it."""
    if not tab.evaluate("!!window.axe"):
        tab.evaluate(AXE)
    return tab.evaluate(ASK, OPTIONS)


@contextmanager
def opened(browser, address: str, size: str = "desktop", **options):
    """A fresh tab that notes what a reader must never meet: errors, and requests to anybody else."""
    context = browser.new_context(viewport=SIZES[size], **options)
    page = context.new_page()
    page.bad = []
    page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else page.bad.append(r.url))
    page.on("console", lambda m: page.bad.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: page.bad.append(str(e)))
    yield page
    context.close()


def look(browser, address: str, paths: list[str], size: str, **options) -> dict[str, tuple]:
    """Open each page once: what axe finds, how far it scrolls sideways, what went wrong. Two tabs, so that two cores work."""
    found = {}

    def collect(tab) -> None:
        if tab.path:
            found[tab.path] = (tab.evaluate("window.found"), tab.evaluate("document.documentElement.scrollWidth - innerWidth"), list(tab.bad))
        tab.path = ""
        tab.bad.clear()

    with opened(browser, address, size, **options) as one, opened(browser, address, size, **options) as other:
        one.path = other.path = ""
        for tab, path in zip(cycle((one, other)), paths, strict=False):
            collect(tab)
            tab.goto(address + path, wait_until="load")
            tab.path = path
            tab.evaluate(AXE)
            tab.evaluate(f"options => {{ window.found = ({ASK})(options) }}", OPTIONS)
        collect(one)
        collect(other)
    return found


@pytest.fixture(scope="module")
def seen(browser, address):
    """Every page, on a phone, in light colours."""
    return look(browser, address, [*ADDRESSES, "404.html"], "phone", color_scheme="light")


@pytest.fixture
def phone(browser, address):
    """A fresh phone-sized tab on the home page."""
    with opened(browser, address, "phone", has_touch=True) as page:
        page.goto(address + "index.html")
        yield page


@pytest.fixture
def desktop(browser, address):
    """A fresh tab on a page with everything in it."""
    with opened(browser, address) as page:
        page.goto(address + LAYOUTS["condition"])
        yield page


# Every page, once ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*ADDRESSES, "404.html"])
def test_a_page_is_accessible_quiet_and_fits(seen, path):
    violated, sideways, bad = seen[path]
    assert violated == []
    assert sideways <= 0
    assert bad == []


# Every layout, in every scheme and width -----------------------------------------------------------------------------


@pytest.mark.parametrize("scheme, size", [("light", "desktop"), ("dark", "phone"), ("dark", "desktop")])
def test_a_layout_is_accessible_in_every_scheme_and_width(browser, address, scheme, size):
    """Every page has been seen in light colours on a phone."""
    for path, (violated, sideways, bad) in look(browser, address, list(LAYOUTS.values()), size, color_scheme=scheme).items():
        assert (path, violated, bad) == (path, [], [])
        assert sideways <= 0, path


def test_each_layout_is_a_page_and_no_layout_of_the_templates_is_left_out():
    assert {*LAYOUTS.values()} - {"404.html"} <= {*ADDRESSES}
    types = {page.front.type for page in rendered(ROOT).pages if page.address in LAYOUTS.values()}
    assert types >= {path.stem for path in (ROOT / "templates").glob("*.md")}


STATES = {
    "menu": ("phone", lambda page: page.get_by_role("button", name="Menu", exact=True).click()),
    "search": ("phone", lambda page: (page.get_by_role("button", name="Search", exact=True).click(), page.keyboard.type("cant pee"))),
    "results": ("desktop", lambda page: (page.keyboard.press("Control+k"), page.keyboard.type("sciatica"))),
    "nothing found": ("phone", lambda page: (page.keyboard.press("Control+k"), page.keyboard.type("qzxwv"))),
    "picture": ("phone", lambda page: page.locator("a.glightbox").first.press("Enter")),
    "colours": ("desktop", lambda page: page.get_by_role("button", name="Colors").click()),
    "explanation": ("desktop", lambda page: page.locator("abbr.term").first.focus()),
    "folds": ("phone", lambda page: page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")),
}


LOOKS = {"light": {}, "dark": {"color_scheme": "dark"}, "forced": {"forced_colors": "active"}, "still": {"reduced_motion": "reduce"}}


@pytest.mark.parametrize("scheme", LOOKS)
@pytest.mark.parametrize("state", STATES)
def test_what_a_reader_opens_is_accessible(browser, address, state, scheme):
    size, act = STATES[state]
    with opened(browser, address, size, **LOOKS[scheme]) as page:
        page.goto(address + LAYOUTS["condition"])
        act(page)
        page.wait_for_timeout(600)
        assert violations(page) == []
        assert page.bad == []


@pytest.mark.parametrize("layout", ["home", "cautions", "ratings", "condition", "spoke"])
def test_a_page_fits_320_pixels_and_text_is_17_or_more(browser, address, layout):
    with opened(browser, address, "phone") as page:
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(address + LAYOUTS[layout])
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        sizes = page.evaluate(
            "[...document.querySelectorAll('article > p:not([class]), article > ul > li')].map(e => parseFloat(getComputedStyle(e).fontSize))"
        )
        assert sizes and min(sizes) >= 17


def test_a_table_of_three_columns_needs_no_scrolling_on_a_phone_and_names_each_cell(phone, address):
    phone.goto(address + "back-pain/self-care.html")
    frame = phone.locator(".table-frame:has(.stacks)")
    assert frame.evaluate("box => box.scrollWidth <= box.clientWidth")
    cell = frame.locator("tbody td").nth(1)
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"What studies found: "'
    assert frame.locator("tbody td").first.evaluate("cell => getComputedStyle(cell, '::before').content") == "none"


def test_lines_have_60_to_75_characters_on_a_desktop(desktop):
    width = desktop.evaluate("""() => {
      const p = [...document.querySelectorAll('article > p:not([class])')].sort((a, b) => b.textContent.length - a.textContent.length)[0];
      const range = document.createRange(), lines = {};
      for (const node of p.childNodes) if (node.nodeType === 3) for (let i = 0; i < node.length; i++) {
        range.setStart(node, i); range.setEnd(node, i + 1);
        const top = Math.round(range.getBoundingClientRect().top / 8); lines[top] = (lines[top] || 0) + 1; }
      return Math.max(...Object.values(lines)); }""")
    assert 55 <= width <= 80


# What a reader does --------------------------------------------------------------------------------------------------


def test_without_a_choice_nothing_is_stored(phone):
    assert phone.evaluate("[Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]") == [[], [], ""]


@pytest.mark.parametrize("name, panel", [("Menu", "#menu"), ("Search", "#search")])
@pytest.mark.parametrize("way", ["Escape", "Close", "beside"])
def test_menu_and_search_open_and_close_with_the_keyboard(phone, name, panel, way):
    button = phone.get_by_role("button", name=name, exact=True)
    button.focus()
    phone.keyboard.press("Enter")
    expect(phone.locator(panel)).to_be_visible()
    phone.wait_for_function("panel => document.querySelector(panel).contains(document.activeElement)", arg=panel)
    for _ in range(30):  # focus stays inside while it is open
        phone.keyboard.press("Tab")
        assert phone.evaluate("panel => document.activeElement === document.body || document.querySelector(panel).contains(document.activeElement)", panel)
    if way == "beside":
        phone.mouse.click(355, 735)
    else:
        phone.keyboard.press("Escape") if way == "Escape" else phone.locator(panel).get_by_role("button", name="Close").click()
    expect(phone.locator(panel)).to_be_hidden()
    expect(button).to_be_focused()


def test_the_menu_says_whether_it_is_open_and_leads_to_each_section(phone):
    button = phone.get_by_role("button", name="Menu", exact=True)
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    phone.locator("#menu summary", has_text="Techniques").press("Enter")
    phone.locator("#menu").get_by_role("link", name="Cranial").press("Enter")
    phone.wait_for_url("**/techniques/cranial.html")
    expect(phone.locator("#menu [aria-current=page]")).to_contain_text("cranial", ignore_case=True)


def test_back_closes_search(phone):
    phone.get_by_role("button", name="Search", exact=True).click()
    phone.go_back()
    expect(phone.locator("#search")).to_be_hidden()
    assert phone.url.endswith("/index.html")


def test_colours_follow_the_device_until_a_reader_chooses(browser, address):
    paper = "getComputedStyle(document.body).backgroundColor"
    with opened(browser, address, "phone", color_scheme="dark") as page:
        page.goto(address + "index.html")
        dark, button = page.evaluate(paper), page.get_by_role("button", name="Colors")
        button.click()  # light
        assert page.evaluate(paper) != dark
        page.goto(address + LAYOUTS["condition"])
        assert page.evaluate(paper) != dark and "Light" in button.get_attribute("aria-label")
        button.press("Enter")  # dark
        assert page.evaluate(paper) == dark
        button.press("Enter")  # as the device: nothing is kept
        assert page.evaluate("Object.keys(localStorage)") == [] and "As this device" in button.get_attribute("aria-label")


def test_a_dark_device_gets_dark_pages_without_script_and_before_it(browser, address):
    with opened(browser, address, "phone", color_scheme="dark", java_script_enabled=False) as page:
        page.goto(address + "index.html")
        page.screenshot()
        assert "(prefers-color-scheme: dark)" in page.content()
    with opened(browser, address, "phone", color_scheme="dark") as page:
        page.route("**/guide.js", lambda route: route.abort())
        page.goto(address + "index.html")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 25, 31)"


def test_with_storage_blocked_everything_works(browser, address):
    with opened(browser, address, "phone") as page:
        page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})")
        page.goto(address + LAYOUTS["condition"])
        page.get_by_role("button", name="Colors").click()
        assert page.evaluate("document.documentElement.dataset.scheme") == "light"
        page.get_by_role("button", name="Search", exact=True).click()
        page.keyboard.type("sciatica")
        expect(page.get_by_role("option").first).to_be_visible()
        assert page.bad == []


def test_the_heading_that_is_read_is_marked_and_a_way_back_up_is_there(desktop):
    desktop.locator("h2", has_text="Who should be careful").evaluate("e => scrollTo(0, e.offsetTop + 400)")
    expect(desktop.locator(".contents [aria-current=location]")).to_have_count(1)
    desktop.mouse.wheel(0, -200)
    desktop.get_by_role("button", name="Back to top").click()
    desktop.wait_for_function("() => scrollY === 0")


def test_the_first_key_leads_past_the_bar_to_the_title(phone):
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.textContent") == "Skip to the page"
    phone.keyboard.press("Enter")
    assert phone.evaluate("document.activeElement.id") == "main"
    assert phone.locator("#main h1").is_visible()


@pytest.mark.parametrize("layout", ["home", "cautions", "condition", "technique", "questions", "ratings", "visit"])
def test_browser_text_of_32_pixels_scrolls_nothing_sideways(browser, address, layout):
    with opened(browser, address, "phone") as page:
        page.goto(address + LAYOUTS[layout])
        page.evaluate("document.documentElement.style.setProperty('font-size', '250%', 'important')")  # 125% of 32 px
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_copied_text_keeps_its_numbers(desktop):
    text = desktop.locator("article").inner_text()
    assert re.search(r"\[\d+(, \d+)*\]", text) and not re.search(r"\d{2},\d{4,}", text)


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
    expect(phone.locator("#search")).to_be_hidden()


def test_focus_is_never_hidden_behind_the_header(desktop):
    desktop.locator(".review a").focus()
    for _ in range(30):
        desktop.keyboard.press("Shift+Tab")
        top, bottom, inside = desktop.evaluate("""(() => { const e = document.activeElement, r = e.getBoundingClientRect();
            return [r.top, document.querySelector('.md-header').getBoundingClientRect().bottom, !!e.closest('article')] })()""")
        assert not inside or top >= bottom - 1, desktop.evaluate("document.activeElement.outerHTML.slice(0, 120)")


def test_a_tooltip_closes_with_escape(desktop):
    desktop.locator("abbr.term").first.focus()
    expect(desktop.get_by_role("tooltip")).to_be_visible()
    desktop.keyboard.press("Escape")
    expect(desktop.get_by_role("tooltip")).to_be_hidden()


def test_a_tooltip_stays_while_the_pointer_rests_on_it(desktop):
    word, tip = desktop.locator("abbr.term").first, desktop.get_by_role("tooltip")
    word.hover()
    expect(tip).to_be_visible()
    desktop.wait_for_timeout(400)
    box, start = tip.bounding_box(), word.bounding_box()
    desktop.mouse.move(start["x"] + start["width"] / 2, box["y"] + box["height"] / 2, steps=12)
    desktop.wait_for_timeout(800)
    expect(tip).to_be_visible()
    desktop.mouse.move(600, 700)
    expect(tip).to_be_hidden()


def test_a_citation_has_a_tooltip_and_leads_to_its_source_which_opens(desktop):
    note = desktop.locator(".cite a").first
    note.hover()
    expect(desktop.get_by_role("tooltip")).to_be_visible()
    target = note.get_attribute("href")[1:]
    note.click()
    expect(desktop.locator(f"[id='{target}']")).to_be_focused()
    expect(desktop.locator(f"[id='{target}']")).to_be_visible()


def test_an_address_inside_a_fold_opens_it(browser, address):
    with opened(browser, address) as page:
        page.goto(address + LAYOUTS["condition"])
        source = page.locator("ol.sources > li").last.get_attribute("id")
        expect(page.locator(f"[id='{source}']")).to_be_hidden()
        page.goto(f"{address}{LAYOUTS['home']}")
        page.goto(f"{address}{LAYOUTS['condition']}#{source}")
        expect(page.locator(f"[id='{source}']")).to_be_visible()


@pytest.mark.parametrize("way", ["hover", "focus", "tap"])
def test_a_word_is_explained_by_mouse_keyboard_and_touch(browser, address, way):
    with opened(browser, address, "phone" if way == "tap" else "desktop", has_touch=way == "tap") as page:
        page.goto(address + LAYOUTS["condition"])
        word = page.locator("abbr.term").first
        told = word.get_attribute("title")
        getattr(word, way)()
        expect(page.get_by_role("tooltip").filter(has_text=told)).to_be_visible()


def test_pages_work_without_script(browser, address):
    with opened(browser, address, "phone", java_script_enabled=False) as page:
        page.goto(address + LAYOUTS["spoke"])
        expect(page.locator(".card-911").first.get_by_role("heading", level=3)).to_have_text("Call 911 now if")
        page.goto(address + LAYOUTS["condition"])
        expect(page.locator("figure.results .bars").first).to_be_visible()
        expect(page.locator("#no-search")).to_contain_text("Search needs a browser that runs scripts")
        page.get_by_role("link", name="Menu", exact=True).click()
        page.locator("#menu summary", has_text="Is it safe?").click()
        page.locator("#menu").get_by_role("link", name="rights").click()
        assert page.url.endswith("/safety/your-rights.html")


def test_the_page_for_a_lost_reader_finds_the_root_under_a_path_that_nobody_named(browser, tmp_path):
    """A site built without SITE_URL, put two folders deep, asked for a page that is not there, three folders further down."""
    done = python("-m", "mkdocs", "build", "--quiet", "--site-dir", str(tmp_path / "www/some/place"), **{**QUIET, "SITE_URL": ""})
    assert done.returncode == 0, done.stderr
    assert python("scripts/finish_site.py", str(tmp_path / "www/some/place"), **{**QUIET, "SITE_URL": ""}).returncode == 0

    class Lost(Quiet):
        def send_error(self, code, *told):
            page = (tmp_path / "www/some/place/404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Lost, directory=str(tmp_path / "www")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    home = f"http://127.0.0.1:{server.server_port}/some/place/"
    with opened(browser, home, "phone") as page:
        page.goto(home + "gone/long/ago.html")
        expect(page.locator(".doors a").first).to_have_attribute("href", "/some/place/first-session/index.html")
        page.get_by_role("button", name="Search", exact=True).click()
        page.locator("#search-box").fill("neck pain")
        expect(page.locator("#search-list [role=option]").first).to_be_visible()
        assert page.evaluate("getComputedStyle(document.querySelector('.doors a')).borderTopStyle") == "solid"  # the looks have come
        assert not [told for told in page.bad if "Content Security Policy" in told or "Uncaught" in told]
        page.keyboard.press("Enter")
        page.wait_for_url(home + "conditions/neck-pain.html*")
    server.shutdown()


def test_pages_open_from_a_folder_on_disk(browser, built):
    page = browser.new_page()
    page.goto(f"file://{built}/index.html")
    page.get_by_role("link", name="Is it safe for me?").click()
    expect(page.locator("h1")).not_to_have_text("")
    assert page.url.endswith("/safety/check.html")
    page.close()


def test_on_paper_cards_are_whole_menus_are_gone_and_addresses_are_there(browser, address):
    with opened(browser, address) as page:
        page.goto(address + LAYOUTS["spoke"])
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        assert not page.locator(".md-header").is_visible() and not page.locator(".md-footer__inner").is_visible()
        for card in page.locator("article .card-911, article .card-er").all():
            assert card.is_visible()
            assert card.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
        after = page.locator(".sources a").first.evaluate("e => getComputedStyle(e, '::after').content")
        assert re.search(r"https?://", after)
        assert page.locator(".review").is_visible() and page.locator("ol.sources > li").first.is_visible()
        assert page.pdf(format="Letter")[:5] == b"%PDF-"


def test_a_picture_is_light_on_paper_even_where_the_screen_is_dark(browser, address):
    with opened(browser, address, color_scheme="dark") as page:
        page.goto(address + LAYOUTS["technique"])
        scheme = "e => getComputedStyle(e).colorScheme"
        assert page.locator("figure img").first.evaluate(scheme) == "dark"
        page.emulate_media(media="print", color_scheme="dark")
        assert page.locator("figure img").first.evaluate(scheme) == "light"
