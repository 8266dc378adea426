"""The nearest change against dense searches, closed forms, and settings solved one at a time."""

import json
from fractions import Fraction
from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterplay.concepts import nash
from counterplay.concepts.pure import pure_profiles
from counterplay.errors import GameError, ValuesError
from counterplay.payoffs import game
from counterplay.scenario import load
from counterplay.scenario.catalogue import inspect_text
from counterplay.scenario.formula import Formula
from counterplay.sensitivity.many import pure_at
from counterplay.sensitivity.nearest.changes import nearest_that_breaks, nearest_that_makes
from counterplay.sensitivity.nearest.isolating import nearest_that_isolates
from counterplay.sensitivity.nearest.least_move import least_move
from counterplay.sensitivity.nearest.moving import Moving
from counterplay.sensitivity.nearest.polynomial import NotPolynomialError, polynomial_of
from counterplay.sensitivity.nearest.polynomial_system import System

FLAGSHIP = load("korea-ukraine")
RESTRAINT = ("hum", "none", "withhold", "stay")
HEDGE = ("pledge", "deny", "conv", "expose")
TEMPTED = {"dependence": 9, "prolif_cost": 2.5, "cred": 0.15}

HEAD = """
format: 1
id: small
title: Small
question: Who yields?
asked_by: nobody
as_of: "2024-10-31"
focal: a
status_quo: {a: x, b: x}
players:
- {id: a, label: A, options: [{id: x, label: X}, {id: y, label: Y}]}
- {id: b, label: B, options: [{id: x, label: X}, {id: y, label: Y}]}
parameters:
- {id: p, label: P, default: 0.5, low: 0, high: 2}
- {id: q, label: Q, default: 0.25, low: -1, high: 1}
constants:
- {id: k, value: 1, basis: expert}
terms:
"""


def small(keep_a, keep_b, bonus="0"):
    """A scenario in which x pays A `keep_a` and B `keep_b`, and y pays nothing."""
    text = f"""{HEAD}
- {{id: t1, player: a, label: one, value: "{keep_a}", when: {{a: [x]}}}}
- {{id: t2, player: b, label: two, value: "{keep_b}", when: {{b: [x]}}}}
- {{id: t3, player: a, label: three, value: "{bonus}", when: {{a: [x], b: [x]}}}}
- {{id: t4, player: b, label: four, value: "{bonus}", when: {{a: [x], b: [x]}}}}
"""
    return inspect_text(text.encode(), "small.yaml").scenario


def pure_of(scenario, values):
    one = game(scenario, values)
    return [one.profile_ids(profile) for profile in pure_profiles(one)]


def densest(scenario, profile, norm, holds, steps=81):
    """The least size on an even grid of all parameters."""
    axes = [np.linspace(p.low, p.high, steps) for p in scenario.parameters]
    points = np.array(list(product(*axes))).T
    spans = np.array([p.high - p.low for p in scenario.parameters])[:, None]
    now = np.array([p.default for p in scenario.parameters])[:, None]
    shares = np.abs(points - now) / spans
    sizes = shares.sum(axis=0) if norm == "l1" else shares.max(axis=0)
    columns = dict(scenario.values())
    columns |= dict(zip([p.id for p in scenario.parameters], points, strict=True))
    index, sets = pure_at(scenario, columns, points.shape[1])
    wanted = game(scenario).profile(profile)
    stable = np.array([wanted in profiles for profiles in sets])[index]
    return sizes[stable == holds].min(initial=np.inf)


def checked(scenario, change, holds=True):
    """Solve again what a change claims, from the file alone."""
    assert change.verified
    full = scenario.full_values(dict(change.values))
    assert (change.profile in pure_of(scenario, full)) == holds
    short = {name: now + 0.99 * (then - now) for name, (now, then) in change.changes.items()}
    before = {**change.values, **short}
    assert (change.profile in pure_of(scenario, before)) != holds
    json.dumps(change.to_dict(), allow_nan=False)


