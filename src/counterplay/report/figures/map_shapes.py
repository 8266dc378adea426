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

from counterplay.sensitivity.map_borders import Border
from counterplay.sensitivity.map_result import PhaseMap

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


def border_path(found: PhaseMap, borders: Sequence[Border], frame: Frame) -> str:
    """Return the lines of some borders, drawn on to the rim of the map where they reach it."""
    return "".join(
        path_of([frame.at(x, y) for x, y in _to_rim(found, border, frame)], closed=False)
        for border in borders
    )


def path_of(corners: Sequence[Place], *, closed: bool) -> str:
    """Write an outline as SVG does, to a tenth of a pixel."""
    places = [f"{_tenth(x)},{_tenth(y)}" for x, y in corners]
    return f"M{'L'.join(places)}{'Z' if closed else ''}"


def _to_rim(found: PhaseMap, border: Border, frame: Frame) -> list[Place]:
    places: list[Place] = [(float(x), float(y)) for x, y in border.points]
    if places[0] == places[-1]:
        return places
    first = _on_rim(found, places[0], frame) if border.refined[0] else []
    last = _on_rim(found, places[-1], frame) if border.refined[-1] else []
    return [*first, *places, *last]


def _on_rim(found: PhaseMap, place: Place, frame: Frame) -> list[Place]:
    """Return the place on the rim beside one on an outermost grid line."""
    x, y = place
    for end in (0, -1):
        if y == found.y[end]:
            return [(_continued(found, 0, end, x), (frame.low, frame.high)[end][1])]
        if x == found.x[end]:
            return [((frame.low, frame.high)[end][0], _continued(found, 1, end, y))]
    return []


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


def _pieces(found: PhaseMap, kinds: Kinds, frame: Frame) -> Iterator[tuple[int, list[Place]]]:
    """Yield rectangles and pieces of squares that cover the map."""
    padded = np.pad(kinds, 1, mode="edge")
    xs = [frame.low[0], *found.x.tolist(), frame.high[0]]
    ys = [frame.low[1], *found.y.tolist(), frame.high[1]]
    even = (padded[:-1, :-1] == padded[1:, :-1]) & (padded[:-1, 1:] == padded[1:, 1:])
    even &= padded[:-1, :-1] == padded[:-1, 1:]
    for row in range(len(ys) - 1):
        column = 0
        while column < len(xs) - 1:
            if not even[row, column]:
                yield from _cut_square(found, padded, frame, (xs, ys), (row, column))
                column += 1
                continue
            end = column
            while end < len(xs) - 1 and even[row, end]:
                end += 1
            yield (
                int(padded[row, column]),
                [
                    frame.at(xs[column], ys[row]),
                    frame.at(xs[end], ys[row]),
                    frame.at(xs[end], ys[row + 1]),
                    frame.at(xs[column], ys[row + 1]),
                ],
            )
            column = end


def _cut_square(
    found: PhaseMap,
    padded: Kinds,
    frame: Frame,
    lines: tuple[list[float], list[float]],
    corner: tuple[int, int],
) -> Iterator[tuple[int, list[Place]]]:
    """Yield the pieces of a square whose corners differ: each holds neighbouring equal corners."""
    row, column = corner
    around = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
    places = [frame.at(lines[0][k], lines[1][j]) for j, k in around]
    cuts: list[tuple[int, Place]] = []
    for k in range(4):
        one, other = around[k], around[(k + 1) % 4]
        if padded[one] != padded[other]:
            cuts.append((k, frame.at(*_crossing(found, lines, one, other))))
    meeting = found.lattice.meetings.get((row - 1, column - 1))
    middle = [] if meeting is None else [frame.at(float(meeting[0]), float(meeting[1]))]
    for (start, first), (end, last) in zip(cuts, [*cuts[1:], cuts[0]], strict=True):
        inside = [(start + step) % 4 for step in range(1, (end - start) % 4 + 1)]
        yield (
            int(padded[around[inside[0]]]),
            [first, *(places[k] for k in inside), last, *middle],
        )


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
