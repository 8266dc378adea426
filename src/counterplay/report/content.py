"""What a report says, once for all formats: sections of paragraphs, lists, tables and figures.

The levels nest: `brief` is page one; `standard` adds the account of every equilibrium,
comparison, the two-bloc view and the assumptions; `full` adds constants, every deviation and the
evidence cited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from counterplay.explain.narrate import number_text, percent, points
from counterplay.findings import Findings
from counterplay.report import tables
from counterplay.report.tables import Table

Level = Literal["brief", "standard", "full"]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text; `strong` for the finding itself."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list of plain texts."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Names with their values, such as date and hash."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Picture:
    """A figure to be drawn where the format can; its table stands in where it cannot.

    Attributes
    ----------
    kind : str
        Name of a function of `report.figures`.
    arguments : tuple
        Its arguments after the findings.
    """

    kind: str
    arguments: tuple[object, ...]
    table: Table


Block = Paragraph | Bullets | Facts | Picture | Table


@dataclass(frozen=True)
class Section:
    """A heading with its blocks; `depth` 1 is the title, 2 a section, 3 a part of one."""

    title: str
    depth: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A whole report."""

    title: str
    marking: str | None
    sections: tuple[Section, ...]


def document(findings: Findings, level: Level = "standard") -> Document:
    """Return the content of a report.

    Parameters
    ----------
    level : {"brief", "standard", "full"}
    """
    sections = [_page_one(findings)]
    if level != "brief":
        sections += _outcomes(findings, level)
        sections += _comparison(findings)
        sections += _blocs(findings)
        sections.append(Section("Assumptions", 2, (tables.values(findings),)))
    if level == "full":
        sections += _appendix(findings)
    if level != "brief":
        sections.append(_reproduction(findings))
    return Document(findings.scenario.title, findings.scenario.marking, tuple(sections))


def _page_one(findings: Findings) -> Section:
    scenario = findings.scenario
    blocks: list[Block] = []
    if scenario.question:
        blocks.append(Paragraph(scenario.question))
    blocks.append(Paragraph(_finding(findings), strong=True))
    if findings.accounts:
        blocks.append(tables.stances(findings, 0))
    blocks.append(Paragraph(f"What is proved. {findings.solution.reason} {_regret(findings)}"))
    blocks += _carrying(findings)
    if findings.caveats:
        blocks += [Paragraph("Caveats"), Bullets(findings.caveats)]
    blocks.append(Facts(tuple(_facts(findings))))
    return Section(scenario.title, 1, tuple(blocks))


def _finding(findings: Findings) -> str:
    lines = [f"{findings.title}."]
    if len(findings.accounts) == 1:
        lines.append(findings.accounts[0].headline)
    else:
        lines += [f"({n}) {found.headline}" for n, found in enumerate(findings.accounts, 1)]
        lines.append("The model does not say which of them occurs.")
    return " ".join(lines)


def _regret(findings: Findings) -> str:
    worst = max((e.regret for e in findings.solution.equilibria), default=0.0)
    return (
        "The largest gain that anyone has from changing alone, recomputed from the payoffs, is "
        f"{tables.regret_text(worst)} (regret)."
    )


def _carrying(findings: Findings) -> Iterator[Block]:
    nearest = findings.breaks[0][:3] if findings.breaks else ()
    if nearest:
        labels = {parameter.id: parameter.label for parameter in findings.scenario.parameters}
        yield Paragraph(
            "The assumptions that carry it: moved alone and furthest from safe, these break the first outcome."
        )
        yield Bullets(
            tuple(
                f"{labels[b.parameter]}: now {number_text(findings.values[b.parameter])}; breaks "
                f"{b.side} {number_text(b.value)}, {percent(b.distance)} of its range away."
                for b in nearest
            )
        )
    elif findings.accounts and findings.accounts[0].equilibrium.profile is None:
        mixing = [s for s in findings.accounts[0].stances if s.mixes]
        names = ", ".join(findings.scenario.player(s.player).name for s in mixing)
        yield Paragraph(
            f"The assumptions that carry it: {names} are kept exactly indifferent, so every assumption in their "
            "payoffs shifts the shares; no single margin stands between this outcome and another."
        )
    elif findings.accounts:
        yield Paragraph(
            "The assumptions that carry it: no assumption breaks the first outcome alone within its range."
        )


def _facts(findings: Findings) -> Iterator[tuple[str, str]]:
    scenario = findings.scenario
    if scenario.asked_by:
        yield "Asked by", scenario.asked_by
    if scenario.as_of:
        yield "As of", scenario.as_of
    if scenario.marking:
        yield "Marking", scenario.marking
    presets = {preset.id: preset.label for preset in scenario.presets}
    if findings.preset:
        yield "Setting", presets[findings.preset]
    if findings.moved:
        moved = ", ".join(f"{name} = {value!r}" for name, value in findings.moved.items())
        yield "Moved from the defaults", moved
    yield "Scenario hash (SHA-256)", scenario.sha256
    yield "Digest of scenario and values", findings.digest