@pytest.mark.parametrize("norm", ["l1", "linf"])
def test_affine_least_change_is_that_of_a_dense_search(norm):
    scenario = small("p + 2*q - 2", "3*p - q - 1")
    change = nearest_that_makes(scenario, ["x", "x"], norm=norm)
    assert change.status == "least"
    assert change.method.startswith("One linear programme")
    checked(scenario, change)
    dense = densest(scenario, ("x", "x"), norm, holds=True)
    assert change.size <= dense + 1e-9
    assert change.size >= dense - 2 * 1 / 80


def test_affine_least_change_in_closed_form():
    # p + 2 q >= 2 from (0.5, 0.25): one is missing.  A share of p brings 2, a share of q 4.
    scenario = small("p + 2*q - 2", "1")
    change = nearest_that_makes(scenario, ["x", "x"])
    assert change.changes == {"q": (0.25, 0.75)}
    assert change.size == pytest.approx(0.25, abs=1e-12)
    assert change.bound == pytest.approx(0.25, abs=1e-9)
    even = nearest_that_makes(scenario, ["x", "x"], norm="linf")
    assert even.size == pytest.approx(1 / 6, abs=1e-9)
    assert set(even.changes) == {"p", "q"}
    assert even.binding == (("a", "y"),)


@pytest.mark.parametrize("norm", ["l1", "linf"])
def test_products_are_proved_least_too(norm):
    scenario = small("p*q - 0.9", "2 - p*p - 0.5*q")
    change = nearest_that_makes(scenario, ["x", "x"], norm=norm)
    dense = densest(scenario, ("x", "x"), norm, holds=True)
    assert change.status == "least"
    checked(scenario, change)
    assert dense - 3 / 80 <= change.size <= dense + 1e-9


@pytest.mark.parametrize("norm", ["l1", "linf"])
def test_breaking_is_that_of_a_dense_search(norm):
    scenario = small("p + 0.4 - q", "p*(1 + q)")
    change = nearest_that_breaks(scenario, ["x", "x"], norm=norm)
    assert change.status == "least"
    checked(scenario, change, holds=False)
    dense = densest(scenario, ("x", "x"), norm, holds=False)
    assert dense - 2 / 80 <= change.size <= dense + 1e-7
    assert len(change.binding) >= 1


@given(st.lists(st.integers(-3, 3), min_size=6, max_size=6))
@settings(max_examples=10, deadline=None)
def test_no_point_of_a_grid_is_nearer(numbers):
    a, b, c, d, e, f = numbers
    scenario = small(f"{a}*p + {b}*q + {c}*p*q - 1.1", f"{d}*p + {e}*q + {f}*p*q + 0.1")
    change = nearest_that_makes(scenario, ["x", "x"])
    dense = densest(scenario, ("x", "x"), "l1", holds=True, steps=25)
    if change.status == "impossible":
        assert dense == np.inf
    else:
        assert change.status in {"already", "least"}
        assert change.size <= dense + 1e-9


def test_what_no_change_does_is_proved_impossible():
    change = nearest_that_makes(small("p + q - 3.5", "1"), ["x", "x"])
    assert (change.status, change.found, change.size, change.changes) == (
        "impossible", False, np.inf, {},
    )  # fmt: skip
    assert "proved" in change.words
    assert nearest_that_breaks(small("p + 1", "2"), ["x", "x"]).status == "impossible"
    assert nearest_that_makes(small("p*q - 2.1", "1"), ["x", "x"]).status == "impossible"
    assert change.to_dict()["size"] is None


def test_a_tie_at_the_end_of_a_range_is_enough():
    change = nearest_that_makes(small("p - 2", "1"), ["x", "x"])
    assert change.changes == {"p": (0.5, 2.0)}
    assert change.status == "least"


