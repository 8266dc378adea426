"""How fast uncertainty runs are, beside a plain loop over pygambit on some of the same draws.

    python -m benchmarks.sample_speed [--pure 1000000] [--all 100000] [--loop 20] [--only growth]

CPU is processor time of all processes together, their start included.  The loop hands the payoffs
of each draw, which it is spared computing, to pygambit's `enumpure_solve`, or to `enumpoly_solve`
for all equilibria; that is stopped at a limit, and such a game counts with the limit as its time.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from statistics import median
from typing import TypeVar

import numpy as np

import counterplay as cp
from benchmarks import harness
from benchmarks.gambit import Gambit
from counterplay.scenario.catalogue import inspect_text
from counterplay.sensitivity.executors import ClusterExecutor, executor_for
from counterplay.sensitivity.uncertainty import PureSample, Sample, pure_sample, sample

Result = TypeVar("Result")
Found = Sample | PureSample

PARTS = ("runs", "loop", "cluster", "growth")
SEED = 1
GROWTH = ((2, 4, 4), (3, 3, 4), (4, 3, 4), (4, 4, 4), (4, 3, 16), (5, 3, 4), (5, 4, 4))
"""Players, options of each, terms of each player."""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pure", type=int, default=1_000_000, help="draws for pure equilibria")
    parser.add_argument("--all", type=int, default=100_000, help="draws for all equilibria")
    parser.add_argument("--loop", type=int, default=20, help="draws that pygambit solves too")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for enumpoly")
    parser.add_argument("--only", choices=PARTS, action="append", help="leave out the rest")
    given = parser.parse_args()
    harness.begin(
        "Speed of uncertainty runs",
        "The flagship, 22 assumptions drawn, unless other players are named.",
    )
    parts = given.only or PARTS
    if "runs" in parts:
        heads = (
            "equilibria", "draws", "processes", "wall s", "CPU s", "CPU us a draw", "not proved",
            "most MB here",
        )  # fmt: skip
        harness.table(heads, _run_rows(given.pure, given.all))
    if "loop" in parts:
        heads = (
            "equilibria", "draws", "CPU ms a draw here", "in the loop (median)", "ratio",
            "loop stopped",
        )  # fmt: skip
        harness.table(heads, _loop_rows(given.loop, given.limit))
    if "cluster" in parts:
        heads = ("Dask workers", "draws, all equilibria", "wall s", "same rows")
        harness.table(heads, _cluster_rows(given.all // 2))
    if "growth" in parts:
        heads = (
            "players", "options each", "terms each", "pure: CPU us a draw", "all: CPU ms a draw",
            "not proved of 256",
        )  # fmt: skip
        harness.table(heads, _growth_rows())


def _run_rows(pure: int, every: int) -> Iterator[list[object]]:
    scenario = cp.load("korea-ukraine")
    runs: tuple[tuple[str, Callable[..., Found], int], ...] = (
        ("pure", pure_sample, pure),
        ("all", sample, every),
    )
    for name, run, draws in runs:
        for workers in (1, 2):
            executor = executor_for(workers)
            before = _processor_seconds()
            work = partial(run, scenario, draws, SEED, executor=executor)
            found, seconds = _timed(work)
            used = _processor_seconds() - before
            doubtful = found.proved.get("unproved", 0) if isinstance(found, Sample) else 0
            yield [
                name, f"{draws:,}", workers, f"{seconds:.1f}", f"{used:.1f}",
                f"{1e6 * used / draws:.0f}", doubtful, f"{_most_memory():.0f}",
            ]  # fmt: skip


def _processor_seconds() -> float:
    """Return the time of this process and of those that have ended."""
    return sum(os.times()[:4])


def _most_memory() -> float:
    """Return the most memory, in MB, that this process has used so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _loop_rows(count: int, limit: float) -> Iterator[list[object]]:
    scenario = cp.load("korea-ukraine")
    found = sample(scenario, count, SEED)
    tables = [cp.game(scenario, _setting(found, draw)).payoffs for draw in range(count)]
    runs: tuple[tuple[str, int, Callable[..., Found]], ...] = (
        ("pure", 100_000, pure_sample), ("all", 10_000, sample),
    )  # fmt: skip
    for name, draws, run in runs:
        ours = harness.timed(partial(run, scenario, draws, SEED))[1] / draws
        with Gambit(limit) as gambit:
            ask = gambit.enumpure if name == "pure" else gambit.enumpoly
            ask(tables[0])
            answers = [ask(table) for table in tables]
        theirs = [answer.solving + answer.construction for answer in answers]
        yield [
            name, count, harness.milliseconds(ours), harness.milliseconds(median(theirs)),
            f"{median(theirs) / ours:.3g}", sum(answer.profiles is None for answer in answers),
        ]  # fmt: skip


