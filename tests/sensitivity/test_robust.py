"""Robust choice against tables that are known, and against one future at a time."""

import itertools
import json
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterplay.concepts import commitment, nash
from counterplay.errors import CounterplayError, ValuesError
from counterplay.payoffs import game
from counterplay.scenario import load
from counterplay.scenario.catalogue import inspect_text
from counterplay.sensitivity.drivers.futures import futures
from counterplay.sensitivity.many import values_at
from counterplay.sensitivity.robust import committed
from counterplay.sensitivity.robust.choice import robust_choice
from counterplay.sensitivity.robust.committed import committed_at
from counterplay.sensitivity.robust.criteria import CRITERIA, best_by, criteria, tie_within
from counterplay.sensitivity.robust.levers import robust_levers

FLAGSHIP = load("korea-ukraine")

KNOWN = """
format: 1
id: known
title: Known regrets
question: Safe or bold?
asked_by: nobody
as_of: "2024-10-31"
focal: a
status_quo: {a: safe, b: left}
players:
- {id: a, label: A, options: [{id: safe, label: Safe}, {id: bold, label: Bold}]}
- {id: b, label: B, options: [{id: left, label: Left}, {id: right, label: Right}]}
parameters:
- {id: p, label: P, default: 0.5, low: 0, high: 1, distribution: uniform}
- {id: gift, label: Gift, player: a, role: lever, default: 0, low: 0, high: 2}
- {id: vain, label: Vain, player: a, role: lever, default: 0, low: 0, high: 2}
- {id: theirs, label: Theirs, player: b, role: lever, default: 0, low: 0, high: 2}
terms:
- {id: t1, player: a, label: one, value: "2", when: {a: [safe]}}
- {id: t2, player: a, label: two, value: "5*p", when: {a: [bold]}}
- {id: t3, player: a, label: three, value: "1", when: {a: [bold], b: [right]}}
- {id: t4, player: a, label: four, value: "-gift"}
- {id: t5, player: b, label: five, value: "gift - 1", when: {a: [bold], b: [right]}}
- {id: t6, player: b, label: six, value: "-1 - 0*theirs", when: {a: [safe], b: [right]}}
"""

COORDINATION = """
format: 1
id: coordination
title: Two followers
question: Who leads?
asked_by: nobody
as_of: "2024-10-31"
focal: a
status_quo: {a: x, b: x, c: x}
players:
- {id: a, label: A, options: [{id: x, label: X}, {id: y, label: Y}]}
- {id: b, label: B, options: [{id: x, label: X}, {id: y, label: Y}]}
- {id: c, label: C, options: [{id: x, label: X}, {id: y, label: Y}]}
parameters:
- {id: p, label: P, default: 2, low: 1, high: 3}
- {id: both, label: Both, role: lever, default: 1, low: 0, high: 1}
terms:
- {id: t1, player: a, label: one, value: "p", when: {a: [x], b: [x], c: [x]}}
- {id: t2, player: a, label: two, value: "1", when: {a: [y]}}
- {id: t3, player: b, label: three, value: "both", when: {b: [x], c: [x]}}
- {id: t4, player: b, label: four, value: "both*p", when: {b: [y], c: [y]}}
- {id: t5, player: c, label: five, value: "both", when: {b: [x], c: [x]}}
- {id: t6, player: c, label: six, value: "both", when: {b: [y], c: [y]}}
"""


def scenario_of(text):
    return inspect_text(text.encode(), "inline.yaml").scenario


def judged(worth, enough):
    """Work the criteria out by plain loops."""
    rows = worth.tolist()
    result = []
    for k in range(worth.shape[1]):
        own = [row[k] for row in rows]
        regret = sorted(max(row) - row[k] for row in rows)
        result.append(
            (
                sum(own) / len(own),
                min(own),
                regret[-1],
                regret[int(np.ceil(0.9 * len(regret) - 1e-12)) - 1],
                sum(r <= enough + 1e-9 for r in regret) / len(regret),
            )
        )
    return result


def as_row(criteria_of_one):
    return tuple(getattr(criteria_of_one, name) for name in CRITERIA)


