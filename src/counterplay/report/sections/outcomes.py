"""Players and options, why each outcome holds, and who prefers which."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.explain import Account
from counterplay.explain.narrate import percent, points
from counterplay.findings import Findings, Level
from counterplay.report import tables
from counterplay.report.blocks import Block, Bullets, Paragraph, Picture, Section
from counterplay.report.tables import Table


def players_section(findings: Findings) -> Section:
    """Return who decides, and between what."""
    return Section("Players and options", 2, (tables.players(findings),), "players")


def outcome_sections(findings: Findings, level: Level) -> Iterator[Section]:
    """Yield for each outcome why it holds, with the terms behind it."""
    for k, found in enumerate(findings.accounts):
        blocks: list[Block] = [Paragraph(found.headline, strong=True)]
        if findings.scenario.regimes:
            blocks.append(Paragraph(f"Kind of outcome: {_kinds(found)}."))
        blocks.append(tables.stances(findings, k))
        if found.equilibrium.profile is None:
            blocks.append(Picture("probabilities", (findings, k), tables.strategies(findings, k)))
        blocks.append(Bullets(found.sentences))
        if findings.scenario.payoffs is None:
            blocks += _deviations(findings, k, level)
        elif any(stance.deviations for stance in found.stances):
            blocks.append(_losses(findings, k))
        if findings.breaks[k]:
            blocks.append(tables.breaks(findings, k))
        title = f"Outcome {k + 1}{tables.set_note(findings, k)}: why it holds"
        yield Section(title, 2, tuple(blocks), f"outcome-{k + 1}")


def _kinds(found: Account) -> str:
    return "; ".join(
        (regime.label if regime else "other") + ("" if share == 1 else f" ({percent(share)})")
        for regime, share in found.outcomes
    )


def _deviations(findings: Findings, k: int, level: Level) -> Iterator[Block]:
    """Yield each player's best deviation, as a picture where it has several terms; or all."""
    strategies = findings.accounts[k].equilibrium.strategies
    for stance in findings.accounts[k].stances:
        shown = stance.deviations if level == "full" else stance.deviations[:1]
        for number, deviation in enumerate(shown):
            twin = tables.deviation(findings, deviation)
            if number == 0 and len(deviation.changes) > 1:
                arguments = (findings, strategies, deviation.player, deviation.option)
                yield Picture("deviation_waterfall", arguments, twin)
            else:
                yield twin


def _losses(findings: Findings, k: int) -> Table:
    """Return what each deviation would cost, for games whose payoffs have no terms to list."""
    rows = tuple(
        (
            findings.scenario.player(stance.player).name,
            tables.option_label(findings, stance.player, deviation.option),
            points(deviation.loss),
        )
        for stance in findings.accounts[k].stances
        for deviation in stance.deviations
    )
    columns = ("Player", "Instead", "Loses")
    return Table("What switching would cost", columns, rows, (False, False, True))


def comparison_section(findings: Findings) -> Iterator[Section]:
    """Yield who prefers which of several outcomes."""
    if findings.comparison.words:
        blocks = (Bullets(findings.comparison.words), tables.payoffs(findings))
        yield Section("Several outcomes: who prefers which", 2, blocks, "comparison")
