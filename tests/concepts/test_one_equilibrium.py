"""The way to one mixed equilibrium: the logit path, the polish on a support, and the fall-back."""

import itertools

import numpy as np
import pytest
from tests import oracles
from tests.classics import MORE_PLAYERS
from tests.factories import random_profile, tied_payoffs, uniform_payoffs

from counterplay.concepts import one_equilibrium as module
from counterplay.concepts.indifference import reply_derivative, solve_support
from counterplay.concepts.logit_path import logit_path
from counterplay.concepts.one_equilibrium import one_equilibrium
from counterplay.games import Game

SHAPES = [(2, 2), (3, 3), (2, 2, 2), (3, 2, 2), (2, 2, 2, 2), (1, 3)]


def assert_equilibrium(payoffs, equilibrium):
    shape = [len(vector) for vector in equilibrium.strategies]
    for table, gain in zip(payoffs, oracles.regrets(payoffs, equilibrium.strategies), strict=True):
        assert gain <= 1.001e-9 * oracles.spread(table, shape)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("draw", [uniform_payoffs, tied_payoffs])
def test_one_equilibrium_is_found(shape, draw):
    for seed in range(6):
        payoffs = draw(seed, shape)
        assert_equilibrium(payoffs, one_equilibrium(Game.from_payoffs(payoffs)))


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("draw", [uniform_payoffs, tied_payoffs])
def test_one_equilibrium_is_found_where_the_path_cannot_be_followed(monkeypatch, shape, draw):
    monkeypatch.setattr(module, "logit_path", lambda *_: iter(()))
    for seed in range(4):
        payoffs = draw(seed, shape)
        assert_equilibrium(payoffs, one_equilibrium(Game.from_payoffs(payoffs)))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_points_of_the_path_are_logit_equilibria(shape, seed):
    """The log-odds of two options are the precision times what one pays more, on a range of 1."""
    payoffs = uniform_payoffs(seed, shape)
    game = Game.from_payoffs(payoffs)
    points = list(itertools.islice(logit_path(game), 25))
    assert points[0].precision == 0
    assert all(np.allclose(x, 1 / len(x)) for x in points[0].strategies)
    for point in points[:: 1 + len(points) // 6]:
        for player, vector in enumerate(point.strategies):
            values = np.array(oracles.reply_values(payoffs, point.strategies, player), dtype=float)
            scale = oracles.spread(payoffs[player], shape)
            expected = point.precision * (values - values[0]) / scale
            assert np.log(vector / vector[0]) == pytest.approx(expected, abs=1e-6, rel=1e-6)
            assert values.max() - vector @ values <= (point.regret + 1e-9) * scale


@pytest.mark.parametrize("seed", range(3))
def test_the_path_ends_near_an_equilibrium(seed):
    game = Game.from_payoffs(uniform_payoffs(seed, (2, 2, 2)))
    *_, last = logit_path(game)
    assert last.regret < 1e-4


def test_the_irrational_equilibrium_is_polished_to_the_last_digits():
    classic = next(c for c in MORE_PLAYERS if c.name == "irrational")
    game = Game.from_payoffs(classic.payoffs)
    start = tuple(np.array([0.5, 0.5]) for _ in range(3))
    found = solve_support(game, ((0, 1),) * 3, start)
    for vector, exact in zip(found, classic.equilibria[0], strict=True):
        assert vector == pytest.approx(exact, rel=0, abs=1e-14)


def test_a_support_without_a_solution_has_none():
    # The prisoner's dilemma: nothing makes the options pay the same.
    game = Game.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    start = tuple(np.array([0.5, 0.5]) for _ in range(2))
    assert solve_support(game, ((0, 1), (0, 1)), start) is None


@pytest.mark.parametrize("shape", [(2, 3), (3, 2, 2), (2, 3, 2, 4)], ids=str)
def test_derivatives_of_replies(shape):
    payoffs = np.array(uniform_payoffs(0, shape), dtype=float)
    strategies = random_profile(np.random.default_rng(1), shape)
    for player, other in itertools.permutations(range(len(shape)), 2):
        found = reply_derivative(payoffs, player, other, strategies)
        assert found.shape == (shape[player], shape[other])
        for option in range(shape[other]):
            pure = list(strategies)
            pure[other] = np.eye(shape[other])[option]
            values = oracles.reply_values(payoffs, pure, player)
            assert found[:, option] == pytest.approx(values, abs=1e-9)
