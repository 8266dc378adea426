"""Pure equilibria: every one and no other, ties included."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import oracles
from tests.factories import LAW, SMALL_SHAPES, tables

from counterplay.concepts import pure_equilibria
from counterplay.concepts.pure import pure_profiles
from counterplay.games import Game


@LAW
@given(tables(top=2))
def test_the_scan_finds_what_plain_loops_find(payoffs):
    game = Game.from_payoffs(payoffs)
    assert list(pure_profiles(game)) == oracles.pure_equilibria(payoffs.tolist(), game.shape)


@LAW
@given(st.sampled_from(SMALL_SHAPES), st.data())
def test_fractions_of_any_size_are_compared_exactly(shape, data):
    cells = data.draw(
        st.lists(
            st.sampled_from([Fraction(1, 3), Fraction(10**16 + 1, 3 * 10**16), Fraction(-2, 7)]),
            min_size=int(np.prod(shape)) * len(shape),
            max_size=int(np.prod(shape)) * len(shape),
        )
    )
    payoffs = np.array(cells, dtype=object).reshape(len(shape), *shape)
    game = Game.from_payoffs(payoffs)
    assert list(pure_profiles(game)) == oracles.pure_equilibria(payoffs, shape)


@LAW
@given(tables(), st.data())
def test_permuting_players_and_options_permutes_the_answer(payoffs, data):
    players = list(range(len(payoffs)))
    order = data.draw(st.permutations(players))
    renamed = [data.draw(st.permutations(range(count))) for count in payoffs.shape[1:]]
    moved = permuted(payoffs, order, renamed)
    expected = {
        tuple(renamed[i].index(profile[i]) for i in order)
        for profile in pure_profiles(Game.from_payoffs(payoffs))
    }
    assert set(pure_profiles(Game.from_payoffs(moved))) == expected


def permuted(payoffs, order, renamed):
    """Return the game in which player `order[k]` comes k-th and options are renumbered."""
    cells = payoffs[np.ix_(range(len(payoffs)), *renamed)]
    return np.transpose(cells, (0, *(1 + i for i in order)))[list(order)]


@LAW
@given(tables(), st.data())
def test_positive_affine_changes_of_payoffs_change_nothing(payoffs, data):
    scales = st.sampled_from([Fraction(1, 3), Fraction(7), Fraction(1, 10**12), Fraction(10**12)])
    changed = [
        Fraction(1) * table * data.draw(scales) + data.draw(st.integers(-3, 3))
        for table in payoffs.astype(object)
    ]
    before, after = Game.from_payoffs(payoffs), Game.from_payoffs(changed)
    assert pure_profiles(after) == pure_profiles(before)
    strict = [equilibrium.strict for equilibrium in pure_equilibria(before)]
    assert [equilibrium.strict for equilibrium in pure_equilibria(after)] == strict


@LAW
@given(tables(top=2))
def test_equilibria_come_certified_and_in_order(payoffs):
    game = Game.from_payoffs(payoffs)
    found = pure_equilibria(game)
    assert [equilibrium.profile for equilibrium in found] == sorted(
        oracles.pure_equilibria(payoffs, game.shape)
    )
    assert all(equilibrium.regret == 0 for equilibrium in found)


@pytest.mark.parametrize("shape", [(2, 2), (3, 2, 2), (1, 1), (4,)])
def test_where_nothing_matters_everything_is_an_equilibrium(shape):
    game = Game.from_payoffs([np.full(shape, 7)] * len(shape))
    found = pure_equilibria(game)
    assert len(found) == game.profiles
    assert all(equilibrium.strict == (game.profiles == 1) for equilibrium in found)
