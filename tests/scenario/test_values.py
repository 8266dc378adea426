"""Values: full, finite and in range, or refused by name."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scenario_files import SOUND

from counterplay.errors import CounterplayError, ValuesError
from counterplay.scenario.catalogue import inspect_text, load
from counterplay.scenario.values import nearest

SCENARIO = inspect_text(SOUND.encode(), "small.yaml").scenario
DEFAULTS = {"cost": 2.0, "fear": 0.5, "prize": 3.0}


def test_defaults_are_full_and_in_the_order_of_the_file():
    assert SCENARIO.values() == DEFAULTS
    assert list(SCENARIO.values()) == ["cost", "fear", "prize"]
    assert all(type(value) is float for value in SCENARIO.values().values())


def test_numbers_win_over_the_preset_and_the_preset_over_the_defaults():
    assert SCENARIO.values(preset="dear") == {**DEFAULTS, "cost": 4}
    assert SCENARIO.values(preset="dear", cost=3, fear=0) == {**DEFAULTS, "cost": 3, "fear": 0}
    assert SCENARIO.full_values({"prize": -1e9}, "dear") == {"cost": 4, "fear": 0.5, "prize": -1e9}


@pytest.mark.parametrize(
    "number", [1, 4, 4.0, True, Fraction(3, 2), Decimal("2.5"), np.float32(2)]
)
def test_the_ends_of_a_range_and_any_kind_of_number(number):
    assert SCENARIO.values(cost=number)["cost"] == float(number)


def test_there_is_no_negative_zero():
    assert math.copysign(1, SCENARIO.values(fear=-0.0)["fear"]) == 1


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ({"cost": 0.999}, "cost: 0.999 is outside its range 1 to 4"),
        ({"cost": 4.0000001}, "cost: 4.0000001 is outside its range 1 to 4"),
        ({"cost": math.nan}, "cost: nan is not a finite number"),
        ({"cost": math.inf}, "cost: inf is not a finite number"),
        ({"prize": -math.inf}, "prize: -inf is not a finite number"),
        ({"prize": 10**400}, "is not a number"),
        ({"cost": "two"}, "cost: 'two' is not a number"),
        ({"cost": None}, "cost: None is not a number"),
        ({"cost": [1]}, "cost: [1] is not a number"),
        ({"cst": 2}, "cst: no such parameter or constant; did you mean cost?"),
        ({"zzzz": 2}, "zzzz: no such parameter or constant"),
        ({"worth": 2}, "worth: no such parameter or constant"),
        ({"": 2}, ": no such parameter or constant"),
    ],
)
def test_a_value_is_refused_by_name(numbers, message):
    with pytest.raises(ValuesError) as caught:
        SCENARIO.full_values(numbers)
    assert message in str(caught.value)
    assert isinstance(caught.value, CounterplayError)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("preset", "message"),
    [("deer", "preset: no 'deer'; did you mean dear?"),
     ("zzz", "preset: no 'zzz'; the presets are default, dear"), ("", "the presets are")],
)  # fmt: skip
def test_a_preset_is_refused_by_name(preset, message):
    with pytest.raises(ValuesError) as caught:
        SCENARIO.values(preset=preset)
    assert message in str(caught.value)


def test_a_scenario_without_presets_says_so():
    text = SOUND[: SOUND.index("presets:\n")]
    with pytest.raises(ValuesError, match="this scenario has none"):
        inspect_text(text.encode(), "small.yaml").scenario.values(preset="default")


def test_a_preset_is_recognised_by_its_values():
    assert SCENARIO.matching_preset(SCENARIO.values()) == "default"
    assert SCENARIO.matching_preset(SCENARIO.values(cost=4)) == "dear"
    assert SCENARIO.matching_preset(SCENARIO.values(cost=3)) is None


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_any_float_is_taken_or_refused(number):
    try:
        found = SCENARIO.full_values({"fear": number})
    except ValuesError:
        found = None
    assert (found is not None) == (0 <= number <= 1)
    assert found is None or found == {**DEFAULTS, "fear": number}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("thret", "; did you mean threat?"),
        ("cots", "; did you mean costs or cost?"),
        ("zzz", ""),
        ("", ""),
    ],
)
def test_the_nearest_names(name, hint):
    assert nearest(name, ["threat", "cost", "costs"]) == hint
    assert nearest(name, []) == ""


def test_a_changed_copy_has_a_hash_of_its_own():
    for deep in (False, True):
        scenario = load("korea-ukraine")
        before = scenario.sha256
        other = scenario.model_copy(update={"title": "Another"}, deep=deep)
        assert other.sha256 != before == scenario.sha256
        assert other.model_copy(update={"title": scenario.title}).sha256 == before