@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_criteria_are_those_of_plain_loops(seed, count, choices):
    worth = np.random.default_rng(seed).integers(-4, 5, (count, choices)).astype(float)
    found = criteria(worth, 1.0, 1e-9)
    for mine, theirs in zip(found, judged(worth, 1.0), strict=True):
        assert as_row(mine) == pytest.approx(theirs)
    for best in best_by(worth, found, 1e-9):
        scores = [getattr(one, best.criterion) for one in found]
        sign = -1 if "regret" in best.criterion else 1
        top = max(sign * score for score in scores)
        assert best.choices == tuple(k for k, s in enumerate(scores) if sign * s > top - 1e-9)


def test_a_regret_table_from_a_textbook():
    # Three choices over four states of nature.
    worth = np.array([[20.0, 5, 0], [12, 15, 4], [8, 16, 21], [4, 10, 26]])
    found = criteria(worth, 3.0, 1e-9)
    assert [one.least for one in found] == [4, 5, 0]
    assert [one.greatest_regret for one in found] == [22, 16, 20]
    assert [one.good_enough for one in found] == [0.5, 0.25, 0.5]
    best = {one.criterion: one.choices for one in best_by(worth, found, 1e-9)}
    assert best["least"] == best["greatest_regret"] == (1,)
    assert best["expected"] == (2,)
    assert best["good_enough"] == (0, 2)


def test_a_large_unit_of_payoffs_ties_no_shares():
    worth = 1e12 * np.array([[1.0, 0], [1, 0], [0, 1]])
    tie = tie_within(0, 1e12)
    best = {one.criterion: one.choices for one in best_by(worth, criteria(worth, 0.0, tie), tie)}
    assert best["good_enough"] == (0,)


@pytest.mark.parametrize(("level", "unit"), [(0, 1), (3e9, 1), (-3e9, 1), (0, 1e-13), (0, 1e12)])
def test_neither_the_level_nor_the_unit_of_payoffs_ties_options(level, unit):
    text = KNOWN.replace('"2"', f'"{level} + {unit}*2"').replace(
        '"5*p"', f'"{level} + {unit}*5*p"'
    )
    text = text.replace('value: "1"', f'value: "{unit}"').replace('"-gift"', f'"-{unit}*gift"')
    found = robust_choice(scenario_of(text), 100, 7)
    best = {one.criterion: one.choices for one in found.best_in_worst_case}
    assert best == {
        "expected": (1,), "least": (0,), "greatest_regret": (1,), "regret_90": (1,),
        "good_enough": (1,),
    }  # fmt: skip
    assert "all are equal" not in found.words


def test_options_that_pay_the_same_tie_though_rounding_differs():
    text = KNOWN.replace('"2"', '"(p + 0.1) + 0.2"').replace('"5*p"', '"p + (0.1 + 0.2)"')
    found = robust_choice(scenario_of(text), 100, 7)
    assert all(best.choices == (0, 1) for best in found.best_in_worst_case)
    assert np.any(found.worst[:, 0] != found.worst[:, 1])


def test_outcomes_without_commitment_that_may_be_missing_are_told(monkeypatch):
    def doubtful(one, work_limit):
        return replace(nash(one, work_limit=work_limit), completeness="unproved")

    monkeypatch.setattr(committed, "settled", lambda _, tables, __: (None for _ in tables))
    monkeypatch.setattr(committed, "nash", doubtful)
    for draws, told in ((3, "In 3 futures more stable"), (1, "In 1 future more stable")):
        found = robust_choice(scenario_of(KNOWN), draws, 7)
        assert (found.unproved, found.benchmarks.unproved) == (0, draws)
        assert told in found.words
    assert "in the one future drawn" in found.words


def test_the_known_regrets_of_two_players():
    scenario = scenario_of(KNOWN)
    found = robust_choice(scenario, 400, 7, good_enough=1)
    p = futures(scenario, 400, 7).columns["p"]
    worth = np.column_stack([np.full(400, 2.0), 5 * p])
    assert found.worst == pytest.approx(worth)
    assert found.best == pytest.approx(worth)
    for option, row in zip(found.options, judged(worth, 1), strict=True):
        assert as_row(option.worst_case) == pytest.approx(row)
        assert (option.unproved, option.ranges) == (0, 0)
    safe, bold = (option.worst_case for option in found.options)
    # Regret of safe is 5p - 2 at most 3, of bold at most 2; within 1 while p < 0.6, p > 0.2.
    assert safe.greatest_regret == pytest.approx(3, abs=0.02)
    assert bold.greatest_regret == pytest.approx(2, abs=0.02)
    assert safe.good_enough == pytest.approx(0.6, abs=0.03)
    assert bold.good_enough == pytest.approx(0.8, abs=0.03)
    best = {one.criterion: one.choices for one in found.best_in_worst_case}
    assert best["least"] == (0,)
    assert best["greatest_regret"] == best["expected"] == (1,)
    # Bold is dominant for b's left; without commitment a takes the better option.
    assert found.benchmarks.simultaneous_worst == pytest.approx(worth.max(axis=1).mean())
    assert found.benchmarks.commitment == pytest.approx(worth.max(axis=1).mean())


