"""Tipping points: closed forms, the flagship, and cases that degenerate."""

from fractions import Fraction

import numpy as np
import pytest

from counterplay.concepts import nash
from counterplay.concepts.pure import pure_profiles
from counterplay.errors import CounterplayError, ValuesError
from counterplay.payoffs import game
from counterplay.scenario import load
from counterplay.scenario.catalogue import inspect_text
from counterplay.sensitivity.outcomes import outcome_of
from counterplay.sensitivity.tipping.points import tipping_points
from counterplay.sensitivity.tipping.real_roots import PRECISION, roots_between

FLAGSHIP = load("korea-ukraine")

CHOICE = """
format: 1
id: choice
title: Choice
players:
- {id: a, label: A, options: [{id: act, label: Act}, {id: wait, label: Wait}]}
- {id: b, label: B, options: [{id: x, label: X}, {id: y, label: Y}]}
parameters:
- {id: p, label: Push, default: 0.2, low: 0, high: 1}
- {id: q, label: Quiet, default: 0.2, low: 0, high: 1}
- {id: r, label: Rigid, default: 0.2, low: 0.2, high: 0.2}
constants:
- {id: k, value: 2}
regimes:
- {id: war, label: War, when: {a: [act]}}
terms:
- {id: t1, player: a, label: one, value: "FORMULA", when: {a: [act]}}
- {id: t2, player: b, label: two, value: "r", when: {b: [x]}}
"""


def choice(formula):
    """Return a scenario in which A acts where a formula is above zero."""
    inspected = inspect_text(CHOICE.replace("FORMULA", formula).encode(), "choice.yaml")
    assert inspected.scenario is not None, inspected
    return inspected.scenario


def places(formula, **how):
    return [(point.value, point.certainty) for point in tipping_points(choice(formula), **how)]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("p - 0.3", [0.3]),
        ("(p - 0.25)*(p - 0.5)*(p - 0.75)", [0.25, 0.5, 0.75]),
        ("2*p**2 - 1", [0.5**0.5]),
        ("p**3 - 0.2", [0.2 ** (1 / 3)]),
        ("p/(1 + p) - 0.25", [1 / 3]),
        ("abs(p - 0.5) - 0.125", [0.375, 0.625]),
        ("min(p - 0.2, 0.7 - p)", [0.2, 0.7]),
        ("max(0.2 - p, p - 0.7)", [0.2, 0.7]),
        ("clip(p, 0.4, 0.6) - 0.5", [0.5]),
        ("max(p**2, p/2) - 0.4", [0.4**0.5]),
        ("(p - 0.5)**3", [0.5]),
        # Bounded by a root that is not rational: nothing before it, then a slope.
        ("max(p**2 - 0.5, 0) - 0.1", [0.6**0.5]),
        ("1/max(p, 0.1) - 4", [0.25]),
        ("log(k)*p - 0.3*log(2)", None),
    ],
)
def test_places_in_closed_form(formula, expected):
    found = sorted(places(formula, parameters=["p"]))
    if expected is None:
        assert found == [(pytest.approx(0.3, abs=1e-12), "bracketed")]
        return
    assert [certainty for _, certainty in found] == ["exact"] * len(expected)
    assert [value for value, _ in found] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    "formula", ["p - 0.3", "(p - 0.25)*(p - 0.5)*(p - 0.75)", "abs(p - 0.52) - 0.125"]
)
def test_cells_find_what_roots_are(formula):
    exact = places(formula, parameters=["p"])
    grid = places(formula.replace("p", "log(exp(p))"), parameters=["p"])
    assert [value for value, _ in grid] == pytest.approx([value for value, _ in exact], abs=1e-11)
    assert {certainty for _, certainty in grid} == {"bracketed"}


