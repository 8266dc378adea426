"""Best replies and margins: exact where payoffs are rational, forgiving of rounding elsewhere."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import oracles
from tests.factories import LAW, tables

from counterplay.games import Game, best_replies, margins, sole_replies


def without_exact(payoffs):
    """Return the game of a scenario whose formulas are not rational."""
    game = Game.from_payoffs(payoffs)
    return Game(game.payoffs, game.players, game.options, game.player_labels, game.option_labels)


def replies_by_loops(payoffs, shape, player):
    table = payoffs[player]
    mask = np.zeros(shape, dtype=bool)
    for profile in oracles.profiles(shape):
        line = [
            table[(*profile[:player], k, *profile[player + 1 :])] for k in range(shape[player])
        ]
        mask[profile] = table[profile] == max(line)
    return mask


@LAW
@given(tables())
def test_best_replies_are_those_of_plain_loops(payoffs):
    game = Game.from_payoffs(payoffs)
    masks, sole = best_replies(game), sole_replies(best_replies(game))
    for player in range(len(game.shape)):
        expected = replies_by_loops(payoffs, game.shape, player)
        assert np.array_equal(masks[player], expected)
        count = expected.sum(axis=player, keepdims=True)
        assert np.array_equal(sole[player], expected & (count == 1))
    assert np.array_equal(masks, best_replies(without_exact(payoffs)))


@LAW
@given(tables(), st.data())
def test_margins_are_least_losses(payoffs, data):
    game = Game.from_payoffs(payoffs)
    profile = data.draw(st.sampled_from(list(oracles.profiles(game.shape))))
    for player, margin in enumerate(margins(game, profile)):
        losses = [
            payoffs[player][profile]
            - payoffs[player][(*profile[:player], k, *profile[player + 1 :])]
            for k in range(game.shape[player])
            if k != profile[player]
        ]
        assert margin == (min(losses) if losses else np.inf)


def test_a_gap_far_below_rounding_is_seen_in_exact_payoffs():
    big = 10**17
    game = Game.from_payoffs([[[big, big + 1]], [[0, 0]]])
    assert game.payoffs[0][0, 0] == game.payoffs[0][0, 1]
    turned = Game.from_payoffs([[[big], [big + 1]], [[0], [0]]])
    assert best_replies(turned)[0].ravel().tolist() == [False, True]
    assert margins(turned, (1, 0)).tolist() == [1, np.inf]
    assert margins(turned, (0, 0)).tolist() == [-1, np.inf]


@pytest.mark.parametrize("gap", [Fraction(1, 10**9), Fraction(1, 10**12), Fraction(1, 10**30)])
@pytest.mark.parametrize("scale", [1, 10**6, Fraction(1, 10**9)])
def test_every_exact_gap_decides(gap, scale):
    low, high = scale, scale * (1 + gap)
    game = Game.from_payoffs([[[low, 0], [high, 0]], [[0, 0], [0, 0]]])
    assert best_replies(game)[0][:, 0].tolist() == [False, True]
    assert best_replies(game)[0][:, 1].tolist() == [True, True]
    assert margins(game, (1, 0))[0] == pytest.approx(float(high - low), rel=1e-6)


def test_rounding_alone_decides_nothing():
    payoffs = [[[0.1 + 0.2, 0], [0.3, 1]], [[1, 0], [0, 1]]]
    assert payoffs[0][0][0] > payoffs[0][1][0]
    assert best_replies(without_exact(payoffs))[0][:, 0].tolist() == [True, True]
    assert margins(without_exact(payoffs), (1, 0))[0] == 0
    # Without formulas the two numbers are what they print as, and these differ.
    assert best_replies(Game.from_payoffs(payoffs))[0][:, 0].tolist() == [True, False]


@pytest.mark.parametrize("scale", [1e-300, 1e-13, 1.0, 1e6, 1e300])
@pytest.mark.parametrize("offset", [0, 3, 1000])
def test_ties_without_exact_payoffs_do_not_depend_on_the_unit(scale, offset):
    table = (np.array([[2, 1], [2, 0], [1, 1]]) + offset) * scale
    game = without_exact([table, table])
    expected = [[True, True], [True, False], [False, True]]
    assert best_replies(game)[0].tolist() == expected
    assert margins(game, (0, 0))[0] == 0
    assert margins(game, (2, 0))[0] < 0


@pytest.mark.parametrize("offset", [1e9, 1e13])
def test_a_large_offset_makes_no_ties_of_large_gaps(offset):
    table = np.array([[2.0, 1.0], [0.0, 1.0]]) + offset
    game = without_exact([table, table])
    assert best_replies(game)[0].tolist() == [[True, True], [False, True]]
    assert margins(game, (1, 0))[0] == -2


def test_a_player_without_a_choice_has_an_infinite_margin():
    game = Game.from_payoffs([[[1, 2]], [[1, 2]]])
    assert margins(game, (0, 1)).tolist() == [np.inf, 1]
    assert best_replies(game)[0].all()
