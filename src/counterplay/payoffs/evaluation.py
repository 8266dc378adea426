"""Formulas of a scenario at given values: one setting, or many along a batch axis.

Arrays carry the batch on their last axis; one setting is a batch of one, so that a slider and a
sweep compute the very same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm

import numpy as np

from counterplay.numeric import ExactArray, FloatArray, exact_decimal
from counterplay.scenario.formula import Formula
from counterplay.scenario.parts import FormulaText, OptionWeights, Term
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
    return [_term(scenario, term, numbers) for term in scenario.terms]


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


def _term(scenario: Scenario, term: Term, numbers: Mapping[str, FloatArray | float]) -> TermValues:
    cells = np.atleast_1d(_parsed(term.value).evaluate(numbers))
    for axis, player in enumerate(scenario.players):
        if player.id in term.when:
            weights = [
                _weight(term.when[player.id], option.id, numbers) for option in player.options
            ]
            column = np.stack(np.broadcast_arrays(*map(np.atleast_1d, weights)))
        else:
            column = np.ones((1, 1))
        others = [1] * len(scenario.players)
        others[axis] = column.shape[0]
        with np.errstate(over="ignore", invalid="ignore"):
            cells = cells * column.reshape(*others, column.shape[1])
    index = [player.id for player in scenario.players].index(term.player)
    return TermValues(term.id, term.label, index, cells)


def _weight(
    weights: OptionWeights, option: str, numbers: Mapping[str, FloatArray | float]
) -> FloatArray | float:
    if isinstance(weights, tuple):
        return 1.0 if option in weights else 0.0
    return _parsed(weights[option]).evaluate(numbers) if option in weights else 0.0


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
        unit = lcm(*(cell.denominator for part in parts for cell in part.ravel().tolist()))
        sums = np.zeros(total.shape[1:], dtype=object)
        for part in parts:
            cells: list[Fraction] = part.ravel().tolist()
            counts = [cell.numerator * (unit // cell.denominator) for cell in cells]
            sums += np.array(counts, dtype=object).reshape(part.shape)
        total[number].flat = [Fraction(count, unit) for count in sums.flat]


def _exact_term(scenario: Scenario, term: Term, numbers: Mapping[str, Fraction]) -> ExactArray:
    """Return a term's value by option of the players whose choice it depends on."""
    cells = np.full(
        [1] * len(scenario.players), _rational(_parsed(term.value), numbers), dtype=object
    )
    for axis, player in enumerate(scenario.players):
        if player.id in term.when:
            column = [
                _exact_weight(term.when[player.id], option.id, numbers)
                for option in player.options
            ]
            shape = [1] * len(scenario.players)
            shape[axis] = len(column)
            cells = cells * np.array(column, dtype=object).reshape(shape)
    return cells


def _exact_weight(
    weights: OptionWeights, option: str, numbers: Mapping[str, Fraction]
) -> Fraction:
    if isinstance(weights, tuple):
        return Fraction(option in weights)
    return _rational(_parsed(weights[option]), numbers) if option in weights else Fraction(0)
