"""A copy on a server of one's own: the headers of `_headers`, every page, what is not there, a sub-path, the ZIP; the day a page changed,
how a reader tells of a fault, what a reviewer opens.

Where nginx is on PATH it is started as host/nginx.conf says, not as root, on loopback. Elsewhere the same questions go to the plain server,
and the configuration is read as text.
"""

import gzip
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from scripts import report_changed, start_host
from scripts.finish_site import dated
from scripts.guide.history import changed_since, last_changed
from scripts.guide.policy import headers, nginx, sent
from scripts.guide.site import load_site
from scripts.pack_offline import pack
from tests.conftest import HOME, PREFIX, REPO, ROOT, command, edit

NGINX = shutil.which("nginx")
PLACES = ["plain", "nginx at the root", f"nginx under /{PREFIX}/"] if NGINX else ["plain"]
CONF, IMAGE = ((ROOT / "host" / name).read_text(encoding="utf-8") for name in ("nginx.conf", "Containerfile"))
NOBODY = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def by_nginx(root: Path, conf: Path):
    """nginx on a free port with a configuration of host/, its own files in a folder of its own; gives the address and the process."""
    port, own = free_port(), Path(tempfile.mkdtemp(prefix="guide-nginx-"))
    own.chmod(0o777)
    conf.write_text(conf.read_text(encoding="utf-8").replace("listen 8080;", f"listen 127.0.0.1:{port};").replace("/tmp/", f"{own}/"), encoding="utf-8")
    server = subprocess.Popen([NGINX, "-e", "stderr", "-p", str(root), "-c", str(conf)], stderr=subprocess.PIPE, text=True, **NOBODY)
    try:
        for _ in range(100):
            with socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, server.stderr.read()
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/", server
    finally:
        server.terminate()
        complaints = server.communicate(timeout=10)[1]
        shutil.rmtree(own)
    assert complaints == ""  # neither a warning nor a reader's address


@pytest.fixture(scope="module")
def copies():
    """A folder that an nginx without rights can read, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="guide-host-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module", params=PLACES)
def place(request, copies, built, address):
    """Where a copy is served: (address, process or None)."""
    if request.param == "plain":
        yield address, None
        return
    root = copies / request.param.split()[-1].strip("/")
    copy = root / PREFIX if "under" in request.param else root
    shutil.copytree(built, copy)
    start_host.write_host(copy)
    with by_nginx(root, copy / "host/nginx.conf") as (home, server):
        yield home + (f"{PREFIX}/" if "under" in request.param else ""), server


def ask(where: str, method: str = "GET", **more: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer; a redirect is followed."""
    request = urllib.request.Request(where, method=method, headers={name.replace("_", "-"): value for name, value in more.items()})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


# The server ----------------------------------------------------------------------------------------------------------


def test_every_file_answers_with_its_own_bytes(place, built):
    names = [path.relative_to(built).as_posix() for path in sorted(built.rglob("*")) if path.is_file()]
    assert len([name for name in names if name.endswith(".html")]) >= 80
    for name in names:
        if name != "_headers" and not name.startswith("host/"):
            status, _, body = ask(place[0] + name)
            assert (status, body) == (200, (built / name).read_bytes()), name
    assert ask(place[0])[2] == (built / "index.html").read_bytes() and ask(place[0] + "conditions/")[0] == 200


@pytest.mark.parametrize("name", ["nope.html", "conditions/nope.html", "a/b/c.html", "go/nope", "assets/nope.js"])
def test_what_is_not_there_is_404(place, built, name):
    status, _, body = ask(place[0] + name)
    assert status == 404 and (place[1] is None or body == (built / "404.html").read_bytes())


def test_nginx_sends_the_headers_of_the_file_with_every_answer(place, built):
    home, server = place
    told = sent((built / "_headers").read_text(encoding="utf-8"))
    assert len(told) == 5
    for name in ("", "conditions/index.html", "assets/guide.js", "feed.xml", "nope.html", "_headers") if server else ():
        got = ask(home + name)[1]
        assert {key: got[key] for key, _ in told} == dict(told), name
        assert got["Server"] == "nginx" and ("Cache-Control" not in got or got["Cache-Control"] == "max-age=600")


def test_nginx_packs_names_types_and_keeps_its_own_files(place):
    home, server = place
    for name, kind in (
        (
            ("conditions/index.html", "text/html; charset=utf-8"),
            ("assets/guide.js", "application/javascript; charset=utf-8"),
            ("assets/look.css", "text/css; charset=utf-8"),
            ("feed.xml", "application/atom+xml; charset=utf-8"),
        )
        if server
        else ()
    ):
        _, got, body = ask(home + name, Accept_Encoding="gzip")
        assert (got["Content-Type"], got["Content-Encoding"]) == (kind, "gzip") and gzip.decompress(body) == ask(home + name)[2]
    for name in ("_headers", "host/nginx.conf", "host/", "host/headers.conf", ".git/config") if server else ():
        assert ask(home + name)[0] == 404, name
    assert not server or (ask(home, "POST")[0], ask(home, "PUT")[0], ask(home + "index.html", "DELETE")[0]) == (405, 405, 405)


