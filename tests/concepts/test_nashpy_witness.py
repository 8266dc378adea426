"""nashpy as a witness: it agrees with whole solutions, and contradicts those with a hole."""

from dataclasses import replace

import pytest
from tests.factories import tied_game, uniform_game

from counterplay.concepts.nash import nash
from counterplay.concepts.nashpy_witness import nashpy_agrees
from counterplay.concepts.two_player import exact_two_player
from counterplay.games import Game


@pytest.mark.parametrize("shape", [(2, 2), (3, 2), (3, 3), (2, 5)], ids=str)
def test_nashpy_agrees_with_and_without_ties(shape):
    for seed in range(5):
        for game in (uniform_game(seed, shape), tied_game(seed, shape)):
            assert nashpy_agrees(game, exact_two_player(game)) is True


def test_a_solution_that_lacks_an_equilibrium_is_contradicted():
    contradicted = 0
    for seed in range(20):
        game = uniform_game(seed, (3, 3))
        solution = exact_two_player(game)
        if solution.regions:
            continue
        for k in range(len(solution)):
            rest = solution.equilibria[:k] + solution.equilibria[k + 1 :]
            assert nashpy_agrees(game, replace(solution, equilibria=rest)) is False
            contradicted += 1
    assert contradicted >= 12


def test_a_continuum_without_its_region_is_contradicted():
    game = Game.from_payoffs([[[1, 0], [1, 0]], [[2, 1], [2, 1]]])
    solution = exact_two_player(game)
    assert nashpy_agrees(game, solution) is True
    assert nashpy_agrees(game, replace(solution, equilibria=(), regions=())) is False


@pytest.mark.parametrize("shape", [(1, 3), (6, 2), (2, 2, 2), (4,)], ids=str)
def test_no_opinion_out_of_reach(shape):
    game = uniform_game(0, shape)
    assert nashpy_agrees(game, nash(game)) is None


def test_no_opinion_without_exact_payoffs():
    game = replace(uniform_game(0, (2, 2)), exact_source=None)
    assert nashpy_agrees(game, exact_two_player(game)) is None


@pytest.mark.parametrize("scale", [1e-300, 1e300])
def test_huge_and_tiny_payoffs(scale):
    game = Game.from_payoffs([[[scale, 0], [0, scale]], [[0, scale], [scale, 0]]])
    assert nashpy_agrees(game, exact_two_player(game)) is True


def test_all_equal_payoffs_warn_nobody():
    game = Game.from_payoffs([[[0, 0], [0, 0]]] * 2)
    assert nashpy_agrees(game, exact_two_player(game)) in (True, None)