def test_nothing_need_change():
    change = nearest_that_makes(small("1", "1"), ["x", "x"])
    assert (change.status, change.size, change.changes, change.verified) == (
        "already",
        0,
        {},
        True,
    )
    broken = nearest_that_breaks(small("-1", "1"), ["x", "x"])
    assert broken.status == "already"


def test_formulas_that_are_no_polynomials_are_searched():
    scenario = small("exp(p) - 4 - abs(q)", "1")
    change = nearest_that_makes(scenario, ["x", "x"])
    assert change.status == "least found"
    assert change.bound == 0
    alone = nearest_that_makes(scenario, ["x", "x"], parameters=["p"])
    assert change.size <= alone.size + 1e-8
    broken = nearest_that_breaks(small("sqrt(p) - 0.5", "1"), ["x", "x"])
    assert broken.values["p"] == pytest.approx(0.25, abs=1e-6)


def test_a_search_is_not_held_up_by_a_player_who_ties_throughout():
    change = nearest_that_makes(small("exp(p) - 4 - abs(q)", "0"), ["x", "x"])
    assert change.status == "least found"
    assert change.verified


@pytest.mark.parametrize(
    ("keep", "value"),
    [
        ("0 - (p - 1.8)*(p - 1.802)", 1.8),
        ("0 - (p - 0.1)**2", 0.1),
        ("0 - (p - 1.8)**2*(p - 0.1)**2", 0.1),
        ("(2 - p*p)*(p - 1.4142)", 1.4142),
        ("p*p - 2", np.sqrt(2)),
        ("0.001 - abs(p - 1.5)", 1.499),
        ("1e-6 - (p - 1.5)**2/(1 + p)", 1.5 - 1e-3 * np.sqrt(2.5)),
        ("exp(p) - 4", np.log(4)),
        ("(exp(p) - 4)*(4.001 - exp(p))", np.log(4)),
    ],
)
def test_of_one_number_no_window_is_too_narrow(keep, value):
    scenario = small(keep, "1")
    change = nearest_that_makes(scenario, ["x", "x"])
    assert change.status == "least"
    assert change.values["p"] == pytest.approx(value, abs=2e-6)
    assert change.size == pytest.approx(abs(value - 0.5) / 2, abs=1e-6)
    checked(scenario, change)


def test_a_point_that_no_double_holds_is_not_claimed_and_not_denied():
    for keep, place in (("0 - (3*p - 1)**2", 1 / 3), ("0 - (p*p - 2)**2", np.sqrt(2))):
        change = nearest_that_makes(small(keep, "1"), ["x", "x"])
        assert change.status == "none found"
        assert change.bound == pytest.approx(abs(place - 0.5) / 2, abs=1e-9)


def test_a_narrow_window_that_breaks_is_found():
    scenario = small("(p - 1.8)*(p - 1.802)", "1")
    change = nearest_that_breaks(scenario, ["x", "x"])
    assert change.status == "least"
    assert 1.8 < change.values["p"] < 1.802
    checked(scenario, change, holds=False)


TENTHS = st.integers(0, 20).map(lambda k: Fraction(k, 10))
QUADRATICS = st.tuples(
    TENTHS,
    st.sampled_from([Fraction(0), Fraction(1, 1000), Fraction(1, 2)]),
    st.sampled_from([-1, 1]),
)


@given(QUADRATICS, QUADRATICS)
@settings(max_examples=60, deadline=None)
def test_least_change_of_random_quadratics_is_a_root_or_an_end(first, second):
    def keep(root, width, sign):
        return f"{sign}*(p - {float(root)})*(p - {float(root + width)})"

    def holds(p):
        return all(s * (p - r) * (p - r - w) >= 0 for r, w, s in (first, second))

    ends = [Fraction(0), Fraction(2), Fraction(1, 2)]
    ends += [end for root, width, _ in (first, second) for end in (root, root + width) if end <= 2]
    sizes = [abs(end - Fraction(1, 2)) / 2 for end in ends if holds(end)]
    change = nearest_that_makes(small(keep(*first), keep(*second)), ["x", "x"])
    if not sizes:
        assert change.status == "impossible"
    else:
        assert change.status == ("already" if min(sizes) == 0 else "least")
        assert change.size == pytest.approx(float(min(sizes)), abs=2e-9)
        assert change.verified


