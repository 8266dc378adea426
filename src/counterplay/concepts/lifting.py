"""Results of a game with options left out, as results of the whole game."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from counterplay.concepts.dominance import Kept
from counterplay.concepts.listing import equilibria_at, joined, ordered
from counterplay.concepts.solution import Equilibrium, Region, Solution
from counterplay.games import Game
from counterplay.numeric import FloatArray


def lifted(game: Game, kept: Kept, solution: Solution) -> Solution:
    """Return a solution of `game.restrict(kept)` as one of the game.

    The options left out must be strictly dominated one after the other: then the equilibria are
    the same.  Payoffs and regrets are computed anew, against all options.
    """
    return replace(
        solution,
        equilibria=ordered(_equilibrium(game, kept, e) for e in solution.equilibria),
        regions=tuple(_region(game, kept, region) for region in solution.regions),
    )


def _equilibrium(game: Game, kept: Kept, found: Equilibrium) -> Equilibrium:
    padded = [
        _padded(vector, options, count)
        for vector, options, count in zip(found.strategies, kept, game.shape, strict=True)
    ]
    (whole,) = equilibria_at(game, joined(tuple(padded))[None], [found.index])
    return replace(whole, strict=found.strict)


def _region(game: Game, kept: Kept, region: Region) -> Region:
    ranges = []
    for pairs, options, count in zip(region.ranges, kept, game.shape, strict=True):
        whole = _padded(pairs, options, count)
        whole.flags.writeable = False
        ranges.append(whole)
    return replace(
        region,
        ranges=tuple(ranges),
        pure=tuple(
            tuple(options[k] for options, k in zip(kept, profile, strict=True))
            for profile in region.pure
        ),
        example=None if region.example is None else _equilibrium(game, kept, region.example),
    )


def _padded(values: FloatArray, options: tuple[int, ...], count: int) -> FloatArray:
    whole = np.zeros((count, *values.shape[1:]))
    whole[list(options)] = values
    return whole
