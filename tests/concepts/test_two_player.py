"""Two players: every equilibrium of a nondegenerate game, compared with exact enumeration."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from tests import oracles
from tests.factories import LAW, tables, uniform_payoffs

from counterplay.concepts import nash
from counterplay.concepts.two_player import vertex_equilibria, within_reach
from counterplay.games import Game


def differences(payoffs):
    """Return the exact equilibria that are not listed, and the listed ones that are not exact."""
    exact = oracles.bimatrix_equilibria(*(np.asarray(t).astype(int).tolist() for t in payoffs))
    found = [e.strategies for e in nash(Game.from_payoffs(payoffs))]
    missed = [p for p in exact if not any(same(p, q) for q in found)]
    extra = [q for q in found if not any(same(p, q) for p in exact)]
    return missed, extra


def same(first, second):
    return all(
        np.abs(np.array(x, dtype=float) - np.array(y, dtype=float)).max() < 1e-9
        for x, y in zip(first, second, strict=True)
    )


@pytest.mark.parametrize("shape", [(2, 2), (3, 3), (4, 4), (3, 5), (5, 2)], ids=str)
def test_ordinary_games_are_solved_whole(shape):
    compared = 0
    for seed in range(24):
        payoffs = uniform_payoffs(seed, shape)
        if not oracles.is_degenerate(*(table.tolist() for table in payoffs)):
            assert differences(payoffs) == ([], [])
            compared += 1
    assert compared >= 12


@LAW
@given(tables(((2, 2), (3, 3), (3, 2)), top=30))
def test_small_nondegenerate_games_are_solved_whole(payoffs):
    assume(not oracles.is_degenerate(*payoffs.tolist()))
    assert differences(payoffs) == ([], [])


@pytest.mark.parametrize("scale", [1e-300, 1e-12, 1e12, 1e300])
def test_the_unit_of_payoffs_does_not_matter(scale):
    for seed in (0, 1, 2, 3, 6, 7):
        payoffs = uniform_payoffs(seed, (3, 3))
        exact = oracles.bimatrix_equilibria(*(table.tolist() for table in payoffs))
        found = [
            e.strategies
            for e in nash(Game.from_payoffs([payoffs[0] * scale, payoffs[1] * (1 / scale)]))
        ]
        assert len(found) == len(exact)
        assert all(any(same(p, q) for q in found) for p in exact)


def test_the_number_of_equilibria_of_a_nondegenerate_game_is_odd():
    # Wilson, Computing equilibria of N-person games (1971).
    for seed in range(24):
        payoffs = uniform_payoffs(seed, (4, 4))
        if not oracles.is_degenerate(*(table.tolist() for table in payoffs)):
            assert len(nash(Game.from_payoffs(payoffs))) % 2 == 1


@pytest.mark.parametrize(
    ("shape", "answered"),
    [((2, 2), True), ((7, 7), True), ((8, 2), False), ((1, 3), False), ((2, 2, 2), False)],
)
def test_the_reach_of_vertex_enumeration(shape, answered):
    game = Game.from_payoffs(uniform_payoffs(0, shape))
    assert within_reach(game) == answered


def test_degenerate_games_warn_nobody_and_list_certified_equilibria_only():
    for seed in range(20):
        payoffs = np.random.default_rng(seed).integers(0, 2, (2, 3, 3))
        for equilibrium in vertex_equilibria(Game.from_payoffs(payoffs)):
            assert max(oracles.regrets(payoffs, equilibrium.strategies)) <= 1e-9


def test_enumeration_by_fractions_knows_a_degenerate_game():
    pennies = [[1, -1], [-1, 1]], [[-1, 1], [1, -1]]
    assert not oracles.is_degenerate(*pennies)
    assert oracles.bimatrix_equilibria(*pennies) == [([Fraction(1, 2)] * 2, [Fraction(1, 2)] * 2)]
    assert oracles.is_degenerate([[1, 1], [0, 0]], [[1, 1], [0, 1]])
    assert oracles.is_degenerate([[2, 0, 1], [0, 2, 1], [0, 0, 0]], [[0] * 3] * 3)
