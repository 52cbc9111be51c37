"""`make due`: what grows old is listed with its pages, and nothing fails."""

from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from scripts import report_bench, report_due
from scripts.extensions.render import render
from scripts.guide.files import ROOT
from scripts.guide.site import load_site
from scripts.report_due import answer, dead_links, due_pages, old_guidelines, outside, weak_links
from tests.conftest import TODAY, edit, python, rendered

ONE, BIB = "docs/back-pain/one.md", "data/references.bib"


def test_the_bench_builds_the_same_pages_twice_each_with_what_it_is_made_of(tmp_path):
    ours, stock = (report_bench.project(tmp_path / name, 2, name == "stock") for name in ("ours", "stock"))
    texts = [{path.relative_to(root): path.read_bytes() for path in (root / "docs").rglob("*.md")} for root in (ours, stock)]
    assert texts[0] == texts[1] and len(texts[0]) == 2 * len(list((ROOT / "docs").rglob("*.md"))) - 1
    assert load_site(ours).faults == []
    technique = load_site(ours).cautions.technique_of
    assert technique("techniques/articulatory-copy1.md") == technique("techniques/articulatory.md") == "direct"


def test_pages_past_their_date_and_due_soon_earliest_first(project):
    edit(project, ONE, "2027-11-22", "2026-11-29")
    edit(project, "docs/back-pain/two.md", "2027-11-22", (TODAY + timedelta(days=60)).isoformat())
    edit(project, "docs/index.md", "2027-11-22", (TODAY + timedelta(days=61)).isoformat())
    assert list(due_pages(rendered(project))) == [
        f"- {ONE}: overdue since 2026-11-29".replace("overdue", "**overdue**"),
        "- docs/back-pain/two.md: due by 2027-01-29",
    ]


def test_old_guidelines_are_listed_with_the_pages_that_cite_them(project):
    assert list(old_guidelines(rendered(project))) == []
    edit(project, BIB, "title = {One study}", "title = {Clinical Guidelines for One}")
    assert next(old_guidelines(rendered(project))).startswith("- one (2020), Clinical Guidelines for One: back-pain/one.md, back-pain/warning-signs.md")
    edit(project, BIB, "year = {2020}", "year = {2021}")
    assert list(old_guidelines(rendered(project))) == []


def test_weak_addresses_are_listed_with_the_pages_that_cite_them(project):
    assert list(weak_links(rendered(project))) == []
    edit(project, BIB, "  doi = {10.1/another},\n", "")
    edit(project, BIB, "https://example.org/two", "http://example.org/two")
    found = list(weak_links(rendered(project)))
    assert "- cochrane2020nsaid, a search: https://pubmed.ncbi.nlm.nih.gov/?term=Another (conditions/knee.md)" in found
    assert [line.split(":")[0] for line in found] == ["- two, no https", "- cochrane2020nsaid, a search"]


def test_dead_addresses_are_found_by_asking(project, monkeypatch):
    monkeypatch.setattr(report_due, "PAUSE", 0)  # our own server need not be spared

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(int(self.path[1:]))
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    home = f"http://127.0.0.1:{server.server_port}"
    try:
        assert [answer(f"{home}/{code}") for code in (200, 403, 429, 404, 410)] == ["", "", "", "404", "410"]
        site = rendered(project)
        for source in list(site.sources):
            del site.sources[source]
        edit(project, ONE, "(two.md#more)", f"({home}/404)")
        site.pages = [page for page in render(load_site(project, TODAY)).pages if page.name == ONE]
        assert list(dead_links(site)) == [f"- {home}/404 (back-pain/one.md): 404"]
    finally:
        server.shutdown()
        server.server_close()
    assert answer(f"{home}/200") != ""


def test_every_outside_address_is_asked(project):
    edit(project, ONE, "(two.md#more)", "(https://example.org/one)")
    assert set(outside(rendered(project))) == {"https://example.org/one", "https://example.org/two", "https://doi.org/10.1/one", "https://doi.org/10.1/another"}


def test_the_report_is_markdown_and_never_fails():
    done = python("scripts/report_due.py")
    assert (done.returncode, done.stderr) == (0, "")
    heads = [line.split(":")[0] for line in done.stdout.splitlines() if line.startswith("## ")]
    assert heads == [
        "## Pages to check again",
        "## Guidelines more than 5 years old",
        "## Sources with a weak address",
        "## Addresses that data/addresses.txt does not keep yet (`make addresses`)",
    ]
