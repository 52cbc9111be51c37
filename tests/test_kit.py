"""The kit for clinics: what a clinic copies, prints or scans is true, works under the strict policy, and is kept."""

import io
import json
import re
import xml.etree.ElementTree as etree
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import pytest
import yaml
import zxingcpp
from PIL import Image
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser

from scripts.extensions.kit import NO_HOME
from scripts.finish_site import finish
from scripts.guide.addresses import new_addresses, promised
from scripts.guide.kit import GO, LINKS
from scripts.guide.qr import qr_file, qr_png
from scripts.guide.readability import CEILING, grade
from scripts.set_up import ROOT
from tests.conftest import HOME, edit, faults, rendered, words
from tests.test_browser import opened, violations

SITE = rendered(ROOT)
DATA = yaml.safe_load((ROOT / LINKS).read_text(encoding="utf-8"))
BY_NAME = {link["name"]: link for link in DATA["links"]}
GIVEN = [link for link in DATA["links"] if "moment" in link]
CODED = [link for link in DATA["links"] if "codes" in link]
KIT, CODES = "clinics/index.html", "clinics/codes.html"


def page_of(link: dict) -> str:
    """The address of a link's page on the site."""
    return link["page"].removesuffix(".md") + ".html"


def read_qr(picture: Image.Image) -> list[str]:
    """What a phone would read in a picture."""
    return [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]


def folds(html, address: str = KIT) -> dict[str, list[str]]:
    """For each page with a moment, the three texts to copy."""
    found = {}
    for entry in html[address].css("dl.kit-moments dd"):
        link = entry.css_first("p > a")
        found[urljoin(address, link.attributes["href"])] = [code.text().strip() for code in entry.css("pre > code")]
    return found


# What a clinic copies ------------------------------------------------------------------------------------------------


def test_every_page_with_a_moment_stands_there_with_its_moment_what_is_seen_and_true_addresses(html, built):
    found = folds(html)
    assert list(found) == [page_of(link) for link in GIVEN]
    for link, entry in zip(GIVEN, html[KIT].css("dl.kit-moments dd"), strict=True):
        page = SITE.page(link["page"])
        assert words(entry.parent.css_first("dt")) == link["moment"]
        shown = [words(p) for p in entry.css("p")]
        assert shown[:2] == [page.title, link["sees"]] and ("note" not in link or shown[2] == link["note"])
        short, mail, web = found[page.address]
        assert short == f"{HOME}go/{link['name']}.html"
        assert mail == f"{page.title}:\n{HOME}{page.address}"
        pasted = LexborHTMLParser(f"<body>{web}</body>")
        anchor = pasted.css_first("p > a")
        assert (anchor.attributes["href"], anchor.text()) == (HOME + page.address, page.title)
        assert {node.tag for node in pasted.css("body *")} == {"p", "a"}  # nothing that a strict policy of the clinic's refuses
    for text in (text for texts in found.values() for text in texts):
        for address in re.findall(rf"{re.escape(HOME)}([\w/.-]+)", text):
            assert (built / address).is_file(), address


def test_no_placeholder_stands_on_any_page_of_the_kit(built):
    for path in (built / "clinics").rglob("*.html"):
        assert not re.search(r"ADDRESS-OF|example\.(?:com|org)|YOUR-|SITE_URL", path.read_text(encoding="utf-8")), path.name


def test_the_ready_words_hold_true_addresses_the_guides_name_and_no_hard_sentence(html, built):
    shown = [code.text() for code in html[KIT].css(".kit-words pre > code")]
    assert len(shown) == len(DATA["texts"]) >= 4
    assert [words(label) for label in html[KIT].css(".kit-words .kit-label")] == [text["place"] for text in DATA["texts"]]
    for text, one in zip(shown, DATA["texts"], strict=True):
        addresses = re.findall(r"https?://[^\s,\"]+", text)
        ours = [address.removeprefix(HOME) or "index.html" for address in addresses if address.startswith(HOME)]
        assert len(ours) == len(named := re.findall(r"\{([\w-]+)\}", one["text"])) >= 1 and "{" not in text
        assert all(SITE.page(BY_NAME[name]["page"]).title in text for name in named if name != "home")  # beside its address, so that it can be searched for
        assert all((built / address).is_file() for address in ours)
        assert SITE.name in text
        assert grade(re.sub(r"<[^>]*>|https?://\S+|_{3,}|\(\w+\)", "", text)) <= CEILING
    assert all("____" in text for text in shown)  # each leaves room for what only the clinic knows


