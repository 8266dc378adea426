"""The reasons of payoffs as formulas, in the shape in which they are multiplied and added."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from counterplay.payoffs.evaluation import flat_cells
from counterplay.scenario import Scenario
from counterplay.scenario.formula import Formula
from counterplay.scenario.parts import FormulaText
from counterplay.scenario.payoff_cell import read_cell
from counterplay.sensitivity.tipping.rational_functions import RationalFunction

Cells = npt.NDArray[np.object_]
"""Payoffs by profile, each a `RationalFunction`."""

Factor = tuple[tuple[int, ...], tuple[Formula, ...]]
"""Shape and formulas in row order; 1 long on the axes of players on whom it does not depend."""


@dataclass(frozen=True)
class Block:
    """Reasons of one player's payoff that are multiplied and then added to the others.

    Attributes
    ----------
    factors : tuple of (shape, formulas)
        For each factor its shape, 1 on the axes of players on whom it does not depend, and its
        formulas in row order.
    names : frozenset of str
        All names in its formulas.
    """

    factors: tuple[Factor, ...]
    names: frozenset[str]

    def worked(self, work: Callable[[Formula], RationalFunction]) -> Cells:
        """Return the product of the factors, each formula worked by `work`."""
        product: Cells | None = None
        for shape, formulas in self.factors:
            factor = np.empty(len(formulas), dtype=object)
            factor[:] = [work(formula) for formula in formulas]
            factor = factor.reshape(shape)
            product = factor if product is None else product * factor
        return np.asarray(product, dtype=object)

    def depends_on(self, player: int) -> bool:
        """Say whether it may differ between options of a player."""
        return any(shape[player] > 1 for shape, _ in self.factors)


def blocks_of(scenario: Scenario, number: int) -> Iterator[Block]:
    """Yield the reasons of the payoff of a player, given by its number."""
    shape = tuple(len(player.options) for player in scenario.players)
    player = scenario.players[number]
    if scenario.payoffs is not None:
        table = tuple(_cell(cell) for cell in flat_cells(scenario.payoffs[player.id]))
        yield _block([(shape, table)])
        return
    for term in scenario.terms:
        if term.player != player.id:
            continue
        factors: list[Factor] = [((1,) * len(shape), (parsed(term.value),))]
        for axis, other in enumerate(scenario.players):
            if other.id in term.when:
                weights = tuple(
                    _weight(term.when[other.id], option.id) for option in other.options
                )
                own = tuple(m if i == axis else 1 for i, m in enumerate(shape))
                factors.append((own, weights))
        yield _block(factors)


def _block(factors: list[Factor]) -> Block:
    names = frozenset[str]().union(*(f.names for _, formulas in factors for f in formulas))
    return Block(tuple(factors), names)


def _weight(weights: Any, option: str) -> Formula:  # noqa: ANN401 - as the file gives it
    if isinstance(weights, tuple):
        return parsed(int(option in weights))
    return parsed(weights.get(option, 0))


@lru_cache(maxsize=8192)
def parsed(text: FormulaText) -> Formula:
    """Return a formula; each text is read once."""
    return Formula.parse(text)


@lru_cache(maxsize=8192)
def _cell(text: FormulaText) -> Formula:
    return read_cell(text)
