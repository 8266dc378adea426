"""How far rounding may have moved payoffs that have no exact value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import numpy as np

from counterplay.numeric import ROUNDING_TIE, FloatArray, exact_decimal
from counterplay.payoffs.evaluation import flat_cells
from counterplay.scenario.arithmetic import Operation
from counterplay.scenario.enclosures import Enclosed, in_enclosures
from counterplay.scenario.formula import Formula
from counterplay.scenario.intervals import Interval
from counterplay.scenario.parts import FormulaText, OptionWeights, Term
from counterplay.scenario.payoff_cell import read_cell
from counterplay.scenario.schema import Scenario

_NOT_RATIONAL = frozenset({"exp", "log", "sqrt"})
_LEAST = 1e-300


def formula_size(scenario: Scenario, values: Mapping[str, float], payoffs: FloatArray) -> float:
    """Return the size of numbers whose rounding explains that of the payoffs; 1 at most.

    It is 1 unless a player's payoffs are all smaller than that and have no exact value.  What
    rounding can then hide is bounded by working every formula on intervals.
    """
    if np.abs(payoffs).reshape(len(payoffs), -1).max(axis=1).min() >= 1:
        return 1.0
    if not any(map(_is_not_rational, _formulas(scenario))):
        return 1.0
    numbers = {name: Enclosed.exactly(exact_decimal(value)) for name, value in values.items()}
    for derived in scenario.derived:
        numbers[derived.id] = in_enclosures(_parsed(derived.value).programme, numbers)
    with np.errstate(all="ignore"):
        widths = [_width(scenario, player, numbers) for player in range(len(payoffs))]
    # A share of the player's largest payoff counts as a tie in any case.
    needed = [
        width / ROUNDING_TIE
        for width, table in zip(widths, payoffs, strict=True)
        if width > ROUNDING_TIE * np.abs(table).max()
    ]
    return min(max(needed, default=_LEAST), 1.0)


def _formulas(scenario: Scenario) -> Iterator[Formula]:
    yield from (_parsed(derived.value) for derived in scenario.derived)
    if scenario.payoffs is not None:
        for table in scenario.payoffs.values():
            yield from map(_cell, flat_cells(table))
        return
    for term in scenario.terms:
        yield _parsed(term.value)
        for weights in term.when.values():
            if isinstance(weights, Mapping):
                yield from map(_parsed, weights.values())


def _width(scenario: Scenario, player: int, numbers: Mapping[str, Enclosed]) -> float:
    """Return how far apart the bounds of a player's payoffs are at most."""
    own = scenario.players[player].id
    if scenario.payoffs is not None:
        cells = [
            in_enclosures(_cell(cell).programme, numbers).value
            for cell in flat_cells(scenario.payoffs[own])
        ]
        return max(float((cell.high - cell.low).max()) for cell in cells)
    total = Interval(np.zeros(1), np.zeros(1))
    for term in scenario.terms:
        if term.player == own:
            total = total + _bounds(scenario, term, numbers)
    return float((total.high - total.low).max())


def _bounds(scenario: Scenario, term: Term, numbers: Mapping[str, Enclosed]) -> Interval:
    count = len(scenario.players)
    product = in_enclosures(_parsed(term.value).programme, numbers).value
    product = Interval(*(end.reshape([1] * count) for end in (product.low, product.high)))
    for axis, player in enumerate(scenario.players):
        if player.id in term.when:
            weights = [_weight(term.when[player.id], o.id, numbers) for o in player.options]
            shape = [len(weights) if k == axis else 1 for k in range(count)]
            low, high = (
                np.concatenate([getattr(weight, end) for weight in weights]).reshape(shape)
                for end in ("low", "high")
            )
            product = product * Interval(low, high)
    return product


def _weight(weights: OptionWeights, option: str, numbers: Mapping[str, Enclosed]) -> Interval:
    if isinstance(weights, tuple) or option not in weights:
        chosen = float(isinstance(weights, tuple) and option in weights)
        return Interval(np.array([chosen]), np.array([chosen]))
    return in_enclosures(_parsed(weights[option]).programme, numbers).value


def _is_not_rational(formula: Formula) -> bool:
    return any(
        isinstance(step, Operation) and step.name in _NOT_RATIONAL for step in formula.programme
    )


@lru_cache(maxsize=8192)
def _parsed(text: FormulaText) -> Formula:
    return Formula.parse(text)


@lru_cache(maxsize=8192)
def _cell(text: FormulaText) -> Formula:
    return read_cell(text)
