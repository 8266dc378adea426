"""The areas and lines of a phase map as outlines in pixels.

Cells of one kind that lie side by side are one rectangle.  Where neighbouring centres differ the
edge between them runs through the places that were closed in, and straight between those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from counterplay.sensitivity.maps.borders import meeting_place
from counterplay.sensitivity.maps.result import PhaseMap

Place = tuple[float, float]
_STEEPEST = 2.5
"""Cells that a border may move from one grid line to the next and still be followed to the rim."""

Kinds = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Frame:
    """Where on the canvas the map lies, and which values it covers.

    Attributes
    ----------
    left, top, width, height : float
        Pixels.
    low, high : tuple of two float
        Least and greatest values of x and y.
    """

    left: float
    top: float
    width: float
    height: float
    low: Place
    high: Place

    def at(self, x: float, y: float) -> Place:
        """Return the pixel of a pair of values."""
        across = (x - self.low[0]) / (self.high[0] - self.low[0])
        up = (y - self.low[1]) / (self.high[1] - self.low[1])
        return self.left + self.width * across, self.top + self.height * (1 - up)


def outlines(found: PhaseMap, kinds: Kinds, frame: Frame) -> dict[int, str]:
    """Return the outline of each kind of cell.

    Parameters
    ----------
    kinds : ndarray of int, shape (ny, nx)
        Equal only where outcome sets may count as one.
    """
    paths: defaultdict[int, list[str]] = defaultdict(list)
    for kind, corners in _pieces(found, kinds, frame):
        paths[kind].append(path_of(corners, closed=True))
    return {kind: "".join(parts) for kind, parts in sorted(paths.items())}


def edges(found: PhaseMap, kinds: Kinds, frame: Frame) -> str:
    """Return the lines between cells of different kinds."""
    lines = []
    for square in _squares(found, kinds, frame):
        cuts = list(square.cuts.values())
        ways = [cuts] if len(cuts) == 2 else [[cut, square.meeting] for cut in cuts]
        lines += [path_of(way, closed=False) for way in ways]
    return "".join(lines)


def path_of(corners: Sequence[Place], *, closed: bool) -> str:
    """Write an outline as SVG does, to a tenth of a pixel."""
    places = [f"{_tenth(x)},{_tenth(y)}" for x, y in corners]
    return f"M{'L'.join(places)}{'Z' if closed else ''}"


def _continued(found: PhaseMap, axis: int, end: int, position: float) -> float:
    """Return where a border reaches the rim, half a cell beyond the outermost grid line.

    It goes on straight from the same border's crossing of the next grid line, if there is one
    near by, and stays between the two centres that it separates.
    """
    lines = found.lattice.across if axis == 0 else found.lattice.upward.T
    centres = found.x if axis == 0 else found.y
    places, sides = found.lattice.crossings.places[:, axis], found.lattice.crossings.sides
    outer, inner = lines[end], lines[1 if end == 0 else -2]
    (own,) = (k for k in outer[outer >= 0] if places[k] == position)
    same = [k for k in inner[inner >= 0] if set(sides[k]) == set(sides[own])]
    cell = centres[1] - centres[0]
    near = min(same, key=lambda k: abs(places[k] - position), default=own)
    if abs(places[near] - position) > _STEEPEST * cell:
        near = own
    low = centres[0] + cell * np.floor((position - centres[0]) / cell)
    return float(np.clip(position + (position - places[near]) / 2, low, low + cell))


def _tenth(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


@dataclass(frozen=True)
class _Square:
    """Four neighbouring centres, or places on the rim, not all of one kind.

    Attributes
    ----------
    corners : list of four places
        In pixels, round from the lower left.
    kinds : list of four int
    cuts : dict from int to place
        Where the edge from a corner to the next crosses into another kind.
    """

    corners: list[Place]
    kinds: list[int]
    cuts: dict[int, Place]

    @property
    def meeting(self) -> Place:
        return meeting_place(self.cuts)

    def pieces(self) -> Iterator[tuple[int, list[Place]]]:
        """Yield the pieces of one kind: each holds neighbouring equal corners."""
        middle = [] if len(self.cuts) == 2 else [self.meeting]
        edges = list(self.cuts)
        for start, end in zip(edges, [*edges[1:], edges[0]], strict=True):
            inside = [(start + step) % 4 for step in range(1, (end - start) % 4 + 1)]
            outline = [self.cuts[start], *(self.corners[k] for k in inside), self.cuts[end]]
            yield self.kinds[inside[0]], [*outline, *middle]


def _pieces(found: PhaseMap, kinds: Kinds, frame: Frame) -> Iterator[tuple[int, list[Place]]]:
    """Yield rectangles and pieces of squares that cover the map."""
    padded, xs, ys = _padded(found, kinds, frame)
    even = _even(padded)
    for row in range(len(ys) - 1):
        column = 0
        while column < len(xs) - 1:
            end = column
            while end < len(xs) - 1 and even[row, end]:
                end += 1
            if end > column:
                low, high = frame.at(xs[column], ys[row]), frame.at(xs[end], ys[row + 1])
                outline = [low, (high[0], low[1]), high, (low[0], high[1])]
                yield int(padded[row, column]), outline
            column = max(end, column + 1)
    for square in _squares(found, kinds, frame):
        yield from square.pieces()


def _squares(found: PhaseMap, kinds: Kinds, frame: Frame) -> Iterator[_Square]:
    """Yield the squares whose corners differ."""
    padded, xs, ys = _padded(found, kinds, frame)
    for row, column in np.argwhere(~_even(padded)).tolist():
        around = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
        cuts = {
            k: frame.at(*_crossing(found, (xs, ys), around[k], around[(k + 1) % 4]))
            for k in range(4)
            if padded[around[k]] != padded[around[(k + 1) % 4]]
        }
        corners = [frame.at(xs[i], ys[j]) for j, i in around]
        yield _Square(corners, [int(padded[corner]) for corner in around], cuts)


def _padded(found: PhaseMap, kinds: Kinds, frame: Frame) -> tuple[Kinds, list[float], list[float]]:
    """Return kinds with the outermost repeated on the rim, and the lines they lie on."""
    xs = [frame.low[0], *found.x.tolist(), frame.high[0]]
    ys = [frame.low[1], *found.y.tolist(), frame.high[1]]
    return np.pad(kinds, 1, mode="edge"), xs, ys


def _even(padded: Kinds) -> npt.NDArray[np.bool_]:
    low, high = padded[:-1], padded[1:]
    same = (low[:, :-1] == low[:, 1:]) & (low[:, :-1] == high[:, :-1])
    return np.asarray(same & (low[:, :-1] == high[:, 1:]))


def _crossing(
    found: PhaseMap,
    lines: tuple[list[float], list[float]],
    one: tuple[int, int],
    other: tuple[int, int],
) -> Place:
    """Return where two neighbours differ; on the rim, where their border goes on to."""
    ny, nx = found.index.shape
    row, column = min(one[0], other[0]), min(one[1], other[1])
    axis, line, last = (0, row, ny) if one[0] == other[0] else (1, column, nx)
    kept = min(max(line - 1, 0), last - 1)
    numbers = found.lattice.across[kept] if axis == 0 else found.lattice.upward[:, kept]
    number = numbers[(column if axis == 0 else row) - 1]
    position = float(found.lattice.crossings.places[number][axis])
    if line in (0, last + 1):
        position = _continued(found, axis, 0 if line == 0 else -1, position)
    return (position, lines[1][row]) if axis == 0 else (lines[0][column], position)
