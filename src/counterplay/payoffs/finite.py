"""Terms at one setting, refused where payoffs could not be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np

from counterplay.errors import ValuesError
from counterplay.games.strategic import LARGEST_PAYOFF
from counterplay.payoffs.evaluation import TermValues, flat_cells, term_values, with_derived
from counterplay.scenario.formula import Formula
from counterplay.scenario.payoff_cell import read_cell
from counterplay.scenario.schema import Scenario

_MOST_TOLD = 6


def finite_terms(scenario: Scenario, values: Mapping[str, float]) -> list[TermValues]:
    """Evaluate every term of a scenario at one setting.

    Raises
    ------
    ValuesError
        If a term is not finite, or so large that payoffs could not be compared; the message gives
        the values that its formula uses.
    """
    terms = term_values(scenario, values)
    added = Counter(term.player for term in terms)
    for term in terms:
        most = LARGEST_PAYOFF / added[term.player]
        if not np.abs(term.cells).max() <= most:
            raise _refusal(scenario, values, term, most)
    return terms


def _refusal(
    scenario: Scenario, values: Mapping[str, float], term: TermValues, most: float
) -> ValuesError:
    numbers = with_derived(scenario, values)
    bad = next((d for d in scenario.derived if not np.isfinite(numbers[d.id])), None)
    formulas = [Formula.parse(bad.value)] if bad else list(_formulas(scenario, term, most))
    named = set().union(*(formula.names for formula in formulas))
    # A derived quantity uses only earlier ones.
    for derived in reversed(scenario.derived):
        if derived.id in named:
            named |= Formula.parse(derived.value).names
    told = [
        f"{name} = {float(number)!r}".removesuffix(".0")
        for name, number in values.items()
        if name in named
    ]
    more = len(told) - _MOST_TOLD
    listed = ", ".join(told[:_MOST_TOLD]) + (f" and {more} more" if more > 0 else "")
    return ValuesError(
        f"{bad.id if bad else term.id}: not finite at these values"
        f"{f' ({listed})' if told else ''}; it divides by zero or grows without bound"
    )


def _formulas(scenario: Scenario, term: TermValues, most: float) -> Iterator[Formula]:
    """Yield the formulas of a term; of a payoff table, only that of the first bad cell."""
    if scenario.payoffs is not None:
        table = scenario.payoffs[scenario.players[term.player].id]
        place = int(np.flatnonzero(~(np.abs(term.cells) <= most))[0])
        yield read_cell(list(flat_cells(table))[place])
        return
    one = next(candidate for candidate in scenario.terms if candidate.id == term.id)
    yield Formula.parse(one.value)
    for weights in one.when.values():
        if isinstance(weights, Mapping):
            yield from map(Formula.parse, weights.values())
