"""Tipping points of small random scenarios against brute-force scans, one setting at a time."""

from itertools import pairwise

import numpy as np
import pytest

from counterplay.concepts import nash
from counterplay.concepts.pure import pure_profiles
from counterplay.payoffs import game
from counterplay.scenario.catalogue import inspect_text
from counterplay.sensitivity.outcomes import outcome_of
from counterplay.sensitivity.tipping.points import tipping_points

SCAN = 160
OFFSET = 0.1234567


def formula(generator):
    """Return a random formula in x of degree 3 at most, and y."""
    a, b, c, d, e = (round(float(k), 1) for k in generator.uniform(-3, 3, 5))
    forms = [
        f"{a} + {b}*x + {c}*x**2 + {d}*x**3",
        f"{a} + {b}*x*y",
        f"({a} + {b}*x)/(1.5 + x + {abs(c)}*x**2)",
        f"min({a} + {b}*x, {c}, {d} - y*x**2)",
        f"max({a}*x, {b} - x)*{c} + {d}",
        f"clip({a} + {b}*x, {min(c, d)}, {max(c, d)}) - {e}*x",
        f"abs({a} + {b}*x)*{c} - {d}*x**2",
        f"{a} - z",
    ]
    text = forms[generator.integers(len(forms))]
    return text.replace("+ -", "- ").replace("- -", "+ ")


def random_scenario(seed, options):
    """Return a scenario of random terms, and weights by option as formulas too."""
    generator = np.random.default_rng(seed)
    players = [f"p{k}" for k in range(len(options))]
    lines = [
        "format: 1",
        "id: random",
        "title: Random",
        "players:",
        *(
            f"- {{id: {player}, label: {player}, options: ["
            + ", ".join(f"{{id: o{j}, label: O{j}}}" for j in range(count))
            + "]}"
            for player, count in zip(players, options, strict=True)
        ),
        "parameters:",
        "- {id: x, label: X, default: 0.4, low: -1, high: 2}",
        "- {id: y, label: Y, default: 1.3, low: 0.5, high: 2}",
        "derived:",
        f'- {{id: z, value: "{formula(generator).replace("- z", "+ x")}"}}',
        "terms:",
    ]
    for number, player in enumerate(players):
        for term in range(4):
            weighed = {player} | set(generator.choice(players, 1 + term % 2))
            when = ", ".join(
                f"{other}: {{"
                + ", ".join(
                    f'o{j}: "{generator.uniform(-2, 2):.1f}"'
                    if generator.random() < 0.8
                    else f'o{j}: "1 - 0.5*x"'
                    for j in range(count)
                )
                + "}"
                for other, count in zip(players, options, strict=True)
                if other in weighed
            )
            lines.append(
                f"- {{id: t{number}.{term}, player: {player}, label: T, "
                f'value: "{formula(generator)}", when: {{{when}}}}}'
            )
    inspected = inspect_text("\n".join(lines).encode(), "random.yaml")
    assert inspected.scenario is not None, inspected
    return inspected.scenario


def pure_set(scenario, name, value):
    return pure_profiles(game(scenario, {name: value}))


@pytest.mark.parametrize("seed", range(12))
def test_pure_changes_of_a_scan_are_the_pure_tipping_points(seed):
    scenario = random_scenario(seed, [(2, 2, 2), (3, 3), (2, 3)][seed % 3])
    table = tipping_points(scenario)
    for parameter in scenario.parameters:
        span = parameter.high - parameter.low
        grid = parameter.low + span * (np.arange(SCAN) + OFFSET) / SCAN
        sets = [pure_set(scenario, parameter.id, float(value)) for value in grid]
        own = [point for point in table.of(parameter.id) if point.pure]
        for (a, b), (before, after) in zip(pairwise(grid), pairwise(sets), strict=True):
            if before != after:
                assert any(a < point.value < b for point in own), (parameter.id, a, b)
        for point in own:
            assert point.certainty == "exact"
            step = 1e-7 * span
            below = pure_set(scenario, parameter.id, point.value - step)
            above = pure_set(scenario, parameter.id, point.value + step)
            assert below != above
            assert len(point.below.pure) == len(below)
            assert len(point.above.pure) == len(above)
            assert point.within[1] - point.within[0] <= 2e-12 * span


@pytest.mark.parametrize("seed", range(100, 106))
def test_changes_of_the_outcome_set_are_tipping_points_and_the_other_way_round(seed):
    scenario = random_scenario(seed, (2, 2, 2) if seed % 2 else (2, 3))
    table = tipping_points(scenario, parameters=["x"])
    span = 3.0
    for point in table:
        step = 1.0001e-7 * span if point.pure else 2e-9 * span
        for side, value in ((point.below, point.value - step), (point.above, point.value + step)):
            assert outcome_of(scenario, nash(game(scenario, {"x": value}))) == side
        assert point.below != point.above
    ends = [-1.0, *(point.value for point in table.of("x")), 2.0]
    for a, b in pairwise(ends):
        # Between tipping points nothing changes, as far as another grid can see.
        values = a + (b - a) * np.linspace(0.03, 0.97, 7)
        outcomes = {outcome_of(scenario, nash(game(scenario, {"x": float(v)}))) for v in values}
        assert len(outcomes) == 1, (a, b)
