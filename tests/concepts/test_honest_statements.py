"""What is said of a list is true also where a limit was hit or where the search cannot tell."""

from fractions import Fraction

import numpy as np
import pytest

from counterplay.concepts import nash, nash_many, quick_equilibrium
from counterplay.errors import GameError
from counterplay.games import Game

HALF_AND_HALF = [
    [
        [7.6000000000302, 7.6000000000302],
        [9.5999990000302, 5.5999990000302],
        [9.5999970000302, 5.5999970000302],
    ],
    [
        [10.500000000000002, 5.700000000000002],
        [3.100000000000002, 8.100000000000002],
        [4.100000000000002, 5.100000000000002],
    ],
    [[13.0, 13.0], [8.0, 5.0], [10.0, 10.0]],
]
"""Near the end of the path the first player leans to two options by rounding, the next to none."""

TIED = [
    [[[2, 0], [3, 3]], [[1, 2], [4, 2]], [[1, 4], [2, 0]]],
    [[[3, 4], [4, 2]], [[2, 1], [3, 3]], [[1, 3], [1, 2]]],
    [[[0, 2], [1, 2]], [[0, 4], [1, 3]], [[2, 1], [2, 0]]],
]
"""Isolated equilibria with a tie, so that their indices take work of their own."""

NEARLY_DOUBLE = [
    [
        "2",
        "0",
        "0",
        "2",
        "27500000001/20000000000",
        "17500000001/20000000000",
        "-12500000003/60000000000",
        "137499999997/60000000000",
    ],
    ["2", "2", "691/288", "415/288", "1", "0", "463/288", "-245/288"],
    ["1", "89/96", "0", "11/96", "0", "-67/96", "2", "215/96"],
]
"""Two roots so close together that no box tells them apart."""

STRICT_IN_A_SET = [
    [
        "0",
        "1",
        "0",
        "2",
        "-1/200000000000000",
        "199999999999999/200000000000000",
        "1/200000000000000",
        "400000000000001/200000000000000",
    ],
    ["0", "1", "13/48", "-3/16", "2", "0", "121/48", "-7/16"],
    ["0", "-37/48", "0", "-17/16", "0", "23/48", "2", "27/16"],
]
"""A pure equilibrium, strict by a gap of 1e-14, beside what floats cannot tell from a tie."""


def exactly(tables):
    return Game.from_payoffs(
        [np.array([Fraction(text) for text in t], dtype=object).reshape(2, 2, 2) for t in tables]
    )


@pytest.mark.parametrize("limits", [{"work_limit": 0}, {"time_limit": 0}, {}])
def test_one_equilibrium_is_found_where_two_options_seem_likelier_than_not(limits):
    game = Game.from_payoffs([np.array(table)[:, :, None] for table in HALF_AND_HALF])
    assert quick_equilibrium(game) is not None
    assert len(nash(game, **limits)) > 0


@pytest.mark.parametrize("work", [20, 30, 40, 50, 60, 80, 120, None])
def test_indices_are_said_to_confirm_a_list_only_where_all_are_known(work):
    solution = nash(Game.from_payoffs(TIED), work_limit=work)
    indices = [equilibrium.index for equilibrium in solution]
    assert "contradicts" not in solution.reason
    if "indices sum to +1" in solution.reason:
        assert sum(indices) == 1
    if work is None:
        assert solution.completeness == "proved"
        assert sorted(indices) == [-1, 0, 1, 1]


def test_a_set_without_a_certified_member_is_still_a_proved_statement():
    solution = nash(exactly(NEARLY_DOUBLE))
    assert solution.completeness == "continuum"
    assert len(solution.regions) == 1
    assert len(solution.equilibria) == 1


def test_a_strict_member_of_a_region_has_no_index_of_its_own():
    solution = nash(exactly(STRICT_IN_A_SET))
    within = {profile for region in solution.regions for profile in region.pure}
    assert within
    assert all(e.index is None for e in solution if e.profile in within)
    assert sum(e.index or 0 for e in solution) + sum(r.index for r in solution.regions) == 1


def test_two_players_sets_without_their_extreme_points_are_not_called_proved():
    first = [[0, 0, 1], [1, 2, 0], [2, 2, 1], [0, 1, 0]]
    second = [[0, 1, 0], [0, 1, 2], [0, 1, 2], [2, 1, 2]]
    game = Game.from_payoffs([first, second])
    assert (nash(game).completeness, len(nash(game))) == ("continuum", 2)
    assert nash(game, work_limit=20).completeness == "unproved"


def test_whole_numbers_of_numpy_are_exact():
    three = np.int64(3)
    tables = [[Fraction(int(v), three) for v in np.ravel(table)] for table in TIED]
    shaped = [np.array(table, dtype=object).reshape(3, 2, 2) for table in tables]
    assert nash(Game.from_payoffs(shaped)).completeness == "proved"


def test_every_game_of_a_batch_is_checked():
    payoffs = np.random.default_rng(0).random((2, 3, 2, 2, 2))
    payoffs[1] *= 1.7e308
    with pytest.raises(GameError, match="beyond"):
        nash_many(payoffs)


def test_a_batch_of_complex_numbers_is_refused():
    with pytest.raises(GameError, match="give numbers"):
        nash_many(np.full((1, 3, 2, 2, 2), 1 + 1j))


def test_numbers_beyond_all_floats_are_no_traceback():
    game = Game.from_payoffs(TIED)
    assert nash(game, time_limit=10**400).completeness == "proved"
    with pytest.raises(GameError, match="give numbers"):
        nash_many([np.full((3, 2, 2, 2), 10**400, dtype=object)])
