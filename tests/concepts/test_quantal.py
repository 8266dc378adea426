"""Logit quantal response: fixed points solved independently, folds, pitchforks, and laws."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from scipy.optimize import brentq
from scipy.special import expit, softmax
from tests import oracles
from tests.factories import LAW, SMALL_SHAPES, tables, uniform_game

from counterplay.concepts.quantal import quantal
from counterplay.concepts.quantal_branch import quantal_branch
from counterplay.errors import GameError
from counterplay.games import Game

# Row's and column's payoffs for top and bottom against left and right.
PENNIES = {
    "ochs_9": ([[9, 0], [0, 1]], [[0, 1], [1, 0]]),  # Ochs (1995), McKelvey and Palfrey (1995)
    "ochs_4": ([[4, 0], [0, 1]], [[0, 1], [1, 0]]),
    "goeree_holt_320": ([[320, 40], [40, 80]], [[40, 80], [80, 40]]),  # Goeree and Holt (2001)
    "goeree_holt_44": ([[44, 40], [40, 80]], [[40, 80], [80, 40]]),
}


def pennies_response(row, column, precision):
    """Solve the one equation that is left when the column player's response is put in."""
    a, b = np.array(row, dtype=float), np.array(column, dtype=float)

    def left(top):
        return expit(precision * (np.array([top, 1 - top]) @ (b[:, 0] - b[:, 1])))

    def gap(top):
        against = np.array([left(top), 1 - left(top)])
        return top - expit(precision * ((a[0] - a[1]) @ against))

    top = brentq(gap, 0, 1, xtol=1e-16, rtol=1e-15)
    return top, left(top)


def three_hunters(share):
    """Make a stag hunt of three: the stag pays 1 if all hunt it, the hare `share` for sure."""
    tables = np.zeros((3, 2, 2, 2))
    for profile in itertools.product(range(2), repeat=3):
        for player, option in enumerate(profile):
            tables[(player, *profile)] = share if option else float(sum(profile) == 0)
    return Game.from_payoffs(list(tables))


def largest_residual(game, precision, strategies):
    found = 0.0
    for player, vector in enumerate(strategies):
        values = np.array(oracles.reply_values(game.payoffs, strategies, player), dtype=float)
        found = max(found, np.abs(softmax(precision * values) - vector).max())
    return found


@pytest.mark.parametrize("name", PENNIES)
@pytest.mark.parametrize("relative", [0.01, 0.3, 1, 4, 30, 400])
def test_generalised_matching_pennies(name, relative):
    row, column = PENNIES[name]
    precision = relative / np.ptp(row)
    response = quantal(Game.from_payoffs([row, column]), precision)
    top, left = pennies_response(row, column, precision)
    assert response.strategies[0] == pytest.approx([top, 1 - top], abs=1e-12)
    assert response.strategies[1] == pytest.approx([left, 1 - left], abs=1e-12)
    assert response.residual < 1e-12


def test_one_player_responds_to_payoffs_alone():
    response = quantal(Game.from_payoffs([[1.0, 2.0, 4.0]]), 0.7)
    assert response.strategies[0] == pytest.approx(softmax([0.7, 1.4, 2.8]), abs=1e-15)
    assert response.payoffs[0] == pytest.approx(softmax([0.7, 1.4, 2.8]) @ [1, 2, 4])
    assert response.regret == pytest.approx(4 - response.payoffs[0])


def test_hawk_and_dove_keep_to_the_symmetric_branch():
    game = Game.from_payoffs([[[-1, 4], [0, 2]], [[-1, 0], [4, 2]]])
    precisions = [0.2, 1.0, 1.7, 2.5, 10.0, 300.0]
    for precision, response in zip(precisions, quantal(game, precisions), strict=True):
        hawk = brentq(lambda x, p=precision: x - expit(p * (2 - 3 * x)), 0, 1, xtol=1e-16)
        for vector in response.strategies:
            assert vector == pytest.approx([hawk, 1 - hawk], abs=1e-12)


