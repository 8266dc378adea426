"""Traces of elimination: every step holds in exact arithmetic, and reads as a sentence."""

import itertools
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import LAW, SMALL_SHAPES, tables, tied_payoffs, uniform_game

from counterplay.concepts import nash, undominated
from counterplay.concepts.elimination import iterated_strict_dominance, iterated_weak_dominance
from counterplay.games import Game

WIDE = (*SMALL_SHAPES, (4, 2), (5, 3), (4, 4))


def rounds(game, trace):
    """Yield each step with the options, as indices, that were there when its round began."""
    kept = [list(range(count)) for count in game.shape]
    for _, steps in itertools.groupby(trace.steps, key=lambda step: step.round):
        before = [list(keep) for keep in kept]
        for step in steps:
            yield step, before
            player = game.player_index(step.player)
            kept[player].remove(game.option_index(player, step.option))
    ids = tuple(
        tuple(names[k] for k in keep) for names, keep in zip(game.options, kept, strict=True)
    )
    assert ids == trace.kept


def exact_gains(payoffs, game, step, kept):
    """Return what the mixture pays more than the option, against all that the others can do."""
    player = game.player_index(step.player)
    option = game.option_index(player, step.option)
    others = [keep if i != player else [option] for i, keep in enumerate(kept)]
    for profile in itertools.product(*others):
        mixture = sum(
            share
            * Fraction(int(payoffs[player][swap(profile, player, game.option_index(player, k))]))
            for k, share in step.by.items()
        )
        yield mixture - Fraction(int(payoffs[player][profile]))


def swap(profile, player, option):
    return (*profile[:player], option, *profile[player + 1 :])


@LAW
@given(tables(WIDE, top=6))
def test_every_strict_step_holds_exactly(payoffs):
    game = Game.from_payoffs(payoffs)
    for step, kept in rounds(game, iterated_strict_dominance(game)):
        gains = list(exact_gains(payoffs, game, step, kept))
        assert sum(step.by.values()) == 1
        assert all(isinstance(share, Fraction) and share > 0 for share in step.by.values())
        assert min(gains) > 0
        assert step.margin == float(min(gains))
        assert step.narrowed == any(
            len(keep) < count
            for i, (keep, count) in enumerate(zip(kept, game.shape, strict=True))
            if i != game.player_index(step.player)
        )


@LAW
@given(tables(WIDE, top=3))
def test_every_weak_step_holds_exactly(payoffs):
    game = Game.from_payoffs(payoffs)
    for step, kept in rounds(game, iterated_weak_dominance(game)):
        gains = list(exact_gains(payoffs, game, step, kept))
        assert sum(step.by.values()) == 1
        assert min(gains) >= 0
        assert max(gains) > 0
        assert step.margin == float(min(gains))


@LAW
@given(tables(WIDE, top=6))
def test_what_is_kept_is_what_is_undominated(payoffs):
    game = Game.from_payoffs(payoffs)
    assert iterated_strict_dominance(game).kept == undominated(game)


@LAW
@given(tables(WIDE, top=3))
def test_weak_dominance_removes_at_least_what_strict_dominance_does(payoffs):
    game = Game.from_payoffs(payoffs)
    weak, strict = iterated_weak_dominance(game).kept, iterated_strict_dominance(game).kept
    assert all(set(w) <= set(s) for w, s in zip(weak, strict, strict=True))
    assert all(weak)


@LAW
@given(tables(((2, 2), (3, 3), (2, 2, 2)), top=2))
def test_an_equilibrium_outlasts_weak_dominance(payoffs):
    # Osborne and Rubinstein (1994), section 4.3: of what is left, every equilibrium is one of all.
    game = Game.from_payoffs(payoffs)
    kept = [
        [names.index(option) for option in keep]
        for names, keep in zip(game.options, iterated_weak_dominance(game).kept, strict=True)
    ]
    for equilibrium in nash(game.restrict(kept)):
        whole = [np.zeros(count) for count in game.shape]
        for vector, keep, found in zip(whole, kept, equilibrium.strategies, strict=True):
            vector[keep] = found
        assert game.regret(whole).max() <= 1e-8


