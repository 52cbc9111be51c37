"""Packs the built site into one ZIP: a whole copy that opens from a folder on disk, or goes onto any web server.

make offline
"""

import re
import sys
import zipfile
from pathlib import Path

from scripts.guide.feed import FEED
from scripts.guide.files import ROOT
from scripts.start_host import HOST, host_files

NAME = "omt-and-back-pain"
READ_ME = """OMT and Back Pain: a whole copy.

Open index.html in a browser. Search works too, and nothing is sent anywhere.
On a web server, put the folder anywhere. host/README.md has a server to start by one command, and settings for common web hosts.
A copy does not get our corrections: follow feed.xml of the guide itself, and replace the copy when it tells of a change.
Version: {version} (the newest day on about/whats-new.html).
Words: CC BY 4.0, code: MIT. This guide is not medical advice.
"""


def version(site: Path) -> str:
    """The newest day that the site's feed tells of."""
    path = site / FEED
    found = re.search(r"<updated>(\d{4}-\d\d-\d\d)", path.read_text(encoding="utf-8")) if path.is_file() else None
    return found[1] if found else "not known"


def pack(site: Path, out: Path) -> Path:
    """Write the ZIP, with the files of a web server; the same site gives the same bytes."""
    made = {name: text.encode() for name, text in host_files((site / "_headers").read_text(encoding="utf-8")).items()}
    kept = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file() and path.parent != site / HOST}
    found = sorted({**kept, **made}.items())
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, data in [("READ-ME.txt", READ_ME.format(version=version(site)).encode()), *found]:
            packed.writestr(zipfile.ZipInfo(f"{NAME}/{name}", (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out


def main() -> int:
    """Pack site/, which `make build` made; 0 done, 2 misuse."""
    site = ROOT / "site"
    if not (site / "index.html").is_file():
        print("site/ is not built; run `make build` first", file=sys.stderr)
        return 2
    out = pack(site, ROOT / f"{NAME}.zip")
    print(f"{out.name}: {out.stat().st_size / 1e6:.1f} MB. Unpack it anywhere and open index.html.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
