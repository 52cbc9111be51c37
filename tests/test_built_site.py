"""The real site, as built: what every page must carry and what none may. What it says of danger is compared with data/, read anew."""

import json
import math
import re
from collections import Counter
from urllib.parse import unquote, urljoin, urlsplit

import brotli
import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from scripts.set_up import ROOT
from scripts.update_theme import theme_for
from tests.conftest import BUILT, HOME, PREFIX, REPO, build, copy_of_the_real, rendered, title, words

SITE = rendered(ROOT)
BY_ADDRESS = {page.address: page for page in SITE.pages}
PAGES = sorted(BY_ADDRESS)
FRONT = {page.address: yaml.safe_load((ROOT / page.name).read_text(encoding="utf-8").split("\n---\n")[0].lstrip("-")) for page in SITE.pages}
TRIAGE, CAUTIONS = (yaml.safe_load((ROOT / "data" / name).read_text(encoding="utf-8")) for name in ("triage.yml", "cautions.yml"))
DOTS = {"Good evidence": 4, "Some evidence": 3, "Mixed or uncertain evidence": 2, "Little or no evidence": 1, "Evidence of no benefit": 0}
SHOWS = {"emergency": ["911", "er"], "today": ["today"], "week": ["week"], "988": ["988"], "neck": ["911", "er", "clinic"]}  # what each card marker shows
MADE = {
    "danger": "p.alarm a",
    "signs": "dl.signs dt, .card",
    "results": "figure.results .result",
    "facts": "figure.facts .result",
    "cautions": ".cautious",
    "check": ".check-problem",
    "sheet": ".sheet fieldset",
    "ratings": "table.ratings tbody tr",
    "sources": "ul.sources li",
    "doors": ".doors a",
    "addresses": "table.addresses tbody tr",
    "kit": "[data-made=kit]",
    **{name: f"[data-made={name}]" for name in ("clinic", "questions", "avoid", "paper-sheet")},
    "codes": "table.codes tbody tr",
    "was": "p.was span[id]",
}


def plain(text: str) -> str:
    """A text of the data as a page shows it: spaces evened, no citations."""
    return " ".join(re.sub(r"\s*\[@[^\]]+\]", "", str(text)).split())


def signs(level: str, scopes: tuple[str, ...]) -> list[str]:
    """The lines of a level's card, straight from data/triage.yml."""
    return [plain(sign["card"]) for sign in TRIAGE["signs"] if str(sign["level"]) == level and sign["scope"] in scopes and sign.get("card")]


def article(page: LexborHTMLParser):
    """A page's own content."""
    return page.css_first("article")


def number(text: str) -> float:
    """A number as a page writes it."""
    return float(re.search(r"−?[\d,]+(?:\.\d+)?", text)[0].replace("−", "-").replace(",", ""))


def test_every_page_is_built_and_nothing_else(html):
    assert sorted(html) == sorted([*PAGES, "404.html"])


# Danger --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [address for address in PAGES if any(marker.name == "card" for marker in BY_ADDRESS[address].markers)])
def test_each_card_holds_every_sign_of_its_level_under_its_heading(html, address):
    for name in [marker.words for marker in BY_ADDRESS[address].markers if marker.name == "card"]:
        expected = []
        for level in SHOWS[name]:
            scopes = ("everyone", "blood thinner") if name != "neck" else ("neck treated", "everyone") if level == "clinic" else ("neck treated",)
            frame, listed = TRIAGE["cards"][level], signs(level, scopes)
            if listed:
                expected.append((plain(frame["heading"]), plain(frame.get("lead") or ""), listed, plain(frame["foot"])))
        found = []
        for card in article(html[address]).css(f".card[aria-labelledby^='card-{name}-']"):
            around = [words(p) for p in card.css("p:not([role=heading])")]
            found.append((title(card), around[0] if len(around) > 1 else "", [words(li) for li in card.css("li")], around[-1]))
        assert found == expected and found