def test_a_power_beyond_the_limits_is_bracketed_not_refused():
    found = places("((p**8)**8)**2 - 0.5", parameters=["p"])
    assert found == [(pytest.approx(0.5 ** (1 / 128), abs=1e-11), "bracketed")]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("(exp(p) - 1.65)**2 - 0.0000001", [np.log(1.65 - 1e-7**0.5), np.log(1.65 + 1e-7**0.5)]),
        ("(exp(p) - exp(0.5003))*(exp(p) - exp(0.5006))", [0.5003, 0.5006]),
        ("(sqrt(p) - 0.7)**2 - 0.0000001", [(0.7 - 1e-7**0.5) ** 2, (0.7 + 1e-7**0.5) ** 2]),
        ("(p - 0.3002)*(p - 0.3008)" + "*(1 + p**8)" * 7, [0.3002, 0.3008]),
        ("max(exp(p) - 1.65, 0)", [np.log(1.65)]),
        # Small payoffs are compared as any others.
        ("exp(-100*p) - exp(-50)", [0.5]),
        ("exp(-40*p) - exp(-20)", [0.5]),
        ("clip(1/(exp(p) - 1.65), -5, 5)", [np.log(1.65)]),
    ],
)
def test_changes_that_lie_close_are_told_apart_without_exact_roots(formula, expected):
    table = tipping_points(choice(formula), parameters=["p"])
    assert [point.value for point in table.of("p")] == pytest.approx(expected, abs=2e-12)
    assert {point.certainty for point in table} == {"bracketed"}
    for point, value in zip(table.of("p"), expected, strict=True):
        assert point.within[0] - 1e-15 <= value <= point.within[1] + 1e-15
    assert "rule out" not in table.words


def test_what_rounding_hides_is_told():
    table = tipping_points(choice("exp(p)**2 - 2*exp(p)*exp(0.3) + exp(0.3)**2"), parameters=["p"])
    assert len(table) == 0
    assert "change and change back in “Push” near 0.3" in table.words
    table = tipping_points(choice("log(exp(p)) - p"), parameters=["p"])
    assert "in “Push” near 0.5, on a stretch of 1." in table.words


def test_two_differences_that_share_reasons_do_not_blur_one_another():
    text = CHOICE.replace("FORMULA", "p - 0.3").replace(
        "- {id: t2,", '- {id: t3, player: a, label: three, value: "exp(9*p)"}\n- {id: t2,'
    )
    table = tipping_points(inspect_text(text.encode(), "shared.yaml").scenario, parameters=["p"])
    assert [(point.value, point.certainty) for point in table] == [(0.3, "exact")]


@pytest.mark.parametrize(
    "formula", ["(p - 0.5)**2", "-((p - 0.5)**2)", "p - p", "0*p", "p", "p - 1"]
)
def test_a_touch_an_end_and_a_lasting_tie_are_no_tipping_points(formula):
    assert places(formula, parameters=["p"]) == []


def test_a_tie_on_a_whole_stretch_is_a_side_of_its_own():
    table = tipping_points(choice("max(p - 0.6, 0)"), parameters=["p"])
    assert [(point.value, point.certainty) for point in table] == [(0.6, "exact")]
    assert table[0].below.sets == 1
    assert table[0].above.label == "act/x"


def test_sides_distance_and_words():
    table = tipping_points(choice("p - 0.3"))
    (point,) = table
    assert (point.below.label, point.above.label) == ("wait/x", "act/x")
    assert point.distance == pytest.approx(0.1)
    assert point.words == (
        "“Push” at 0.3 (now 0.2). Below it, A plays “Wait”, B plays “X”. "
        "Above it, “War”: A plays “Act”, B plays “X”."
    )
    assert (table.moved, table.steady) == (("p",), ())
    assert (table.unused, table.fixed) == (("q",), ("r",))
    assert "No payoff depends on “Quiet”." in table.words
    assert "The range is a single value for “Rigid”." in table.words
    assert table.held == {"p": 0.2, "q": 0.2, "r": 0.2, "k": 2.0}


def test_what_holds_on_both_sides_is_told_once():
    below, above = tipping_points(FLAGSHIP, parameters=["spent"])[:2]
    assert "Above it there is also “Arms spiral”: Seoul sends defensive arms" in below.words
    assert "On both sides, “Arms spiral” and “Hedged payment" in above.words
    assert "Only below it, Seoul is undecided" in above.words


