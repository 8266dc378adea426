"""How the front end holds up when many people use it at once.

    python -m benchmarks.many_users [--users 25] [--minutes 1] [--every 5]

Light clients speak the front end's protocol to one server on the same machine.  Each moves the
same slider to values of its own, and waits for the digest of its own inputs: a session that saw
another's state would wait in vain.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

import psutil
from tests.app.serving import served

import counterplay as cp
from benchmarks import harness
from benchmarks.light_client import LightClient

MODEL, SLIDER = "korea-ukraine", "cred"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--users", type=int, default=25)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two moves")
    given = parser.parse_args()
    harness.begin(
        "Many users of one server",
        f"Each of them moves a slider every {given.every:g} s; clients and server share the "
        "machine.",
    )
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (port, number):
        process = psutil.Process(number)
        before = _megabytes(process)
        opened, moved = asyncio.run(_everybody(port, given.users, given.minutes, given.every))
        after = _megabytes(process)
    cuts = quantiles(moved, n=20)
    harness.table(
        (
            "users", "moves", "first page median s", "move median s", "move p95 s", "worst s",
            "server MB before", "after",
        ),
        [
            (
                given.users, len(moved), f"{median(opened):.2f}", f"{median(moved):.3f}",
                f"{cuts[18]:.3f}", f"{max(moved):.3f}", before, after,
            )
        ],
    )  # fmt: skip


async def _everybody(
    port: int, users: int, minutes: float, every: float
) -> tuple[list[float], list[float]]:
    found = await asyncio.gather(
        *(_one(port, number, users, minutes, every) for number in range(users))
    )
    return [opened for opened, _ in found], [took for _, moves in found for took in moves]


async def _one(
    port: int, number: int, users: int, minutes: float, every: float
) -> tuple[float, list[float]]:
    chance = random.Random(number)  # noqa: S311 - no secret
    scenario = cp.load(MODEL)
    await asyncio.sleep(every * number / users)
    async with LightClient(port) as client:
        opened = await client.solved(cp.inputs_digest(scenario, scenario.values()))
        took = []
        end = time.perf_counter() + 60 * minutes
        while time.perf_counter() < end:
            begun = time.perf_counter()
            value = round(chance.randrange(5, 95) / 100, 2)
            digest = cp.inputs_digest(scenario, scenario.values(**{SLIDER: value}))
            if digest != client.digest:
                await client.move(SLIDER, value)
                took.append(await client.solved(digest))
            await asyncio.sleep(max(0.0, every - (time.perf_counter() - begun)))
        if client.faults:
            raise SystemExit(f"user {number}: {client.faults[0]}")
    return opened, took


def _megabytes(process: psutil.Process) -> int:
    """Return the memory of a process and those that it started."""
    everybody = [process, *process.children(recursive=True)]
    return round(sum(each.memory_info().rss for each in everybody) / 1e6)


if __name__ == "__main__":
    main()
