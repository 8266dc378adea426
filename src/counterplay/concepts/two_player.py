"""Two-player equilibria from the vertices of the best-reply polytopes, by nashpy.

Vertex enumeration (von Stengel, "Equilibrium computation for two-player games", Algorithmic Game
Theory, 2007, algorithm 3.5) proposes candidates; each is certified here.  nashpy's support
enumeration is not used: it compares floats exactly and loses equilibria of ordinary games.
"""

from __future__ import annotations

import warnings

import numpy as np

from counterplay.concepts.certify import certify
from counterplay.concepts.solution import Equilibrium
from counterplay.errors import NotAnEquilibriumError
from counterplay.games import Game
from counterplay.numeric import FloatArray

MAX_OPTIONS = 7
"""Vertex enumeration takes seconds above 7 x 7."""


def within_reach(game: Game) -> bool:
    """Say whether vertex enumeration can answer: two players with 2 to 7 options each."""
    return len(game.shape) == 2 and min(game.shape) >= 2 and max(game.shape) <= MAX_OPTIONS


def vertex_equilibria(game: Game) -> tuple[Equilibrium, ...]:
    """Return the equilibria at pairs of polytope vertices, certified, in nashpy's order.

    Degenerate vertices can make nashpy miss some, so the list makes no claim to be complete.
    """
    first, second = (table + 1.0 for table in game.scaled)
    found = []
    for candidate in _nashpy_vertices(first, second):
        if all(np.all(np.isfinite(vector)) for vector in candidate):
            try:
                found.append(certify(game, [np.clip(vector, 0, 1) for vector in candidate]))
            except NotAnEquilibriumError:
                continue
    return tuple(found)


def _nashpy_vertices(first: FloatArray, second: FloatArray) -> list[tuple[FloatArray, FloatArray]]:
    import nashpy
    from scipy.spatial import QhullError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return [
                (np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64))
                for x, y in nashpy.Game(first, second).vertex_enumeration()
            ]
        except (QhullError, ValueError, IndexError, np.linalg.LinAlgError):
            return []
