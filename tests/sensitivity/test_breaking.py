"""Break points: where an equilibrium stops being one, checked by solving on both sides."""

import numpy as np
import pytest
from tests.factories import FLAGSHIP, random_values, table_scenario

from counterplay.concepts.pure import pure_profiles
from counterplay.findings import study
from counterplay.games import margins
from counterplay.payoffs import game
from counterplay.payoffs.build import payoff_batch
from counterplay.scenario import load
from counterplay.sensitivity import break_points


def found_breaks(scenario, values=None, number=0):
    return study(scenario, values).breaks[number]


def single(folder, formula, parameter):
    """Return the breaks of ann0/bob0, where Ann's margin is `formula`."""
    made = table_scenario(
        folder, {"ann": [[formula, 0], [0, 1]], "bob": [[1, 0], [0, 1]]}, parameter
    )
    findings = study(made)
    assert findings.solution.equilibria[0].profile == (0, 0)
    return findings.breaks[0]


@pytest.fixture(scope="module")
def flagship():
    return load(FLAGSHIP)


@pytest.mark.parametrize("seed", [None, *range(12)])
def test_an_equilibrium_holds_up_to_the_break_and_not_beyond(flagship, seed):
    values = flagship.full_values(
        None if seed is None else random_values(flagship, np.random.default_rng(seed), 0.5)
    )
    built = game(flagship, values)
    ranges = {p.id: p.high - p.low for p in flagship.parameters}
    for profile in pure_profiles(built)[:2]:
        for point in break_points(flagship, built, values, profile):
            step = 1e-7 * ranges[point.parameter] * (1 if point.side == "above" else -1)
            inside = game(flagship, {**values, point.parameter: point.value - step})
            outside = game(flagship, {**values, point.parameter: point.value + step})
            assert margins(inside, profile).min() > 0
            assert_leaves(outside, profile, point)
            gap = abs(point.value - values[point.parameter]) / ranges[point.parameter]
            assert point.distance == pytest.approx(gap, abs=1e-9)


def assert_leaves(built, profile, point):
    """Check that the player named gains most just beyond, by the option named."""
    assert margins(built, profile).min() < 0
    gains = []
    for player, own in enumerate(profile):
        line = built.payoffs[player][(*profile[:player], slice(None), *profile[player + 1 :])]
        names = built.options[player]
        gains += [(line[k] - line[own], built.players[player], names[k]) for k in range(len(line))]
    assert (point.player, point.option) == max(gains)[1:]


@pytest.mark.parametrize("seed", range(6))
def test_no_break_is_missed_on_the_way(flagship, seed):
    values = flagship.full_values(random_values(flagship, np.random.default_rng(seed), 0.5))
    built = game(flagship, values)
    for profile in pure_profiles(built)[:1]:
        found = break_points(flagship, built, values, profile)
        points = {(b.parameter, b.side): b.value for b in found}
        for p in flagship.parameters:
            low = points.get((p.id, "below"), p.low)
            high = points.get((p.id, "above"), p.high)
            assert low <= values[p.id] <= high
            line = np.linspace(low, high, 101)[1:-1]
            assert least_margins(flagship, {**values, p.id: line}, profile).min() >= -1e-9


def least_margins(scenario, values, profile):
    payoffs = payoff_batch(scenario, values)
    least = np.inf
    for player, own in enumerate(profile):
        line = payoffs[player][(*profile[:player], slice(None), *profile[player + 1 :])]
        least = np.minimum(least, (line[own] - line).min(axis=0))
    return least


def test_nearest_first_and_one_a_side(flagship):
    points = found_breaks(flagship)
    assert [b.distance for b in points] == sorted(b.distance for b in points)
    sides = [(b.parameter, b.side) for b in points]
    assert len(set(sides)) == len(sides)
    assert {b.certainty for b in points} == {"bracketed"}


def test_mixed_equilibria_have_none(flagship):
    findings = study(flagship, flagship.values(preset="strong_disclosure"))
    mixed = [e.profile is None for e in findings.solution]
    assert any(mixed)
    assert all(not breaks for breaks, mixes in zip(findings.breaks, mixed, strict=True) if mixes)


