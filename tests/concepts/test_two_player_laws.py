"""Two players: what holds for the set of equilibria of every game, ties or not."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import oracles
from tests.factories import LAW, tables, tied_payoffs, uniform_payoffs

from counterplay.concepts.two_player import exact_two_player
from counterplay.concepts.two_player.extreme import extreme_equilibria
from counterplay.concepts.two_player.integer_payoffs import integer_payoffs
from counterplay.concepts.two_player.limits import Limits
from counterplay.concepts.two_player.nash_subsets import components, maximal_nash_subsets
from counterplay.games import Game

SHAPES = ((2, 2), (3, 2), (2, 4), (3, 3), (4, 4), (1, 3), (4, 1), (5, 3))


def index_sum(solution):
    isolated = [e.index for e in solution if e.index is not None]
    return sum(isolated) + sum(region.index for region in solution.regions)


def shares(vertex):
    return [Fraction(weight, sum(vertex.weights)) for weight in vertex.weights]


def structure(game):
    """Return the extreme equilibria as fractions, and the maximal Nash subsets."""
    extreme = extreme_equilibria(*integer_payoffs(game), Limits())
    subsets = [
        [
            ([shares(extreme.first[a]) for a in own], [shares(extreme.second[b]) for b in other])
            for own, other in maximal_nash_subsets(part, Limits())
        ]
        for part in components(extreme.edges)
    ]
    listed = [(shares(extreme.first[a]), shares(extreme.second[b])) for a, b in extreme.edges]
    return listed, subsets


def told(solution, orders=None):
    """Return what a solution says, free of order, with the options put back to `orders`."""
    orders = orders or [range(len(vector)) for vector in solution.equilibria[0].strategies]
    places = [np.argsort(list(order)) for order in orders]
    points = {
        (*(tuple(np.round(v[p], 9)) for v, p in zip(e.strategies, places, strict=True)), e.index)
        for e in solution
    }
    regions = {
        (
            tuple(np.round(r[p], 9).tobytes() for r, p in zip(region.ranges, places, strict=True)),
            region.index,
            region.dimension,
            len(region.pure),
        )
        for region in solution.regions
    }
    return points, regions, solution.completeness


def is_covered(point, solution):
    vectors = [np.array(vector, dtype=float) for vector in point]
    listed = any(
        all(np.abs(x - y).max() < 1e-12 for x, y in zip(vectors, e.strategies, strict=True))
        for e in solution
    )
    return listed or any(
        all(
            np.all(x >= bounds[:, 0] - 1e-12) and np.all(x <= bounds[:, 1] + 1e-12)
            for x, bounds in zip(vectors, region.ranges, strict=True)
        )
        for region in solution.regions
    )


@LAW
@given(tables(SHAPES))
def test_indices_sum_to_one(payoffs):
    # Shapley, A note on the Lemke-Howson algorithm (1974); Ritzberger (1994) for components.
    assert index_sum(exact_two_player(Game.from_payoffs(payoffs))) == 1


@pytest.mark.parametrize("top", [1, 4, 10, 10**6])
def test_indices_of_larger_games_sum_to_one(top):
    for seed in range(4):
        assert index_sum(exact_two_player(Game.from_payoffs(tied_payoffs(seed, (7, 6), top)))) == 1


@LAW
@given(tables(SHAPES))
def test_every_extreme_equilibrium_has_no_regret_at_all(payoffs):
    listed, _ = structure(Game.from_payoffs(payoffs))
    for point in listed:
        assert max(oracles.regrets(payoffs.tolist(), point)) == 0
        assert [sum(vector) for vector in point] == [1, 1]


@LAW
@given(tables(SHAPES), st.integers(0, 2**32 - 1))
def test_every_point_of_a_maximal_nash_subset_is_an_equilibrium(payoffs, seed):
    generator = np.random.default_rng(seed)
    game = Game.from_payoffs(payoffs)
    solution = exact_two_player(game)
    for part in structure(game)[1]:
        for vertices in part:
            point = [mixed(side, generator) for side in vertices]
            assert max(oracles.regrets(payoffs.tolist(), point)) == 0
            assert is_covered(point, solution)


def mixed(vertices, generator):
    weights = [Fraction(int(w)) for w in generator.integers(1, 9, size=len(vertices))]
    return [
        sum(w * p for w, p in zip(weights, column, strict=True)) / sum(weights)
        for column in zip(*vertices, strict=True)
    ]


@LAW
@given(tables(SHAPES, top=2))
def test_every_equilibrium_found_support_by_support_is_covered(payoffs):
    solution = exact_two_player(Game.from_payoffs(payoffs))
    for point in oracles.bimatrix_equilibria(*payoffs.tolist()):
        assert is_covered(point, solution)


@LAW
@given(tables(((2, 2), (2, 3), (3, 3)), top=2))
def test_every_equilibrium_on_a_grid_of_mixtures_is_covered(payoffs):
    solution = exact_two_player(Game.from_payoffs(payoffs))
    grids = [grid(count) for count in payoffs.shape[1:]]
    for point in itertools.product(*grids):
        if max(oracles.regrets(payoffs.tolist(), point)) == 0:
            assert is_covered(point, solution)


def grid(count, steps=3):
    return [
        [Fraction(k, steps) for k in shares]
        for shares in itertools.product(range(steps + 1), repeat=count)
        if sum(shares) == steps
    ]


@LAW
@given(tables(SHAPES))
def test_every_pure_equilibrium_is_listed(payoffs):
    solution = exact_two_player(Game.from_payoffs(payoffs))
    listed = [e.profile for e in solution if e.profile is not None]
    assert listed == oracles.pure_equilibria(payoffs.tolist(), payoffs.shape[1:])


@LAW
@given(tables(SHAPES), st.randoms(use_true_random=False))
def test_relabelled_options_relabel_the_answer(payoffs, random):
    orders = [random.sample(range(count), count) for count in payoffs.shape[1:]]
    shuffled = payoffs[np.ix_(range(2), *orders)]
    assert told(exact_two_player(Game.from_payoffs(shuffled)), orders) == told(
        exact_two_player(Game.from_payoffs(payoffs))
    )


@LAW
@given(tables(SHAPES))
def test_exchanged_players_exchange_the_answer(payoffs):
    points, regions, completeness = told(exact_two_player(Game.from_payoffs(payoffs)))
    turned = Game.from_payoffs([payoffs[1].T, payoffs[0].T])
    assert told(exact_two_player(turned)) == (
        {(y, x, index) for x, y, index in points},
        {(ranges[::-1], *rest) for ranges, *rest in regions},
        completeness,
    )


@LAW
@given(
    tables(SHAPES),
    st.tuples(*[st.fractions(Fraction(1, 10**9), 10**9)] * 2),
    st.tuples(*[st.fractions(-(10**9), 10**9)] * 2),
)
def test_unit_and_zero_of_either_player_do_not_matter(payoffs, units, zeros):
    moved = [
        [[unit * int(cell) + zero for cell in row] for row in table]
        for table, unit, zero in zip(payoffs, units, zeros, strict=True)
    ]
    assert told(exact_two_player(Game.from_payoffs(moved))) == told(
        exact_two_player(Game.from_payoffs(payoffs))
    )


@LAW
@given(tables(SHAPES))
def test_what_the_other_does_may_pay_a_player_anything_besides(payoffs):
    bonus = np.arange(payoffs.shape[2]) ** 2
    moved = Game.from_payoffs([payoffs[0] + 3 * bonus, payoffs[1]])
    points, regions, completeness = told(exact_two_player(Game.from_payoffs(payoffs)))
    assert told(exact_two_player(moved)) == (points, regions, completeness)


@LAW
@given(tables(SHAPES))
def test_payoffs_over_a_region_range_as_over_its_members(payoffs):
    game = Game.from_payoffs(payoffs)
    solution = exact_two_player(game)
    assert (solution.completeness == "continuum") == bool(solution.regions)
    for region in solution.regions:
        assert region.dimension >= 1
        assert np.all(region.payoffs[:, 0] <= region.example.payoffs)
        assert np.all(region.payoffs[:, 1] >= region.example.payoffs)
        for profile in region.pure:
            paid = game.payoffs[(slice(None), *profile)]
            assert np.all(region.payoffs[:, 0] <= paid)
            assert np.all(paid <= region.payoffs[:, 1])


def test_the_number_of_equilibria_of_a_nondegenerate_game_is_odd():
    # Wilson, Computing equilibria of N-person games (1971).
    for seed in range(30):
        payoffs = uniform_payoffs(seed, (4, 4))
        if not oracles.is_degenerate(*(table.tolist() for table in payoffs)):
            assert len(exact_two_player(Game.from_payoffs(payoffs))) % 2 == 1


def test_the_same_game_gives_the_same_answer_twice():
    payoffs = tied_payoffs(3, (6, 6))
    first, second = (exact_two_player(Game.from_payoffs(payoffs)) for _ in range(2))
    assert first.reason == second.reason
    for one, other in zip(first, second, strict=True):
        assert [v.tobytes() for v in one.strategies] == [v.tobytes() for v in other.strategies]
    for one, other in zip(first.regions, second.regions, strict=True):
        assert [r.tobytes() for r in one.ranges] == [r.tobytes() for r in other.ranges]
