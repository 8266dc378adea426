"""The bounds on rounding that proofs rest on, held against rational arithmetic."""

import itertools
from fractions import Fraction

import numpy as np
import pytest

from counterplay.concepts.search import cell, contraction, exclusion, layout, relaxation, root
from counterplay.concepts.search.scratch import (
    HIGH,
    LOW,
    MULTIPLIER,
    POINT,
    SHARE,
    empty_relaxation,
    empty_scratch,
)

SHAPES = [(2, 2, 2), (3, 2, 2), (3, 3, 3), (2, 3, 4), (2, 2, 2, 2)]
U = Fraction(1, 2**53)


def opened(seed, shape, masks=None):
    """Lay out a support of a game whose payoff differences are exact in double precision."""
    generator = np.random.default_rng(seed)
    sizes = np.array(shape, np.int64)
    payoffs = generator.integers(0, 2**20, (len(shape), int(np.prod(shape)))) / 2**20
    chosen = np.array([(1 << m) - 1 for m in shape] if masks is None else masks, np.int64)
    support = layout.empty_support(sizes)
    layout.lay_out(support, sizes, chosen)
    scratch = empty_scratch(sizes)
    layout.fill_root(support, chosen, payoffs, scratch.options, scratch.root)
    scratch.tensor[:] = scratch.root
    cell.whole(support, scratch.corner)
    return generator, support, scratch


def exact_corners(support):
    return [
        [[Fraction(int(p == c)) for c in range(count)] for p in range(count)]
        for count in counts(support)
    ]


def counts(support):
    return [int(k) for k in support[layout.COUNT, :-1]]


def exact_entry(support, tensors, corners, player, function, vertices):
    """Evaluate a function of the whole support at vertices of a cell, in fractions."""
    others = [j for j in range(len(corners)) if j != player]
    total = Fraction(0)
    start = int(support[layout.FIRST, player] + function * support[layout.LENGTH, player])
    for place in itertools.product(*(range(counts(support)[j]) for j in others)):
        at = start
        weight = Fraction(1)
        for j, option in zip(others, place, strict=True):
            at += option * int(support[layout.STRIDE + player, j])
            weight *= corners[j][vertices[j]][option]
        total += weight * Fraction(float(tensors[at]))
    return total


def step(generator, support, scratch, corners):
    """Halve or shrink a cell, in floats and in fractions alike; return the steps it counts as."""
    sizes = counts(support)
    player = int(generator.choice([j for j, count in enumerate(sizes) if count > 1]))
    count = sizes[player]
    if generator.random() < 0.5:
        p, q = (int(k) for k in generator.choice(count, 2, replace=False))
        cell.halve(support, scratch.tensor, scratch.corner, player, (p, q))
        rows = corners[player]
        rows[p] = [(a + b) / 2 for a, b in zip(rows[p], rows[q], strict=True)]
        return 1
    low = np.zeros(scratch.vector.shape[1])
    share = np.ones(len(sizes))
    place = int(support[layout.PLACE, player])
    low[place : place + count] = generator.dirichlet(np.ones(count)) * generator.uniform(0.1, 0.9)
    share[player] = 1.0 - low[place : place + count].sum()
    done = cell.shrink(support, scratch.tensor, scratch.corner, low, share)
    least = [Fraction(float(x)) for x in low[place : place + count]]
    rest = 1 - sum(least)
    rows = corners[player]
    common = [sum(w * row[c] for w, row in zip(least, rows, strict=True)) for c in range(count)]
    corners[player] = [
        [base + rest * entry for base, entry in zip(common, row, strict=True)] for row in rows
    ]
    return done


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("seed", range(4))
def test_entries_stay_within_the_error_that_is_counted(seed, shape):
    generator, support, scratch = opened(seed, shape)
    corners = exact_corners(support)
    steps = sum(step(generator, support, scratch, corners) for _ in range(40))
    allowed = steps * Fraction(cell.step_error(support))
    worst = Fraction(0)
    for player in range(len(shape)):
        for function in range(int(support[layout.FUNCTION, player])):
            for vertices in itertools.product(*map(range, counts(support))):
                if vertices[player]:
                    continue
                true = exact_entry(support, scratch.root, corners, player, function, vertices)
                at = int(support[layout.FIRST, player])
                at += function * int(support[layout.LENGTH, player])
                at += sum(
                    int(support[layout.STRIDE + player, j]) * v for j, v in enumerate(vertices)
                )
                worst = max(worst, abs(true - Fraction(float(scratch.tensor[at]))))
    assert 0 < worst <= allowed
    assert cell.step_error(support) >= (2 * max(shape) + 67) * float(U)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_a_cell_rebuilt_from_its_vertices_is_the_same(seed, shape):
    generator, support, scratch = opened(seed, shape)
    corners = exact_corners(support)
    steps = sum(step(generator, support, scratch, corners) for _ in range(10))
    again = np.zeros_like(scratch.tensor)
    cell.restrict(support, scratch.root, scratch.corner, again, np.empty(8))
    entries = int(support[layout.FIRST, -1])
    allowed = (steps * (2 * len(shape) + 2) + len(shape)) * cell.step_error(support)
    assert np.abs(again - scratch.tensor)[:entries].max() <= allowed


