"""Roots: Newton's method in probabilities, then a proof that a root is there and alone.

Let x be the point where Newton's method stopped, f the equations of the support, J their Jacobian
in the probabilities other than each player's first, and Y an approximate inverse of J(x).  On the
ball of radius r round x (largest difference of those probabilities) the map g(y) = y - Y f(y) has
Jacobian I - Y J(y), and no entry of J changes by more than 4 N r (1 + 2 M r)^n, since f is
multilinear with coefficients in [-1, 1], N is the number of equations and M the largest number of
options less one.  Hence

    kappa(r) = |I - Y J(x)| + |Y| (4 N^2 r (1 + 2 M r)^n + N error of J)

bounds |I - Y J| on the ball (row sums).  If kappa(r) < 1 the ball holds at most one root; if
eta + kappa(r) r <= r as well, with eta >= |Y f(x)|, it holds one (Krawczyk 1969).  `radius` is
the smaller r that encloses the root, `alone` the larger one in which it is the only one.

Rounding.  A product of n - 1 probabilities and a coefficient, summed over L entries, is off by at
most (n + L) u times the sum of the sizes, which is at most 1 + 1e-9 up to signs of rounding; the
coefficients themselves are off by `slack`.  Each player's first probability is what the others
leave, to k_j u, which moves an equation by at most 2 k_j u, for all players 2 (N + n) u.  So
equations are known to slack + (3 n + L + 3 N) u, and entries of J, differences of two such sums,
to twice that.
"""

from __future__ import annotations

from counterplay.concepts.search.layout import (
    COUNT,
    FIRST,
    FUNCTION,
    LENGTH,
    PLACE,
    ROW,
    IntArray,
)
from counterplay.concepts.search.linear_algebra import determinant_sign, invert, unscramble
from counterplay.concepts.search.scratch import (
    INVERSE,
    JACOBIAN,
    LEFT,
    MEANS,
    PART,
    POINT,
    SPARE,
    VALUES,
    Scratch,
)
from counterplay.numeric import FloatArray

U = 2.0**-53

RADIUS, ALONE, SIGN, GAP, LEAST, BLUR = range(6)
"""Positions in a certificate: radius of the enclosure, radius in which the root is alone, sign of
det J, largest gain of an option left out, least probability, and how far the gains may be off."""

_NEWTON_STEPS = 12


def find_root(support: IntArray, scratch: Scratch, slack: float, certificate: FloatArray) -> bool:
    """Polish row `POINT` by Newton's method and certify the root that it ends at.

    Returns
    -------
    bool
        Whether the root is certified; `certificate` and row `POINT` are filled in then.
    """
    size = support[ROW, support.shape[1] - 1]
    last = 1e300
    moved = 1e300
    for _ in range(_NEWTON_STEPS):
        evaluate(support, scratch)
        if _inverse_at(support, scratch) < size:
            return False
        moved = _newton_step(support, scratch)
        if moved > 1.0:
            return False
        if moved < 1e-15 or (moved < 1e-12 and moved >= 0.5 * last):
            break
        last = moved
    if moved > 1e-9:
        return False
    return _certify(support, scratch, slack, certificate)


def evaluate(support: IntArray, scratch: Scratch) -> None:
    """Compute `values` and `jacobian` at row `POINT` from the root tensors."""
    n = support.shape[1] - 1
    size = support[ROW, support.shape[1] - 1]
    for i in range(n):
        length = support[LENGTH, i]
        for a in range(support[COUNT, i] - 1):
            e = support[ROW, i] + a
            for c in range(size):
                scratch.matrix[JACOBIAN, e, c] = 0.0
            start = support[FIRST, i] + a * length
            scratch.vector[VALUES, e] = expected(support, start, scratch, i, n)
            for j in range(n):
                if j != i and support[COUNT, j] > 1:
                    expected(support, start, scratch, i, j)
                    for p in range(1, support[COUNT, j]):
                        scratch.matrix[JACOBIAN, e, support[ROW, j] + p - 1] = (
                            scratch.vector[MEANS, p] - scratch.vector[MEANS, 0]
                        )


def expected(support: IntArray, start: int, scratch: Scratch, owner: int, free: int) -> float:
    """Average the tensor of `owner` that begins at `start` over the others' probabilities.

    Probabilities are those of row `POINT`.  With `free` a player other than the owner, the means
    for each of its options go to row `MEANS`; with `free` = n the mean over all is returned.
    """
    n = support.shape[1] - 1
    part = scratch.tuples[PART]
    length = support[LENGTH, owner]
    for t in range(length):
        part[t] = scratch.root[start + t]
    # From the last player on, each contraction leaves one axis fewer; a free player's axis stays.
    tail = 1
    for j in range(n - 1, -1, -1):
        count = support[COUNT, j]
        if j == owner:
            continue
        if j == free:
            tail = count
            continue
        blocks = length // (count * tail)
        x = support[PLACE, j]
        for block in range(blocks):
            for s in range(tail):
                total = 0.0
                for p in range(count):
                    total += scratch.vector[POINT, x + p] * part[(block * count + p) * tail + s]
                part[block * tail + s] = total
        length = blocks * tail
    if free < n:
        for p in range(support[COUNT, free]):
            scratch.vector[MEANS, p] = part[p]
    mean: float = part[0]
    return mean


