"""The best-reply graph: who would move from each pure profile, and where to.

An arc leads from a profile to another that differs in one player's option, where the new option is
a best reply to the others and the old one is not.  Pure equilibria are the profiles that no arc
leaves.  Young, The evolution of conventions, Econometrica 61 (1993), has it under this name.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from counterplay.games.profiles import Profile
from counterplay.games.replies import BoolArray, best_replies
from counterplay.games.strategic import Game, checked_game

MOST_PROFILES, MOST_LINES = 144, 24
"""Profiles kept, and how many rows and columns they may take when half the players go down and
half across."""

_SEARCHED, _LOOKED_AT = 20_000, 2_000


@dataclass(frozen=True)
class ReplyArc:
    """One player's change to a best reply.

    Attributes
    ----------
    player : int
    start, end : tuple of int
        Profiles.
    gain : float
        In the player's own payoff units.
    """

    player: int
    start: Profile
    end: Profile
    gain: float


@dataclass(frozen=True)
class ReplyGraph:
    """A best-reply graph, or the part of a large one around its equilibria.

    Attributes
    ----------
    profiles : tuple of profiles
        In lexicographic order.
    total : int
        Profiles of the game.
    stays : tuple of tuple of bool
        For each profile, whether each player's option is a best reply.
    equilibria : tuple of profiles
        Of those kept, the ones that no arc leaves.
    hidden : int
        Further equilibria that are not kept.
    start : profile or None
    arcs : tuple of ReplyArc
        Between the profiles kept.
    path : tuple of ReplyArc or None
        A shortest chain of arcs from `start` to an equilibrium; empty if `start` is one; None if
        there is no start, no such chain, or none was found among 20,000 profiles searched.
    searched : bool
        Whether every profile that can be reached from `start` was searched.
    """

    profiles: tuple[Profile, ...]
    total: int
    stays: tuple[tuple[bool, ...], ...]
    equilibria: tuple[Profile, ...]
    hidden: int
    start: Profile | None
    arcs: tuple[ReplyArc, ...]
    path: tuple[ReplyArc, ...] | None
    searched: bool

    @property
    def whole(self) -> bool:
        """Whether every profile of the game is kept."""
        return len(self.profiles) == self.total


def reply_graph(game: Game, start: Profile | None = None) -> ReplyGraph:
    """Return the best-reply graph of a game.

    Of a game with more than 144 profiles, or with more than 24 rows or columns of them, the
    equilibria are kept, `start`, the path between them, and the profiles fewest moves away, as
    many as there is room for.

    Parameters
    ----------
    game : Game
    start : tuple of int, optional
        The profile that holds today.

    Examples
    --------
    >>> hunt = Game.from_payoffs([[[2, 0], [1, 1]], [[2, 1], [0, 1]]])
    >>> graph = reply_graph(hunt, (0, 1))
    >>> [(arc.player, arc.end) for arc in graph.path], graph.equilibria
    ([(0, (1, 1))], ((0, 0), (1, 1)))
    """
    replies = best_replies(checked_game(game))
    stable = [tuple(map(int, place)) for place in np.argwhere(replies.all(axis=0))]
    path, searched = _shortest(game, replies, start)
    kept = _kept(game.shape, stable, start, path or ())
    inside = set(kept)
    arcs = (arc for profile in kept for arc in arcs_from(game, replies, profile))
    equilibria = tuple(profile for profile in stable if profile in inside)
    return ReplyGraph(
        profiles=kept,
        total=int(np.prod(game.shape)),
        stays=tuple(tuple(bool(mask[p]) for mask in replies) for p in kept),
        equilibria=equilibria,
        hidden=len(stable) - len(equilibria),
        start=start,
        arcs=tuple(arc for arc in arcs if arc.end in inside),
        path=path,
        searched=searched,
    )


def arcs_from(game: Game, replies: BoolArray, profile: Profile) -> Iterator[ReplyArc]:
    """Yield the arcs that leave a profile: players in their order, then options in theirs."""
    for player, mask in enumerate(replies):
        if mask[profile]:
            continue
        for option in range(game.shape[player]):
            end = (*profile[:player], option, *profile[player + 1 :])
            if mask[end]:
                gain = float(game.payoffs[player][end] - game.payoffs[player][profile])
                yield ReplyArc(player, profile, end, gain)


def halves(players: int) -> int:
    """Return how many of the players go down in a layout; the others go across."""
    return max(1, players // 2)


def _shortest(
    game: Game, replies: BoolArray, start: Profile | None
) -> tuple[tuple[ReplyArc, ...] | None, bool]:
    """Search breadth first for an equilibrium."""
    if start is None:
        return None, True
    came: dict[Profile, ReplyArc | None] = {start: None}
    waiting = deque([start])
    while waiting:
        profile = waiting.popleft()
        if all(mask[profile] for mask in replies):
            return _back(came, profile), True
        if len(came) > _SEARCHED:
            return None, False
        for arc in arcs_from(game, replies, profile):
            if arc.end not in came:
                came[arc.end] = arc
                waiting.append(arc.end)
    return None, True


def _back(came: dict[Profile, ReplyArc | None], end: Profile) -> tuple[ReplyArc, ...]:
    path: list[ReplyArc] = []
    while (arc := came[end]) is not None:
        path.append(arc)
        end = arc.start
    return tuple(reversed(path))


def _kept(
    shape: tuple[int, ...],
    stable: list[Profile],
    start: Profile | None,
    path: tuple[ReplyArc, ...],
) -> tuple[Profile, ...]:
    """Choose the profiles to keep: all of a small game, else those nearest to what matters."""
    half = halves(len(shape))
    lines = int(np.prod(shape[:half])), int(np.prod(shape[half:]))
    if max(lines) <= MOST_LINES and lines[0] * lines[1] <= MOST_PROFILES:
        return tuple(itertools.product(*map(range, shape)))
    core = [*([] if start is None else [start]), *(arc.end for arc in path), *stable]
    core = core or [(0,) * len(shape)]
    kept: dict[Profile, None] = {}
    rows: set[Profile] = set()
    columns: set[Profile] = set()
    for profile in itertools.islice(_nearest(shape, core), _LOOKED_AT):
        down, across = {*rows, profile[:half]}, {*columns, profile[half:]}
        if max(len(down), len(across)) <= MOST_LINES and len(kept) < MOST_PROFILES:
            kept[profile], rows, columns = None, down, across
    return tuple(sorted(kept))


def _nearest(shape: tuple[int, ...], core: Iterable[Profile]) -> Iterator[Profile]:
    """Yield profiles by the number of players who choose otherwise than in some core profile."""
    waiting = deque(dict.fromkeys(core))
    known = set(waiting)
    while waiting:
        profile = waiting.popleft()
        yield profile
        for player, count in enumerate(shape):
            for option in range(count):
                beside = (*profile[:player], option, *profile[player + 1 :])
                if beside not in known:
                    known.add(beside)
                    waiting.append(beside)
