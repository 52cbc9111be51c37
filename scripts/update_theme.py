"""Keeps docs/assets/material.css: the rules of Material's own stylesheet that the guide's pages use, a quarter of it.

The whole stylesheet is the heaviest thing that a phone would fetch. Run after an upgrade of the theme, or when a page or
template begins to use another class of it; a test says when.

    make theme
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from scripts.guide.files import ROOT

KEPT = ROOT / "docs" / "assets" / "material.css"
SCRIPTED = {"js"}  # classes that a script sets


def rules(css: str) -> Iterator[tuple[str, str]]:
    """(what stands before the braces, what stands inside) of each rule at the top level of minified CSS."""
    start = depth = brace = 0
    for place, sign in enumerate(css):
        if sign == "{":
            depth += 1
            brace = place if depth == 1 else brace
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield css[start:brace], css[brace + 1 : place]
                start = place + 1
        elif sign == ";" and depth == 0:
            start = place + 1


def selectors(text: str) -> list[str]:
    """The selectors of a rule; a comma inside brackets divides none."""
    return re.split(r",(?![^(\[]*[)\]])", text)


def wanted(selector: str, names: set[str]) -> bool:
    """Whether a selector can meet a page: every class and element that it must have stands on one."""
    needed = re.sub(r":(?:not|is|where|has)\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\]", "", selector)
    if "[dir=rtl]" in selector or "data-md-toggle" in selector or "data-md-component" in selector:
        return False
    words = {f".{name}" for name in re.findall(r"\.([\w-]+)", needed)} | set(re.findall(r"(?:^|[\s>+~])([a-z][a-z0-9]*)", needed))
    return words <= names


def pruned(css: str, names: set[str]) -> str:
    """The rules that some page can meet."""
    kept = []
    for head, body in rules(css):
        if head.startswith(("@media", "@supports", "@layer", "@container")):
            inside = pruned(body, names)
            kept += [f"{head}{{{inside}}}"] if inside else []
        elif head.startswith(("@keyframes", "@font-face")):
            continue
        else:
            some = [selector for selector in selectors(head) if wanted(selector, names)]
            kept += [f"{','.join(some)}{{{body}}}"] if some else []
    return "\n".join(kept)


def names_on(pages: list[str]) -> set[str]:
    """The elements, and the classes with a dot, of HTML pages."""
    found = {f".{name}" for name in SCRIPTED} | {"from", "to"}
    for text in pages:
        for node in LexborHTMLParser(text).css("*"):
            found.add(node.tag)
            found |= {f".{name}" for name in (node.attributes.get("class") or "").split()}
    return found


def theme_for(site: Path) -> str:
    """The stylesheet that the pages of a built site need."""
    css = next(path for path in (files("material") / "templates/assets/stylesheets").iterdir() if path.name.startswith("main.") and path.name.endswith(".css"))
    pages = [path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))]
    head = f"/* From mkdocs-material {version('mkdocs-material')}, MIT, (c) Martin Donath: the rules that our pages use (make theme). */\n"
    text = re.sub(r"/\*.*?\*/", "", css.read_text(encoding="utf-8"), flags=re.S)
    return head + pruned(re.sub(r"\n?\s*$", "", text), names_on(pages)) + "\n"


def main() -> int:
    """Write the stylesheet from site/, which `make build` made; 0 done, 2 misuse."""
    if not (ROOT / "site" / "index.html").is_file():
        print("site/ is not built; run `make build` first", file=sys.stderr)
        return 2
    KEPT.write_text(theme_for(ROOT / "site"), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
