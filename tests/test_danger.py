"""What decides a life is pinned here: whoever changes it must change this file too, on purpose, and be seen to."""

from dataclasses import replace

import pytest

from scripts.guide.rules import check_same_results
from scripts.guide.site import load_site

CARDS = {
    "emergency": {
        "911": "stroke thunderclap heart breath tear burst injury head-hit",
        "er": "saddle pee-poop both-legs weaker stiff-fever fever-risk crash thinner-head",
    },
    "today": {"today": "fever weak-steady cancer small-fall leg pulse-belly kidney new-kind"},
    "week": {"week": "night weight slow first-or-young crash-late shape stiff-mornings"},
    "988": {"988": "self-harm cant-go-on harm-baby"},
    "neck": {"911": "neck-stroke neck-sudden", "er": "neck-growing neck-dizzy neck-eyelid", "clinic": "neck-mild sore"},
}
NO_THRUST = (
    "no-consent unexplained-pain weak-bones fracture unstable-spine spinal-fusion inflammatory-arthritis loose-joints cauda-equina disc-worse "
    "spinal-cord-injury head-injury whiplash down-syndrome blood-thinners aneurysm stroke-signs artery-past stroke-past cancer-bone cancer-now "
    "infection recent-surgery eye collapsed-lung belly-emergency complicated-pregnancy babies children"
)


@pytest.fixture(scope="module")
def site():
    return load_site()


@pytest.mark.parametrize("name", CARDS)
def test_each_card_holds_its_signs(site, name):
    assert {card.level: " ".join(sign.id for sign in card.signs) for card in site.triage.cards(name)} == CARDS[name]


def test_the_early_signs_are_named_and_must_be_new(site):
    emergency, room = site.triage.cards("emergency")
    assert "new for you" in room.lead
    for words in ("numb between your legs", "when you wipe", "in sex", "can't start", "can't feel", "can't hold", "both legs"):
        assert words in room.text
    assert "Don't drive yourself" in emergency.foot and "local emergency number" in emergency.foot


def test_no_thrust_where_it_would_be_grave(site):
    words = {problem.id: problem.cells["thrust"].word for problem in site.cautions.problems}
    assert [problem for problem, word in words.items() if word == "avoid"] == NO_THRUST.split()


def test_no_avoid_turns_into_usually_unseen(site):
    counted = {word: sum(cell.word == word for problem in site.cautions.problems for cell in problem.cells.values()) for word in ("avoid", "usually")}
    assert counted == {"avoid": 113, "usually": 33}


def test_one_result_told_with_two_numbers_is_a_fault(site):
    assert list(check_same_results(site)) == []
    page = site.page("conditions/neck-pain.md")
    shared = next(result for result in page.front.results if result.source == "ceballoslaita2024omt")
    sound, page.front = page.front, replace(page.front, results=(replace(shared, interval=(0.08, 0.38)),))
    told = [str(fault) for fault in check_same_results(site)]
    page.front = sound
    assert len(told) == 1 and "gives other numbers for the same result of 'ceballoslaita2024omt'" in told[0]
