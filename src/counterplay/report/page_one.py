"""Page one: all that a reader with one minute should see, on one sheet of paper.

Question, finding, who does what, why the weakest link holds, what is proved, which assumptions
carry it, the caveats that matter here, date, marking and hash.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from counterplay.explain.narrate import points
from counterplay.findings import Findings
from counterplay.report import tables
from counterplay.report.blocks import (
    BarTable,
    Block,
    Bullets,
    Facts,
    Paragraph,
    Picture,
    Section,
)
from counterplay.report.carrying import carrying
from counterplay.report.cautions import cautions
from counterplay.report.margin_scale import common_limit
from counterplay.report.material import Material
from counterplay.report.proof import proved
from counterplay.report.tables import Table

SHOWN = 3
"""Outcomes set side by side on page one; more would not fit."""

_CELLS = 16
_MOVED = 6

_COMPLETENESS = {
    "proved": Paragraph("Complete list, proved", role="status"),
    "continuum": Paragraph("A range of outcomes", role="caution"),
    "unproved": Paragraph("Not proved complete", role="caution"),
}


def page_one(material: Material) -> Iterator[Section]:
    """Yield the sections of page one."""
    findings = material.findings
    yield Section(findings.scenario.title, 1, tuple(_answer(findings)), "answer")
    why = tuple(_why(findings))
    if why:
        yield Section("Why it holds", 2, why, "why")
    yield Section("The assumptions that carry it", 2, tuple(carrying(material)), "carries")
    yield Section("What is proved, and what is not", 2, tuple(proved(material)), "proved")
    yield Section("Read this with care", 2, tuple(cautions(findings)), "care")
    yield Section("About this report", 2, (Facts(tuple(_facts(material))),), "facts")


def _answer(findings: Findings) -> Iterator[Block]:
    if findings.scenario.question:
        yield Paragraph(findings.scenario.question, role="question")
    if len(findings.accounts) == 1:
        yield Paragraph(findings.title, role="status")
    yield _COMPLETENESS[findings.solution.completeness]
    if len(findings.accounts) == 1:
        yield Paragraph(findings.accounts[0].headline, strong=True)
        yield _who_does_what(findings)
        yield Paragraph(
            "Points are each player's own and not comparable; each row holds the others fixed.",
            role="note",
        )
    elif findings.accounts:
        yield Paragraph(
            f"{findings.title}; the model does not say which of them occurs.", strong=True
        )
        shown = findings.accounts[:SHOWN]
        yield Bullets(
            tuple(
                f"Outcome {k + 1}{_kind_note(findings, k)}: {found.headline}"
                for k, found in enumerate(shown)
            )
        )
        yield _side_by_side(findings)
        if len(findings.accounts) > SHOWN:
            yield Paragraph(
                f"The first {SHOWN} are shown here, more in the standard and the full report.",
                role="note",
            )
    else:
        yield Paragraph(f"{findings.title}.", strong=True)


def _who_does_what(findings: Findings) -> BarTable:
    table = tables.stances(findings, 0)
    kept = (0, 1, 3, 4)
    return BarTable(
        title=table.title,
        columns=tuple(table.columns[c] for c in kept),
        rows=tuple(tuple(row[c] for c in kept) for row in table.rows),
        numeric=tuple(table.numeric[c] for c in kept),
        column=2,
        amounts=tuple(
            None if stance.mixes else stance.margin for stance in findings.accounts[0].stances
        ),
        limit=common_limit(findings),
    )


def _side_by_side(findings: Findings) -> Table:
    shown = range(min(SHOWN, len(findings.accounts)))
    stances = [tables.stances(findings, k).rows for k in shown]
    rows = [
        (stances[0][player][0], *(rows[player][1] for rows in stances))
        for player in range(len(findings.scenario.players))
    ]
    if findings.scenario.regimes:
        rows.append(("Kind of outcome", *(_kind(findings, k) for k in shown)))
    rows.append(("Weakest link", *(_weakest(findings, k) for k in shown)))
    columns = ("Player", *(f"Outcome {k + 1}" for k in shown))
    return Table("Who does what", columns, tuple(rows), (False,) * len(columns))


def _kind_note(findings: Findings, k: int) -> str:
    named = findings.accounts[k].outcomes
    regime = named[0][0] if len(named) == 1 else None
    return f" ({regime.label})" if regime else ""


def _kind(findings: Findings, k: int) -> str:
    named = findings.accounts[k].outcomes
    if len(named) != 1:
        return "Several possible"
    regime = named[0][0]
    return regime.label if regime else "Other"


def _weakest(findings: Findings, k: int) -> str:
    found = findings.accounts[k]
    undecided = [_name(findings, s.player) for s in found.stances if s.mixes]
    if undecided:
        return f"Undecided: {', '.join(undecided)}"
    stance = next(s for s in found.stances if s.player == found.weakest)
    name = _name(findings, stance.player)
    return f"{name}, ahead by {points(stance.margin)}" if stance.margin else f"{name}, tied"


def _why(findings: Findings) -> Iterator[Block]:
    players = findings.scenario.players
    if findings.scenario.payoffs is not None and len(players) == 2 and _is_small(findings):
        row, column = players[0].id, players[1].id
        yield Picture(
            "pager", (findings, row, column, {}), tables.pager(findings, row, column, {})
        )
        return
    if len(findings.accounts) != 1:
        return
    found = findings.accounts[0]
    if found.equilibrium.profile is None:
        told = zip(found.stances, found.sentences, strict=True)
        yield Bullets(tuple(sentence for stance, sentence in told if stance.mixes))
        return
    for stance in found.stances:
        other = stance.best_alternative
        if stance.player == found.weakest and other is not None and len(other.changes) > 1:
            arguments = (findings, found.equilibrium.strategies, other.player, other.option)
            yield Picture("deviation_waterfall", arguments, tables.deviation(findings, other))


def _is_small(findings: Findings) -> bool:
    return math.prod(findings.game.shape) <= _CELLS


def _name(findings: Findings, player: str) -> str:
    return findings.scenario.player(player).name


def _facts(material: Material) -> Iterator[tuple[str, str]]:
    findings, scenario = material.findings, material.findings.scenario
    if scenario.as_of:
        yield "As of", scenario.as_of
    if scenario.asked_by:
        yield "Asked by", scenario.asked_by
    for role, person in material.notes.sign_off.named().items():
        yield role.capitalize(), person
    presets = {preset.id: preset.label for preset in scenario.presets}
    if findings.preset:
        yield "Setting", presets[findings.preset]
    if findings.moved:
        moved = [f"{name} = {value!r}" for name, value in findings.moved.items()]
        more = [f"and {len(moved) - _MOVED} more"] if len(moved) > _MOVED else []
        yield "Moved from the defaults", ", ".join(moved[:_MOVED] + more)
    yield "Scenario SHA-256", scenario.sha256
    yield "Inputs", findings.digest
