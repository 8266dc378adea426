"""Boxes that are known are found, and every count is recounted."""

import json
import re
import sys

import numpy as np
import pytest

from counterplay.errors import MissingExtraError, ValuesError
from counterplay.payoffs import game
from counterplay.scenario import load
from counterplay.scenario.catalogue import inspect_text
from counterplay.sensitivity.discovery.boxes_found import discover
from counterplay.sensitivity.drivers.futures import futures
from counterplay.sensitivity.drivers.responses import occurrences
from counterplay.sensitivity.many import values_at

FLAGSHIP = load("korea-ukraine")

CORNER = """
format: 1
id: corner
title: A corner
question: Where do both yield?
asked_by: nobody
as_of: "2024-10-31"
focal: a
status_quo: {a: x, b: x}
players:
- {id: a, label: A, options: [{id: x, label: X}, {id: y, label: Y}]}
- {id: b, label: B, options: [{id: x, label: X}, {id: y, label: Y}]}
parameters:
- {id: p, label: P, default: 5, low: 0, high: 10, distribution: uniform}
- {id: q, label: Q, default: 0.5, low: 0, high: 1, distribution: uniform}
- {id: r, label: R, default: 0.5, low: 0, high: 1}
- {id: idle, label: Idle, default: 0.5, low: 0, high: 1}
- {id: lever, label: Lever, role: lever, default: 0, low: -10, high: 10}
terms:
- {id: t1, player: a, label: one, value: "p + lever + 0*r", when: {a: [x]}}
- {id: t2, player: a, label: two, value: "6", when: {a: [y]}}
- {id: t3, player: b, label: three, value: "0.4 - q", when: {b: [x]}}
regimes:
- {id: both, label: Both, when: {a: [x], b: [x]}}
"""


def scenario_of(text):
    return inspect_text(text.encode(), "inline.yaml").scenario


def recounted(scenario, regime, box, draws, seed):
    """Count a box draw by draw, from the games themselves."""
    drawn = futures(scenario, draws, seed)
    held = having = both = 0
    for k in range(draws):
        values = values_at(drawn.columns, k)
        one = game(scenario, values)
        names = set()
        for profile in np.ndindex(one.shape):
            if (
                one.regret([np.eye(m)[o] for m, o in zip(one.shape, profile, strict=True)]).max()
                <= 1e-12
            ):
                regime_here = scenario.regime(one.profile_ids(profile))
                names.add(regime_here.id if regime_here else None)
        within = all(
            (b.above is None or values[b.parameter] > b.above)
            and (b.below is None or values[b.parameter] <= b.below)
            for b in box.bounds
        )
        held += within
        having += regime in names
        both += within and regime in names
    return held, both / having, both / held


def test_a_known_box_is_found_in_its_own_bounds():
    found = discover(scenario_of(CORNER), 2000, 5, "both")
    assert len(found.boxes) == 1
    box = found.boxes[0]
    bounds = {b.parameter: (b.above, b.below) for b in box.bounds}
    assert set(bounds) == {"p", "q"}
    assert bounds["p"] == (pytest.approx(6, abs=0.1), None)
    assert bounds["q"] == (None, pytest.approx(0.4, abs=0.01))
    assert box.restricted == 2
    for count in (box.found, box.fresh):
        assert count.coverage > 0.95
        assert count.density > 0.95
        assert count.mass == pytest.approx(0.16, abs=0.02)
    assert found.share == pytest.approx(0.16, abs=0.02)
    assert found.wanted == (1 + found.share) / 2
    assert found.together == (box.found, box.fresh)
    assert "“P” is above" in found.words
    assert "on fresh draws" in found.words


def one_threshold(low, high, formula, draws=20_000):
    """Return the only box of a regime that occurs where a formula of q is not negative."""
    text = (
        CORNER.replace(
            "default: 0.5, low: 0, high: 1, d", f"default: {low}, low: {low}, high: {high}, d"
        )
        .replace('"p + lever + 0*r"', '"7 + 0*(p + r)"')
        .replace("0.4 - q", formula)
    )
    found = discover(scenario_of(text), draws, 1, "both")
    (box,) = found.boxes
    assert [bound.parameter for bound in box.bounds] == ["q"]
    return box


@pytest.mark.parametrize(
    ("formula", "above", "below"),
    [
        ("q - 0.997", 0.997, None),
        ("0.003 - q", None, 0.003),
        ("0.004 - abs(q - 0.5)", 0.496, 0.504),
        ("q - 0.994", 0.994, None),
    ],
)
def test_a_rare_or_narrow_regime_that_a_box_describes_is_found(formula, above, below):
    box = one_threshold(0, 1, formula)
    assert (box.bounds[0].above, box.bounds[0].below) == (above, below)
    for count in (box.found, box.fresh):
        assert count.density > 0.97
        assert count.coverage > 0.97


