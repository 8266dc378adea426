"""Which numbers of a scenario its payoffs use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from counterplay.payoffs.evaluation import flat_cells
from counterplay.scenario import Scenario
from counterplay.scenario.formula import Formula
from counterplay.scenario.payoff_cell import read_cell


def used_names(scenario: Scenario) -> frozenset[str]:
    """Return the ids of all parameters, constants and derived quantities that payoffs depend on.

    A derived quantity stands for the names in its own formula as well.
    """
    names = set().union(*(formula.names for formula in payoff_formulas(scenario)))
    # A derived quantity uses only earlier ones.
    for derived in reversed(scenario.derived):
        if derived.id in names:
            names |= Formula.parse(derived.value).names
    return frozenset(names)


def payoff_formulas(scenario: Scenario) -> Iterator[Formula]:
    """Yield the formula of every payoff cell, or of every term and weight."""
    if scenario.payoffs is not None:
        for table in scenario.payoffs.values():
            yield from map(read_cell, flat_cells(table))
        return
    for term in scenario.terms:
        yield Formula.parse(term.value)
        for weights in term.when.values():
            if isinstance(weights, Mapping):
                yield from map(Formula.parse, weights.values())