@LAW
@given(tables(WIDE, top=4), st.data())
def test_names_and_scales_do_not_matter(payoffs, data):
    renamed = [data.draw(st.permutations(range(count))) for count in payoffs.shape[1:]]
    scale = data.draw(st.sampled_from([Fraction(1, 3), Fraction(10**9), Fraction(7)]))
    cells = payoffs[np.ix_(range(len(payoffs)), *renamed)].astype(object) * scale - 5
    options = [[f"o{k + 1}" for k in order] for order in renamed]
    first, second = Game.from_payoffs(payoffs), Game.from_payoffs(cells, options=options)
    for eliminate in (iterated_strict_dominance, iterated_weak_dominance):
        plain, moved = eliminate(first), eliminate(second)
        assert list(map(set, plain.kept)) == list(map(set, moved.kept))
        assert {(s.round, s.player, s.option) for s in plain.steps} == {
            (s.round, s.player, s.option) for s in moved.steps
        }


def labelled(payoffs, players, options):
    game = Game.from_payoffs(payoffs)
    return replace(game, player_labels=tuple(players), option_labels=tuple(map(tuple, options)))


class TestWords:
    def test_a_single_option(self):
        game = labelled(
            [[[1.0, 0.6], [0.6, 0.2]], [[0, 1], [1, 0]]],
            ["Moscow", "Seoul"],
            [["conventional technology", "no payment"], ["arms", "no arms"]],
        )
        assert iterated_strict_dominance(game).words(game)[0] == (
            "Moscow never chooses 'no payment': 'conventional technology' pays more whatever "
            "Seoul does, by at least 0.4 points."
        )

    def test_what_the_others_can_still_do(self):
        # Fudenberg and Tirole, Game Theory (1991), figure 1.1.
        game = labelled(
            [[[4, 5, 6], [2, 8, 3], [3, 9, 2]], [[3, 1, 2], [1, 4, 6], [0, 6, 8]]],
            ["Row", "Column"],
            ["UMD", "LCR"],
        )
        trace = iterated_strict_dominance(game)
        assert [(s.round, s.option, dict(s.by)) for s in trace.steps] == [
            (1, "o2", {"o3": 1}),
            (2, "o2", {"o1": 1}),
            (2, "o3", {"o1": 1}),
            (3, "o3", {"o1": 1}),
        ]
        assert trace.words(game)[1] == (
            "Row never chooses 'M': 'U' pays more whatever Column can still do, by at least "
            "2 points."
        )

    def test_a_mixture_with_three_players(self):
        payoffs = np.zeros((3, 3, 2, 2))
        payoffs[0] = np.array([[3, 0], [0, 3], [1, 1]])[..., None]
        game = labelled(payoffs, "ABC", [["left", "right", "wait"], "ab", "cd"])
        assert iterated_strict_dominance(game).words(game) == (
            "A never chooses 'wait': mixing 'left' (1/2) and 'right' (1/2) pays more on average "
            "whatever the others do, by at least 0.5 points.",
        )

    def test_weak_dominance_is_told_as_such(self):
        game = labelled([[[1, 1], [1, 0]], [[0, 0], [0, 0]]], ["A", "B"], [["x", "y"], "ab"])
        assert iterated_weak_dominance(game).words(game) == (
            "A has no reason to choose 'y': 'x' never pays less whatever B does, and sometimes "
            "pays more.",
        )

    def test_one_player(self):
        game = labelled([[3, 1]], ["A"], [["x", "y"]])
        assert iterated_strict_dominance(game).words(game) == (
            "A never chooses 'y': 'x' pays more, by at least 2 points.",
        )


