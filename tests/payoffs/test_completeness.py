"""What a draft holds and lacks is told by name."""

import json

import pytest
from tests.scenario_files import SOUND, edited

from counterplay.errors import EditError
from counterplay.payoffs.check import check
from counterplay.payoffs.completeness import completeness
from counterplay.scenario.catalogue import scenarios
from counterplay.scenario.editing.draft import Draft
from counterplay.scenario.editing.entries import add_entry
from counterplay.scenario.editing.opening import new_draft, open_draft

SMALL = Draft(SOUND, "small.yaml")


def gaps(text):
    return [(fault.rule, fault.field) for fault in completeness(Draft(text)).gaps]


@pytest.mark.parametrize("name", scenarios())
def test_the_shipped_models_lack_nothing(name):
    found = completeness(open_draft(name))
    scenario = open_draft(name).scenario
    assert found.faults == found.gaps == ()
    assert found.options == sum(len(player.options) for player in scenario.players)
    assert found.words.endswith("; nothing is missing.")


def test_counts():
    found = completeness(SMALL)
    counts = (found.players, found.options, found.profiles, found.terms, found.parameters)
    assert counts == (2, 4, 4, 3, 2)
    assert found.placeholders == 3
    assert completeness(new_draft()).profiles == 8
    assert completeness(Draft("")).profiles == 0


def test_a_player_without_terms_is_named():
    draft = add_entry(SMALL, "players", {"id": "rus", "label": "Russia", "short": "Moscow"})
    (gap,) = [gap for gap in completeness(draft).gaps if gap.rule == "no-terms"]
    assert gap.message.startswith("Moscow has no payoff terms, so every outcome pays it the same")
    assert draft.text.splitlines()[gap.line - 1] == "  - id: rus"


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        (("      land: [fire]\n", "      sea: [sail]\n"), ("no-own-choice", "players[1]")),
        (("value: fear * worth", "value: worth"), ("unused-name", "parameters[1].id")),
        (
            ("      land: [hold]\n", "      land: [hold, fire]\n"),
            ("unreachable-regime", "regimes[1]"),
        ),
    ],
)
def test_what_has_no_effect_is_named(change, gap):
    assert gap in gaps(edited(change))


def test_options_that_no_term_mentions_are_named():
    text = edited(
        ("      - id: sail\n", "      - id: raid\n        label: Raid\n      - id: sail\n")
    )
    assert ("unmentioned-option", "players[0].options[1]") in gaps(text)


def test_contradictions_are_faults():
    found = completeness(Draft(edited(("pure: [sail/hold]", "pure: [wait/hold]"))))
    assert [fault.rule for fault in found.faults] == ["preset-expectation"]
    assert "1 fault and 0 gaps" in found.words
    assert completeness(Draft("a: [")).faults[0].rule == "readable"


def test_check_tells_the_same(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(edited(("value: fear * worth", "value: worth")), encoding="utf-8")
    found = completeness(open_draft(path))
    assert check(path) == (*found.faults, *found.gaps)


def test_it_is_plain_data():
    json.dumps(completeness(Draft(edited(("default: 2", "default: 9")))).to_dict())


def test_what_is_no_draft():
    with pytest.raises(EditError, match="give what open_draft"):
        completeness("chicken")
