"""The leaflets, on paper: printed by a real browser on both papers and read back, by a PDF reader and by a QR reader."""

import re
import shutil
from io import BytesIO

import pytest
import segno
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from scripts.extensions.leaflet import WORDS
from scripts.guide.leaflets import leaflets
from scripts.guide.qr import qr_svg
from scripts.print_handouts import LIST, PAPERS, link_all, pdf_of
from scripts.set_up import ROOT
from tests.conftest import BUILT, HOME, command, edit, faults, python, rendered, words

SITE = rendered(ROOT)
LEAFLETS = leaflets(SITE)
NAMES = [page.src.split("/")[-1].removesuffix(".md") for page in LEAFLETS]
BY_NAME = dict(zip(NAMES, LEAFLETS, strict=True))
POINTS = {"letter": (612, 792), "a4": (595, 842)}
LEAST = 12 * 96 / 72  # 12 points as a browser reckons
SMALL_TEXT = """least => { const found = [], walk = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) { const node = walk.currentNode, at = node.parentElement;
        if (node.textContent.trim() && at.checkVisibility() && at.getClientRects().length && parseFloat(getComputedStyle(at).fontSize) < least - 0.01)
            found.push(node.textContent.trim().slice(0, 40)); }
    for (const line of document.querySelectorAll('article :is(input[type=text], textarea)'))
        if (parseFloat(getComputedStyle(line).fontSize) < least - 0.01) found.push(line.outerHTML);
    return found; }"""
COLOURS = """() => [...document.querySelectorAll('article *')].filter(one => one.checkVisibility()).flatMap(one => {
    const style = getComputedStyle(one);
    return ['color', 'backgroundColor', 'borderTopColor', 'borderLeftColor'].map(name => style[name]); })"""
WIDE = """() => [...document.querySelectorAll('.avoid-list :is(th, td)')].filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"""


@pytest.fixture(scope="module")
def printed(built, tmp_path_factory):
    """The built site with its PDFs: the very ones that are about to be published, else printed here into a copy."""
    if BUILT and (built / pdf_of(LEAFLETS[0], "a4")).is_file():
        return built
    folder = tmp_path_factory.mktemp("printed") / "site"
    shutil.copytree(built, folder)
    done = python("scripts/print_handouts.py", str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{2 * len(LEAFLETS)} PDF files")
    return folder


@pytest.fixture(scope="module")
def pdfs(printed):
    """Each PDF, open, by leaflet and paper."""
    return {(name, paper): PdfReader(printed / pdf_of(BY_NAME[name], paper)) for name in NAMES for paper in PAPERS}


@pytest.fixture(scope="module")
def paper(browser, address):
    """A tab that shows pages as they are printed."""
    tab = browser.new_page(viewport={"width": 703, "height": 1000}, color_scheme="dark")  # 186 mm, what A4 leaves
    tab.emulate_media(media="print")
    yield lambda name: (tab.goto(address + BY_NAME[name].address), tab)[1]
    tab.close()


def text(pdf: PdfReader, page: int | None = None) -> str:
    """What a PDF says, spaces evened, on all pages or on one."""
    pages = pdf.pages if page is None else [pdf.pages[page]]
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def plain(line: str) -> str:
    """Words without spaces: a PDF breaks lines where it likes."""
    return re.sub(r"\s", "", line)


both = pytest.mark.parametrize("paper_name", PAPERS)
each = pytest.mark.parametrize("name", NAMES)


def test_there_is_a_leaflet_for_each_moment():
    assert NAMES == ["before-first-visit", "after-omt", "warning-signs", "questions", "who-should-avoid", "home-care", "my-visit"]


# What a printer gets -------------------------------------------------------------------------------------------------


@both
@each
def test_a_leaflet_is_one_sheet_of_its_paper(pdfs, name, paper_name):
    pdf = pdfs[name, paper_name]
    assert 1 <= len(pdf.pages) <= 2
    for page in pdf.pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(POINTS[paper_name], abs=1)


@both
@each
def test_a_pdf_is_tagged_and_has_title_and_language(pdfs, name, paper_name):
    pdf = pdfs[name, paper_name]
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is not False and root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    assert pdf.metadata.title == f"{BY_NAME[name].title} - {SITE.config['site_name']}"
    kinds = set()

    def walk(node) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict) and "/S" in node:
            kinds.add(node["/S"])
            walk(node.get("/K", []))

    walk(root["/StructTreeRoot"]["/K"])
    assert {"/H1", "/L", "/LI", "/P"} <= kinds
    assert "/TH" in kinds or name != "who-should-avoid"
    assert next(one.title for one in pdf.outline if not isinstance(one, list)) == BY_NAME[name].title