def test_the_emergency_card_says_what_to_do_wherever_it_stands(html):
    stands = [address for address in html if html[address].css_first(".card-911")]
    assert len(stands) > 5 and {"404.html", "index.html", "back-pain/warning-signs.html"} <= set(stands)
    for address in stands:
        urgent = " ".join(words(card) for card in html[address].css(".card-911, .card-er"))
        for needed in ("Call 911", "emergency room", "call your local emergency number"):
            assert needed in urgent, (address, needed)
        assert not html[address].css(".card-911 a, .card-er a")  # nothing leads away


NEVER_WITHOUT = {
    "911": ("face droops", "headache", "chest hurts", "breath", "pass out", "belly", "crash or fall"),
    "er": ("numb between your legs", "can't pee", "hold your pee or poop", "both legs", "weaker", "stiff neck", "fever and back pain", "blood thinner"),
    "988": ("death",),
}


@pytest.mark.parametrize("level", NEVER_WITHOUT)
def test_no_sign_that_kills_or_cripples_is_lost_from_the_data(level):
    """Whoever rewords a sign may change this list; whoever deletes one must."""
    listed = " ".join(signs(level, ("everyone", "blood thinner")))
    assert [needed for needed in NEVER_WITHOUT[level] if needed not in listed] == []


def test_every_sign_stands_on_the_warning_signs_page_at_its_level_with_its_sources(html):
    page = article(html["back-pain/warning-signs.html"])
    listed = {term.attributes["id"]: (box.attributes["class"].split("signs-")[1], term) for box in page.css("dl.signs") for term in box.css("dt")}
    assert list(Counter(listed)) and {name: level for name, (level, _) in listed.items()} == {f"sign-{s['id']}": str(s["level"]) for s in TRIAGE["signs"]}
    for sign in TRIAGE["signs"]:
        term = listed[f"sign-{sign['id']}"][1]
        meaning = term.next
        while meaning.tag != "dd":
            meaning = meaning.next
        assert plain(sign["words"]) in words(term) and plain(sign["means"]) in words(meaning)
        assert [a.attributes["href"] for a in meaning.css("a")] == [f"#source-{key}" for key in sign.get("sources") or []]
        assert ("our own cautious choice" in words(meaning)) == bool(sign.get("cautious"))


def test_pages_whose_contract_asks_for_it_say_when_to_get_help(html):
    for address, page in BY_ADDRESS.items():
        if page.front.type in ("condition", "spoke") or address in ("index.html", "back-pain/index.html"):
            assert article(html[address]).css_first(".card-911, p.alarm a, a[href*='warning-signs']"), address


def test_the_alarm_in_one_line_leads_to_the_warning_signs(html):
    for address in PAGES:
        for link in article(html[address]).css("p.alarm[data-made] a"):
            href = link.attributes["href"]
            own = href.startswith("#") and article(html[address]).css_first(f"[id='{href[1:]}'].card-title")  # a page with cards of its own
            assert own or urljoin(address, href).split("#")[0] == "back-pain/warning-signs.html", address


def test_what_search_knows_of_danger_is_the_data(built):
    text = (built / "assets/search-help.js").read_text(encoding="utf-8")
    known = json.loads(text.removeprefix("window.guideHelp = ").removesuffix(";\n"))
    emergency = [words(li) for li in LexborHTMLParser(known["cards"]["emergency"]).css("li")]
    assert emergency == signs("911", ("everyone", "blood thinner")) + signs("er", ("everyone", "blood thinner"))
    assert "Call 911" in known["cards"]["emergency"] and "local emergency number" in known["cards"]["emergency"]
    assert known["lay"] == TRIAGE["lay"]
    rules = [[str(s["level"]), s["scope"], s["search"], s.get("not") or []] for s in TRIAGE["signs"] if s.get("search")]
    assert sorted(known["signs"]) == sorted(rules)
    order = [SHOWS["emergency"][0], SHOWS["emergency"][1], "today"]
    assert [level for level, *_ in known["signs"] if level in order] == sorted((rule[0] for rule in rules if rule[0] in order), key=order.index)
    babies = [s for s in TRIAGE["signs"] if s["scope"] == "baby or child"]
    assert [words(li) for card in known["scopes"]["baby or child"].values() for li in LexborHTMLParser(card).css("li")] and all(
        plain(sign["words"]) in words(LexborHTMLParser(known["scopes"]["baby or child"][str(sign["level"])])) for sign in babies
    )
    assert len(LexborHTMLParser(known["doors"]).css("a")) == 4


