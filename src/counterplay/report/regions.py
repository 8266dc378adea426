"""Sets of equilibria in words and ranges, where payoffs tie and outcomes are not single points."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.concepts import Region
from counterplay.explain.narrate import percent, points
from counterplay.findings import Findings
from counterplay.report.blocks import Block, Bullets, Paragraph, Section, Table

SHOWN = 12
_NONE = 1e-9
_SAME = 1e-6


def region_sections(findings: Findings) -> Iterator[Section]:
    """Yield a section with a table for each connected set of outcomes."""
    regions = findings.solution.regions
    if not regions:
        return
    blocks: list[Block] = [
        Paragraph(
            "Where payoffs tie, outcomes need not be single points. Each set below holds outcomes "
            "between the limits shown, and different sets are not connected. The limits are "
            "outer ones: not every point between them is an outcome, and numbers of different "
            "players cannot be combined freely."
        )
    ]
    for k in range(min(len(regions), SHOWN)):
        blocks.append(region_table(findings, k))
        blocks.append(Bullets(tuple(region_words(findings, regions[k]))))
    if len(regions) > SHOWN:
        blocks.append(Paragraph(f"The first {SHOWN} of {len(regions)} are shown.", role="note"))
    yield Section("Sets of outcomes", 2, tuple(blocks), "regions")


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
    for profile in region.pure[:SHOWN]:
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
        if low >= 1 - _NONE:
            return label
        if high > _NONE:
            share = (
                percent(low)
                if high - low < _SAME
                else _span(percent(max(low, 0.0)), percent(min(high, 1.0)))
            )
            parts.append(f"{label} {share}")
    return "; ".join(parts)


def _span(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"
