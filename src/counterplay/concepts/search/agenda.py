"""What to search: the supports left by conditional dominance, whole faces of equilibria apart."""

from __future__ import annotations

from counterplay.concepts.search.cell import whole
from counterplay.concepts.search.exclusion import is_solid
from counterplay.concepts.search.layout import CORNER, ROW, IntArray, fill_root, lay_out
from counterplay.concepts.search.state import (
    AGENDA,
    BOX_SOLID,
    BOX_STEPS,
    BOX_SUPPORT,
    BOXES,
    FULL,
    SOLIDS,
    State,
)
from counterplay.concepts.search.supports import (
    list_supports,
    sort_by_size,
    table_starts,
    undominated_tables,
)
from counterplay.numeric import FloatArray

_FEW = 50
_COMPARISONS = 20_000_000
"""Supports beyond these are searched one by one, which finds the same, only later."""


def prepare(
    state: State,
    payoffs: FloatArray,
    shape: IntArray,
    tables: IntArray,
    slack: float,
    nodes: int,
) -> int:
    """Begin a search: list the supports to do, small ones first, and keep solid faces as boxes.

    Parameters
    ----------
    payoffs : (n, profiles)
        Scaled payoffs, flat.
    tables : (sum of `table_starts`,)
        Room for the tables of conditional dominance.
    nodes : int
        Most supports, whole or in part, to look at.

    Returns
    -------
    int
        Number of supports that conditional dominance leaves; if it is more than the state has
        room for, the search cannot begin.
    """
    for c in range(state.counters.shape[0]):
        state.counters[c] = 0
    starts = table_starts(shape)
    ties = undominated_tables(payoffs, shape, starts, slack, tables)
    count = list_supports(tables, shape, starts, state.supports, nodes)
    if count > state.supports.shape[0]:
        return count
    order = sort_by_size(state.supports, count)
    solid = order.copy()
    if ties and count <= nodes // _FEW:
        _mark_solid_faces(state, payoffs, shape, order, solid, slack)
    for q in range(count):
        if solid[q] >= 0:
            state.agenda[state.counters[AGENDA], 0] = order[q]
            state.agenda[state.counters[AGENDA], 1] = -1
            state.counters[AGENDA] += 1
    return count


def _mark_solid_faces(
    state: State,
    payoffs: FloatArray,
    shape: IntArray,
    order: IntArray,
    left: IntArray,
    slack: float,
) -> None:
    """Keep supports made of equilibria alone as boxes; mark what lies inside one by -1.

    Only games with ties have any beside pure equilibria; taking the whole face at once keeps its
    many parts from being searched.
    """
    compared = 0
    for q in range(order.shape[0] - 1, -1, -1):
        s = order[q]
        compared += state.counters[SOLIDS]
        if compared > _COMPARISONS:
            return
        if _inside_solid(state, s):
            left[q] = -1
            continue
        lay_out(state.support, shape, state.supports[s])
        fill_root(
            state.support,
            state.supports[s],
            payoffs,
            state.scratch.options,
            state.scratch.tensor,
        )
        if state.support[ROW, shape.shape[0]] == 0:
            continue
        if is_solid(state.support, state.scratch.tensor, slack):
            left[q] = -1
            _keep_face(state, s)


def _inside_solid(state: State, s: int) -> bool:
    for b in range(state.counters[SOLIDS]):
        face = state.box_facts[b, BOX_SUPPORT]
        inside = True
        for j in range(state.supports.shape[1]):
            if state.supports[s, j] & ~state.supports[face, j]:
                inside = False
                break
        if inside:
            return True
    return False


def _keep_face(state: State, s: int) -> None:
    at = state.counters[BOXES]
    if at >= state.boxes.shape[0]:
        state.counters[FULL] = 1
        return
    whole(state.support, state.scratch.corner)
    for c in range(state.support[CORNER, state.support.shape[1] - 1]):
        state.boxes[at, c] = state.scratch.corner[c]
    state.box_facts[at, BOX_SUPPORT] = s
    state.box_facts[at, BOX_SOLID] = 1
    state.box_facts[at, BOX_STEPS] = 0
    state.counters[BOXES] = at + 1
    state.counters[SOLIDS] = at + 1
