"""Guarantees that each picture is light, safe, credited and says what it means: 8 KB, no script, nothing from outside, alt text.

A picture that cannot load, or that a screen reader skips, leaves a patient guessing what will be done to them.

    python scripts/check_pictures.py
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.check_links import resolve  # noqa: E402
from scripts.problems import Problem, report  # noqa: E402
from scripts.project import Site, named_site  # noqa: E402

FOLDER = "docs/assets/pictures"
CREDITS = "about/how-we-check.md"
HEAVIEST = 8 * 1024
ALT = (80, 160)
SVG = "{http://www.w3.org/2000/svg}"


def check_file(path: Path, name: str) -> Iterator[Problem]:
    """One SVG file: weight, script, outside references, title and description."""
    size = path.stat().st_size
    if size > HEAVIEST:
        yield Problem(name, 1, f"the picture weighs {size} bytes; {HEAVIEST} is the most", "Draw fewer points, or run svgo.")
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        yield Problem(name, error.position[0], "the picture is not valid SVG", "Export it again.")
        return
    for part in ("title", "desc"):
        if not (root.findtext(f"{SVG}{part}") or "").strip():
            yield Problem(name, 1, f"the picture has no <{part}>", f"Write a <{part}> as the first thing inside <svg>.")
    for node in root.iter():
        links = [v for k, v in node.attrib.items() if k.endswith("href") and not v.startswith("#")]
        style = (node.text or "") + node.get("style", "") if node.tag == f"{SVG}style" or node.get("style") else ""
        if node.tag == f"{SVG}script" or any(k.startswith("on") for k in node.attrib):
            yield Problem(name, 1, "the picture runs a script", "Take the script out.")
        if links or "url(http" in style or "@import" in style or node.tag == f"{SVG}image":
            yield Problem(name, 1, "the picture fetches something from outside itself", "Draw it into the picture.")


def check(site: Site) -> Iterator[Problem]:
    """Every picture file, and every picture of a page."""
    used = {resolve(page, image.target) for page in site.pages for image in page.images}
    for path in sorted((site.root / FOLDER).glob("*")):
        name = path.relative_to(site.root).as_posix()
        if path.suffix != ".svg":
            yield Problem(name, 1, "the picture is not an SVG", "Draw it as SVG, so that it is sharp and follows the colours.")
            continue
        if name.removeprefix("docs/") not in used:
            yield Problem(name, 1, "no page shows this picture", "Show it, or delete it.")
        yield from check_file(path, name)
    about = site.page(CREDITS)
    credited = {resolve(about, link.target) for link in about.links} if about else set()
    for page in site.pages:
        for image in page.images:
            if page.src not in credited:
                yield Problem(page.name, image.line, "nobody can see where this picture comes from",
                              f"Add a row under 'Who drew the pictures?' in docs/{CREDITS}: link this page, say what it was compared with.")
            if not ALT[0] <= len(image.text) <= ALT[1]:
                yield Problem(page.name, image.line, f"the alt text has {len(image.text)} characters; {ALT[0]} to {ALT[1]} are right",
                              "Say position, hands and direction: what the picture means, not that it is one.")


def main(argv: list[str]) -> int:
    """Check the project (or the one in the folder named); 0 fine, 1 faults, 2 misuse."""
    site = named_site(argv, "check_pictures")
    if site is None:
        return 2
    files = len(list((site.root / FOLDER).glob("*")))
    return report(check(site), f"pictures: {files} files, {sum(len(page.images) for page in site.pages)} shown")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
