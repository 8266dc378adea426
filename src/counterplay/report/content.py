"""What a report says, once for all formats: sections of paragraphs, lists, tables and figures.

The levels nest: `brief` is page one; `standard` adds the account of every equilibrium,
comparison, the two-bloc view and the assumptions; `full` adds constants, every deviation and the
evidence cited.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from counterplay.explain import Account
from counterplay.explain.narrate import number_text, percent, points
from counterplay.findings import VERSIONED, Findings
from counterplay.games import Profile
from counterplay.report import tables
from counterplay.report.blocks import (
    BarTable,
    Block,
    Bullets,
    Document,
    Facts,
    Paragraph,
    Picture,
    Section,
)
from counterplay.report.page_one import page_one
from counterplay.report.reasons import NO_REASONS, Reasons, assumption_sections
from counterplay.report.regions import region_sections
from counterplay.report.selection import selection_section
from counterplay.report.tables import Table
from counterplay.scenario import Player

__all__ = [
    "BarTable",
    "Block",
    "Bullets",
    "Document",
    "Facts",
    "Level",
    "Paragraph",
    "Picture",
    "Section",
    "bloc_flip_sentences",
    "document",
    "margin_note",
]

Level = Literal["brief", "standard", "full"]

_WEIGHT = 1


def document(
    findings: Findings, level: Level = "standard", reasons: Reasons = NO_REASONS
) -> Document:
    """Return the content of a report.

    Parameters
    ----------
    findings : Findings
    level : {"brief", "standard", "full"}
    reasons : mapping from parameter or constant id to text
        Why numbers were moved; checked before.
    """
    first = list(page_one(findings))
    rest = list(_longer(findings, level, reasons)) if level != "brief" else []
    if rest:
        rest[0] = replace(rest[0], new_page=True)
    return Document(findings.scenario.title, findings.scenario.marking, (*first, *rest))


def _longer(findings: Findings, level: Level, reasons: Reasons) -> Iterator[Section]:
    yield from _outcomes(findings, level)
    yield from region_sections(findings)
    yield from _comparison(findings)
    yield from selection_section(findings)
    yield from _blocs(findings)
    if findings.caveats:
        yield Section("Caveats", 2, (Bullets(findings.caveats),), "caveats")
    yield from assumption_sections(findings, reasons)
    if level == "full":
        yield from _appendix(findings)
    yield _reproduction(findings)


def _outcomes(findings: Findings, level: Level) -> Iterator[Section]:
    for k, found in enumerate(findings.accounts):
        blocks: list[Block] = [Paragraph(found.headline, strong=True)]
        if findings.scenario.regimes:
            blocks.append(Paragraph(f"Kind of outcome: {_kinds(found)}."))
        blocks.append(tables.stances(findings, k))
        if found.equilibrium.profile is None:
            blocks.append(Picture("probabilities", (k,), tables.strategies(findings, k)))
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
                arguments = (strategies, deviation.player, deviation.option)
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


def _comparison(findings: Findings) -> Iterator[Section]:
    if findings.comparison.words:
        blocks = (Bullets(findings.comparison.words), tables.payoffs(findings))
        yield Section("Several outcomes: who prefers which", 2, blocks, "comparison")


def _blocs(findings: Findings) -> Iterator[Section]:
    view = findings.blocs
    if view is None:
        return
    first, second = view.view.game.player_labels
    blocks: list[Block] = [
        Paragraph(
            f"{first} against {second}, each bloc choosing together, as a two-player game. Each "
            "member's payoffs are scaled to a range of 1 and weigh the same. Utilities are not "
            "comparable between governments; the weights are an assumption of this view alone."
        ),
        Paragraph(view.solution.reason),
        tables.blocs(findings, view),
        Bullets(tuple(bloc_flip_sentences(findings))),
    ]
    yield Section("The two-bloc view", 2, tuple(blocks), "blocs")


def bloc_flip_sentences(findings: Findings) -> Iterator[str]:
    """Say at which weight of a member the answer between the blocs changes, and for whom."""
    view = findings.blocs
    if view is None:
        return
    for flip in view.flips:
        name = findings.scenario.player(flip.player).name
        if flip.weight < _WEIGHT:
            verb, now, then = "falls below", flip.above, flip.below
        else:
            verb, now, then = "rises above", flip.below, flip.above
        changes = [
            f"{player.name} can play {_options(player, position, then)} instead of "
            f"{_options(player, position, now)}"
            for position, player in enumerate(findings.scenario.players)
            if {profile[position] for profile in now} != {profile[position] for profile in then}
        ]
        said = "; ".join(changes) or "the choices combine differently"
        yield f"If {name}'s weight {verb} {number_text(flip.weight)} (now {_WEIGHT}), {said}."
    if not view.flips:
        yield "No weight of a single member between 0 and 10 changes the answer between the blocs."


def _options(player: Player, position: int, profiles: Sequence[Profile]) -> str:
    played = sorted({profile[position] for profile in profiles})
    return " or ".join(f"“{player.options[option].label}”" for option in played) or "nothing firm"


def _appendix(findings: Findings) -> Iterator[Section]:
    if findings.scenario.constants:
        yield Section("Constants", 2, (tables.constants(findings),), "constants")
    cited = {
        record
        for part in (
            findings.scenario.terms,
            findings.scenario.parameters,
            findings.scenario.constants,
        )
        for entry in part
        for record in entry.evidence
    }
    if cited:
        yield Section("Evidence", 2, (tables.evidence(findings, cited),), "evidence")


def _reproduction(findings: Findings) -> Section:
    versions = findings.to_dict()["provenance"]
    listed = ", ".join(f"{name} {versions[name]}" for name in VERSIONED)
    settings = "".join(f" --set {name}={value!r}" for name, value in findings.moved.items())
    command = f"counterplay solve MODEL{settings}"
    model = f"MODEL being the scenario's file, or {findings.scenario.id} if that is shipped"
    blocks: tuple[Block, ...] = (
        tables.verification(findings),
        *_second_opinion(findings),
        Paragraph(
            f"Method: {findings.solution.method}. Solved with {listed}. The JSON report holds the "
            "whole scenario; counterplay verify recomputes it and compares every number. That "
            "detects accidents and partial edits; it is not a signature."
        ),
        Paragraph(f"The same result from the terminal, {model}: {command}"),
    )
    return Section("Verification and how to reproduce", 2, blocks, "verification")


def _second_opinion(findings: Findings) -> Iterator[Block]:
    if findings.second_opinion:
        yield Paragraph(
            "A second opinion: nashpy, a program by other authors, proposes vertices of the "
            "best-reply polytopes; each that is an equilibrium in exact arithmetic is among those "
            "listed."
        )
    elif findings.second_opinion is False:
        yield Paragraph("A second opinion differs: nashpy finds an equilibrium not listed here.")


def margin_note(findings: Findings, k: int) -> str:
    """Name the weakest link of equilibrium `k` in a sentence, or nothing for a mixed one."""
    weakest = findings.accounts[k].weakest
    if weakest is None:
        return ""
    stance = next(s for s in findings.accounts[k].stances if s.player == weakest)
    name = findings.scenario.player(weakest).name
    if stance.margin == 0:
        return f"Weakest link: {name}. Its choice is tied with the next best."
    return (
        f"Weakest link: {name}. Its choice pays {points(stance.margin or 0.0)} points more than "
        "the next best, on its own scale."
    )
