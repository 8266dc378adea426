"""Compare exact two-player equilibria with Gambit's, in rational arithmetic; run by hand.

``python -m benchmarks.crosscheck_two_player`` needs the ``crosscheck`` dependency group.  For each
family of random games it writes how many have exactly the extreme equilibria that Gambit's
`enummixed_solve` lists, how many have a continuum, in how many the indices sum to 1, and the mean
time of either.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from benchmarks.gambit import game_of
from counterplay.concepts.solution import Solution
from counterplay.concepts.two_player import exact_two_player
from counterplay.games import Game

LARGEST = 6
GAMES = 20

Point = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Comparison:
    """One game solved by both.

    Attributes
    ----------
    same, continuum, indexed : bool
        Whether both list the same; whether there is a continuum; whether indices sum to 1.
    own, gambit : float
        Seconds taken.
    """

    same: bool
    continuum: bool
    indexed: bool
    own: float
    gambit: float


def main() -> int:
    """Write the table to standard output; return 1 where anything differs."""
    sys.stdout.write("family         games  same  continua  index 1      ms  Gambit ms\n")
    whole = True
    for name, games in families().items():
        rows = [compared(game) for game in games]
        sys.stdout.write(line(name, rows))
        whole = whole and all(row.same and row.indexed for row in rows)
    return 0 if whole else 1


def line(name: str, rows: Sequence[Comparison]) -> str:
    """Return one line of the table."""
    same = sum(row.same for row in rows)
    continua = sum(row.continuum for row in rows)
    indexed = sum(row.indexed for row in rows)
    own, gambit = (1e3 * sum(times) / len(rows) for times in zip(*map(seconds, rows), strict=True))
    return f"{name:14}{len(rows):6}{same:6}{continua:10}{indexed:9}{own:8.2f}{gambit:11.2f}\n"


def seconds(row: Comparison) -> tuple[float, float]:
    """Return how long either took."""
    return row.own, row.gambit


def families() -> dict[str, Iterable[Game]]:
    """Return random games by the name of their family."""
    tied = {f"0..{top}": integer_games(top) for top in (1, 3, 5, 10)}
    return {**tied, "normal floats": float_games()}


def shapes() -> Iterator[tuple[tuple[int, int], int]]:
    """Yield the option counts and the seed of every game of a family."""
    for rows in range(1, LARGEST + 1):
        for seed in range(GAMES):
            yield (rows, 1 + (rows + seed) % LARGEST), 1000 * rows + seed


def integer_games(top: int) -> Iterator[Game]:
    """Yield games of integers from 0 to `top`."""
    for shape, seed in shapes():
        generator = np.random.default_rng(seed)
        yield Game.from_payoffs(list(generator.integers(0, top + 1, (2, *shape))))


def float_games() -> Iterator[Game]:
    """Yield games of normal variates, to all their digits."""
    for shape, seed in shapes():
        generator = np.random.default_rng(seed)
        yield Game.from_payoffs(list(generator.standard_normal((2, *shape))))


def compared(game: Game) -> Comparison:
    """Solve a game both ways."""
    start = time.perf_counter()
    solution = exact_two_player(game)
    between = time.perf_counter()
    theirs = by_gambit(game)
    end = time.perf_counter()
    return Comparison(
        solution is not None and {point(e.strategies) for e in solution} == theirs,
        solution is not None and bool(solution.regions),
        solution is not None and index_sum(solution) == 1,
        between - start,
        end - between,
    )


def by_gambit(game: Game) -> set[Point]:
    """Return the extreme equilibria that Gambit lists."""
    import pygambit

    exact = game.exact
    if exact is None:
        raise ValueError("game: only rational payoffs are compared")
    tables = [
        np.array([[pygambit.Rational(f.numerator, f.denominator) for f in row] for row in table])
        for table in exact.tolist()
    ]
    built = game_of(tables)
    found = pygambit.nash.enummixed_solve(built, rational=True).equilibria
    return {
        point([[Fraction(str(p)) for _, p in profile[player]] for player in built.players])
        for profile in found
    }


def point(strategies: Iterable[Iterable[float | Fraction]]) -> Point:
    """Return a profile as floats that can be looked up."""
    return tuple(tuple(float(p) for p in vector) for vector in strategies)


def index_sum(solution: Solution) -> int | None:
    """Return the sum of all indices, which theory says is 1; None where one is not known."""
    indices = [e.index for e in solution if e.index is not None or not solution.regions]
    indices += [region.index for region in solution.regions]
    known = [index for index in indices if index is not None]
    return sum(known) if len(known) == len(indices) else None


if __name__ == "__main__":
    sys.exit(main())