@both
@each
def test_fonts_come_along_and_no_link_leads_to_this_machine(pdfs, name, paper_name):
    for page in pdfs[name, paper_name].pages:
        for font in page["/Resources"]["/Font"].values():
            font = font.get_object()
            inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            kept = inner["/FontDescriptor"].keys() & {"/FontFile", "/FontFile2", "/FontFile3"} if "/FontDescriptor" in inner else font["/Subtype"] == "/Type3"
            assert kept, font
        for mark in page.get("/Annots") or []:
            target = mark.get_object().get("/A", {}).get("/URI", HOME)
            assert target.startswith((HOME, "https://", "http://www.")), target


@both
@each
def test_the_emergency_card_is_whole_and_on_one_page(pdfs, name, paper_name):
    pdf = pdfs[name, paper_name]
    card = [plain(line) for one in SITE.triage.cards("emergency") for line in one.text.split("\n")]
    assert [number for number in range(len(pdf.pages)) if all(line in plain(text(pdf, number)) for line in card)], "no page has every line"


def test_after_a_treatment_the_neck_card_is_whole_too(pdfs):
    for paper_name in PAPERS:
        first = plain(text(pdfs["after-omt", paper_name], 0))
        assert all(plain(line) in first for one in SITE.triage.cards("neck") for line in one.text.split("\n"))


@both
@each
def test_the_foot_and_the_lines_for_the_clinic_are_there(pdfs, name, paper_name):
    said, front = text(pdfs[name, paper_name]), BY_NAME[name].front
    for part in ("Day phone", "Night phone", "Clinic", SITE.config["site_name"], "This is not medical advice.", "CC BY 4.0", front.reviewed.isoformat()):
        assert part in said
    assert f"Do not use after {front.review_due.isoformat()}" in said
    assert ("No clinician has reviewed it." in said) == (front.reviewed_by is None)
    assert plain(HOME + BY_NAME[name].address) in plain(said)
    assert "[1]" not in said and "Search" not in said and "This is a leaflet for paper" not in said


@both
@each
def test_a_qr_reader_reads_the_address_off_the_paper(browser, printed, name, paper_name):
    """Chromium's own PDF viewer needs a window; poppler draws the page where it is installed, else the browser does, as on paper."""
    tool = shutil.which("pdftoppm")
    if tool:
        where = printed / pdf_of(BY_NAME[name], paper_name)
        done = command(tool, "-r", "150", "-gray", "-png", str(where), str(where.with_suffix("")))
        assert done.returncode == 0
        images = [Image.open(path).copy() for path in where.parent.glob(f"{where.stem}-*.png")]
        for path in where.parent.glob(f"{where.stem}-*.png"):
            path.unlink()
    else:
        tab = browser.new_page(device_scale_factor=150 / 96)
        tab.emulate_media(media="print")
        tab.set_content((printed / BY_NAME[name].address).read_text(encoding="utf-8"))
        images = [Image.open(BytesIO(tab.locator(".qr svg").screenshot()))]
        tab.close()
    assert [code.text for image in images for code in zxingcpp.read_barcodes(image)] == [HOME + BY_NAME[name].address]


def test_a_qr_code_holds_what_it_is_given():
    svg = qr_svg("https://example.org/a?b=1&c=2")
    size = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])
    assert size == segno.make("https://example.org/a?b=1&c=2", error="m", micro=False).symbol_size(border=4)[0]
    assert "style=" not in svg and "xmlns" not in svg


# What a reader of 75 gets --------------------------------------------------------------------------------------------


@each
def test_no_text_on_paper_is_smaller_than_12_points(paper, name):
    assert paper(name).evaluate(SMALL_TEXT, LEAST) == []


@each
def test_paper_is_black_and_white(paper, name):
    """Grey lines may be; colour may not, whatever the screen is set to."""
    for colour in set(paper(name).evaluate(COLOURS)):
        red, green, blue = re.findall(r"[\d.]+", colour)[:3]
        assert red == green == blue, colour


def test_no_word_of_the_list_of_problems_is_cut(paper):
    assert paper("who-should-avoid").evaluate(WIDE) == []


def test_the_list_of_problems_says_what_the_data_says(html):
    tree = html[BY_NAME["who-should-avoid"].address]
    heads = [cell.text(strip=True) for cell in tree.css(".avoid-list thead th")]
    assert heads == ["Your problem", *(technique.short for technique in SITE.cautions.techniques)]
    rows = [[cell.text(strip=True) for cell in row.css("th, td")] for row in tree.css(".avoid-list tbody tr")]
    assert rows == [[one.short, *(WORDS[one.cells[t.key].word] for t in SITE.cautions.techniques)] for one in SITE.cautions.problems]
    assert len({one.short for one in SITE.cautions.problems}) == len(rows)
    told = tree.css_first("article").text()
    assert all(f"{technique.short}:" in told for technique in SITE.cautions.techniques), "each column is explained"


