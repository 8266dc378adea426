"""Payoffs near the ends of double precision: no crash, no warning, the same answer."""

import numpy as np
import pytest
from tests.factories import tied_payoffs, uniform_payoffs

from counterplay.concepts import nash, undominated
from counterplay.errors import GameError
from counterplay.games import Game, best_replies, bloc_game, margins

SHAPES = [(2, 2), (3, 3), (2, 2, 2), (2, 2, 2, 2), (3, 3, 3), (2, 1), (3,)]
SCALES = [1e-300, 1e-150, 1e-20, 1e20, 1e150, 1e300]


def pure(solution):
    return [e.profile for e in solution if e.profile is not None]


def assert_same_answer(plain, scaled):
    first, second = Game.from_payoffs(plain), Game.from_payoffs(scaled)
    solution = nash(second)
    assert len(solution) >= 1
    assert pure(solution) == pure(nash(first))
    assert undominated(second) == undominated(first)
    assert np.array_equal(best_replies(second), best_replies(first))
    for equilibrium in solution:
        assert np.isfinite(equilibrium.payoffs).all()
        gains = second.regret(equilibrium.strategies)
        ranges = [np.ptp(table) or 1.0 for table in second.payoffs]
        assert (gains <= 1.001e-9 * np.array(ranges)).all()


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("scale", SCALES)
def test_one_scale_for_all(shape, scale):
    for seed in range(3):
        for plain in (tied_payoffs(seed, shape), uniform_payoffs(seed, shape)):
            assert_same_answer(plain, [table * scale for table in plain])


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_scale_for_each_player(shape):
    for seed in range(4):
        scales = np.random.default_rng(seed).permutation([1e-300, 1.0, 1e300, 1e-20])
        for plain in (tied_payoffs(seed, shape), uniform_payoffs(seed, shape)):
            scaled = [table * s for table, s in zip(plain, scales, strict=False)]
            assert_same_answer(plain, scaled)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_all_scales_inside_one_table(shape):
    for seed in range(6):
        generator = np.random.default_rng(seed)
        payoffs = [
            generator.uniform(-1, 1, shape) * 10.0 ** generator.integers(-300, 300, shape)
            for _ in shape
        ]
        game = Game.from_payoffs(payoffs)
        assert len(nash(game)) >= 1
        assert not np.isnan(margins(game, (0,) * len(shape))).any()


@pytest.mark.parametrize("offset", [1e3, 1e6, -1e6])
def test_a_common_offset_changes_nothing(offset):
    for seed in range(3):
        for shape in SHAPES:
            plain = tied_payoffs(seed, shape)
            assert_same_answer(plain, [table + offset for table in plain])


@pytest.mark.parametrize(
    ("offset", "shape", "seed"), [(1e7, (2, 2, 2, 2), 1), (1e9, (3, 3), 5), (1e9, (3, 3), 27)]
)
def test_an_offset_that_swallows_digits_changes_nothing(offset, shape, seed):
    plain = tied_payoffs(seed, shape)
    assert_same_answer(plain, [table + offset for table in plain])


@pytest.mark.parametrize("scale", [1e-300, 1e300])
def test_blocs(scale):
    for seed in range(4):
        plain = tied_payoffs(seed, (2, 2, 2, 2))
        views = [
            bloc_game(Game.from_payoffs(payoffs), [[0, 3], [1, 2]])
            for payoffs in (plain, [table * scale for table in plain])
        ]
        assert views[1].game.payoffs == pytest.approx(views[0].game.payoffs, rel=1e-12)
        assert pure(nash(views[1].game)) == pure(nash(views[0].game))


@pytest.mark.parametrize("weight", [1e-13, 1e-6, 1e6])
def test_blocs_of_any_weight(weight):
    for seed in range(4):
        game = Game.from_payoffs(tied_payoffs(seed, (2, 2, 2, 2)))
        even = pure(nash(bloc_game(game, [[0, 1], [2, 3]]).game))
        heavy = bloc_game(game, [[0, 1], [2, 3]], dict.fromkeys(game.players, weight))
        assert pure(nash(heavy.game)) == even


@pytest.mark.parametrize("offset", [1e6, 1e13])
def test_blocs_of_players_with_a_large_offset(offset):
    for seed in range(4):
        plain = uniform_payoffs(seed, (2, 2, 2, 2))
        game = Game.from_payoffs([table + offset for table in plain])
        view = bloc_game(game, [[0, 1], [2, 3]])
        even = bloc_game(Game.from_payoffs(plain), [[0, 1], [2, 3]])
        assert pure(nash(view.game)) == pure(nash(even.game))


@pytest.mark.parametrize("shape", [(2, 2), (3, 3), (2, 2, 2), (2, 1)], ids=str)
def test_payoffs_whose_range_overflows_are_refused(shape):
    payoffs = np.full((len(shape), *shape), 1.7e308)
    payoffs[..., 0] *= -1
    with pytest.raises(GameError, match=r"payoffs: beyond .*measure them in a larger unit"):
        Game.from_payoffs(payoffs)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_the_largest_payoffs(shape):
    for seed in range(3):
        plain = np.array(tied_payoffs(seed, shape)) - 1
        assert_same_answer(plain, plain * 4e307)


@pytest.mark.parametrize("scale", [1e-320, 1e-318])
def test_subnormal_payoffs(scale):
    payoffs = np.array([[[2, -2], [-2, -1]], [[-2, 2], [2, 0]]])
    assert len(nash(Game.from_payoffs(payoffs * scale))) == 1