def test_linear_margins_break_where_they_should(tmp_path):
    (below,) = single(tmp_path, "a - 0.25", {"a": (0.5, 0.0, 1.0)})
    assert (below.parameter, below.side, below.player, below.option) == (
        "a",
        "below",
        "ann",
        "ann1",
    )
    assert below.value == pytest.approx(0.25, abs=1e-10)
    assert below.distance == pytest.approx(0.25, abs=1e-10)


@pytest.mark.parametrize(
    ("formula", "roots"),
    [
        ("(a - 0.1)*(0.9 - a)", [0.1, 0.9]),
        ("1 - exp(a - 0.7)", [0.7]),
        ("a**2 - 0.04", [0.2]),
        ("log(a + 0.75)", [0.25]),
        ("min(a - 0.2, 0.8 - a)", [0.2, 0.8]),
        ("0.4 - abs(a - 0.5)", [0.1, 0.9]),
        ("1000*(a - 0.37)", [0.37]),
        ("a + 1", []),
        ("0.5", []),
    ],
)
def test_curved_margins_break_where_they_should(tmp_path, formula, roots):
    points = single(tmp_path, formula, {"a": (0.5, 0.0, 1.0)})
    assert sorted(b.value for b in points) == pytest.approx(roots, abs=1e-9)


@pytest.mark.parametrize(
    "formula", ["(0.3 - a)**3", "(0.3 - a)**7", "min(1, 1e15*(0.3 - a))", "1e6*(0.3 - a)"]
)
def test_flat_and_steep_margins_break_where_they_should(tmp_path, formula):
    (point,) = single(tmp_path, formula, {"a": (0.0, 0.0, 1.0)})
    assert point.value == pytest.approx(0.3, abs=1e-9)


def test_a_break_at_the_present_value_is_told(tmp_path):
    (below,) = single(tmp_path, "a - 0.1", {"a": (0.1, 0.0, 1.0)})
    assert below.value == pytest.approx(0.1, abs=1e-9)
    assert below.distance == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(("default", "sides"), [(0.0, ["above"]), (1.0, ["below"])])
def test_a_value_at_the_end_of_its_range_moves_one_way(tmp_path, default, sides):
    formula = "0.3 - a" if default == 0 else "a - 0.7"
    assert [b.side for b in single(tmp_path, formula, {"a": (default, 0.0, 1.0)})] == sides


@pytest.mark.parametrize(
    ("formula", "low", "high", "root"),
    [
        ("a - 2e-10", 0.0, 1e-9, 2e-10),
        ("a - 1000000.375", 1e6, 1e6 + 1, 1_000_000.375),
        ("a + 1e15", -1e300, 1e300, -1e15),
    ],
)
def test_ranges_of_any_width(tmp_path, formula, low, high, root):
    (point,) = single(tmp_path, formula, {"a": (low + (high - low) / 2, low, high)})
    assert point.value == pytest.approx(root, abs=1.1e-10 * (high - low))


def test_a_parameter_that_cannot_move_is_left_out(tmp_path):
    assert single(tmp_path, "a - 0.25", {"a": (0.5, 0.5, 0.5)}) == ()


def test_a_value_without_finite_payoffs_breaks_its_own_parameter_only(tmp_path):
    points = single(tmp_path, "sqrt(a - 0.48) + b", {"a": (0.8, 0.0, 1.0), "b": (0.2, 0.0, 1.0)})
    (below,) = points
    assert (below.parameter, below.side) == ("a", "below")
    assert below.value == pytest.approx(0.48, abs=1e-6)


def test_a_break_at_the_edge_of_what_can_be_evaluated(tmp_path):
    (below,) = single(tmp_path, "sqrt(a - 0.48) + 1", {"a": (0.49, 0.0, 1.0)})
    assert below.value == pytest.approx(0.48, abs=1e-9)


def test_players_without_a_choice_break_nowhere(tmp_path):
    made = table_scenario(tmp_path, {"ann": [["a"]], "bob": [["a"]]}, {"a": (0.5, 0.0, 1.0)})
    assert found_breaks(made) == ()
