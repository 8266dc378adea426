"""How fast `nash` is, beside pygambit's `enumpoly_solve` on the same games.

    python -m benchmarks.nash_speed [--games 20] [--limit 60] [--only flagship]

Processor time of one thread on both sides, paired game by game in one run; that of `nash_many` is
a game's share of a batch.  pygambit solves in a
process of its own and is stopped at the limit; such a game counts with the limit as its time, so
that its ratio is a lower bound.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

import numpy as np

import counterplay as cp
from benchmarks import games, harness
from benchmarks.gambit import Answer, Gambit

FAMILIES = (
    ("random", games.gaussian, (2, 2, 2, 2)),
    ("random", games.gaussian, (3, 2, 3, 2)),
    ("random", games.gaussian, (2, 2, 2, 2, 2)),
    ("random", games.gaussian, (3, 3, 3, 3)),
    ("policy-like", games.structured, (4, 3, 3, 3)),
    ("policy-like", games.structured, (4, 4, 4, 4)),
)
BATCH = 32
"""Copies of a game in one call of `nash_many`, whose time is shared by them."""

PARTS = ("paired", "flagship", "start")

HEADS = (
    "family", "shape", "games", "nash_many ms", "nash ms", "enumpoly ms", "with construction",
    "ratio nash_many", "ratio nash", "found by nash", "by enumpoly",
    "games where enumpoly missed", "where nash missed", "enumpoly stopped",
)  # fmt: skip

START = """
import json, time
began = time.process_time(), time.perf_counter()
import counterplay as cp
imported = time.process_time(), time.perf_counter()
cp.nash(cp.game(cp.load("korea-ukraine")))
solved = time.process_time(), time.perf_counter()
pairs = ((began, imported), (imported, solved))
print(json.dumps([b[k] - a[k] for a, b in pairs for k in range(2)]))
"""


@dataclass(frozen=True)
class Pair:
    """One game solved by both."""

    many: float
    single: float
    answer: Answer
    ours: int
    theirs: int
    missed_there: int
    missed_here: int


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--games", type=int, default=20, help="of each family and shape")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for enumpoly")
    parser.add_argument("--only", choices=PARTS, action="append", help="leave out the rest")
    given = parser.parse_args()
    harness.begin("Speed of nash", "Medians of processor time; ratios are medians of games.")
    parts = given.only or PARTS
    if "paired" in parts:
        harness.table(HEADS, _paired_rows(given.games, given.limit))
    if "flagship" in parts:
        harness.table(("flagship preset", "completeness", "equilibria", "ms"), _flagship_rows())
    if "start" in parts:
        heads = ("fresh process", "import CPU s", "wall s", "first flagship CPU s", "wall s")
        harness.table(heads, _start_rows())


def _paired_rows(count: int, limit: float) -> Iterator[list[object]]:
    for family, draw, shape in FAMILIES:
        _warm(draw(shape, 10_000))
        with Gambit(limit) as gambit:
            gambit.enumpure(draw(shape, 10_000))
            pairs = [_pair(draw(shape, seed), gambit) for seed in range(count)]
        yield [family, harness.named(shape), count, *_summary(pairs)]


def _warm(payoffs: games.Payoffs) -> None:
    """Compile and import before the clock starts."""
    harness.nash_many(payoffs[None])
    cp.nash(harness.game(payoffs))


def _pair(payoffs: games.Payoffs, gambit: Gambit) -> Pair:
    batch = np.repeat(payoffs[None], BATCH, axis=0)
    solutions, many = harness.timed(lambda: harness.nash_many(batch))
    solution = solutions[0]
    game = harness.game(payoffs)
    again, single = harness.timed(lambda: cp.nash(game))
    if harness.missing(harness.listed(again), harness.listed(solution)):
        harness.write("nash and nash_many disagree")
    answer = gambit.enumpoly(payoffs)
    ours = harness.verified(payoffs, harness.listed(solution))
    theirs = harness.verified(payoffs, answer.profiles or [])
    return Pair(
        many / BATCH,
        single,
        answer,
        len(ours),
        len(theirs),
        0 if answer.profiles is None else len(harness.missing(ours, theirs)),
        len(harness.uncovered(solution, theirs)),
    )


def _summary(pairs: list[Pair]) -> list[object]:
    there = [pair.answer.solving for pair in pairs]
    built = [pair.answer.solving + pair.answer.construction for pair in pairs]
    return [
        harness.milliseconds(median(pair.many for pair in pairs)),
        harness.milliseconds(median(pair.single for pair in pairs)),
        harness.milliseconds(median(there)),
        harness.milliseconds(median(built)),
        f"{median(pair.answer.solving / pair.many for pair in pairs):.3g}",
        f"{median(pair.answer.solving / pair.single for pair in pairs):.3g}",
        sum(pair.ours for pair in pairs),
        sum(pair.theirs for pair in pairs),
        sum(pair.missed_there > 0 for pair in pairs),
        sum(pair.missed_here > 0 for pair in pairs),
        sum(pair.answer.profiles is None for pair in pairs),
    ]


def _flagship_rows() -> Iterator[list[object]]:
    scenario = cp.load("korea-ukraine")
    cp.nash(cp.game(scenario))
    for preset in scenario.presets:
        values = scenario.values(preset=preset.id)
        runs = [_fresh(scenario, values) for _ in range(5)]
        solution = runs[0][0]
        seconds = median(used for _, used in runs)
        equilibria = f"{len(solution)} and {len(solution.regions)} regions"
        yield [preset.id, solution.completeness, equilibria, harness.milliseconds(seconds)]


def _fresh(scenario: cp.Scenario, values: dict[str, float]) -> tuple[cp.Solution, float]:
    """Solve a game that nobody asked anything of before, its exact payoffs included."""
    game = cp.game(scenario, values)
    return harness.timed(lambda: cp.nash(game))


def _start_rows() -> Iterator[list[object]]:
    with tempfile.TemporaryDirectory() as cache:
        for label in ("nothing compiled", "compiled before", "compiled before, again"):
            yield [label, *(f"{seconds:.2f}" for seconds in _started(cache))]


def _started(cache: str) -> list[float]:
    """Return processor and wall seconds of import and first solution in a fresh process."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", START],
        env={**os.environ, "NUMBA_CACHE_DIR": cache},
        capture_output=True,
        check=True,
        text=True,
    )
    seconds: list[float] = json.loads(done.stdout)
    return seconds


if __name__ == "__main__":
    main()