def _inverse_at(support: IntArray, scratch: Scratch) -> int:
    size = support[ROW, support.shape[1] - 1]
    for a in range(size):
        for b in range(size):
            scratch.matrix[SPARE, a, b] = scratch.matrix[JACOBIAN, a, b]
    rank = invert(scratch.matrix[SPARE], scratch.matrix[LEFT], scratch.order, size, 1e-13)
    unscramble(scratch.matrix[LEFT], scratch.order, rank, size, scratch.matrix[INVERSE])
    return rank


def _newton_step(support: IntArray, scratch: Scratch) -> float:
    size = support[ROW, support.shape[1] - 1]
    largest = 0.0
    for j in range(support.shape[1] - 1):
        x = support[PLACE, j]
        moved = 0.0
        for p in range(1, support[COUNT, j]):
            step = 0.0
            for e in range(size):
                step -= (
                    scratch.matrix[INVERSE, support[ROW, j] + p - 1, e] * scratch.vector[VALUES, e]
                )
            scratch.vector[POINT, x + p] += step
            moved += step
            largest = max(largest, abs(step))
        scratch.vector[POINT, x] -= moved
    return largest


def _certify(support: IntArray, scratch: Scratch, slack: float, certificate: FloatArray) -> bool:
    """Bound |Y f|, |I - Y J| and |Y| at row `POINT`, and fill in the certificate."""
    n = support.shape[1] - 1
    size = support[ROW, support.shape[1] - 1]
    _make_sums_one(support, scratch)
    evaluate(support, scratch)
    longest = 0
    most = 0
    for j in range(n):
        longest = max(longest, support[LENGTH, j])
        most = max(most, support[COUNT, j] - 1)
    blur = 1.01 * (slack + (3 * n + longest + 3 * size) * U)
    eta = 0.0
    kappa = 0.0
    norm = 0.0
    for a in range(size):
        step = 0.0
        row = 0.0
        distance = 0.0
        for e in range(size):
            weight = scratch.matrix[INVERSE, a, e]
            step += weight * scratch.vector[VALUES, e]
            row += abs(weight)
        for b in range(size):
            entry = 1.0 if a == b else 0.0
            for e in range(size):
                entry -= scratch.matrix[INVERSE, a, e] * scratch.matrix[JACOBIAN, e, b]
            distance += abs(entry)
        eta = max(eta, abs(step) + row * blur)
        kappa = max(kappa, distance + 2.0 * size * row * blur)
        norm = max(norm, row)
    radius = 2.0 * eta
    growth = 4.0 * size * size * norm
    if kappa + growth * _spread(radius, most, n) > 0.5:
        return False
    alone = 0.4 / growth
    while kappa + growth * _spread(alone, most, n) >= 0.95:
        alone *= 0.5
    certificate[RADIUS] = radius
    certificate[ALONE] = max(alone, radius)
    certificate[BLUR] = blur + 3.0 * size * radius
    certificate[SIGN] = determinant_sign(scratch.matrix[JACOBIAN], size)
    _judge(support, scratch, certificate)
    return True


def _spread(radius: float, most: int, players: int) -> float:
    """Return r (1 + 2 M r)^n."""
    value = radius
    for _ in range(players):
        value *= 1.0 + 2.0 * most * radius
    return value


def _make_sums_one(support: IntArray, scratch: Scratch) -> None:
    """Let each player's first probability be what the others leave."""
    for j in range(support.shape[1] - 1):
        x = support[PLACE, j]
        rest = 1.0
        for p in range(1, support[COUNT, j]):
            rest -= scratch.vector[POINT, x + p]
        scratch.vector[POINT, x] = rest


def _judge(support: IntArray, scratch: Scratch, certificate: FloatArray) -> None:
    """Find the largest gain of an option left out and the least probability of one played."""
    n = support.shape[1] - 1
    gap = -1e300
    for i in range(n):
        length = support[LENGTH, i]
        for f in range(support[COUNT, i] - 1, support[FUNCTION, i]):
            start = support[FIRST, i] + f * length
            gap = max(gap, expected(support, start, scratch, i, n))
    least = 1.0
    for j in range(n):
        if support[COUNT, j] > 1:
            for p in range(support[COUNT, j]):
                least = min(least, scratch.vector[POINT, support[PLACE, j] + p])
    certificate[GAP] = gap
    certificate[LEAST] = least
