"""Extreme rays of a cone given by inequalities: the double description method, in integers.

The cone {z : row . z >= 0 for every row} is cut out one row at a time (Motzkin, Raiffa, Thompson
and Thrall, "The double description method", 1953; Fukuda and Prodon, "Double description method
revisited", 1996).  It starts as the whole space, spanned by lines.  A row that some line crosses
turns this line into a ray; any other row keeps the rays on its good side, and adds one ray for
each edge that it crosses.  Two rays span an edge when no third ray lies on all the rows that are
tight at both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import gcd
from operator import mul

from counterplay.concepts.two_player.limits import Limits

LONG = 1_200
"""Bits from which integers cost more than all else: a ray of them counts for many."""

Vector = tuple[int, ...]

Ray = tuple[Vector, int]
"""A direction without common factor, and the rows tight there as a bit mask."""

_Sided = tuple[Vector, int, int]
"""A ray with its value under the row that is being added."""


def extreme_rays(rows: Sequence[Sequence[int]], limits: Limits) -> list[Ray]:
    """Return the extreme rays of the pointed cone {z : row . z >= 0 for every row}.

    Parameters
    ----------
    rows : integer vectors of one length
        They must span the space, so that the cone contains no line.
    limits : Limits

    Returns
    -------
    list of (vector, mask)
        Bit k of the mask is set where row k is tight.

    Raises
    ------
    LimitReachedError

    Examples
    --------
    >>> extreme_rays([(1, 0), (-1, 1)], Limits())
    [((1, 1), 2), ((0, 1), 1)]
    """
    dimension = len(rows[0])
    limits.spend(dimension)
    lines = [_unit(k, dimension) for k in range(dimension)]
    rays: list[Ray] = []
    for k, row in enumerate(rows):
        values = [_dot(row, line) for line in lines]
        crossed = next((at for at, value in enumerate(values) if value), None)
        if crossed is None:
            rays = _cut(rays, row, 1 << k, dimension - len(lines), limits)
        else:
            lines, rays = _bound(lines, rays, row, k, crossed)
    return rays


def _unit(k: int, dimension: int) -> Vector:
    return tuple(int(i == k) for i in range(dimension))


def _dot(row: Sequence[int], vector: Sequence[int]) -> int:
    return sum(map(mul, row, vector))


def _bound(
    lines: list[Vector], rays: list[Ray], row: Sequence[int], k: int, crossed: int
) -> tuple[list[Vector], list[Ray]]:
    """Turn one line into a ray, and slide everything else along it until `row` is tight."""
    line = lines[crossed]
    height = _dot(row, line)
    if height < 0:
        line, height = tuple(-x for x in line), -height
    bit = 1 << k
    left = [_slid(other, row, line, height) for other in lines[:crossed] + lines[crossed + 1 :]]
    moved = [(_slid(vector, row, line, height), mask | bit) for vector, mask in rays]
    return left, [*moved, (line, bit - 1)]


def _slid(vector: Vector, row: Sequence[int], line: Vector, height: int) -> Vector:
    value = _dot(row, vector)
    return _combined(height, vector, -value, line) if value else vector


def _combined(a: int, first: Vector, b: int, second: Vector) -> Vector:
    shared = gcd(a, b)
    a, b = a // shared, b // shared
    vector = [a * x + b * y for x, y in zip(first, second, strict=True)]
    shared = gcd(*vector)
    return tuple(vector) if shared == 1 else tuple([x // shared for x in vector])


def _cut(rays: list[Ray], row: Sequence[int], bit: int, rank: int, limits: Limits) -> list[Ray]:
    """Cut a cone, pointed but for its lines, with one more row."""
    kept: list[Ray] = []
    above: list[_Sided] = []
    below: list[_Sided] = []
    for vector, mask in rays:
        value = _dot(row, vector)
        if value > 0:
            kept.append((vector, mask))
            above.append((vector, mask, value))
        elif value < 0:
            below.append((vector, mask, -value))
        else:
            kept.append((vector, mask | bit))
    if not below:
        return kept
    made = []
    for (first, mask, high), (second, other, low) in _edges(above, below, rays, rank, limits):
        made.append((_combined(low, first, high, second), mask & other | bit))
        limits.spend(1 + (made[-1][0][-1].bit_length() // LONG) ** 2)
    return kept + made


def _edges(
    above: list[_Sided], below: list[_Sided], rays: list[Ray], rank: int, limits: Limits
) -> Iterator[tuple[_Sided, _Sided]]:
    """Yield the pairs of rays on either side of the new row that span an edge.

    A ray is simple when no more rows are tight there than it takes.  Each edge of a simple ray
    is named by its tight rows but one, and an edge has two rays only, so that pairs of simple
    rays are looked up, and pairs with one simple ray compared.  Only where both are not simple
    must it be seen whether a third ray, not simple either, lies on all rows they share.
    """
    simple_above, tied_above = _by_ties(above, rank)
    simple_below, tied_below = _by_ties(below, rank)
    ends = {edge: low for low in simple_below for edge in _less_one(low[1])}
    for high in simple_above:
        for edge in _less_one(high[1]):
            if edge in ends:
                yield high, ends[edge]
        yield from _sharing(high, tied_below, rank)
    holders = _Holders([mask for _, mask in rays if mask.bit_count() >= rank])
    for high in tied_above:
        limits.poll()
        yield from _sharing(high, simple_below, rank)
        for pair in _sharing(high, tied_below, rank):
            if holders.count(pair[0][1] & pair[1][1]) == 2:
                yield pair


def _by_ties(sided: list[_Sided], rank: int) -> tuple[list[_Sided], list[_Sided]]:
    simple = [ray for ray in sided if ray[1].bit_count() < rank]
    return simple, [ray for ray in sided if ray[1].bit_count() >= rank]


def _less_one(mask: int) -> Iterator[int]:
    """Yield the mask without each of its bits in turn."""
    left = mask
    while left:
        lowest = left & -left
        yield mask ^ lowest
        left ^= lowest


def _sharing(high: _Sided, below: list[_Sided], rank: int) -> Iterator[tuple[_Sided, _Sided]]:
    mask = high[1]
    return ((high, low) for low in below if (mask & low[1]).bit_count() >= rank - 2)


class _Holders:
    """Which of some rays lie on each row, as bit masks, made when first asked for."""

    def __init__(self, masks: list[int]) -> None:
        self._masks = masks
        self._of_row: dict[int, int] = {}

    def count(self, rows: int) -> int:
        """Return how many of the rays lie on all `rows`."""
        held = (1 << len(self._masks)) - 1
        while rows:
            row = rows & -rows
            held &= self._on(row)
            rows ^= row
        return held.bit_count()

    def _on(self, row: int) -> int:
        if row not in self._of_row:
            digits = "".join("1" if mask & row else "0" for mask in self._masks)
            self._of_row[row] = int(digits or "0", 2)
        return self._of_row[row]
