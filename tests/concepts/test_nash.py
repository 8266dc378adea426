"""Laws of solving: never an empty list, nothing uncertified, nothing that hangs on names."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import oracles
from tests.factories import LAW, SMALL_SHAPES, tables, tied_payoffs, uniform_payoffs

from counterplay.concepts import nash
from counterplay.concepts.dominance import survivors
from counterplay.games import Game

TIED_SHAPES = (
    (2, 2), (3, 3), (4, 4), (5, 5), (3, 8), (2, 2, 2), (3, 3, 2), (3, 3, 3), (5, 1, 4),
    (2, 2, 2, 2), (3, 2, 3, 2), (3, 3, 3, 3), (2, 2, 2, 2, 2), (1, 1, 1), (6,),
)  # fmt: skip


def assert_certified(payoffs, equilibrium):
    """Recompute probabilities, payoffs and regret by plain loops."""
    strategies = equilibrium.strategies
    shape = [len(vector) for vector in strategies]
    for vector, names in zip(strategies, equilibrium.support, strict=True):
        assert vector.sum() == pytest.approx(1, abs=1e-12)
        assert vector.min() >= 0
        assert np.count_nonzero(vector) == len(names)
    for player, gain in enumerate(oracles.regrets(payoffs, strategies)):
        assert gain <= 1.001e-9 * oracles.spread(payoffs[player], shape)
        values = oracles.reply_values(payoffs, strategies, player)
        own = sum(p * u for p, u in zip(strategies[player], values, strict=True))
        assert equilibrium.payoffs[player] == pytest.approx(own, rel=1e-9, abs=1e-9)
    if equilibrium.profile is None:
        assert not equilibrium.strict
    else:
        assert all(set(vector.tolist()) <= {0.0, 1.0} for vector in strategies)


def assert_solved(payoffs):
    game = Game.from_payoffs(payoffs)
    solution = nash(game)
    assert len(solution) > 0
    for equilibrium in solution:
        assert_certified(payoffs, equilibrium)
    pure = [e.profile for e in solution if e.profile is not None]
    assert pure == oracles.pure_equilibria(payoffs, game.shape)
    assert list(solution)[: len(pure)] == [e for e in solution if e.profile is not None]
    assert solution.completeness in ("proved", "continuum", "unproved")
    assert solution.reason.endswith(".")
    assert solution.method
    return solution


@LAW
@given(tables(SMALL_SHAPES))
def test_every_game_has_an_answer_and_every_answer_its_certificate(payoffs):
    assert_solved(payoffs)


@pytest.mark.parametrize("shape", TIED_SHAPES, ids=str)
@pytest.mark.parametrize("top", [1, 3])
def test_ties_never_empty_the_list(shape, top):
    for seed in range(12 if math.prod(shape) < 81 else 3):
        assert_solved(tied_payoffs(seed, shape, top))


@pytest.mark.parametrize("shape", TIED_SHAPES, ids=str)
def test_ordinary_games_never_come_back_empty(shape):
    for seed in range(6):
        assert_solved(uniform_payoffs(seed, shape))


@pytest.mark.parametrize("shape", [(2, 2), (3, 3), (4, 1, 2), (2, 2, 2, 2), (1,), (1, 1, 1, 1)])
def test_equal_payoffs_everywhere(shape):
    assert_solved([np.full(shape, 5) for _ in shape])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("shape", [(2, 2), (3, 3), (2, 2, 2), (2, 2, 2, 2)], ids=str)
def test_duplicated_options(shape, seed):
    base = uniform_payoffs(seed, shape)
    assert_solved([np.repeat(table, 2, axis=0) for table in base])
    assert_solved([np.repeat(table, 2, axis=len(shape) - 1) for table in base])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("shape", [(2, 2), (3, 3), (2, 2, 2)], ids=str)
def test_a_player_who_matters_to_nobody(shape, seed):
    base = uniform_payoffs(seed, shape)
    for own in (np.zeros((*shape, 3)), np.broadcast_to([0, 2, 1], (*shape, 3))):
        assert_solved([*(np.repeat(table[..., None], 3, axis=-1) for table in base), own])


@pytest.mark.parametrize("seed", range(6))
def test_zero_sum_games_have_one_value(seed):
    table = uniform_payoffs(seed, (4, 5))[0]
    payoffs = {tuple(np.round(e.payoffs, 9)) for e in assert_solved([table, -table])}
    assert len(payoffs) == 1


@pytest.mark.parametrize("size", [2, 3, 4, 5])
def test_a_ring_of_pennies_has_its_mixed_equilibrium(size):
    shape = (2,) * size
    index = np.indices(shape)
    payoffs = [
        np.asarray(index[i] == index[(i + 1) % size], dtype=int) ^ (i == 0) for i in range(size)
    ]
    (found,) = assert_solved(payoffs)
    assert all(vector == pytest.approx([0.5, 0.5]) for vector in found.strategies)


@LAW
@given(tables(SMALL_SHAPES), st.data())
def test_names_and_order_of_players_and_options_do_not_matter(payoffs, data):
    order = data.draw(st.permutations(range(len(payoffs))))
    renamed = [data.draw(st.permutations(range(count))) for count in payoffs.shape[1:]]
    cells = payoffs[np.ix_(range(len(payoffs)), *renamed)]
    moved = np.transpose(cells, (0, *(1 + i for i in order)))[list(order)]
    first, second = nash(Game.from_payoffs(payoffs)), nash(Game.from_payoffs(moved))
    assert first.completeness == second.completeness
    for equilibrium in second:
        back = [None] * len(order)
        for place, player in enumerate(order):
            vector = np.zeros(len(renamed[player]))
            vector[renamed[player]] = equilibrium.strategies[place]
            back[player] = vector
        gains = oracles.regrets(payoffs, back)
        assert all(
            gain <= 2e-9 * oracles.spread(table, payoffs.shape[1:])
            for gain, table in zip(gains, payoffs, strict=True)
        )


@LAW
@given(tables(SMALL_SHAPES))
def test_an_answer_is_proved_exactly_where_dominance_leaves_one_profile(payoffs):
    game = Game.from_payoffs(payoffs)
    single = all(len(keep) == 1 for keep in survivors(game))
    solution = nash(game)
    if single:
        assert (solution.completeness, len(solution), solution.regions) == ("proved", 1, ())
        assert solution.equilibria[0].strict
    elif len(solution) > 1:
        assert solution.completeness != "proved" or len(solution) % 2 == 1


@pytest.mark.parametrize("shape", [(3, 3), (2, 2, 2, 2), (3, 3, 3)], ids=str)
def test_the_same_question_gets_the_same_bytes(shape):
    payoffs = uniform_payoffs(4, shape)
    first, second = (nash(Game.from_payoffs(payoffs)) for _ in range(2))
    for one, other in zip(first, second, strict=True):
        assert [x.tobytes() for x in one.strategies] == [x.tobytes() for x in other.strategies]
        assert one.payoffs.tobytes() == other.payoffs.tobytes()


@pytest.mark.parametrize("limits", [{"time_limit": 1e-9}, {"work_limit": 0}, {"work_limit": 10}])
def test_limits_never_raise(limits):
    assert len(nash(Game.from_payoffs(uniform_payoffs(1, (2, 2, 2, 2))), **limits)) >= 1


def test_a_solution_is_a_list_of_its_equilibria():
    solution = nash(Game.from_payoffs(uniform_payoffs(0, (3, 3))))
    assert tuple(solution) == solution.equilibria
    assert len(solution) == len(solution.equilibria)
    with pytest.raises(AttributeError):
        solution.completeness = "proved"


@pytest.mark.parametrize("tiny", [1e-6, 1e-8, 9e-10, 3e-10, 1e-12])
def test_an_equilibrium_with_tiny_probabilities_is_found(tiny):
    payoffs = [[[2, 1], [2 + tiny, 0]], [[2, 1], [0, tiny]]]
    assert oracles.pure_equilibria(payoffs, (2, 2)) == []
    share = tiny / (1 + tiny)
    solution = assert_solved(payoffs)
    assert any(
        np.abs(equilibrium.strategies[0] - [share, 1 - share]).max() < 1e-9
        and np.abs(equilibrium.strategies[1] - [1 - share, share]).max() < 1e-9
        for equilibrium in solution
    )
