"""Shares of variance against closed forms, and screening, regional differences and refusals."""

import json
import sys

import numpy as np
import pytest
from scipy import stats

from counterplay.concepts import nash
from counterplay.concepts.pure import pure_profiles
from counterplay.errors import MissingExtraError, ValuesError
from counterplay.payoffs import game
from counterplay.scenario import load
from counterplay.scenario.catalogue import inspect_text
from counterplay.sensitivity.drivers import responses
from counterplay.sensitivity.drivers.futures import futures
from counterplay.sensitivity.drivers.ranking import drivers
from counterplay.sensitivity.drivers.regional import (
    critical_difference,
    largest_difference,
    regional,
)
from counterplay.sensitivity.drivers.responses import occurrences, responses_at
from counterplay.sensitivity.drivers.results import Driver, Target, target_words
from counterplay.sensitivity.drivers.screening import Screening
from counterplay.sensitivity.drivers.sobol_indices import (
    Design,
    Index,
    saltelli_points,
    sobol_indices,
)
from counterplay.sensitivity.many import values_at
from counterplay.sensitivity.usage import used_names

FLAGSHIP = load("korea-ukraine")

KNOWN = """
format: 1
id: known
title: Known shares
question: Which number matters?
asked_by: nobody
as_of: "2024-10-31"
focal: a
status_quo: {a: x, b: x, c: x}
players:
- {id: a, label: A, options: [{id: x, label: X}, {id: y, label: Y}]}
- {id: b, label: B, options: [{id: x, label: X}]}
- {id: c, label: C, options: [{id: x, label: X}]}
parameters:
- {id: p, label: P, default: 0.5, low: 0, high: 1, distribution: uniform}
- {id: q, label: Q, default: 0.5, low: 0, high: 1, distribution: uniform}
- {id: idle, label: Idle, default: 0.5, low: 0, high: 1, distribution: uniform}
- {id: still, label: Still, default: 2, low: 1, high: 3,
   distribution: {kind: uniform, low: 2, high: 2}}
- {id: lever, label: Lever, role: lever, default: 0, low: 0, high: 1}
derived:
- {id: bent, value: "abs(4*p - 2) * (abs(4*q - 2) + 1) / 2"}
terms:
- {id: t1, player: a, label: one, value: "p + lever", when: {a: [x]}}
- {id: t2, player: a, label: two, value: "0.5", when: {a: [y]}}
- {id: t3, player: b, label: three, value: "3*p + q + still"}
- {id: t4, player: c, label: four, value: "bent"}
regimes:
- {id: high, label: High, when: {a: [x]}}
- {id: low, label: Low, when: {a: [y]}}
- {id: never, label: Never, when: {a: [x], b: [x]}}
"""


def scenario_of(text):
    return inspect_text(text.encode(), "inline.yaml").scenario


def of(result, kind, name):
    return next(t for t in result.targets if t.kind == kind and t.id == name)


def shares(target):
    return {d.parameter: (d.first.estimate, d.total.estimate) for d in target.drivers}


@pytest.fixture(scope="module")
def known():
    return drivers(scenario_of(KNOWN), 4096, 3)


def test_additive_payoffs_split_by_the_squares_of_their_slopes(known):
    found = shares(of(known, "payoff", "b"))
    assert found["p"] == pytest.approx((0.9, 0.9), abs=0.02)
    assert found["q"] == pytest.approx((0.1, 0.1), abs=0.02)
    assert [d.parameter for d in of(known, "payoff", "b").drivers] == ["p", "q"]


def test_a_product_has_the_known_interaction(known):
    # The g-function of Sobol' with a = (0, 1).
    found = shares(of(known, "payoff", "c"))
    assert found["p"] == pytest.approx((0.75, 0.8125), abs=0.03)
    assert found["q"] == pytest.approx((0.1875, 0.25), abs=0.03)
    for driver in of(known, "payoff", "c").drivers:
        for index in (driver.first, driver.total):
            assert 0 <= index.low <= index.estimate <= index.high <= 1


