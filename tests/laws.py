"""What must hold of every solver: games in other words have the same solutions in other words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from counterplay.concepts import Equilibrium, Region, Solution
from counterplay.games import Game

CLOSE = 1e-7
"""Two isolated equilibria no further apart than this in any probability are taken for the same."""

COVER = 0.03
"""How far the ranges of two covers of one region may differ."""


@dataclass(frozen=True)
class Relabelling:
    """New names: new player k is `players[k]`, and its option a is that one's `options[k][a]`."""

    players: tuple[int, ...]
    options: tuple[tuple[int, ...], ...]

    @classmethod
    def drawn(cls, generator: np.random.Generator, shape: Sequence[int]) -> "Relabelling":
        players = tuple(int(k) for k in generator.permutation(len(shape)))
        options = tuple(tuple(map(int, generator.permutation(shape[k]))) for k in players)
        return cls(players, options)

    def payoffs(self, tables: np.ndarray) -> np.ndarray:
        """Return payoffs of shape (n, m_1, ..., m_n), exact or not, as the new ones."""
        turned = tables[list(self.players)].transpose(0, *(1 + k for k in self.players))
        return turned[np.ix_(range(len(self.players)), *self.options)]

    def game(self, game: Game) -> Game:
        tables = game.payoffs if game.exact is None else game.exact
        return Game.from_payoffs(
            list(self.payoffs(tables)),
            [game.players[k] for k in self.players],
            self.vectors(tuple(map(np.array, game.options))),
        )

    def vectors(self, vectors: Sequence[np.ndarray]) -> tuple[np.ndarray, ...]:
        """Return what is given for each option of each player in the new order."""
        return tuple(
            vectors[k][list(options)]
            for k, options in zip(self.players, self.options, strict=True)
        )

    def profile(self, profile: Sequence[int]) -> tuple[int, ...]:
        return tuple(
            options.index(profile[k])
            for k, options in zip(self.players, self.options, strict=True)
        )

    def equilibrium(self, equilibrium: Equilibrium) -> Equilibrium:
        return replace(
            equilibrium,
            strategies=self.vectors(equilibrium.strategies),
            payoffs=equilibrium.payoffs[list(self.players)],
            support=tuple(equilibrium.support[k] for k in self.players),
        )

    def region(self, region: Region) -> Region:
        return replace(
            region,
            ranges=self.vectors(region.ranges),
            payoffs=region.payoffs[list(self.players)],
            pure=tuple(map(self.profile, region.pure)),
            example=region.example and self.equilibrium(region.example),
        )

    def solution(self, solution: Solution) -> Solution:
        return replace(
            solution,
            equilibria=tuple(map(self.equilibrium, solution.equilibria)),
            regions=tuple(map(self.region, solution.regions)),
        )


def rescaled(game: Game, factors: Sequence[object], shifts: Sequence[object]) -> Game:
    """Return the game in which each player's payoffs are multiplied by its factor, and shifted."""
    tables = game.payoffs if game.exact is None else game.exact
    return Game.from_payoffs(
        [a * table + b for table, a, b in zip(tables, factors, shifts, strict=True)],
        game.players,
        game.options,
    )


def is_covered(
    solution: Solution, strategies: Sequence[Sequence[object]], tolerance: float = CLOSE
) -> bool:
    """Say whether a profile is listed, or lies in the ranges of a region."""
    return is_listed(solution, strategies, tolerance) or bool(
        regions_around(solution, strategies, tolerance)
    )


def is_listed(
    solution: Solution, strategies: Sequence[Sequence[object]], tolerance: float = CLOSE
) -> bool:
    return any(distance(e.strategies, strategies) <= tolerance for e in solution.equilibria)


def regions_around(
    solution: Solution, strategies: Sequence[Sequence[object]], tolerance: float = CLOSE
) -> list[Region]:
    """Return the regions whose ranges hold a profile."""
    vectors = [np.array(vector, dtype=float) for vector in strategies]
    return [
        region
        for region in solution.regions
        if all(
            np.all(bounds[:, 0] - tolerance <= x) and np.all(x <= bounds[:, 1] + tolerance)
            for bounds, x in zip(region.ranges, vectors, strict=True)
        )
    ]


def isolated(solution: Solution) -> list[Equilibrium]:
    """Return the listed equilibria that are in no region.

    Ranges alone do not tell: a region may wind around a point.  Members of regions have no index
    of their own.
    """
    return [e for e in solution.equilibria if e.index is not None or not _in_region(solution, e)]


def _in_region(solution: Solution, equilibrium: Equilibrium) -> bool:
    if equilibrium.profile is not None:
        return any(equilibrium.profile in region.pure for region in solution.regions)
    return bool(regions_around(solution, equilibrium.strategies))


def distance(first: Sequence[Sequence[object]], second: Sequence[Sequence[object]]) -> float:
    """Return the largest difference between two profiles' probabilities."""
    return max(
        float(np.abs(np.array(x, dtype=float) - np.array(y, dtype=float)).max())
        for x, y in zip(first, second, strict=True)
    )


def differences(
    first: Solution, second: Solution, close: float = CLOSE, cover: float = COVER
) -> list[str]:
    """Tell in words how two solutions of one game differ; nothing where they say the same.

    Isolated equilibria are matched by their probabilities, regions by their pure equilibria, index
    and ranges.  How each was found, and which example was chosen, does not matter.
    """
    told = []
    if first.completeness != second.completeness:
        told.append(f"completeness: {first.completeness}, {second.completeness}")
    points = (isolated(first), isolated(second))
    told += _unmatched(points, lambda a, b: _same_equilibrium(a, b, close), _equilibrium_words)
    pieces = (list(first.regions), list(second.regions))
    return told + _unmatched(pieces, lambda a, b: _same_region(a, b, cover), _region_words)


def _unmatched(both: tuple[list, list], same: object, words: object) -> list[str]:
    """Tell what one list has and the other has not; each item matches one other at most."""
    rest = list(both[1])
    alone = []
    for item in both[0]:
        partner = next((k for k, other in enumerate(rest) if same(item, other)), None)
        if partner is None:
            alone.append(f"only the first: {words(item)}")
        else:
            del rest[partner]
    return [*alone, *(f"only the second: {words(item)}" for item in rest)]


def _same_equilibrium(first: Equilibrium, second: Equilibrium, close: float) -> bool:
    return distance(first.strategies, second.strategies) <= close and (
        first.strict,
        first.index,
    ) == (second.strict, second.index)


def _same_region(first: Region, second: Region, cover: float) -> bool:
    return (
        set(first.pure) == set(second.pure)
        and first.index == second.index
        and distance(first.ranges, second.ranges) <= cover
    )


def _equilibrium_words(equilibrium: Equilibrium) -> str:
    shares = " ".join(str(np.round(x, 6).tolist()) for x in equilibrium.strategies)
    return f"{shares}, index {equilibrium.index}, strict {equilibrium.strict}"


def _region_words(region: Region) -> str:
    ranges = " ".join(str(np.round(x, 3).tolist()) for x in region.ranges)
    return f"region {ranges}, index {region.index}, pure {sorted(region.pure)}"
