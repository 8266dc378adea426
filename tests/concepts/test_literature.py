"""Games whose equilibria are known: each is found, with the exact probabilities."""

import numpy as np
import pytest
from tests import oracles
from tests.classics import MORE_PLAYERS, STENGEL, TWO_PLAYERS, Classic
from tests.factories import uniform_game
from tests.missed_elsewhere import MISSED_ELSEWHERE

from counterplay.concepts import nash, undominated
from counterplay.games import Game

BIMATRIX = TWO_PLAYERS + MISSED_ELSEWHERE
CLASSICS = BIMATRIX + MORE_PLAYERS


def is_listed(profile, solution):
    return any(
        all(
            np.abs(x - np.array(y, dtype=float)).max() < 1e-9
            for x, y in zip(equilibrium.strategies, profile, strict=True)
        )
        for equilibrium in solution
    )


@pytest.mark.parametrize("classic", CLASSICS, ids=str)
def test_the_table_itself_is_right(classic: Classic):
    shape = [len(mixture) for mixture in classic.equilibria[0]]
    for profile in classic.equilibria:
        assert [sum(mixture) for mixture in profile] == pytest.approx([1] * len(shape))
        assert max(oracles.regrets(classic.payoffs, profile)) <= 1e-14
    pure = [p for p in classic.equilibria if all(set(map(float, x)) <= {0.0, 1.0} for x in p)]
    assert len(pure) == len(oracles.pure_equilibria(classic.payoffs, shape))


@pytest.mark.parametrize("classic", CLASSICS, ids=str)
def test_known_equilibria_are_found(classic: Classic):
    solution = nash(Game.from_payoffs(classic.payoffs))
    assert [p for p in classic.equilibria if not is_listed(p, solution)] == []
    if classic.total is not None:
        assert len(solution) <= classic.total
        assert solution.completeness != "proved" or len(solution) == classic.total


@pytest.mark.parametrize("classic", [c for c in BIMATRIX if c.total], ids=str)
def test_two_player_games_are_solved_whole(classic: Classic):
    assert len(nash(Game.from_payoffs(classic.payoffs))) == classic.total


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("prisoners_dilemma", (("o2",), ("o2",))),
        ("chicken", (("o1", "o2"), ("o1", "o2"))),
        ("travellers_dilemma", (("o1",), ("o1",))),
        ("mixed_domination", (("o1", "o3"), ("o1", "o4"))),
        ("public_good", (("o1",),) * 4),
        ("pennies_with_a_watcher", (("o1", "o2"), ("o1", "o2"), ("o1",))),
    ],
)
def test_known_dominance(name, left):
    classic = next(c for c in CLASSICS if c.name == name)
    assert undominated(Game.from_payoffs(classic.payoffs)) == left


@pytest.mark.parametrize("name", ["prisoners_dilemma", "public_good"])
def test_what_dominance_settles_is_proved(name):
    classic = next(c for c in CLASSICS if c.name == name)
    solution = nash(Game.from_payoffs(classic.payoffs))
    assert (solution.completeness, len(solution)) == ("proved", 1)
    assert "dominance" in solution.reason


def test_seventy_five_equilibria_of_a_six_by_six_game():
    # Von Stengel, New maximal numbers of equilibria in bimatrix games (1999).
    solution = nash(Game.from_payoffs(STENGEL))
    assert len(solution) == 75
    assert max(len(support) for e in solution for support in e.support) == 6
    scale = [oracles.spread(table, (6, 6)) for table in STENGEL]
    for equilibrium in solution:
        gains = oracles.regrets(STENGEL, equilibrium.strategies)
        assert all(gain <= 1e-9 * s for gain, s in zip(gains, scale, strict=True))


# Seeds of `uniform_payoffs` for which Nashpy's support enumeration returns nothing.
@pytest.mark.parametrize(
    ("size", "seed"), [(3, 6), (3, 27), (3, 58), *((4, s) for s in (12, 22, 36, 37, 40, 41, 47))]
)
def test_games_that_support_enumeration_in_floats_loses(size, seed):
    game = uniform_game(seed, (size, size))
    exact = oracles.bimatrix_equilibria(*game.payoffs.astype(int).tolist())
    solution = nash(game)
    assert [profile for profile in exact if not is_listed(profile, solution)] == []
    assert len(solution) == len(exact) == 1
