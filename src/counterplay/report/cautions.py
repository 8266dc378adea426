"""The few caveats that a reader of this very result must know; the full list stands apart."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.explain.narrate import points
from counterplay.findings import Findings
from counterplay.report.blocks import Block, Bullets, Paragraph

_CAVEATS = 3
_SHOWN = 4


def cautions(findings: Findings) -> Iterator[Block]:
    """Yield the caveats of page one.

    First what the result itself shows (thin margins, mixed choices), then the caveats written for
    these very values, then the general ones in the author's order.
    """
    items = list(_thin(findings))
    if any(found.equilibrium.profile is None for found in findings.accounts):
        items.append(
            "A percentage is a belief about the others, not advice to randomise and not the "
            "chance of an event."
        )
    caveats = findings.scenario.caveats
    items += [c.text for c in caveats if c.preset is not None and c.preset == findings.preset]
    items += [c.text for c in caveats if c.preset is None]
    items = items or ["A stable outcome is a check of consistency, not a forecast."]
    yield Bullets(tuple(items[:_CAVEATS]))
    if len(items) > _CAVEATS:
        words = "The full list is under “Caveats” in the standard and the full report."
        yield Paragraph(words, role="note")


def _thin(findings: Findings) -> Iterator[str]:
    """Name the thinnest margin of each outcome that has a thin one, ties apart."""
    ties: list[str] = []
    margins: list[str] = []
    for number, found in enumerate(findings.accounts, 1):
        thin = [s for s in found.stances if s.thin and s.player == found.weakest]
        if not thin:
            continue
        least = thin[0].margin or 0.0
        name = findings.scenario.player(thin[0].player).name
        place = f" in outcome {number}" if len(findings.accounts) > 1 else ""
        if least == 0:
            ties.append(f"{name} could switch at no cost{place}")
        else:
            ahead = "by" if margins else "choice is ahead by"
            margins.append(f"{name}'s {ahead} {points(least)}{place}")
    if margins:
        scale = "under 5% of the player's payoff range, in its own points"
        yield f"Thin margins ({scale}): {_first(margins)}."
    if ties:
        yield f"Ties: {_first(ties)}."


def _first(parts: list[str]) -> str:
    more = [f"and {len(parts) - _SHOWN} more like these"] if len(parts) > _SHOWN else []
    return "; ".join(parts[:_SHOWN] + more)
