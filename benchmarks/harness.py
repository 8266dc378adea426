"""What the benchmarks share: the machine line, tables, the clock, and checks of profiles."""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

import counterplay as cp

Payoffs = npt.NDArray[np.float64]
Profile = Sequence[npt.NDArray[np.float64]]
Result = TypeVar("Result")

SAME = 1e-6
"""Two profiles no further apart in any probability are the same equilibrium."""

VERIFIED = 1e-8
"""Largest regret of a profile that counts as an equilibrium, as a share of the payoff range."""


def write(line: str = "") -> None:
    """Write a line to standard output at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def machine() -> str:
    """Return the processor, the number of cores and the versions that times depend on."""
    packages = ("counterplay", "numpy", "scipy", "numba", "pygambit", "quantecon")
    versions = ", ".join(f"{name} {_version(name)}" for name in packages)
    cores = f"{os.cpu_count()} cores, one thread used"
    return f"{_processor()}; {cores}; Python {platform.python_version()}, {versions}"


def begin(title: str, *explanations: str) -> None:
    """Write the head of a report; compile first, which no clock here counts."""
    cp.warm()
    write(f"# {title}\n\n{machine()}\n")
    for line in explanations:
        write(f"{line}\n")


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a markdown table; each row as soon as it is there."""
    write(f"| {' | '.join(heads)} |")
    write(f"|{'|'.join(' --- ' for _ in heads)}|")
    for row in rows:
        write(f"| {' | '.join(map(str, row))} |")
    write()


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """Return what a call returns, and its processor seconds."""
    started = time.process_time()
    result = work()
    return result, time.process_time() - started


def milliseconds(seconds: float) -> str:
    """Return seconds as milliseconds in three figures."""
    return f"{1000 * seconds:.3g}"


def game(payoffs: Payoffs) -> cp.Game:
    """Return the game of an array."""
    return cp.Game.from_payoffs(payoffs)


def nash_many(payoffs: Payoffs) -> list[cp.Solution]:
    """Return `counterplay.nash_many` of games stacked on the first axis."""
    return cp.nash_many(payoffs)


def named(shape: Sequence[int]) -> str:
    """Return a shape as people write it.

    Examples
    --------
    >>> named((3, 3, 3, 3)), named((3, 2))
    ('3^4', '3x2')
    """
    same = len(set(shape)) == 1 and len(shape) > 2
    return f"{shape[0]}^{len(shape)}" if same else "x".join(map(str, shape))


def regret(payoffs: Payoffs, profile: Profile) -> float:
    """Return the largest gain from deviating as a share of the player's payoff range."""
    worst = 0.0
    for player, paid in enumerate(payoffs):
        replies = paid
        for other in range(len(profile) - 1, -1, -1):
            if other != player:
                replies = np.tensordot(replies, profile[other], axes=([other], [0]))
        spread = float(paid.max() - paid.min()) or 1.0
        worst = max(worst, float(replies.max() - replies @ profile[player]) / spread)
    return worst


def distance(first: Profile, second: Profile) -> float:
    """Return the largest difference between two profiles' probabilities."""
    return max(float(np.abs(x - y).max()) for x, y in zip(first, second, strict=True))


def missing(wanted: Iterable[Profile], among: Iterable[Profile]) -> list[Profile]:
    """Return the profiles wanted that are not among others."""
    others = list(among)
    return [p for p in wanted if all(distance(p, q) > SAME for q in others)]


def distinct(profiles: Iterable[Profile]) -> list[Profile]:
    """Return profiles, each once."""
    kept: list[Profile] = []
    for profile in profiles:
        kept += missing([profile], kept)
    return kept


def verified(payoffs: Payoffs, profiles: Iterable[Profile]) -> list[Profile]:
    """Return the profiles that are equilibria, each once."""
    return distinct(p for p in profiles if regret(payoffs, p) <= VERIFIED)


def listed(solution: cp.Solution) -> list[Profile]:
    """Return the strategies of a solution's equilibria."""
    return [equilibrium.strategies for equilibrium in solution.equilibria]


def uncovered(solution: cp.Solution, profiles: Iterable[Profile]) -> list[Profile]:
    """Return the profiles that are neither listed nor in the ranges of a region."""
    return [
        profile
        for profile in missing(profiles, listed(solution))
        if not any(_holds(region, profile) for region in solution.regions)
    ]


def index_sum(solution: cp.Solution) -> int | None:
    """Return the sum of all indices, None where one is not known."""
    indices = [e.index for e in solution.equilibria] if not solution.regions else [None]
    known = [index for index in indices if index is not None]
    return sum(known) if len(known) == len(indices) else None


def _holds(region: cp.Region, profile: Profile) -> bool:
    return all(
        bool(np.all(bounds[:, 0] - SAME <= x) and np.all(x <= bounds[:, 1] + SAME))
        for bounds, x in zip(region.ranges, profile, strict=True)
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    lines = described.read_text().splitlines() if described.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
