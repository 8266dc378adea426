"""Paths from a start system with known roots to the systems of games: the engine of `homotopy`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

Real = npt.NDArray[np.float64]
Complex = npt.NDArray[np.complexfloating[Any, Any]]
Sizes = tuple[int, ...]

DIVERGED = 1e9
SMALLEST_STEP = 1e-8


@cache
def root_count(sizes: Sizes) -> int:
    """Return how many complex roots a generic game has on a support of these sizes.

    Examples
    --------
    >>> root_count((2, 2, 2)), root_count((2, 2, 2, 2)), root_count((3, 3, 3))
    (2, 9, 10)
    """
    return sum(1 for _ in assignments(sizes)) if max(sizes) > 1 else 1


def assignments(sizes: Sizes) -> Iterator[tuple[int, ...]]:
    """Yield every way to give each equation a block of variables of another player."""
    owners = [i for i, size in enumerate(sizes) for _ in range(size - 1)]
    room = Counter({j: size - 1 for j, size in enumerate(sizes)})

    def extend(chosen: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if len(chosen) == len(owners):
            yield chosen
            return
        for j in room:
            if j != owners[len(chosen)] and room[j]:
                room[j] -= 1
                yield from extend((*chosen, j))
                room[j] += 1

    return extend(())


class System:
    """The equations of many games of one shape, and the start system, batched over paths.

    The variables of player j are its probabilities but the first; tensors are in the coordinates
    (1, y_1, ..., y_m), so that a multilinear function is a contraction with such vectors.
    """

    def __init__(self, games: Real, sizes: Sizes, seed: int) -> None:
        self.sizes = sizes
        self.offsets = np.cumsum([0, *(size - 1 for size in sizes)])
        self.players = [i for i, size in enumerate(sizes) if size > 1]
        generator = np.random.default_rng([seed, *sizes])
        forms = {
            (i, a, j): _complex(generator, sizes[j])
            for i in self.players
            for a in range(sizes[i] - 1)
            for j in range(len(sizes))
            if j != i
        }
        self.start = self._start_points(forms)
        turn = np.exp(2j * np.pi * generator.random())
        paths = len(self.start)
        self.begin = {i: turn * self._products(forms, i) for i in self.players}
        self.target = {i: np.repeat(_equations(games, i), paths, axis=0) for i in self.players}
        self.points = np.tile(self.start, (len(games), 1))

    def _start_points(self, forms: dict[tuple[int, int, int], Complex]) -> Complex:
        equations = [(i, a) for i in self.players for a in range(self.sizes[i] - 1)]
        points = []
        for assignment in assignments(self.sizes):
            blocks = []
            for j in range(len(self.sizes)):
                rows = [
                    forms[(*equation, j)]
                    for equation, block in zip(equations, assignment, strict=True)
                    if block == j
                ]
                if rows:
                    matrix = np.array(rows)
                    blocks.append(np.linalg.solve(matrix[:, 1:], -matrix[:, 0]))
            points.append(np.concatenate(blocks))
        return np.array(points)

    def _products(self, forms: dict[tuple[int, int, int], Complex], i: int) -> Complex:
        tensors = []
        for a in range(self.sizes[i] - 1):
            tensor = np.ones((), complex)
            for j in range(len(self.sizes)):
                if j != i:
                    tensor = np.multiply.outer(tensor, forms[i, a, j])
            tensors.append(tensor / np.abs(tensor).max())
        return np.array(tensors)

    def values(self, at: Complex, which: npt.NDArray[np.intp]) -> tuple[Complex, Complex]:
        """Return the start and target systems at some paths' points, and their Jacobians.

        Shapes (2, paths, N) and (2, paths, N, N), the start system first.
        """
        count, unknowns = at.shape
        values = np.zeros((2, count, unknowns), complex)
        slopes = np.zeros((2, count, unknowns, unknowns), complex)
        blocks = [
            np.concatenate([np.ones((count, 1)), at[:, a:b]], axis=1)
            for a, b in zip(self.offsets, self.offsets[1:], strict=False)
        ]
        for i in self.players:
            rows = slice(self.offsets[i], self.offsets[i + 1])
            others = [j for j in range(len(self.sizes)) if j != i]
            begin = np.broadcast_to(self.begin[i], (count, *self.begin[i].shape))
            for system, tensor in enumerate((begin, self.target[i][which])):
                for q in others:
                    line = _contracted(tensor, blocks, others, q)
                    slopes[system, :, rows, self.offsets[q] : self.offsets[q + 1]] = line[..., 1:]
                    values[system, :, rows] = np.einsum("zxq,zq->zx", line, blocks[q])
        return values, slopes

    def follow(self, first_step: float) -> tuple[Complex, npt.NDArray[np.bool_]]:
        """Return the ends of all paths, and which arrived."""
        points, count = self.points.copy(), len(self.points)
        time, step = np.zeros(count), np.full(count, first_step)
        active = np.ones(count, dtype=bool)
        while active.any():
            which = np.flatnonzero(active)
            ahead = np.minimum(step[which], 1 - time[which])
            moved, error = self._step(points[which], time[which], ahead, which)
            good = np.isfinite(error) & (error < 1e-7)
            points[which[good]] = moved[good]
            time[which[good]] += ahead[good]
            step[which[good & (error < 1e-9)]] *= 1.6
            step[which[~good]] *= 0.5
            lost = (step < SMALLEST_STEP) | (np.abs(points).max(axis=1) > DIVERGED)
            active &= (time < 1 - 1e-14) & ~lost
        arrived = np.flatnonzero(time >= 1 - 1e-14)
        good = np.zeros(count, dtype=bool)
        for _ in range(3):
            change = self._newton(points[arrived], np.ones(len(arrived)), arrived)
            points[arrived] += change
            scale = 1 + np.abs(points[arrived]).max(axis=1)
            good[arrived] = np.abs(change).max(axis=1) < 1e-9 * scale
        return points, good

    def _step(
        self, points: Complex, time: Real, ahead: Real, which: npt.NDArray[np.intp]
    ) -> tuple[Complex, Real]:
        """Move along the paths by a Runge-Kutta step, and correct twice by Newton's method."""
        with np.errstate(all="ignore"):
            h = ahead[:, None]
            first = self._slope(points, time, which)
            second = self._slope(points + h / 2 * first, time + ahead / 2, which)
            third = self._slope(points + h / 2 * second, time + ahead / 2, which)
            fourth = self._slope(points + h * third, time + ahead, which)
            moved = points + h / 6 * (first + 2 * second + 2 * third + fourth)
            change: Complex = np.zeros_like(moved)
            for _ in range(2):
                change = self._newton(moved, time + ahead, which)
                moved = moved + change
            error: Real = np.abs(change).max(axis=1) / (1 + np.abs(moved).max(axis=1))
        return moved, error

    def _slope(self, points: Complex, time: Real, which: npt.NDArray[np.intp]) -> Complex:
        values, slopes = self.values(points, which)
        return -_solved(_mixed(slopes, time), values[1] - values[0])

    def _newton(self, points: Complex, time: Real, which: npt.NDArray[np.intp]) -> Complex:
        values, slopes = self.values(points, which)
        return -_solved(_mixed(slopes, time), _mixed(values, time))


