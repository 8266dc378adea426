"""How soon the engine has a new answer after a slider of the flagship moves.

    python -m benchmarks.slider_speed [--moves 200]

Each move sets one assumption to a random value in its range, from a preset; processor time.
"""

from __future__ import annotations

import argparse
import random
from statistics import median, quantiles

import counterplay as cp
from benchmarks import harness

MODEL, SEED = "korea-ukraine", 1


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--moves", type=int, default=200)
    given = parser.parse_args()
    harness.begin(
        "From a slider to a new answer",
        "Equilibria: payoffs, all equilibria and the proof. Findings: the same with every "
        "explanation and the break points of each assumption, which is what a page shows.",
    )
    scenario = cp.load(MODEL)
    moves = list(_moves(scenario, given.moves))
    cp.study(scenario)
    work = {
        "equilibria": lambda values: cp.nash(cp.game(scenario, values)),
        "findings": lambda values: cp.study(scenario, values),
    }
    rows = []
    for name, answer in work.items():
        times = [harness.timed(lambda a=answer, v=values: a(v))[1] for values in moves]
        row = (median(times), quantiles(times, n=20)[18], max(times))
        rows.append((name, len(times), *map(harness.milliseconds, row)))
    harness.table(("answer", "moves", "median ms", "p95 ms", "worst ms"), rows)


def _moves(scenario: cp.Scenario, count: int) -> list[dict[str, float]]:
    chance = random.Random(SEED)  # noqa: S311 - no secret
    presets = [preset.id for preset in scenario.presets]
    found = []
    for _ in range(count):
        values = dict(scenario.values(preset=chance.choice(presets)))
        moved = chance.choice(scenario.parameters)
        values[moved.id] = chance.uniform(moved.low, moved.high)
        found.append(values)
    return found


if __name__ == "__main__":
    main()