def test_what_search_reads_is_every_page_its_parts_and_its_questions(built):
    text = (built / "assets/search-index.js").read_text(encoding="utf-8")
    known = json.loads(text.removeprefix("window.guideIndex = ").removesuffix(";\n"))
    assert [page[0] for page in known["pages"]] == [page.address for page in SITE.pages] and known["synonyms"]
    asked = yaml.safe_load((ROOT / "data/questions.yml").read_text(encoding="utf-8"))
    assert {page[0]: page[3] for page in known["pages"]} == {f"{src.removesuffix('.md')}.html": questions for src, questions in asked.items()}
    headings = {number: {part[2] for part in known["parts"] if part[0] == number} for number in range(len(SITE.pages))}
    for number, page in enumerate(SITE.pages):
        assert {heading.text for heading in page.view.headings if heading.level == 2} <= headings[number], page.src
    compressed = brotli.compress(text.encode(), quality=11)
    assert len(compressed) <= 170_000


@pytest.mark.parametrize("address", [*PAGES, "404.html"])
def test_a_page_says_that_it_is_not_medical_advice(html, address):
    assert "This guide is not medical advice." in words(html[address].css_first("footer"))


# Who should avoid what -----------------------------------------------------------------------------------------------

TECHNIQUES = {page.removesuffix(".md") + ".html": key for key, one in CAUTIONS["techniques"].items() for page in one["pages"]}


AVOID_ALL = {"no-consent", "cauda-equina", "stroke-signs", "infection", "belly-emergency"}  # test_danger.py pins the thrust


def test_no_technique_is_left_to_whoever_must_have_none():
    """Whoever means to change one of these cells changes this list too."""
    rows = {problem["id"]: problem for group in CAUTIONS["groups"] for problem in group["problems"]}
    assert {(name, key) for name in AVOID_ALL for key in CAUTIONS["techniques"] if rows[name][key][0] != "avoid"} == set()


@pytest.mark.parametrize("address", sorted(TECHNIQUES))
def test_a_techniques_page_lists_exactly_who_should_avoid_it_and_who_should_ask(html, address):
    key = TECHNIQUES[address]
    rows = [problem for group in CAUTIONS["groups"] for problem in group["problems"]]
    found = {}
    for box in article(html[address]).css("dl.caution-list"):
        heading = box.prev
        while heading.tag != "h3":
            heading = heading.prev
        found[words(heading)] = [
            (
                words(dd.css_first("a")),
                urljoin(address, dd.css_first("a").attributes["href"]),
                [a.attributes["href"] for a in dd.css(".cite a")],
                "*" in words(dd),
            )
            for dd in box.css("dd")
        ]
    assert found == {
        heading: [
            (plain(row["short"]), f"safety/who-should-avoid.html#{row['id']}", [f"#source-{s}" for s in row[key][1:]], not row[key][1:])
            for row in rows
            if row[key][0] == word
        ]
        for heading, word in (("Avoid it if you have", "avoid"), ("Ask a doctor first if you have", "ask"))
    }