@given(
    st.integers(12, 19), st.integers(-9, 9), st.sampled_from([0.001, 0.003, 0.03]),
    st.sampled_from(["l1", "linf"]),
)  # fmt: skip
@settings(max_examples=5, deadline=None)
def test_a_small_disc_of_two_numbers_is_found(p_tenths, q_tenths, radius, norm):
    p, q = p_tenths / 10, q_tenths / 10
    scenario = small(f"{radius}**2 - (p - {p})**2 - (q - {q})**2", "1")
    change = nearest_that_makes(scenario, ["x", "x"], norm=norm)
    angles = np.linspace(0, 2 * np.pi, 20_001)
    shares = np.abs(
        [p + radius * np.cos(angles) - 0.5, q + radius * np.sin(angles) - 0.25]
    ) / 2  # fmt: skip
    least = (shares.sum(axis=0) if norm == "l1" else shares.max(axis=0)).min()
    assert change.found
    assert change.bound <= least + 1e-9
    assert least - 1e-6 <= change.size <= least + 1e-5
    checked(scenario, change)


def test_a_pole_on_the_range_is_named():
    scenario = small("1/(p - 0.6)", "1")
    with pytest.raises(ValuesError, match=r"p: at 0\.6, within its range 0 to 2, payoffs are not"):
        nearest_that_makes(scenario, ["x", "x"])
    narrowed = nearest_that_makes(scenario, ["x", "x"], parameters={"p": (0, 0.55)})
    assert narrowed.status == "impossible"
    # Of several numbers the search keeps to where payoffs are finite.
    both = nearest_that_makes(small("(2 + q)/(p - 0.6)", "1"), ["x", "x"])
    assert both.status in {"least found", "none found"}
    assert np.isfinite(list(both.values.values())).all()


def test_a_decimal_is_reached_from_wherever_a_number_stands():
    moving = Moving({"p": 5.0}, ("p",), np.zeros(1), np.full(1, 10.0), np.full(1, 10.0))
    goals = np.arange(0, 1000) / 1000
    assert (moving.at((goals[None, :] - 5.0) / 10)[0] == goals).all()


@pytest.mark.parametrize("keep", ["p - 0.5", "exp(p) - exp(0.5)", "(p - 0.5)*(1 + q)"])
def test_what_ties_already_is_broken_by_any_move_and_says_so(keep):
    scenario = small(keep, "1")
    broken = nearest_that_breaks(scenario, ["x", "x"])
    assert (broken.status, broken.verified, broken.found) == ("tied", True, True)
    assert broken.size <= 1e-6
    assert (
        "this outcome ties already, so that any move of “P” from 0.5 down, however" in broken.words
    )
    assert "do not rely" not in broken.words
    assert ("x", "x") not in pure_of(scenario, {"p": 0.5 - 1e-9})


def test_what_nearly_ties_is_no_tie():
    broken = nearest_that_breaks(small("p - 0.4999996", "1"), ["x", "x"])
    assert broken.status == "least"


def test_a_search_without_success_does_not_claim_a_proof():
    change = nearest_that_makes(small("exp(p) - 9 - q*q", "1"), ["x", "x"])
    assert change.status == "none found"
    assert "not proved" in change.words
    alone = nearest_that_makes(small("exp(p) - 9", "1"), ["x", "x"])
    assert alone.status == "impossible"


