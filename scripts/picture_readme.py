"""Draws the picture in README.md: the first page as a phone and a desktop show it. Run it when that page has changed its look.

make picture
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from scripts.guide.files import ROOT
from scripts.set_up import find_browser

PICTURE = ".github/first-page.png"
SIZES = ((390, 780), (1180, 780))  # CSS pixels: a phone, a desktop
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def draw(site: Path, out: Path) -> None:
    """Put both views of a built site's first page beside each other into one PNG."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_browser(), args=FLAGS)
        shots = []
        for width, height in SIZES:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto((site / "index.html").as_uri())
            shots.append(page.screenshot(type="png"))
        board = browser.new_page(viewport={"width": sum(w for w, _ in SIZES) + 72, "height": SIZES[0][1] + 48})
        board.set_content('<body style="margin:0;padding:24px;display:flex;gap:24px;background:#dfe7e8"></body>')
        for shot in shots:
            board.evaluate(
                "bytes => new Promise(done => { const img = new Image(); img.onload = done; document.body.append(img); "
                "img.style.borderRadius = '10px'; img.src = URL.createObjectURL(new Blob([new Uint8Array(bytes)])); })",
                list(shot),
            )
        board.screenshot(path=out)
        browser.close()


def main() -> int:
    """Draw from site/; 0 done, 1 where the site is not built yet."""
    site = ROOT / "site"
    if not (site / "index.html").is_file():
        print("There is no site yet.\n    Run `make build` first.", file=sys.stderr)
        return 1
    draw(site, ROOT / PICTURE)
    print(f"{PICTURE} is drawn; look at it before you commit it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
