"""A cell of a payoff table: a formula, or a plain number of any size that a payoff may have.

Games from elsewhere have payoffs beyond the range of the numbers in a formula.  Alone in its cell
such a number meets no arithmetic, so it may be as large or as small as in any game.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from types import MappingProxyType

import numpy as np

from counterplay.errors import FormulaError
from counterplay.games.nfg_text import plain_number
from counterplay.games.strategic import LARGEST_PAYOFF, TOO_LARGE
from counterplay.numeric import exact_decimal
from counterplay.scenario.arithmetic import Number
from counterplay.scenario.formula import Formula


class PayoffNumber(Formula):
    """A plain number that is a whole cell."""

    def __reduce__(self) -> tuple[Callable[[str], Formula], tuple[str]]:
        """Travel as text, and be read again on arrival."""
        return read_cell, (self.text,)


def read_cell(cell: str | int | float) -> Formula:
    """Read a cell of a payoff table.

    Raises
    ------
    FormulaError
        If it is neither a formula nor a plain number, or a number beyond what a game holds.

    Examples
    --------
    >>> read_cell("8e307").evaluate({})
    8e+307
    >>> read_cell("1/30000000000000000").evaluate_exact({})
    Fraction(1, 30000000000000000)
    """
    try:
        return Formula.parse(cell)
    except FormulaError as error:
        number = _plain(str(cell))
        if number is None:
            raise
        if not abs(number.rounded) <= LARGEST_PAYOFF:
            raise FormulaError(TOO_LARGE) from error
        return PayoffNumber(str(cell), MappingProxyType({}), (number,))


def _plain(text: str) -> Number | None:
    try:
        exact = exact_decimal(plain_number(text))
    except ValueError:
        return None
    try:
        return Number(exact, np.float64(float(exact)))
    except OverflowError:
        return Number(exact, np.float64(inf))