def test_the_table_of_cautions_says_what_the_data_says(html):
    page = article(html["safety/who-should-avoid.html"])
    names = {plain(one["name"]): key for key, one in CAUTIONS["techniques"].items()}
    rows = {row.attributes["id"]: row for row in page.css("table.cautions tbody tr")}
    problems = [problem for group in CAUTIONS["groups"] for problem in group["problems"]]
    assert list(rows) == [problem["id"] for problem in problems]
    heads = [words(th) for th in page.css_first("table.cautions thead").css("th")]
    assert heads == ["Health problem", "Avoid", "Ask first", "Usually fine if gentle"]
    for problem in problems:
        for cell, head, word in zip(rows[problem["id"]].css("td"), heads[1:], ("avoid", "ask", "usually"), strict=True):
            assert words(cell).startswith(head)
            listed = {words(li).split("\u00a0*")[0]: [a.attributes["href"] for a in li.css("a")] for li in cell.css("li")}
            shown = {next(key for name, key in names.items() if text.startswith(name)): cites for text, cites in listed.items()}
            assert shown == {key: [f"#source-{s}" for s in problem[key][1:]] for key in names.values() if problem[key][0] == word}
        about = LexborHTMLParser(rows[problem["id"]].css_first("th").html.replace("<th", "<p").replace("</th", "</p"))
        for note in about.css(".cite"):
            note.decompose()
        for part in ("problem", "can", "why", "instead"):
            assert plain(problem[part]) in words(about.body), problem["id"]


# What research says --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", PAGES)
def test_a_rating_stands_under_the_title_in_word_and_shape(html, address):
    evidence, badges = FRONT[address].get("evidence"), article(html[address]).css("p.rating")
    if not (evidence or {}).get("level"):
        assert not badges
        return
    first = html[address].css_first("article > h1 ~ *")
    assert "rating" in (first.attributes["class"] or "").split()
    for badge, rating in zip(badges, [evidence, *evidence.get("others", [])], strict=True):
        assert words(badge.css_first(".rating-mark")) == rating["level"] and f"for {plain(rating['about'])}." in words(badge)
        assert len(badge.css(".pip-on")) == DOTS[rating["level"]]
        assert len(badge.css(".pip-on, .pip-off")) == (4 if DOTS[rating["level"]] else 0)
        assert bool(badge.css(".pip-cross")) == (DOTS[rating["level"]] == 0)
    assert badges[0].css_first("a").attributes["href"].endswith("evidence/index.html")


def drawn_on(address: str) -> list[dict]:
    """The results that a page must draw, from the front matter as typed."""
    found = []
    for marker in (marker for marker in BY_ADDRESS[address].markers if marker.name in ("results", "facts")):
        src, *keys = marker.words.split() or [address.removesuffix(".html")]
        typed = ((FRONT[f"{src.removesuffix('.md')}.html"].get("evidence") or {}).get("results")) or []
        found += [one for key in keys for one in typed if one["source"] == key] if keys else typed
    return found


