"""Times the build beside a stock Material build of the same text, at 1, 10 and 50 times the pages: time, memory, weight.

Copies stand beside their page and are as much as it is: a copy of a technique has that technique's cautions. They stay out of the
menu, which both engines write into every page. The list of every source is not copied: a guide has one, however large it is.

    make bench
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

from scripts.guide.files import ROOT

SIZES = (1, 10, 50)
SOURCES, PAGE = "<!-- sources -->", "conditions/neck-pain.html"
STOCK = """site_name: Stock
use_directory_urls: false
theme: {name: material, font: false, features: [navigation.tabs, navigation.indexes, navigation.footer, navigation.path]}
markdown_extensions: [attr_list, def_list, tables, pymdownx.blocks.caption, pymdownx.blocks.details, {toc: {toc_depth: 2-3}}]
not_in_nav: "*-copy*.md"
"""
SCRIPT = """import resource, runpy, sys
sys.argv = sys.argv[1:]
sys.path.insert(0, ".")
try:
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
except SystemExit as end:
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_utime + used.ru_stime, used.ru_maxrss, file=sys.stderr)
    sys.exit(end.code)
"""


def project(folder: Path, times: int, stock: bool) -> Path:
    """The guide with its pages that many times; with the theme as it comes where `stock`."""
    for name in ("data", "docs", "overrides", "scripts", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    numbers = range(1, times)
    for path in [*(folder / "docs").rglob("*.md")]:
        for number in numbers if SOURCES not in path.read_text(encoding="utf-8") else ():
            shutil.copy(path, path.with_stem(f"{path.stem}-copy{number}"))
    cautions = folder / "data/cautions.yml"
    known = re.sub(r"(techniques/.+?)\.md", lambda page: ", ".join([page[0], *(f"{page[1]}-copy{n}.md" for n in numbers)]), cautions.read_text("utf-8"))
    cautions.write_text(known, encoding="utf-8")
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    menu = text[text.index("\nnav:\n") :]
    own = text.replace("strict: true", 'strict: true\nnot_in_nav: "*-copy*.md"')
    (folder / "mkdocs.yml").write_text(STOCK + menu if stock else own, encoding="utf-8")
    return folder


def run(folder: Path, *parts: str) -> tuple[float, float]:
    """Seconds of processor time, which other work on the machine does not change, and megabytes that a module takes."""
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(folder)}
    done = subprocess.run([sys.executable, "-c", SCRIPT, *parts], cwd=folder, env=env, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    seconds, kilobytes = done.stderr.split()[-2:]
    return float(seconds), int(kilobytes) / 1024


def weight(path: Path) -> float:
    """Kilobytes of a file as a server sends it (gzip)."""
    return len(zlib.compress(path.read_bytes(), 9)) / 1000 if path.exists() else 0.0


def main() -> int:
    """Print one line for each size and kind of build."""
    print("pages  build          seconds      MB  index kB  page kB   (processor time; gzip, which packs copies to almost nothing)")
    for times in SIZES:
        taken = []
        for stock in (True, False):
            with tempfile.TemporaryDirectory() as made:
                folder = project(Path(made) / "guide", times, stock)
                seconds, megabytes = run(folder, "mkdocs", "build", "--quiet", "--site-dir", "site")
                if not stock:
                    more, peak = run(folder, "scripts.finish_site", "site")
                    seconds, megabytes = seconds + more, max(megabytes, peak)
                taken.append(seconds)
                site = folder / "site"
                index = weight(site / ("search/search_index.json" if stock else "assets/search-index.js"))
                pages = len(list((folder / "docs").rglob("*.md")))
                name = "stock Material" if stock else "the guide"
                print(f"{pages:5}  {name:14} {seconds:7.1f} {megabytes:7.0f} {index:9.0f} {weight(site / PAGE):8.1f}", flush=True)
        print(f"       the guide takes {taken[1] / taken[0]:.1f} times as long as stock Material", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
