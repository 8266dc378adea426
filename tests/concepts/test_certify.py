"""Certificates: a profile passes exactly when no deviation pays."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import oracles
from tests.factories import LAW, tables, tied_game

from counterplay.concepts import certify, pure_equilibria
from counterplay.errors import CounterplayError, GameError, NotAnEquilibriumError
from counterplay.games import Game, pure_strategies

PENNIES = Game.from_payoffs([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]], players=["even", "odd"])


@LAW
@given(tables(), st.data())
def test_a_pure_profile_passes_exactly_when_plain_loops_say_so(payoffs, data):
    game = Game.from_payoffs(payoffs)
    profile = data.draw(st.sampled_from(list(oracles.profiles(game.shape))))
    strategies = pure_strategies(profile, game.shape)
    gains = oracles.regrets(payoffs.tolist(), [[int(p) for p in x] for x in strategies])
    if max(gains) == 0:
        found = certify(game, strategies)
        assert found.profile == profile
        assert found.regret == 0
        assert found.payoffs.tolist() == [table[profile] for table in payoffs]
        assert found.support == tuple((name,) for name in game.profile_ids(profile))
        assert found.strict == is_strict(payoffs, game.shape, profile)
        assert found.index == (1 if found.strict else None)
        assert all(set(x.tolist()) <= {0.0, 1.0} for x in found.strategies)
    else:
        with pytest.raises(NotAnEquilibriumError) as caught:
            certify(game, strategies)
        player = game.player_index(caught.value.player)
        option = game.option_index(player, caught.value.option)
        here = payoffs[player][profile]
        there = payoffs[player][(*profile[:player], option, *profile[player + 1 :])]
        assert caught.value.gain == pytest.approx(there - here)
        assert there > here


@LAW
@given(tables())
def test_pure_equilibria_bear_the_same_certificates(payoffs):
    game = Game.from_payoffs(payoffs)
    for listed in pure_equilibria(game):
        found = certify(game, listed.strategies)
        assert found.payoffs.tolist() == listed.payoffs.tolist()
        assert not found.payoffs.flags.writeable
        for name in ("profile", "regret", "strict", "support", "index"):
            assert getattr(found, name) == getattr(listed, name)


def is_strict(payoffs, shape, profile):
    return all(
        payoffs[i][(*profile[:i], k, *profile[i + 1 :])] < payoffs[i][profile]
        for i in range(len(shape))
        for k in range(shape[i])
        if k != profile[i]
    )


def test_a_mixed_equilibrium_passes_and_is_not_strict():
    found = certify(PENNIES, [[0.5, 0.5], [0.5, 0.5]])
    assert (found.profile, found.strict, found.index) == (None, False, None)
    assert found.support == (("o1", "o2"), ("o1", "o2"))
    assert found.payoffs.tolist() == [0, 0]
    assert not any(x.flags.writeable for x in found.strategies)


def test_a_profile_off_an_equilibrium_names_who_gains_and_how_much():
    with pytest.raises(NotAnEquilibriumError) as caught:
        certify(PENNIES, [[0.5, 0.5], [0.75, 0.25]])
    error = caught.value
    assert (error.player, error.option) == ("even", "o1")
    assert error.gain == pytest.approx(0.5)
    assert str(error) == "strategies: not an equilibrium: even gains 0.5 by playing 'o1'"
    assert isinstance(error, CounterplayError)


@pytest.mark.parametrize("scale", [1e-300, 1e-9, 1, 1e9, 1e300])
@pytest.mark.parametrize(("off", "passes"), [(2e-10, True), (2e-9, False)])
def test_the_tolerance_is_a_share_of_the_payoff_range(scale, off, passes):
    game = Game.from_payoffs(np.asarray(PENNIES.payoffs) * scale)
    strategies = [[0.5, 0.5], [0.5 + off, 0.5 - off]]
    if passes:
        assert certify(game, strategies).regret <= 1e-9 * 2 * scale
    else:
        with pytest.raises(NotAnEquilibriumError):
            certify(game, strategies)


def test_a_thin_gain_is_refused_for_a_pure_profile_where_payoffs_are_exact():
    gain = Fraction(1, 10**20)
    game = Game.from_payoffs([[[1], [1 + gain]], [[0], [0]]])
    assert certify(game, [[0, 1], [1]]).strict
    with pytest.raises(NotAnEquilibriumError):
        certify(game, [[1, 0], [1]])


def test_a_thin_gain_names_the_option_that_pays():
    game = Game.from_payoffs([[[10**17], [10**17 + 1]], [[0], [0]]])
    with pytest.raises(NotAnEquilibriumError) as caught:
        certify(game, [[1, 0], [1]])
    assert caught.value.option == "o2"
    assert caught.value.gain > 0


def test_weak_and_strict_are_told_apart_exactly():
    third = Fraction(1, 3)
    tie = Game.from_payoffs([[[third + third], [2 * third]], [[0], [0]]])
    assert not certify(tie, [[1, 0], [1]]).strict
    ahead = Game.from_payoffs([[[third + third], [2 * third - Fraction(1, 10**18)]], [[0], [0]]])
    assert certify(ahead, [[1, 0], [1]]).strict


def test_a_player_without_a_choice_does_not_keep_an_equilibrium_from_being_strict():
    game = Game.from_payoffs([[[1, 0]], [[1, 0]]])
    assert certify(game, [[1], [1, 0]]).strict


def test_vectors_that_do_not_fit_are_refused_before_anything_is_solved():
    with pytest.raises(GameError, match=r"strategies\[0\]: shape \(3,\)"):
        certify(PENNIES, [[1, 0, 0], [1, 0]])
    with pytest.raises(GameError, match=r"strategies\[1\]: probabilities sum to 0.9"):
        certify(PENNIES, [[1, 0], [0.5, 0.4]])


@pytest.mark.parametrize("seed", range(10))
def test_a_certificate_recomputes_what_it_says(seed):
    game = tied_game(seed, (2, 2, 2), top=2)
    for profile in oracles.pure_equilibria(game.payoffs, game.shape):
        found = certify(game, pure_strategies(profile, game.shape))
        assert found.payoffs == pytest.approx(game.payoff(found.strategies))
        assert found.regret == game.regret(found.strategies).max()


@LAW
@given(tables(), st.data())
def test_options_stand_for_the_vectors_that_play_them(payoffs, data):
    game = Game.from_payoffs(payoffs)
    profile = data.draw(st.sampled_from(list(oracles.profiles(game.shape))))
    named = game.profile_ids(profile)
    spellings = [profile, named, list(named), np.array(named), np.array(profile)]
    told = outcome(game, pure_strategies(profile, game.shape))
    assert [outcome(game, spelling) for spelling in spellings] == [told] * len(spellings)


def outcome(game, strategies):
    try:
        return certify(game, strategies).support
    except NotAnEquilibriumError as error:
        return str(error)


def test_one_may_play_an_option_and_another_mix():
    game = Game.from_payoffs([[[1, 1], [0, 0]], [[1, 1], [0, 0]]])
    assert certify(game, ["o1", [0.5, 0.5]]).support == (("o1",), ("o1", "o2"))


@pytest.mark.parametrize(
    ("strategies", "message"),
    [
        (["o3", "o1"], "option: even has no 'o3'; it has o1, o2"),
        ([0, -1], "option: odd has no -1; it has o1, o2"),
        ([0, True], "option: odd has no True; it has o1, o2"),
        ([0, 1.0], "strategies[1]: shape (); player 1 has 2 options, so give 2 probabilities"),
        (["o1"], "strategies: 1 vectors for 2 players; give one each"),
        ("o1", "option: even has no 'o'; it has o1, o2"),
    ],
)
def test_what_is_neither_option_nor_vector_is_refused(strategies, message):
    with pytest.raises(GameError) as caught:
        certify(PENNIES, strategies)
    assert str(caught.value) == message