@pytest.mark.parametrize(
    ("alone", "told"),
    [
        ((0.3, 0.1, 0.4, True), "; 30% alone)"),
        ((0.3, 0.0, 0.4, False), "; none shown alone)"),
        ((0.5, 0.3, 0.7, True), "; as far as these draws tell, all of it alone)"),
        ((0.87, 0.5, 1.0, True), "; how much alone, these draws do not tell)"),
    ],
)
def test_no_more_is_told_of_a_parameter_alone_than_with_its_interactions(alone, told):
    steps = Screening(0.0, 0.0, 0.0, 0.0, 0.0)
    driver = Driver("p", "P", Index(*alone), Index(0.39, 0.21, 0.64, True), steps)
    words = target_words(Target("regime", "r", "R", "varies", 0.5, 0.5, (driver,), ""))
    assert f"39% of the variation, interval 21% to 64%{told}" in words


@pytest.mark.parametrize("unit", ["1e-13", "1e12"])
def test_a_payoff_varies_in_any_unit(unit):
    text = KNOWN.replace("3*p + q + still", f"{unit}*(3*p + q + still)")
    target = drivers(scenario_of(text), 64, 3, target="b").targets[0]
    assert target.status == "varies"
    assert target.drivers[0].parameter == "p"


def test_a_regime_that_one_parameter_decides(known):
    target = of(known, "regime", "high")
    assert shares(target)["p"] == pytest.approx((1, 1), abs=0.03)
    assert target.mean == pytest.approx(0.5, abs=0.01)
    q = next(d for d in target.drivers if d.parameter == "q")
    assert (q.total.estimate, q.total.clear, q.first.clear) == (0, False, False)
    assert q.screening.mean_size == 0
    # Every step of 2/3 crosses the middle.
    assert target.drivers[0].screening.mean == pytest.approx(1.5)
    assert "1 parameter is not distinguishable from none" in target.words


def test_what_is_not_used_or_does_not_move_is_named(known):
    assert known.unused == ("idle",)
    assert known.fixed == ("still",)
    assert known.held == {"still": 2.0, "lever": 0.0}
    assert of(known, "regime", "never").status == "nothing varies"
    assert "is the same in every draw" in of(known, "regime", "never").words
    assert known.evaluations == 4096 * 4
    assert "No payoff uses “Idle”." in known.words
    assert json.loads(json.dumps(known.to_dict()))["unused"] == ["idle"]


def test_levers_are_held_where_they_are_set():
    found = drivers(scenario_of(KNOWN), 64, 3, {"lever": 1}, target="high")
    assert [t.id for t in found.targets] == ["high"]
    assert found.targets[0].status == "nothing varies"
    assert found.targets[0].mean == 1


def test_a_rare_regime_is_not_split():
    text = KNOWN.replace('value: "0.5", when', 'value: "0.999", when')
    found = drivers(scenario_of(text), 64, 3, target="high")
    assert found.targets[0].status in {"too rare", "nothing varies"}
    assert not found.targets[0].drivers


def test_nothing_uncertain_is_nothing_varies():
    text = KNOWN.replace("distribution: uniform", "role: lever")
    found = drivers(scenario_of(text), 8, 3)
    assert {t.status for t in found.targets} == {"nothing varies"}
    assert "so nothing varies" in found.words


def test_estimates_are_those_of_salib():
    from SALib.analyze import sobol

    points = saltelli_points(3, 256, 5)
    answers = points[:, 0] + 2 * points[:, 1] * points[:, 2]
    first, total = sobol_indices(Design.of(answers, 3), 1)
    problem = {"num_vars": 3, "names": list("xyz"), "bounds": [[0, 1]] * 3}
    theirs = sobol.analyze(problem, answers, calc_second_order=False, seed=1, num_resamples=500)
    assert [i.estimate for i in first] == pytest.approx(theirs["S1"], abs=1e-12)
    assert [i.estimate for i in total] == pytest.approx(theirs["ST"], abs=1e-12)
    for mine, half in zip(total, theirs["ST_conf"], strict=True):
        assert (mine.high - mine.low) / 2 == pytest.approx(half, rel=0.25)


def test_answers_are_those_of_single_settings():
    drawn = futures(FLAGSHIP, 60, 2)
    found = responses_at(FLAGSHIP, drawn.columns, 60)
    mixed = 0
    for k in range(60):
        one = game(FLAGSHIP, values_at(drawn.columns, k))
        profiles = pure_profiles(one)
        names = {FLAGSHIP.regime(one.profile_ids(profile)).id for profile in profiles}
        assert [r.id in names for r in FLAGSHIP.regimes] == found.regimes[k].tolist()
        played = [one.payoffs[(slice(None), *profile)] for profile in profiles]
        mixed += not profiles
        played = played or [equilibrium.payoffs for equilibrium in nash(one)]
        assert found.payoffs[k] == pytest.approx(np.mean(played, axis=0), abs=1e-9)
    assert found.mixed == mixed > 0
    assert found.unproved == 0


