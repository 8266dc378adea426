"""The correlated relaxation: discards a cell that holds no correlated solution either.

At a root x the product measure z_v = prod_j lambda_j(v_j) on the cell's vertex tuples satisfies,
for every player i, every function f of that player and every own vertex p,

    sum over v with v_i = p of z_v T_f(v_-i)  =  0 for equations,  <= 0 for inequalities,

since f does not depend on player i's own strategy.  If no z >= 0 with sum 1 does, the cell holds
no equilibrium (a reformulation-linearisation, Sherali and Adams 1990; on the whole game it is the
correlated equilibrium polytope).  Infeasibility is shown by multipliers y, non-negative on
inequalities, for which every score s_v = sum y_fp T_f(v_-i) is positive (Farkas).

The multipliers come from minimising the squared residual over z by pairwise Frank-Wolfe steps
(Lacoste-Julien and Jaggi 2015), most of them among the few active vertex tuples; a z found for a
cell is the start for its parts.  Only the scores of the last y are trusted: their rounding is at
most (slack + R u) sum |y| with R functions, and `branch` keeps slack above R u.
"""

from __future__ import annotations

from counterplay.concepts.search.exclusion import extremes
from counterplay.concepts.search.layout import COUNT, FIRST, FUNCTION, LENGTH, TAIL, IntArray
from counterplay.concepts.search.scratch import (
    MEASURE,
    MULTIPLIER,
    RESIDUAL,
    SCORES,
    SHARED,
    SIGN,
    Relaxation,
)
from counterplay.numeric import FloatArray

_SHORT = 4
"""Runs of entries shorter than this are not worth a view of their own."""

_ROUNDS = 60
_INNER = 4
_FEASIBLE = 1e-3
"""Give up when the squared residual of rows scaled to 1 is below this: z nearly satisfies all."""


def infeasible(
    support: IntArray,
    tensor: FloatArray,
    memory: Relaxation,
    slack: float,
    warm: bool,  # noqa: FBT001
) -> bool:
    """Say whether the relaxation proves that the cell holds no equilibrium.

    Row `MEASURE` is the start where `warm`, and afterwards holds the last z.
    """
    _scale_rows(support, tensor, memory)
    if warm:
        _restore(support, tensor, memory)
    else:
        _first_atom(support, tensor, memory)
    rows = _rows(support)
    scores = memory.tuples[SCORES]
    for _ in range(_ROUNDS):
        squared = _multipliers(memory, rows)
        total = _scores(support, tensor, memory)
        lowest = 0
        for v in range(support[TAIL, support.shape[1] - 1]):
            if scores[v] < scores[lowest]:
                lowest = v
        if scores[lowest] > 2.0 * slack * total + 1e-300:
            return True
        if squared < _FEASIBLE:
            break
        if memory.tuples[MEASURE, lowest] == 0.0:
            if memory.atoms[0] == memory.atom.shape[0]:
                break
            _add_atom(support, tensor, memory, lowest)
        _balance(memory, rows)
    _store(memory)
    return False


def _rows(support: IntArray) -> int:
    """Return the number of constraints: one a function and own vertex."""
    rows = 0
    for i in range(support.shape[1] - 1):
        rows += support[FUNCTION, i] * support[COUNT, i]
    return rows


def _scale_rows(support: IntArray, tensor: FloatArray, memory: Relaxation) -> None:
    """Find each function's largest entry, and which rows are inequalities."""
    at = 0
    row = 0
    for i in range(support.shape[1] - 1):
        length = support[LENGTH, i]
        count = support[COUNT, i]
        for f in range(support[FUNCTION, i]):
            start = support[FIRST, i] + f * length
            least, greatest = extremes(tensor, start, length)
            largest = max(greatest, -least)
            memory.scale[at] = 1.0 / largest if largest > 1e-250 else 0.0
            at += 1
            for _ in range(count):
                memory.dual[SIGN, row] = 0.0 if f >= count - 1 else -1e300
                row += 1


def _first_atom(support: IntArray, tensor: FloatArray, memory: Relaxation) -> None:
    """Start from the vertex tuple that opposes the residual of the uniform measure most."""
    tuples = support[TAIL, support.shape[1] - 1]
    at = 0
    row = 0
    for i in range(support.shape[1] - 1):
        length = support[LENGTH, i]
        for f in range(support[FUNCTION, i]):
            start = support[FIRST, i] + f * length
            total = 0.0
            for t in range(length):
                total += tensor[start + t]
            for _ in range(support[COUNT, i]):
                memory.dual[RESIDUAL, row] = total * memory.scale[at] / tuples
                row += 1
            at += 1
    _multipliers(memory, row)
    _scores(support, tensor, memory)
    lowest = 0
    for v in range(tuples):
        memory.tuples[MEASURE, v] = 0.0
        if memory.tuples[SCORES, v] < memory.tuples[SCORES, lowest]:
            lowest = v
    memory.tuples[MEASURE, lowest] = 1.0
    _restore(support, tensor, memory)


def _restore(support: IntArray, tensor: FloatArray, memory: Relaxation) -> None:
    """Take the atoms of the measure at hand, and compute its residual."""
    memory.atoms[0] = 0
    rows = _rows(support)
    for r in range(rows):
        memory.dual[RESIDUAL, r] = 0.0
    for v in range(support[TAIL, support.shape[1] - 1]):
        weight = memory.tuples[MEASURE, v]
        if weight > 0.0:
            a = memory.atoms[0]
            _add_atom(support, tensor, memory, v)
            for r in range(rows):
                memory.dual[RESIDUAL, r] += weight * memory.column[r, a]


