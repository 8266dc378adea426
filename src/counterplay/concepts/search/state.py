"""A search that can be interrupted: supports to do, cells to do, roots and boxes found."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from counterplay.concepts.search.layout import IntArray, empty_support
from counterplay.concepts.search.scratch import (
    Relaxation,
    Scratch,
    empty_relaxation,
    empty_scratch,
)
from counterplay.numeric import FloatArray

AGENDA, POSITION, DEPTH, CELLS, ROOTS, BOXES, FIRST_ROOT, SOLIDS, FULL = range(9)
"""Positions in `State.counters`: items to search, the next one, cells on the stack, cells looked
at, roots and boxes found, the first root of the item at hand, supports that are solid faces, and
whether a store ran full."""

REGULAR, TIED, NO_EQUILIBRIUM = range(3)
"""Kinds of certified roots."""

ROOT_SUPPORT, ROOT_KIND = 6, 7
"""Positions in a row of `certificates`, after those that `root` fills in."""

BOX_SUPPORT, BOX_SOLID, BOX_STEPS = range(3)
"""Positions in a row of `box_facts`: support, whether solid, rounding steps behind it."""


class State(NamedTuple):
    """A search in progress; S supports, D cells on the stack, R roots, B boxes.

    Attributes
    ----------
    supports : (S, n) bit masks
    agenda : (S + B, 2) what to search, in order: a support, and the seed to begin at, or -1
    seeds, seed_steps : (B, C) vertices of cells to begin at, (B,) rounding steps behind them
    counters : (9,)
    stack_tensors, stack_corners, stack_measure : (D, ...)
        Cells to do: tensors, vertices, start of the relaxation.
    stack_facts : (D, 2)
        Rounding steps behind the tensors, and whether the start of the relaxation is any good.
    roots : (R, X) probabilities on the support's own coordinates
    certificates : (R, 8)
    boxes : (B, C) vertices on the support's own coordinates
    box_facts : (B, 3)
    """

    support: IntArray
    scratch: Scratch
    relaxation: Relaxation
    supports: IntArray
    agenda: IntArray
    seeds: FloatArray
    seed_steps: IntArray
    counters: IntArray
    stack_tensors: FloatArray
    stack_corners: FloatArray
    stack_measure: FloatArray
    stack_facts: IntArray
    roots: FloatArray
    certificates: FloatArray
    boxes: FloatArray
    box_facts: IntArray


def empty_state(shape: IntArray, supports: int, depth: int, room: tuple[int, int]) -> State:
    """Return the state of a search, with room for so many supports, roots and boxes."""
    scratch = empty_scratch(shape)
    n = shape.shape[0]
    roots, boxes = room
    corners = scratch.corner.shape[0]
    return State(
        empty_support(shape),
        scratch,
        empty_relaxation(shape),
        np.empty((supports, n), np.int64),
        np.empty((supports + boxes, 2), np.int64),
        np.empty((boxes, corners)),
        np.empty(boxes, np.int64),
        np.zeros(9, np.int64),
        np.empty((depth, scratch.tensor.shape[0])),
        np.empty((depth, corners)),
        np.empty((depth, scratch.tuples.shape[1])),
        np.empty((depth, 2), np.int64),
        np.empty((roots, scratch.vector.shape[1])),
        np.empty((roots, 8)),
        np.empty((boxes, corners)),
        np.empty((boxes, 3), np.int64),
    )