def test_the_flagship_repeats_itself():
    first, second = (drivers(FLAGSHIP, 32, 9) for _ in range(2))
    assert first.to_dict() == second.to_dict()
    assert len(first.targets) == len(FLAGSHIP.regimes) + 4
    assert first.unused == ()
    for target in first.targets:
        totals = [driver.total.estimate for driver in target.drivers]
        assert totals == sorted(totals, reverse=True)


def test_every_flagship_number_is_used():
    names = {p.id for p in FLAGSHIP.parameters} | {c.id for c in FLAGSHIP.constants}
    assert names <= used_names(FLAGSHIP)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"draws": 3}, "draws: 3; give a whole number from 4 to 65,536"),
        ({"draws": 0}, "draws: 0; give a whole number from 4 to 65,536"),
        ({"draws": True}, "draws"),
        ({"seed": -1}, "seed"),
        ({"seed": 1.5}, "seed"),
        ({"target": "spyral"}, "did you mean spiral"),
        ({"values": {"creed": 1}}, "creed"),
    ],
)
def test_wrong_arguments_are_named(arguments, message):
    with pytest.raises(ValuesError, match=message):
        drivers(FLAGSHIP, **({"draws": 8, "seed": 1} | arguments))


def test_without_salib_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "SALib", None)
    with pytest.raises(MissingExtraError, match=r"counterplay\[drivers\]"):
        drivers(FLAGSHIP, 8, 1)


def test_regional_differences_are_kolmogorov_smirnov():
    scenario = scenario_of(KNOWN)
    found = regional(scenario, 1000, 4, "high")
    drawn = futures(scenario, 1000, 4)
    occurs = occurrences(scenario, drawn.columns, 1000, "high")
    for difference in found.differences:
        column = drawn.columns[difference.parameter]
        theirs = stats.ks_2samp(column[occurs], column[~occurs])
        assert difference.statistic == pytest.approx(theirs.statistic, abs=1e-12)
        assert difference.differs == (difference.parameter == "p")
    assert found.differences[0].statistic == 1
    assert found.differences[0].direction == "higher"
    assert found.unused == ("idle",)


def test_the_critical_difference_is_the_asymptotic_one():
    assert critical_difference(100, 400) == pytest.approx(1.3581 * np.sqrt(500 / 40000), rel=1e-4)
    generator = np.random.default_rng(1)
    passed = [
        largest_difference(generator.random(200), generator.random(300))
        > critical_difference(200, 300)
        for _ in range(600)
    ]
    assert np.mean(passed) == pytest.approx(0.05, abs=0.025)


def test_regional_needs_draws_on_both_sides():
    scenario = scenario_of(KNOWN)
    assert "nothing to compare" in regional(scenario, 100, 4, "never").words
    assert not regional(scenario, 12, 4, "high").differences
    assert regional(scenario, 100, 4, 2) == regional(scenario, 100, 4, "never")
    with pytest.raises(ValuesError, match="did you mean high"):
        regional(scenario, 12, 4, "hihg")


def test_a_payoff_that_is_not_finite_is_refused_with_its_term():
    text = KNOWN.replace('"3*p + q + still"', '"1/(p - 0.5) + 1/(q - 0.5) + log(p + q - 1)"')
    scenario = scenario_of(text)
    with pytest.raises(ValuesError, match="t3"):
        drivers(scenario, 8, 1)


def test_the_draws_are_those_of_a_sample():
    from counterplay.sensitivity.uncertainty.sampling import sample

    drawn = futures(FLAGSHIP, 40, 6, {"cred": 0.7})
    theirs = sample(FLAGSHIP, 40, 6, {"cred": 0.7})
    assert tuple(theirs.parameters) == drawn.parameters
    assert np.array_equal(theirs.values, drawn.matrix)
    assert drawn.columns["cred"] == drawn.held["cred"] == 0.7


def test_settings_that_are_not_proved_are_counted(monkeypatch):
    def hurried(scenario, columns, count):
        for k in range(count):
            yield nash(game(scenario, values_at(columns, k)), work_limit=0)

    monkeypatch.setattr(responses, "solutions_at", hurried)
    found = drivers(FLAGSHIP, 16, 6, target="rok")
    assert 0 < found.unproved <= found.mixed
    assert f"In {found.unproved} settings more stable outcomes may exist" in found.words