def test_used_but_steady():
    table = tipping_points(choice("p + 1"), parameters=["p"])
    assert (len(table), table.steady) == (0, ("p",))
    assert "none of 1 parameters" in table.words


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("1/(p - 0.5)", r"p: at 0\.5"),
        ("1/(p - 0.123456789)", r"p: at 0\.123456789"),
        ("1/(p*p*2 - 1)", r"p: at 0\.7071"),
        ("1/(3*p - 1)", r"p: at 0\.3333"),
        ("p/(p - 1)", r"p: at 1"),
        ("1/(exp(p) - 1.65)", r"p: at 0\.50077528"),
        ("1/(exp(p) - 1.65)**2", r"p: at 0\.50077528"),
        ("sqrt((p - 0.5003)**2 - 0.00000001)", r"p: at 0\.5003"),
        ("log((p - 0.5003)**2 - 0.00000001)", r"p: at 0\.5003"),
        ("p/p", r"p: at 0"),
        ("min(1/(p - 0.3003), 2)", r"p: at 0\.3003"),
        ("log(p)", r"p: at 0"),
        ("sqrt(p - 0.1)", r"p: at 0"),
    ],
)
def test_payoffs_that_are_not_finite_are_refused_with_parameter_and_value(formula, message):
    with pytest.raises(ValuesError, match=message):
        tipping_points(choice(formula), {"p": 0.8}, parameters=["p"])


@pytest.mark.parametrize("who", ["a", "b"])
def test_a_pole_in_what_no_choice_moves_is_refused_too(who):
    text = CHOICE.replace("FORMULA", "p - 0.5").replace(
        "- {id: t2,",
        f'- {{id: t3, player: {who}, label: three, value: "1/(p - 0.3003)"}}\n- {{id: t2,',
    )
    scenario = inspect_text(text.encode(), "pole.yaml").scenario
    with pytest.raises(ValuesError, match=r"p: at 0\.3003, within its range 0 to 1, payoffs are"):
        tipping_points(scenario, parameters=["p"])


def test_roots_of_what_only_touches_zero_are_no_fault():
    assert places("sqrt((p - 0.3)**2) - 0.125", parameters=["p"]) == [
        (pytest.approx(0.175, abs=1e-12), "bracketed"),
        (pytest.approx(0.425, abs=1e-12), "bracketed"),
    ]


def test_a_pole_that_the_formula_bounds_is_no_fault():
    found = places("min(1/p, 2) - 1.5", parameters=["p"])
    assert found == [(pytest.approx(2 / 3, abs=1e-11), "bracketed")]


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (["k"], "'k' is a constant, which has no range"),
        (["pp"], "no parameter 'pp'"),
        ("p", "give a list of parameter ids"),
        ([3], "no parameter 3"),
    ],
)
def test_parameters_that_cannot_be_moved(parameters, message):
    with pytest.raises(ValuesError, match=message):
        tipping_points(choice("p"), parameters=parameters)


def test_wrong_values_and_scenarios_are_refused():
    with pytest.raises(ValuesError, match="outside its range"):
        tipping_points(choice("p"), {"p": 2})
    with pytest.raises(CounterplayError, match="is no scenario"):
        tipping_points("korea-ukraine")


def test_a_scenario_without_parameters_has_no_tipping_points():
    table = tipping_points(load("chicken"))
    assert (len(table), table.moved, table.solves) == (0, (), 0)
    assert table.words == "The scenario has no parameters, so that there is nothing to move."
    unmoved = tipping_points(choice("p"), parameters=["q", "r"])
    assert unmoved.words.startswith("No payoff depends on a parameter that could be moved")


