"""Linear relaxations of polynomial inequalities on a box.

Every product is replaced by a variable of its own between the four planes that bound it on the box
(McCormick, "Computability of global solutions to factorable nonconvex programs: part I",
Mathematical Programming 10, 1976).  Lower bounds come from the dual prices and hold whatever the
solver's tolerances are (Neumaier and Shcherbina, "Safe bounds in linear and mixed-integer linear
programming", Mathematical Programming 99, 2004); only rounding of double precision is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from counterplay.numeric import FloatArray
from counterplay.sensitivity.nearest.moving import Norm
from counterplay.sensitivity.nearest.polynomial_system import System

_PRECISION = 1e-10
_INFEASIBLE = 2


@dataclass(frozen=True, eq=False)
class Relaxed:
    """The answer of one relaxation.

    Attributes
    ----------
    bound : float
        No point of the box that meets the rows is shorter; infinite where none can exist.
    values : ndarray or None
        What the relaxation takes every monomial for.
    """

    bound: float
    values: FloatArray | None


class Relaxation:
    """The least length that a system allows on a box, from below."""

    def __init__(self, system: System, norm: Norm) -> None:
        self.system, self.norm = system, norm
        self.size = len(system.names)
        self.factors = system.factors()
        self.lengths = self.size if norm == "l1" else 1

    def solve(self, box: tuple[FloatArray, FloatArray], margin: float) -> Relaxed:
        """Bound the length of points in the box whose rows are all at least `margin`."""
        if self.size == 0:
            holds = bool((self.system.constants >= margin).all())
            return Relaxed(0.0 if holds else np.inf, np.zeros(0))
        low, high = self._limits(*box)
        matrix, limit = self._planes(low, high, margin)
        cost = np.zeros(matrix.shape[1])
        cost[len(low) :] = 1.0
        reach = np.maximum(np.abs(box[0]), np.abs(box[1]))
        ends = reach if self.norm == "l1" else reach.max(keepdims=True)
        low, high = np.append(low, np.zeros(self.lengths)), np.append(high, ends)
        answer = _linprog(cost, matrix, limit, low, high)
        if answer.status == 0:
            bound = _safe_bound(cost, matrix, limit, low, high, answer)
            return Relaxed(max(bound, 0.0), answer.x[: len(self.system.monomials)])
        if answer.status == _INFEASIBLE and self._is_impossible(matrix, limit, low, high):
            return Relaxed(np.inf, None)
        return Relaxed(0.0, None)

    def _limits(self, low: FloatArray, high: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Extend the box to the products."""
        count = len(self.system.monomials)
        least, greatest = np.empty(count), np.empty(count)
        least[: self.size], greatest[: self.size] = low, high
        for product, first, last in self.factors:
            ends = np.multiply.outer(
                [least[first], greatest[first]], [least[last], greatest[last]]
            )
            least[product], greatest[product] = ends.min(), ends.max()
        return least, greatest

    def _planes(
        self, low: FloatArray, high: FloatArray, margin: float
    ) -> tuple[FloatArray, FloatArray]:
        """Return A, b with A z <= b: the rows, the planes of the products, and the lengths."""
        rows, count, size = len(self.system.constants), len(low), self.size
        planes = 4 * len(self.factors)
        matrix = np.zeros((rows + planes + 2 * size, count + self.lengths))
        limit = np.zeros(len(matrix))
        matrix[:rows, :count] = -self.system.coefficients
        limit[:rows] = self.system.constants - margin
        at = rows
        for w, x, y in self.factors:
            corners = (
                (low[x], low[y], 1.0),
                (high[x], high[y], 1.0),
                (low[x], high[y], -1.0),
                (high[x], low[y], -1.0),
            )
            for a, b, sign in corners:
                # (x - a)(y - b) has this sign on the box, and w stands for x y.
                matrix[at, w] -= sign
                matrix[at, x] += sign * b
                matrix[at, y] += sign * a
                limit[at] = sign * a * b
                at += 1
        for sign in (1.0, -1.0):
            own = np.arange(size)
            matrix[at + own, own] = sign
            matrix[at + own, count + (own if self.lengths == size else 0)] = -1.0
            at += size
        return matrix, limit

    def _is_impossible(
        self, matrix: FloatArray, limit: FloatArray, low: FloatArray, high: FloatArray
    ) -> bool:
        """Prove that the rows cannot all be met: the least violation of them is positive."""
        rows = len(self.system.constants)
        violation = np.zeros((len(matrix), 1))
        violation[:rows] = -1.0
        wider = np.hstack([matrix, violation])
        cost = np.zeros(wider.shape[1])
        cost[-1] = 1.0
        worst = np.abs(limit).max() + np.abs(matrix).sum(axis=1).max() * max(
            np.abs(low).max(), np.abs(high).max()
        )
        low, high = np.append(low, 0.0), np.append(high, worst)
        answer = _linprog(cost, wider, limit, low, high)
        return bool(
            answer.status == 0 and _safe_bound(cost, wider, limit, low, high, answer) > _PRECISION
        )


