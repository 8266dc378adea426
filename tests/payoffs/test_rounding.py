"""How far rounding may have moved small payoffs, against cases that tie and cases that do not."""

import numpy as np
import pytest

from counterplay.concepts.pure import pure_profiles
from counterplay.payoffs import game
from counterplay.scenario.catalogue import inspect_text

TEXT = """
format: 1
id: small
title: Small
players:
- {id: a, label: A, options: [{id: x, label: X}, {id: y, label: Y}]}
- {id: b, label: B, options: [{id: u, label: U}, {id: v, label: V}]}
parameters:
- {id: p, label: P, default: 0.3, low: 0, high: 1}
terms:
- {id: t, player: a, label: T, value: "FORMULA", when: {a: {x: 1}, b: {u: 1, v: "exp(p)"}}}
- {id: s, player: b, label: S, value: 1, when: {b: [u]}}
"""


def small(formula):
    return inspect_text(TEXT.replace("FORMULA", formula).encode(), "small.yaml").scenario


@pytest.mark.parametrize(
    "formula",
    ["exp(log(p + 1)) - p - 1", "log(exp(p)) - p", "0.1 + 0.2 - 0.3", "sqrt(p)**2 - p", "0"],
)
@pytest.mark.parametrize("p", [0.1, 0.3, 0.7])
def test_what_only_rounding_tells_apart_ties(formula, p):
    assert pure_profiles(game(small(formula), {"p": p})) == ((0, 0), (1, 0))


@pytest.mark.parametrize(
    ("formula", "chosen"),
    [
        ("exp(-100*p) - exp(-50)", 0),
        ("exp(-50) - exp(-100*p)", 1),
        ("1e-14*exp(p)", 0),
        ("-1e-15*p", 1),
    ],
)
def test_small_payoffs_are_told_apart(formula, chosen):
    assert pure_profiles(game(small(formula))) == ((chosen, 0),)


def test_the_size_is_never_above_one_and_one_where_payoffs_are_exact():
    assert game(small("1000*exp(p)")).formula_size == 1.0
    rational = TEXT.replace('"exp(p)"', "2")
    scenario = inspect_text(rational.replace("FORMULA", "p/1000").encode(), "small.yaml").scenario
    assert game(scenario).formula_size == 1.0
    sizes = [game(small("log(p + 0.001)/9"), {"p": float(p)}).formula_size
             for p in np.linspace(0, 1, 7)]  # fmt: skip
    assert all(0 < size < 0.1 for size in sizes)


def test_what_another_player_is_paid_does_not_hide_a_small_payoff():
    text = TEXT.replace("value: 1,", 'value: "0.1 + 0.2",').replace("FORMULA", "1e-15*exp(-9*p)")
    scenario = inspect_text(text.encode(), "small.yaml").scenario
    assert pure_profiles(game(scenario)) == ((0, 0),)
    noise = inspect_text(text.replace("1e-15*exp(-9*p)", "log(exp(p)) - p").encode(), "s.yaml")
    assert pure_profiles(game(noise.scenario)) == ((0, 0), (1, 0))


def test_a_payoff_table_is_bounded_cell_by_cell():
    table = """payoffs:
  a: [["exp(-100*p)", 0], ["exp(-50)", 0]]
  b: [[1, 0], [1, 0]]
"""
    text = TEXT[: TEXT.index("terms:")] + table
    one = game(inspect_text(text.encode(), "small.yaml").scenario)
    assert pure_profiles(one) == ((0, 0),)
