"""How fast one equilibrium of a large game is, beside Gambit's logit solver on the same games.

    python -m benchmarks.logit_speed [--games 20]

Both follow the principal branch of logit equilibria from the centroid: ours until a support that
it suggests carries a certified equilibrium, Gambit's until its default regret of 1e-8.  The two
take turns, game by game, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from statistics import median

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read by numpy as it is imported

import numpy as np

from benchmarks import gambit, harness
from counterplay.concepts.one_equilibrium import quick_equilibrium
from counterplay.games import Game

SHAPES = ((2,) * 4, (3,) * 4, (4,) * 4, (6,) * 4, (2,) * 8, (8,) * 3)
HEADS = ("shape", "ours", "Gambit", "ratio", "not slower", "our regret", "Gambit's regret")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--games", type=int, default=20, help="of each shape")
    given = parser.parse_args()
    harness.begin(
        "One equilibrium by the logit path",
        "Medians of processor time in ms, and of the ratio game by game; integer payoffs from "
        "-50 to 50; largest regret as a share of the payoff range.",
    )
    for seed in range(3):
        _pair((2, 2, 2), seed)  # warms both up
    harness.table(HEADS, _rows(given.games))


def _rows(games: int) -> Iterator[tuple[object, ...]]:
    for shape in SHAPES:
        pairs = [_pair(shape, seed) for seed in range(games)]
        ours, theirs, our_regrets, their_regrets = zip(*pairs, strict=True)
        ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
        yield (
            "×".join(map(str, shape)),
            harness.milliseconds(median(ours)),
            harness.milliseconds(median(theirs)),
            f"{median(ratios):.2f}",
            f"{sum(ratio <= 1 for ratio in ratios)} of {games}",
            f"{max(our_regrets):.0e}",
            f"{max(their_regrets):.0e}",
        )


def _pair(shape: tuple[int, ...], seed: int) -> tuple[float, float, float, float]:
    """Return our seconds and Gambit's on one game, and both regrets."""
    import pygambit

    generator = np.random.default_rng(seed)
    payoffs = [generator.integers(-50, 51, size=shape) for _ in shape]
    game = Game.from_payoffs(payoffs)
    other = gambit.game_of(payoffs)
    ours, our_seconds = harness.timed(lambda: quick_equilibrium(game))
    theirs, their_seconds = harness.timed(lambda: pygambit.nash.logit_solve(other))
    if ours is None:
        return our_seconds, their_seconds, np.nan, np.nan
    vectors = [np.array([float(share) for _, share in mixture]) for mixture in theirs.equilibrium]
    normalised = tuple(vector / vector.sum() for vector in vectors)
    return (
        our_seconds,
        their_seconds,
        float(game.scaled_regret(ours.strategies).max()),
        float(game.scaled_regret(normalised).max()),
    )


if __name__ == "__main__":
    main()
