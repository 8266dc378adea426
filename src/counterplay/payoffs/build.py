"""A scenario at given values as a game."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from counterplay.games import Game
from counterplay.numeric import FloatArray
from counterplay.payoffs.evaluation import TermValues, exact_payoffs, term_values
from counterplay.payoffs.finite import finite_terms
from counterplay.payoffs.rounding import formula_size
from counterplay.scenario.schema import Scenario, loaded


def game(scenario: Scenario, values: Mapping[str, float] | None = None) -> Game:
    """Build the game of a scenario.

    Parameters
    ----------
    scenario : Scenario
    values : mapping from parameter or constant id to number, optional
        All others keep their defaults.

    Returns
    -------
    Game
        With the scenario's ids and labels, payoffs in the scenario's own units, and exact ones
        where every formula is rational.

    Raises
    ------
    CounterplayError
        If `scenario` is not loaded.
    ValuesError
        If `values` is no mapping, an id is unknown, a value is out of range or not finite, or a
        payoff is not finite.

    Examples
    --------
    >>> from counterplay.scenario import load
    >>> game(load("chicken")).shape
    (2, 2)
    """
    full = loaded(scenario).full_values(values)
    return game_of(scenario, full, _sums(scenario, finite_terms(scenario, full))[..., 0])


def game_of(scenario: Scenario, full: Mapping[str, float], payoffs: FloatArray) -> Game:
    """Return the game whose payoffs have been worked out already.

    Parameters
    ----------
    full : mapping
        Every parameter and constant.
    payoffs : ndarray, shape (n, m_1, ..., m_n)
        What `payoff_batch` gives there, finite.
    """
    payoffs = np.array(payoffs, order="C")
    payoffs.flags.writeable = False
    players = scenario.players
    return Game(
        payoffs,
        tuple(player.id for player in players),
        tuple(tuple(option.id for option in player.options) for player in players),
        tuple(player.label for player in players),
        tuple(tuple(option.label for option in player.options) for player in players),
        partial(exact_payoffs, scenario, full),
        formula_size=formula_size(scenario, full, payoffs),
    )


def payoff_batch(scenario: Scenario, values: Mapping[str, FloatArray | float]) -> FloatArray:
    """Return payoffs at many values at once, shape (n, m_1, ..., m_n, batch).

    Parameters
    ----------
    values : mapping
        Every parameter and constant, as a number or as an array of shape (batch,).

    Payoffs are not finite where a formula is not.
    """
    terms = term_values(scenario, values)
    batch = max((np.size(value) for value in values.values()), default=1)
    return np.broadcast_to(_sums(scenario, terms), _shape(scenario, batch))


def _sums(scenario: Scenario, terms: Sequence[TermValues]) -> FloatArray:
    batch = max((term.cells.shape[-1] for term in terms), default=1)
    total = np.zeros(_shape(scenario, batch))
    with np.errstate(over="ignore", invalid="ignore"):
        for term in terms:
            total[term.player] += term.cells
    return total


def _shape(scenario: Scenario, batch: int) -> tuple[int, ...]:
    counts = tuple(len(player.options) for player in scenario.players)
    return (len(counts), *counts, batch)
