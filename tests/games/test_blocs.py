"""Two coalitions as players: whose options, whose payoffs, at which weights."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import oracles
from tests.factories import LAW, random_profile, tables, uniform_game

from counterplay.errors import GameError
from counterplay.games import Game, bloc_game

SHAPES = ((2, 2, 2, 2), (3, 2, 2), (2, 3), (2, 1, 3), (4, 3, 3, 3), (2, 2, 2, 2, 2))


def partitions(count):
    """Return every way to split the players in two, members and blocs in any order."""
    for size in range(1, count):
        for first in itertools.permutations(range(count), size):
            rest = tuple(i for i in range(count) if i not in first)
            yield first, rest
            yield first, rest[::-1]


@LAW
@given(tables(SHAPES, top=9), st.data())
def test_a_bloc_gains_the_weighted_sum_of_its_members_scaled_gains(payoffs, data):
    game = Game.from_payoffs(payoffs)
    blocs = data.draw(st.sampled_from(list(partitions(len(payoffs)))))
    weights = [data.draw(st.sampled_from([0.5, 1, 3, 0.125])) for _ in payoffs]
    view = bloc_game(game, blocs, dict(zip(game.players, weights, strict=True)))
    ranges = [oracles.spread(table, game.shape) for table in payoffs]
    start = view.profile((0, 0))
    seen = set()
    for pair in oracles.profiles(view.game.shape):
        profile = view.profile(pair)
        seen.add(profile)
        for bloc, members in enumerate(blocs):
            gain = sum(
                weights[i] / ranges[i] * (payoffs[i][profile] - payoffs[i][start]) for i in members
            )
            table = view.game.payoffs[bloc]
            assert table[pair] - table[0, 0] == pytest.approx(gain, rel=1e-12, abs=1e-12)
            assert view.game.options[bloc][pair[bloc]] == "+".join(
                game.options[i][profile[i]] for i in members
            )
    assert seen == set(oracles.profiles(game.shape))


def test_weights_are_1_where_left_out():
    game = uniform_game(0, (2, 2, 2))
    blocs = [["p1"], ["p2", "p3"]]
    assert np.array_equal(
        bloc_game(game, blocs, {"p3": 1}).game.payoffs, bloc_game(game, blocs).game.payoffs
    )
    assert bloc_game(game, blocs, {"p3": 2}).weights == (1.0, 1.0, 2.0)


def test_blocs_take_ids_and_indices_and_keep_their_order():
    game = uniform_game(0, (2, 3, 2, 2))
    view = bloc_game(game, [["p4", 1], [2, "p1"]])
    assert view.members == ((3, 1), (2, 0))
    assert view.game.players == ("p4+p2", "p3+p1")
    assert view.game.player_labels == ("p4 with p2", "p3 with p1")
    assert view.game.option_labels[0][1] == "o1; o2"
    assert view.joint[0][1] == (0, 1)
    assert view.profile((1, 2)) == (0, 1, 1, 0)
    assert view.game.payoffs.flags.writeable is False


def test_a_constant_player_counts_for_nothing():
    payoffs = [np.full((2, 2, 2), 7), *uniform_game(1, (2, 2, 2)).payoffs[1:]]
    view = bloc_game(Game.from_payoffs(payoffs), [[0, 1], [2]])
    alone = bloc_game(Game.from_payoffs(payoffs), [[0, 1], [2]], {"p1": 0})
    assert np.ptp(view.game.payoffs[0] - alone.game.payoffs[0]) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_marginals_are_each_players_own_probabilities(seed):
    game = uniform_game(seed, (2, 3, 2, 3))
    view = bloc_game(game, [[3, 0], [1, 2]])
    strategies = random_profile(np.random.default_rng(seed), view.game.shape)
    expected = [np.zeros(count) for count in game.shape]
    for pair in oracles.profiles(view.game.shape):
        profile = view.profile(pair)
        share = strategies[0][pair[0]] * strategies[1][pair[1]]
        for player, option in enumerate(profile):
            expected[player][option] += share
    for found, wanted in zip(view.marginals(strategies), expected, strict=True):
        assert found == pytest.approx(wanted, abs=1e-12)


@pytest.mark.parametrize(
    "blocs",
    [
        [],
        [["p1", "p2", "p3"]],
        [["p1"], ["p2"]],
        [["p1"], ["p2"], ["p3"]],
        [["p1", "p2", "p3"], []],
        [["p1", "p2"], ["p2", "p3"]],
        [["p1", "p1"], ["p2", "p3"]],
        [["p1", 0], ["p2", "p3"]],
    ],
)
def test_blocs_must_be_a_partition_into_two(blocs):
    with pytest.raises(GameError) as caught:
        bloc_game(uniform_game(0, (2, 2, 2)), blocs)
    assert str(caught.value) == (
        "blocs: give two groups that hold each of p1, p2, p3 exactly once"
    )


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"p9": 1}, "weights: no 'p9'; the players are p1, p2, p3"),
        ({"p1": -1}, "weights.p1: -1 is not a number from 0 to 1,000,000"),
        ({"p2": float("nan")}, "weights.p2: nan is not a number from 0 to 1,000,000"),
        ({"p2": float("inf")}, "weights.p2: inf is not a number from 0 to 1,000,000"),
        ({"p3": 1e7}, "weights.p3: 10000000.0 is not a number from 0 to 1,000,000"),
        ({"p1": 0}, "weights: at least one member of each bloc needs a weight above 0"),
        ({"p2": 0, "p3": 0}, "weights: at least one member of each bloc needs a weight above 0"),
    ],
)
def test_weights_that_cannot_be_used_are_refused(weights, message):
    with pytest.raises(GameError) as caught:
        bloc_game(uniform_game(0, (2, 2, 2)), [["p1"], ["p2", "p3"]], weights)
    assert str(caught.value) == message


def test_an_unknown_player_and_too_many_joint_options_are_refused():
    with pytest.raises(GameError, match="player: no 'p9'"):
        bloc_game(uniform_game(0, (2, 2)), [["p1"], ["p9"]])
    wide = Game.from_payoffs([np.zeros((32, 32, 2, 1))] * 4)
    with pytest.raises(GameError, match="blocs: more than 1024 joint options in a bloc"):
        bloc_game(wide, [[0, 1, 2], [3]])
    assert bloc_game(wide, [[0, 1], [2, 3]]).game.shape == (1024, 2)
