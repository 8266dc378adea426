"""All Nash equilibria of an n-player game, with a proof, or what could not be settled.

Formulate: scale the payoffs, list the supports that conditional dominance leaves (Porter, Nudelman
and Shoham 2008).  Solve: branch and contract on each of them (`search`).  Filter: group what is
left into isolated roots and clusters, decide single points with ties exactly, find indices.
Certify: recompute regrets from the payoffs; compare with the scan of all pure profiles, which is
independent of the search; check that indices sum to +1 (Shapley 1974).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from counterplay.concepts.listing import equilibria_at, ordered
from counterplay.concepts.pure import pure_equilibria
from counterplay.concepts.region import region_of
from counterplay.concepts.search.clusters import Clustered
from counterplay.concepts.search.component_index import cluster_indices
from counterplay.concepts.search.cover import MAX_BOXES, Budget, Cover, Search
from counterplay.concepts.search.problem import problem
from counterplay.concepts.search.refine import refined
from counterplay.concepts.search.resolve import Verdict, decided
from counterplay.concepts.search.state import REGULAR
from counterplay.concepts.solution import Equilibrium, Region, Solution
from counterplay.games import Game

METHOD = "support enumeration with branch and contract"


@dataclass(frozen=True, eq=False)
class _Settled:
    """What a finished search amounts to."""

    isolated: tuple[Equilibrium, ...]
    regions: tuple[Region, ...]
    checked: bool

    @property
    def index_sum(self) -> int | None:
        """The sum of all indices, where all are known."""
        indices = [e.index for e in self.isolated] + [region.index for region in self.regions]
        known = [index for index in indices if index is not None]
        return sum(known) if len(known) == len(indices) else None


def n_player_nash(game: Game, budget: Budget) -> Solution:
    """Return every equilibrium that the search finds within the budget, and what it proves."""
    pure = pure_equilibria(game)
    search = Search(problem(game), budget, MAX_BOXES)
    search.cover()
    found = search.result()
    if not found.finished:
        return _unfinished(game, found, pure)
    found, groups = refined(found, search)
    settled = _settle(game, found, groups, pure, budget)
    return _stated(found, settled, pure)


def _settle(
    game: Game,
    found: Cover,
    groups: Clustered,
    pure: tuple[Equilibrium, ...],
    budget: Budget,
) -> _Settled:
    """Turn roots and clusters into equilibria and regions."""
    indices = cluster_indices(found, groups, budget)
    points = list(found.points[groups.isolated])
    signs: list[int | None] = found.indices[groups.isolated].tolist()
    regions = []
    for cluster, index in zip(groups.clusters, indices.values, strict=True):
        verdict, point = decided(game, found, cluster)
        if verdict is Verdict.EQUILIBRIUM and point is not None:
            points.append(np.array([float(share) for vector in point for share in vector]))
            signs.append(index)
        elif verdict is Verdict.OPEN:
            regions.append(region_of(game, found, cluster, index, pure))
    isolated = _with_scanned(equilibria_at(game, np.array(points), signs), pure) if points else ()
    regions.sort(key=lambda region: [-r for ranges in region.ranges for r in ranges.ravel()])
    return _Settled(isolated, tuple(regions), indices.checked)


def _with_scanned(
    isolated: tuple[Equilibrium, ...], pure: tuple[Equilibrium, ...]
) -> tuple[Equilibrium, ...]:
    """Take pure equilibria as the exact scan found them, with the index known from the search."""
    scanned = {e.profile: e for e in pure}
    return tuple(
        replace(scanned[e.profile], index=e.index) if e.profile in scanned else e for e in isolated
    )


def _stated(found: Cover, settled: _Settled, pure: tuple[Equilibrium, ...]) -> Solution:
    """Put the statement into words, unless an independent check contradicts it."""
    isolated, regions = settled.isolated, settled.regions
    within = {profile for region in regions for profile in region.pure}
    alone = {e.profile for e in isolated}
    lost = [e for e in pure if e.profile not in within and e.profile not in alone]
    members = [replace(e, index=None) for e in pure if e.profile not in alone]
    examples = [r.example for r in regions if not r.pure and r.example is not None]
    listed = ordered([*isolated, *members, *examples])
    if lost or settled.index_sum not in (1, None) or not (isolated or regions):
        return Solution(listed, "unproved", _CONTRADICTED, regions, METHOD)
    if regions:
        reason = _continuum_reason(found, settled)
        return Solution(listed, "continuum", reason, regions, METHOD)
    return Solution(
        listed, "proved", proved_reason(found.supports, checked=settled.checked), (), METHOD
    )


def _unfinished(game: Game, found: Cover, pure: tuple[Equilibrium, ...]) -> Solution:
    """Return what was found before a limit was hit."""
    regular = [
        r
        for r in np.flatnonzero(found.kinds == REGULAR)
        if any(int(bits).bit_count() > 1 for bits in found.masks[r])
    ]
    mixed = equilibria_at(game, found.points[regular], found.indices[regular].tolist())
    return Solution(ordered([*pure, *mixed]), "unproved", _limit_reason(found), (), METHOD)


_CONTRADICTED = (
    "The search ended, but an independent check (the scan of all pure profiles, and the sum of "
    "the indices) contradicts its statement; nothing is claimed beyond the equilibria listed."
)


def proved_reason(supports: int, *, checked: bool) -> str:
    """Say why a list of isolated equilibria is complete, and whether the indices confirm it."""
    confirmed = "; their indices sum to +1, as they must" if checked else ""
    return (
        "Of all combinations of options that could be played together, dominance leaves "
        f"{_count(supports)}; each was searched to the end with bounds on all rounding. "
        f"These are all the equilibria{confirmed}."
    )


def _continuum_reason(found: Cover, settled: _Settled) -> str:
    sets = len(settled.regions)
    alone = len(settled.isolated)
    single = {0: "", 1: "is the isolated one listed or "}
    is_one = single.get(alone, f"is one of the {alone} isolated ones or ")
    one_set = "the one set" if sets == 1 else f"one of the {sets} separate sets"
    return (
        "Payoffs tie, so equilibria need not be single points. It is proved, with bounds on all "
        f"rounding, that every equilibrium {is_one}lies in {one_set} given by ranges "
        f"(boxes up to {found.floor:g} wide)."
    )


def _limit_reason(found: Cover) -> str:
    checked = f"All pure profiles were checked. {_LIMIT}"
    if found.supports == 0:
        return f"{checked}neither size nor time allowed to list what could be played together."
    return (
        f"{checked}{_count(found.left)} of {_count(found.supports)} combinations of options "
        "that could be played together were not searched to the end, so there may be more "
        "mixed equilibria."
    )


_LIMIT = "The search for mixed equilibria was cut short by a limit: "


def _count(number: int) -> str:
    return f"{number:,}"