def _store(memory: Relaxation) -> None:
    """Drop atoms of negligible weight, so that the next start is small."""
    measure = memory.tuples[MEASURE]
    total = 0.0
    for a in range(memory.atoms[0]):
        v = memory.atom[a]
        if measure[v] < 1e-6:
            measure[v] = 0.0
        total += measure[v]
    for a in range(memory.atoms[0]):
        measure[memory.atom[a]] /= total


def _add_atom(support: IntArray, tensor: FloatArray, memory: Relaxation, v: int) -> None:
    """Write the scaled values of all functions at a vertex tuple as one more column."""
    a = memory.atoms[0]
    column = memory.column
    memory.atom[a] = v
    memory.atoms[0] = a + 1
    at = 0
    row = 0
    for i in range(support.shape[1] - 1):
        tail = support[TAIL, i]
        count = support[COUNT, i]
        length = support[LENGTH, i]
        own = (v // tail) % count
        place = support[FIRST, i] + (v // (tail * count)) * tail + v % tail
        for _ in range(support[FUNCTION, i]):
            for p in range(count):
                column[row + p, a] = 0.0
            column[row + own, a] = tensor[place] * memory.scale[at]
            row += count
            place += length
            at += 1


def _multipliers(memory: Relaxation, rows: int) -> float:
    """Set y to the residual, its positive part on inequalities; return its squared length."""
    squared = 0.0
    for r in range(rows):
        value = max(memory.dual[RESIDUAL, r], memory.dual[SIGN, r])
        memory.dual[MULTIPLIER, r] = value
        squared += value * value
    return squared


def _scores(support: IntArray, tensor: FloatArray, memory: Relaxation) -> float:
    """Write s_v for every vertex tuple; return the sum of the multipliers' sizes."""
    size = 0.0
    scores = memory.tuples[SCORES]
    part = memory.tuples[SHARED]
    for v in range(support[TAIL, support.shape[1] - 1]):
        scores[v] = 0.0
    at = 0
    row = 0
    for i in range(support.shape[1] - 1):
        count = support[COUNT, i]
        length = support[LENGTH, i]
        functions = support[FUNCTION, i]
        for p in range(count):
            used = False
            for f in range(functions):
                weight = memory.dual[MULTIPLIER, row + f * count + p] * memory.scale[at + f]
                if weight == 0.0:
                    continue
                size += abs(weight)
                start = support[FIRST, i] + f * length
                values = tensor[start : start + length]
                if used:
                    for t in range(length):
                        part[t] += weight * values[t]
                else:
                    for t in range(length):
                        part[t] = weight * values[t]
                used = True
            if used:
                _place(scores, part, p, (count, support[TAIL, i], length))
        at += functions
        row += functions * count
    return size


def _place(scores: FloatArray, part: FloatArray, vertex: int, sizes: tuple[int, int, int]) -> None:
    """Add a function of the other players' vertices to one vertex of its owner."""
    count, tail, length = sizes
    if tail < _SHORT:
        for block in range(length // tail):
            start = (block * count + vertex) * tail
            for s in range(tail):
                scores[start + s] += part[block * tail + s]
        return
    for block in range(length // tail):
        start = (block * count + vertex) * tail
        source = part[block * tail : block * tail + tail]
        target = scores[start : start + tail]
        for s in range(tail):
            target[s] += source[s]


def _balance(memory: Relaxation, rows: int) -> None:
    """Shift weight among the active atoms until their scores are nearly level."""
    first_gap = -1.0
    score = memory.atom_score
    measure = memory.tuples[MEASURE]
    for _ in range(_INNER):
        _atom_scores(memory, rows)
        best = 0
        worst = 0
        least = 1e300
        greatest = -1e300
        for a in range(memory.atoms[0]):
            value = score[a]
            if value < least:
                least = value
                best = a
            if value > greatest and measure[memory.atom[a]] > 0.0:
                greatest = value
                worst = a
        gap = greatest - least
        if first_gap < 0.0:
            first_gap = gap
        if best == worst or gap <= 0.1 * first_gap or gap < 1e-14:
            return
        _shift(memory, rows, worst, best, gap)


def _atom_scores(memory: Relaxation, rows: int) -> None:
    count = memory.atoms[0]
    column = memory.column
    score = memory.atom_score
    residual = memory.dual[RESIDUAL]
    sign = memory.dual[SIGN]
    for a in range(count):
        score[a] = 0.0
    for r in range(rows):
        value = max(residual[r], sign[r])
        if value != 0.0:
            row = column[r]
            for a in range(count):
                score[a] += value * row[a]


def _shift(memory: Relaxation, rows: int, source: int, target: int, gap: float) -> None:
    """Move weight between two atoms, as far as the squared residual falls along the way."""
    residual = memory.dual[RESIDUAL]
    sign = memory.dual[SIGN]
    column = memory.column
    curvature = 0.0
    for r in range(rows):
        change = column[r, target] - column[r, source]
        if max(residual[r], change) > sign[r]:
            curvature += change * change
    measure = memory.tuples[MEASURE]
    step = measure[memory.atom[source]]
    if curvature * step > gap:
        step = gap / curvature
        measure[memory.atom[source]] -= step
    else:
        measure[memory.atom[source]] = 0.0
    measure[memory.atom[target]] += step
    for r in range(rows):
        residual[r] += step * (column[r, target] - column[r, source])
