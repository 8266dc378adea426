"""Two players: games of the literature and games with ties, against their known exact answers."""

import itertools
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from tests import oracles
from tests.classics import STENGEL, TWO_PLAYERS, Classic, symmetric
from tests.factories import tied_game, tied_payoffs, uniform_game, uniform_payoffs

from counterplay.concepts.pure import pure_profiles
from counterplay.concepts.two_player import exact_two_player, within_reach
from counterplay.errors import GameError
from counterplay.games import Game

KOHLBERG_MERTENS = (
    [[1, 0, -1], [-1, 0, -1], [1, 0, -2]],
    [[1, -1, 1], [0, 0, 0], [-1, -1, -2]],
)
"""Kohlberg and Mertens, On the strategic stability of equilibria, Econometrica 54 (1986)."""

STENGEL_3X2 = ([[3, 3], [2, 5], [0, 6]], [[3, 3], [2, 6], [3, 1]])
"""Von Stengel, Computing equilibria for two-person games, Handbook of Game Theory 3 (2002)."""


def solved(*tables):
    return exact_two_player(Game.from_payoffs(tables))


def vectors(equilibrium):
    return [vector.tolist() for vector in equilibrium.strategies]


def same(first, second):
    return all(
        np.abs(np.array(x, dtype=float) - np.array(y, dtype=float)).max() < 1e-12
        for x, y in zip(first, second, strict=True)
    )


@pytest.mark.parametrize("classic", TWO_PLAYERS, ids=str)
def test_games_of_the_literature_have_just_their_known_equilibria(classic: Classic):
    solution = solved(*classic.payoffs)
    assert (solution.completeness, solution.regions) == ("proved", ())
    assert len(solution) == classic.total
    for known in classic.equilibria:
        assert any(same(known, equilibrium.strategies) for equilibrium in solution)
    assert sum(equilibrium.index for equilibrium in solution) == 1


def test_the_six_by_six_game_with_75_equilibria():
    solution = solved(*STENGEL)
    assert len(solution) == 75
    assert sorted(equilibrium.index for equilibrium in solution) == [-1] * 37 + [1] * 38
    assert max(equilibrium.regret for equilibrium in solution) < 1e-9 * np.abs(STENGEL).max()


def test_the_coordination_game_with_the_most_equilibria_of_its_size():
    # Quint and Shubik, A theorem on the number of Nash equilibria in a bimatrix game (1997).
    solution = solved(np.eye(6), np.eye(6))
    assert len(solution) == 2**6 - 1
    for equilibrium in solution:
        played = len(equilibrium.support[0])
        assert equilibrium.index == (1 if played % 2 else -1)
        assert equilibrium.strict == (played == 1)


def test_kohlberg_and_mertens_closed_loop_of_segments():
    solution = solved(*KOHLBERG_MERTENS)
    (region,) = solution.regions
    pure = ((0, 0), (0, 2), (1, 1), (1, 2), (2, 0), (2, 1))
    assert solution.completeness == "continuum"
    assert tuple(equilibrium.profile for equilibrium in solution) == pure == region.pure
    assert (region.index, region.dimension) == (1, 1)
    assert [bounds.tolist() for bounds in region.ranges] == [[[0, 1]] * 3] * 2
    assert region.payoffs.tolist() == [[-1, 1], [-1, 1]]
    assert region.example.profile == (0, 0)


def test_an_isolated_equilibrium_beside_a_segment():
    solution = solved(*STENGEL_3X2)
    assert [equilibrium.index for equilibrium in solution] == [None, None, 1]
    assert vectors(solution.equilibria[0]) == [[1, 0, 0], [1, 0]]
    assert same(vectors(solution.equilibria[1]), [[1, 0, 0], [Fraction(2, 3), Fraction(1, 3)]])
    third = Fraction(1, 3)
    assert same(vectors(solution.equilibria[2]), [[0, third, 2 * third], [third, 2 * third]])
    (region,) = solution.regions
    assert (region.index, region.dimension, region.pure) == (0, 1, ((0, 0),))
    assert same(region.ranges, [[[1, 1], [0, 0], [0, 0]], [[2 * third, 1], [0, third]]])
    assert region.payoffs.tolist() == [[3, 3], [3, 3]]
    assert "the one isolated or lies in the one connected set" in solution.reason


@pytest.mark.parametrize("shape", [(2, 2), (3, 5), (1, 4), (8, 8)], ids=str)
def test_where_all_payoffs_are_equal_every_profile_is_an_equilibrium(shape):
    solution = exact_two_player(Game.from_payoffs([np.full(shape, 7.5)] * 2))
    (region,) = solution.regions
    assert solution.completeness == "continuum"
    assert "every equilibrium lies in the one connected set" in solution.reason
    assert region.dimension == sum(shape) - 2
    assert region.index == 1
    assert len(region.pure) == len(solution) == shape[0] * shape[1]
    for bounds, count in zip(region.ranges, shape, strict=True):
        assert bounds.tolist() == [[0, 1] if count > 1 else [1, 1]] * count


