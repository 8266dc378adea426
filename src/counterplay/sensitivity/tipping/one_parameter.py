"""Payoffs of a scenario as exact functions of one parameter, all other numbers held.

On each piece of the parameter's range every payoff is a quotient of polynomials with whole
coefficients; the numbers held are read as the decimals that they print as.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from counterplay.numeric import exact_decimal
from counterplay.scenario import Parameter, Scenario
from counterplay.scenario.formula import Formula
from counterplay.sensitivity.tipping.beliefs import Belief
from counterplay.sensitivity.tipping.integer_polynomials import primitive
from counterplay.sensitivity.tipping.payoff_blocks import Cells, blocks_of, parsed
from counterplay.sensitivity.tipping.piecewise import Piece, PieceArithmetic, SplitError
from counterplay.sensitivity.tipping.rational_functions import (
    UNKNOWN,
    ZERO,
    BeyondReachError,
    RationalFunction,
    constant,
)
from counterplay.sensitivity.tipping.real_roots import Enclosure

_MOST_PROFILES = 20_000
_MOST_PIECES = 200
_MOST_DENOMINATORS = 1_000


@dataclass(frozen=True, eq=False)
class Line:
    """One player's payoffs along a parameter, up to what does not depend on its own option.

    Attributes
    ----------
    pieces : tuple of (Piece, Cells)
        Payoffs (m_1, ..., m_n) on each piece.
    cuts : tuple of Enclosure
        Where one piece ends and another begins.
    rounded : bool
        Whether a fixed number in them was worked in double precision.
    """

    pieces: tuple[tuple[Piece, Cells], ...]
    cuts: tuple[Enclosure, ...]
    rounded: bool


class Lines:
    """Payoffs of one scenario along any of its parameters, the others held.

    Attributes
    ----------
    blocks : tuple of tuples of Block
        The reasons of each player.
    held : mapping
        Every parameter and constant at the value where it is held.
    """

    def __init__(self, scenario: Scenario, held: Mapping[str, float]) -> None:
        self.scenario = scenario
        self.shape = tuple(len(player.options) for player in scenario.players)
        self.held = dict(held)
        self._known = {name: constant(exact_decimal(value)) for name, value in held.items()}
        self.derived = {d.id: parsed(d.value) for d in scenario.derived}
        self.blocks = tuple(
            tuple(blocks_of(scenario, number)) for number in range(len(scenario.players))
        )
        self._fixed: dict[tuple[int, int], tuple[Cells, bool]] = {}

    def uses(self, player: int, parameter: str) -> bool:
        """Say whether a parameter may move differences between a player's own options."""
        moved = self.moved_by(parameter)
        return any(
            block.depends_on(player) and block.names & moved for block in self.blocks[player]
        )

    def moved_by(self, parameter: str) -> frozenset[str]:
        """Return the names whose values a parameter moves, itself included."""
        moved = {parameter}
        for name, formula in self.derived.items():
            if formula.names & moved:
                moved.add(name)
        return frozenset(moved)

    def along(self, player: int, parameter: Parameter) -> Line:
        """Return one player's payoffs along a parameter.

        Raises
        ------
        PoleError
            If a divisor is zero somewhere on the range.
        BeyondReachError
            If a formula is not rational, or beyond the limits on degree, length and pieces.
        """
        if int(np.prod(self.shape)) > _MOST_PROFILES:
            raise BeyondReachError
        low, high = exact_decimal(parameter.low), exact_decimal(parameter.high)
        waiting = [Piece(low, high, (low, high))]
        pieces: list[tuple[Piece, Cells]] = []
        cuts: list[Enclosure] = []
        rounded = False
        while waiting:
            piece = waiting.pop()
            arithmetic = PieceArithmetic(piece)
            try:
                cells = self._cells(player, parameter.id, arithmetic)
            except SplitError as split:
                cuts += split.roots
                waiting += piece.parts(split.roots)[::-1]
                if len(waiting) + len(pieces) > _MOST_PIECES:
                    raise BeyondReachError from None
                continue
            pieces.append((piece, cells))
            rounded |= arithmetic.rounded
        return Line(tuple(pieces), tuple(sorted(cuts)), rounded)

    def _cells(self, player: int, parameter: str, arithmetic: PieceArithmetic) -> Cells:
        moved = self.moved_by(parameter)
        values = _Values(self._known | {parameter: UNKNOWN}, self.derived, arithmetic)
        total = np.full(self.shape, ZERO, dtype=object)
        own = [
            (number, block)
            for number, block in enumerate(self.blocks[player])
            if block.depends_on(player)
        ]
        # First what moves, so that a piece is cut before anything long is added up.
        parts = [block.worked(values.worked) for _, block in own if block.names & moved]
        self._check_denominators(parts)
        for part in parts:
            total = total + part
        for number, block in own:
            if not block.names & moved:
                cells, rounded = self._fixed_cells(player, number, arithmetic.piece)
                total = total + cells
                arithmetic.rounded |= rounded
        return total

    def _check_denominators(self, parts: list[Cells]) -> None:
        """Refuse sums of so many different quotients that they would take long."""
        cells: list[RationalFunction] = [cell for part in parts for cell in part.ravel().tolist()]
        different = {primitive(cell.denominator) for cell in cells}
        degrees = sum(len(denominator) - 1 for denominator in different)
        if degrees * int(np.prod(self.shape)) > _MOST_DENOMINATORS:
            raise BeyondReachError

    def _fixed_cells(self, player: int, number: int, piece: Piece) -> tuple[Cells, bool]:
        """Return a block that no moved name is in; worked once, since pieces do not matter."""
        if (player, number) not in self._fixed:
            arithmetic = PieceArithmetic(piece)
            values = _Values(dict(self._known), self.derived, arithmetic)
            cells = self.blocks[player][number].worked(values.worked)
            self._fixed[player, number] = cells, arithmetic.rounded
        return self._fixed[player, number]