def test_a_follower_who_does_not_care_makes_two_cases():
    scenario = scenario_of(KNOWN)
    found = robust_choice(scenario, 50, 7, {"gift": 1})
    p = futures(scenario, 50, 7).columns["p"]
    assert found.worst[:, 1] == pytest.approx(5 * p - 1)
    assert found.best[:, 1] == pytest.approx(5 * p)
    assert found.options[1].ranges == 0
    assert found.held["gift"] == 1


def test_two_followers_with_several_equilibria():
    scenario = scenario_of(COORDINATION)
    found = robust_choice(scenario, 40, 1)
    p = futures(scenario, 40, 1).columns["p"]
    assert found.worst[:, 0] == pytest.approx(np.zeros(40))
    assert found.best[:, 0] == pytest.approx(p)
    assert found.worst[:, 1] == pytest.approx(np.ones(40))
    assert found.best[:, 1] == pytest.approx(np.ones(40))
    assert found.unproved == 0


def test_followers_who_never_care_are_bounded_and_counted():
    scenario = scenario_of(COORDINATION)
    found = robust_choice(scenario, 10, 1, {"both": 0})
    p = futures(scenario, 10, 1).columns["p"]
    assert found.options[0].ranges == 10
    assert (found.worst[:, 0] <= 1e-9).all()
    assert (found.best[:, 0] >= p - 1e-9).all()
    assert "connected sets" in found.words


@pytest.mark.parametrize("player", [0, 1, 2, 3])
def test_flagship_worths_are_those_of_commitment(player):
    drawn = futures(FLAGSHIP, 15, 3)
    worth = committed_at(FLAGSHIP, drawn.columns, 15, player)
    for k in range(15):
        one = game(FLAGSHIP, values_at(drawn.columns, k))
        solution = nash(one)
        theirs = commitment(one, player, solution)
        assert worth.worst[k] == pytest.approx([a.worst for a in theirs.options], abs=1e-9)
        assert worth.best[k] == pytest.approx([a.best for a in theirs.options], abs=1e-9)
        own = [equilibrium.payoffs[player] for equilibrium in solution]
        assert worth.simultaneous[k] == pytest.approx([min(own), max(own)], abs=1e-9)


def test_a_batch_that_settles_nothing_gives_the_same(monkeypatch):
    fast = robust_choice(FLAGSHIP, 12, 3)
    monkeypatch.setattr(committed, "settled", lambda _, tables, __: (None for _ in tables))
    slow = robust_choice(FLAGSHIP, 12, 3)
    assert slow.worst == pytest.approx(fast.worst, abs=1e-9)
    assert slow.best == pytest.approx(fast.best, abs=1e-9)


def test_what_is_not_proved_is_counted_and_bounded(monkeypatch):
    fast = robust_choice(FLAGSHIP, 6, 3)
    monkeypatch.setattr(committed, "settled", lambda _, tables, __: (None for _ in tables))
    monkeypatch.setattr(committed, "commitment", partial(commitment, work_limit=0))
    loose = robust_choice(FLAGSHIP, 6, 3)
    assert 0 < max(option.unproved for option in loose.options) <= loose.unproved <= 6
    assert (loose.worst <= fast.worst + 1e-6).all()
    assert (loose.best >= fast.best - 1e-6).all()
    assert (
        f"In {loose.unproved} futures not every equilibrium among the others was found"
        in loose.words
    )


