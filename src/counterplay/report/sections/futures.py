"""Over the whole ranges of the assumptions: what is stable how often, why, and what holds up."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.explain.narrate import in_words
from counterplay.findings import Analysis, Findings
from counterplay.report import tables
from counterplay.report.blocks import Block, Bullets, Paragraph, Picture, Section
from counterplay.report.how_sure import how_often
from counterplay.report.likelihood import Belief
from counterplay.report.material import Material
from counterplay.report.tables.futures import share_label
from counterplay.report.tables.table import Table, table_of
from counterplay.sensitivity.drivers.results import Target
from counterplay.sensitivity.uncertainty import Sample, Share
from counterplay.sensitivity.uncertainty.standing import UNSETTLED, standing_shares

_TARGETS = 4
"""Answers whose drivers are told; the data hold all."""


def future_sections(material: Material) -> Iterator[Section]:
    """Yield the uncertainty run with its drivers and conditions, then the robust choice."""
    analysis = material.analysis
    if analysis is None:
        return
    if analysis.sample is not None:
        blocks = tuple(_uncertainty(material.findings, analysis, analysis.sample))
        yield Section("How often this answer holds", 2, blocks, "uncertainty")
        belief = material.notes.belief
        if belief is not None:
            blocks = tuple(_believed(analysis.sample, belief))
            yield Section("Likelihood, as declared", 2, blocks, "likelihood")
    drivers = tuple(_drivers(material.findings, analysis))
    if drivers and material.requires("drivers"):
        yield Section("What decides which outcome is stable", 2, drivers, "drivers")
    if analysis.robust is not None:
        scenario = material.findings.scenario
        twin = tables.option_criteria(analysis.robust)
        picture = Picture("robust_options", (scenario, analysis.robust), twin)
        title = f"Which option of {analysis.robust.label} holds up"
        yield Section(title, 2, (picture, Paragraph(analysis.robust.words)), "robust")


def _uncertainty(findings: Findings, analysis: Analysis, sample: Sample) -> Iterator[Block]:
    yield Paragraph(how_often(findings, sample))
    yield Paragraph(
        "A share of sampled assumptions is not a probability of the event: it says how often the "
        "model gives this answer over the ranges that were put in, and moves with them."
    )
    yield Picture("outcome_shares", (sample,), tables.sampled_outcomes(sample))
    held = [p.label for p in findings.scenario.parameters if p.id in sample.held]
    kept = f"held: {in_words([f'“{label}”' for label in held])}" if held else "none was held"
    yield Paragraph(
        f"{len(sample.parameters)} assumptions were drawn, each alone; {kept}. Seed "
        f"{analysis.seed}. {_proof(sample)}",
        role="note",
    )


def _proof(sample: Sample) -> str:
    unproved = sample.proved.get("unproved", 0)
    if unproved:
        return (
            f"In {unproved:,} of {len(sample):,} draws it is not proved that every stable outcome "
            "was found."
        )
    return "In every draw it is proved that no stable outcome is missing."


def _believed(sample: Sample, belief: Belief) -> Iterator[Block]:
    yardstick = belief.yardstick
    yield Paragraph(
        f"{belief.by} declares that the ranges and distributions sampled are what they believe. "
        "On that declaration alone a share of the runs is read as the likelihood that an outcome "
        f"is among the stable ones, in the words of {yardstick.title}; it is not the likelihood "
        "that it happens."
    )
    shares = [
        share for share in standing_shares(sample) if share.words != UNSETTLED or share.count
    ]
    yield Bullets(tuple(_likelihood(share, belief) for share in shares))
    yield _scale(belief)
    yield Paragraph(f"{yardstick.source}. {yardstick.rules}", role="note")


def _likelihood(share: Share, belief: Belief) -> str:
    phrase = belief.yardstick.phrase(share.share)
    if share.share in (0, 1):
        return f"“{share_label(share)}”: {phrase}."
    return f"“{share_label(share)}”: {phrase} ({100 * share.share:.1f}% of the runs)."


def _scale(belief: Belief) -> Table:
    rows = [(term.phrase, term.published) for term in belief.yardstick.terms]
    return table_of(f"{belief.yardstick.title} in full", ("Term", "Range"), rows, {1})


def _drivers(findings: Findings, analysis: Analysis) -> Iterator[Block]:
    targets = _told(analysis)
    if targets and analysis.drivers is not None:
        yield Bullets(tuple(target.words for target in targets))
        first = next((target for target in targets if target.drivers), None)
        if first is not None:
            arguments = (analysis.drivers, first.id)
            yield Picture("driver_bars", arguments, tables.driver_shares(first))
    for found in analysis.conditions:
        twin = tables.condition_boxes(findings.scenario, found)
        if found.boxes:
            yield Picture("discovery_boxes", (findings.scenario, found), twin)
        else:
            yield Paragraph(found.words)


def _told(analysis: Analysis) -> list[Target]:
    """Return the kinds of outcome, those that are stable now first, or without any the payoffs."""
    if analysis.drivers is None:
        return []
    now = {
        regime.id
        for found in analysis.findings.accounts
        for regime, _ in found.outcomes
        if regime is not None
    }
    targets = analysis.drivers.targets
    regimes = sorted((t for t in targets if t.kind == "regime"), key=lambda t: t.id not in now)
    return (regimes or list(targets))[:_TARGETS]
