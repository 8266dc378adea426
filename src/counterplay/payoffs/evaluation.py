"""Formulas of a scenario at given values: one setting, or many along a batch axis.

Arrays carry the batch on their last axis; one setting is a batch of one, so that a slider and a
sweep compute the very same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm

import numpy as np

from counterplay.numeric import ExactArray, FloatArray, exact_decimal
from counterplay.scenario.formula import Formula
from counterplay.scenario.parts import FormulaText, Term
from counterplay.scenario.payoff_cell import read_cell
from counterplay.scenario.schema import Scenario


@dataclass(frozen=True, eq=False)
class TermValues:
    """What one term pays.

    Attributes
    ----------
    id, label : str
    player : int
        Index of the player who is paid.
    cells : ndarray, shape (k_1, ..., k_n, batch)
        k_j is the number of options of player j, or 1 where the term does not depend on them.
    """

    id: str
    label: str
    player: int
    cells: FloatArray


def term_values(scenario: Scenario, values: Mapping[str, FloatArray | float]) -> list[TermValues]:
    """Evaluate every term of a scenario.

    Parameters
    ----------
    values : mapping
        Every parameter and constant, as a number or as an array of shape (batch,).

    Returns
    -------
    list of TermValues
        With cells that are not finite where a formula is not.
    """
    numbers = with_derived(scenario, values)
    if scenario.payoffs is not None:
        return [_table(scenario, number, numbers) for number in range(len(scenario.players))]
    options = [tuple(option.id for option in player.options) for player in scenario.players]
    return [_term(scenario, term, options, numbers) for term in scenario.terms]


def with_derived(
    scenario: Scenario, values: Mapping[str, FloatArray | float]
) -> dict[str, FloatArray | float]:
    """Return values together with those of the derived quantities."""
    numbers = dict(values)
    for derived in scenario.derived:
        value = _parsed(derived.value).evaluate(numbers)
        numbers[derived.id] = value
    return numbers


def exact_payoffs(scenario: Scenario, values: Mapping[str, float]) -> ExactArray | None:
    """Return the payoffs as Fractions, shape (n, m_1, ..., m_n).

    None where a formula is not rational.
    """
    numbers: dict[str, Fraction] = {name: exact_decimal(value) for name, value in values.items()}
    for derived in scenario.derived:
        value = _parsed(derived.value).evaluate_exact(numbers)
        if value is None:
            return None
        numbers[derived.id] = value
    shape = tuple(len(player.options) for player in scenario.players)
    total = np.full((len(shape), *shape), Fraction(0), dtype=object)
    try:
        if scenario.payoffs is not None:
            for number, player in enumerate(scenario.players):
                cells = [
                    _rational(_cell(cell), numbers)
                    for cell in flat_cells(scenario.payoffs[player.id])
                ]
                total[number].flat = cells
        else:
            _add_exact_terms(scenario, numbers, total)
    except _NotRationalError:
        return None
    total.flags.writeable = False
    return total


def flat_cells(table: object) -> Iterator[FormulaText]:
    """Yield the cells of a nested payoff table in row order."""
    if isinstance(table, (list, tuple)):
        for part in table:
            yield from flat_cells(part)
    else:
        yield table


@lru_cache(maxsize=8192)
def _parsed(text: FormulaText) -> Formula:
    return Formula.parse(text)


@lru_cache(maxsize=8192)
def _cell(text: FormulaText) -> Formula:
    return read_cell(text)


class _NotRationalError(Exception):
    """A formula has no rational value."""


def _term(
    scenario: Scenario,
    term: Term,
    options: Sequence[tuple[str, ...]],
    numbers: Mapping[str, FloatArray | float],
) -> TermValues:
    count = len(options)
    cells = np.atleast_1d(_parsed(term.value).evaluate(numbers)).reshape(*[1] * count, -1)
    with np.errstate(over="ignore", invalid="ignore"):
        for axis, player in enumerate(scenario.players):
            if player.id in term.when:
                weights = term.when[player.id]
                cells = cells * (
                    _fixed_column(weights, options[axis], axis, count)
                    if isinstance(weights, tuple)
                    else _column(weights, options[axis], axis, count, numbers)
                )
    index = [player.id for player in scenario.players].index(term.player)
    return TermValues(term.id, term.label, index, cells)


@lru_cache(maxsize=8192)
def _fixed_column(
    chosen: tuple[str, ...], options: tuple[str, ...], axis: int, count: int
) -> FloatArray:
    """Return 1 for each option of a player that is chosen, else 0, along the player's axis."""
    column = np.array([[float(option in chosen)] for option in options])
    column.flags.writeable = False
    return _along(axis, count, column)