def _complex(generator: np.random.Generator, count: int) -> Complex:
    return generator.standard_normal(count) + 1j * generator.standard_normal(count)


def _equations(games: Real, i: int) -> Complex:
    """Return player i's payoff differences to its first option, in affine coordinates."""
    tables = np.moveaxis(games[:, i], i + 1, 1)
    tensor = tables[:, 1:] - tables[:, :1]
    size = np.abs(tensor).max(axis=tuple(range(2, tensor.ndim)), keepdims=True)
    tensor = tensor / np.where(size > 0, size, 1.0)
    for axis in range(2, tensor.ndim):
        first = np.take(tensor, [0], axis=axis)
        rest = np.delete(tensor, 0, axis=axis) - first
        tensor = np.concatenate([first, rest], axis=axis)
    return tensor.astype(complex)


def _contracted(tensor: Complex, blocks: list[Complex], others: list[int], kept: int) -> Complex:
    """Return the tensor averaged over all the other players' blocks but one, shape (z, x, q)."""
    for axis in range(len(others) - 1, -1, -1):
        if others[axis] != kept:
            moved = np.moveaxis(tensor, axis + 2, -1)
            block = blocks[others[axis]]
            tensor = np.einsum("z...k,zk->z...", moved, block)
    return tensor


def _mixed(systems: Complex, time: Real) -> Complex:
    weight = time.reshape(-1, *[1] * (systems.ndim - 2))
    mixed: Complex = (1 - weight) * systems[0] + weight * systems[1]
    return mixed


def _solved(matrices: Complex, right: Complex) -> Complex:
    try:
        solved: Complex = np.linalg.solve(matrices, right[..., None])[..., 0]
    except np.linalg.LinAlgError:
        solved = (np.linalg.pinv(matrices) @ right[..., None])[..., 0]
    return solved
