"""Where payoff differences that are no quotients of polynomials may change their sign.

A difference and its slope are bounded on cells of the range (`enclosures`).  A cell where the
difference cannot be zero holds no change; one where the slope cannot be zero holds at most one,
which Newton's method for intervals closes in on (Moore 1966); any other is halved.  So nothing is
missed, except what is said: where a difference touches zero, or is zero but for rounding, halving
ends undecided.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from counterplay.numeric import FloatArray, exact_decimal
from counterplay.scenario import Parameter
from counterplay.scenario.enclosures import Enclosed
from counterplay.scenario.intervals import BoolArray, Interval
from counterplay.sensitivity.tipping.beliefs import Belief
from counterplay.sensitivity.tipping.difference_rows import Cells, Row, difference_rows
from counterplay.sensitivity.tipping.one_parameter import Lines
from counterplay.sensitivity.tipping.real_roots import Enclosure

Stretch = tuple[float, float]
"""Two values, the lower first."""

_FIRST_CELLS = 64
_FINEST = 2.0**-40
_BELOW_ROUNDING = 2.0**-27
_MOST_OF_A_ROW = 4_000
_MOST_CELLS = 200_000
_HALVINGS = 45
_ALL_TIED = 32
"""So many open cells, all tied to within rounding in the middle, are a lasting tie."""


class SignChanges(NamedTuple):
    """Where differences may change their sign.

    Attributes
    ----------
    places : list of Enclosure
        All places, and some where none changes.
    doubtful : list of (float, float)
        Stretches in which a difference may change its sign and change it back.
    """

    places: list[Enclosure]
    doubtful: list[Stretch]


class _Open(NamedTuple):
    """The cells of one difference that are not decided."""

    row: Row
    low: FloatArray
    high: FloatArray
    looked: int


class _Decided(NamedTuple):
    """What one look at the cells of a difference gives: places, doubtful ones, open cells."""

    single: list[Stretch]
    undecided: list[Stretch]
    low: FloatArray
    high: FloatArray
    tied: bool


def sign_changes(
    lines: Lines, parameter: Parameter, player: int, belief: Belief | None = None
) -> SignChanges:
    """Return where differences between a player's own options may change their sign."""
    span = parameter.high - parameter.low
    grid = np.linspace(parameter.low, parameter.high, _FIRST_CELLS + 1)
    rows = difference_rows(lines, parameter.id, player, belief)
    waiting = [_Open(row, grid[:-1], grid[1:], 0) for row in rows]
    places: list[Stretch] = []
    doubtful: list[Stretch] = []
    total = 0
    while waiting:
        total += sum(len(item.low) for item in waiting)
        left = []
        for item, found in _looked_at(lines, parameter.id, span, waiting):
            places += found.single
            undecided = joined(found.undecided)
            places += undecided
            doubtful += undecided
            following = _Open(item.row, found.low, found.high, item.looked + len(item.low))
            if found.tied or following.looked > _MOST_OF_A_ROW or total > _MOST_CELLS:
                stretches = joined(list(zip(found.low.tolist(), found.high.tolist(), strict=True)))
                doubtful += stretches
                places += _by_signs(lines, parameter.id, following)
            elif len(found.low):
                left.append(following)
        waiting = left
    return SignChanges(
        [Enclosure(exact_decimal(a), exact_decimal(b)) for a, b in sorted(set(places))],
        joined(doubtful),
    )


def _looked_at(
    lines: Lines, parameter: str, span: float, waiting: list[_Open]
) -> Iterator[tuple[_Open, _Decided]]:
    """Look at the open cells of all differences; formulas that they share are worked once."""
    low, high = (np.concatenate([getattr(i, end) for i in waiting]) for end in ("low", "high"))
    cells, which = np.unique(np.stack([low, high]), axis=1, return_inverse=True)
    middles = np.clip((cells[0] + cells[1]) / 2, cells[0], cells[1])
    whole, points = Cells(lines, parameter, cells[0], cells[1]), Cells(lines, parameter, middles)
    start = 0
    for item in waiting:
        own = which.ravel()[start : start + len(item.low)]
        start += len(item.low)
        difference = whole.difference(item.row, own)
        middle = points.difference(item.row, own)
        yield item, _decided(item, span, (difference, middle.value))