@pytest.mark.parametrize(
    ("row", "column", "best"), [([3, 1, 3], [0, 5, 2], [1]), ([1, 2, 3], [4, 4, 1], [0, 1])]
)
def test_a_player_without_a_choice_leaves_a_choice_of_the_best(row, column, best):
    solution = solved([row], [column])
    turned = solved([[value] for value in column], [[value] for value in row])
    assert [equilibrium.profile for equilibrium in solution] == [(0, k) for k in best]
    assert [equilibrium.profile for equilibrium in turned] == [(k, 0) for k in best]
    assert solution.completeness == ("proved" if len(best) == 1 else "continuum")
    assert all(equilibrium.strict == (len(best) == 1) for equilibrium in solution)


def test_two_players_without_a_choice():
    (only,) = solved([[3]], [[-2]])
    assert (only.profile, only.strict, only.index, only.regret) == ((0, 0), True, 1, 0)
    assert only.payoffs.tolist() == [3, -2]


def test_a_duplicated_option_turns_its_equilibria_into_segments():
    # Battle of the sexes whose first row is there twice.
    solution = solved([[2, 0], [2, 0], [0, 1]], [[1, 0], [1, 0], [0, 2]])
    strict = [equilibrium for equilibrium in solution if equilibrium.index is not None]
    assert [equilibrium.profile for equilibrium in strict] == [(2, 1)]
    pure, mixed = solution.regions
    assert (pure.index, pure.dimension, pure.pure) == (1, 1, ((0, 0), (1, 0)))
    assert (mixed.index, mixed.dimension, mixed.pure) == (-1, 1, ())
    assert same(mixed.ranges[0], [[0, 2 / 3], [0, 2 / 3], [1 / 3, 1 / 3]])
    assert "one of the 2 connected sets" in solution.reason


def test_a_dominated_option_changes_nothing():
    (only,) = solved([[1, -1], [-1, 1], [-2, -2]], [[-1, 1], [1, -1], [5, 0]])
    assert vectors(only) == [[0.5, 0.5, 0], [0.5, 0.5]]
    assert only.index == 1


def test_an_isolated_equilibrium_with_ties_is_listed_with_its_index():
    # Both gain only together; at (1, 1) nobody loses by moving, but then the other moves too.
    solution = solved(*symmetric([[1, 0], [0, 0]]))
    assert solution.completeness == "proved"
    assert [(e.profile, e.strict, e.index) for e in solution] == [
        ((0, 0), True, 1),
        ((1, 1), False, 0),
    ]


@pytest.mark.parametrize("shape", [(2, 2), (3, 3), (4, 4), (3, 5), (5, 2)], ids=str)
def test_nondegenerate_games_are_solved_whole(shape):
    compared = 0
    for seed in range(20):
        payoffs = uniform_payoffs(seed, shape)
        tables = [table.tolist() for table in payoffs]
        if oracles.is_degenerate(*tables):
            continue
        exact = oracles.bimatrix_equilibria(*tables)
        solution = exact_two_player(Game.from_payoffs(payoffs))
        assert (len(solution), solution.completeness) == (len(exact), "proved")
        assert all(any(same(p, e.strategies) for e in solution) for p in exact)
        compared += 1
    assert compared >= 12


@pytest.mark.parametrize("scale", [1e-300, 1e-12, 1e12, 1e300])
def test_the_unit_of_payoffs_does_not_matter(scale):
    for seed in (0, 1, 2, 3, 6, 7):
        payoffs = uniform_payoffs(seed, (3, 3))
        exact = oracles.bimatrix_equilibria(*(table.tolist() for table in payoffs))
        solution = solved(payoffs[0] * scale, payoffs[1] * (1 / scale))
        assert len(solution) == len(exact)
        assert all(any(same(p, e.strategies) for e in solution) for p in exact)


def test_stakes_too_far_apart_for_floats_keep_supports_and_strategies_in_step():
    solution = solved([[1e-300, 0], [0, 1e-300]], [[0, 1e300], [1e-300, 0]])
    (only,) = solution
    assert only.support == (("o1", "o2"), ("o1", "o2"))
    assert min(only.strategies[0]) == 5e-324
    assert not only.strict
    assert only.profile is None


def test_lists_are_in_order_and_certificates_are_recomputed_from_the_payoffs():
    for seed in range(20):
        game = tied_game(seed, (4, 4))
        solution = exact_two_player(game)
        profiles = [e.profile for e in solution if e.profile is not None]
        assert profiles == oracles.pure_equilibria(game.payoffs.tolist(), game.shape)
        assert [e.profile is None for e in solution] == sorted(e.profile is None for e in solution)
        mixed = [e.strategies for e in solution if e.profile is None]
        keys = [[-round(float(p), 6) for vector in pair for p in vector] for pair in mixed]
        assert keys == sorted(keys)
        for equilibrium in solution:
            assert equilibrium.payoffs == pytest.approx(game.payoff(equilibrium.strategies))
            assert equilibrium.regret == pytest.approx(
                game.regret(equilibrium.strategies).max(), abs=1e-14
            )
            assert equilibrium.regret < 1e-14
            assert not any(vector.flags.writeable for vector in equilibrium.strategies)