class TestCases:
    def test_single_options_are_named_before_mixtures(self):
        own = [[4, 0], [0, 4], [1, 1], [0, -1]]
        trace = iterated_strict_dominance(Game.from_payoffs([own, np.zeros((4, 2))]))
        assert [(s.round, s.option, dict(s.by)) for s in trace.steps] == [
            (1, "o4", {"o1": 1}),
            (2, "o3", {"o1": Fraction(1, 2), "o2": Fraction(1, 2)}),
        ]
        assert not any(step.narrowed for step in trace.steps)

    def test_what_dominates_outlasts_the_round(self):
        own = [[1, 1], [2, 2], [3, 3]]
        trace = iterated_strict_dominance(Game.from_payoffs([own, np.zeros((3, 2))]))
        assert [(s.option, dict(s.by)) for s in trace.steps] == [
            ("o1", {"o3": 1}),
            ("o2", {"o3": 1}),
        ]

    def test_what_dominates_weakly_outlasts_the_round(self):
        own = [[0, 0], [0, 1], [0, 2]]
        trace = iterated_weak_dominance(Game.from_payoffs([own, np.zeros((3, 2))]))
        assert [(s.option, dict(s.by)) for s in trace.steps] == [
            ("o1", {"o3": 1}),
            ("o2", {"o3": 1}),
        ]

    def test_a_mixture_that_falls_short_by_a_hair_does_not_dominate(self):
        for more, gone in ((0, ["o3"]), (Fraction(1, 10**13), [])):
            own = [[3, 0, 1], [0, 3, 1], [Fraction(3, 2) + more, Fraction(3, 2), 0]]
            trace = iterated_weak_dominance(Game.from_payoffs([own, np.zeros((3, 3))]))
            assert [step.option for step in trace.steps] == gone

    def test_shares_are_as_simple_as_they_may_be(self):
        # Only shares of the first option strictly between 1/3 and 2/5 dominate.
        own = [[30, 0], [0, 30], [10, 18]]
        (step,) = iterated_strict_dominance(Game.from_payoffs([own, np.zeros((3, 2))])).steps
        assert Fraction(1, 3) < step.by["o1"] < Fraction(2, 5)
        assert step.by["o1"].denominator <= 20

    def test_weak_dominance_by_one_exact_mixture_only(self):
        # Thirds, and nothing else, never pay less than the last option.
        own = [[3, 0, 0], [0, 3, 0], [0, 0, 3], [1, 1, 1]]
        even = Game.from_payoffs([own, np.zeros((4, 3))])
        assert iterated_weak_dominance(even).steps == ()
        more = [[*row, 1] for row in own[:3]] + [[1, 1, 1, 0]]
        (step,) = iterated_weak_dominance(Game.from_payoffs([more, np.zeros((4, 4))])).steps
        assert step.by == dict.fromkeys(["o1", "o2", "o3"], Fraction(1, 3))

    def test_duplicates_stay(self):
        game = Game.from_payoffs([[[1, 2], [1, 2]], [[0, 0], [0, 0]]])
        assert iterated_weak_dominance(game).kept == (("o1", "o2"), ("o1", "o2"))

    def test_the_second_price_auction(self):
        # Vickrey (1961): to bid one's worth, here 2, weakly dominates.
        bids = range(4)
        own = [[(2 - b) * (a > b) for b in bids] for a in bids]
        game = Game.from_payoffs([own, np.array(own).T])
        kept = iterated_weak_dominance(game).kept
        assert all("o3" in keep for keep in kept)
        assert iterated_strict_dominance(game).steps == ()

    def test_decimals_are_weighed_as_written(self):
        tie = Game.from_payoffs([[[0.3, 1], [Fraction(3, 10), 1]], np.zeros((2, 2))])
        assert iterated_weak_dominance(tie).steps == ()
        more = Game.from_payoffs([[[0.1 + 0.2, 1], [0.3, 1]], np.zeros((2, 2))])
        assert [step.option for step in iterated_weak_dominance(more).steps] == ["o2"]

    def test_without_exact_payoffs_shares_are_floats(self):
        plain = Game.from_payoffs([[[3, 0], [0, 3], [1, 1]], [[0, 1], [1, 0], [0, 0]]])
        game = replace(plain, exact_source=None)
        trace = iterated_strict_dominance(game)
        assert trace.kept == undominated(game) == (("o1", "o2"), ("o1", "o2"))
        (step,) = trace.steps
        assert step.by == pytest.approx({"o1": 0.5, "o2": 0.5})
        assert step.margin == pytest.approx(0.5)
        assert "mixing 'o1' (0.5) and 'o2' (0.5)" in trace.words(game)[0]
        weak = replace(Game.from_payoffs([[[1, 1], [1, 0]], np.zeros((2, 2))]), exact_source=None)
        assert [(s.option, s.margin) for s in iterated_weak_dominance(weak).steps] == [("o2", 0)]


@pytest.mark.parametrize("shape", [(1,), (3,), (1, 1), (2, 1), (3, 3), (2, 2, 2)], ids=str)
@pytest.mark.parametrize("scale", [0.0, 1e-320, 1e-300, 1e300, 2e307])
def test_extreme_payoffs(shape, scale):
    plain = np.array(tied_payoffs(1, shape))
    game = Game.from_payoffs(plain * scale)
    for eliminate in (iterated_strict_dominance, iterated_weak_dominance):
        expected = eliminate(Game.from_payoffs(plain * (scale > 0))).kept
        assert eliminate(game).kept == expected
        assert len(eliminate(game).words(game)) == len(eliminate(game).steps)


def test_two_players_with_many_options():
    game = uniform_game(1, (32, 32))
    assert iterated_strict_dominance(game).kept == undominated(game)