def test_the_badge_is_a_file_and_frames_nothing(html, built):
    box = next(fold for fold in html[KIT].css("details.kit-one") if "badge" in words(fold.css_first("summary")))
    pasted = LexborHTMLParser(f"<body>{box.css_first('pre > code').text()}</body>")
    image = pasted.css_first("a > img")
    assert pasted.css_first("a").attributes["href"] == HOME and not pasted.css("iframe, script, [style]")
    saved = box.css_first("a[download]")
    assert image.attributes["src"] == saved.attributes["download"]
    file = (built / "clinics" / saved.attributes["href"]).resolve()
    svg = file.read_text(encoding="utf-8")
    assert SITE.name in svg and not re.search(r"href|url\(|<script|style=", svg)
    assert (image.attributes["width"], image.attributes["height"]) == tuple(re.search(r'width="(\d+)" height="(\d+)"', svg).groups())
    assert SITE.name in image.attributes["alt"] and "not medical advice" in image.attributes["alt"]


def test_what_is_copied_is_what_is_shown_under_the_strict_policy(browser, strict):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page, bad = context.new_page(), []
    page.on("console", lambda m: bad.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: bad.append(str(e)))
    page.goto(strict + KIT)
    for fold in page.locator(".kit-one").all():
        fold.locator("summary").click()
    boxes = page.locator(".kit-copy")
    assert boxes.count() == 3 * len(GIVEN) + 1 + len(DATA["texts"])
    for box in boxes.all():
        box.get_by_role("button").click()
        expect(box.get_by_role("button")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == box.locator("code").text_content().strip()
    expect(page.locator(".kit-told")).to_contain_text("Copied. ")
    assert bad == []
    context.close()


def test_without_a_clipboard_the_text_is_selected_and_without_script_no_dead_button_stands_there(browser, strict):
    with opened(browser, strict) as page:
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false;")
        page.goto(strict + KIT)
        box = page.locator(".kit-words .kit-copy").first
        box.get_by_role("button").click()
        expect(box.get_by_role("button")).to_contain_text("Selected")
        assert page.evaluate("String(getSelection())").strip() == box.locator("code").text_content().strip()
    with opened(browser, strict, java_script_enabled=False) as page:
        page.goto(strict + KIT)
        assert page.locator(".kit-button:visible").count() == 0
        expect(page.locator(".kit-words code").first).to_be_visible()


@pytest.mark.parametrize("scheme, size", [("light", "phone"), ("dark", "desktop")])
def test_all_that_is_folded_is_accessible_and_fits(browser, address, scheme, size):
    with opened(browser, address, size, color_scheme=scheme) as page:
        for path in (KIT, CODES):
            page.goto(address + path)
            page.evaluate("for (const fold of document.querySelectorAll('article details')) fold.open = true")
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.bad == []


# Short addresses and QR codes ----------------------------------------------------------------------------------------


def test_every_short_address_answers_and_leads_to_its_page(browser, address, built):
    with opened(browser, address) as page:
        for name, link in BY_NAME.items():
            text = (built / f"go/{name}.html").read_text(encoding="utf-8")
            there = LexborHTMLParser(text).css_first("main a").attributes["href"]
            assert urljoin(f"go/{name}.html", there) == page_of(link) and (built / page_of(link)).is_file()
        page.goto(f"{address}go/first-visit.html")
        page.wait_for_url(address + page_of(BY_NAME["first-visit"]))
    assert {path.name for path in (built / "go").iterdir()} == {f"{name}.html" for name in BY_NAME}


def test_a_phone_reads_every_qr_code_file_and_finds_the_short_address(built):
    for name in BY_NAME:
        assert read_qr(Image.open(built / f"assets/qr/{name}.png")) == [f"{HOME}go/{name}.html"]
        assert (built / f"assets/qr/{name}.svg").read_text(encoding="utf-8") == qr_file(f"{HOME}go/{name}.html")
    assert len(list((built / "assets/qr").iterdir())) == 2 * len(BY_NAME)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_reads_every_qr_code_on_the_page_in_every_scheme(browser, strict, scheme):
    with opened(browser, strict, color_scheme=scheme) as page:
        page.goto(strict + KIT)
        page.evaluate("for (const fold of document.querySelectorAll('.kit-one')) fold.open = true")
        codes = page.locator("svg.qr")
        assert codes.count() == len(GIVEN)
        for link, code in zip(GIVEN, codes.all(), strict=True):
            assert read_qr(Image.open(io.BytesIO(code.screenshot()))) == [f"{HOME}go/{link['name']}.html"]
            assert code.get_attribute("aria-label") == f"QR code: {HOME}go/{link['name']}.html"


def test_every_file_of_a_qr_code_that_a_page_offers_is_there(html, built):
    for place, listed in ((f"{KIT} dl.kit-moments", GIVEN), (f"{KIT} table.addresses", None), (f"{CODES} table.codes", ordered())):
        address, _, inside = place.partition(" ")
        offered = [link.attributes["href"] for link in html[address].css(f"{inside} a[download]")]
        assert offered
        assert listed is None or offered == [f"{HOME}assets/qr/{link['name']}.{kind}" for link in listed for kind in ("svg", "png")]
        assert all((built / href.removeprefix(HOME)).is_file() for href in offered)


def test_a_qr_code_takes_any_address_and_holds_it_whole():
    for text in ("https://a.example/", "https://sub.domain.example/a/long/path/to/the/guide/go/who-should-avoid.html?x=1&y=<2>"):
        assert read_qr(Image.open(io.BytesIO(qr_png(text)))) == [text]
        assert etree.fromstring(qr_file(text)).attrib["aria-label"] == f"QR code: {text}"  # a file of XML, not only a part of a page


# The table of codes --------------------------------------------------------------------------------------------------


def ordered() -> list[dict]:
    """The links with codes, in the order of their first code."""
    return sorted(CODED, key=lambda link: next(iter(link["codes"])))


def test_the_table_shows_each_code_word_and_rating_of_the_data(html):
    rows = html[CODES].css("table.codes tbody tr")
    assert len(rows) == len(CODED) >= 20
    for row, link in zip(rows, ordered(), strict=True):
        page = SITE.page(link["page"])
        assert urljoin(CODES, row.css_first("th a").attributes["href"]) == page.address and words(row.css_first("th a")) == page.title
        assert [words(item) for item in row.css("li")] == [f"{code} {title}" for code, title in link["codes"].items()]
        assert words(row.css("td")[-1]) == ", ".join(link["words"])
        rating = row.css_first(".rating-mark")
        assert (words(rating) if rating else None) == (page.front.rating.level if page.front.rating else None)
        assert row.css_first(".kit-short code").text() == f"{HOME}go/{link['name']}.html"
    said = words(html[CODES].css_first(".kit-edition"))
    assert said == f"{sum(len(link['codes']) for link in CODED)} entries for {len(CODED)} pages. Codes and titles: {DATA['edition']}."


def test_the_page_of_codes_names_the_year_and_its_source_and_is_no_coding_advice():
    page = SITE.page("clinics/codes.md")
    assert DATA["source"] in {key for key, _ in page.citations}
    day = re.search(r"release of (\w+ \d+, \d{4})", DATA["edition"])[1]
    assert f"release of {day} [@{DATA['source']}]" in page.body and "no coding advice" in page.body
    assert day in SITE.sources[DATA["source"]].title
    year = int(re.search(r"fiscal year (\d{4})", DATA["edition"])[1])
    assert page.front.review_due <= date(year + 1, 10, 1)  # the day on which the next year of codes begins


def test_the_file_for_machines_agrees_with_the_data_and_with_the_front_matter(built):
    file = json.loads((built / "links.json").read_text(encoding="utf-8"))
    assert (file["guide"], file["home"], file["code_edition"]) == (SITE.name, HOME, DATA["edition"])
    assert [link["name"] for link in file["links"]] == list(BY_NAME)
    for link in file["links"]:
        own, page = BY_NAME[link["name"]], SITE.page(BY_NAME[link["name"]]["page"])
        front = yaml.safe_load((ROOT / page.name).read_text(encoding="utf-8").split("---")[1])
        assert (link["title"], link["description"]) == (front["title"], front["description"])
        assert (link["last_checked"], link["check_again_by"]) == (str(front["reviewed"]), str(front["review_due"]))
        assert link["clinician_review"] == ("{name}, {credentials}".format(**front["reviewed_by"]) if "reviewed_by" in front else None)
        rating = front.get("evidence") or {}
        assert link["rating"] == ({"level": rating["level"], "for": rating["about"]} if "level" in rating else None)
        assert (link["moment"], link["patient_sees"], link["words"]) == (own.get("moment"), own.get("sees"), own.get("words", []))
        back = {code["code"] + {True: "-" if "." in code["code"] else ".-", False: ""}[code["and_below"]]: code["title"] for code in link["codes"]}
        assert back == own.get("codes", {})
        assert (link["address"], link["short_address"]) == (HOME + page.address, f"{HOME}go/{link['name']}.html")
        assert all((built / link[key].removeprefix(HOME)).is_file() for key in ("address", "short_address"))
    fields = {"name", "title", "description", "address", "short_address", "last_checked", "check_again_by", "clinician_review", "rating"}
    assert {*file["links"][0]} == fields | {"moment", "patient_sees", "codes", "words"}  # clinics/codes.md names these, and no others


# The promise ---------------------------------------------------------------------------------------------------------


def test_the_counts_of_the_promise_are_those_of_the_file(html):
    lines = [line for line in (ROOT / "data/addresses.txt").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    inside, short = sum("#" in line for line in lines), sum(line.startswith(GO) for line in lines)
    told = [int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", words(html[KIT].css_first(".kit-kept")))]
    assert told == [len(lines) - inside - short, inside, short]


def test_every_short_address_is_kept(built):
    kept = promised(ROOT)
    assert {f"go/{name}.html" for name in BY_NAME} <= set(kept) and new_addresses(SITE) == []
    assert all((built / address).is_file() for address in kept)


def test_a_short_address_that_was_published_cannot_go_or_be_renamed(project):
    edit(project, LINKS, "- name: soft", "- name: softer")
    edit(project, LINKS, "{soft}", "{softer}")
    found = faults(project)
    assert any(re.match(r"data/addresses\.txt:\d+: the short address go/soft\.html has been published and is gone\n    Put it back", fault) for fault in found)
    assert f"{LINKS}:5: the short address go/softer.html is not kept yet\n    Run `make addresses`, which promises it for ever." in found


def test_a_short_address_may_lead_to_another_page(project):
    edit(project, LINKS, "page: techniques/soft.md", "page: techniques/thrust.md")
    assert faults(project) == []


@pytest.mark.parametrize(
    "old, new, told",
    [
        ("page: techniques/soft.md", "page: techniques/sofd.md", "5: the short name 'soft' leads to techniques/sofd.md, which is not there"),
        ("texts:", "  - name: soft\n    page: techniques/thrust.md\ntexts:", "12: the short name 'soft' stands twice"),
        ("M54.2: C", "M542: C", "9: 'M542' is not shaped like an ICD-10-CM code in 'soft'"),
        ("M54.2: C", "M54.2.1: C", "9: 'M54.2.1' is not shaped like an ICD-10-CM code in 'soft'"),
        ("M54.2: C", "54.2: C", "9: '54.2' is not shaped like an ICD-10-CM code in 'soft'"),
        ("M54.2: C", "M54-: C", "9: 'M54-' is not shaped like an ICD-10-CM code in 'soft'"),
        ("{soft}", "{sofd}", "13: there is no short name 'sofd'"),
        ("name: soft", "name: Soft Tissue", "4: the short name 'Soft Tissue' has other signs than small letters, digits and hyphens"),
        ("    sees: What you feel.\n", "", "4: the key 'sees' is missing in 'soft'"),
        ("    words: [neck pain]\n", "", "4: the key 'words' is missing in 'soft'"),
        ("source: one", "source: two2", "2: no source has the key 'two2'"),
    ],
)
def test_a_mistake_in_the_kit_is_told_with_its_line(project, old, new, told):
    edit(project, LINKS, old, new)
    assert f"{LINKS}:{told}" in [fault.split("\n")[0] for fault in faults(project)]


@pytest.mark.parametrize("code", ["M54.2", "M54.50", "M54.3-", "G43.-", "R51.9", "S39.012-", "M45.A", "C4A.9", "R42", "O26.89-"])
def test_codes_of_every_shape_are_read(project, code):
    edit(project, LINKS, "M54.2: C", f"{code}: C")
    assert faults(project) == []


# Where the address is not known --------------------------------------------------------------------------------------


def test_the_list_of_addresses_gives_each_page_its_short_address(html):
    shown = {}
    for row in html[KIT].css("table.addresses tbody tr"):
        code = row.css_first(".kit-short code")
        shown[row.css_first("a").text().removeprefix(HOME)] = code.text() if code else None
    first = {page_of(link): f"{HOME}go/{name}.html" for name, link in reversed(BY_NAME.items())}
    assert shown == {page.address: first.get(page.address) for page in SITE.pages}
    assert all(shown[page.address] for page in SITE.pages if page.folder in ("techniques", "conditions") and not page.src.endswith("index.md"))


def test_where_the_address_is_not_known_nothing_false_can_be_copied(tmp_path, monkeypatch):
    monkeypatch.delenv("SITE_URL", raising=False)
    site = rendered(ROOT)
    for src in ("clinics/index.md", "clinics/codes.md"):
        page = LexborHTMLParser(site.page(src).html)
        assert not page.css(".kit-copy, .qr, .kit-short, .kit-file, [download]")
        assert "http" not in "".join(words(cell) for cell in page.css("dl.kit-moments, table.codes"))
    kit = LexborHTMLParser(site.page("clinics/index.md").html)
    assert [words(note) for note in kit.css(".kit-unknown")] == [NO_HOME] * 2
    assert len(kit.css("dl.kit-moments dd")) == len(GIVEN)
    (tmp_path / "index.html").write_text('<meta charset="utf-8">', encoding="utf-8")
    written = finish(tmp_path, site)
    file = json.loads((tmp_path / "links.json").read_text(encoding="utf-8"))
    assert file["home"] is None and file["links"][0]["short_address"] == f"go/{file['links'][0]['name']}.html"
    assert not [name for name in written if name.startswith("assets/qr/")] and f"go/{file['links'][0]['name']}.html" in written


def test_the_address_of_mkdocs_yml_and_of_the_environment_are_both_heard(project, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://a.example/guide")
    assert rendered(project).home == "https://a.example/guide/"
    monkeypatch.delenv("SITE_URL")
    assert rendered(project).home == ""
    edit(project, "mkdocs.yml", 'site_url: !ENV [SITE_URL, ""]', "site_url: https://b.example/")
    assert rendered(project).home == "https://b.example/"


# A clinic's page and letter, from the kit alone ----------------------------------------------------------------------


def test_a_clinics_page_under_its_own_strict_policy_is_built_from_the_kit_alone(browser, html, built, tmp_path: Path, address):
    """A web person pastes the words, two links, the badge and a QR code; each shows, and each link leads to the page."""
    own = next(code.text() for code in html[KIT].css(".kit-words pre > code"))
    pasted = [texts[2] for texts in folds(html).values()]
    sign = next(fold for fold in html[KIT].css("details.kit-one") if "badge" in words(fold.css_first("summary"))).css_first("pre > code").text()
    (tmp_path / "guide-badge.svg").write_bytes((built / "assets/guide-badge.svg").read_bytes())
    (tmp_path / "first-visit.svg").write_bytes((built / "assets/qr/first-visit.svg").read_bytes())
    policy = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; img-src file:\">"
    body = f"{own}{''.join(pasted)}{sign}<img src='first-visit.svg' width=200 alt='QR code'>"
    (tmp_path / "clinic.html").write_text(f"<!doctype html><meta charset=utf-8>{policy}<title>Our clinic</title>{body}", encoding="utf-8")
    with opened(browser, f"file://{tmp_path}") as page:
        page.goto(f"file://{tmp_path}/clinic.html")
        assert page.bad == []
        assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
        assert read_qr(Image.open(io.BytesIO(page.get_by_alt_text("QR code").screenshot()))) == [f"{HOME}go/first-visit.html"]
        for link in page.locator("a").all():
            assert (built / (link.get_attribute("href").removeprefix(HOME) or "index.html")).is_file()