def shortest_with_fixed(
    system: System,
    norm: Norm,
    box: tuple[FloatArray, FloatArray],
    point: FloatArray,
    margin: float,
) -> FloatArray | None:
    """Return the shortest point that meets the rows and keeps the branching names of `point`."""
    size, fixed = len(system.names), list(system.branching)
    low, high = box[0].copy(), box[1].copy()
    low[fixed] = high[fixed] = np.clip(point[fixed], low[fixed], high[fixed])
    slopes, rest = _affine(system, low)
    matrix = np.vstack([-slopes, np.eye(size), -np.eye(size)])
    lengths = np.eye(size) if norm == "l1" else np.ones((size, 1))
    matrix = np.hstack(
        [matrix, np.vstack([np.zeros((len(slopes), lengths.shape[1])), -lengths, -lengths])]
    )
    limit = np.concatenate([rest - margin, np.zeros(2 * size)])
    cost = np.append(np.zeros(size), np.ones(lengths.shape[1]))
    reach = np.full(lengths.shape[1], max(np.abs(low).max(), np.abs(high).max()))
    answer = _linprog(
        cost, matrix, limit, np.append(low, np.zeros(len(reach))), np.append(high, reach)
    )
    if answer.status != 0:
        return None
    found: FloatArray = np.clip(answer.x[:size], low, high)
    return found


def _affine(system: System, point: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return slopes and constants of the rows in the other names, the branching ones fixed."""
    size = len(system.names)
    fixed = set(system.branching)
    slopes = np.zeros((len(system.constants), size))
    rest = system.constants.copy()
    place = {name: k for k, name in enumerate(system.names)}
    for k, monomial in enumerate(system.monomials):
        factor, free = 1.0, None
        for name in monomial:
            if place[name] in fixed:
                factor *= float(point[place[name]])
            else:
                free = place[name]
        if free is None:
            rest += system.coefficients[:, k] * factor
        else:
            slopes[:, free] += system.coefficients[:, k] * factor
    return slopes, rest


def _linprog(
    cost: FloatArray, matrix: FloatArray, limit: FloatArray, low: FloatArray, high: FloatArray
) -> Any:  # noqa: ANN401 - scipy has no types
    from scipy.optimize import linprog

    return linprog(
        cost,
        A_ub=matrix,
        b_ub=limit,
        bounds=np.column_stack([low, high]),
        method="highs-ds",
        options={
            "primal_feasibility_tolerance": _PRECISION,
            "dual_feasibility_tolerance": _PRECISION,
        },
    )


def _safe_bound(
    cost: FloatArray,
    matrix: FloatArray,
    limit: FloatArray,
    low: FloatArray,
    high: FloatArray,
    answer: Any,  # noqa: ANN401 - scipy has no types
) -> float:
    """Return what the dual prices prove, at whatever precision they were found."""
    prices: npt.NDArray[np.float64] = np.minimum(answer.ineqlin.marginals, 0.0)
    reduced = cost - prices @ matrix
    return float(prices @ limit + np.minimum(reduced * low, reduced * high).sum())
