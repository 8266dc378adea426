"""A cover: certified roots and boxes that together hold every equilibrium of a game."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from math import prod

import numpy as np

from counterplay.concepts.search import compiled, state
from counterplay.concepts.search.harvest import INDEX, KIND, MASKS, NUMBER
from counterplay.concepts.search.layout import IntArray
from counterplay.concepts.search.problem import Problem
from counterplay.concepts.search.root import ALONE, RADIUS
from counterplay.numeric import FloatArray

FLOORS = (0.01, 0.03, 0.1, 0.26, 0.51, 1.01)
"""Widths at which an undecided cell is kept as a box, tried in order until the boxes are few."""

MAX_TABLE = 1 << 23
MAX_STEPS = 300_000_000
MOST_NODES = 10_000_000
"""Steps of tabulating and nodes of the tree over supports, each a second or so of work."""

MAX_SUPPORTS = 2_000_000
MAX_ROOTS = 20_000
MAX_BOXES = 4_000
_DEPTH = 160
_STACK_ENTRIES = 16_000_000
PLAIN_STEPS = 60_000
"""Steps of tabulating, and supports to look at, that plain Python may take."""


class Budget:
    """How much work may still be done: cells, seconds, or both.

    Time spent compiling does not count.
    """

    def __init__(self, seconds: float | None = None, cells: int | None = None) -> None:
        self._cells = cells
        self._until = None if seconds is None else time.perf_counter() + seconds

    def forgive(self, seconds: float) -> None:
        """Put off the end by time that was not spent on the search."""
        if self._until is not None:
            self._until += seconds

    def spend(self, cells: int) -> None:
        """Take note of work done."""
        if self._cells is not None:
            self._cells -= cells

    def part(self, cells: int) -> Budget:
        """Return a budget of so many cells for a step on the way, under the same clock."""
        part = Budget(cells=cells if self._cells is None else max(0, min(cells, self._cells)))
        part._until = self._until
        return part

    def quantum(self, most: int) -> int:
        """Return how many cells to look at next."""
        return most if self._cells is None else max(0, min(most, self._cells))

    @property
    def seconds(self) -> float:
        """Seconds left; infinite where no clock runs."""
        return np.inf if self._until is None else self._until - time.perf_counter()

    @property
    def is_spent(self) -> bool:
        """Whether a limit is hit."""
        return (self._cells is not None and self._cells <= 0) or self.seconds <= 0


@dataclass(frozen=True, eq=False)
class Cover:
    """Where all equilibria of a game lie, or of all games within the problem's slack.

    Attributes
    ----------
    problem : Problem
    finished : bool
        Whether every support was searched; else equilibria may lie elsewhere.
    supports, left : int
        Supports that conditional dominance leaves, and those of them not searched; 0 supports
        where they are too many to list.
    cells : int
        Work done.
    floor : float
        Width below which undecided cells were kept as boxes.
    points : ndarray, shape (R, X)
        Certified roots of single supports, as flat profiles.
    kinds : ndarray of int, shape (R,)
        `state.REGULAR` or `state.TIED`.
    radii, alone : ndarray, shape (R,)
        How far the root can be from the point; within which distance it is the only one.
    indices : ndarray of int, shape (R,)
    masks : ndarray of int, shape (R, n)
        Supports, as bit masks.
    vertices : tuple of n ndarrays, shape (B, m_i, m_i)
        Vertices of the boxes, padded by repeating the first one.
    box_masks : ndarray of int, shape (B, n)
    solid : ndarray of bool, shape (B,)
        Boxes all of whose points are equilibria, as far as the slack can tell.
    box_steps : ndarray of int, shape (B,)
    """

    problem: Problem
    finished: bool
    supports: int
    left: int
    cells: int
    floor: float
    points: FloatArray
    kinds: IntArray
    radii: FloatArray
    alone: FloatArray
    indices: IntArray
    masks: IntArray
    vertices: tuple[FloatArray, ...] = field(repr=False)
    box_masks: IntArray
    solid: IntArray
    box_steps: IntArray


def cover(problem: Problem, budget: Budget, max_boxes: int = MAX_BOXES) -> Cover:
    """Search a game at the finest floor that keeps the boxes few."""
    search = Search(problem, budget, max_boxes)
    search.cover()
    return search.result()


class Search:
    """One search and its working memory."""

    def __init__(self, problem: Problem, budget: Budget, max_boxes: int) -> None:
        self.problem = problem
        self.budget = budget
        self.floor = FLOORS[0]
        self.cells = 0
        self.found = 0
        self.listed = False
        self.kernels = compiled.at_hand()
        shape = problem.shape
        self.table_size = table_size(shape)
        supports = min(support_bound(shape), MAX_SUPPORTS)
        profiles = prod(shape.tolist())
        entries = sum((m - 1) * (profiles // m) for m in shape.tolist()) + 1
        depth = int(min(_DEPTH, max(24, _STACK_ENTRIES // entries)))
        self.searchable = is_searchable(shape, self._haste())
        if not self.searchable:
            supports = 1
        self.state = state.empty_state(shape, supports, depth, (MAX_ROOTS, max_boxes))

    def cover(self) -> None:
        """Search at the finest floor that keeps the boxes few."""
        for floor in FLOORS:
            if self.run(floor):
                return

    def run(self, floor: float) -> bool:
        """Search from the beginning; say whether it ended without running out of room."""
        self.floor = floor
        if not self.searchable:
            return True
        problem = self.problem
        if max(tabulating(problem.shape), support_bound(problem.shape)) > PLAIN_STEPS:
            self._compile()
        tables = np.empty(self.table_size, np.int64)
        self.found = int(
            self.kernels.prepare(
                self.state,
                problem.payoffs,
                problem.shape,
                tables,
                problem.slack,
                int(MOST_NODES * self._haste()),
            )
        )
        self.listed = self.found <= self.state.supports.shape[0]
        return self.go_on() if self.listed else True

    def seed(self, corners: FloatArray, supports: IntArray, steps: IntArray, floor: float) -> bool:
        """Search cells of supports already listed, to a finer floor; forget all that was found."""
        counters = self.state.counters
        counters[:] = 0
        count = len(corners)
        self.floor = floor
        self.state.seeds[:count] = corners
        self.state.seed_steps[:count] = steps
        self.state.agenda[:count, 0] = supports
        self.state.agenda[:count, 1] = np.arange(count)
        counters[state.AGENDA] = count
        return self.go_on()

    def go_on(self) -> bool:
        """Work until the search is done, out of room, or the budget is spent."""
        counters = self.state.counters
        limits = np.array([self.problem.slack, self.floor])
        quantum = 16
        while not self.budget.is_spent and not counters[state.FULL]:
            before, start = int(counters[state.CELLS]), time.perf_counter()
            done = self.kernels.advance(
                self.state,
                self.problem.payoffs,
                self.problem.shape,
                limits,
                self.budget.quantum(quantum),
            )
            spent = int(counters[state.CELLS]) - before
            self.cells += spent
            self.budget.spend(spent)
            if done:
                return True
            quantum = self._next_quantum(quantum, time.perf_counter() - start)
        return not counters[state.FULL]

    @property
    def done(self) -> bool:
        """Whether all that was to be searched has been."""
        counters = self.state.counters
        return bool(
            self.listed
            and counters[state.POSITION] == counters[state.AGENDA]
            and counters[state.DEPTH] == 0
            and not counters[state.FULL]
        )

    def result(self) -> Cover:
        """Return what was found."""
        counters, store = self.state.counters, self.state
        points, labels, facts = roots_of(store, self.problem.shape)
        boxes = int(counters[state.BOXES])
        box_facts = store.box_facts[:boxes]
        box_masks = store.supports[box_facts[:, state.BOX_SUPPORT]]
        started = counters[state.POSITION] - (counters[state.DEPTH] > 0)
        left = int(counters[state.AGENDA] - started)
        return Cover(
            problem=self.problem,
            finished=self.done,
            supports=self.found if self.listed else 0,
            left=left,
            cells=self.cells,
            floor=self.floor,
            points=points,
            kinds=labels[:, KIND],
            radii=facts[:, RADIUS].copy(),
            alone=facts[:, ALONE].copy(),
            indices=labels[:, INDEX],
            masks=labels[:, MASKS:],
            vertices=_full_vertices(store.boxes[:boxes], box_masks, self.problem.shape),
            box_masks=box_masks,
            solid=box_facts[:, state.BOX_SOLID].copy(),
            box_steps=box_facts[:, state.BOX_STEPS].copy(),
        )

    def _haste(self) -> float:
        """Return the share of a second that a step which cannot be interrupted may take."""
        return float(min(1.0, max(0.0, 0.2 * self.budget.seconds)))

    def _next_quantum(self, quantum: int, seconds: float) -> int:
        if self.kernels == compiled.plain():
            compiled.note_plain_work(seconds)
            if compiled.is_worth_it(self.budget.seconds):
                self._compile()
                return 256
        goal = min(0.05, 0.02 * max(self.budget.seconds, 0.05))
        if seconds < 0.5 * goal:
            return quantum * 2
        return max(4, quantum // 2) if seconds > 2 * goal else quantum

    def _compile(self) -> None:
        start = time.perf_counter()
        self.kernels = compiled.compiled()
        self.budget.forgive(time.perf_counter() - start)


def tabulating(shape: IntArray) -> int:
    """Return the steps that tabulating conditional dominance takes."""
    pairs = sum(count * (count - 1) for count in shape.tolist())
    steps: int = pairs * table_size(shape) // len(shape)
    return steps


def is_searchable(shape: IntArray, seconds: float = 1.0) -> bool:
    """Say whether the tables of conditional dominance can be made in so many seconds or so."""
    return table_size(shape) <= MAX_TABLE and tabulating(shape) <= MAX_STEPS * seconds


def table_size(shape: IntArray) -> int:
    """Return the entries of the tables of conditional dominance, capped above `MAX_TABLE`."""
    counts = shape.tolist()
    bits = sum(counts)
    if bits - min(counts) > 40:
        return MAX_TABLE + 1
    return sum(1 << (bits - count) for count in counts)


def support_bound(shape: IntArray) -> int:
    """Return the number of supports of a game of this shape."""
    bound = 1
    for count in shape.tolist():
        bound *= (1 << count) - 1
    return bound


def roots_of(store: state.State, shape: IntArray) -> tuple[FloatArray, IntArray, FloatArray]:
    """Return flat points, labels (`harvest`) and certificates of roots that may be equilibria."""
    roots = int(store.counters[state.ROOTS])
    points = np.zeros((roots, int(shape.sum())))
    labels = np.zeros((roots, MASKS + len(shape)), np.int64)
    count = compiled.at_hand().gather(store, shape, points, labels)
    return points[:count], labels[:count], store.certificates[labels[:count, NUMBER]]


def _full_vertices(boxes: FloatArray, masks: IntArray, shape: IntArray) -> tuple[FloatArray, ...]:
    full = tuple(np.zeros((len(boxes), m, m)) for m in shape.tolist())
    if len(boxes) == 0:
        return full
    patterns, which = np.unique(masks, axis=0, return_inverse=True)
    for number, pattern in enumerate(patterns):
        rows = np.flatnonzero(which.ravel() == number)
        at = 0
        for player, bits in enumerate(pattern.tolist()):
            options = [k for k in range(int(shape[player])) if bits >> k & 1]
            size = len(options)
            corners = boxes[rows, at : at + size * size].reshape(-1, size, size)
            at += size * size
            wide = np.zeros((len(rows), int(shape[player]), int(shape[player])))
            wide[:, :size, options] = corners
            wide[:, size:] = wide[:, :1]
            full[player][rows] = wide
    return full
