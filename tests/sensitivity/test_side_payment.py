"""The least side payment against games solved with and without it."""

import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterplay.concepts import nash
from counterplay.concepts.pure import pure_profiles
from counterplay.errors import GameError, ValuesError
from counterplay.games import Game
from counterplay.payoffs import game
from counterplay.scenario import load
from counterplay.sensitivity.payments.least import least_side_payment, paid_game

FLAGSHIP = load("korea-ukraine")
RESTRAINT = ("hum", "none", "withhold", "stay")
PRISONERS = Game.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])


def amounts(payment):
    return {paid.player: paid.exact for paid in payment.payments}


def test_prisoners_need_what_defection_brings():
    payment = least_side_payment(PRISONERS, ["o1", "o1"])
    assert amounts(payment) == {"p1": 2, "p2": 2}
    assert [paid.outbids for paid in payment.payments] == ["o2", "o2"]
    assert [paid.share for paid in payment.payments] == [0.4, 0.4]
    assert payment.exact
    assert not payment.strict
    # At the outcome alone both outcomes hold; for the option itself it is dominant.
    assert payment.bonus.holds
    assert not payment.bonus.only
    assert payment.guarantee.only
    json.dumps(payment.to_dict(), allow_nan=False)


@given(st.lists(st.integers(-4, 4), min_size=24, max_size=24), st.integers(0, 7))
@settings(max_examples=40, deadline=None)
def test_enough_and_nothing_less(numbers, cell):
    one = Game.from_payoffs(np.array(numbers).reshape(3, 2, 2, 2).tolist())
    target = tuple(int(bit) for bit in f"{cell:03b}")
    payment = least_side_payment(one, target)
    assert payment.feasible
    for form in ("bonus", "guarantee"):
        assert target in pure_profiles(paid_game(one, target, amounts(payment), form))
        for player, amount in amounts(payment).items():
            less = {**amounts(payment), player: amount - Fraction(1, 10**9)}
            assert target not in pure_profiles(paid_game(one, target, less, form))
    paid = set(amounts(payment))
    assert paid.isdisjoint(payment.content)
    assert paid | set(payment.content) == {"p1", "p2", "p3"}


def test_whoever_may_not_be_paid_is_told():
    payment = least_side_payment(PRISONERS, ["o1", "o1"], to=["p1"])
    assert not payment.feasible
    assert [paid.player for paid in payment.missing] == ["p2"]
    assert not payment.bonus.holds
    assert "cannot be done" in payment.words
    assert least_side_payment(PRISONERS, ["o1", "o1"], to=[0, 1]).feasible


def test_an_outcome_that_holds_needs_nothing():
    payment = least_side_payment(PRISONERS, ["o2", "o2"])
    assert payment.payments == ()
    assert payment.strict
    assert payment.bonus.only
    assert payment.words.startswith("Nobody need be paid")


def test_an_exact_tie_needs_nothing_and_is_not_strict():
    one = Game.from_payoffs([[[0.1 + 0.2], [Fraction(3, 10)]], [[1], [1]]])
    tied = Game.from_payoffs([[["0.3"], ["0.3"]], [[1], [1]]])
    assert least_side_payment(one, [1, 0]).payments[0].exact < Fraction(1, 10**15)
    payment = least_side_payment(tied, [0, 0])
    assert payment.payments == ()
    assert not payment.strict


def test_restraint_on_the_flagship():
    payment = least_side_payment(FLAGSHIP, RESTRAINT)
    assert amounts(payment) == {"dprk": Fraction(17, 40), "rus": Fraction(9, 100)}
    assert [paid.outbids for paid in payment.payments] == ["deny", "conv"]
    assert payment.content == ("rok", "ukr")
    changed = paid_game(game(FLAGSHIP), RESTRAINT, {"dprk": 0.44, "rus": 0.11}, "bonus")
    supports = {equilibrium.support for equilibrium in nash(changed)}
    hedge = tuple((option,) for option in ("pledge", "deny", "conv", "expose"))
    assert {tuple((option,) for option in RESTRAINT), hedge} <= supports
    assert not payment.bonus.only
    assert set(payment.bonus.others) == supports - {tuple((o,) for o in RESTRAINT)}
    assert "Pyongyang must be offered 0.43" in payment.words
    assert "not comparable" in payment.words


def test_values_change_what_is_needed():
    payment = least_side_payment(FLAGSHIP, RESTRAINT, {"cash": 4.0})
    assert amounts(payment) == {"rus": Fraction(9, 100)}


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"to": "p1"}, ValuesError, "list of player"),
        ({"to": ["p9"]}, GameError, "p9"),
        ({"values": {"x": 1}}, ValuesError, "a game has none"),
    ],
)
def test_wrong_arguments_are_named(arguments, error, words):
    with pytest.raises(error, match=words):
        least_side_payment(PRISONERS, ["o1", "o1"], **arguments)


def test_a_form_that_does_not_exist_is_refused():
    with pytest.raises(ValuesError, match="form"):
        paid_game(PRISONERS, ["o1", "o1"], {"p1": 1}, "bribe")
