"""Branch and contract: every equilibrium, as certified roots and boxes that hold the rest.

Each support that survives conditional dominance is a cell to begin with.  A cell is discarded,
contracted, closed by a root that is certified to be the only one in it, kept as a *box* where it
is small and still undecided, or halved.  All work is counted in cells; the search can stop after
any number of them and go on later, and gives the same result as if it had not stopped.
"""

from __future__ import annotations

from counterplay.concepts.search.cell import (
    centre,
    edge_length,
    halve,
    most_options,
    reach,
    restrict,
    shrink,
    step_error,
    whole,
    width,
)
from counterplay.concepts.search.contraction import (
    CONTRACTED,
    DISCARDED,
    KEPT,
    contract,
    inconsistent,
    linearise,
    newton_point,
    replies_better,
)
from counterplay.concepts.search.exclusion import is_solid, no_sign_change
from counterplay.concepts.search.layout import (
    CORNER,
    COUNT,
    FIRST,
    PLACE,
    ROW,
    TAIL,
    IntArray,
    fill_root,
    lay_out,
)
from counterplay.concepts.search.relaxation import infeasible
from counterplay.concepts.search.root import ALONE, BLUR, GAP, LEAST, RADIUS, find_root
from counterplay.concepts.search.scratch import (
    LOW,
    MARGINAL,
    MEANS,
    MEASURE,
    POINT,
    SHARE,
    Scratch,
)
from counterplay.concepts.search.state import (
    AGENDA,
    BOX_SOLID,
    BOX_STEPS,
    BOX_SUPPORT,
    BOXES,
    CELLS,
    DEPTH,
    FIRST_ROOT,
    FULL,
    NO_EQUILIBRIUM,
    POSITION,
    REGULAR,
    ROOT_KIND,
    ROOT_SUPPORT,
    ROOTS,
    TIED,
    State,
)
from counterplay.numeric import FloatArray

CLOSED, UNDECIDED, SPLIT, ALL_OF_IT = range(4)
"""How the work on a cell ended."""

_ROOT_WIDTH = 1e-3
"""Cells narrower than this are worth a try of Newton's method."""

_RELAX_FROM = 5
"""Number of equations from which the relaxation is worth its cost."""

_ROUNDS = 120
_DEFICIENT = 1e-3
"""Pivots below this share of the first one, and below a twentieth of the cell's width, are noise
of the Jacobian's change over the cell."""

_SMEAR_FLOOR = 0.2


def advance(
    state: State, payoffs: FloatArray, shape: IntArray, limits: FloatArray, quantum: int
) -> bool:
    """Look at up to `quantum` more cells; say whether the search is done.

    Parameters
    ----------
    payoffs : (n, profiles)
        Scaled payoffs, flat.
    limits : (2,)
        Slack of the payoff differences, and the width at which an undecided cell becomes a box.
    """
    counters = state.counters
    until = counters[CELLS] + quantum
    while counters[CELLS] < until and not counters[FULL]:
        if counters[DEPTH] == 0:
            if counters[POSITION] == counters[AGENDA]:
                return True
            _open_item(state, payoffs, shape, limits[0])
        else:
            outcome = _work(state, limits)
            if outcome in (UNDECIDED, ALL_OF_IT):
                _keep_box(state, int(outcome == ALL_OF_IT))
            elif outcome == SPLIT:
                _split(state)
    return bool(counters[DEPTH] == 0 and counters[POSITION] == counters[AGENDA])


