"""Tied games: whether something is proved of all equilibria, and how soon.

    python -m benchmarks.nash_ties [--games 100]

A statement is proved where the completeness is "proved" or "continuum".
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from statistics import mean, median

import counterplay as cp
from benchmarks import games, harness

LIMIT = 10.0
"""Seconds after which a game is given up."""

SOON = 1.0

FAMILIES = (
    *(
        ("random", games.uniform_scores, shape, top)
        for shape in ((2,) * 3, (2,) * 4, (3, 2, 3, 2), (3,) * 3)
        for top in (5, 10)
    ),
    *(
        ("policy", games.policy_scores, shape, top)
        for shape in ((3,) * 4, (4, 3, 3, 3))
        for top in (4, 10)
    ),
    *(
        ("sparse", games.sparse_scores, shape, top)
        for shape in ((3,) * 4, (4, 3, 3, 3))
        for top in (4, 10)
    ),
)

HEADS = (
    "family", "shape", "scores", "games", "proved within 1 s", "within 10 s", "median s", "max s",
    "isolated", "regions", "regions with index not 0", "with a pure point",
)  # fmt: skip


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--games", type=int, default=100, help="of each family, shape and scale")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    harness.begin(
        "Tied games",
        "Shares in per cent, processor seconds, isolated equilibria and regions per game; of the "
        "regions, the share in per cent with an index other than 0, and with a pure equilibrium.",
    )
    harness.table(HEADS, _rows(given.games, given.seed))


def _rows(count: int, seed: int) -> Iterator[list[object]]:
    for family, draw, shape, top in FAMILIES:
        cp.nash(harness.game(draw(shape, seed + count, top)), time_limit=LIMIT)
        tables = [harness.game(draw(shape, seed + k, top)) for k in range(count)]
        runs = [_run(game) for game in tables]
        yield [family, harness.named(shape), f"0..{top}", count, *_summary(runs)]


def _run(game: cp.Game) -> tuple[cp.Solution, float]:
    return harness.timed(lambda: cp.nash(game, time_limit=LIMIT))


def _summary(runs: list[tuple[cp.Solution, float]]) -> list[object]:
    seconds = [used for _, used in runs]
    proved = [solution.completeness != "unproved" for solution, _ in runs]
    soon = [ok and used <= SOON for ok, used in zip(proved, seconds, strict=True)]
    regions = [region for solution, _ in runs for region in solution.regions]
    return [
        f"{100 * mean(soon):.0f}",
        f"{100 * mean(proved):.0f}",
        f"{median(seconds):.4f}",
        f"{max(seconds):.3f}",
        f"{mean(_isolated(solution) for solution, _ in runs):.1f}",
        f"{len(regions) / len(runs):.1f}",
        _share([region.index not in {0, None} for region in regions]),
        _share([bool(region.pure) for region in regions]),
    ]


def _isolated(solution: cp.Solution) -> int:
    inside = {profile for region in solution.regions for profile in region.pure}
    return sum(equilibrium.profile not in inside for equilibrium in solution.equilibria)


def _share(flags: list[bool]) -> str:
    return f"{100 * mean(flags):.0f}" if flags else ""


if __name__ == "__main__":
    main()
