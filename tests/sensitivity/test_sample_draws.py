"""Draws follow the declared distributions, and are the same however they are cut."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sensitivity import yielding

from counterplay.errors import ValuesError
from counterplay.scenario import load
from counterplay.scenario.parts import Distribution, Parameter
from counterplay.sensitivity.draws import (
    METHODS,
    design_of,
    drawn_parameters,
    spread,
    values_from_unit,
)
from counterplay.sensitivity.uncertainty import sample
from counterplay.sensitivity.uncertainty.plan import planned

FLAGSHIP = load("korea-ukraine")


def parameter(**given):
    return Parameter(**{"id": "p", "label": "P", "default": 2, "low": 0, "high": 8, **given})


@pytest.mark.parametrize("method", METHODS)
@given(st.data())
@settings(max_examples=10, deadline=None)
def test_rows_do_not_depend_on_how_the_run_is_cut(method, data):
    whole = design_of(method, 200, 5, seed=3).rows(0, 200)
    cuts = sorted(data.draw(st.sets(st.integers(1, 199), max_size=6)))
    design = design_of(method, 200, 5, seed=3)
    parts = [
        design.part(start, stop).rows(start, stop)
        for start, stop in zip([0, *cuts], [*cuts, 200], strict=True)
    ]
    assert np.array_equal(np.concatenate(parts), whole)


@pytest.mark.parametrize("method", ["sobol", "random"])
def test_a_longer_run_begins_with_the_shorter_one(method):
    short, long = (sample(yielding.scenario(), n, 7, method=method) for n in (100, 300))
    assert np.array_equal(short.values, long.values[:100])


def test_positions_may_be_asked_for_in_any_order():
    design = design_of("sobol", 400, 3, seed=1)
    late, early = design.rows(300, 400), design.rows(0, 100)
    again = np.concatenate([design.rows(0, 300), design.rows(300, 400)])
    assert np.array_equal(again[300:], late)
    assert np.array_equal(again[:100], early)


@pytest.mark.parametrize("method", METHODS)
def test_seeds_give_different_rows(method):
    first, second = (design_of(method, 64, 4, seed).rows(0, 64) for seed in (0, 1))
    assert not (first == second).any()


def test_a_latin_hypercube_has_one_point_in_each_slice():
    points = design_of("lhs", 97, 6, seed=11).rows(0, 97)
    for column in points.T:
        assert sorted(np.floor(column * 97).astype(int)) == list(range(97))


def test_each_sobol_sequence_has_one_point_in_each_slice():
    points = design_of("sobol", 16 * 64, 4, seed=5).rows(0, 16 * 64)
    for stream in range(16):
        for column in points[stream::16].T:
            assert sorted(np.floor(column * 64).astype(int)) == list(range(64))


@given(
    st.floats(0, 1, exclude_min=True, exclude_max=True),
    st.tuples(st.floats(0, 8), st.floats(0, 8), st.floats(0, 8)).map(sorted),
)
@settings(max_examples=200, deadline=None)
def test_values_have_the_distribution_that_is_declared(unit, corners):
    low, mode, high = corners
    if high - low < 1e-3:
        return
    one = parameter(distribution=Distribution(kind="triangular", low=low, mode=mode, high=high))
    value = float(values_from_unit(one, np.array([unit]))[0])
    assert low <= value <= high
    # The distribution function, by areas under the triangle of height 2 / (high - low).
    if value < mode:
        below = (value - low) ** 2 / ((high - low) * (mode - low))
    else:
        below = 1 - (high - value) ** 2 / ((high - low) * max(high - mode, 1e-300))
    assert below == pytest.approx(unit, abs=1e-9)


def test_what_a_distribution_leaves_out_is_the_parameters_own():
    assert spread(parameter()) == (0, 2, 8)
    assert spread(parameter(distribution={"kind": "triangular", "mode": 5})) == (0, 5, 8)
    # The default lies below what is drawn.
    assert spread(parameter(distribution={"kind": "triangular", "low": 3})) == (3, 3, 8)
    uniform = parameter(distribution={"kind": "uniform", "low": 1, "high": 3})
    units = np.array([0.0, 0.25, 1.0])
    assert values_from_unit(uniform, units).tolist() == [1.0, 1.5, 3.0]


def test_levers_and_parameters_without_a_width_are_held():
    assert [p.id for p in drawn_parameters(yielding.scenario())] == ["p", "idle"]
    assert len(drawn_parameters(FLAGSHIP)) == 22
    plan = planned(yielding.scenario(), 10, 1, {"lever": 0.4, "bar": 0.6}, "sobol")
    assert plan.held == {"lever": 0.4, "fixed": 1.0, "narrow": 3.0, "bar": 0.6}


@pytest.mark.parametrize(
    ("argument", "wrong"),
    [
        ("draws", 0), ("draws", 10_000_001), ("draws", 2.5), ("draws", True), ("draws", "9"),
        ("seed", -1), ("seed", None), ("seed", 1.0), ("method", "sobel"), ("method", None),
        ("executor", 2),
    ],
)  # fmt: skip
def test_wrong_arguments_are_named(argument, wrong):
    given = {"draws": 10, "seed": 1, argument: wrong}
    with pytest.raises(ValuesError, match=argument):
        sample(yielding.scenario(), **given)


def test_limits_are_told_as_they_are():
    with pytest.raises(
        ValuesError, match=r"seed: \d+; give a whole number from 0 to 2\*\*128 - 1"
    ):
        sample(yielding.scenario(), 10, 2**128)
    assert len(sample(yielding.scenario(), 10, 2**128 - 1)) == 10
    with pytest.raises(ValuesError, match="seed: over 50 digits"):
        sample(yielding.scenario(), 10, 10**5000)
    with pytest.raises(ValuesError, match="draws: over 50 digits"):
        sample(yielding.scenario(), 10**5000, 1)


def test_a_scenario_without_uncertain_parameters_has_nothing_to_draw():
    with pytest.raises(ValuesError, match="nothing to draw"):
        sample(load("chicken"), 10, 1)
