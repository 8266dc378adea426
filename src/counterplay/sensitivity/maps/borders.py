"""Borders of a phase map: lines between cells whose outcome sets differ.

On the grid line between two neighbouring cell centres the place where the pure equilibria change
or, where those are the same, the outcome set does, is closed in and solved on both sides.
Between grid lines the border is drawn
straight: within each square of four centres, from one crossing to the other, or, where three or
four meet, to the place where they do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from counterplay.numeric import FloatArray
from counterplay.sensitivity.maps.crossings import Crossings, crossings
from counterplay.sensitivity.maps.plane import Numbers, Plane

Links = dict[int, list[int]]
"""The nodes of one border: whom each is joined to."""


@dataclass(frozen=True, eq=False)
class Border:
    """A line between two outcome sets.

    Attributes
    ----------
    outcomes : tuple of two int
        Numbers of the outcome sets of the cells on its two sides, the lower first.
    points : ndarray, shape (k, 2)
        Values of x and y along the line; the last repeats the first where the line is closed.
    refined : ndarray of bool, shape (k,)
        Whether the point was closed in to 1e-9 of the range and solved on both sides.  The others
        are places where three or four borders meet, known to within a cell.
    """

    outcomes: tuple[int, int]
    points: FloatArray
    refined: npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Lattice:
    """The crossings of a grid, with the squares that they cut.

    Attributes
    ----------
    across, upward : ndarray of int, shapes (ny, nx - 1) and (ny - 1, nx)
        Number of the crossing between a cell and the next in its row, and in its column; -1
        where the two share an outcome set.
    crossings : Crossings
    """

    across: Numbers
    upward: Numbers
    crossings: Crossings

    def around(self, row: int, column: int) -> list[tuple[tuple[int, int], int]]:
        """Return the corners of a square, each with the crossing on the way to the next."""
        return [
            ((row, column), int(self.across[row, column])),
            ((row, column + 1), int(self.upward[row, column + 1])),
            ((row + 1, column + 1), int(self.across[row + 1, column])),
            ((row + 1, column), int(self.upward[row, column])),
        ]

    def cut_squares(self) -> list[tuple[int, int]]:
        """Return the squares with a crossing, by row and column of their first corner."""
        cut = (self.across[:-1] >= 0) | (self.across[1:] >= 0)
        cut |= (self.upward[:, :-1] >= 0) | (self.upward[:, 1:] >= 0)
        return [(int(row), int(column)) for row, column in np.argwhere(cut)]


def lattice(plane: Plane, centres: FloatArray, index: Numbers) -> Lattice:
    """Close in every change between neighbouring cells.

    Parameters
    ----------
    plane : Plane
    centres : ndarray, shape (ny, nx, 2)
    index : ndarray of int, shape (ny, nx)
        Numbers of the outcome sets there.
    """
    right = index[:, 1:] != index[:, :-1]
    up = index[1:] != index[:-1]
    starts = np.concatenate([centres[:, :-1][right], centres[:-1][up]])
    ends = np.concatenate([centres[:, 1:][right], centres[1:][up]])
    sides = np.concatenate(
        [
            np.stack([index[:, :-1][right], index[:, 1:][right]], axis=1),
            np.stack([index[:-1][up], index[1:][up]], axis=1),
        ]
    )
    return Lattice(
        _numbered(right, 0),
        _numbered(up, int(right.sum())),
        crossings(plane, starts, ends, sides),
    )


def _numbered(changes: npt.NDArray[np.bool_], first: int) -> Numbers:
    numbers = np.full(changes.shape, -1, np.int64)
    numbers[changes] = first + np.arange(int(changes.sum()))
    return numbers


def borders_of(found: Lattice, index: Numbers) -> tuple[Border, ...]:
    """Join crossings to lines, one or more for each pair of neighbouring outcome sets."""
    places = list(found.crossings.places)
    joined: defaultdict[tuple[int, int], Links] = defaultdict(lambda: defaultdict(list))
    for row, column in found.cut_squares():
        corners = found.around(row, column)
        cut = [k for k, (_, crossing) in enumerate(corners) if crossing >= 0]
        pairs = [_pair(index, corners[k][0], corners[(k + 1) % 4][0]) for k in cut]
        nodes = [corners[k][1] for k in cut]
        if len(cut) == 2:
            _join(joined[pairs[0]], nodes[0], nodes[1])
        else:
            meeting = meeting_place({k: places[corners[k][1]] for k in cut})
            places.append(np.array(meeting))
            for pair, node in zip(pairs, nodes, strict=True):
                _join(joined[pair], node, len(places) - 1)
    refined = len(found.crossings.before)
    return tuple(
        Border(pair, np.array([places[node] for node in line]), np.array(line) < refined)
        for pair in sorted(joined)
        for line in _lines(joined[pair], refined)
    )


def meeting_place(crossed: Mapping[int, Sequence[float]]) -> tuple[float, float]:
    """Return where the borders through a square are drawn to meet.

    Parameters
    ----------
    crossed : mapping from int to place
        The places on three or all of its edges: 0 the lower, 1 the right, 2 the upper and 3 the
        left one.  Four are two lines that cross; of three, the one without a partner opposite
        runs straight into the line between the two others.
    """
    if len(crossed) == 3:
        missing = next(edge for edge in range(4) if edge not in crossed)
        level = missing % 2
        (one, other) = crossed[(missing + 1) % 4], crossed[(missing + 3) % 4]
        branch = float(crossed[(missing + 2) % 4][level])
        share = (branch - one[level]) / (other[level] - one[level])
        on_line = float(one[1 - level] + share * (other[1 - level] - one[1 - level]))
        return (branch, on_line) if level == 0 else (on_line, branch)
    low, right, high, left = (np.asarray(crossed[edge], np.float64) for edge in range(4))
    ways = np.stack([high - low, left - right], axis=1)
    share = np.linalg.solve(ways, right - low)[0]
    x, y = low + share * (high - low)
    return float(x), float(y)


def _pair(index: Numbers, one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    low, high = sorted((int(index[one]), int(index[other])))
    return low, high


def _join(links: Links, one: int, other: int) -> None:
    links[one].append(other)
    links[other].append(one)


def _lines(links: Links, refined: int) -> Iterator[list[int]]:
    """Yield the lines of one border: from end to end, then the closed ones.

    A line ends at the rim of the map and wherever three or more cells meet.
    """

    def walked(start: int, step: int) -> list[int]:
        line = [start]
        while True:
            links[line[-1]].remove(step)
            links[step].remove(line[-1])
            line.append(step)
            if step >= refined or not links[step]:
                return line
            step = links[step][0]

    ends = [node for node in sorted(links) if node >= refined or len(links[node]) == 1]
    for start in [*ends, *sorted(links)]:
        while links[start]:
            yield walked(start, links[start][0])