def test_the_questions_are_those_of_the_guide(html):
    asked = [words(box) for box in html[BY_NAME["questions"].address].css(".leaflet-boxes li")]
    page = html["first-session/questions-to-ask.html"]
    assert len(asked) == len(page.css("li.box")) and all(one.endswith("?") for one in asked)
    assert all(words(box).startswith(one.split("?")[0]) for one, box in zip(asked, page.css("li.box"), strict=True))


@each
def test_a_leaflet_has_a_box_to_tick_or_a_card_to_go_by(html, name):
    tree = html[BY_NAME[name].address]
    assert tree.css("input[type=checkbox]") or name == "warning-signs"
    assert not tree.css("input[type=checkbox][autocomplete]")  # HTML allows it on fields of text alone
    assert [label.text(strip=True) for label in tree.css(".clinic label")] == ["Clinic", "Day phone", "Night phone"]


# The list of leaflets ------------------------------------------------------------------------------------------------


def test_the_list_links_each_leaflet_and_its_files_where_they_are(printed, html):
    linked = {link.attributes["href"] for link in html[LIST].css("article td a")}
    assert linked == {page.address.removeprefix("clinics/") for page in LEAFLETS} or BUILT  # as built, no file is promised
    text = (printed / LIST).read_text(encoding="utf-8")
    for page in LEAFLETS:
        for one in PAPERS:
            assert text.count(f'href="{pdf_of(page, one).removeprefix("clinics/")}"') == 1
            assert (printed / pdf_of(page, one)).stat().st_size < 400_000
    link_all(printed, LEAFLETS)
    assert (printed / LIST).read_text(encoding="utf-8") == text, "a second time changes nothing"


def test_where_nobody_said_where_the_site_stands_no_address_and_no_code_is_printed(monkeypatch):
    monkeypatch.delenv("SITE_URL", raising=False)
    for page in leaflets(rendered(ROOT)):
        foot = page.view.tree.css_first(".leaflet-foot")
        assert "Ask the clinic for the address." in foot.text() and not foot.css(".qr, .address") and "http" not in foot.text()


def test_the_verb_says_what_is_missing(tmp_path):
    done = python("scripts/print_handouts.py", str(tmp_path))
    assert done.returncode == 2 and "make build" in done.stderr


# A leaflet claims nothing of its own ---------------------------------------------------------------------------------

LEAFLET = """---
title: A leaflet
description: A leaflet for the tests.
type: handout
leaflet_of:
  - conditions/knee.md
reviewed: 2026-11-22
review_due: 2027-11-22
---

<!-- clinic -->

{words}

<!-- card: emergency -->
"""


def told(project, said: str) -> list[str]:
    """What is said of a small project's leaflet, where it is claims."""
    (project / "docs/leaflet.md").write_text(LEAFLET.format(words=said), encoding="utf-8")
    return [fault for fault in faults(project) if fault.startswith("docs/leaflet.md") and ("made from" in fault or "leaflet_of" in fault)]


def test_a_source_or_a_figure_that_no_page_has_is_a_fault(project):
    page = rendered(project).page("conditions/knee.md")
    key = next(key for key, _ in page.citations)
    line = next(line for line in page.body.split("\n") if f"@{key}" in line)
    assert told(project, line) == []
    assert any("the figure 98765 stands on no page" in fault for fault in told(project, f"It is 98765 [@{key}]."))
    edit(project, "docs/leaflet.md", "conditions/knee.md", "index.md")
    assert any(f"no page that the leaflet is made from cites '{key}'" in fault for fault in faults(project))


def test_a_leaflet_names_pages_that_are_there(project):
    told(project, "Words.")
    edit(project, "docs/leaflet.md", "conditions/knee.md", "conditions/kne.md")
    assert any("made from conditions/kne.md, which is not there" in fault and "knee.md" in fault for fault in faults(project))
    edit(project, "docs/leaflet.md", "leaflet_of:\n  - conditions/kne.md\n", "")
    assert any("names no page that it is made from" in fault for fault in faults(project))
    edit(project, "docs/conditions/knee.md", "reviewed:", "leaflet_of:\n  - index.md\nreviewed:")
    assert any("only a leaflet has `leaflet_of`" in fault for fault in faults(project))


def test_a_line_that_is_too_long_for_paper_is_a_fault(project):
    edit(project, "data/cautions.yml", "problem: Weak bones", f"problem: Weak bones\n        short: {'bones ' * 9}")
    assert any("it is one line on paper" in fault for fault in faults(project))
