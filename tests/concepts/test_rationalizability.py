"""Rationalizable options: what stays answers a belief, what goes answers none."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from tests.factories import LAW, SMALL_SHAPES, tables, tied_payoffs, uniform_game

from counterplay.concepts import nash, undominated
from counterplay.concepts.rationalizability import rationalizable
from counterplay.errors import GameError
from counterplay.games import Game

WIDE = (*SMALL_SHAPES, (4, 2), (5, 3), (4, 4))


def mean_payoffs(table, player, belief):
    """Return what each option of `player` pays on average, by plain loops."""
    means = np.zeros(table.shape[player])
    for profile in itertools.product(*map(range, table.shape)):
        others = profile[:player] + profile[player + 1 :]
        means[profile[player]] += belief[others] * float(table[profile])
    return means


@LAW
@given(tables(WIDE, top=6))
def test_every_option_kept_is_a_best_reply_to_its_belief(payoffs):
    game = Game.from_payoffs(payoffs)
    found = rationalizable(game)
    kept = [
        (player, option)
        for player, keep in zip(game.players, found.kept, strict=True)
        for option in keep
    ]
    assert [(belief.player, belief.option) for belief in found.beliefs] == kept
    for belief in found.beliefs:
        player = game.player_index(belief.player)
        means = mean_payoffs(payoffs[player], player, belief.distribution)
        own = means[game.option_index(player, belief.option)]
        assert belief.distribution.min() >= 0
        assert belief.distribution.sum() == pytest.approx(1, abs=1e-12)
        assert means.max() - own <= 1e-9 * max(np.ptp(payoffs[player]), 1)
        assert belief.regret == pytest.approx(means.max() - own, abs=1e-9)


@LAW
@given(tables(WIDE, top=6))
def test_beliefs_are_about_what_is_kept(payoffs):
    game = Game.from_payoffs(payoffs)
    found = rationalizable(game)
    for belief in found.beliefs:
        player = game.player_index(belief.player)
        others = [i for i in range(len(game.players)) if i != player]
        for axis, other in enumerate(others):
            gone = [k for k, o in enumerate(game.options[other]) if o not in found.kept[other]]
            assert np.take(belief.distribution, gone, axis=axis).sum() == 0


@LAW
@given(tables(WIDE, top=6))
def test_they_are_the_undominated_ones(payoffs):
    game = Game.from_payoffs(payoffs)
    found = rationalizable(game)
    assert found.kept == found.elimination.kept == undominated(game)


@LAW
@given(tables(((2, 2), (3, 3), (2, 2, 2)), top=3))
def test_whatever_an_equilibrium_plays_is_rationalizable(payoffs):
    game = Game.from_payoffs(payoffs)
    kept = rationalizable(game).kept
    for equilibrium in nash(game):
        for used, keep in zip(equilibrium.support, kept, strict=True):
            assert set(used) <= set(keep)


def test_bernheim():
    # Bernheim (1984); Osborne and Rubinstein (1994), figure 56.1: the last option of each goes.
    game = Game.from_payoffs(
        [
            [[0, 2, 7, 0], [5, 3, 5, 0], [7, 2, 0, 0], [0, 0, 0, 10]],
            [[7, 5, 0, 1], [2, 3, 2, 1], [0, 5, 7, 1], [0, -2, 0, -1]],
        ],
        options=[["a1", "a2", "a3", "a4"], ["b1", "b2", "b3", "b4"]],
    )
    found = rationalizable(game)
    assert found.kept == (("a1", "a2", "a3"), ("b1", "b2", "b3"))
    assert [(step.player, step.option) for step in found.elimination.steps] == [
        ("p2", "b4"),
        ("p1", "a4"),
    ]
    assert set(found.elimination.steps[0].by) == {"b1", "b3"}


def test_a_belief_that_correlates_the_others():
    # Osborne and Rubinstein (1994), figure 58.1, after Pearce (1984): the second matrix answers
    # only the belief that the others' choices go together.
    matrices = [[[8, 0], [0, 0]], [[4, 0], [0, 4]], [[0, 0], [0, 8]], [[3, 3], [3, 3]]]
    payoffs = np.stack([np.moveaxis(np.array(matrices), 0, 2)] * 3)
    game = Game.from_payoffs(payoffs, options=[["U", "D"], ["L", "R"], ["M1", "M2", "M3", "M4"]])
    found = rationalizable(game)
    assert found.kept == game.options
    (belief,) = [b for b in found.beliefs if b.option == "M2"]
    assert belief.distribution == pytest.approx(np.array([[0.5, 0], [0, 0.5]]))
    assert belief.words(game) == (
        "p3 may choose 'M2': it is a best reply if p1 chooses 'U' and p2 chooses 'L' with "
        "probability 0.5, or p1 chooses 'D' and p2 chooses 'R' with probability 0.5."
    )


def test_the_belief_told_is_the_one_that_speaks_most_for_the_option():
    game = Game.from_payoffs([[[1, 5, 0], [0, 0, 1]], np.zeros((2, 3))])
    assert rationalizable(game).beliefs[0].distribution.tolist() == [0, 1, 0]


def test_one_player_has_nobody_to_think_of():
    found = rationalizable(Game.from_payoffs([[1, 3, 3]]))
    assert found.kept == (("o2", "o3"),)
    assert [belief.distribution.shape for belief in found.beliefs] == [(), ()]
    assert all(belief.distribution == 1 for belief in found.beliefs)


def test_the_reasons_can_be_read_aloud():
    labelled = replace(
        Game.from_payoffs([[[3, 0], [0, 3], [2, 2], [-1, -2]], np.zeros((4, 2))]),
        player_labels=("North", "South"),
        option_labels=(("go", "stay", "wait", "leave"), ("hill", "dale")),
    )
    found = rationalizable(labelled)
    words = found.words(labelled)
    assert words[:1] == found.elimination.words(labelled)
    assert words[1:] == (
        "North may choose 'go': it is a best reply if South chooses 'hill'.",
        "North may choose 'stay': it is a best reply if South chooses 'dale'.",
        "North may choose 'wait': it is a best reply if South chooses 'hill' with probability "
        "0.667, or South chooses 'dale' with probability 0.333.",
        "South may choose 'hill': it is a best reply if North chooses 'go'.",
        "South may choose 'dale': it is a best reply if North chooses 'go'.",
    )


def test_alone_the_reason_is_what_pays_most():
    game = Game.from_payoffs([[1, 3, 3]])
    assert rationalizable(game).words(game)[1:] == (
        "p1 may choose 'o2': nothing pays more.",
        "p1 may choose 'o3': nothing pays more.",
    )


@LAW
@given(tables(WIDE, top=6))
def test_every_option_that_goes_or_stays_has_a_sentence(payoffs):
    game = Game.from_payoffs(payoffs)
    assert len(rationalizable(game).words(game)) == sum(game.shape)


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (uniform_game(1, (2, 2)), "option: p1 has no 'o3'"),
        (uniform_game(1, (3, 3)), "game: not the one"),
        (uniform_game(1, (3,)), "game: not the one"),
        ("chicken", "game: this is a str; give a Game"),
    ],
)
def test_words_are_about_one_game(other, message):
    game = Game.from_payoffs([[[3, 0], [0, 3], [2, 2]], np.zeros((3, 2))])
    with pytest.raises(GameError, match=message):
        rationalizable(game).words(other)


@pytest.mark.parametrize("shape", [(1,), (3,), (1, 1), (2, 1), (3, 3), (2, 2, 2)], ids=str)
@pytest.mark.parametrize("scale", [0.0, 1e-300, 1e300])
def test_extreme_payoffs(shape, scale):
    game = Game.from_payoffs(np.array(tied_payoffs(1, shape)) * scale)
    found = rationalizable(game)
    for belief in found.beliefs:
        player = game.player_index(belief.player)
        assert belief.regret <= 1e-9 * game.ranges[player]


def test_two_players_with_many_options():
    assert all(b.regret <= 1e-7 for b in rationalizable(uniform_game(1, (32, 32))).beliefs)
