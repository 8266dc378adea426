"""What drives each answer, as results and in words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from counterplay.explain.narrate import in_words, percent, points
from counterplay.scenario.setting import Values
from counterplay.sensitivity.drivers.screening import Screening
from counterplay.sensitivity.drivers.sobol_indices import Index

Status = Literal["varies", "nothing varies", "too rare"]

_TOLD = 3


@dataclass(frozen=True)
class Driver:
    """What one parameter contributes to the variation of one answer.

    Attributes
    ----------
    parameter, label : str
    first, total : Index
        The share that it explains alone, and with all its interactions.
    screening : Screening
    """

    parameter: str
    label: str
    first: Index
    total: Index
    screening: Screening


@dataclass(frozen=True)
class Target:
    """One answer, and what drives it.

    Attributes
    ----------
    kind : str
        ``"regime"``: whether it names one of the pure equilibria, 1 or 0.  ``"payoff"``: what a
        player gets, as the mean over the pure equilibria, or over the mixed ones where there is no
        pure one.
    id, label : str
        Of the regime or the player.
    status : str
        ``"varies"``; ``"nothing varies"``: the same in every draw; ``"too rare"``: fewer than 10
        draws have it, or have it not, so that its variance is not split.
    mean, spread : float
        Mean and standard deviation; the mean of a regime is the share of draws in which it occurs.
    drivers : tuple of Driver
        Largest total index first; empty unless the answer varies.
    words : str
    """

    kind: Literal["regime", "payoff"]
    id: str
    label: str
    status: Status
    mean: float
    spread: float
    drivers: tuple[Driver, ...]
    words: str


@dataclass(frozen=True)
class Drivers:
    """What decides each answer.

    Attributes
    ----------
    targets : tuple of Target
        Regimes in the order of the file, then players.
    draws, seed : int
        Points of the design in each of its two samples, and the seed.
    evaluations, trajectories : int
        Settings worked out for the Sobol' indices; paths for the screening.
    held : Values
        Values of levers and constants.
    unused, fixed : tuple of str
        Uncertain parameters that no payoff uses, and those whose range is one value; left out.
    mixed, unproved : int
        Settings without a pure equilibrium, where payoffs are those of mixed ones; those among
        them where more equilibria may exist than were found.
    words : str
    """

    targets: tuple[Target, ...]
    draws: int
    seed: int
    evaluations: int
    trajectories: int
    held: Values
    unused: tuple[str, ...]
    fixed: tuple[str, ...]
    mixed: int
    unproved: int
    words: str

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain data."""
        return {**asdict(self), "held": dict(self.held)}


def target_words(target: Target) -> str:
    """Say what an answer turns on, and how many parameters cannot be told from no effect."""
    start = _start(target)
    if target.status == "nothing varies":
        return f"{start} is the same in every draw."
    if target.status == "too rare":
        return (
            f"{start} differs in too few draws to say what it turns on; take more draws, or move "
            "the levers."
        )
    clear = [driver for driver in target.drivers if driver.total.clear]
    if not clear:
        return f"{start} varies, but no parameter can be told from none with these draws."
    told = in_words([_driver_words(driver) for driver in clear[:_TOLD]])
    rest = len(target.drivers) - len(clear)
    noun = "parameter is" if rest == 1 else "parameters are"
    end = f" {rest} {noun} not distinguishable from none." if rest else ""
    return f"{start} turns most on {told}.{end}"


def _start(target: Target) -> str:
    if target.kind == "payoff":
        return (
            f"What {target.label} gets (mean {points(target.mean)}, standard deviation "
            f"{points(target.spread)})"
        )
    return (
        f"Whether “{target.label}” is among the firm stable outcomes ({percent(target.mean)} of "
        "the draws)"
    )


def _driver_words(driver: Driver) -> str:
    """Name a parameter with its share of the variation, alone and with its interactions."""
    total, alone = driver.total, _alone_words(driver)
    return (
        f"“{driver.label}” (with interactions {percent(total.estimate)} of the variation, "
        f"interval {percent(total.low)} to {percent(total.high)}; {alone})"
    )


def _alone_words(driver: Driver) -> str:
    """Tell what a parameter explains alone: never more than it does with its interactions."""
    first, total = driver.first, driver.total
    if not first.clear:
        return "none shown alone"
    if first.estimate <= total.estimate:
        return f"{percent(first.estimate)} alone"
    if first.estimate <= total.high:
        return "as far as these draws tell, all of it alone"
    return "how much alone, these draws do not tell"