class _Values:
    """Values of names, derived quantities worked when they are first asked for."""

    def __init__(
        self,
        known: dict[str, RationalFunction],
        derived: Mapping[str, Formula],
        arithmetic: PieceArithmetic,
    ) -> None:
        self.known, self.derived, self.arithmetic = known, derived, arithmetic

    def worked(self, formula: Formula) -> RationalFunction:
        self._learn(formula)
        return self.arithmetic.evaluate(formula, self.known)

    def _learn(self, formula: Formula) -> None:
        """Work the derived quantities in a formula; each stands on earlier ones alone."""
        needed = _reached(formula.names, self.derived)
        for name, part in self.derived.items():
            if name in needed and name not in self.known:
                self.known[name] = self.arithmetic.evaluate(part, self.known)


def _reached(names: frozenset[str], derived: Mapping[str, Formula]) -> set[str]:
    reached = set(names)
    for name in reversed(list(derived)):
        if name in reached:
            reached |= derived[name].names
    return reached


def expected(cells: Cells, beliefs: Belief, player: int) -> Cells:
    """Return the expected payoff (m_i, 1) of each own option under a belief about the others.

    Parameters
    ----------
    beliefs : ndarray of Fraction
        Chances of the others' profiles, 1 long on the axis of `player`.
    """
    shares: list[Fraction] = beliefs.ravel().tolist()
    weighed: Cells = np.empty(len(shares), dtype=object)
    weighed[:] = [constant(share) for share in shares]
    rows = np.moveaxis(cells * weighed.reshape(beliefs.shape), player, 0).reshape(
        cells.shape[player], -1
    )
    sums = np.empty(len(rows), dtype=object)
    for k, row in enumerate(rows):
        sums[k] = sum(row.tolist(), start=ZERO)
    return sums.reshape(-1, 1)
