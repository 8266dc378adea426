"""Phase maps: cells as single games give them, borders where closed forms put them."""

import json
from dataclasses import replace

import numpy as np
import pytest

from counterplay.concepts import nash
from counterplay.errors import CounterplayError, ValuesError
from counterplay.payoffs import game
from counterplay.scenario import load
from counterplay.scenario.catalogue import inspect_text
from counterplay.sensitivity.maps.borders import meeting_place
from counterplay.sensitivity.maps.phase import phase_map
from counterplay.sensitivity.maps.request import MOST_CELLS
from counterplay.sensitivity.maps.words import words_of
from counterplay.sensitivity.outcomes import outcome_of

FLAGSHIP = load("korea-ukraine")
MAP = phase_map(FLAGSHIP, "detect", "expose", steps=(9, 7))

PLAIN = """
format: 1
id: plain
title: Plain
players:
- {id: a, label: A, options: [{id: x, label: X}, {id: y, label: Y}]}
- {id: b, label: B, options: [{id: l, label: L}, {id: r, label: R}]}
parameters:
- {id: p, label: P, default: 0.2, low: 0, high: 1}
- {id: q, label: Q, default: 1, low: 0, high: 2}
- {id: unused, label: Unused, default: 1, low: 0, high: 2}
- {id: fixed, label: Fixed, default: 1, low: 1, high: 1}
constants:
- {id: level, value: 0.5, meaning: A level}
terms:
- {id: t1, player: a, label: one, value: "FORMULA", when: {a: [x]}}
- {id: t2, player: b, label: two, value: "1", when: {b: [l]}}
"""


def plain(formula):
    inspected = inspect_text(PLAIN.replace("FORMULA", formula).encode(), "plain.yaml")
    assert inspected.scenario is not None, inspected.faults
    return inspected.scenario


def solved(scenario, x, y, place):
    """Solve one place on its own."""
    values = dict(zip((x, y), map(float, place), strict=True))
    return outcome_of(scenario, nash(game(scenario, values)))


def test_every_cell_is_what_a_single_game_gives():
    for row, y in enumerate(MAP.y):
        for column, x in enumerate(MAP.x):
            alone = nash(game(FLAGSHIP, {"detect": float(x), "expose": float(y)}))
            assert MAP.outcomes[MAP.index[row, column]] == outcome_of(FLAGSHIP, alone)
            assert MAP.completeness[row, column] == alone.completeness


def test_cells_are_even_parts_of_the_ranges():
    assert MAP.index.shape == (7, 9)
    assert MAP.x == pytest.approx(0.05 + 0.7 * (np.arange(9) + 0.5) / 9)
    assert MAP.y == pytest.approx(0.05 + 0.85 * (np.arange(7) + 0.5) / 7)
    assert (
        sum(MAP.counts) == sum(MAP.pure_counts.values()) == sum(MAP.regime_counts.values()) == 63
    )
    assert sum(MAP.shares) == pytest.approx(1)
    assert MAP.point == (0.35, 0.4)
    assert MAP.outcomes[MAP.here] == outcome_of(FLAGSHIP, nash(game(FLAGSHIP)))
    assert set(MAP.held) == set(FLAGSHIP.values()) - {"detect", "expose"}


def test_refined_border_points_have_different_outcome_sets_on_both_sides():
    found = MAP.lattice.crossings
    spans = np.array([0.7, 0.85])
    assert len(found.places) > 20
    assert (np.linalg.norm((found.outside - found.inside) / spans, axis=1) <= 1e-9).all()
    for inside, outside in zip(found.inside[::3], found.outside[::3], strict=True):
        one, other = (solved(FLAGSHIP, "detect", "expose", place) for place in (inside, outside))
        assert one != other
    refined = {tuple(p) for b in MAP.borders for p in b.points[b.refined]}
    assert refined == set(map(tuple, found.places))


def test_every_change_between_neighbours_is_on_a_border():
    changes = (MAP.index[:, 1:] != MAP.index[:, :-1]).sum()
    changes += (MAP.index[1:] != MAP.index[:-1]).sum()
    assert len(MAP.lattice.crossings.places) == changes
    for border in MAP.borders:
        assert border.outcomes[0] < border.outcomes[1]
        assert len(border.points) == len(border.refined) >= 2


