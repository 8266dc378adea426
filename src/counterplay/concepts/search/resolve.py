"""Single points with a tie, decided in exact arithmetic.

A root certified to be the only solution of its support's equations nearby, with a reply that pays
as much or an option played with probability zero as far as rounding can tell, is an equilibrium
or none.  Where its probabilities are fractions of moderate size they are guessed, and the guess
is checked on the exact payoffs: if it solves the equations it is the root.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from enum import Enum
from fractions import Fraction

import numpy as np

from counterplay.concepts.search import state
from counterplay.concepts.search.clusters import Cluster
from counterplay.concepts.search.cover import Cover
from counterplay.games import Game
from counterplay.numeric import FloatArray

_DENOMINATORS = (64, 5_000, 1_000_000)
_POINT = 1e-6

ExactProfile = tuple[tuple[Fraction, ...], ...]


class Verdict(Enum):
    """What exact arithmetic says of a cluster."""

    EQUILIBRIUM = "one equilibrium, exactly"
    NOTHING = "no equilibrium"
    OPEN = "not decided"


def decided(game: Game, cover: Cover, cluster: Cluster) -> tuple[Verdict, ExactProfile | None]:
    """Decide a cluster that consists of one point; return the point where it is an equilibrium."""
    if len(cluster.boxes) or cluster.extent > _POINT or game.exact is None:
        return Verdict.OPEN, None
    if np.any(cover.kinds[cluster.roots] == state.REGULAR):
        return Verdict.OPEN, None
    starts = cover.problem.starts
    for guess in _guesses(cover.points[cluster.roots[0]], starts):
        replies = exact_replies(game, guess)
        if all(_is_root(cover, int(r), guess, replies) for r in cluster.roots):
            best = all(
                max(pays) == max(pay for pay, share in zip(pays, vector, strict=True) if share)
                for pays, vector in zip(replies, guess, strict=True)
            )
            return (Verdict.EQUILIBRIUM, guess) if best else (Verdict.NOTHING, None)
    return Verdict.OPEN, None


def exact_replies(game: Game, profile: ExactProfile) -> list[list[Fraction]]:
    """Return the exact payoff of each option of each player against the others."""
    assert game.exact is not None  # noqa: S101 - the caller has looked
    vectors = [np.array(vector, dtype=object) for vector in profile]
    replies = []
    for player, table in enumerate(game.exact):
        for other in range(len(vectors) - 1, -1, -1):
            if other != player:
                table = np.tensordot(table, vectors[other], axes=([other], [0]))  # noqa: PLW2901
        replies.append(list(table))
    return replies


def _guesses(point: FloatArray, starts: tuple[int, ...]) -> Iterator[ExactProfile]:
    for bound in _DENOMINATORS:
        vectors = []
        for first, last in itertools.pairwise(starts):
            shares = [Fraction(max(p, 0.0)).limit_denominator(bound) for p in point[first:last]]
            largest = max(range(len(shares)), key=shares.__getitem__)
            shares[largest] += 1 - sum(shares)
            vectors.append(tuple(shares))
        yield tuple(vectors)


def _is_root(cover: Cover, root: int, guess: ExactProfile, replies: list[list[Fraction]]) -> bool:
    """Say whether a guess solves the equations of a root's support exactly, where it is alone."""
    flat = np.array([float(share) for vector in guess for share in vector])
    if np.abs(flat - cover.points[root]).max() > max(cover.alone[root], 1e-15):
        return False
    for bits, vector, pays in zip(cover.masks[root].tolist(), guess, replies, strict=True):
        inside = [k for k in range(len(vector)) if bits >> k & 1]
        if any(share < 0 for share in vector) or sum(vector[k] for k in inside) != 1:
            return False
        if len({pays[k] for k in inside}) > 1:
            return False
    return True
