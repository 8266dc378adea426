"""Weights at which the two-bloc answer flips: each is one, and none is missed."""

import itertools
from functools import cache

import numpy as np
import pytest
from tests.factories import FLAGSHIP, tied_payoffs, uniform_payoffs

from counterplay.concepts import nash
from counterplay.games import Game, bloc_game
from counterplay.payoffs import game
from counterplay.scenario import load
from counterplay.sensitivity import weight_flips

BLOCS = ((0, 1), (2, 3))
SHAPE = (2, 2, 2, 2)
SEEDS = (1, 2, 3, 5, 6, 8)
"""Games with many flips between pure answers; 2, 3 and 6 have mixed ones too."""


def scaled(payoffs):
    return np.array([table / (np.ptp(table) or 1) for table in payoffs], dtype=float)


def pure_between_blocs(payoffs, blocs, weights):
    """Return the profiles from which no bloc gains, by plain loops over joint deviations."""
    tables = scaled(payoffs)
    shape = tables.shape[1:]
    return tuple(
        profile
        for profile in itertools.product(*map(range, shape))
        if not any(can_gain(tables, bloc, weights, profile) for bloc in blocs)
    )


def can_gain(tables, bloc, weights, profile):
    def worth(cell):
        return sum(weights[i] * tables[i][cell] for i in bloc)

    here = worth(profile)
    for options in itertools.product(*(range(tables.shape[1 + i]) for i in bloc)):
        cell = list(profile)
        for member, option in zip(bloc, options, strict=True):
            cell[member] = option
        if worth(tuple(cell)) > here + 1e-11:
            return True
    return False


def at_weight(payoffs, blocs, player, weight):
    weights = [1.0] * len(payoffs)
    weights[player] = weight
    return pure_between_blocs(payoffs, blocs, weights)


@cache
def flips_by_player(seed, draw=uniform_payoffs):
    found = {}
    for flip in weight_flips(Game.from_payoffs(draw(seed, SHAPE)), BLOCS):
        found.setdefault(int(flip.player[1:]) - 1, []).append(flip)
    return found


def every_flip(seed):
    return [flip for flips in flips_by_player(seed).values() for flip in flips]


@pytest.mark.parametrize("seed", SEEDS)
def test_each_flip_between_pure_answers_is_one(seed):
    payoffs = uniform_payoffs(seed, SHAPE)
    for player, flips in flips_by_player(seed).items():
        for flip in flips:
            below, above = (
                at_weight(payoffs, BLOCS, player, flip.weight + step) for step in (-1e-6, 1e-6)
            )
            if below:
                assert flip.below == below
            if above:
                assert flip.above == above
            if flip.certainty == "exact":
                assert above
                assert flip.below != flip.above


@pytest.mark.parametrize("seed", SEEDS)
def test_no_flip_between_pure_answers_is_missed(seed):
    payoffs = uniform_payoffs(seed, SHAPE)
    found = flips_by_player(seed)
    for player in range(4):
        grid = np.linspace(0.0123, 9.987, 60)
        answers = [at_weight(payoffs, BLOCS, player, weight) for weight in grid]
        for low, high, below, above in zip(grid, grid[1:], answers, answers[1:], strict=False):
            between = [f for f in found.get(player, []) if low < f.weight < high]
            if below != above:
                assert between
            elif below and between:
                # An answer that comes and goes, or goes and comes back, takes two flips.
                assert len(between) >= 2


@pytest.mark.parametrize("seed", SEEDS)
def test_flips_join_up(seed):
    for flips in flips_by_player(seed).values():
        weights = [flip.weight for flip in flips]
        assert weights == sorted(weights)
        assert all(0 < weight < 10 for weight in weights)
        assert all(first.above == second.below for first, second in itertools.pairwise(flips))


@pytest.mark.parametrize("seed", SEEDS)
def test_answers_at_even_weights_lie_between_the_flips_around_them(seed):
    payoffs = uniform_payoffs(seed, SHAPE)
    here = pure_between_blocs(payoffs, BLOCS, [1.0] * 4)
    for flips in flips_by_player(seed).values():
        below = [flip for flip in flips if flip.weight < 1]
        above = [flip for flip in flips if flip.weight > 1]
        if here and below:
            assert below[-1].above == here
        if here and above:
            assert above[0].below == here