def _open_item(state: State, payoffs: FloatArray, shape: IntArray, slack: float) -> None:
    """Put the next support, or a cell of it, on the stack; settle it if it is a single profile."""
    support = state.support
    counters = state.counters
    s = state.agenda[counters[POSITION], 0]
    seed = state.agenda[counters[POSITION], 1]
    counters[POSITION] += 1
    counters[FIRST_ROOT] = counters[ROOTS]
    lay_out(support, shape, state.supports[s])
    fill_root(support, state.supports[s], payoffs, state.scratch.options, state.scratch.root)
    n = shape.shape[0]
    entries = support[FIRST, n]
    if support[ROW, n] == 0:
        counters[CELLS] += 1
        greatest = -1e300
        for t in range(entries):
            greatest = max(greatest, state.scratch.root[t])
        if greatest <= slack:
            _keep_profile(state, greatest, slack)
        return
    if seed < 0:
        whole(support, state.stack_corners[0])
        for t in range(entries):
            state.stack_tensors[0, t] = state.scratch.root[t]
        state.stack_facts[0, 0] = 0
    else:
        for c in range(support[CORNER, n]):
            state.stack_corners[0, c] = state.seeds[seed, c]
        restrict(
            support,
            state.scratch.root,
            state.stack_corners[0],
            state.stack_tensors[0],
            state.scratch.vector[MEANS],
        )
        state.stack_facts[0, 0] = state.seed_steps[seed]
    state.stack_facts[0, 1] = 0
    counters[DEPTH] = 1


def _keep_profile(state: State, gap: float, slack: float) -> None:
    at = state.counters[ROOTS]
    if at >= state.roots.shape[0]:
        state.counters[FULL] = 1
        return
    for x in range(state.support[PLACE, state.support.shape[1] - 1]):
        state.roots[at, x] = 1.0
    certificate = state.certificates[at]
    certificate[RADIUS] = 0.0
    certificate[ALONE] = 0.0
    certificate[2] = 1.0
    certificate[GAP] = gap
    certificate[LEAST] = 1.0
    certificate[BLUR] = slack
    certificate[ROOT_SUPPORT] = state.agenda[state.counters[POSITION] - 1, 0]
    certificate[ROOT_KIND] = REGULAR if gap < -slack else TIED
    state.counters[ROOTS] = at + 1


def _work(state: State, limits: FloatArray) -> int:
    """Take a cell from the stack, test and contract it; say how that ended."""
    support = state.support
    scratch = state.scratch
    size = support[ROW, support.shape[1] - 1]
    _take(state)
    facts = state.stack_facts[state.counters[DEPTH]]
    error = step_error(support)
    wide = 1.0
    outcome = KEPT
    for _ in range(_ROUNDS):
        state.counters[CELLS] += 1
        slack = limits[0] + facts[0] * error
        if is_solid(support, scratch.tensor, slack):
            outcome = ALL_OF_IT
            break
        if no_sign_change(support, scratch.tensor, slack):
            return CLOSED
        wide = width(support, scratch.corner)
        rank = linearise(support, scratch, min(_DEFICIENT, 0.05 * wide) + 1e-13)
        outcome = _contracted(support, scratch, rank, slack)
        if outcome == DISCARDED:
            return CLOSED
        if outcome == CONTRACTED:
            low, share = scratch.vector[LOW], scratch.vector[SHARE]
            facts[0] += shrink(support, scratch.tensor, scratch.corner, low, share)
            wide = width(support, scratch.corner)
        elif size >= _RELAX_FROM:
            if infeasible(support, scratch.tensor, state.relaxation, slack, facts[1] > 0):
                return CLOSED
            facts[1] = 1
        if rank == size and wide < _ROOT_WIDTH and _close_by_root(state, limits[0], facts[0]):
            return CLOSED
        if outcome == KEPT:
            break
    ended = SPLIT
    if wide < limits[1] or state.counters[DEPTH] + 2 > state.stack_tensors.shape[0]:
        ended = UNDECIDED
    return ALL_OF_IT if outcome == ALL_OF_IT else ended


def _take(state: State) -> None:
    """Copy the cell on top of the stack to the scratch; its facts stay where they are."""
    top = state.counters[DEPTH] - 1
    n = state.support.shape[1] - 1
    state.counters[DEPTH] = top
    for t in range(state.support[FIRST, n]):
        state.scratch.tensor[t] = state.stack_tensors[top, t]
    for c in range(state.support[CORNER, n]):
        state.scratch.corner[c] = state.stack_corners[top, c]
    if state.stack_facts[top, 1]:
        for v in range(state.support[TAIL, n]):
            state.relaxation.tuples[MEASURE, v] = state.stack_measure[top, v]


def _contracted(support: IntArray, scratch: Scratch, rank: int, slack: float) -> int:
    if rank == 0:
        return KEPT
    if rank < support[ROW, support.shape[1] - 1] and inconsistent(support, scratch, rank, slack):
        return DISCARDED
    least = newton_point(support, scratch)
    if least > -0.5 and replies_better(support, scratch, slack):
        return DISCARDED
    return contract(support, scratch, slack, least)


