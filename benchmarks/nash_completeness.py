"""Whether all equilibria are found: nondegenerate games, judged by index theorem and homotopy.

    python -m benchmarks.nash_completeness [--games 25]

The indices of all equilibria of a nondegenerate game sum to +1 (Shapley 1974).  On small shapes
the list is compared with `homotopy`, which solves every support without pruning.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from statistics import median

import numpy as np

import counterplay as cp
from benchmarks import games, harness
from benchmarks.homotopy import roots_of_many

SHAPES = ((2,) * 4, (3, 2, 3, 2), (3,) * 3, (3,) * 4, (2,) * 5, (2,) * 6)
BY_HOMOTOPY = SHAPES[:3]
CORRELATIONS = (-0.15, 0.0, 0.5)

HEADS = (
    "family", "shape", "games", "proved", "index sum +1", "equilibria", "same as homotopy",
    "missed by us", "missed by homotopy", "paths lost", "largest regret", "CPU ms median", "max",
)  # fmt: skip


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--games", type=int, default=25, help="of each family and shape")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    harness.begin(
        "Completeness on nondegenerate games",
        "Regret as a share of the payoff range. Missed: equilibria that verify and are not in the "
        "other list. A root within 1e-7 of a boundary would be counted as lost.",
    )
    harness.table(HEADS, _rows(given.games, given.seed))


def _rows(count: int, seed: int) -> Iterator[list[object]]:
    for family, draw in (("Gaussian", _gaussian), ("structured", games.structured)):
        for shape in SHAPES:
            payoffs = np.array([draw(shape, seed + k) for k in range(count)])
            yield [family, harness.named(shape), count, *_measured(payoffs)]


def _gaussian(shape: tuple[int, ...], seed: int) -> games.Payoffs:
    return games.gaussian(shape, seed, CORRELATIONS[seed % len(CORRELATIONS)])


def _measured(payoffs: games.Payoffs) -> list[object]:
    runs = [harness.timed(_solving(table)) for table in payoffs]
    solutions = [solution for solution, _ in runs]
    seconds = [used for _, used in runs]
    regrets = [
        harness.regret(table, profile)
        for table, solution in zip(payoffs, solutions, strict=True)
        for profile in harness.listed(solution)
    ]
    return [
        sum(solution.completeness == "proved" for solution in solutions),
        sum(harness.index_sum(solution) == 1 for solution in solutions),
        sum(map(len, solutions)),
        *_compared(payoffs, solutions),
        f"{max(regrets, default=0):.1e}",
        harness.milliseconds(median(seconds)),
        harness.milliseconds(max(seconds)),
    ]


def _solving(table: games.Payoffs) -> Callable[[], cp.Solution]:
    game = harness.game(table)
    return lambda: cp.nash(game)


def _compared(payoffs: games.Payoffs, solutions: list[cp.Solution]) -> list[object]:
    """Return games with the same list, missed by us and by homotopy, and paths lost."""
    if payoffs.shape[2:] not in BY_HOMOTOPY:
        return ["", "", "", ""]
    same = ours_lack = theirs_lack = lost = 0
    for table, solution, roots in zip(payoffs, solutions, roots_of_many(payoffs), strict=True):
        ours = harness.verified(table, harness.listed(solution))
        theirs = harness.verified(table, roots.equilibria)
        lacking = (len(harness.missing(theirs, ours)), len(harness.missing(ours, theirs)))
        same += lacking == (0, 0)
        ours_lack += lacking[0]
        theirs_lack += lacking[1]
        lost += roots.failed + roots.close
    return [same, ours_lack, theirs_lack, lost]


if __name__ == "__main__":
    main()
