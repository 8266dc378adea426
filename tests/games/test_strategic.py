"""Games in strategic form: what is accepted, how it is read, and what is refused."""

import pickle
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import oracles
from tests.factories import LAW, SMALL_SHAPES, mixed_profiles, tables, uniform_game

from counterplay.errors import CounterplayError, GameError
from counterplay.games import Game, pure_strategies

PAIR = [[[3, 2], [4, 1]], [[3, 4], [2, 1]]]


def zeros(*shape):
    return [np.zeros(shape)] * len(shape)


def test_ids_are_numbered_where_left_out():
    game = Game.from_payoffs(zeros(2, 3))
    assert game.players == ("p1", "p2")
    assert game.options == (("o1", "o2"), ("o1", "o2", "o3"))
    assert (game.player_labels, game.option_labels) == (game.players, game.options)
    assert (game.shape, game.profiles) == ((2, 3), 6)


def test_ids_given_are_kept():
    game = Game.from_payoffs(PAIR, players=["usa", "ussr"], options=[["x", "y"], ["v", "w"]])
    assert game.players == ("usa", "ussr")
    assert game.profile(["y", "v"]) == (1, 0)
    assert game.profile([1, "v"]) == (1, 0)
    assert game.profile_ids((1, 0)) == ("y", "v")
    assert game.option_index("ussr", "w") == game.option_index(1, 1) == 1
    assert game.player_index("ussr") == game.player_index(1) == game.player_index(np.int64(1)) == 1


def test_axis_zero_is_the_player_who_is_paid():
    game = Game.from_payoffs(PAIR)
    assert game.payoffs.shape == (2, 2, 2)
    assert game.payoffs[0][1, 0] == 4
    assert game.payoffs[1][1, 0] == 2
    assert game.payoff(pure_strategies((1, 0), (2, 2))).tolist() == [4, 2]