def _close_by_root(state: State, slack: float, steps: int) -> bool:
    """Close the cell if it lies where some certified root is the only one."""
    support = state.support
    scratch = state.scratch
    rounding = steps * step_error(support) + 1e-14
    for r in range(state.counters[FIRST_ROOT], state.counters[ROOTS]):
        gone = reach(support, scratch.corner, state.roots[r]) + rounding
        if gone <= state.certificates[r, ALONE]:
            return True
    centre(support, scratch.corner, scratch.vector[POINT])
    at = state.counters[ROOTS]
    if at >= state.roots.shape[0]:
        state.counters[FULL] = 1
        return True
    certificate = state.certificates[at]
    if not find_root(support, scratch, slack, certificate):
        return False
    if reach(support, scratch.corner, scratch.vector[POINT]) + rounding > certificate[ALONE]:
        return False
    certificate[ROOT_SUPPORT] = state.agenda[state.counters[POSITION] - 1, 0]
    certificate[ROOT_KIND] = TIED
    reach_of_root = certificate[RADIUS] * most_options(support)
    if certificate[LEAST] > reach_of_root and certificate[GAP] < -certificate[BLUR]:
        certificate[ROOT_KIND] = REGULAR
    elif certificate[LEAST] < -reach_of_root or certificate[GAP] > certificate[BLUR]:
        certificate[ROOT_KIND] = NO_EQUILIBRIUM
    for x in range(support[PLACE, support.shape[1] - 1]):
        state.roots[at, x] = scratch.vector[POINT, x]
    state.counters[ROOTS] = at + 1
    return True


def _keep_box(state: State, solid: int) -> None:
    at = state.counters[BOXES]
    if at >= state.boxes.shape[0]:
        state.counters[FULL] = 1
        return
    for c in range(state.support[CORNER, state.support.shape[1] - 1]):
        state.boxes[at, c] = state.scratch.corner[c]
    state.box_facts[at, BOX_SUPPORT] = state.agenda[state.counters[POSITION] - 1, 0]
    state.box_facts[at, BOX_SOLID] = solid
    state.box_facts[at, BOX_STEPS] = state.stack_facts[state.counters[DEPTH], 0]
    state.counters[BOXES] = at + 1


def _split(state: State) -> None:
    """Halve the edge along which the equations change most, and put both halves on the stack."""
    player, p, q = _widest_edge(state)
    n = state.support.shape[1] - 1
    scratch = state.scratch
    top = state.counters[DEPTH]
    steps = state.stack_facts[top, 0] + 1
    warm = state.stack_facts[top, 1]
    for half in range(2):
        tensors = state.stack_tensors[top + half]
        corners = state.stack_corners[top + half]
        for t in range(state.support[FIRST, n]):
            tensors[t] = scratch.tensor[t]
        for c in range(state.support[CORNER, n]):
            corners[c] = scratch.corner[c]
        halve(state.support, tensors, corners, player, (p, q) if half == 0 else (q, p))
        state.stack_facts[top + half, 0] = steps
        state.stack_facts[top + half, 1] = warm
        if warm:
            for v in range(state.support[TAIL, n]):
                state.stack_measure[top + half, v] = state.relaxation.tuples[MEASURE, v]
    state.counters[DEPTH] = top + 2


def _widest_edge(state: State) -> tuple[int, int, int]:
    support = state.support
    marginal = state.scratch.matrix[MARGINAL]
    n = support.shape[1] - 1
    best = -1.0
    player, first, second = 0, 0, 0
    for j in range(n):
        x = support[PLACE, j]
        for p in range(support[COUNT, j]):
            for q in range(p):
                change = _SMEAR_FLOOR
                for i in range(n):
                    if i != j:
                        for e in range(support[ROW, i], support[ROW, i + 1]):
                            change += abs(marginal[e, x + p] - marginal[e, x + q])
                change *= edge_length(support, state.scratch.corner, j, p, q)
                if change > best:
                    best = change
                    player, first, second = j, p, q
    return player, first, second
