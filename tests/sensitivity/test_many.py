"""Many settings at once get the answers that one setting gets."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterplay.concepts import nash
from counterplay.concepts.pure import pure_profiles
from counterplay.errors import ValuesError
from counterplay.payoffs import game
from counterplay.scenario import load
from counterplay.scenario.catalogue import inspect_text
from counterplay.sensitivity.drivers.regional import regional
from counterplay.sensitivity.many import outcomes_at, payoff_chunks, pure_at, values_at
from counterplay.sensitivity.outcomes import outcome_of, outcome_words
from counterplay.sensitivity.robust.choice import robust_choice
from counterplay.sensitivity.uncertainty import pure_sample, sample

FLAGSHIP = load("korea-ukraine")

TIES = """
format: 1
id: ties
title: Ties
question: Who yields?
asked_by: nobody
as_of: "2024-10-31"
focal: a
status_quo: {a: x, b: x}
players:
- {id: a, label: A, options: [{id: x, label: X}, {id: y, label: Y}]}
- {id: b, label: B, options: [{id: x, label: X}, {id: y, label: Y}]}
parameters:
- {id: p, label: P, default: 0.1, low: 0, high: 1}
terms:
- {id: t1, player: a, label: one, value: "p + 0.2", when: {a: [x]}}
- {id: t2, player: a, label: two, value: "0.3", when: {a: [y]}}
- {id: t3, player: b, label: three, value: "1", when: {b: [x]}}
"""


def drawn(scenario, count, seed):
    generator = np.random.default_rng(seed)
    columns = dict(scenario.values())
    for parameter in scenario.parameters:
        columns[parameter.id] = generator.uniform(parameter.low, parameter.high, count)
    return columns


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=10, deadline=None)
def test_pure_equilibria_are_those_of_each_setting(seed):
    columns = drawn(FLAGSHIP, 40, seed)
    index, sets = pure_at(FLAGSHIP, columns, 40)
    for k in range(40):
        assert sets[index[k]] == pure_profiles(game(FLAGSHIP, values_at(columns, k)))


def test_outcome_sets_are_those_of_each_setting():
    columns = drawn(FLAGSHIP, 12, 5)
    counted = outcomes_at(FLAGSHIP, columns, 12)
    for k in range(12):
        solution = nash(game(FLAGSHIP, values_at(columns, k)))
        assert counted.outcomes[counted.index[k]] == outcome_of(FLAGSHIP, solution)
        assert counted.completeness[k] == solution.completeness


def test_ties_that_rounding_hides_are_decided_exactly():
    scenario = inspect_text(TIES.encode(), "ties.yaml").scenario
    columns = {"p": np.array([0.1, 0.1 - 1e-12, 0.1 + 1e-12, 0.3])}
    index, sets = pure_at(scenario, columns, 4)
    assert [sets[k] for k in index] == [((0, 0), (1, 0)), ((1, 0),), ((0, 0),), ((0, 0),)]
    counted = outcomes_at(scenario, columns, 4)
    assert [counted.outcomes[k].sets for k in counted.index] == [1, 0, 0, 0]
    assert counted.completeness.tolist() == ["continuum", "proved", "proved", "proved"]


def test_a_payoff_that_is_not_finite_is_refused_with_its_values():
    text = TIES.replace('"p + 0.2"', '"1/p"')
    scenario = inspect_text(text.encode(), "ties.yaml").scenario
    with pytest.raises(ValuesError, match=r"t1: not finite at these values \(p = 0\)"):
        list(payoff_chunks(scenario, {"p": np.array([0.5, 0.0])}, 2))


NOT_FINITE = (
    TIES.replace("p + 0.2", "sqrt(half - 0.2)")
    .replace("default: 0.1", "default: 0.5")
    .replace(
        "terms:",
        """- {id: other, label: Other, default: 0.1, low: 0, high: 1}
derived:
- {id: half, value: p / 2}
terms:""",
    )
)


@pytest.mark.parametrize("run", [sample, pure_sample, regional, robust_choice])
def test_every_run_over_draws_tells_the_values_that_the_formula_uses(run):
    text = f"{NOT_FINITE}regimes:\n- {{id: both, label: Both, when: {{a: [x]}}}}\n"
    scenario = inspect_text(text.encode(), "ties.yaml").scenario
    with pytest.raises(
        ValuesError, match=r"t1: not finite at these values \(p = 0\.\d+\)"
    ) as told:
        run(scenario, 64, 1, *([0] if run is regional else []))
    refused = float(re.search(r"p = (0\.\d+)", str(told.value))[1])
    assert refused < 0.4


def test_many_values_are_not_all_told():
    names = [f"p{k}" for k in range(9)]
    rows = "".join(f"- {{id: {n}, label: {n}, default: 1, low: 0, high: 1}}\n" for n in names)
    text = TIES.replace("p + 0.2", f"1 / ({' + '.join(names)})")
    text = text.replace("terms:", f"{rows}terms:")
    scenario = inspect_text(text.encode(), "ties.yaml").scenario
    with pytest.raises(ValuesError, match=r"\(p0 = 0, .*, p5 = 0 and 3 more\); it divides"):
        list(payoff_chunks(scenario, {**scenario.values(), **dict.fromkeys(names, 0.0)}, 2))


def test_an_outcome_is_told_by_regime_and_by_who_does_what():
    outcome = outcome_of(FLAGSHIP, nash(game(FLAGSHIP)))
    assert outcome.label == "pledge/deny/conv/expose"
    words = outcome_words(FLAGSHIP, outcome)
    assert "Seoul makes a conditional pledge" in words
    assert words.startswith("“")