def _setting(found: Sample, draw: int) -> dict[str, float]:
    return {**found.held, **dict(zip(found.parameters, found.values[draw].tolist(), strict=True))}


def _cluster_rows(draws: int) -> Iterator[list[object]]:
    scenario = cp.load("korea-ukraine")
    alone, seconds = _timed(partial(sample, scenario, draws, SEED))
    yield ["none: one process", f"{draws:,}", f"{seconds:.1f}", "yes"]
    for workers in (1, 2):
        with _cluster(workers) as address:
            executor = ClusterExecutor(address)
            sample(scenario, 200 * workers, SEED, executor=executor)
            found, seconds = _timed(partial(sample, scenario, draws, SEED, executor=executor))
        same = "yes" if found.digest == alone.digest else "NO"
        yield [workers, f"{draws:,}", f"{seconds:.1f}", same]


@contextmanager
def _cluster(workers: int) -> Iterator[str]:
    """Give the address of a cluster on this machine, with workers of one thread each."""
    port = 18_790 + workers
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = ["dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    address = f"tcp://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        worker = ["dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                  "--local-directory", folder]  # fmt: skip
        commands = [scheduler] + [worker] * workers
        processes = [
            subprocess.Popen([sys.executable, "-m", f"distributed.cli.{c[0]}", *c[1:]], **quiet)  # type: ignore[call-overload]  # noqa: S603
            for c in commands
        ]
        try:
            _wait_for(address, workers)
            yield address
        finally:
            for process in processes:
                process.kill()
                process.wait()


def _wait_for(address: str, workers: int) -> None:
    from distributed import Client

    client = Client(address, timeout=30, set_as_default=False)  # type: ignore[no-untyped-call]
    client.wait_for_workers(workers, timeout=60)
    client.close()  # type: ignore[no-untyped-call]


def _growth_rows() -> Iterator[list[object]]:
    for players, options, terms in GROWTH:
        scenario = _scenario(players, options, terms)
        sample(scenario, 32, SEED)
        pure = harness.timed(partial(pure_sample, scenario, 8_192, SEED))[1] / 8_192
        found, every = harness.timed(partial(sample, scenario, 256, SEED))
        doubtful = found.proved.get("unproved", 0)
        yield [
            players, options, terms, f"{1e6 * pure:.3g}", harness.milliseconds(every / 256),
            doubtful,
        ]  # fmt: skip


def _scenario(players: int, options: int, terms: int) -> cp.Scenario:
    """Return a scenario whose terms depend on two players' choices by random weights."""
    generator = np.random.default_rng(players * 1000 + options * 100 + terms)
    names = [f"p{i}" for i in range(players)]
    choices = ", ".join(f"{{id: o{k}, label: O{k}}}" for k in range(options))
    lines = ["format: 1", "id: growth", "title: Growth", "players:"]
    lines += [f"- {{id: {name}, label: {name}, options: [{choices}]}}" for name in names]
    lines += ["parameters:"]
    lines += [f"- {{id: x{k}, label: X{k}, default: 1, low: 0, high: 2}}" for k in range(terms)]
    lines += ["terms:"]
    for i, name in enumerate(names):
        for k in range(terms):
            other = names[(i + 1 + k % (players - 1)) % players]
            weights = [
                ", ".join(f"o{o}: {generator.uniform(-1, 1):.3f}" for o in range(options))
                for _ in range(2)
            ]
            when = f"{{{name}: {{{weights[0]}}}, {other}: {{{weights[1]}}}}}"
            lines.append(
                f'- {{id: t{i}.k{k}, player: {name}, label: T, value: "x{k}", when: {when}}}'
            )
    inspected = inspect_text("\n".join(lines).encode(), "growth.yaml")
    if inspected.scenario is None:
        raise ValueError(inspected.faults)
    return inspected.scenario


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
