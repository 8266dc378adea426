"""The assumptions that carry a finding: how far each can move before something changes."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.explain.narrate import in_words, number_text, percent
from counterplay.findings import Findings
from counterplay.report.blocks import Block, Bullets, Paragraph
from counterplay.report.how_sure import how_often_briefly
from counterplay.report.material import Material
from counterplay.report.tipping_words import (
    change_of,
    change_sentence,
    move_words,
    nearest_points,
)
from counterplay.sensitivity.tipping.table import TippingPoint, TippingTable

_SHOWN = 3


def carrying(material: Material) -> Iterator[Block]:
    """Yield the nearest values that change the finding, how often it holds, and what is not known.

    An analysis knows every change of the stable outcomes; findings alone know when one breaks.
    """
    analysis = material.analysis
    if analysis is None or analysis.tipping is None:
        yield from _breaking(material.findings)
    else:
        yield from _tipping(material.findings, analysis.tipping)
    if analysis is not None and analysis.sample is not None:
        yield Paragraph(how_often_briefly(material.findings, analysis.sample))
    if material.missing:
        listed = in_words([check.short for check in material.missing])
        yield Paragraph(f"Required at this level and not made: {listed}.")


def _tipping(findings: Findings, table: TippingTable) -> Iterator[Block]:
    points = nearest_points(table, _SHOWN)
    if not points:
        yield Paragraph("No assumption was found that changes this when moved alone.")
        return
    changes = [change_of(findings.scenario, p, table.held[p.parameter]) for p in points]
    yield Paragraph("Each moved alone, the nearest values that change it:", role="note")
    if len(points) > 1 and len(set(changes)) == 1:
        yield Paragraph(f"{changes[0][0].upper()}{changes[0][1:]} if")
        yield Bullets(tuple(_move(findings, table, point) for point in points))
    else:
        words = [change_sentence(findings.scenario, p, table.held[p.parameter]) for p in points]
        yield Bullets(tuple(words))


def _move(findings: Findings, table: TippingTable, point: TippingPoint) -> str:
    return move_words(findings.scenario, point, table.held[point.parameter])


def _breaking(findings: Findings) -> Iterator[Block]:
    nearest = tuple(_nearest(findings))
    mixed = [found for found in findings.accounts if found.equilibrium.profile is None]
    if nearest:
        yield Paragraph("Each moved alone, the nearest values that break it:", role="note")
        yield Bullets(nearest)
    elif not findings.scenario.parameters:
        yield Paragraph("The payoffs are a fixed table; there is no assumption to move.")
    elif len(mixed) < len(findings.accounts):
        yield Paragraph(
            "No assumption was found that breaks a firm outcome when moved alone (32 steps over "
            "each range)."
        )
    if mixed and findings.scenario.parameters:
        names = [_name(findings, stance.player) for stance in mixed[0].stances if stance.mixes]
        verb = "is" if len(names) == 1 else "are"
        yield Paragraph(
            f"{in_words(names)} {verb} kept exactly indifferent in a mixed outcome, so its shares "
            "shift with their assumptions and with those of whom they keep undecided; break "
            "points are not computed for mixed outcomes."
        )


def _nearest(findings: Findings) -> Iterator[str]:
    """Say what breaks the only outcome first, second and third, or each of several first."""
    several = len(findings.accounts) > 1
    labels = {parameter.id: parameter.label for parameter in findings.scenario.parameters}
    for k, points_of in enumerate(findings.breaks):
        for point in points_of[: 1 if several else 3]:
            start = f"Outcome {k + 1}: " if several else ""
            verb = "rises above" if point.side == "above" else "falls below"
            yield (
                f"{start}{labels[point.parameter]} {verb} {number_text(point.value)} "
                f"(now {number_text(findings.values[point.parameter])}, "
                f"{percent(point.distance)} of its range away): "
                f"{_name(findings, point.player)} leaves."
            )


def _name(findings: Findings, player: str) -> str:
    return findings.scenario.player(player).name
