"""Where a player's preference between two of its options may turn as one parameter moves.

Where payoffs are quotients of polynomials in the parameter, all roots of all payoff differences
are enclosed exactly (`real_roots`).  Where exp, log or sqrt involves the parameter, or a formula
passes the limits on degree and length, differences and their slopes are bounded on cells of the
range instead (`sign_changes`); what rounding leaves undecided there is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from typing import NamedTuple

from counterplay.numeric import exact_decimal
from counterplay.scenario import Parameter
from counterplay.sensitivity.tipping.beliefs import Belief
from counterplay.sensitivity.tipping.integer_polynomials import Polynomial, primitive
from counterplay.sensitivity.tipping.one_parameter import Lines, expected
from counterplay.sensitivity.tipping.payoff_blocks import Cells
from counterplay.sensitivity.tipping.piecewise import Piece, PoleError
from counterplay.sensitivity.tipping.rational_functions import BeyondReachError, RationalFunction
from counterplay.sensitivity.tipping.real_roots import Enclosure, roots_between
from counterplay.sensitivity.tipping.sign_changes import Stretch, sign_changes

_APART = 4e-12
_MOST_ROOT_WORK = 100_000


class Turns(NamedTuple):
    """Where a preference may turn.

    Attributes
    ----------
    listed : list of Turn
        All of them, and perhaps places where none turns.
    doubtful : list of (float, float)
        Stretches in which a preference may turn and turn back, which rounding hides.
    """

    listed: list[Turn]
    doubtful: list[Stretch]

    @property
    def complete(self) -> bool:
        """Whether there are no others."""
        return not self.doubtful


@dataclass(frozen=True)
class Turn:
    """A place where a preference may turn.

    Attributes
    ----------
    place : Enclosure
    exact : bool
        Whether it is a root of exact payoffs.
    """

    place: Enclosure
    exact: bool

    @property
    def value(self) -> float:
        """The root, or the middle of its enclosure."""
        return float(self.place.middle)


def turns_of(
    lines: Lines, parameter: Parameter, player: int, belief: Belief | None = None
) -> Turns:
    """Return where a player's preference between two own options may turn, inside the range.

    Parameters
    ----------
    belief : array of Fraction, optional
        About the others' profiles; each profile by itself where left out.

    Payoffs must be finite all along the range; a division by zero is allowed where a formula
    bounds it.
    """
    if not lines.uses(player, parameter.id):
        return Turns([], [])
    try:
        return Turns(_exact(lines, parameter, player, belief), [])
    except (BeyondReachError, PoleError):
        pass
    found = sign_changes(lines, parameter, player, belief)
    least = _APART * (parameter.high - parameter.low)
    wide = [(low, high) for low, high in found.doubtful if high - low > least]
    return Turns([Turn(place, exact=False) for place in found.places], wide)


def merged(turns: list[Turn], parameter: Parameter) -> list[Turn]:
    """Return turns in order, without the ends; those that doubles cannot tell apart are made one.

    Doubles cannot tell two turns apart within 4e-12 of the range, or without a number between.
    """
    low, high = exact_decimal(parameter.low), exact_decimal(parameter.high)
    apart = Fraction(_APART) * (high - low)
    groups: list[list[Turn]] = []
    for turn in sorted(turns, key=lambda turn: turn.place):
        if turn.place.low - low <= apart or high - turn.place.high <= apart:
            continue
        if groups and _too_close(groups[-1], turn, apart):
            groups[-1].append(turn)
        else:
            groups.append([turn])
    return [_one(group) for group in groups]


def _too_close(group: list[Turn], turn: Turn, apart: Fraction) -> bool:
    last = max(member.place.high for member in group)
    first = turn.place.low
    middle = float((last + first) / 2)
    return first - last <= apart or not last < exact_decimal(middle) < first


def _one(group: list[Turn]) -> Turn:
    places = [turn.place for turn in group]
    points = {place for place in places if place.low == place.high}
    exact = all(turn.exact for turn in group)
    if len(points) == 1 and len(group) > 1 and exact:
        point = points.pop()
        if all(place.low <= point.low <= place.high for place in places):
            return Turn(point, exact=True)
    low, high = min(place.low for place in places), max(place.high for place in places)
    return Turn(Enclosure(low, high), exact)


def _exact(lines: Lines, parameter: Parameter, player: int, belief: Belief | None) -> list[Turn]:
    line = lines.along(player, parameter)
    places = set(line.cuts)
    for piece, cells in line.pieces:
        values = cells if belief is None else expected(cells, belief, player)
        places |= _roots(_gaps(values, player if belief is None else 0), piece)
    return [Turn(place, not line.rounded) for place in sorted(places)]


def _gaps(cells: Cells, axis: int) -> set[Polynomial]:
    """Return the numerators of all differences between two own options, each once."""
    rows = [cells.take(option, axis=axis).ravel().tolist() for option in range(cells.shape[axis])]
    pairs = {pair for a, b in combinations(rows, 2) for pair in zip(a, b, strict=True)}
    return {numerator for pair in pairs if (numerator := _difference(*pair))}


def _difference(first: RationalFunction, second: RationalFunction) -> Polynomial:
    numerator = primitive(first.gap_numerator(second))
    return tuple(-c for c in numerator) if numerator and numerator[-1] < 0 else numerator


def _roots(polynomials: set[Polynomial], piece: Piece) -> set[Enclosure]:
    if sum(len(polynomial) ** 2 for polynomial in polynomials) > _MOST_ROOT_WORK:
        raise BeyondReachError
    return {
        root
        for polynomial in polynomials
        for root in roots_between(polynomial, piece.low, piece.high)
    }


def spaces(turns: list[Turn], parameter: Parameter) -> list[tuple[float, float]]:
    """Return the ends of the stretches between turns, one more than there are turns."""
    ends = [(parameter.low, parameter.low)]
    ends += [(float(turn.place.low), float(turn.place.high)) for turn in turns]
    ends += [(parameter.high, parameter.high)]
    return [(before, after) for (_, before), (after, _) in pairwise(ends)]
