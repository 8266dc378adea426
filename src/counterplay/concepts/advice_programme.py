"""The linear programme behind correlated equilibria, and its solution by HiGHS.

Maximise c x over x >= 0 with A x <= 0, where the shares of the profiles sum to 1.  There are few
rows, one for each temptation of a player, and as many columns as profiles.  Of those only about as
many as rows matter, so that large programmes are solved by column generation (Gilmore and Gomory,
"A linear programming approach to the cutting-stock problem", Operations Research 9, 1961): solve
with some columns, add those that the dual prices show to be worth more, and stop when there are
none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from counterplay.numeric import FloatArray

SparseArray = Any
"""A scipy.sparse array; scipy has no types, and is imported only where it is used."""

_PRECISION = 1e-10
"""Feasibility and optimality asked of the solver: a tenth of what certificates allow."""

_LOOSER = 1e-7
"""The solver's own choice, for programmes that it calls unsettled at our precision."""

_ATTEMPTS = (
    ("highs-ds", False, _PRECISION),
    ("highs-ds", True, _PRECISION),
    ("highs-ipm", True, _PRECISION),
    ("highs-ds", False, _LOOSER),
    ("highs-ipm", True, _LOOSER),
    ("highs-ipm", False, _LOOSER),
)
"""Methods of HiGHS, whether the programme is simplified first, and precision; fastest first."""

_SIMPLEX, _INTERIOR = _ATTEMPTS[0], _ATTEMPTS[2]

_LARGE, _WIDE = 5_000, 20
"""Columns, in all and for each row, from which generating them is faster than having them all."""

_PENALTY = 1e3
"""What a violation of the rows costs while columns that mend it are still to come."""

_ROUNDS = 200


def optima(aim: FloatArray, rows: SparseArray, profiles: int) -> Iterator[FloatArray]:
    """Yield the optimum as one method after another finds it.

    Parameters
    ----------
    aim : ndarray c, shape (columns,)
        Its largest entries should be near 1.
    rows : sparse array A, shape (rows, columns)
        Its largest entries likewise.
    profiles : int
        The first columns are shares that sum to 1; the others are only 0 or more.

    Yields
    ------
    ndarray x, shape (columns,)
        Optimal to the solver's precision; whoever uses it checks it.
    """
    shares = (np.arange(len(aim)) < profiles).astype(np.float64)
    attempts: tuple[tuple[str, bool, float], ...] = _ATTEMPTS
    if len(aim) >= max(_LARGE, _WIDE * rows.shape[0]):
        found = _by_columns(aim, rows, shares)
        if found is not None:
            yield found
    elif len(aim) >= _LARGE and np.count_nonzero(aim) == 1:
        # All columns but one cost the same: the simplex method crawls there.
        attempts = (_INTERIOR, *_ATTEMPTS)
    for attempt in attempts:
        answer = _solved(aim, rows, shares, attempt)
        if answer.status == 0:
            yield np.asarray(answer.x, dtype=np.float64)


def _by_columns(aim: FloatArray, rows: SparseArray, shares: FloatArray) -> FloatArray | None:
    """Solve with a growing choice of columns; None if that does not end in a feasible optimum."""
    from scipy.sparse import csr_array, hstack

    by_column = rows.tocsc()
    violation = csr_array(-np.ones((rows.shape[0], 1)))
    batch = 200 + rows.shape[0]
    chosen = np.union1d(np.flatnonzero(shares == 0), np.argsort(-aim, kind="stable")[:batch])
    for _ in range(_ROUNDS):
        answer = _solved(
            np.append(aim[chosen], -_PENALTY),
            hstack([by_column[:, chosen], violation], format="csr"),
            np.append(shares[chosen], 0.0),
            _SIMPLEX,
        )
        if answer.status != 0:
            return None
        worth = aim + answer.ineqlin.marginals @ rows + answer.eqlin.marginals[0] * shares
        worth[chosen] = 0.0
        better = np.argsort(-worth, kind="stable")[:batch]
        better = better[worth[better] > _PRECISION]
        if not len(better):
            break
        chosen = np.union1d(chosen, better)
    else:
        return None
    if answer.x[-1] > _PRECISION:
        return None
    found = np.zeros(len(aim))
    found[chosen] = answer.x[:-1]
    return found


def _solved(
    aim: FloatArray, rows: SparseArray, shares: FloatArray, attempt: tuple[str, bool, float]
) -> Any:  # noqa: ANN401 - scipy has no types
    from scipy.optimize import linprog

    method, simplify, precision = attempt
    return linprog(
        -aim,
        A_ub=rows,
        b_ub=np.zeros(rows.shape[0]),
        A_eq=shares[None, :],
        b_eq=[1.0],
        bounds=(0, None),
        method=method,
        options={
            "presolve": simplify,
            "primal_feasibility_tolerance": precision,
            "dual_feasibility_tolerance": precision,
        },
    )