@pytest.mark.parametrize("precision", [0.5, 1.999, 2.0, 2.001, 7.0, 1e6])
def test_symmetric_coordination_passes_the_pitchfork(precision):
    """Other branches meet the principal one at precision 2, where the equations are singular."""
    game = Game.from_payoffs([np.eye(2), np.eye(2)])
    response = quantal(game, precision)
    assert np.concatenate(response.strategies) == pytest.approx([0.5] * 4, abs=1e-12)
    assert quantal_branch(game).limit.support == (("o1", "o2"), ("o1", "o2"))


def test_where_the_branch_folds_the_first_crossing_is_taken():
    share = 0.249
    game = three_hunters(share)

    def height(stag):
        return np.log(stag / (1 - stag)) / (stag**2 - share)

    top = max(np.linspace(0.5001, 0.6, 10_000), key=height)
    foot = min(np.linspace(top, 0.9, 10_000), key=height)
    assert height(foot) < 3.6 < height(top) < 3.8
    for precision, bounds, folds in [
        (1.0, (0.5, top), 0),
        (3.6, (0.5, top), 0),
        (height(top) - 1e-4, (0.5, top), 0),
        (3.8, (foot, 0.999), 2),
        (30.0, (foot, 1 - 1e-15), 2),
    ]:
        stag = brentq(lambda x, p=precision: height(x) - p, *bounds, xtol=1e-16)
        response = quantal(game, precision)
        for vector in response.strategies:
            assert vector[0] == pytest.approx(stag, abs=1e-9)
        assert response.folds == folds
    assert quantal_branch(game).folds == 2


@pytest.mark.parametrize("shape", [(3, 4), (2, 2, 2), (3, 1, 3), (2, 3, 2, 2)], ids=str)
def test_responses_are_fixed_points(shape):
    for seed in range(4):
        game = uniform_game(seed, shape)
        precisions = [0.0, 0.01, 0.1, 1.0, 20.0]
        for precision, response in zip(precisions, quantal(game, precisions), strict=True):
            assert response.precision == precision
            found = largest_residual(game, precision, response.strategies)
            assert found < 1e-11
            assert response.residual < 1e-11
            assert response.payoffs == pytest.approx(game.payoff(response.strategies))
            assert response.regret == pytest.approx(game.regret(response.strategies).max())


def test_very_large_precisions():
    row, column = PENNIES["ochs_9"]
    response = quantal(Game.from_payoffs([row, column]), 1e6)
    assert response.residual < 1e-8
    assert response.strategies[1] == pytest.approx([0.1, 0.9], abs=1e-6)
    farther = quantal(Game.from_payoffs([row, column]), 1e300)
    assert farther.strategies[1] == pytest.approx([0.1, 0.9], abs=1e-9)
    pure = quantal(Game.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]]), 1e6)
    assert pure.strategies[0].tolist() == [0.0, 1.0]
    assert pure.residual == 0


@pytest.mark.parametrize("unit", [1e-300, 1e-7, 1.0, 1e9, 1e300])
def test_the_unit_of_payoffs_only_moves_precision(unit):
    row, column = PENNIES["ochs_4"]
    game = Game.from_payoffs([np.array(row) * unit, np.array(column) * unit])
    response = quantal(game, 2.0 / unit)
    top, left = pennies_response(row, column, 2.0)
    assert response.strategies[0][0] == pytest.approx(top, abs=1e-12)
    assert response.strategies[1][0] == pytest.approx(left, abs=1e-12)
    branch = quantal_branch(game)
    assert branch.limit.strategies[1] == pytest.approx([0.2, 0.8])


def test_players_whose_payoffs_differ_in_size_by_all_floats_can_hold():
    """The first player is perfectly precise long before the second notices its payoffs."""
    first = np.array([[1.0, 1.0], [0.0, 0.0]]) * 1e300
    game = Game.from_payoffs([first, np.array([[1.0, 0.0], [0.0, 0.0]]) * 1e-10])
    response = quantal(game, 2e10)
    assert response.strategies[0].tolist() == [1.0, 0.0]
    assert response.strategies[1][0] == pytest.approx(expit(2.0), abs=1e-12)


