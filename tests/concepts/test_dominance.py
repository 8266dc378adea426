"""Iterated strict dominance: what goes is never played, what stays could be."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog
from tests import oracles
from tests.factories import LAW, SMALL_SHAPES, tables
from tests.oracles import profiles

from counterplay.concepts import nash, undominated
from counterplay.concepts.dominance import never_losing_mixture, survivors
from counterplay.concepts.pure import pure_profiles
from counterplay.games import Game

WIDE = (*SMALL_SHAPES, (4, 2), (5, 3), (4, 4))


@LAW
@given(tables(WIDE, top=6))
def test_what_a_single_option_dominates_goes(payoffs):
    game = Game.from_payoffs(payoffs)
    left = oracles.surviving_options(payoffs.tolist(), game.shape)
    assert all(set(keep) <= set(plain) for keep, plain in zip(survivors(game), left, strict=True))
    assert all(survivors(game))


@LAW
@given(tables(WIDE, top=6))
def test_a_best_reply_to_what_stays_stays(payoffs):
    game = Game.from_payoffs(payoffs)
    kept = survivors(game)
    for player, table in enumerate(payoffs):
        for profile in profiles([len(keep) for keep in kept]):
            whole = tuple(keep[k] for keep, k in zip(kept, profile, strict=True))
            line = table[tuple(slice(None) if i == player else k for i, k in enumerate(whole))]
            assert set(np.flatnonzero(line == line.max())) <= set(kept[player])


@LAW
@given(tables(((3, 2), (4, 2), (6, 2)), top=9))
def test_against_two_options_the_survivors_are_known_exactly(payoffs):
    rows, columns = list(range(payoffs.shape[1])), [0, 1]
    first, second = payoffs.tolist()
    while True:
        doomed = [r for r in rows if is_beaten_by_a_pair(first, r, rows, columns)]
        beaten = [c for c in columns if all(second[r][1 - c] > second[r][c] for r in rows)]
        if len(columns) == 1:
            beaten = []
        if not doomed and not beaten:
            break
        rows = [r for r in rows if r not in doomed]
        columns = [c for c in columns if c not in beaten]
    assert survivors(Game.from_payoffs(payoffs)) == (tuple(rows), tuple(columns))


def is_beaten_by_a_pair(table, row, rows, columns):
    """Say whether p a + (1 - p) b > row in every column, for some rows a, b and p from 0 to 1.

    In two columns a mixture of more than two rows is never needed.
    """
    return any(
        least_share(table, a, b, row, columns) < 1 - least_share(table, b, a, row, columns)
        for a in rows
        for b in rows
        if row not in (a, b)
    )


def least_share(table, a, b, row, columns):
    """Return the share of `a` beside `b` above which the columns where it pays more beat `row`."""
    least = Fraction(0)
    for column in columns:
        more, less, own = table[a][column], table[b][column], table[row][column]
        if more > less:
            least = max(least, Fraction(own - less, more - less))
        elif more == less and more <= own:
            return Fraction(2)
    return least


@LAW
@given(tables(WIDE), st.data())
def test_positive_affine_changes_of_payoffs_change_nothing(payoffs, data):
    scales = st.sampled_from([Fraction(1, 3), Fraction(7), Fraction(10**9), Fraction(1, 10**9)])
    changed = [
        table * data.draw(scales) + data.draw(st.integers(-3, 3))
        for table in payoffs.astype(object)
    ]
    assert survivors(Game.from_payoffs(changed)) == survivors(Game.from_payoffs(payoffs))


@LAW
@given(tables(WIDE), st.data())
def test_the_order_of_players_and_options_does_not_matter(payoffs, data):
    order = data.draw(st.permutations(range(len(payoffs))))
    renamed = [data.draw(st.permutations(range(count))) for count in payoffs.shape[1:]]
    cells = payoffs[np.ix_(range(len(payoffs)), *renamed)]
    moved = np.transpose(cells, (0, *(1 + i for i in order)))[list(order)]
    kept, after = (survivors(Game.from_payoffs(tables)) for tables in (payoffs, moved))
    for place, player in enumerate(order):
        assert {renamed[player][k] for k in after[place]} == set(kept[player])


@LAW
@given(tables(WIDE))
def test_dominated_options_are_never_played(payoffs):
    game = Game.from_payoffs(payoffs)
    kept = oracles.surviving_options(payoffs.tolist(), game.shape)
    for equilibrium in nash(game):
        for vector, keep in zip(equilibrium.strategies, kept, strict=True):
            assert set(np.flatnonzero(vector)) <= set(keep)


@LAW
@given(tables(WIDE))
def test_taking_dominated_options_out_keeps_the_equilibria(payoffs):
    game = Game.from_payoffs(payoffs)
    kept = survivors(game)
    part = game.restrict(kept)
    lifted = {
        tuple(keep[k] for keep, k in zip(kept, profile, strict=True))
        for profile in pure_profiles(part)
    }
    assert lifted == set(pure_profiles(game))
    assert survivors(part) == tuple(tuple(range(count)) for count in part.shape)


@LAW
@given(tables(((2, 2), (3, 3), (3, 2), (4, 3), (2, 2, 2), (3, 2, 2))))
def test_equilibria_of_what_is_left_are_equilibria_of_the_whole(payoffs):
    game = Game.from_payoffs(payoffs)
    kept = survivors(game)
    whole = nash(game)
    part = nash(game.restrict(kept))
    assert len(part) == len(whole)
    for small, large in zip(part, whole, strict=True):
        lifted = [np.zeros(count) for count in game.shape]
        for vector, keep, found in zip(lifted, kept, small.strategies, strict=True):
            vector[list(keep)] = found
        assert max(oracles.regrets(payoffs, lifted)) <= 1e-9 * 3
        assert all(np.allclose(x, y) for x, y in zip(lifted, large.strategies, strict=True))


@LAW
@given(tables(((3, 3), (4, 3), (4, 4), (3, 3, 2), (5, 6)), top=9))
def test_every_option_that_stays_answers_some_belief_best(payoffs):
    # Pearce (1984), lemma 3: what no mixture dominates is a best reply to a belief.
    game = Game.from_payoffs(payoffs)
    kept = survivors(game)
    for player, keep in enumerate(kept):
        rows = np.moveaxis(payoffs[player][np.ix_(*kept)], player, 0).reshape(len(keep), -1)
        for row in range(len(keep)):
            gains = np.delete(rows, row, axis=0) - rows[row]
            assert least_mean_gain(gains) <= 1e-8


def least_mean_gain(gains):
    """Return the least, over beliefs about the columns, of the greatest mean gain of a row."""
    if not len(gains):
        return 0.0
    columns = gains.shape[1]
    answer = linprog(
        [*[0] * columns, 1],
        A_ub=np.hstack([gains, -np.ones((len(gains), 1))]),
        b_ub=np.zeros(len(gains)),
        A_eq=[[*[1] * columns, 0]],
        b_eq=[1],
        bounds=[(0, None)] * columns + [(None, None)],
    )
    return answer.fun


def test_rounding_of_large_payoffs_dominates_nothing():
    # On a level of 1e9 floats are 1e-7 apart: that a mixture gains 1e-8 is nothing.
    level = 1e9
    own = np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]]) + level
    own[2] -= 1e-7
    assert survivors(Game.from_payoffs([own, np.zeros((3, 2))]))[0] == (0, 1, 2)
    own[2] -= 1e-3
    assert survivors(Game.from_payoffs([own, np.zeros((3, 2))]))[0] == (0, 1)


def test_a_mixture_dominates_where_no_single_option_does():
    game = Game.from_payoffs([[[3, 0], [0, 3], [1, 1]], [[0, 1], [1, 0], [0, 0]]])
    assert oracles.surviving_options(game.payoffs, game.shape)[0] == [0, 1, 2]
    assert undominated(game) == (("o1", "o2"), ("o1", "o2"))


def test_three_options_together_dominate_a_fourth():
    own = np.vstack([3 * np.eye(3), np.full(3, 0.99)])
    even = np.vstack([3 * np.eye(3), np.full(3, 1.0)])
    other = np.zeros((4, 3))
    assert survivors(Game.from_payoffs([own, other]))[0] == (0, 1, 2)
    assert survivors(Game.from_payoffs([even, other]))[0] == (0, 1, 2, 3)


@pytest.mark.parametrize(("gap", "kept"), [(0, (0, 1)), (1e-6, (0,)), (-1e-6, (0, 1))])
def test_only_strict_dominance_counts(gap, kept):
    game = Game.from_payoffs([[[1, 1], [0, 1 - gap]], [[0, 0], [0, 0]]])
    assert survivors(game)[0] == kept


def test_elimination_goes_on_with_what_is_left():
    # Fudenberg and Tirole, Game Theory (1991), figure 1.1.
    game = Game.from_payoffs(
        [[[4, 5, 6], [2, 8, 3], [3, 9, 2]], [[3, 1, 2], [1, 4, 6], [0, 6, 8]]],
        options=[["U", "M", "D"], ["L", "C", "R"]],
    )
    assert undominated(game) == (("U",), ("L",))


@LAW
@given(tables(((4, 3), (3, 5), (5, 5)), top=6))
def test_a_mixture_that_never_loses_gains_what_the_prices_allow(payoffs):
    rows = payoffs[0].astype(float)
    mixture, prices = never_losing_mixture(rows, rows[0])
    gains = mixture @ rows - rows[0]
    assert mixture.sum() == pytest.approx(1)
    assert min(mixture.min(), prices.min()) >= 0
    assert gains.min() >= -1e-9
    assert ((rows - rows[0]) @ (1 + prices)).max() == pytest.approx(gains.sum(), abs=1e-9)


def test_no_mixture_may_lose_nowhere():
    assert never_losing_mixture(np.array([[1.0, 0.0]]), np.array([0.0, 1.0])) is None
