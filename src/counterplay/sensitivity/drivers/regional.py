"""Regional sensitivity: in which parameters draws with a regime differ from draws without.

For each uncertain parameter the largest difference between the distribution functions of the two
groups (the Kolmogorov-Smirnov statistic) stands beside the value that chance alone would pass in
one parameter of twenty (Spear and Hornberger 1980; Saltelli et al. 2008).  It sees what a
parameter does alone, not what it does only together with others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from counterplay.errors import ValuesError
from counterplay.explain.narrate import in_words, percent
from counterplay.numeric import FloatArray
from counterplay.scenario import Regime, Scenario
from counterplay.scenario.setting import Values
from counterplay.scenario.values import nearest
from counterplay.sensitivity.drivers.futures import Futures, futures
from counterplay.sensitivity.drivers.responses import BoolArray, occurrences
from counterplay.sensitivity.usage import used_names

LEVEL = 0.05
FEWEST = 10
"""Draws that each group must have for its distribution to be compared."""

_TOLD = 4


@dataclass(frozen=True)
class Difference:
    """How one parameter differs between the draws with and without a regime.

    Attributes
    ----------
    parameter, label : str
    statistic : float
        Largest difference of the two distribution functions, 0 to 1.
    critical : float
        What chance alone passes with probability 5 % (asymptotic value for independent draws;
        the draws here are spread more evenly, so that chance passes it more rarely).
    differs : bool
        Whether the statistic is above it.
    direction : str
        ``"higher"`` or ``"lower"`` where the regime occurs, by the medians.
    with_regime, without : float
        The two medians.
    """

    parameter: str
    label: str
    statistic: float
    critical: float
    differs: bool
    direction: Literal["higher", "lower", "neither"]
    with_regime: float
    without: float


@dataclass(frozen=True)
class Regional:
    """The parameters in which draws with a regime differ, largest difference first.

    Attributes
    ----------
    regime : str
    share : float
        Of the draws, where it names a pure equilibrium.
    differences : tuple of Difference
        Empty where fewer than 10 draws have the regime, or have it not.
    unused : tuple of str
        Drawn parameters that no payoff uses; any difference in them is chance, and is left out.
    draws, seed : int
    held : Values
        Values of levers and constants.
    words : str
    """

    regime: str
    share: float
    differences: tuple[Difference, ...]
    unused: tuple[str, ...]
    draws: int
    seed: int
    held: Values
    words: str

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain data."""
        return {**asdict(self), "held": dict(self.held)}


def regional(
    scenario: Scenario,
    draws: int,
    seed: int,
    regime: str | int,
    values: Mapping[str, float] | None = None,
) -> Regional:
    """Compare the draws in which a regime occurs with those in which it does not.

    Parameters
    ----------
    draws, seed : int
    regime : id or index
        It occurs at a draw if it names one of the pure equilibria there.
    values : mapping, optional
        Levers and constants are held at these values; uncertain parameters are drawn all the same.

    Returns
    -------
    Regional
        Parameters by how far their distributions differ, the largest difference first.

    Raises
    ------
    ValuesError
        If an argument is refused, or a payoff is not finite at some draw.
    """
    drawn = futures(scenario, draws, seed, values)
    named = regime_named(scenario, regime)
    occurs = occurrences(scenario, drawn.columns, drawn.draws, named.id)
    used = used_names(scenario)
    found = _differences(scenario, drawn, occurs, used)
    return Regional(
        regime=named.id,
        share=float(occurs.mean()),
        differences=found,
        unused=tuple(name for name in drawn.parameters if name not in used),
        draws=drawn.draws,
        seed=drawn.seed,
        held=drawn.held,
        words=_words(named, occurs, found),
    )


def regime_named(scenario: Scenario, regime: object) -> Regime:
    """Return the regime with this id or index.

    Raises
    ------
    ValuesError
        If there is none.
    """
    for number, candidate in enumerate(scenario.regimes):
        if candidate.id == regime or (number == regime and not isinstance(regime, bool)):
            return candidate
    known = [candidate.id for candidate in scenario.regimes]
    hint = nearest(str(regime), known) or f"; there are {', '.join(known) or 'none'}"
    raise ValuesError(f"regime: no {regime!r}{hint}")


def largest_difference(first: FloatArray, second: FloatArray) -> float:
    """Return the largest difference of two samples' distribution functions.

    Examples
    --------
    >>> largest_difference(np.array([1.0, 2.0]), np.array([2.0, 3.0]))
    0.5
    """
    at = np.concatenate([first, second])
    below = [
        np.searchsorted(np.sort(part), at, side="right") / len(part) for part in (first, second)
    ]
    return float(np.abs(below[0] - below[1]).max())


def critical_difference(first: int, second: int) -> float:
    """Return what two samples of one distribution differ by with probability 5 %."""
    scale = np.sqrt(-0.5 * np.log(LEVEL / 2))
    return float(scale * np.sqrt((first + second) / (first * second)))


def _differences(
    scenario: Scenario, drawn: Futures, occurs: BoolArray, used: frozenset[str]
) -> tuple[Difference, ...]:
    count = int(occurs.sum())
    if min(count, len(occurs) - count) < FEWEST:
        return ()
    labels = {parameter.id: parameter.label for parameter in scenario.parameters}
    critical = critical_difference(count, len(occurs) - count)
    found = []
    for name, column in zip(drawn.parameters, drawn.matrix.T, strict=True):
        if name in used:
            found.append(_difference(name, labels[name], column, occurs, critical))
    return tuple(sorted(found, key=lambda difference: -difference.statistic))


def _difference(
    name: str, label: str, column: FloatArray, occurs: BoolArray, critical: float
) -> Difference:
    present, absent = column[occurs], column[~occurs]
    statistic = largest_difference(present, absent)
    medians = float(np.median(present)), float(np.median(absent))
    direction: Literal["higher", "lower", "neither"] = "neither"
    if medians[0] != medians[1]:
        direction = "higher" if medians[0] > medians[1] else "lower"
    return Difference(name, label, statistic, critical, statistic > critical, direction, *medians)


def _words(regime: Regime, occurs: BoolArray, found: tuple[Difference, ...]) -> str:
    start = f"“{regime.label}” is among the firm stable outcomes in {percent(occurs.mean())} of"
    start = f"{start} {len(occurs):,} draws"
    if occurs.all() or not occurs.any():
        return f"{start}: there is nothing to compare."
    if not found:
        return f"{start}: too few draws on one side to compare."
    clear = [difference for difference in found if difference.differs]
    if not clear:
        return f"{start}; no parameter alone differs there by more than chance would."
    told = in_words([f"“{d.label}” ({d.direction}, {d.statistic:.2f})" for d in clear[:_TOLD]])
    return (
        f"{start}. Those draws differ most in {told}; chance alone passes {found[0].critical:.2f} "
        f"in one parameter of twenty. {len(found) - len(clear)} of {len(found)} parameters stay "
        "below it."
    )