def test_the_flagship_where_the_pledge_no_longer_pays():
    table = tipping_points(FLAGSHIP, parameters=["audience", "align", "spent", "def_cost"])
    pure = {(p.parameter, p.value) for p in table if p.pure}
    assert ("audience", 3.825) in pure
    for point in table:
        span = next(p.high - p.low for p in FLAGSHIP.parameters if p.id == point.parameter)
        step = (1.0001e-7 if point.pure else 2e-9) * span
        sides = [
            outcome_of(FLAGSHIP, nash(game(FLAGSHIP, {point.parameter: point.value + move})))
            for move in (-step, step)
        ]
        assert sides == [point.below, point.above]
    assert [p.distance for p in table] == sorted(p.distance for p in table)


def test_pure_changes_of_the_flagship_are_complete():
    table = tipping_points(FLAGSHIP, {"cred": 0.15}, parameters=["dependence", "prolif_cost"])
    for parameter in (p for p in FLAGSHIP.parameters if p.id in table.moved):
        span = parameter.high - parameter.low
        ends = [
            parameter.low,
            *(p.value for p in table.of(parameter.id) if p.pure),
            parameter.high,
        ]
        grid = parameter.low + span * (np.arange(120) + 0.3123) / 120
        sets = [
            pure_profiles(game(FLAGSHIP, {"cred": 0.15, parameter.id: float(v)})) for v in grid
        ]
        stretch = np.searchsorted(ends, grid)
        for k in range(len(grid) - 1):
            assert (sets[k] != sets[k + 1]) == (stretch[k] != stretch[k + 1])


PENNIES = """
format: 1
id: pennies
title: Pennies
players:
- {id: a, label: A, options: [{id: h, label: H}, {id: t, label: T}, {id: o, label: Out}]}
- {id: b, label: B, options: [{id: h, label: H}, {id: t, label: T}]}
parameters:
- {id: p, label: P, default: 0.65, low: 0.6, high: 1}
payoffs:
  a: [["2", "0"], ["0", "1 + p"], ["p + p**2", "p + p**2"]]
  b: [["0", "1"], ["1 + p", "0"], ["p", "0.7"]]
"""


def pennies():
    return inspect_text(PENNIES.encode(), "pennies.yaml").scenario


def test_a_mixed_equilibrium_that_ends_is_foreseen_in_few_solves():
    table = tipping_points(pennies())
    # B leaves one of its options where its payoffs against A's staying out cross.
    (point,) = table
    assert (point.certainty, point.pure) == ("bracketed", False)
    assert point.within[0] <= 0.7 <= point.within[1]
    assert point.within[1] - point.within[0] <= 0.4e-9
    # Halving takes 24 settings.
    assert table.solves <= 67 + 10


def test_what_work_leaves_wide_is_told(monkeypatch):
    monkeypatch.setattr("counterplay.sensitivity.tipping.closing_in.MOST_SOLVES", 1)
    table = tipping_points(pennies())
    (point,) = table
    assert point.within[0] <= 0.7 <= point.within[1]
    assert 1e-4 < point.within[1] - point.within[0] < 0.02
    assert "known only to lie between two values" in table.words


def test_the_same_call_gives_the_same_table():
    first, second = (tipping_points(FLAGSHIP, parameters=["spent"]) for _ in range(2))
    assert first.items == second.items
    assert first.words == second.words


def test_roots_are_all_enclosed():
    generator = np.random.default_rng(4)
    for _ in range(60):
        roots = {Fraction(int(generator.integers(-9, 20)), int(generator.integers(1, 9)))
                 for _ in range(generator.integers(1, 7))}  # fmt: skip
        polynomial = (3,)
        for root in roots:
            for _ in range(generator.integers(1, 3)):
                polynomial = tuple(
                    root.denominator * b - root.numerator * a
                    for a, b in zip((*polynomial, 0), (0, *polynomial), strict=True)
                )
        found = roots_between(polynomial, Fraction(-1), Fraction(2))
        wanted = sorted(root for root in roots if -1 < root < 2)
        assert len(found) == len(wanted)
        for enclosure, root in zip(found, wanted, strict=True):
            assert enclosure.low <= root <= enclosure.high
            assert enclosure.high - enclosure.low <= 3 * PRECISION
