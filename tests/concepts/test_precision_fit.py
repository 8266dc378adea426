"""Fitting the precision of logit responses to choices."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from tests.concepts.test_quantal import PENNIES, pennies_response, three_hunters
from tests.factories import uniform_game

from counterplay.concepts.precision_fit import fit_precision
from counterplay.concepts.quantal import quantal
from counterplay.errors import GameError
from counterplay.games import Game

# Choices of 25 pairs: Goeree and Holt, Ten Little Treasures of Game Theory (2001), table 1.
OBSERVED = {"goeree_holt_320": ([24, 1], [4, 21]), "goeree_holt_44": ([2, 23], [20, 5])}


def log_likelihood(counts, strategies):
    return sum(float(np.array(c) @ np.log(x)) for c, x in zip(counts, strategies, strict=True))


@pytest.mark.parametrize("name", OBSERVED)
def test_experiments(name):
    row, column = PENNIES[name]
    counts = OBSERVED[name]

    def loss(precision):
        top, left = pennies_response(row, column, precision)
        return -log_likelihood(counts, ([top, 1 - top], [left, 1 - left]))

    grid = np.linspace(1e-4, 1.0, 2001)
    start = min(grid, key=loss)
    best = minimize_scalar(
        loss, bounds=(start - 1e-3, start + 1e-3), method="bounded", options={"xatol": 1e-12}
    )
    fit = fit_precision(Game.from_payoffs([row, column]), counts)
    assert fit.maximum == "interior"
    assert fit.precision == pytest.approx(best.x, rel=1e-5)
    assert fit.log_likelihood == pytest.approx(-best.fun, rel=1e-12)
    assert fit.uniform_log_likelihood == pytest.approx(100 / 2 * np.log(0.5))
    saturated = sum(c * np.log(c / 25) for vector in counts for c in vector)
    assert fit.saturated_log_likelihood == pytest.approx(saturated)


@pytest.mark.parametrize("shape", [(2, 2), (3, 3), (2, 3, 2)], ids=str)
@pytest.mark.parametrize("precision", [0.01, 0.1, 0.6])
def test_frequencies_of_a_response_give_its_precision_back(shape, precision):
    game = uniform_game(5, shape)
    response = quantal(game, precision)
    fit = fit_precision(game, [1e3 * vector for vector in response.strategies])
    assert fit.precision == pytest.approx(precision, rel=1e-6)
    assert fit.log_likelihood == pytest.approx(fit.saturated_log_likelihood, rel=1e-10)


@pytest.mark.parametrize("seed", range(8))
def test_no_precision_does_better(seed):
    game = uniform_game(seed, (3, 2, 2))
    generator = np.random.default_rng(seed)
    counts = [generator.integers(0, 30, size=count) for count in game.shape]
    fit = fit_precision(game, counts)
    assert fit.log_likelihood == pytest.approx(log_likelihood(counts, fit.strategies), rel=1e-9)
    for response in quantal(game, np.geomspace(1e-4, 2, 60)):
        assert log_likelihood(counts, response.strategies) <= fit.log_likelihood + 1e-9


def test_choices_on_a_folded_part_of_the_branch_are_found():
    stag = 0.7
    game = three_hunters(0.249)
    fit = fit_precision(game, [[70, 30]] * 3)
    assert fit.precision == pytest.approx(np.log(stag / (1 - stag)) / (stag**2 - 0.249), rel=1e-6)
    assert fit.strategies[0] == pytest.approx([stag, 1 - stag], abs=1e-6)


def test_choices_against_the_payoffs_are_best_explained_by_chance():
    fit = fit_precision(Game.from_payoffs([[0, 1, 2]]), [[20, 5, 1]])
    assert (fit.precision, fit.maximum) == (0.0, "zero")
    assert fit.log_likelihood == fit.uniform_log_likelihood == pytest.approx(-26 * np.log(3))


def test_where_no_precision_matters_it_is_0():
    fit = fit_precision(Game.from_payoffs(np.ones((2, 2, 2))), [[3, 1], [2, 5]])
    assert (fit.precision, fit.maximum) == (0.0, "zero")


def test_perfect_choices_have_no_largest_precision():
    game = Game.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    fit = fit_precision(game, [[0, 9], [0, 9]])
    assert fit.maximum == "unbounded"
    assert fit.log_likelihood == pytest.approx(0, abs=1e-9)
    limited = fit_precision(game, [[0, 9], [0, 9]], largest_precision=2)
    assert (limited.precision, limited.maximum) == (2.0, "unbounded")


@pytest.mark.parametrize("unit", [1e-300, 1e-3, 1e6, 1e300])
def test_the_unit_of_payoffs_only_moves_the_precision(unit):
    row, column = PENNIES["ochs_9"]
    counts = [[64, 36], [43, 57]]
    plain = fit_precision(Game.from_payoffs([row, column]), counts)
    other = Game.from_payoffs([np.array(row) * unit, np.array(column) * unit])
    assert fit_precision(other, counts).precision * unit == pytest.approx(plain.precision)


def test_a_player_may_be_unobserved():
    row, column = PENNIES["ochs_9"]
    game = Game.from_payoffs([row, column])
    target = quantal(game, 0.5).strategies[0]
    fit = fit_precision(game, [100 * target, [0, 0]])
    assert fit.strategies[0] == pytest.approx(target, abs=1e-6)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([[1, 2]], "one vector of counts for each of p1, p2"),
        (3, "one vector of counts for each of p1, p2"),
        ([[1, 2, 3], [1, 2]], "p1 has 2 options; give 2 counts"),
        ([["few", "many"], [1, 2]], "p1 has 2 options; give 2 counts"),
        ([[1, -2], [1, 2]], "p1: counts must be finite and 0 or more"),
        ([[1, 2], [np.nan, 2]], "p2: counts must be finite and 0 or more"),
        ([[0, 0], [0, 0]], "all counts are 0"),
    ],
)
def test_counts_that_do_not_fit_are_refused(counts, words):
    with pytest.raises(GameError, match=f"frequencies: .*{words}"):
        fit_precision(uniform_game(0, (2, 2)), counts)