@pytest.mark.parametrize("address", [address for address in PAGES if drawn_on(address)])
def test_a_drawn_result_names_its_treatment_and_its_bars_agree_with_its_numbers(html, address):
    figures, expected = article(html[address]).css("figure.results"), iter(drawn_on(address))
    found = [[(box, next(expected)) for box in figure.css(".result")] for figure in figures]
    assert next(expected, None) is None
    for box, result, peers in ((box, result, [other for _, other in pairs]) for pairs in found for box, result in pairs):
        ours, theirs, gap = result.get("treated"), result.get("compared"), result.get("difference")
        what = words(box.css_first(".result-what"))
        treatment = result.get("treatment", "OMT")
        assert what.startswith(f"{plain(result['measure'])} {treatment[0].upper()}{treatment[1:]} compared with {plain(result['compared_with'])}")
        if "treatment" in result:
            assert "OMT" in treatment + result["measure"] + result["compared_with"] or "OMT" not in words(box), what
        assert ("people" not in result) or f"{result['people']:,} people" in what
        if result["scale"] == "people" and ours is not None:
            crowds = box.css(".crowd")
            for crowd, kind, count in zip(crowds, ("treated", "compared"), (ours, theirs), strict=True):
                assert crowd.css_first(f".person-{kind}").attributes["d"].count("M") == round(count)
                assert crowd.css_first(".person-none").attributes["d"].count("M") == 100 - round(count)
            assert [number(words(p)) for p in box.css(".crowds p")] == [ours, theirs]
            continue
        arms = box.css(".bars--arm rect")
        if ours is not None:
            ends = [number(words(span)) for span in box.css(".arm ~ .axis")[0].css("span")]
            for rect, value in zip(arms, (ours, theirs), strict=True):
                assert float(rect.attributes["width"]) == pytest.approx(max(100 * abs(value) / (ends[1] - ends[0]), 0.6), abs=0.02)
            assert [words(span) for span in box.css(".arm-value")] == [f"{value:g}".replace("-", "−") for value in (ours, theirs)]
        if gap is not None:
            ends = words(box.css(".axis")[-1].css("span")[-1])
            pooled = [abs(v) for one in peers if one["scale"] == "smd" for v in (one["difference"], *one.get("interval", []))]
            limit = max(1, round(math.ceil(max(pooled) * 3) / 3, 2)) if result["scale"] == "smd" else number(ends)
            assert ends.endswith("better") and (ends == "better") == (result["scale"] == "smd")
            rects = {rect.attributes["class"]: rect for rect in box.css(".bars--difference rect")}
            left = {name: float(rect.attributes["x"]) for name, rect in rects.items()}
            right = {name: left[name] + float(rect.attributes["width"]) for name, rect in rects.items()}
            at = lambda value, limit=limit: 50 + 50 * value / limit  # noqa: E731 (a name for one line of arithmetic)
            assert left["bar-treated"] == pytest.approx(at(min(gap, 0)), abs=0.02)
            assert right["bar-treated"] == pytest.approx(max(at(max(gap, 0)), left["bar-treated"] + 0.6), abs=0.02)
            if "interval" in result:
                assert (left["range"], right["range"]) == pytest.approx(tuple(at(value) for value in result["interval"]), abs=0.02)
            else:
                assert "range" not in rects and "could not read how sure" in words(box)
            told = words(box.css("p")[-1])
            assert ("clear difference:" in told) == (gap != 0 and result.get("interval", (1, 1))[0] <= 0 <= result.get("interval", (1, 1))[1])
            side = "worse|fewer|loss" if gap < 0 else "better|more|gain"
            assert "No difference" in told if gap == 0 else re.search(side if result["scale"] == "smd" else rf" {abs(gap):g} .*({side})", told.lower())


@pytest.mark.parametrize("address", ["techniques/index.html", "conditions/index.html", "evidence/index.html"])
def test_tables_of_ratings_are_the_pages_own_ratings(html, address):
    folders = {"techniques": ["techniques"], "conditions": ["conditions"], "evidence": ["techniques", "conditions"]}[address.split("/")[0]]
    rows = article(html[address]).css("table.ratings tbody tr")
    found = {words(row.css_first("th a")): (words(row.css_first(".rating-mark")), len(row.css(".pip-on"))) for row in rows}
    typed = {front["title"]: front["evidence"]["level"] for name, front in FRONT.items() if name.split("/")[0] in folders and front.get("evidence")}
    assert found == {title: (level, DOTS[level]) for title, level in typed.items()}


# Each page -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_its_title_its_review_line_and_its_pencil(html, address):
    page, front = article(html[address]), FRONT[address]
    assert [words(h1) for h1 in page.css("h1")] == [front["title"]]
    review, by = words(page.css_first(".review")), front.get("reviewed_by")
    assert f"Sources last checked on {front['reviewed']}." in review and f"Next check due by {front['review_due']}." in review
    assert ("No clinician has reviewed this page yet." in review) == (not by)
    assert ("Reviewed by" in review) == bool(by) and (not by or f"Reviewed by {by['name']}, {by['credentials']}." in review)
    assert page.css_first(".review a").attributes["href"].endswith("how-we-check.html")
    assert html[address].css_first("a[rel~=edit]").attributes["href"] == f"{REPO}/edit/main/docs/{BY_ADDRESS[address].src}"


