"""Differences between a player's own options as sums of products of formulas.

Reasons that pay the same whichever of the two options is chosen are left out, and differences
that no moved number is in; those that are the same for several profiles of the others come once.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from counterplay.numeric import FloatArray, exact_decimal
from counterplay.scenario.arithmetic import Number
from counterplay.scenario.enclosures import Enclosed, in_enclosures
from counterplay.scenario.formula import Formula
from counterplay.sensitivity.tipping.beliefs import Belief
from counterplay.sensitivity.tipping.one_parameter import Lines
from counterplay.sensitivity.tipping.payoff_blocks import Block


class Part(NamedTuple):
    """What one reason adds to a difference: share times (first minus second) times the others."""

    share: Fraction
    first: Formula
    second: Formula
    others: tuple[Formula, ...]


Row: TypeAlias = tuple[Part, ...]


class Cells:
    """Formulas on cells of one number's range, each worked when it is first asked for."""

    def __init__(
        self, lines: Lines, parameter: str, low: FloatArray, high: FloatArray | None = None
    ) -> None:
        self.lines = lines
        self.values: dict[str, Enclosed] = {
            name: Enclosed.exactly(exact_decimal(value)) for name, value in lines.held.items()
        }
        self.values[parameter] = Enclosed.unknown(low, low if high is None else high)
        for name, formula in lines.derived.items():
            self.values[name] = in_enclosures(formula.programme, self.values)
        self._worked: dict[Formula, Enclosed] = {}
        self._parts: dict[Part, Enclosed] = {}

    def difference(self, row: Row, cells: npt.NDArray[np.int64]) -> Enclosed:
        """Return a difference on some of the cells."""
        parts = [self._part(part).take(cells) for part in row]
        with np.errstate(all="ignore"):
            return sum(parts[1:], start=parts[0])

    def _part(self, part: Part) -> Enclosed:
        if part not in self._parts:
            with np.errstate(all="ignore"):
                product = _fixed_gap(part) or self._formula(part.first) - self._formula(
                    part.second
                )
                for factor in part.others:
                    product = product * self._formula(factor)
                if part.share != 1:
                    product = product * Enclosed.exactly(part.share)
            self._parts[part] = product
        return self._parts[part]

    def _formula(self, formula: Formula) -> Enclosed:
        if formula not in self._worked:
            self._worked[formula] = in_enclosures(formula.programme, self.values)
        return self._worked[formula]


def difference_rows(
    lines: Lines, parameter: str, player: int, belief: Belief | None = None
) -> list[Row]:
    """Return the differences that a number may move, each once.

    Parameters
    ----------
    belief : array of Fraction, optional
        About the others' profiles; each profile by itself where left out.
    """
    moved = lines.moved_by(parameter)
    own = [block for block in lines.blocks[player] if block.depends_on(player)]
    others = tuple(1 if k == player else count for k, count in enumerate(lines.shape))
    places = list(np.ndindex(*others))
    weights: list[tuple[tuple[int, ...], Fraction]] = [
        (place, Fraction(1) if belief is None else belief.item(place)) for place in places
    ]
    found: dict[Row, None] = {}
    for pair in combinations(range(lines.shape[player]), 2):
        parts = [
            [part for block in own for part in _parts(block, player, pair, place, share)]
            for place, share in weights
            if share
        ]
        rows = parts if belief is None else [[part for some in parts for part in some]]
        for row in map(_gathered, rows):
            if any(_names(part) & moved for part in row):
                found[row] = None
    return list(found)


def _parts(
    block: Block, player: int, pair: tuple[int, int], place: tuple[int, ...], share: Fraction
) -> Iterator[Part]:
    """Yield what a block adds, unless it is nothing."""
    two: list[Formula] = []
    others = []
    for shape, formulas in block.factors:
        cells = [
            formulas[_flat(shape, (*place[:player], option, *place[player + 1 :]))]
            for option in (pair if shape[player] > 1 else (0,))
        ]
        if len(cells) == 2:
            two = cells
        else:
            others += cells
    if len(two) == 2 and two[0] != two[1] and not any(_number(f) == 0 for f in others):
        yield Part(share, two[0], two[1], tuple(f for f in others if _number(f) != 1))


def _flat(shape: tuple[int, ...], place: tuple[int, ...]) -> int:
    index = 0
    for count, own in zip(shape, place, strict=True):
        index = index * count + (own if count > 1 else 0)
    return index


def _gathered(parts: list[Part]) -> Row:
    """Add the shares of parts that are otherwise the same."""
    shares: dict[Part, Fraction] = {}
    for part in parts:
        key = part._replace(share=Fraction(1))
        shares[key] = shares.get(key, Fraction(0)) + part.share
    return tuple(key._replace(share=share) for key, share in shares.items())


def _names(part: Part) -> frozenset[str]:
    return frozenset[str]().union(*(f.names for f in (part.first, part.second, *part.others)))


def _number(formula: Formula) -> Fraction | None:
    """Return the number that a formula is, if it is a plain one."""
    (step, *rest) = formula.programme
    return step.exact if isinstance(step, Number) and not rest else None


def _fixed_gap(part: Part) -> Enclosed | None:
    first, second = _number(part.first), _number(part.second)
    return None if first is None or second is None else Enclosed.exactly(first - second)
