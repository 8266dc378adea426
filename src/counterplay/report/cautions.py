"""The few caveats that a reader of this very result must know; the full list stands apart."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.explain.narrate import points
from counterplay.findings import Findings
from counterplay.report.blocks import Block, Bullets, Paragraph

_CAVEATS = 4
_SHOWN = 4


def cautions(findings: Findings) -> Iterator[Block]:
    """Yield the caveats of page one.

    First what the result itself shows (thin margins, mixed choices), then the caveats written for
    these very values, then the general ones in the author's order.
    """
    items = list(_thin(findings))
    if any(found.equilibrium.profile is None for found in findings.accounts):
        items.append(
            "A percentage is the belief that keeps others undecided, not advice to randomise and "
            "not the chance of an event."
        )
    caveats = findings.scenario.caveats
    items += [c.text for c in caveats if c.preset is not None and c.preset == findings.preset]
    items += [c.text for c in caveats if c.preset is None]
    yield Bullets(tuple(items[:_CAVEATS]))
    left = len(items) - _CAVEATS
    if left > 0:
        yield Paragraph(
            f"{left} more under “Caveats” in the standard and the full report.", role="note"
        )


def _thin(findings: Findings) -> Iterator[str]:
    several = len(findings.accounts) > 1
    parts: list[str] = []
    for number, found in enumerate(findings.accounts, 1):
        margins = [(s.margin or 0.0, s.player) for s in found.stances if s.thin]
        if margins:
            margin, player = min(margins)
            name = findings.scenario.player(player).name
            ahead = f"by {points(margin)}" if parts else f"choice is ahead by {points(margin)}"
            place = f" in outcome {number}" if several else ""
            parts.append(f"{name}'s {ahead}{place}")
    if parts:
        more = [f"and {len(parts) - _SHOWN} more like these"] if len(parts) > _SHOWN else []
        shown = "; ".join(parts[:_SHOWN] + more)
        yield f"Thin margins, inside any honest error, in points of one's own: {shown}."