@pytest.mark.parametrize("address", PAGES)
def test_structured_data_is_true_and_valid(html, address):
    front, page = FRONT[address], BY_ADDRESS[address]
    data = json.loads(html[address].css_first("script[type='application/ld+json']").text())
    ours = page.folder in ("about", "clinics")
    assert (data["@type"], data["name"], data["description"]) == ("WebPage" if ours else "MedicalWebPage", front["title"], front["description"])
    assert data["lastReviewed"] == str(front["reviewed"])
    rated = (front.get("evidence") or {}).get("level")
    about = {"techniques": "MedicalTherapy", "conditions": "MedicalCondition"}.get(page.folder) if rated else None
    assert data.get("about", {}).get("@type") == about  # what is not about an illness or a treatment does not say so
    assert (data.get("about", {}).get("alternateName") or data.get("keywords")) == front.get("also_called")
    assert data.get("reviewedBy", {}).get("name") == (front.get("reviewed_by") or {}).get("name")
    trail = [item["item"].removeprefix(HOME) for item in data["breadcrumb"]["itemListElement"]]
    assert trail[0] == "index.html" and set(trail) <= set(PAGES)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_can_be_shared_and_found(html, address):
    page = html[address]
    told = {meta.attributes.get("property") or meta.attributes.get("name"): meta.attributes.get("content") for meta in page.css("meta")}
    assert told["og:title"] == FRONT[address]["title"] and told["og:description"] == told["description"] == FRONT[address]["description"]
    assert told["og:url"] == page.css_first("link[rel=canonical]").attributes["href"] == HOME + address
    assert told["og:image"] == f"{HOME}assets/share.png"
    for link in page.css("a[href^='http']"):
        assert {"noopener", "noreferrer"} <= set(link.attributes["rel"].split()), link.html


