"""What search knows: the words of every built page, section by section, and the questions that patients type (data/questions.yml)."""

from collections.abc import Mapping
from pathlib import Path

from markdown.extensions.toc import slugify
from selectolax.lexbor import LexborNode

from scripts.guide.files import Lined, load_yaml
from scripts.guide.leaflets import HANDOUT
from scripts.guide.problems import Problem
from scripts.guide.site import Site
from scripts.guide.view import SKIPPED, article

QUESTIONS = "data/questions.yml"
ENOUGH = 5
ABOUT_US = 600  # signs of each part of our pages about ourselves that search reads: few ask, and a phone fetches it all
BEGINS = {"h2", "h3", "h4", "dt", "tr"}  # with an anchor, each begins a section
Part = tuple[str, str, str]  # anchor, heading, words
APART = {"p", "li", "td", "th", "dd", "dt", "h2", "h3", "h4", "summary", "figcaption", "tr", "div", "ul", "ol", "table", "br", "span"}


def questions_of(root: Path) -> tuple[Lined, list[Problem]]:
    """The questions of each page, by its path in docs/, and what is wrong with the file."""
    found, faults = load_yaml(root, QUESTIONS)
    seen: dict[str, int] = {}
    for src, asked in found.items():
        if not isinstance(asked, list) or not all(isinstance(one, str) for one in asked):
            mend = "Write each on a line of its own, after two spaces and a dash."
            faults.append(Problem(QUESTIONS, found.lines[src], f"{src} needs a list of questions", mend))
            continue
        for index, one in enumerate(asked):
            if one.casefold() in seen:
                what = f'"{one}" stands on line {seen[one.casefold()]} too'
                faults.append(Problem(QUESTIONS, asked.lines[index], what, "Leave it with the page that answers it best."))
            seen.setdefault(one.casefold(), asked.lines[index])
    return found, faults


def check_questions(site: Site) -> list[Problem]:
    """Each page has questions that find it, each question a page, and no question two."""
    asked, faults = questions_of(site.root)
    for src in asked:
        if site.page(src) is None:
            now = site.moved.get(src)
            mend = f"The page has moved: write {now.src}." if now else "Name the page by its path, or take its questions out."
            faults.append(Problem(QUESTIONS, asked.lines[src], f"there is no page docs/{src}", mend))
    for page in site.pages:
        if len(asked.get(page.src) or []) < ENOUGH:
            what = f"search needs {ENOUGH} questions or more that this page answers"
            faults.append(Problem(page.name, 1, what, f"Add them under {page.src}: in {QUESTIONS}, as patients would type them."))
    return faults


def _skipped(node: LexborNode) -> bool:
    """Whether search leaves a part of a page out: what says so itself, its title, numbers of notes, other names, cautions told elsewhere."""
    kind, made = node.attributes.get("class") or "", node.attributes.get("data-made")
    told = node.tag == "h1" or kind == "cite" or "caution-list" in kind or kind.startswith("results") or made == "also-called"
    return told or SKIPPED in node.attributes


def sections(html: str) -> list[Part]:
    """The parts of a page in reading order, what folds hide included; the first has no anchor and no heading."""
    found: list[list] = [["", "", []]]

    def walk(node: LexborNode, heading: bool) -> None:
        for child in node.iter(include_text=True):
            if child.tag == "-text":
                found[-1][1 if heading else 2] += child.text_content if heading else [child.text_content or ""]
            elif not _skipped(child):
                begins = child.tag in BEGINS and child.attributes.get("id")
                if begins:
                    found.append([child.attributes["id"], "", []])
                walk(child, (heading and not begins) or bool(begins and child.tag != "tr"))
                if child.tag in APART:
                    found[-1][2].append(" ")

    walk(article(html), False)
    return [(anchor, " ".join(title.split()), " ".join("".join(text).split())) for anchor, title, text in found]


def index(site: Site, shown: Mapping[str, list[Part]]) -> dict:
    """Everything that search reads: {"pages": [[address, title, other names, questions]], "parts": [[page number, anchor, heading, words]]}.

    `shown` gives the sections of each page by its address. An anchor that is made from its heading, as nearly all are, is told as 1.
    """
    asked, _ = questions_of(site.root)
    pages, parts = [], []
    for number, page in enumerate(site.pages):
        pages.append([page.address, page.title, ". ".join(page.front.also_called), asked.get(page.src) or []])
        most = 0 if page.front.type == HANDOUT else ABOUT_US if page.folder in ("about", "clinics") else None  # a leaflet says what its page says
        told = shown.get(page.address, ())
        parts += [[number, 1 if anchor == slugify(title, "-") else anchor, title, text[:most]] for anchor, title, text in told if title or text]
    return {"pages": pages, "parts": parts}
