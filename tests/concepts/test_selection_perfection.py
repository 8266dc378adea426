"""Trembling-hand perfection and weak dominance."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from scipy.optimize import linprog
from tests.factories import LAW, tables

from counterplay.concepts import certify, pure_equilibria
from counterplay.concepts.selection import trembling_hand_perfect, uses_weakly_dominated
from counterplay.errors import GameError
from counterplay.games import Game

# Myerson, Refinements of the Nash equilibrium concept (1978), figure 2.
MYERSON = [[1, 0, -9], [0, 0, -7], [-9, -7, -7]]


def against_idle(rows):
    """Return a game in which the second player is paid nothing, so that its mixes are free."""
    return Game.from_payoffs([rows, np.zeros(np.shape(rows))])


def test_the_example_of_myerson():
    game = Game.from_payoffs([MYERSON, MYERSON])
    found = {e.profile: trembling_hand_perfect(game, e) for e in pure_equilibria(game)}
    assert found == {(0, 0): True, (1, 1): True, (2, 2): False}


def test_without_its_last_options_only_one_is_perfect():
    table = [row[:2] for row in MYERSON[:2]]
    game = Game.from_payoffs([table, table])
    found = {e.profile: trembling_hand_perfect(game, e) for e in pure_equilibria(game)}
    assert found == {(0, 0): True, (1, 1): False}


@pytest.mark.parametrize(
    ("third", "dominated"),
    [
        ([1, 1, 1], False),
        ([1, 1, 0], True),
        ([1, 1, 1 - 1e-8], True),
        ([1, 1, 1 + 1e-8], False),
    ],
)
def test_domination_by_a_mixture_alone(third, dominated):
    game = against_idle([[2, 0, 1], [0, 2, 1], third])
    equilibrium = certify(game, [[0, 0, 1], [0.5, 0.5, 0]])
    assert uses_weakly_dominated(game, equilibrium) is dominated
    assert trembling_hand_perfect(game, equilibrium) is not dominated


def test_a_mixture_of_thirds_dominates_exactly():
    game = against_idle([[3, 0, 1], [0, Fraction(3, 2), 0], [1, 1, 0]])
    equilibrium = certify(game, [[0, 0, 1], [1 / 3, 2 / 3, 0]])
    assert uses_weakly_dominated(game, equilibrium) is True


def test_a_mix_can_be_dominated_though_none_of_its_options_is():
    rows = [[2, 0, 0], [0, 2, 0], [1, 1, 1]]
    game = against_idle(rows)
    mixed = certify(game, [[0.5, 0.5, 0], [0.5, 0.5, 0]])
    assert uses_weakly_dominated(game, mixed) is True
    for option in range(2):
        firm = certify(game, [np.eye(3)[option], np.eye(3)[option]])
        assert uses_weakly_dominated(game, firm) is False


def test_the_unit_of_payoffs_does_not_matter():
    for scale in (1e-300, 1e300):
        rows = np.array([[2, 0, 1], [0, 2, 1], [1, 1, 0]]) * scale
        game = against_idle(rows)
        assert uses_weakly_dominated(game, certify(game, [[0, 0, 1], [0.5, 0.5, 0]])) is True


def test_three_players_get_the_necessary_condition_only():
    payoffs = np.zeros((3, 2, 2, 2))
    payoffs[:, 0, 0, 0] = 1
    game = Game.from_payoffs(payoffs)
    found = {e.profile: uses_weakly_dominated(game, e) for e in pure_equilibria(game)}
    assert found[0, 0, 0] is False
    assert found[1, 1, 1] is True
    assert all(trembling_hand_perfect(game, e) is None for e in pure_equilibria(game))


def test_a_player_without_a_choice_is_looked_past():
    payoffs = np.stack([*np.array([MYERSON, MYERSON]), np.zeros((3, 3))])[:, :, :, None]
    game = Game.from_payoffs(payoffs)
    found = {e.profile: trembling_hand_perfect(game, e) for e in pure_equilibria(game)}
    assert found == {(0, 0, 0): True, (1, 1, 0): True, (2, 2, 0): False}


@pytest.mark.parametrize("shape", [(1,), (3,), (1, 1), (2, 1, 2), (4, 4)], ids=str)
def test_where_nothing_matters_everything_is_perfect(shape):
    game = Game.from_payoffs(np.zeros((len(shape), *shape)))
    for equilibrium in pure_equilibria(game)[:3]:
        assert uses_weakly_dominated(game, equilibrium) is False
        assert trembling_hand_perfect(game, equilibrium) is True


@LAW
@given(tables(((2, 2), (3, 2), (3, 3), (4, 3), (2, 3, 2)), top=3))
def test_undominated_options_are_best_replies_to_beliefs_that_exclude_nothing(payoffs):
    game = Game.from_payoffs(payoffs)
    for equilibrium in pure_equilibria(game):
        believed = all(
            least_belief(np.moveaxis(table, i, 0).reshape(game.shape[i], -1), own) > 1e-9
            for i, (table, own) in enumerate(zip(payoffs, equilibrium.profile, strict=True))
        )
        assert uses_weakly_dominated(game, equilibrium) == (not believed)


def least_belief(rows, own):
    """Return the greatest t such that `own` is best against a belief of t and more everywhere."""
    columns = rows.shape[1]
    leads = np.hstack([rows - rows[own], np.zeros((len(rows), 1))])
    floors = np.hstack([-np.eye(columns), np.ones((columns, 1))])
    answer = linprog(
        [*[0] * columns, -1],
        A_ub=np.vstack([leads, floors]),
        b_ub=np.zeros(len(rows) + columns),
        A_eq=[[*[1] * columns, 0]],
        b_eq=[1],
        bounds=[(0, 1)] * (columns + 1),
    )
    return -answer.fun if answer.status == 0 else 0.0


@pytest.mark.parametrize("seed", range(6))
def test_names_do_not_matter(seed):
    generator = np.random.default_rng(seed)
    payoffs = generator.integers(0, 3, (2, 3, 4))
    rows, columns = generator.permutation(3), generator.permutation(4)
    game = Game.from_payoffs(payoffs)
    turned = Game.from_payoffs(payoffs[::-1][:, rows][:, :, columns].transpose(0, 2, 1))
    found = {e.profile: trembling_hand_perfect(game, e) for e in pure_equilibria(game)}
    again = {
        (int(rows[e.profile[1]]), int(columns[e.profile[0]])): trembling_hand_perfect(turned, e)
        for e in pure_equilibria(turned)
    }
    assert found == again


def test_equilibria_of_another_game_are_refused():
    other = pure_equilibria(Game.from_payoffs([[1, 0, 0]]))[0]
    game = Game.from_payoffs([MYERSON, MYERSON])
    for criterion in (uses_weakly_dominated, trembling_hand_perfect):
        with pytest.raises(GameError, match="equilibria"):
            criterion(game, other)


def test_many_combinations_are_not_put_into_a_linear_programme():
    generator = np.random.default_rng(0)
    payoffs = generator.random((3, 2, 32, 160 // 5))
    game = Game.from_payoffs(np.tile(payoffs[:, :1], (1, 2, 1, 1)))
    for equilibrium in pure_equilibria(game)[:2]:
        assert uses_weakly_dominated(game, equilibrium) in (True, False)