def test_the_focal_player_and_the_default_amount():
    found = robust_choice(FLAGSHIP, 8, 3)
    assert found.player == "rok"
    central = game(FLAGSHIP)
    assert found.good_enough == pytest.approx(0.05 * central.ranges[0])
    assert [option.option for option in found.options] == list(central.options[0])
    assert robust_choice(FLAGSHIP, 8, 3, player=0).to_dict() == found.to_dict()
    plain = json.loads(json.dumps(found.to_dict()))
    assert plain["options"][1]["worst_case"]["least"] == found.options[1].worst_case.least
    assert "worst" not in plain
    assert plain["words"].startswith("Seoul commits to one option in each of 8 futures")


def test_settings_of_a_lever_are_told_apart_in_words():
    least = 2024.75
    text = KNOWN.replace(
        "role: lever, default: 0, low: 0, high: 2}",
        "role: lever, default: 2024.5, low: 2024, high: 2025}",
        1,
    ).replace('"-gift"', f'"-100 * abs(gift - {least})"')
    found = robust_levers(scenario_of(text), 20, 7, steps=5)
    assert f"“Gift” at {least}" in found.words


def test_levers_are_searched_over_the_same_futures():
    scenario = scenario_of(KNOWN)
    found = robust_levers(scenario, 100, 7, good_enough=1)
    assert found.design == "grid"
    assert found.levers == {"gift": (0.0, 1.0, 2.0)}
    assert found.unmoved == ("vain",)
    p = futures(scenario, 100, 7).columns["p"]
    low, high = [], []
    for gift, option in itertools.product((0, 1, 2), (0, 1)):
        own = (5 * p if option else np.full(100, 2.0)) - gift
        low.append(own + (option == 1 and gift == 2))
        high.append(own + (option == 1 and gift >= 1))
    for rows, case in ((low, "worst_case"), (high, "best_case")):
        for row, theirs in zip(found.rows, judged(np.column_stack(rows), 1), strict=True):
            assert as_row(getattr(row, case)) == pytest.approx(theirs)
    first = found.best_in_worst_case[0].choices
    assert [(found.rows[k].setting, found.rows[k].option) for k in first] == [
        ({"gift": 0.0}, "bold")
    ]
    json.dumps(found.to_dict())


def test_the_levers_as_they_stand_are_tried_and_agree_with_the_choice():
    found = robust_levers(FLAGSHIP, 12, 2)
    single = robust_choice(FLAGSHIP, 12, 2)
    now = {"cred": 0.4, "audience": 2.0}
    rows = [row for row in found.rows if row.setting == now]
    assert len(found.rows) == 40
    for row, option in zip(rows, single.options, strict=True):
        assert row.option == option.option
        assert row.worst_case.expected == option.worst_case.expected
        assert row.worst_case.greatest_regret >= option.worst_case.greatest_regret
    assert "“Credibility of Seoul's pledge”" in found.words


def test_many_settings_become_corners_and_middle():
    found = robust_levers(FLAGSHIP, 2, 2, steps=11)
    assert found.design == "corners and middle"
    assert found.levers == {"cred": (0.05, 0.4, 0.5, 0.95), "audience": (0.0, 2.0, 3.0, 6.0)}
    assert len(found.rows) == 4 * 6


def test_wrong_arguments_are_named():
    with pytest.raises(ValuesError, match="no lever of rus moves any payoff; there are levers of"):
        robust_levers(FLAGSHIP, 4, 1, player="rus")
    with pytest.raises(ValuesError, match="steps"):
        robust_levers(FLAGSHIP, 4, 1, steps=1)
    for wrong in (-1, float("nan"), "much", True):
        with pytest.raises(ValuesError, match="good_enough"):
            robust_choice(FLAGSHIP, 4, 1, good_enough=wrong)
    for wrong in ("usa", 4, -1, True):
        with pytest.raises(ValuesError, match="player"):
            robust_choice(FLAGSHIP, 4, 1, player=wrong)
    with pytest.raises(ValuesError, match="draws"):
        robust_choice(FLAGSHIP, 0, 1)
    with pytest.raises(CounterplayError, match="scenario"):
        robust_choice("korea-ukraine", 4, 1)


def test_a_scenario_without_anything_uncertain_has_one_future():
    text = KNOWN.replace("distribution: uniform", "role: lever")
    found = robust_choice(scenario_of(text), 5, 1)
    assert np.ptp(found.worst, axis=0).tolist() == [0, 0]
    assert found.best_in_worst_case[0].choices == (1,)
    assert found.drawn == ()
    assert "Nothing is uncertain here" in found.words
    assert "However the others answer" in found.words