def test_strict_equilibria_are_isolated_and_those_in_regions_have_no_index_of_their_own():
    met = 0
    for seed in range(30):
        game = tied_game(seed, (3, 4))
        solution = exact_two_player(game)
        inside = {profile for region in solution.regions for profile in region.pure}
        for equilibrium in solution:
            if equilibrium.strict:
                assert equilibrium.index == 1
                assert equilibrium.profile not in inside
            met += equilibrium.strict
            if equilibrium.profile in inside:
                assert equilibrium.index is None
        for region in solution.regions:
            for array in (*region.ranges, region.payoffs):
                assert not array.flags.writeable
            assert region.example in solution.equilibria
            assert (region.example.profile is not None) == bool(region.pure)
    assert met >= 8


def test_payoffs_from_logarithms_tie_where_only_rounding_tells_them_apart():
    octave = np.log(8.0)
    thrice = np.log(2.0) * 3 * (1 + 2**-52)
    assert octave != thrice
    tables = [[[octave, 1.0], [thrice, 0.5]], [[1.0, 0.5], [1.0, 0.5]]]
    given = Game.from_payoffs(tables)
    assert exact_two_player(given).completeness == "proved"
    computed = exact_two_player(replace(given, exact_source=None))
    assert computed.completeness == "continuum"
    assert [equilibrium.profile for equilibrium in computed] == [(0, 0), (1, 0)]
    assert "rounded" in computed.reason


@pytest.mark.parametrize(("gap", "tied"), [(0.9e-12, True), (1.2e-12, False), (3e-12, False)])
def test_without_fractions_the_same_gaps_are_ties_as_for_pure_equilibria(gap, tied):
    given = Game.from_payoffs([[[1.0], [1.0 - gap], [0.0]], [[0.0]] * 3])
    game = replace(given, exact_source=None)
    solution = exact_two_player(game)
    profiles = tuple(equilibrium.profile for equilibrium in solution)
    assert profiles == pure_profiles(game) == ((0, 0), (1, 0))[: 1 + tied]


def test_payoffs_without_fractions_give_what_those_with_fractions_give():
    for seed in range(10):
        game = tied_game(seed, (3, 3))
        exact = exact_two_player(game)
        computed = exact_two_player(replace(game, exact_source=None))
        assert [vectors(e) for e in computed] == [vectors(e) for e in exact]
        assert [r.index for r in computed.regions] == [r.index for r in exact.regions]


@pytest.mark.parametrize("shape", [(1, 1), (2, 3)])
def test_nothing_but_zeros_without_fractions(shape):
    game = replace(Game.from_payoffs([np.zeros(shape)] * 2), exact_source=None)
    assert len(exact_two_player(game)) == shape[0] * shape[1]


def test_work_is_bounded_and_the_caller_can_stop_it():
    game = uniform_game(0, (8, 8))
    assert exact_two_player(game, max_rays=50) is None
    polls = itertools.count()
    assert exact_two_player(game, stop=lambda: next(polls) > 20) is None
    assert next(polls) <= 23
    assert exact_two_player(game, stop=lambda: False) is not None


def test_a_list_without_indices_where_only_they_take_too_much_work():
    game = Game.from_payoffs([tied_payoffs(0, (6, 6))[0]] * 2)
    fewest = next(k for k in range(1000) if exact_two_player(game, max_rays=k) is not None)
    short, whole = exact_two_player(game, max_rays=fewest), exact_two_player(game)
    assert [region.index for region in short.regions] == [None] * len(whole.regions)
    assert all(equilibrium.index == 1 for equilibrium in short if equilibrium.strict)
    assert None not in [region.index for region in whole.regions]
    assert [vectors(e) for e in short] == [vectors(e) for e in whole]


@pytest.mark.parametrize(
    ("shape", "answered"),
    [
        ((1, 1), True),
        ((2, 32), True),
        ((32, 3), True),
        ((12, 12), True),
        ((14, 14), False),
        ((20, 20), False),
        ((2, 2, 2), False),
        ((3,), False),
    ],
)
def test_the_reach_of_enumeration(shape, answered):
    assert within_reach(uniform_game(0, shape)) == answered


def test_options_that_pay_the_same_count_once_for_the_reach():
    assert within_reach(Game.from_payoffs([np.zeros((32, 32))] * 2))


def test_other_numbers_of_players_are_refused():
    with pytest.raises(GameError, match="3 players"):
        exact_two_player(uniform_game(0, (2, 2, 2)))


def test_symmetric_games_have_symmetric_lists():
    for seed in range(10):
        table = tied_payoffs(seed, (4, 4))[0].tolist()
        listed = {repr(vectors(e)) for e in solved(*symmetric(table))}
        assert listed == {repr(vectors(e)[::-1]) for e in solved(*symmetric(table))}
