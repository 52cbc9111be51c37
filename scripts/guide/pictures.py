"""Each picture is light, safe, credited and says what it means: 8 KB, no script, nothing from outside, alt text.

A picture that cannot load, or that a screen reader skips, leaves a patient guessing what will be done to them.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from scripts.guide.links import line_of, resolve
from scripts.guide.problems import Problem, nearest
from scripts.guide.site import Site

FOLDER = "docs/assets/pictures"
CREDITS = "about/how-we-check.md"
HEAVIEST = 8 * 1024
ALT = (80, 160)
SVG = "{http://www.w3.org/2000/svg}"
SLABS = {"#fff", "#ffffff", "white", "rgb(255,255,255)", "#000", "#000000", "black"}


def check_file(path: Path, name: str) -> Iterator[Problem]:
    """One SVG file: weight, script, outside references, title and description, a slab of white or black behind it."""
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
    box = (root.get("viewBox") or "").replace(",", " ").split()
    for node in root.iter():
        links = [v for k, v in node.attrib.items() if k.endswith("href") and not v.startswith("#")]
        style = (node.text or "") + node.get("style", "") if node.tag == f"{SVG}style" or node.get("style") else ""
        outside = any("url(" in v and "url(#" not in v for v in node.attrib.values())
        if node.tag in (f"{SVG}script", f"{SVG}foreignObject") or any(k.lower().startswith("on") for k in node.attrib):
            yield Problem(name, 1, "the picture runs a script", "Take the script out.")
        if links or outside or ("url(" in style and "url(#" not in style) or "@import" in style or node.tag == f"{SVG}image":
            yield Problem(name, 1, "the picture fetches something from outside itself", "Draw it into the picture.")
        if node.tag == f"{SVG}rect" and len(box) == 4 and node.get("width") in (box[2], "100%") and node.get("fill", "").replace(" ", "").lower() in SLABS:
            yield Problem(name, 1, "a white or black slab covers the picture, which one of the two colour schemes cannot bear", "Take the slab out.")


def check_pictures(site: Site) -> Iterator[Problem]:
    """Every picture file, and every picture of a page."""
    used = {resolve(page, image.target) for page in site.pages for image in page.view.images}
    there = {path.relative_to(site.root / "docs").as_posix() for path in (site.root / FOLDER).glob("*")}
    for path in sorted((site.root / FOLDER).glob("*")):
        name = path.relative_to(site.root).as_posix()
        if path.suffix != ".svg":
            yield Problem(name, 1, "the picture is not an SVG", "Draw it as SVG, so that it is sharp and follows the colours.")
            continue
        if name.removeprefix("docs/") not in used and not nearest(name.removeprefix("docs/"), used - there, alike=0.9):
            yield Problem(name, 1, "no page shows this picture", "Show it, or delete it.")
        yield from check_file(path, name)
    about = site.page(CREDITS)
    rows = about.view.tree.css("tr") if about else []
    credited = {(resolve(about, a.attributes.get("href") or ""), row.text()) for row in rows for a in row.css("a[href]")}
    counts = {src: sum(1 for found, _ in credited if found == src) for src, _ in credited}
    for page in site.pages:
        shown = page.view.images
        captioned = {image.attributes.get("src") for figure in page.view.tree.css("figure:has(figcaption)") for image in figure.css("img")}
        for index, image in enumerate(shown):
            line = line_of(page, image)
            if not image.text.strip():
                yield Problem(
                    page.name,
                    line,
                    f"the picture {image.target} has no alt text",
                    "Write what the picture means between the brackets: ![what it means](file.svg).",
                )
            elif not ALT[0] <= len(image.text) <= ALT[1]:
                yield Problem(
                    page.name,
                    line,
                    f"the alt text has {len(image.text)} characters; {ALT[0]} to {ALT[1]} are right",
                    "Say position, hands and direction: what the picture means, not that it is one.",
                )
            if image.target not in captioned:
                yield Problem(page.name, line, "the picture has no caption", "Under it write /// caption, a line that says what to see, then ///.")
            if index >= counts.get(page.src, 0):
                yield Problem(
                    page.name,
                    line,
                    "nobody can see where this picture comes from",
                    f"Add a row under 'Who drew the pictures?' in docs/{CREDITS}: link this page, say what it was compared with.",
                )