def test_nginx_runs_without_rights(place):
    if place[1] and Path("/proc").is_dir():
        status = Path(f"/proc/{place[1].pid}/status").read_text()
        assert "0" not in re.search(r"^Uid:\t(.*)$", status, re.M)[1].split() and int(re.search(r"^CapEff:\t(\w+)$", status, re.M)[1], 16) == 0


def test_a_browser_reads_and_searches_the_copy_and_nothing_is_refused(place, browser):
    tab, refused = browser.new_page(), []
    tab.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    tab.goto(place[0] + "conditions/neck-pain.html")
    tab.get_by_role("button", name="Search", exact=True).click()
    tab.locator("#search-box").fill("sciatica")
    tab.locator("#search-list [role=option]").first.wait_for()
    tab.close()
    assert refused == []


# Its files -----------------------------------------------------------------------------------------------------------


def test_the_servers_headers_are_those_of_the_file(built):
    text = (built / "_headers").read_text(encoding="utf-8")
    made = start_host.host_files(text)["host/headers.conf"]
    assert re.findall(r'^add_header (\S+) "(.*)" always;$', made, re.M) == sent(text)
    assert text == headers((built / "index.html").read_text(encoding="utf-8"))
    typed = CONF + IMAGE + (ROOT / "host/README.md").read_text(encoding="utf-8")
    assert "add_header" not in CONF and "sha256-" not in typed and "default-src" not in typed


@pytest.mark.parametrize("wrong", ["/*\n  A: b\n/x/*\n  C: d\n", "/x\n  A: b\n", '/*\n  A: "b"\n', "/*\n  A: $uri\n", "/*\n  A: b\\\n"])
def test_headers_that_nginx_would_read_otherwise_are_refused(wrong):
    with pytest.raises(ValueError):
        nginx(wrong)


def test_the_configuration_writes_nothing_and_keeps_no_record():
    for line in ("access_log off;", "log_not_found off;", "error_log stderr crit;", "server_tokens off;", "daemon off;", "include headers.conf;"):
        assert line in CONF
    paths = re.findall(r"^\s*(?:pid|\w+_temp_path) (\S+);", CONF, re.M)
    assert len(paths) == 6 and all(path.startswith("/tmp/") for path in paths)  # the only place that a container may write to
    assert not re.search(r"^\s*user\s", CONF, re.M) and re.findall(r"listen (\S+);", CONF) == [str(start_host.PORT)]


def test_the_container_is_read_only_not_root_and_started_as_tested():
    assert re.search(r"^USER 65534:65534$", IMAGE, re.M) and "chmod -R a+rX,a-w /srv/guide" in IMAGE and f"EXPOSE {start_host.PORT}\n" in IMAGE
    for engine in ("podman", "docker"):
        build, run = start_host.commands(Path("/x"), engine)
        assert build[:2] == [engine, "build"] and "/x/host/Containerfile" in build
        assert {"--read-only", "--cap-drop", "all", "no-new-privileges"} <= set(run) and "127.0.0.1:8080:8080" in run
    assert "CMD " + json.dumps(start_host.commands(Path("/srv/guide"), "")[0]) in IMAGE
    shown = (ROOT / "host/README.md").read_text(encoding="utf-8")
    one = "podman build -f host/Containerfile -t guide . && podman run " + " ".join(start_host.SAFE) + " -p 127.0.0.1:8080:8080 guide"
    assert one in shown and one in IMAGE


def test_the_zip_holds_the_server_and_says_its_version(built, tmp_path, copies):
    one, two = (pack(built, tmp_path / name).read_bytes() for name in ("one.zip", "two.zip"))
    assert one == two
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        names = packed.namelist()
        packed.extractall(copies / "unpacked")
    home = copies / "unpacked/omt-and-back-pain"
    assert len(names) == len(set(names)) and {f"host/{name}" for name in (*start_host.KEPT, "headers.conf")} <= {name.partition("/")[2] for name in names}
    newest = re.search(r"<updated>([\d-]{10})T", (built / "feed.xml").read_text(encoding="utf-8"))[1]
    assert f"Version: {newest} " in (home / "READ-ME.txt").read_text(encoding="utf-8")
    if NGINX:
        with by_nginx(home, home / "host/nginx.conf") as (address, _):
            assert (ask(address + "safety/index.html")[0], ask(address + "READ-ME.txt")[0], ask(address + "host/README.md")[0]) == (200, 404, 404)


# The foot of a page --------------------------------------------------------------------------------------------------