def test_constants_move_on_request():
    scenario = small("k*p - 2", "1")
    change = nearest_that_makes(scenario, ["x", "x"], parameters={"k": (0, 10)})
    assert change.changes == {"k": (1.0, 4.0)}
    assert change.size == pytest.approx(0.3)
    both = nearest_that_makes(scenario, ["x", "x"], parameters={"k": (0, 10), "p": None})
    assert both.status == "least"
    assert both.size < change.size
    # A narrower range is kept to; shares stay those of the parameter's own range.
    narrow = nearest_that_makes(small("q - 0.4", "1"), ["x", "x"], parameters={"q": (0, 0.5)})
    assert narrow.size == pytest.approx(0.075)


def test_only_what_may_move_moves():
    change = nearest_that_makes(small("p + 2*q - 2", "1"), ["x", "x"], parameters=["p"])
    assert change.changes == {"p": (0.5, 1.5)}
    fixed = nearest_that_makes(small("p - 1", "1"), ["x", "x"], parameters=["q"])
    assert fixed.status == "impossible"
    assert (
        nearest_that_makes(small("p - 1", "1"), ["x", "x"], parameters=[]).status == "impossible"
    )


def test_isolating_removes_other_equilibria_and_mixed_ones():
    # x/x and y/y, with a mixed one between, until x alone pays.
    scenario = small("p - 1", "p - 1", bonus="2")
    change = nearest_that_isolates(scenario, ["x", "x"])
    assert change.found
    assert change.verified
    assert change.values["p"] == pytest.approx(1.0, abs=1e-5)
    solution = nash(game(scenario, dict(change.values)))
    assert solution.completeness == "proved"
    assert [e.support for e in solution] == [(("x",), ("x",))]
    assert change.size >= change.bound - 1e-9
    assert nearest_that_isolates(scenario, ["x", "x"], {"p": 1.5}).status == "already"
    assert nearest_that_isolates(small("p - 3", "1"), ["x", "x"]).status == "impossible"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"norm": "l2"}, "norm"),
        ({"parameters": "p"}, "list of ids"),
        ({"parameters": ["pp"]}, "did you mean p"),
        ({"parameters": ["p", "p"]}, "twice"),
        ({"parameters": ["k"]}, "constant"),
        ({"parameters": {"p": (1, 0)}}, "low <= high"),
        ({"parameters": {"p": (0, 3)}}, "wider"),
        ({"parameters": {"p": (1, 2)}}, "leaves out"),
        ({"parameters": {"p": 3}}, "no \\(low, high\\)"),
        ({"values": {"p": 5}}, "outside"),
    ],
)
def test_wrong_arguments_are_named(arguments, words):
    with pytest.raises(ValuesError, match=words):
        nearest_that_makes(small("p - 1", "1"), ["x", "x"], **arguments)


def test_a_profile_that_does_not_exist_is_refused():
    with pytest.raises(GameError):
        nearest_that_makes(small("p - 1", "1"), ["x", "z"])


def test_restraint_on_the_flagship():
    change = nearest_that_makes(FLAGSHIP, RESTRAINT)
    assert change.status == "least"
    assert change.changes == {"cash": (4.5, 4.075), "dependence": (5.0, 4.625)}
    assert change.size == pytest.approx(0.1125, abs=1e-9)
    assert change.binding == (("dprk", "deny"), ("rus", "conv"))
    checked(FLAGSHIP, change)
    assert "Restraint" in change.words


def test_credible_threat_on_the_flagship():
    # Strategic help gains 0.4 dependence - 0.8 prolif_cost - 0.7 china_cost p_exposed over the
    # hedge, and costs 0.8 cred b_def arms_effect more.
    change = nearest_that_makes(FLAGSHIP, HEDGE, TEMPTED, parameters=["cred"])
    proof = Fraction("0.35") + Fraction("0.65") * Fraction("0.4")
    gain = Fraction("0.4") * 9 - Fraction("0.8") * Fraction("2.5") - Fraction("1.4") * proof
    least = float(gain / (Fraction("0.8") * Fraction("0.6") * 6))
    assert change.values["cred"] == pytest.approx(least, abs=1e-7)
    assert change.status == "least"
    assert change.binding == (("rus", "strat"),)
    checked(FLAGSHIP, change)