def _decided(item: _Open, span: float, found: tuple[Enclosed, Interval]) -> _Decided:
    """Decide cells by the bounds of a difference on each, and of its value in the middle."""
    low, high = item.low, item.high
    middle = np.clip((low + high) / 2, low, high)
    flat = np.zeros(len(low))
    (difference, centre), slope = found, found[0].slope
    with np.errstate(all="ignore"):
        offset = Interval(low - middle, high - middle) + Interval(flat, flat)
        value = difference.value.within(centre + slope * offset)
        newton = (Interval(middle, middle) - centre / slope).within(Interval(low, high))
    turns = value.holds_zero & ~((value.low == 0) & (value.high == 0))
    rising = ~slope.holds_zero & slope.is_bounded & (centre.is_bounded)
    turns &= ~(rising & (newton.low > newton.high))
    inner_low, inner_high = (
        np.where(rising, ends, own) for ends, own in ((newton.low, low), (newton.high, high))
    )
    width = inner_high - inner_low
    between = (inner_low + inner_high) / 2
    fine = (width <= _FINEST * span) | ~((inner_low < between) & (between < inner_high))
    tied = (centre.low < 0) & (centre.high > 0)
    stuck = tied & (width <= _BELOW_ROUNDING * span) & (width > 0.5 * (high - low))
    single = turns & rising & (fine | stuck)
    undecided = turns & ~rising & (fine | stuck)
    open_ = turns & ~single & ~undecided
    kept = open_ & rising & (width < 0.5 * (high - low))
    halved = open_ & ~kept
    return _Decided(
        list(zip(inner_low[single].tolist(), inner_high[single].tolist(), strict=True)),
        list(zip(low[undecided].tolist(), high[undecided].tolist(), strict=True)),
        np.concatenate([inner_low[kept], inner_low[halved], between[halved]]),
        np.concatenate([inner_high[kept], between[halved], inner_high[halved]]),
        _is_lasting_tie(open_, tied),
    )


def _is_lasting_tie(open_: BoolArray, tied: BoolArray) -> bool:
    tied = np.broadcast_to(tied, open_.shape)
    return int(open_.sum()) >= _ALL_TIED and bool(tied[open_].all())


def joined(stretches: list[Stretch]) -> list[Stretch]:
    """Return stretches in order, those that touch made one."""
    made: list[Stretch] = []
    for low, high in sorted(stretches):
        if made and low <= made[-1][1]:
            made[-1] = made[-1][0], max(high, made[-1][1])
        else:
            made.append((low, high))
    return made


def _by_signs(lines: Lines, parameter: str, item: _Open) -> list[Stretch]:
    """Close in on changes of sign between the ends of cells that stay undecided."""
    ends = np.unique(np.concatenate([item.low, item.high]))
    signs = _signs(lines, parameter, item.row, ends)
    pairs = [(a, b) for a, b in pairwise(range(len(ends))) if signs[a] != signs[b]]
    low, high = (np.array([ends[pair[k]] for pair in pairs]) for k in (0, 1))
    before = np.array([signs[a] for a, _ in pairs])
    for _ in range(_HALVINGS if pairs else 0):
        middle = (low + high) / 2
        same = _signs(lines, parameter, item.row, middle) == before
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return list(zip(low.tolist(), high.tolist(), strict=True))


def _signs(lines: Lines, parameter: str, row: Row, values: FloatArray) -> FloatArray:
    """Return -1, 0 or 1; 0 where rounding hides the sign."""
    found = Cells(lines, parameter, values).difference(row, np.arange(len(values))).value
    signs: FloatArray = np.where(found.low > 0, 1.0, np.where(found.high < 0, -1.0, 0.0))
    return np.broadcast_to(signs, values.shape)
