"""Large games: what is reached, and whether a time limit is kept.

python -m benchmarks.nash_large [--games 3] [--limit 60]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

import counterplay as cp
from benchmarks import games, harness

FAMILIES = (
    ("random", games.gaussian, (4, 4, 4, 4), None),
    ("random", games.gaussian, (4, 4, 4, 4), 2.0),
    ("policy-like", games.structured, (4, 4, 4, 4), None),
    ("policy-like", games.structured, (5, 5, 5, 5), None),
    ("policy-like", games.structured, (3,) * 6, None),
    ("policy-like", games.structured, (4,) * 6, None),
    ("policy-like", games.structured, (2,) * 8, None),
    ("policy-like", games.structured, (4,) * 8, 5.0),
    ("random", games.gaussian, (2,) * 8, 5.0),
    ("random", games.gaussian, (32, 32), 5.0),
    ("policy-like", games.structured, (32, 32), 5.0),
)

HEADS = (
    "family", "shape", "seed", "limit s", "wall s", "CPU s", "beyond the limit s", "completeness",
    "equilibria", "regions", "index sum", "largest regret",
)  # fmt: skip


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--games", type=int, default=3, help="of each kind")
    parser.add_argument(
        "--limit", type=float, default=60.0, help="where a kind has none of its own"
    )
    given = parser.parse_args()
    harness.begin("Large games", "The limit is wall time; compilation does not count.")
    cp.nash(harness.game(games.gaussian((2, 2, 2), 0)))
    harness.table(HEADS, _rows(given.games, given.limit))


def _rows(count: int, common_limit: float) -> Iterator[list[object]]:
    for family, draw, shape, own_limit in FAMILIES:
        limit = own_limit or common_limit
        for seed in range(count):
            yield [family, harness.named(shape), seed, limit, *_run(draw(shape, seed), limit)]


def _run(payoffs: games.Payoffs, limit: float) -> list[object]:
    game = harness.game(payoffs)
    started = time.perf_counter()
    solution, used = harness.timed(lambda: cp.nash(game, time_limit=limit))
    wall = time.perf_counter() - started
    regrets = [harness.regret(payoffs, profile) for profile in harness.listed(solution)]
    return [
        f"{wall:.3f}",
        f"{used:.3f}",
        f"{max(wall - limit, 0):.2f}",
        solution.completeness,
        len(solution),
        len(solution.regions),
        harness.index_sum(solution),
        f"{max(regrets, default=0):.1e}",
    ]


if __name__ == "__main__":
    main()