def test_no_other_outcome_set_lies_nearer_than_the_distance_found():
    draw = np.random.default_rng(5)
    here = MAP.outcomes[MAP.here]
    for _ in range(40):
        angle, length = draw.uniform(0, 2 * np.pi), 0.999 * MAP.distance * np.sqrt(draw.uniform())
        place = (0.35 + 0.7 * length * np.cos(angle), 0.4 + 0.85 * length * np.sin(angle))
        assert solved(FLAGSHIP, "detect", "expose", place) == here
    assert solved(FLAGSHIP, "detect", "expose", MAP.nearest.point) == MAP.nearest.beyond != here
    moved = (np.array(MAP.nearest.point) - MAP.point) / (0.7, 0.85)
    assert np.linalg.norm(moved) == pytest.approx(MAP.distance, abs=1e-8)


def test_a_straight_border_lies_where_algebra_puts_it():
    found = phase_map(plain("2*p - q"), "p", "q", steps=(8, 6))
    (border,) = found.borders
    points = border.points[border.refined]
    assert points[:, 1] == pytest.approx(2 * points[:, 0], abs=2e-9)
    # At (0.2, 1) the line q = 2p is 0.3 away along either axis, each range counted as 1.
    assert found.distance == pytest.approx(0.3 / np.sqrt(2), abs=1e-7)
    assert found.nearest.point == pytest.approx((0.35, 0.7), abs=1e-3)
    assert found.nearest.beyond.pure == (("x", "l"),)
    assert found.nearest_pure.distance == pytest.approx(found.distance, abs=1e-9)


def test_a_closed_border_is_one_closed_line():
    scenario = plain("0.1 - (p - 0.5)**2 - (q/2 - 0.5)**2")
    found = phase_map(scenario, "p", "q", {"p": 0.5, "q": 1.0}, steps=(14, 14))
    (border,) = found.borders
    assert border.points[0] == pytest.approx(border.points[-1])
    radii = np.linalg.norm(border.points / (1, 2) - 0.5, axis=1)
    assert radii[border.refined] == pytest.approx(np.sqrt(0.1), abs=2e-9)
    assert found.distance == pytest.approx(np.sqrt(0.1), abs=1e-8)


def test_lines_meet_where_they_cross():
    assert meeting_place({0: (0.5, 0), 1: (1, 0.2), 2: (0.5, 1), 3: (0, 0.4)}) == pytest.approx(
        (0.5, 0.3)
    )
    assert meeting_place({0: (0.4, 0), 2: (0.6, 1), 3: (0, 0.5)}) == pytest.approx((0.5, 0.5))
    assert meeting_place({1: (1, 0.6), 2: (0.5, 1), 3: (0, 0.2)}) == pytest.approx((0.5, 0.4))


def test_a_point_on_a_border_has_no_distance():
    found = phase_map(plain("2*p - q"), "p", "q", {"p": 0.25, "q": 0.5}, steps=(3, 3))
    assert found.outcomes[found.here].sets == 1
    assert found.distance == 0
    assert any("lies on a border" in sentence for sentence in found.words)


def test_ties_at_the_centre_of_a_cell_are_counted_as_what_they_are():
    found = phase_map(plain("2*p - q"), "p", "q", steps=(2, 2))
    assert found.completeness.tolist() == [["continuum", "proved"], ["proved", "continuum"]]
    assert [found.outcomes[k].sets for k in found.index.diagonal()] == [1, 1]


def test_where_nothing_changes_nothing_is_found():
    found = phase_map(plain("p + 1"), "p", "unused", steps=(4, 3))
    assert (found.borders, found.distance, found.nearest, found.nearest_pure) == (
        (), None, None, None,
    )  # fmt: skip
    assert "The same set of outcomes is stable in every cell." in found.words
    assert "No change was found on this map from the current point." in found.words
    assert found.counts == (12,)


def test_a_parameter_that_changes_nothing_is_named():
    found = phase_map(plain("p - 0.5"), "p", "unused", steps=(4, 3))
    assert "No cell of the map changes by moving “Unused” alone." in found.words
    assert found.distance == pytest.approx(0.3)


def test_words_tell_shares_the_point_and_the_nearest_change():
    text = " ".join(MAP.words)
    assert "A share of the map is not a likelihood" in text
    assert "the other 23 assumptions held as they are" in text
    assert "Now, with “Chance of proof without a campaign” at 0.35" in text
    assert "The nearest change found is 4% of the ranges away" in text
    assert "“Arms spiral”" in text
    assert not [word for word in ("predict", "will ", "optimal", "likely ") if word in text]


