"""Connected sets of outcomes, each as ranges of choices and payoffs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from counterplay.concepts import Region
from counterplay.explain.narrate import percent, points
from counterplay.findings import Findings
from counterplay.report.tables.table import Table

REGIONS_SHOWN = 12
_NO_SHARE = 1e-9
_SAME_SHARE = 1e-6


def set_note(findings: Findings, k: int) -> str:
    """Say in which connected set outcome `k` lies, or nothing."""
    equilibrium = findings.accounts[k].equilibrium
    if equilibrium.index is not None:
        return ""
    for number, region in enumerate(findings.solution.regions, 1):
        if all(
            bool(np.all((ranges[:, 0] <= vector) & (vector <= ranges[:, 1])))
            for ranges, vector in zip(region.ranges, equilibrium.strategies, strict=True)
        ):
            return f" (in set {number})"
    return ""


def region_table(findings: Findings, k: int) -> Table:
    """Return what each player may choose in a set, and what it is paid there."""
    region = findings.solution.regions[k]
    rows = tuple(
        (
            player.name,
            _choices([option.label for option in player.options], ranges.tolist()),
            _span(points(float(paid[0])), points(float(paid[1]))),
        )
        for player, ranges, paid in zip(
            findings.scenario.players, region.ranges, region.payoffs, strict=True
        )
    )
    return Table(f"Set {k + 1}", ("Player", "Chooses", "Payoff"), rows, (False, False, True))


def region_words(findings: Findings, region: Region) -> Iterator[str]:
    """Say how robust a set is, and what is known to be in it."""
    if region.index is None:
        yield "Whether it survives small changes of the numbers was not determined."
    elif region.index:
        index = f"{region.index:+d}".replace("-", "−")
        yield (
            "Every small enough change of the numbers keeps an outcome near this set "
            f"(index {index})."
        )
    else:
        yield (
            "It is not guaranteed to last: small changes of the numbers may remove it (index 0)."
        )
    for profile in region.pure[:REGIONS_SHOWN]:
        labels = ", ".join(
            player.options[option].label
            for player, option in zip(findings.scenario.players, profile, strict=True)
        )
        yield f"It holds the firm outcome: {labels}."
    if region.example is None:
        yield "It could not be excluded; no outcome was found in it."


def _choices(labels: list[str], ranges: list[list[float]]) -> str:
    parts = []
    for label, (low, high) in zip(labels, ranges, strict=True):
        if low >= 1 - _NO_SHARE:
            return label
        if high > _NO_SHARE:
            share = (
                percent(low)
                if high - low < _SAME_SHARE
                else _span(percent(max(low, 0.0)), percent(min(high, 1.0)))
            )
            parts.append(f"{label} {share}")
    return "; ".join(parts)


def _span(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"