@pytest.mark.parametrize("norm", ["l1", "linf"])
def test_no_seeded_point_of_the_flagship_is_nearer(norm):
    change = nearest_that_makes(FLAGSHIP, HEDGE, TEMPTED, norm=norm)
    assert change.status == "least"
    checked(FLAGSHIP, change)
    broken = nearest_that_breaks(FLAGSHIP, HEDGE, norm=norm)
    assert broken.status == "least"
    checked(FLAGSHIP, broken, holds=False)
    # Random moves of 0.9 of the least size, in directions that all numbers or a few take.
    generator = np.random.default_rng(7)
    for start, least, holds in ((TEMPTED, change.size, False), ({}, broken.size, True)):
        now = FLAGSHIP.full_values(start)
        for _ in range(100):
            moved = dict(now)
            chosen = generator.choice(25, size=generator.integers(1, 26), replace=False)
            signs = generator.uniform(-1, 1, len(chosen))
            signs /= np.abs(signs).sum() if norm == "l1" else np.abs(signs).max()
            for k, sign in zip(chosen, signs, strict=True):
                p = FLAGSHIP.parameters[k]
                to = now[p.id] + 0.9 * least * sign * (p.high - p.low)
                moved[p.id] = float(np.clip(to, p.low, p.high))
            assert (HEDGE in pure_of(FLAGSHIP, moved)) == holds


def test_no_single_break_point_is_nearer_than_the_nearest_joint_change():
    change = nearest_that_breaks(FLAGSHIP, HEDGE)
    for parameter in FLAGSHIP.parameters[3:20:4]:
        alone = nearest_that_breaks(FLAGSHIP, HEDGE, parameters=[parameter.id])
        assert alone.size >= change.size - 1e-6


def test_the_same_question_has_the_same_answer():
    first = nearest_that_makes(FLAGSHIP, RESTRAINT, norm="linf").to_dict()
    assert nearest_that_makes(FLAGSHIP, RESTRAINT, norm="linf").to_dict() == first


def test_polynomials_agree_with_exact_evaluation():
    formula = Formula.parse("(x - 2*y)**2/4 + min(x, 3)*max(y, -1) - clip(x*y, -9, 9) + 1.5")
    ranges = {"x": (Fraction(0), Fraction(2)), "y": (Fraction(0), Fraction(2))}
    names = {name: {(name,): Fraction(1)} for name in ranges}
    polynomial = polynomial_of(formula, names, ranges)
    for x, y in product([Fraction(1, 3), Fraction(2)], repeat=2):
        at = {"x": x, "y": y}
        total = sum(
            coefficient * prod(at[name] for name in monomial)
            for monomial, coefficient in polynomial.items()
        )
        assert total == formula.evaluate_exact(at)
    for text in ("min(x, 1)", "1/x", "exp(y)", "abs(x - 1)"):
        with pytest.raises(NotPolynomialError):
            polynomial_of(Formula.parse(text), names, ranges)
    assert polynomial_of(Formula.parse("x*sqrt(4)"), names, ranges) == {("x",): Fraction(2)}


def test_a_limit_leaves_a_proved_bound():
    rows = [
        {("x", "y"): Fraction(1), (): Fraction(-1, 2)},
        {("x",): Fraction(-1), (): Fraction(9, 10)},
    ]
    system = System.of(rows)
    box = (np.zeros(2), np.ones(2))
    few = least_move(system, "l1", box, (0.0, 1e-9), effort=3)
    many = least_move(system, "l1", box, (0.0, 1e-9), effort=600)
    assert few.bound <= many.bound <= many.size <= few.size
    assert many.size == pytest.approx(2 * np.sqrt(0.5), abs=1e-5)