def test_search_engines_get_every_page_and_the_manifest_its_pictures(built):
    listed = re.findall(r"<loc>(.*?)</loc>", (built / "sitemap.xml").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(HOME + ("" if address == "index.html" else address) for address in PAGES)
    assert f"Sitemap: {HOME}sitemap.xml" in (built / "robots.txt").read_text(encoding="utf-8")
    manifest = json.loads((built / "assets/guide.webmanifest").read_text(encoding="utf-8"))
    assert all((built / "assets" / icon["src"]).is_file() for icon in manifest["icons"]) and (built / "assets/share.png").is_file()


def test_the_part_of_the_theme_is_what_the_pages_use(built):
    assert (ROOT / "docs/assets/material.css").read_text(encoding="utf-8") == theme_for(built), "run `make theme`"


@pytest.mark.parametrize("address", PAGES)
def test_every_marker_became_the_real_thing(html, address):
    page = article(html[address])
    assert "<!--" not in page.html.replace("<!-- changed -->", "") and "[source?]" not in page.text()
    for marker in BY_ADDRESS[address].markers:
        if marker.name != "card" and (marker.name != "results" or drawn_on(address)):
            assert page.css_first(MADE[marker.name]), marker
        if marker.name == "was":
            assert all(page.css_first(f"[id='{anchor}']") for anchor in marker.words.split())


@pytest.mark.parametrize("address", PAGES)
def test_every_link_of_the_article_leads_somewhere(html, address):
    for link in article(html[address]).css("a[href]"):
        parts = urlsplit(urljoin(f"http://site/{address}", link.attributes["href"]))
        if parts.hostname == "site" and parts.path.endswith(".html"):
            target = html[parts.path[1:]]
            assert not parts.fragment or target.css_first(f"[id='{unquote(parts.fragment)}']"), link.html


@pytest.mark.parametrize("address", PAGES)
def test_the_links_that_the_checks_read_are_those_of_the_built_page(html, address):
    page = article(LexborHTMLParser(html[address].html))
    for made in page.css("[data-made], .cite, .review, .md-content__button, a.glightbox"):
        made.decompose()
    assert [words(link) for link in page.css("a[href]")] == [" ".join(link.text.split()) for link in BY_ADDRESS[address].view.links]


@pytest.mark.parametrize("address", PAGES)
def test_what_the_checks_read_is_what_the_page_shows(html, address):
    page = article(LexborHTMLParser(html[address].html))
    for made in page.css("article > h1, .review, .md-content__button, .md-source-file"):
        made.decompose()
    read = LexborHTMLParser(BY_ADDRESS[address].html)
    for table in [*page.css("table.addresses, .where, .leaflet-foot"), *read.css("table.addresses, .where, .leaflet-foot")]:
        table.decompose()  # it knows where the site stands
    assert "".join(page.text().split()) == "".join(read.body.text().split())


@pytest.mark.parametrize("address", [*PAGES, "404.html"])
def test_nothing_is_fetched_from_another_host_and_no_style_is_inline(html, address):
    page = html[address]
    for tag, name in (
        ("script", "src"),
        ("link[rel=stylesheet], link[rel=icon], link[rel=preconnect]", "href"),
        ("img, iframe, video, audio, source", "src"),
    ):
        for node in page.css(tag):
            assert not re.match(r"(https?:)?//", node.attributes.get(name) or ""), node.html
    assert not page.css("article [style], article style, article script:not([type$='json'])")


@pytest.mark.parametrize("address", [*PAGES, "404.html"])
def test_every_picture_opens_large_and_nothing_of_that_is_fetched_at_first(html, address):
    page = html[address]
    pictures = BY_ADDRESS[address].view.images if address in BY_ADDRESS else []
    assert len(page.css("article a.glightbox > img")) == len(page.css("article img:not(.thumb)")) == len(pictures)
    first = [node.attributes.get("src") or node.attributes.get("href") for node in page.css("script[src], link[rel=stylesheet]")]
    assert not [part for part in first if "glightbox" in part or "pictures." in part or "search" in part]


# The whole site ------------------------------------------------------------------------------------------------------


def test_titles_of_tabs_differ(html):
    titles = [words(page.css_first("title")) for page in html.values()]
    assert len(set(titles)) == len(titles)


def test_every_cited_source_is_listed_with_its_pages(html):
    listed = {
        item.attributes["id"]: {urljoin("evidence/sources.html", a.attributes["href"]) for a in item.css("p a")}
        for item in html["evidence/sources.html"].css("ul.sources > li")
    }
    cited = {}
    for address in PAGES:
        for item in html[address].css("ol.sources > li"):
            cited.setdefault(item.attributes["id"], set()).add(address)
    assert listed == cited and len(listed) > 100


def test_each_number_stands_in_brackets_and_points_at_its_source(html):
    for address in PAGES:
        numbers = {}
        for link in html[address].css(".cite a"):
            key = link.attributes["href"].removeprefix("#source-")
            assert numbers.setdefault(key, link.text()) == link.text()
            assert words(link.parent).startswith("[") and words(link.parent).endswith("]")
        order = [item.attributes["id"].removeprefix("source-") for item in html[address].css("ol.sources > li")]
        assert [numbers.get(key) for key in order] == [str(i + 1) for i in range(len(order))], address


def test_a_lost_reader_finds_search_the_doors_and_the_warning_signs(html):
    page = html["404.html"]
    assert page.css_first("#search input[role=combobox]")
    assert len(page.css(".doors a")) == 4 and all(link.attributes["href"].startswith(f"/{PREFIX}/".replace("//", "/")) for link in page.css(".doors a"))
    assert {urlsplit(link.attributes["href"]).path.removeprefix(f"/{PREFIX}").strip("/") for link in page.css(".doors a")} <= set(PAGES)
    assert title(page.css_first(".card-911")) == TRIAGE["cards"]["911"]["heading"] and page.css_first(".card-er")


def test_no_picture_of_the_site_fetches_anything(built):
    for path in built.rglob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"""(?:href|src)\s*=\s*["'](?!#)|url\((?!#)|@import|<script|<foreignObject|\son\w+\s*=""", text), path.name


