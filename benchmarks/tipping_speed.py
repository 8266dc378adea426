"""How long the tipping points of a scenario take, with and without mixed equilibria.

    python -m benchmarks.tipping_speed [--repeats 3]

All 25 parameters of the flagship at each preset.  Exact roots alone tell every
change among pure equilibria; the rest of the time goes into solving all equilibria along each
parameter.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from statistics import median

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read by numpy as it is imported

import counterplay as cp
from benchmarks import harness
from counterplay.sensitivity.tipping.one_parameter import Lines
from counterplay.sensitivity.tipping.points import tipping_points
from counterplay.sensitivity.tipping.turning import turns_of

HEADS = ("setting", "tipping points", "of pure ones", "exact roots", "all", "solves", "unproved")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--repeats", type=int, default=3, help="of each setting")
    given = parser.parse_args()
    harness.begin(
        "Tipping points of the flagship",
        "Medians of processor time in ms: isolating all roots of all payoff differences, and the "
        "whole table.",
    )
    harness.table(HEADS, _rows(given.repeats))


def _rows(repeats: int) -> Iterator[tuple[object, ...]]:
    scenario = cp.load("korea-ukraine")
    tipping_points(scenario, parameters=["cred"])  # warms the formulas up
    for preset in scenario.presets:
        values = scenario.values(preset=preset.id)
        tables, seconds = zip(
            *(harness.timed(lambda v=values: tipping_points(scenario, v)) for _ in range(repeats)),
            strict=True,
        )
        roots = [harness.timed(lambda v=values: _roots(scenario, v))[1] for _ in range(repeats)]
        yield (
            preset.id,
            len(tables[0]),
            sum(point.pure for point in tables[0]),
            harness.milliseconds(median(roots)),
            harness.milliseconds(median(seconds)),
            tables[0].solves,
            tables[0].unproved,
        )


def _roots(scenario: cp.Scenario, values: dict[str, float]) -> int:
    lines = Lines(scenario, values)
    return sum(
        len(turns_of(lines, parameter, player).listed)
        for parameter in scenario.parameters
        for player in range(len(scenario.players))
    )


if __name__ == "__main__":
    main()
