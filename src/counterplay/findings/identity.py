"""What a result rests on: its inputs as a digest, and what reproduces it."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from counterplay.concepts import Solution, prompt_work
from counterplay.games import Game
from counterplay.numeric import REGRET_TOLERANCE
from counterplay.scenario import Scenario
from counterplay.scenario.schema import loaded
from counterplay.scenario.values import as_numbers

VERSIONED = ("counterplay", "python", "numpy", "scipy", "numba", "nashpy", "pydantic")
"""What a result names the version of."""


def inputs_digest(scenario: Scenario, values: Mapping[str, float]) -> str:
    """Return a short hash of a scenario and the values at which it is solved.

    Parameters
    ----------
    scenario : Scenario
    values : mapping from parameter or constant id to number

    Returns
    -------
    str
        12 hexadecimal digits; the same inputs give the same ones.

    Raises
    ------
    CounterplayError
        If `scenario` is not loaded, or `values` is no mapping.
    """
    numbers = sorted(as_numbers(values).items(), key=lambda pair: str(pair[0]))
    text = loaded(scenario).sha256 + "".join(f";{name}={value!r}" for name, value in numbers)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def provenance(game: Game, solution: Solution) -> dict[str, Any]:
    """Return what reproduces a result: versions, method, tolerance and limit of work."""
    return {
        **{name: _version(name) for name in VERSIONED},
        "method": solution.method,
        "regret_tolerance": REGRET_TOLERANCE,
        "work_limit": prompt_work(game),
    }


def _version(package: str) -> str:
    if package == "python":
        return platform.python_version()
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