def planted(seed, shape):
    """Return a support whose equations vanish exactly at a point with dyadic probabilities."""
    generator, support, scratch = opened(seed, shape)
    point = []
    for count in shape:
        cuts = np.sort(generator.choice(np.arange(1, 16), count - 1, replace=False))
        point.append(np.diff(np.concatenate([[0], cuts, [16]])) / 16)
    for player, count in enumerate(shape):
        others = [x for j, x in enumerate(point) if j != player]
        weights = np.array([1.0])
        for vector in others:
            weights = np.outer(weights, vector).ravel()
        length = int(support[layout.LENGTH, player])
        for function in range(count - 1):
            at = int(support[layout.FIRST, player]) + function * length
            block = scratch.root[at : at + length]
            block -= block @ weights
    scratch.tensor[:] = scratch.root
    return generator, support, scratch, point


def inside(rows, point):
    """Return a point's local coordinates in the simplex with these vertices."""
    matrix = np.array([[float(entry) for entry in row] for row in rows]).T
    return np.linalg.solve(matrix, point)


@pytest.mark.parametrize("shape", [(2, 2, 2), (3, 3, 3), (3, 2, 2), (2, 2, 2, 2)], ids=str)
@pytest.mark.parametrize("seed", range(8))
def test_no_test_discards_a_cell_that_holds_a_root(seed, shape):
    generator, support, scratch, point = planted(seed, shape)
    memory = empty_relaxation(np.array(shape))
    slack = 1e-13
    corners = exact_corners(support)
    for _ in range(12):
        before = [list(map(list, rows)) for rows in corners]
        saved = scratch.tensor.copy(), scratch.corner.copy()
        step(generator, support, scratch, corners)
        local = [inside(rows, x) for rows, x in zip(corners, point, strict=True)]
        if min(x.min() for x in local) < 1e-6:
            corners = before
            scratch.tensor[:], scratch.corner[:] = saved
            local = [inside(rows, x) for rows, x in zip(corners, point, strict=True)]
        assert not exclusion.no_sign_change(support, scratch.tensor, slack)
        assert not relaxation.infeasible(support, scratch.tensor, memory, slack, False)
        rank = contraction.linearise(support, scratch, 1e-3)
        if rank < support[layout.ROW, -1]:
            assert not contraction.inconsistent(support, scratch, rank, slack)
        if rank == 0:
            continue
        least = contraction.newton_point(support, scratch)
        assert contraction.contract(support, scratch, slack, least) != contraction.DISCARDED
        low, high = scratch.vector[LOW], scratch.vector[HIGH]
        for j, shares in enumerate(local):
            place = int(support[layout.PLACE, j])
            assert np.all(low[place : place + len(shares)] <= shares + 1e-9)
            assert np.all(high[place : place + len(shares)] >= shares - 1e-9)
        assert scratch.vector[SHARE].min() >= 0


@pytest.mark.parametrize("shape", [(2, 2, 2), (3, 3, 3), (3, 2, 3, 2)], ids=str)
def test_multipliers_prove_infeasibility_in_fractions(shape):
    proved = 0
    for seed in range(20):
        _, support, scratch = opened(seed, shape)
        memory = empty_relaxation(np.array(shape))
        if not relaxation.infeasible(support, scratch.tensor, memory, 1e-13, False):
            continue
        proved += 1
        sizes = counts(support)
        for vertices in itertools.product(*map(range, sizes)):
            score = Fraction(0)
            row = at = 0
            for player, count in enumerate(sizes):
                place = sum(
                    int(support[layout.STRIDE + player, j]) * v for j, v in enumerate(vertices)
                )
                for function in range(int(support[layout.FUNCTION, player])):
                    entry = int(support[layout.FIRST, player])
                    entry += function * int(support[layout.LENGTH, player]) + place
                    weight = Fraction(float(memory.dual[MULTIPLIER, row + vertices[player]]))
                    assert function < count - 1 or weight >= 0
                    scale = Fraction(float(memory.scale[at]))
                    score += weight * scale * Fraction(float(scratch.tensor[entry]))
                    row += count
                    at += 1
            assert score > 0
    assert proved >= 3


@pytest.mark.parametrize("seed", range(12))
def test_the_enclosure_holds_the_exact_root(seed):
    shape = (3, 3, 3)
    _, support, scratch, point = planted(seed, shape)
    scratch.vector[POINT, :9] = np.concatenate([x + np.array([-2e-7, 1e-7, 1e-7]) for x in point])
    certificate = np.zeros(8)
    assert root.find_root(support, scratch, 1e-15, certificate)
    gap = np.abs(scratch.vector[POINT, :9] - np.concatenate(point)).max()
    assert gap <= 2 * certificate[root.RADIUS]
    assert certificate[root.RADIUS] < 1e-9 < certificate[root.ALONE]
