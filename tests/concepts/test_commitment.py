"""Commitment: what binding oneself first is worth, against the theorems and plain enumeration."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import LAW, tables, tied_payoffs, uniform_game

from counterplay.concepts import Solution, nash, pure_equilibria
from counterplay.concepts.commitment import commitment
from counterplay.concepts.correlated import correlated
from counterplay.concepts.mixed_commitment import mixed_commitment
from counterplay.errors import GameError
from counterplay.games import Game

UNASKED = Solution((), "unproved", "not asked for")
STACKELBERG = ([[2, 4], [1, 3]], [[1, 0], [0, 1]])
TWO = ((2, 2), (3, 2), (2, 3), (3, 3), (1, 3), (4, 1), (1, 1), (4, 4))


def leaders(payoffs):
    return range(len(payoffs))


@LAW
@given(tables(TWO, top=6))
def test_one_follower_replies_best_and_in_the_leaders_favour(payoffs):
    for leader in leaders(payoffs):
        own, other = (np.moveaxis(payoffs[i], leader, 0) for i in (leader, 1 - leader))
        replies = [np.flatnonzero(row == row.max()) for row in other]
        found = commitment(Game.from_payoffs(payoffs), leader)
        best = [own[k, r].max() for k, r in enumerate(replies)]
        worst = [own[k, r].min() for k, r in enumerate(replies)]
        assert [answers.best for answers in found.options] == best
        assert [answers.worst for answers in found.options] == worst
        assert [answers.equilibria for answers in found.options] == list(map(len, replies))
        assert found.value == max(best)
        assert found.option == found.options[best.index(max(best))].option
        assert found.guaranteed == (found.options[worst.index(max(worst))].option, max(worst))
        assert found.payoffs[leader] == found.value


@LAW
@given(tables(TWO, top=6))
def test_between_two_leading_is_never_worse_than_any_equilibrium(payoffs):
    game = Game.from_payoffs(payoffs)
    for leader in leaders(payoffs):
        pure, mixed = commitment(game, leader).value, mixed_commitment(game, leader).value
        assert mixed >= pure - 1e-8
        for equilibrium in pure_equilibria(game):
            assert pure >= equilibrium.payoffs[leader]
        for equilibrium in nash(game):
            assert mixed >= equilibrium.payoffs[leader] - 1e-8


@LAW
@given(tables(((2, 2, 2), (3, 2, 2), (2, 1, 3)), top=5))
def test_leading_is_never_worse_than_an_equilibrium_of_firm_choices(payoffs):
    # Where the leader commits to its part, the others' parts are an equilibrium among them.
    game = Game.from_payoffs(payoffs)
    values = [commitment(game, leader, UNASKED).value for leader in leaders(payoffs)]
    for equilibrium in pure_equilibria(game):
        assert (equilibrium.payoffs <= values).all()


@LAW
@given(tables(TWO, top=6))
def test_no_mediator_gives_the_leader_more(payoffs):
    # von Stengel and Zamir (2010): the leader's payoff is at least any correlated one.
    game = Game.from_payoffs(payoffs)
    for leader in leaders(payoffs):
        most = correlated(game, player=leader).value
        assert mixed_commitment(game, leader).value >= most - 1e-7


@LAW
@given(tables(TWO, top=6))
def test_the_follower_replies_best_to_the_mixture(payoffs):
    game = Game.from_payoffs(payoffs)
    for leader in leaders(payoffs):
        found = mixed_commitment(game, leader)
        own, other = (np.moveaxis(payoffs[i], leader, 0) for i in (leader, 1 - leader))
        replies = found.strategy @ other
        reply = game.option_index(1 - leader, found.reply)
        assert found.strategy.min() >= 0
        assert found.strategy.sum() == pytest.approx(1, abs=1e-12)
        assert replies.max() - replies[reply] <= 1e-9 * max(np.ptp(other), 1)
        assert found.regret == pytest.approx(replies.max() - replies[reply], abs=1e-12)
        assert found.value == pytest.approx((found.strategy @ own)[reply])
        assert found.value == found.payoffs[leader]


@LAW
@given(tables(((2, 2), (2, 3), (2, 4)), top=5))
def test_no_mixture_of_two_options_is_better(payoffs):
    value = mixed_commitment(Game.from_payoffs(payoffs), 0).value
    for share in np.linspace(0, 1, 61):
        mixture = np.array([share, 1 - share])
        replies = mixture @ payoffs[1]
        best = np.flatnonzero(replies >= replies.max() - 1e-12)
        assert value >= (mixture @ payoffs[0])[best].max() - 1e-8


@pytest.mark.parametrize("seed", range(6))
def test_in_zero_sum_games_commitment_to_a_mixture_is_worth_the_value(seed):
    table = np.array(tied_payoffs(seed, (4, 3), top=9)[0])
    game = Game.from_payoffs([table, -table])
    value = correlated(game).payoffs
    assert mixed_commitment(game, 0).value == pytest.approx(value[0])
    assert mixed_commitment(game, 1).value == pytest.approx(value[1])
    assert commitment(game, 0).value == table.min(axis=1).max()


@LAW
@given(tables(TWO, top=4), st.sampled_from([1e-300, 1e-9, 1e9, 1e290]))
def test_neither_scale_nor_zero_matters(payoffs, scale):
    plain, changed = (Game.from_payoffs(p) for p in (payoffs, (payoffs + 3.0) * scale))
    for leader in leaders(payoffs):
        first, second = commitment(plain, leader), commitment(changed, leader)
        assert second.option == first.option
        assert second.value == pytest.approx((first.value + 3) * scale)
        mixed = mixed_commitment(plain, leader).value
        assert mixed_commitment(changed, leader).value == pytest.approx((mixed + 3) * scale)


class TestLiterature:
    def test_mixing_helps(self):
        # Conitzer and Sandholm (2006), figure 1: 2 in equilibrium, 3 by a pure commitment, 3.5.
        game = Game.from_payoffs(STACKELBERG, options=[["U", "D"], ["L", "R"]])
        found = commitment(game, "p1")
        assert (found.option, found.value) == ("D", 3)
        assert (found.nash.least, found.nash.greatest) == pytest.approx((2, 2))
        assert found.payoffs.tolist() == [3, 1]
        mixed = mixed_commitment(game, "p1")
        assert mixed.strategy == pytest.approx([0.5, 0.5])
        assert (mixed.reply, mixed.value) == ("R", pytest.approx(3.5))

    def test_entry(self):
        # Selten, The chain store paradox (1978): bound to fight, the incumbent keeps its monopoly.
        game = Game.from_payoffs(
            [[[0, 5], [2, 5]], [[0, 1], [2, 1]]],
            players=["incumbent", "entrant"],
            options=[["fight", "share"], ["enter", "stay out"]],
        )
        found = commitment(game, "incumbent")
        assert (found.option, found.value) == ("fight", 5)
        assert found.guaranteed == ("fight", 5)

    def test_a_tie_that_the_follower_may_break_either_way(self):
        # The weak and the strong Stackelberg values differ: Leitmann (1978).
        game = Game.from_payoffs([[[9, 0], [2, 1]], [[1, 1], [1, 0]]])
        found = commitment(game, 0)
        assert (found.option, found.value) == ("o1", 9)
        assert (found.options[0].worst, found.options[0].completeness) == (0, "continuum")
        assert found.guaranteed == ("o2", 2)

    def test_the_last_bit_does_not_break_a_tie(self):
        game = Game.from_payoffs([[[9, 0]], [[0.3, 0.1 + 0.2]]])
        assert commitment(game, 0).value == 0
        exact = Game.from_payoffs([[[9, 0]], [[Fraction(1, 10) + Fraction(2, 10), 0.3]]])
        assert commitment(exact, 0).value == 9


class TestSeveralFollowers:
    def test_pure_equilibria_among_the_others_are_all_weighed(self):
        for seed in range(6):
            payoffs = np.array(tied_payoffs(seed, (2, 2, 2)))
            game = Game.from_payoffs(payoffs)
            for leader in range(3):
                found = commitment(game, leader)
                for option, answers in enumerate(found.options):
                    rest = np.take(payoffs, option, axis=1 + leader)
                    stable = [
                        profile
                        for profile in itertools.product(range(2), repeat=2)
                        if is_stable(np.delete(rest, leader, axis=0), profile)
                    ]
                    own = [rest[(leader, *profile)] for profile in stable]
                    assert answers.best >= max(own, default=-np.inf)
                    assert answers.worst <= min(own, default=np.inf)
                    least, most = answers.bounds
                    assert least - 1e-9 <= answers.worst <= answers.best <= most + 1e-9
                assert found.value == max(answers.best for answers in found.options)
                assert found.guaranteed.value == max(a.bounds[0] for a in found.options)

    def test_dominant_replies_leave_no_doubt(self):
        # Whoever leads, the other two have a dominant option each.
        payoffs = np.zeros((3, 2, 2, 2))
        for profile in itertools.product(range(2), repeat=3):
            payoffs[(slice(None), *profile)] = [3 * sum(profile) - 4 * own for own in profile]
        found = commitment(Game.from_payoffs(payoffs), "p2")
        assert (found.option, found.value) == ("o1", 0)
        assert all(answers.completeness == "proved" for answers in found.options)
        assert found.reason.endswith("none is worth more.")

    def test_where_work_runs_out_bounds_still_hold(self):
        for seed in range(4):
            game = uniform_game(seed, (2, 3, 3))
            short, whole = commitment(game, 0, work_limit=1), commitment(game, 0)
            for less, more in zip(short.options, whole.options, strict=True):
                assert less.bounds[0] <= more.worst + 1e-6
                assert less.bounds[1] >= more.best - 1e-6
            assert short.guaranteed.value <= whole.guaranteed.value + 1e-6

    def test_the_reason_names_what_may_be_worth_more(self):
        # Not one cell of the followers' game after the first option is looked at.
        payoffs = np.zeros((3, 2, 3, 3))
        generator = np.random.default_rng(0)
        payoffs[1:, 0] = generator.uniform(0, 1, (2, 3, 3))
        payoffs[0, 0] = generator.uniform(0, 9, (3, 3))
        short = commitment(Game.from_payoffs(payoffs), 0, work_limit=1)
        assert short.options[0].completeness == "unproved"
        assert "'o1' may be worth up to" in short.reason

    def test_known_equilibria_need_not_be_found_again(self):
        game = uniform_game(2, (2, 2, 2))
        solution = nash(game)
        given_one, found = commitment(game, 0, solution), commitment(game, 0)
        assert given_one.nash == found.nash
        own = [equilibrium.payoffs[0] for equilibrium in solution]
        assert found.nash.least <= min(own) <= max(own) <= found.nash.greatest


def is_stable(payoffs, profile):
    first, second = profile
    return (
        payoffs[0][profile] == payoffs[0][:, second].max()
        and payoffs[1][profile] == payoffs[1][first].max()
    )


@pytest.mark.parametrize("shape", [(1,), (3,), (1, 1), (3, 1), (1, 3), (2, 2), (2, 1, 2)])
@pytest.mark.parametrize("scale", [0.0, 1e-300, 1e300])
def test_extreme_and_small_games(shape, scale):
    game = Game.from_payoffs(np.array(tied_payoffs(2, shape)) * scale)
    for leader in range(len(shape)):
        found = commitment(game, leader)
        assert len(found.options) == shape[leader]
        assert np.isfinite(found.payoffs).all()
        assert found.value >= game.payoffs[leader].min()
        if len(shape) == 1:
            assert found.value == game.payoffs.max()
        if len(shape) == 2:
            assert mixed_commitment(game, leader).regret <= 1e-9 * game.ranges.max()


def test_two_players_with_many_options():
    game = uniform_game(1, (32, 32))
    assert mixed_commitment(game, 0).value >= commitment(game, 0, UNASKED).value


def test_what_is_refused():
    with pytest.raises(GameError, match="the players are p1, p2"):
        commitment(Game.from_payoffs(STACKELBERG), "p3")
    with pytest.raises(GameError, match="the players are p1, p2"):
        mixed_commitment(Game.from_payoffs(STACKELBERG), 2)
    with pytest.raises(GameError, match="3 players; give a game of two"):
        mixed_commitment(uniform_game(1, (2, 2, 2)), 0)