def _column(
    weights: Mapping[str, FormulaText],
    options: tuple[str, ...],
    axis: int,
    count: int,
    numbers: Mapping[str, FloatArray | float],
) -> FloatArray:
    """Return the weight of each of a player's options along its axis, the batch last."""
    worked = [
        np.atleast_1d(_parsed(weights[option]).evaluate(numbers) if option in weights else 0.0)
        for option in options
    ]
    return _along(axis, count, np.stack(np.broadcast_arrays(*worked)))


def _along(axis: int, count: int, column: FloatArray) -> FloatArray:
    """Return a column of shape (options, batch) as an array of one axis a player and the batch."""
    others = [1] * count
    others[axis] = column.shape[0]
    return column.reshape(*others, column.shape[1])


def _table(
    scenario: Scenario, number: int, numbers: Mapping[str, FloatArray | float]
) -> TermValues:
    player = scenario.players[number]
    table = (scenario.payoffs or {})[player.id]
    shape = [len(other.options) for other in scenario.players]
    flat = [
        cell if isinstance(cell, (int, float)) else _cell(cell).evaluate(numbers)
        for cell in flat_cells(table)
    ]
    cells = np.stack(np.broadcast_arrays(*map(np.atleast_1d, flat))).astype(np.float64)
    term_id = f"{player.id}.payoffs"
    return TermValues(term_id, "Payoff table", number, cells.reshape(*shape, cells.shape[-1]))


def _rational(formula: Formula, numbers: Mapping[str, Fraction]) -> Fraction:
    value = formula.evaluate_exact(numbers)
    if value is None:
        raise _NotRationalError
    return value


def _add_exact_terms(
    scenario: Scenario, numbers: Mapping[str, Fraction], total: ExactArray
) -> None:
    for number, player in enumerate(scenario.players):
        parts = [
            _exact_term(scenario, term, numbers)
            for term in scenario.terms
            if term.player == player.id
        ]
        # Whole numbers of one unit add much faster than fractions.
        unit = lcm(*(cell.denominator for cells, _ in parts for cell in cells.ravel().tolist()))
        sums = np.zeros(total.shape[1:], dtype=object)
        for cells, places in parts:
            worth: list[Fraction] = cells.ravel().tolist()
            counts = [cell.numerator * (unit // cell.denominator) for cell in worth]
            sums[np.ix_(*places)] += np.array(counts, dtype=object).reshape(cells.shape)
        total[number].flat = [Fraction(count, unit) for count in sums.flat]


def _exact_term(
    scenario: Scenario, term: Term, numbers: Mapping[str, Fraction]
) -> tuple[ExactArray, list[list[int]]]:
    """Return what a term pays, and at which options of each player it pays at all.

    The array has one axis a player, as long as the player's list of options where the term
    weighs them, else 1.
    """
    count = len(scenario.players)
    cells = np.full([1] * count, _rational(_parsed(term.value), numbers), dtype=object)
    places = [list(range(len(player.options))) for player in scenario.players]
    for axis, player in enumerate(scenario.players):
        weights = term.when.get(player.id)
        if weights is None:
            continue
        ids = [option.id for option in player.options]
        places[axis] = [k for k, option in enumerate(ids) if option in weights]
        if isinstance(weights, Mapping):
            column = [_rational(_parsed(weights[ids[k]]), numbers) for k in places[axis]]
            shape = [1] * count
            shape[axis] = len(column)
            cells = cells * np.array(column, dtype=object).reshape(shape)
    return cells, places