def test_each_page_tells_when_its_text_last_changed_where_git_knows(project):
    def git(*parts: str, day: str = "2026-11-20") -> None:
        when = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z", "TZ": "UTC"}
        done = command("git", "-c", "user.name=a", "-c", "user.email=a@example.org", *parts, folder=project, **when)
        assert done.returncode == 0, done.stderr

    site = load_site(project)
    one, signs = site.page("back-pain/one.md"), site.page("back-pain/warning-signs.md")
    assert dated("<p><!-- changed --></p>", one, {}) == "<p></p>" and dated("<!-- changed -->", None, {"docs/x.md": "2026-11-20"}) == ""
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "one")
    edit(project, "data/triage.yml", "signs:", "# a note\nsigns:")
    git("commit", "-qam", "two", day="2026-11-25")
    days = last_changed(project)
    assert dated("<!-- changed -->", one, days) == 'Text last changed on <time datetime="2026-11-20">2026-11-20</time>.'
    assert "2026-11-25" in dated("<!-- changed -->", signs, days)  # a list made from data changes with it

    git("checkout", "-qb", "mine")
    edit(project, "docs/back-pain/one.md", "title: ", "title: New ")
    (project / "docs/conditions/knee.md").unlink()
    git("commit", "-qam", "three", day="2026-11-26")
    git("checkout", "-q", "main")
    edit(project, "docs/back-pain/two.md", "title: ", "title: Other ")
    git("commit", "-qam", "what others did meanwhile", day="2026-11-27")
    git("checkout", "-q", "mine")
    assert changed_since(project, "main") == ["docs/back-pain/one.md", "docs/conditions/knee.md"] and changed_since(project, "nowhere") == []
    found = report_changed.changed(changed_since(project, "main"), load_site(project))
    assert [address for address, _ in found[0]] == ["back-pain/one.html"] and found[1:] == (["conditions/knee.md"], [])
    assert '<a href="back-pain/one.html">New ' in report_changed.as_page(*found)
    assert "## Pages changed: 2" in report_changed.as_markdown(*found) and "- gone: `conditions/knee.md`" in report_changed.as_markdown(*found)
    assert "<script>" not in report_changed.as_page([("a.html", "<script>")], [], ["data/x.yml"])


def test_the_built_pages_show_the_day_and_leave_no_gap(built, html):
    days = last_changed(ROOT)
    for address, page in html.items():
        shown = page.css_first(".report time")
        assert "<!-- changed -->" not in page.html and (shown is not None) == (f"docs/{address[:-5]}.md" in days), address
        assert shown is None or shown.text() == shown.attributes["datetime"] >= days[f"docs/{address[:-5]}.md"]


def test_a_reader_tells_of_a_fault_with_the_pages_name_and_nothing_else(html):
    forms = {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml")}
    for address, page in html.items():
        links = [link.attributes["href"] for link in page.css(".report a") if "issues/new" in link.attributes["href"]]
        templates = [parse_qs(urlsplit(link).query)["template"][0] for link in links]
        assert templates == ([] if address == "404.html" else ["page-is-wrong.yml", "hard-to-understand.yml"]), address
        for link in links:
            asked = parse_qs(urlsplit(link).query, strict_parsing=True)
            assert link.startswith(f"{REPO}/issues/new?") and set(asked) == {"template", "page"}
            assert asked["page"] == [f"{page.css_first('article h1').text().strip()} ({address})"]
            fields = [field.get("id") for field in forms[asked["template"][0]]["body"]]
            assert "page" in fields
    for form in forms.values():
        assert form["name"] and form["description"] and all(field["type"] in ("input", "textarea", "checkboxes", "markdown") for field in form["body"])


def test_what_the_compliance_page_says_is_so(html, built):
    page = html["clinics/compliance.html"].css_first("article").text()
    assert "No clinician has signed any page yet." in page and not [one.src for one in load_site().pages if one.front.reviewed_by]
    for path in built.rglob("*.js"):
        assert "document.cookie" not in path.read_text(encoding="utf-8"), path
    assert HOME not in page  # it names no address that a copy would have wrong


def test_a_preview_can_be_opened_and_publishes_nothing():
    flow = yaml.safe_load((ROOT / ".github/workflows/preview.yml").read_text(encoding="utf-8"))
    steps = flow["jobs"]["preview"]["steps"]
    assert flow["permissions"] == {"contents": "read"} and "permissions" not in flow["jobs"]["preview"] and "secrets" not in str(flow)
    assert list(flow[True]) == ["pull_request"] and steps[0]["with"] == {"persist-credentials": False, "fetch-depth": 0}
    runs = " ".join(step.get("run", step.get("uses", "")) for step in steps)
    order = [runs.index(words) for words in ("make build", "--page > site/00-changed-pages.html", "upload-artifact", "GITHUB_STEP_SUMMARY")]
    assert order == sorted(order)
    published = (ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8")
    assert "fetch-depth: 0" in published.partition("make build")[0]  # else no page knows its day