@given(tables())
@LAW
def test_play_is_uniform_at_first_and_hardly_regretted_at_last(payoffs):
    game = Game.from_payoffs(list(payoffs))
    first, middle, last = quantal(game, [0, 1.5, 1e4])
    for vector, count in zip(first.strategies, game.shape, strict=True):
        assert vector == pytest.approx([1 / count] * count, abs=1e-15)
    assert min(vector.min() for vector in middle.strategies) > 0
    assert largest_residual(game, 1.5, middle.strategies) < 1e-11
    # The expected loss of a logit response is at most log(options) / precision.
    assert last.regret <= np.log(max(game.shape)) / 1e4 + 1e-12


@pytest.mark.parametrize("seed", range(4))
def test_relabelling_permutes_the_response(seed):
    game = uniform_game(seed, (2, 3, 4))
    swapped = game.payoffs.transpose(0, 3, 1, 2)[[2, 0, 1]][:, ::-1]
    plain, turned = quantal(game, 0.2), quantal(Game.from_payoffs(list(swapped)), 0.2)
    assert turned.strategies[0] == pytest.approx(plain.strategies[2][::-1], abs=1e-12)
    assert turned.strategies[1] == pytest.approx(plain.strategies[0], abs=1e-12)
    assert turned.strategies[2] == pytest.approx(plain.strategies[1], abs=1e-12)


def test_a_sequence_gives_a_tuple_in_its_order():
    game = uniform_game(3, (3, 3))
    precisions = [0.5, 0.0, 0.02, 0.5]
    responses = quantal(game, precisions)
    assert isinstance(responses, tuple)
    assert [r.precision for r in responses] == precisions
    for precision, response in zip(precisions, responses, strict=True):
        single = quantal(game, precision)
        assert np.concatenate(response.strategies) == pytest.approx(
            np.concatenate(single.strategies), abs=1e-12
        )
    assert quantal(game, []) == ()


@pytest.mark.parametrize("wrong", [-1.0, np.nan, np.inf, "high", None, [1.0, -2.0]])
def test_precisions_that_make_no_sense_are_refused(wrong):
    with pytest.raises(GameError, match=r"precision: .*finite number of 0 or more"):
        quantal(uniform_game(0, (2, 2)), wrong)
    with pytest.raises(GameError, match=r"largest_precision: .*finite number"):
        quantal_branch(uniform_game(0, (2, 2)), 0.0 if wrong in (None, "high") else wrong)


@pytest.mark.parametrize("shape", [s for s in SMALL_SHAPES if max(s) > 1], ids=str)
def test_the_branch(shape):
    game = uniform_game(1, shape)
    branch = quantal_branch(game)
    count = len(branch.precision)
    assert branch.payoffs.shape == (count, len(shape))
    assert [x.shape for x in branch.strategies] == [(count, m) for m in shape]
    assert branch.precision[0] == 0
    for k in range(0, count, 5):
        profile = [vectors[k] for vectors in branch.strategies]
        tolerance = 1e-10 + 1e-11 * branch.precision[k]
        assert largest_residual(game, branch.precision[k], profile) < tolerance
    assert game.regret(branch.limit.strategies).max() <= 1e-9 * game.ranges.max()
    for vectors, limit in zip(branch.strategies, branch.limit.strategies, strict=True):
        assert vectors[-1] == pytest.approx(limit, abs=1e-3)


def test_the_branch_ends_where_it_is_told_to():
    branch = quantal_branch(three_hunters(0.249), 3.79)
    assert branch.precision[-1] == pytest.approx(3.79, rel=1e-12)
    assert branch.precision[:-1].max() < 3.79
    assert branch.limit.profile == (0, 0, 0)
