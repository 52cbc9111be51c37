"""Packs the built site into one ZIP: a whole copy that opens from a folder on disk, or goes onto any web server.

make offline
"""

import sys
import zipfile
from pathlib import Path

from scripts.guide.files import ROOT

NAME = "omt-and-back-pain"
READ_ME = """OMT and Back Pain: a whole copy.

Open index.html in a browser. Search works too, and nothing is sent anywhere.
On a web server, put the folder anywhere; the file _headers holds the headers to send.
A copy does not get our corrections: look now and then at the page "What's new" of the guide itself.
Words: CC BY 4.0, code: MIT. This guide is not medical advice.
"""


def pack(site: Path, out: Path) -> Path:
    """Write the ZIP; the same site gives the same bytes."""
    found = [(path.relative_to(site).as_posix(), path.read_bytes()) for path in sorted(site.rglob("*")) if path.is_file()]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, data in [("READ-ME.txt", READ_ME.encode()), *found]:
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