def _outcomes(findings: Findings, level: Level) -> Iterator[Section]:
    for k, found in enumerate(findings.accounts):
        blocks: list[Block] = [Paragraph(found.headline, strong=True)]
        named = [
            f"{regime.label if regime else 'other'} ({percent(share)})"
            for regime, share in found.outcomes
        ]
        if findings.scenario.regimes:
            blocks.append(Paragraph(f"Kind of outcome: {'; '.join(named)}."))
        if k > 0:
            blocks.append(tables.stances(findings, k))
        if found.equilibrium.profile is None:
            blocks.append(Picture("probabilities", (k,), tables.strategies(findings, k)))
        blocks.append(Bullets(found.sentences))
        blocks += _waterfalls(findings, k, level)
        if findings.breaks[k]:
            blocks.append(tables.breaks(findings, k))
        yield Section(f"Outcome {k + 1}: why it holds", 2, tuple(blocks))


def _waterfalls(findings: Findings, k: int, level: Level) -> Iterator[Block]:
    strategies = findings.accounts[k].equilibrium.strategies
    for stance in findings.accounts[k].stances:
        shown = stance.deviations if level == "full" else stance.deviations[:1]
        for number, deviation in enumerate(shown):
            twin = tables.deviation(findings, deviation)
            if number == 0:
                arguments = (strategies, deviation.player, deviation.option)
                yield Picture("deviation_waterfall", arguments, twin)
            else:
                yield twin


def _comparison(findings: Findings) -> Iterator[Section]:
    if findings.comparison.words:
        blocks = (Bullets(findings.comparison.words), tables.payoffs(findings))
        yield Section("Several outcomes: who prefers which", 2, blocks)


def _blocs(findings: Findings) -> Iterator[Section]:
    view = findings.blocs
    if view is None:
        return
    first, second = view.view.game.player_labels
    blocks: list[Block] = [
        Paragraph(
            f"{first} against {second}, each bloc choosing together, as a two-player game. Each member's payoffs are "
            "scaled to a range of 1 and weigh the same. Utilities are not comparable between governments; the weights "
            "are an assumption of this view alone."
        ),
        Paragraph(view.solution.reason),
        tables.blocs(findings, view),
        Bullets(tuple(bloc_flip_sentences(findings))),
    ]
    yield Section("The two-bloc view", 2, tuple(blocks))


def bloc_flip_sentences(findings: Findings) -> Iterator[str]:
    """Say at which weight of a member the pure equilibria between the blocs change."""
    view = findings.blocs
    if view is None:
        return
    for flip in view.flips:
        name = findings.scenario.player(flip.player).name
        yield (
            f"If {name}'s weight passes {number_text(flip.weight)} (now 1), the firm outcomes change from "
            f"{_profiles(findings, flip.below)} to {_profiles(findings, flip.above)}."
        )
    if not view.flips:
        yield "No weight of a single member between 0 and 10 changes the firm outcomes between the blocs."


def _profiles(findings: Findings, profiles: tuple[tuple[int, ...], ...]) -> str:
    return " or ".join(f"({tables.profile_text(findings, p)})" for p in profiles) or "none"


def _appendix(findings: Findings) -> Iterator[Section]:
    if findings.scenario.constants:
        yield Section("Constants", 2, (tables.constants(findings),))
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
        yield Section("Evidence", 2, (tables.evidence(findings, cited),))


def _reproduction(findings: Findings) -> Section:
    versions = findings.to_dict()["provenance"]
    listed = ", ".join(
        f"{name} {versions[name]}"
        for name in ("counterplay", "python", "numpy", "scipy", "nashpy", "pydantic")
    )
    settings = "".join(f" --set {name}={value!r}" for name, value in findings.moved.items())
    command = f"counterplay solve {findings.scenario.id}{settings}"
    blocks: tuple[Block, ...] = (
        tables.verification(findings),
        Paragraph(
            f"Method: {findings.solution.method}. Solved with {listed}. The JSON report holds the whole scenario; "
            "counterplay verify recomputes it and compares every number. That detects accidents and partial edits; it "
            "is not a signature."
        ),
        Paragraph(f"Same result from the terminal: {command}"),
    )
    return Section("Verification and how to reproduce", 2, blocks)


def margin_note(findings: Findings, k: int) -> str:
    """Name the weakest link of equilibrium `k` in a sentence, or nothing for a mixed one."""
    weakest = findings.accounts[k].weakest
    if weakest is None:
        return ""
    stance = next(s for s in findings.accounts[k].stances if s.player == weakest)
    name = findings.scenario.player(weakest).name
    return (
        f"Weakest link: {name}. Its choice pays {points(stance.margin or 0.0)} points more than the next best, on its "
        "own scale."
    )
