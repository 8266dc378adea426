"""How fast `phase_map` is on the flagship, with borders and the nearest change.

    python -m benchmarks.phase_map_speed [--steps 100]

The aim is 15 s of one core for 100 by 100 cells, each solved for all equilibria.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import partial

from benchmarks import harness
from counterplay.scenario import load
from counterplay.sensitivity.maps.phase import phase_map

PAIRS = (("detect", "expose"), ("prestige", "lie_cost"), ("threat_strat", "cred"))
"""One with many outcome sets, one with slanting borders, one on which nothing changes."""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--steps", type=int, default=100, help="cells along each axis")
    steps = parser.parse_args().steps
    harness.begin("Speed of phase_map", "Processor time in s, of korea-ukraine.")
    heads = ("x", "y", "cells", "outcome sets", "border points", "time")
    harness.table(heads, _rows(steps))


def _rows(steps: int) -> Iterator[tuple[object, ...]]:
    scenario = load("korea-ukraine")
    phase_map(scenario, *PAIRS[0], steps=(5, 5))  # compilation is outside the clock
    for x, y in PAIRS:
        found, seconds = harness.timed(partial(phase_map, scenario, x, y, steps=(steps, steps)))
        sets = sum(count > 0 for count in found.counts)
        points = len(found.lattice.crossings.places)
        yield x, y, found.index.size, sets, points, f"{seconds:.1f}"


if __name__ == "__main__":
    main()