@pytest.mark.parametrize(
    ("low", "width", "at"), [(1e-6, 1e-6, 0.23456), (1e8, 1, 0.3456), (-3e12, 1e3, 0.7)]
)
def test_the_unit_of_a_parameter_does_not_matter(low, width, at):
    formula = f"q * {1 / width!r} - {low / width + at!r}"
    box = one_threshold(low, low + width, formula.replace("e-", "E-"), 2_000)
    assert box.bounds[0].above == pytest.approx(low + at * width, abs=0.01 * width, rel=0)
    assert box.fresh.density > 0.98
    assert box.fresh.coverage > 0.98


@pytest.mark.parametrize(
    ("low", "high", "formula", "told"),
    [
        (2024, 2025, "q - 2024.5", "“Q” is above 2024.5:"),
        (1_000_000, 1_000_001, "q - 1000000.25", "“Q” is above 1000000.25:"),
        (-2025, -2024, "-2024.75 - q", "“Q” is at most −2024.75:"),
    ],
)
def test_bounds_are_those_that_are_printed(low, high, formula, told):
    box = one_threshold(low, high, formula, 2_000)
    assert told in box.words
    bound = box.bounds[0]
    number = float(re.search(r"[−\d.]+$", bound.words)[0].replace("−", "-"))
    assert number in (bound.above, bound.below)


def test_both_counts_are_those_of_the_games_one_by_one():
    scenario = scenario_of(CORNER)
    found = discover(scenario, 150, 8, "both")
    for box in found.boxes:
        for count, seed in ((box.found, found.seed), (box.fresh, found.fresh_seed)):
            held, coverage, density = recounted(scenario, "both", box, 150, seed)
            assert count.inside == held
            assert count.coverage == pytest.approx(coverage)
            assert count.density == pytest.approx(density)
    assert found.boxes


@pytest.mark.parametrize("regime", ["spiral", "restraint", "hedged_denial"])
def test_flagship_boxes_hold_what_they_say(regime):
    found = discover(FLAGSHIP, 600, 2, regime)
    ranges = {p.id: (p.low, p.high) for p in FLAGSHIP.parameters if p.role == "uncertain"}
    unions = []
    for seed in (found.seed, found.fresh_seed):
        drawn = futures(FLAGSHIP, 600, seed)
        occurs = occurrences(FLAGSHIP, drawn.columns, 600, regime)
        union = np.zeros(600, bool)
        for box in found.boxes:
            within = np.ones(600, bool)
            for b in box.bounds:
                low, high = ranges[b.parameter]
                assert b.above is None or low < b.above < high
                assert b.below is None or low < b.below < high
                assert b.above is not None or b.below is not None
                column = drawn.columns[b.parameter]
                within &= (column > (b.above if b.above is not None else -np.inf)) & (
                    column <= (b.below if b.below is not None else np.inf)
                )
            union |= within
            count = box.found if seed == found.seed else box.fresh
            assert count.inside == within.sum()
            assert count.coverage == pytest.approx((within & occurs).sum() / occurs.sum())
            assert count.mass == within.mean()
            assert box.restricted == len({b.parameter for b in box.bounds}) <= 4
        unions.append((union & occurs).sum() / occurs.sum())
    assert [c.coverage for c in found.together] == pytest.approx(unions)
    assert found.boxes


def test_the_same_seed_gives_the_same_boxes():
    first, second = (discover(FLAGSHIP, 200, 3, "spiral").to_dict() for _ in range(2))
    assert first == second
    assert json.loads(json.dumps(first))["regime"] == "spiral"
    assert first["seed"] != first["fresh_seed"]


def test_a_regime_that_never_or_always_occurs_has_no_box():
    scenario = scenario_of(CORNER)
    never = discover(scenario, 200, 1, "both", {"lever": -10})
    assert (never.boxes, never.together, never.share) == ((), None, 0)
    assert "no conditions to tell" in never.words
    assert discover(scenario, 30, 1, "both").boxes == ()
    assert "no box" in discover(scenario, 30, 1, "both").words


def test_what_cannot_be_told_apart_is_not_called_a_box():
    # The regime turns on a parameter that is held, and on nothing that is drawn.
    text = CORNER.replace('"p + lever + 0*r"', '"7 + 0*p"').replace('"0.4 - q"', '"1 - 0*q"')
    assert discover(scenario_of(text), 200, 1, "both").boxes == ()


def test_wrong_arguments_are_named():
    scenario = scenario_of(CORNER)
    with pytest.raises(ValuesError, match="did you mean both"):
        discover(scenario, 100, 1, "bothe")
    with pytest.raises(ValuesError, match="draws"):
        discover(scenario, 0, 1, "both")
    with pytest.raises(ValuesError, match="seed"):
        discover(scenario, 10, "one", "both")


def test_without_scikit_learn_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(MissingExtraError, match=r"counterplay\[drivers\]"):
        discover(scenario_of(CORNER), 100, 1, "both")