@pytest.mark.parametrize("seed", range(4))
def test_flips_of_tied_games_are_flips(seed):
    payoffs = tied_payoffs(seed, SHAPE)
    for player, flips in flips_by_player(seed, tied_payoffs).items():
        for flip in flips:
            below = at_weight(payoffs, BLOCS, player, flip.weight - 1e-6)
            above = at_weight(payoffs, BLOCS, player, flip.weight + 1e-6)
            assert not below or flip.below == below
            assert not above or flip.above == above


def test_a_flip_worked_by_hand():
    """One bloc of two who want different things; the other bloc has no choice.

    The first member prefers its first option by 1, the second prefers the first's second option
    by 1; ranges are 1, so the weight of each at which they balance is the other's.
    """
    first, second = [[[1], [0]]], [[[0], [1]]]
    payoffs = [np.reshape(table, (2, 1, 1)) for table in (first, second, np.zeros((2, 1, 1)))]
    (one, two) = weight_flips(Game.from_payoffs(payoffs), [[0, 1], [2]])
    assert (one.player, one.below, one.above) == ("p1", ((1, 0, 0),), ((0, 0, 0),))
    assert (two.player, two.below, two.above) == ("p2", ((0, 0, 0),), ((1, 0, 0),))
    assert (one.weight, two.weight) == pytest.approx((1, 1))
    assert (one.certainty, two.certainty) == ("exact", "exact")
    heavy = weight_flips(Game.from_payoffs(payoffs), [[0, 1], [2]], {"p2": 3})
    assert heavy[0].weight == pytest.approx(3)


def test_a_member_alone_in_its_bloc_never_flips_anything():
    payoffs = uniform_payoffs(1, (2, 2, 2))
    found = weight_flips(Game.from_payoffs(payoffs), [[0], [1, 2]])
    assert {flip.player for flip in found} <= {"p2", "p3"}
    assert weight_flips(Game.from_payoffs(uniform_payoffs(1, (3, 3))), [[0], [1]]) == ()


@pytest.mark.slow
def test_the_flagships_flips_are_flips():
    scenario = load(FLAGSHIP)
    built = game(scenario)
    flips = weight_flips(built, scenario.blocs)
    assert {flip.player for flip in flips} == {"rok", "ukr"}
    for flip in flips:
        assert flip.below != flip.above
        for step, said in ((-2e-4, flip.below), (2e-4, flip.above)):
            assert played(built, scenario.blocs, {flip.player: flip.weight + step}) == said


@pytest.mark.parametrize("seed", [2, 3])
def test_mixed_answers_flip_where_they_are_said_to(seed):
    built = Game.from_payoffs(uniform_payoffs(seed, SHAPE))
    mixed = [flip for flip in every_flip(seed) if flip.certainty == "bracketed"]
    assert mixed
    for flip in mixed:
        for step, said in ((-2e-4, flip.below), (2e-4, flip.above)):
            weights = {flip.player: flip.weight + step}
            pure = at_weight(
                built.payoffs, BLOCS, built.player_index(flip.player), *weights.values()
            )
            assert said == (pure or played(built, BLOCS, weights))


def played(built, blocs, weights):
    """Return the profiles that the equilibria between the blocs can play."""
    view = bloc_game(built, blocs, weights)
    found = set()
    for equilibrium in nash(view.game):
        supports = [np.flatnonzero(vector).tolist() for vector in equilibrium.strategies]
        found |= {view.profile(pair) for pair in itertools.product(*supports)}
    return tuple(sorted(found))


def test_swapping_the_blocs_changes_nothing():
    for seed in (1, 3, 5):
        built = Game.from_payoffs(uniform_payoffs(seed, SHAPE))
        turned = weight_flips(built, BLOCS[::-1])
        assert summary(turned) == summary(
            f for flips in flips_by_player(seed).values() for f in flips
        )


@pytest.mark.parametrize(
    "blocs",
    [
        pytest.param([[1, 0], [2, 3]], id="own bloc turned"),
        pytest.param([["p2", "p1"], ["p4", "p3"]], id="both turned"),
    ],
)
def test_the_order_in_which_blocs_are_named_does_not_matter(blocs):
    for seed in (1, 5, 8):
        built = Game.from_payoffs(uniform_payoffs(seed, SHAPE))
        turned = weight_flips(built, blocs)
        assert summary(turned) == summary(
            f for flips in flips_by_player(seed).values() for f in flips
        )


def summary(flips):
    return sorted((f.player, round(f.weight, 6), f.below, f.above) for f in flips)
