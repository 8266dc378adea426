"""The way to one mixed equilibrium: the logit path, the polish on a support, and the fall-back."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from scipy.special import softmax
from tests import oracles
from tests.classics import MORE_PLAYERS
from tests.factories import LAW, random_profile, tables, tied_payoffs, uniform_payoffs

from counterplay.concepts import one_equilibrium as module
from counterplay.concepts.indifference import Interactions, solve_support
from counterplay.concepts.logit_path import logit_path
from counterplay.concepts.logit_system import EXACT, FINE, LogitSystem
from counterplay.concepts.one_equilibrium import quick_equilibrium
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
        assert_equilibrium(payoffs, quick_equilibrium(Game.from_payoffs(payoffs)))


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("draw", [uniform_payoffs, tied_payoffs])
def test_one_equilibrium_is_found_where_the_path_cannot_be_followed(monkeypatch, shape, draw):
    monkeypatch.setattr(module, "logit_path", lambda *_: iter(()))
    for seed in range(4):
        payoffs = draw(seed, shape)
        assert_equilibrium(payoffs, quick_equilibrium(Game.from_payoffs(payoffs)))


@given(tables())
@LAW
def test_degenerate_games_have_one_too(payoffs):
    game = Game.from_payoffs(list(payoffs))
    assert_equilibrium(payoffs, quick_equilibrium(game))


@pytest.mark.parametrize("shape", [(2,) * 8, (6, 6, 6, 6), (8, 8, 8), (32, 32)], ids=str)
def test_large_games(shape):
    payoffs = uniform_payoffs(1, shape)
    game = Game.from_payoffs(payoffs)
    found = quick_equilibrium(game)
    assert (game.regret(found.strategies) <= 1e-9 * game.ranges).all()


@pytest.mark.parametrize("unit", [1e-300, 1e-5, 1e300])
def test_units_and_offsets_of_payoffs_do_not_matter(unit):
    payoffs = np.array(uniform_payoffs(2, (3, 3, 2)), dtype=float)
    plain = quick_equilibrium(Game.from_payoffs(list(payoffs)))
    moved = quick_equilibrium(Game.from_payoffs([unit * (payoffs[0] + 3), *payoffs[1:]]))
    for vector, other in zip(plain.strategies, moved.strategies, strict=True):
        assert vector == pytest.approx(other, abs=1e-9)


def test_the_same_game_gives_the_same_bytes():
    payoffs = uniform_payoffs(4, (3, 3, 3))
    first, second = (quick_equilibrium(Game.from_payoffs(payoffs)) for _ in range(2))
    assert [x.tobytes() for x in first.strategies] == [x.tobytes() for x in second.strategies]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_points_of_the_path_are_logit_equilibria(shape, seed):
    """Probabilities are the logit response to payoffs with a range of 1."""
    payoffs = uniform_payoffs(seed, shape)
    system = LogitSystem(Game.from_payoffs(payoffs).scaled)
    points = list(itertools.takewhile(lambda p: p.precision < 300, logit_path(system)))
    assert points[0].precision == 0
    assert all(np.allclose(x, 1 / len(x)) for x in system.strategies(points[0]))
    for point in points[:: 1 + len(points) // 6]:
        strategies = system.strategies(point)
        for player, vector in enumerate(strategies):
            values = np.array(oracles.reply_values(payoffs, strategies, player), dtype=float)
            scale = oracles.spread(payoffs[player], shape)
            expected = softmax(point.precision * values / scale)
            assert np.log(vector) == pytest.approx(np.log(expected), abs=1e-5, rel=1e-5)


@pytest.mark.parametrize("seed", range(3))
def test_the_path_ends_near_an_equilibrium(seed):
    game = Game.from_payoffs(uniform_payoffs(seed, (2, 2, 2)))
    system = LogitSystem(game.scaled)
    *_, last = logit_path(system)
    assert game.scaled_regret(system.strategies(last)).max() < 1e-9


@pytest.mark.parametrize("seed", [0, 37])
def test_the_path_keeps_to_its_branch_through_sharp_folds(seed):
    """Of these games the branch turns back up to eight times; longer steps lose it."""
    system = LogitSystem(Game.from_payoffs(uniform_payoffs(seed, (6, 6, 6, 6))).scaled)
    ends, folds = [], []
    for stride in (EXACT, FINE):
        points = list(itertools.takewhile(lambda p: p.precision < 1e5, logit_path(system, stride)))
        ends.append(system.shares(points[-1]))
        folds.append(np.count_nonzero(np.diff([p.tangent[-1] > 0 for p in points])))
    assert ends[0] == pytest.approx(ends[1], abs=1e-3)
    assert folds[0] == folds[1] > 0


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


@pytest.mark.parametrize("shape", [(2, 3), (3, 3, 3), (2, 3, 2, 4), (2,) * 6], ids=str)
def test_interactions(shape):
    payoffs = np.array(uniform_payoffs(0, shape), dtype=float)
    strategies = random_profile(np.random.default_rng(1), shape)
    interactions = Interactions(payoffs)
    shares = np.concatenate(strategies)
    matrix = interactions.matrix(shares)
    bounds = np.concatenate([[0], np.cumsum(shape)])
    blocks = [slice(a, b) for a, b in itertools.pairwise(bounds)]
    for player, other in itertools.product(range(len(shape)), repeat=2):
        found = matrix[blocks[player], blocks[other]]
        if player == other:
            assert not found.any()
            continue
        for option in range(shape[other]):
            pure = list(strategies)
            pure[other] = np.eye(shape[other])[option]
            values = oracles.reply_values(payoffs, pure, player)
            assert found[:, option] == pytest.approx(values, abs=1e-9)
    for player, block in enumerate(blocks):
        values = oracles.reply_values(payoffs, strategies, player)
        assert interactions.payoffs(matrix, shares)[block] == pytest.approx(values, abs=1e-9)
