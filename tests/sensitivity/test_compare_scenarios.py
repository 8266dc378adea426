"""Two scenarios side by side."""

import json

import pytest

from counterplay.concepts import nash
from counterplay.errors import CounterplayError, ValuesError
from counterplay.payoffs import game
from counterplay.scenario import load
from counterplay.sensitivity.attribution.scenarios import compare_scenarios
from counterplay.sensitivity.attribution.settings import compare_settings
from counterplay.sensitivity.outcomes import outcome_of

FLAGSHIP = load("korea-ukraine")
CHICKEN = load("chicken")


def edited(**defaults):
    """Return the flagship with other defaults, whose ranges hold them."""
    return FLAGSHIP.model_copy(
        update={
            "title": "Another view",
            "parameters": tuple(
                each.model_copy(
                    update={
                        "default": defaults[each.id],
                        "high": max(each.high, defaults[each.id]),
                    }
                )
                if each.id in defaults
                else each
                for each in FLAGSHIP.parameters
            ),
        }
    )


def test_other_numbers_in_the_same_model_are_shared_out():
    found = compare_scenarios(FLAGSHIP, edited(prestige=2.5, attrib_cost=2.5))
    assert found.why_not == ""
    assert {(i.id, i.before, i.after) for i in found.inputs} == {
        ("attrib_cost", 4.0, 2.5), ("prestige", 0.8, 2.5),
    }  # fmt: skip
    expected = compare_settings(
        FLAGSHIP, {FLAGSHIP.title: {}, "Another view": {"prestige": 2.5, "attrib_cost": 2.5}}
    )
    assert found.change == expected.changes[0]
    assert found.words == expected.words


def test_a_value_outside_the_range_of_the_other_file_is_compared_all_the_same():
    found = compare_scenarios(FLAGSHIP, edited(prestige=9.0))
    assert found.change.inputs[0].after == 9.0
    with pytest.raises(ValuesError, match="prestige"):
        compare_scenarios(FLAGSHIP, edited(prestige=9.0), {"prestige": 9.0})


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"players": FLAGSHIP.players[::-1]}, "players or options"),
        ({"parameters": FLAGSHIP.parameters[1:]}, "parameters or constants"),
        ({"terms": FLAGSHIP.terms[1:]}, "formulas"),
        ({"regimes": FLAGSHIP.regimes[::-1]}, "regimes"),
    ],
)
def test_another_structure_is_not_shared_out_and_is_named(change, why):
    other = FLAGSHIP.model_copy(update=change)
    if why == "parameters or constants":  # its formulas are of no use without the first
        other = other.model_copy(update={"terms": (), "payoffs": CHICKEN.payoffs})
        other = other.model_copy(update={"players": CHICKEN.players, "regimes": ()})
        assert compare_scenarios(CHICKEN, other).why_not.startswith("the two have different param")
        return
    found = compare_scenarios(FLAGSHIP, other)
    assert found.change is None
    assert found.why_not == f"the two have different {why}"
    assert found.words[-1].endswith(f"the two have different {why}.")


def test_inputs_of_one_alone_are_told_by_id():
    found = compare_scenarios(CHICKEN, FLAGSHIP, None, {"cred": 0.2})
    by_id = {each.id: each for each in found.inputs}
    assert (by_id["cred"].before, by_id["cred"].after) == (None, 0.2)
    for setting, scenario in zip(found.settings, (CHICKEN, FLAGSHIP), strict=True):
        solution = nash(game(scenario, setting.values))
        assert setting.outcome == outcome_of(scenario, solution)
    assert any(line.startswith(f"Only “{FLAGSHIP.title}” has ") for line in found.words)
    assert json.dumps(found.to_dict(), allow_nan=False)


def test_equal_titles_are_told_apart():
    found = compare_scenarios(CHICKEN, CHICKEN)
    assert [setting.name for setting in found.settings] == [
        CHICKEN.title, f"{CHICKEN.title} (second)",
    ]  # fmt: skip
    assert found.inputs == ()
    assert found.words[-1].startswith("Nothing differs")


def test_scenarios_must_be_loaded():
    with pytest.raises(CounterplayError, match="is no scenario"):
        compare_scenarios(FLAGSHIP, "chicken")