def test_unproved_cells_are_counted_and_said():
    completeness = MAP.completeness.copy()
    completeness[0, :2] = "unproved"
    doubtful = replace(MAP, completeness=completeness)
    assert doubtful.unproved == doubtful.to_dict()["unproved"] == 2
    assert "In 2 cells the search hit its limit" in " ".join(words_of(doubtful))


def test_the_same_map_is_the_same_data():
    scenario = plain("2*p - q")
    one, other = (phase_map(scenario, "p", "q", steps=(3, 4)) for _ in range(2))
    assert json.dumps(one.to_dict()) == json.dumps(other.to_dict())
    data = json.loads(json.dumps(MAP.to_dict(), allow_nan=False))
    assert np.array(data["index"]).shape == (7, 9)
    assert data["x"]["id"] == "detect"
    assert data["outcomes"][data["here"]]["label"] == "pledge/deny/conv/expose"
    assert sum(outcome["cells"] for outcome in data["outcomes"]) == 63


def test_values_are_the_point_and_are_held():
    moved = {"p": 0.9, "level": 0.2}
    found = phase_map(plain("p - level*q"), "p", "q", moved, steps=(2, 2))
    assert found.point == (0.9, 1.0)
    assert found.held == {"unused": 1.0, "fixed": 1.0, "level": 0.2}
    alone = nash(game(plain("p - level*q"), moved))
    assert found.outcomes[found.here] == outcome_of(found.scenario, alone)
    assert np.all(found.outcomes[found.index[1, 1]].pure == (("x", "l"),))


def test_a_point_at_the_corner_of_the_ranges_is_no_trouble():
    found = phase_map(plain("2*p - q"), "p", "q", {"p": 0.0, "q": 2.0}, steps=(4, 4))
    assert found.distance == pytest.approx(1 / np.sqrt(2), abs=1e-7)


@pytest.mark.parametrize(
    ("x", "y", "more", "message"),
    [
        ("pp", "q", {}, "x: no parameter 'pp'; did you mean p"),
        ("p", 3, {}, "y: no parameter 3"),
        ("p", "p", {}, "y: 'p' is x already"),
        ("level", "p", {}, "x: 'level' is a constant, which has no range"),
        ("p", "fixed", {}, "y: 'fixed' has no range"),
        ("p", "q", {"steps": 5}, "steps: 5 is no pair"),
        ("p", "q", {"steps": (5,)}, "steps"),
        ("p", "q", {"steps": (5, 5.0)}, "steps"),
        ("p", "q", {"steps": (True, 5)}, "steps"),
        ("p", "q", {"steps": "55"}, "steps"),
        ("p", "q", {"steps": (1, 5)}, "steps: 1 is not from 2 to 1000"),
        ("p", "q", {"steps": (5, 1001)}, "steps: 1001 is not from 2 to 1000"),
        ("p", "q", {"steps": (501, 500)}, f"at most {MOST_CELLS}"),
        ("p", "q", {"values": {"p": 3}}, "p: 3.0 is outside its range 0 to 1"),
        ("p", "q", {"values": {"r": 3}}, "r: no such parameter"),
        ("p", "q", {"values": 3}, "values"),
    ],
)
def test_what_cannot_be_mapped_is_refused(x, y, more, message):
    with pytest.raises(ValuesError, match=message):
        phase_map(plain("p"), x, y, **more)


def test_a_scenario_that_is_not_loaded_is_refused():
    with pytest.raises(CounterplayError, match="scenario"):
        phase_map("korea-ukraine", "detect", "expose")


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("log(p - q)", "p and q: at .*t1"),
        # A pole at which no centre lies.
        ("1/(p - 0.275)", r"p: at 0\.275, within its range 0 to 1"),
        ("1/(p*q - 0.1)", "p and q: at .*within their ranges, payoffs are not finite"),
    ],
)
def test_payoffs_that_are_not_finite_are_refused_with_their_place(formula, message):
    with pytest.raises(ValuesError, match=message):
        phase_map(plain(formula), "p", "q", {"p": 1, "q": 0.5}, steps=(9, 9))


def test_a_divisor_that_is_never_zero_is_no_pole():
    found = phase_map(plain("1/(1 + p*q) - 0.7"), "p", "q", steps=(4, 4))
    assert len(found.outcomes) == 2
