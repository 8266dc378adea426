"""Working memory of the search, made once a game and reused for every support and cell.

Small arrays share a block whose rows are named, so that compiled code passes few pointers about.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from counterplay.concepts.search.layout import IntArray, flat_steps
from counterplay.numeric import FloatArray

SUMS, PART = range(2)
"""Rows of `tuples`: values of a combination of functions at every vertex tuple; a part of them."""

MEASURE, SCORES, SHARED = range(3)
"""Rows of a relaxation's `tuples`: a measure on the vertex tuples, their scores, part of those."""

VALUES, WEIGHTS, GRADIENT, NEWTON, LOW, HIGH, POINT, SHARE, MEANS = range(9)
"""Rows of `vector`: equations at the centre or at a point; weights of a combination of equations;
gradient of a gap; Newton point, lower and upper bounds in local coordinates; a point in
probabilities; what a contraction leaves of each player's simplex; slice means."""

JACOBIAN, SPARE, LEFT, INVERSE, MARGINAL = range(5)
"""Matrices; row e of `MARGINAL`: means of equation e where one player's vertex is fixed."""

PIVOT_ROW, PIVOT_COLUMN, PLAYER, VERTEX = range(4)
"""Rows of `order`: pivots; local coordinates in the order in which their rows are evaluated."""

RESIDUAL, MULTIPLIER, SIGN = range(3)
"""Rows of `dual`: residual of the relaxation's constraints, their multipliers, and the least value
that a multiplier may take: 0 on inequalities, none on equations."""

ATOMS_PER_ROW = 4
"""Room for active vertex tuples.  A measure near the best needs about one a row, the way there
several; without room the relaxation gives up, and does so again on every part of the cell."""


class Scratch(NamedTuple):
    """Arrays large enough for any support of one game.

    Attributes
    ----------
    root, tensor : tensors of the whole support and of the cell at hand
    corner : vertices of the cell at hand
    tuples : (2, vertex tuples)
    vector : (9, probabilities)
    matrix : (5, equations, probabilities)
    order : (4, probabilities)
    options : (2 n + 1, n or most options) see `layout.fill_root`
    """

    root: FloatArray
    tensor: FloatArray
    corner: FloatArray
    tuples: FloatArray
    vector: FloatArray
    matrix: FloatArray
    order: IntArray
    options: IntArray


class Relaxation(NamedTuple):
    """Working memory of the correlated relaxation of a cell.

    Attributes
    ----------
    tuples : (3, vertex tuples)
    dual : (3, rows)
    scale : (functions,) one over the largest entry of each function
    atom, atom_score : (A,) active vertex tuples, and their scores
    column : (rows, A) scaled function values at the atoms
    atoms : (1,) their number
    """

    tuples: FloatArray
    dual: FloatArray
    scale: FloatArray
    atom: IntArray
    atom_score: FloatArray
    column: FloatArray
    atoms: IntArray


def empty_scratch(shape: IntArray) -> Scratch:
    """Return working memory for games of this shape."""
    n = shape.shape[0]
    tuples = 1
    probabilities = 0
    corners = 0
    for i in range(n):
        tuples *= shape[i]
        probabilities += shape[i]
        corners += shape[i] * shape[i]
    options = np.zeros((2 * n + 1, max(n, shape.max())), np.int64)
    options[2 * n, :n] = flat_steps(shape)
    entries = 1
    functions = 1
    for i in range(n):
        entries += (shape[i] - 1) * (tuples // shape[i])
        functions += shape[i] - 1
    return Scratch(
        np.zeros(entries),
        np.zeros(entries),
        np.zeros(corners),
        np.zeros((2, tuples)),
        np.zeros((9, probabilities)),
        np.zeros((5, functions, probabilities)),
        np.zeros((4, probabilities), np.int64),
        options,
    )


def empty_relaxation(shape: IntArray) -> Relaxation:
    """Return working memory for the relaxation in games of this shape."""
    tuples = 1
    functions = 1
    rows = 1
    for i in range(shape.shape[0]):
        tuples *= shape[i]
        functions += shape[i] - 1
        rows += (shape[i] - 1) * shape[i]
    atoms = ATOMS_PER_ROW * rows
    return Relaxation(
        np.zeros((3, tuples)),
        np.zeros((3, rows)),
        np.zeros(functions),
        np.zeros(atoms, np.int64),
        np.zeros(atoms),
        np.zeros((rows, atoms)),
        np.zeros(1, np.int64),
    )