def test_payoffs_are_a_read_only_copy():
    table = np.zeros((2, 2))
    game = Game.from_payoffs([table, table])
    table[0, 0] = 9
    assert game.payoffs.max() == 0
    with pytest.raises(ValueError, match="read-only"):
        game.payoffs[0, 0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        game.exact[0, 0, 0] = Fraction(1)
    with pytest.raises(ValueError, match="read-only"):
        game.restrict([[0], [0, 1]]).payoffs[0, 0, 0] = 1
    with pytest.raises(AttributeError):
        game.players = ()


@pytest.mark.parametrize(
    ("given_as", "exact"),
    [
        (0.1, Fraction(1, 10)),
        (Fraction(1, 3), Fraction(1, 3)),
        (10**17 + 1, Fraction(10**17 + 1)),
        (np.int64(7), Fraction(7)),
        (np.float64(0.1), Fraction(1, 10)),
        (Decimal("0.25"), Fraction(1, 4)),
        (1e-300, Fraction(1, 10**300)),
        (1e300, Fraction(10**300)),
        (-0.0, Fraction(0)),
        (True, Fraction(1)),
    ],
)
def test_a_number_is_read_as_the_decimal_it_prints_as(given_as, exact):
    game = Game.from_payoffs([[[given_as, 0]], [[0, 0]]])
    assert game.exact[0][0, 0] == exact
    assert isinstance(game.exact[0][0, 0], Fraction)
    assert game.payoffs[0][0, 0] == float(exact)
    assert not np.signbit(game.payoffs).any()


def test_a_game_survives_pickling():
    game = Game.from_payoffs(PAIR, players=["usa", "ussr"])
    again = pickle.loads(pickle.dumps(game))  # noqa: S301 - our own bytes
    assert again.players == game.players
    assert np.array_equal(again.payoffs, game.payoffs)
    assert (again.exact == game.exact).all()


@LAW
@given(st.data())
def test_payoff_and_regret_are_those_of_plain_loops(data):
    payoffs = data.draw(tables())
    game = Game.from_payoffs(payoffs)
    strategies = data.draw(mixed_profiles(game.shape))
    values = [oracles.reply_values(payoffs, strategies, i) for i in range(len(game.shape))]
    assert all(
        np.allclose(u, v, rtol=0, atol=1e-12)
        for u, v in zip(game.reply_payoffs(strategies), values, strict=True)
    )
    expected = [
        sum(p * u for p, u in zip(x, v, strict=True))
        for x, v in zip(strategies, values, strict=True)
    ]
    assert game.payoff(strategies) == pytest.approx(expected, rel=0, abs=1e-12)
    regret = game.regret(strategies)
    assert regret == pytest.approx(oracles.regrets(payoffs, strategies), rel=0, abs=1e-12)
    assert (regret >= 0).all()


@LAW
@given(tables(), st.data())
def test_a_restricted_game_is_a_part_of_the_game(payoffs, data):
    game = Game.from_payoffs(payoffs)
    kept = [
        sorted(data.draw(st.sets(st.integers(0, count - 1), min_size=1))) for count in game.shape
    ]
    part = game.restrict(kept)
    assert part.shape == tuple(map(len, kept))
    assert part.players == game.players
    for profile in oracles.profiles(part.shape):
        whole = tuple(keep[k] for keep, k in zip(kept, profile, strict=True))
        assert part.profile_ids(profile) == game.profile_ids(whole)
        assert [table[profile] for table in part.payoffs] == [t[whole] for t in game.payoffs]
        assert [table[profile] for table in part.exact] == [t[whole] for t in game.exact]


@pytest.mark.parametrize("shape", SMALL_SHAPES)
def test_pure_strategies_have_no_mixed_reading(shape):
    game = uniform_game(0, shape)
    for profile in oracles.profiles(shape):
        strategies = pure_strategies(profile, shape)
        assert all(set(vector.tolist()) <= {0.0, 1.0} for vector in strategies)
        assert game.payoff(strategies).tolist() == [table[profile] for table in game.payoffs]


@pytest.mark.parametrize(
    ("payoffs", "message"),
    [
        ([], "payoffs: 0 players; between 1 and 8 are supported"),
        (zeros(*[1] * 9), "payoffs: 9 players; between 1 and 8 are supported"),
        ([[1, 2], [3, 4]], "payoffs: give 2 arrays of one shape with 2 axes, one axis a player"),
        (
            [[[1, 2]], [[1], [2]]],
            "payoffs: give 2 arrays of one shape with 2 axes, one axis a player "
            "(got shapes (1, 2), (2, 1))",
        ),
        ([[[1, 2], [3]]] * 2, "payoffs: give 2 arrays of one shape"),
        (zeros(0, 2), "payoffs: shape (0, 2); each player has 1 to 32 options"),
        (zeros(33, 1), "payoffs: shape (33, 1); each player has 1 to 32 options"),
        (zeros(32, 32, 32, 3), "payoffs: 98304 profiles; at most 65536"),
        ([[["x", 1]], [[1, 1]]], "payoffs: every entry must be a number"),
        ([[[1j, 1]], [[1, 1]]], "payoffs: every entry must be a number"),
        ([[[10**400, 1]], [[1, 1]]], "payoffs: beyond 8e+307"),
        (
            [[[1, 1]], [[1, float("nan")]]],
            "payoffs[1, 0, 1]: not finite; every payoff must be a finite number",
        ),
        ([[[1, float("inf")]], [[1, 1]]], "payoffs[0, 0, 1]: not finite"),
        ([[[1, None]], [[1, 1]]], "payoffs[0, 0, 1]: not finite"),
    ],
)
def test_payoffs_that_form_no_game_are_refused(payoffs, message):
    with pytest.raises(GameError) as caught:
        Game.from_payoffs(payoffs)
    assert message in str(caught.value)
    assert isinstance(caught.value, (CounterplayError, ValueError))


def test_ragged_arrays_are_refused_as_a_game_error():
    with pytest.raises(GameError, match="payoffs"):
        Game.from_payoffs([[np.zeros((2, 2)), np.zeros((2, 3))]] * 3)


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        ({"players": ["a"]}, "players: give 2 different ids (got ['a'])"),
        ({"players": ["a", "a"]}, "players: give 2 different ids (got ['a', 'a'])"),
        ({"options": [["x", "y"]]}, "options: give ids for option counts (2, 2)"),
        ({"options": [["x"], ["v", "w"]]}, "options: give ids for option counts (2, 2)"),
        (
            {"players": ["a", "b"], "options": [["x", "y"], ["v", "v"]]},
            "options: two options of b share an id: ['v', 'v']",
        ),
    ],
)
def test_ids_that_do_not_fit_are_refused(ids, message):
    with pytest.raises(GameError) as caught:
        Game.from_payoffs(PAIR, **ids)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("strategies", "message"),
    [
        ([[1, 0]], "strategies: 1 vectors for 2 players; give one each"),
        (
            [[1, 0, 0], [1, 0]],
            "strategies[0]: shape (3,); player 0 has 2 options, so give 2 probabilities",
        ),
        ([[1, 0], [[1, 0]]], "strategies[1]: shape (1, 2)"),
        ([[1, 0], [1.5, -0.5]], "strategies[1]: probabilities must be finite and not negative"),
        ([[1, 0], [float("nan"), 1]], "strategies[1]: probabilities must be finite"),
        ([[1, 0], [float("inf"), 0]], "strategies[1]: probabilities must be finite"),
        ([[0.5, 0.4], [1, 0]], "strategies[0]: probabilities sum to 0.9, not 1"),
        ([[0.5, 0.5 + 2e-9], [1, 0]], "strategies[0]: probabilities sum to 1.000000002, not 1"),
    ],
)
@pytest.mark.parametrize("question", ["payoff", "regret"])
def test_vectors_that_are_no_strategies_are_refused(question, strategies, message):
    with pytest.raises(GameError) as caught:
        getattr(Game.from_payoffs(PAIR), question)(strategies)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "strategies", [[["a", "b"], [1, 0]], [[1, [0]], [1, 0]], [{"o1": 1}, [1, 0]]]
)
def test_strategies_that_are_no_numbers_are_refused_as_a_game_error(strategies):
    with pytest.raises(GameError, match="strategies"):
        Game.from_payoffs(PAIR).regret(strategies)


def test_rounding_in_strategies_is_forgiven():
    game = Game.from_payoffs(PAIR)
    assert game.payoff([[0.5, 0.5 + 4e-10], [1, 0]])[0] == pytest.approx(3.5, abs=1e-8)
    assert game.payoff([[1 + 4e-10, -4e-10], [1, 0]]).tolist() == [3, 3]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda game: game.player_index("p3"), "player: no 'p3'; the players are p1, p2"),
        (lambda game: game.player_index(2), "player: no 2; the players are p1, p2"),
        (lambda game: game.player_index(-1), "player: no -1; the players are p1, p2"),
        (lambda game: game.option_index("p1", "o3"), "option: p1 has no 'o3'; it has o1, o2"),
        (lambda game: game.option_index(0, -1), "option: p1 has no -1; it has o1, o2"),
        (lambda game: game.profile(["o1"]), "profile: name one option for each of p1, p2"),
    ],
)
def test_a_lookup_names_what_there_is(ask, message):
    with pytest.raises(GameError) as caught:
        ask(Game.from_payoffs(PAIR))
    assert str(caught.value) == message