def test_no_style_sheet_or_script_of_our_own_fetches_from_another_host(built):
    for path in (path for pattern in ("assets/*.css", "assets/*.js") for path in built.glob(pattern) if path.name != "search-index.js"):
        text = re.sub(r"/\*.*?\*/|^\s*//.*$|http://www.w3.org/2000/svg", "", path.read_text(encoding="utf-8"), flags=re.S | re.M)
        assert not re.search(r"""url\(\s*["']?(?:https?:)?//|@import|fetch\(|["'](?:https?:)?//\w+\.""", text), path.name


def test_an_old_address_leads_on(built):
    for page in SITE.pages:
        for old in page.front.moved_from:
            tree = LexborHTMLParser((built / old).with_suffix(".html").read_text(encoding="utf-8"))
            assert urljoin(old, tree.css_first("main a").attributes["href"]) == page.address


def test_every_address_that_was_published_answers(built, html):
    for line in (ROOT / "data/addresses.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            address, _, anchor = line.partition("#")
            assert (built / address).is_file(), line
            assert not anchor or address not in html or html[address].css_first(f"[id='{anchor}']"), line


def test_the_menu_is_written_out_and_lists_each_page_once():
    listed = [src for section in SITE.menu for src in section.pages]
    assert Counter(listed) == Counter(page.src for page in SITE.pages)


def test_the_build_is_strict_and_validates_everything():
    class Any(yaml.SafeLoader):
        """Reads `!ENV` as its arguments."""

    Any.add_constructor("!ENV", lambda loader, node: loader.construct_sequence(node))
    config = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Any)
    assert config["strict"] is True
    assert config["validation"] == {
        "nav": {"omitted_files": "warn", "not_found": "warn", "absolute_links": "warn"},
        "links": {"not_found": "warn", "anchors": "warn", "absolute_links": "warn", "unrecognized_links": "warn"},
    }
    assert config["theme"]["font"] is False and "analytics" not in config["extra"] and config["use_directory_urls"] is False
    assert "not medical advice" in config["copyright"]


def test_two_builds_in_two_folders_are_the_same_bytes(built, tmp_path):
    first = built if not BUILT else build(copy_of_the_real(tmp_path / "one"), tmp_path / "first")
    second = build(copy_of_the_real(tmp_path / "other"), tmp_path / "second")
    dates = re.compile(rb"<lastmod>.*?</lastmod>|Text last changed on <time.*?</time>\.")  # from git, which a copy has not
    bytes_of = [{path.relative_to(site): dates.sub(b"", path.read_bytes()) for path in site.rglob("*") if path.is_file()} for site in (first, second)]
    assert sorted(bytes_of[0]) == sorted(bytes_of[1])
    assert [str(path) for path, data in bytes_of[0].items() if bytes_of[1][path] != data] == []


# What publishes it ---------------------------------------------------------------------------------------------------

FLOWS = {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((ROOT / ".github/workflows").glob("*.yml"))}
GRANTED = {"contents": {"read"}, "pages": {"read", "write"}, "id-token": {"write"}, "issues": {"write"}}


@pytest.mark.parametrize("name", FLOWS)
def test_workflows_pin_their_actions_and_ask_for_least(name):
    flow = FLOWS[name]
    assert flow["permissions"] in ({"contents": "read"}, {})
    for job in flow["jobs"].values():
        assert job["timeout-minutes"] <= 120
        assert all(right in GRANTED[area] for area, right in job.get("permissions", {}).items())
        for step in job["steps"]:
            assert "uses" not in step or re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"])
            assert "${{ github.event" not in step.get("run", "")  # nobody's title becomes a command


def test_what_is_published_was_tested_and_only_main_is():
    flow = FLOWS["publish.yml"]
    assert flow[True]["push"] == {"branches": ["main"]} and "pull_request" not in flow[True]
    runs = [step.get("run", step.get("uses", "")) for step in flow["jobs"]["build"]["steps"]]
    place = {word: next(i for i, run in enumerate(runs) if word in run) for word in ("make test", "upload-pages-artifact")}
    assert place["make test"] < place["upload-pages-artifact"]
