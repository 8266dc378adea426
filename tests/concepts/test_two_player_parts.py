"""The parts of exact enumeration: extreme rays, maximal Nash subsets, ranks, integer payoffs."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import oracles
from tests.factories import LAW

from counterplay.concepts.two_player.component_index import _determinant_sign
from counterplay.concepts.two_player.double_description import extreme_rays
from counterplay.concepts.two_player.integer_payoffs import integer_payoffs
from counterplay.concepts.two_player.limits import LimitReachedError, Limits
from counterplay.concepts.two_player.nash_subsets import components, maximal_nash_subsets, rank
from counterplay.concepts.two_player.polytope import best_reply_vertices
from counterplay.games import Game

COLUMNS = st.tuples(st.integers(1, 4), st.integers(1, 5)).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(1, 4), min_size=size[0], max_size=size[0]),
        min_size=size[1],
        max_size=size[1],
    )
)
"""Payoff vectors of the options of the other player, against 1 to 4 own options."""


def vertices_by_force(columns):
    """Return the vertices with their tight rows, from every choice of as many tight rows."""
    count = len(columns[0])
    rows = [[int(i == k) for i in range(count)] + [0] for k in range(count)]
    rows += [[-cell for cell in column] + [1] for column in columns]
    total = [1] * count + [0]
    found = set()
    for chosen in itertools.combinations(rows, count):
        point = oracles.solve([*chosen, total], [0] * count + [1])
        if point and all(dot(row, point) >= 0 for row in rows):
            tight = frozenset(k for k, row in enumerate(rows) if dot(row, point) == 0)
            found.add((tuple(point[:-1]), tight))
    return found


def dot(row, point):
    return sum(a * b for a, b in zip(row, point, strict=True))


@LAW
@given(COLUMNS)
def test_vertices_are_those_found_by_force(columns):
    count, replies = len(columns[0]), len(columns)
    found = [
        (
            tuple(Fraction(weight, sum(vertex.weights)) for weight in vertex.weights),
            frozenset(
                [k for k in range(count) if vertex.unplayed >> k & 1]
                + [count + k for k in range(replies) if vertex.replies >> k & 1]
            ),
        )
        for vertex in best_reply_vertices(columns, Limits())
    ]
    assert len(set(found)) == len(found)
    assert set(found) == vertices_by_force(columns)


@pytest.mark.parametrize("dimension", [1, 2, 3, 5])
def test_the_cone_over_a_cube_has_a_ray_for_each_corner(dimension):
    rows = []
    for k in range(dimension):
        low = [int(i == k) for i in range(dimension)]
        rows += [(*low, 0), (*(-x for x in low), 1)]
    corners = {vector for vector, _ in extreme_rays(rows, Limits())}
    assert corners == {(*c, 1) for c in itertools.product((0, 1), repeat=dimension)}


def test_the_cone_over_a_cross_polytope_where_every_ray_has_many_tight_rows():
    rows = [(*signs, 1) for signs in itertools.product((-1, 1), repeat=4)]
    rays = extreme_rays(rows, Limits())
    points = {tuple(s * int(i == k) for i in range(4)) for k in range(4) for s in (-1, 1)}
    assert {vector[:-1] for vector, _ in rays} == points
    assert all(mask.bit_count() == 8 for _, mask in rays)


def test_rays_that_share_many_rows_of_one_face_span_no_edge():
    # Each face of the cube three times, so that corners across a face share rows enough.
    rows = [(*row, 0) for row in np.eye(3, dtype=int).tolist()]
    rows += [(*(-x for x in row[:3]), 2) for row in rows]
    half = (-1, -1, -1, 3)
    rays = extreme_rays([row for row in rows for _ in range(3)] + [half], Limits())
    kept = {c for c in itertools.product((0, 2), repeat=3) if sum(c) < 3}
    points = {tuple(Fraction(x, vector[3]) for x in vector[:3]) for vector, _ in rays}
    assert points == kept | set(itertools.permutations((0, 1, 2)))
    assert len(rays) == len(points) == 10


def test_rays_are_counted():
    rows = [(*signs, 1) for signs in itertools.product((-1, 1), repeat=4)]
    with pytest.raises(LimitReachedError):
        extreme_rays(rows, Limits(rays=5))


@LAW
@given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1))
def test_maximal_nash_subsets_are_the_maximal_bicliques(edges):
    parts = components(sorted(edges))
    assert sorted(edge for part in parts for edge in part) == sorted(edges)
    sides = [({a for a, _ in part}, {b for _, b in part}) for part in parts]
    for (own, other), (more, further) in itertools.combinations(sides, 2):
        assert not own & more
        assert not other & further
    found = [subset for part in parts for subset in maximal_nash_subsets(part, Limits())]
    assert sorted(found) == sorted(bicliques_by_force(edges))


def bicliques_by_force(edges):
    found = set()
    for size in range(1, 6):
        for own in itertools.combinations(range(5), size):
            other = [b for b in range(5) if all((a, b) in edges for a in own)]
            whole = [a for a in range(5) if all((a, b) in edges for b in other)]
            if other and list(own) == whole:
                found.add((own, tuple(other)))
    return found


def test_too_many_maximal_nash_subsets_are_refused():
    crown = [(a, b) for a in range(8) for b in range(8) if a != b]
    assert len(maximal_nash_subsets(crown, Limits())) == 2**8 - 2
    with pytest.raises(LimitReachedError):
        maximal_nash_subsets(crown, Limits(), most=100)


@LAW
@given(st.integers(1, 4), st.data())
def test_ranks_and_signs_of_determinants_are_exact(size, data):
    cells = st.lists(st.integers(-2, 2), min_size=size, max_size=size)
    matrix = data.draw(st.lists(cells, min_size=size, max_size=size))
    assert _determinant_sign(matrix) == np.sign(round(np.linalg.det(matrix)))
    assert rank(matrix) == np.linalg.matrix_rank(matrix)


def test_numbers_far_apart_become_integers_in_proportion():
    tables = [[[1e-300, 1e300], [3e-300, -1e300]], [[0, 0]] * 2]
    first, second = integer_payoffs(Game.from_payoffs(tables))
    assert first == [[1, 10**600 + 1], [2, 1]]
    assert second == [[1, 1], [1, 1]]
