"""How fast `correlated` is, formulated, solved and certified.

    python -m benchmarks.correlated_speed [--games 20] [--large]

The aim is 5 ms for the welfare-best correlated equilibrium of a game of four players with four
options each.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median

from benchmarks import games, harness
from counterplay.concepts.correlated import correlated, correlated_range
from counterplay.games import Game

SHAPES = ((2,) * 4, (3,) * 4, (4,) * 4, (5,) * 4, (3,) * 6)
LARGE = ((32, 32), (4,) * 8, (16,) * 4, (32,) * 3)

AIMS: tuple[tuple[str, Callable[[Game], object]], ...] = (
    ("welfare", correlated),
    ("fairness", partial(correlated, maximise="fairness")),
    ("one player", partial(correlated, player=0)),
    ("coarse", partial(correlated, coarse=True)),
    ("range of all", correlated_range),
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--games", type=int, default=20, help="of each shape")
    parser.add_argument("--large", action="store_true", help="add the largest shapes, one game")
    given = parser.parse_args()
    harness.begin("Speed of correlated", "Medians of processor time in ms; Gaussian payoffs.")
    heads = ("shape", "profiles", *(name for name, _ in AIMS))
    harness.table(heads, _rows(SHAPES, given.games))
    if given.large:
        harness.table(heads, _rows(LARGE, 1))


def _rows(shapes: tuple[tuple[int, ...], ...], count: int) -> Iterator[tuple[object, ...]]:
    correlated(Game.from_payoffs(games.gaussian((2, 2), 0)))  # scipy is loaded outside the clock
    for shape in shapes:
        drawn = [Game.from_payoffs(games.gaussian(shape, seed)) for seed in range(count)]
        times = [f"{1e3 * median(_seconds(aim, drawn)):.1f}" for _, aim in AIMS]
        yield (" x ".join(map(str, shape)), drawn[0].profiles, *times)


def _seconds(aim: Callable[[Game], object], drawn: list[Game]) -> Iterator[float]:
    for game in drawn:
        yield harness.timed(partial(aim, game))[1]


if __name__ == "__main__":
    main()
