"""Other solution concepts beside Nash, where they say something else."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.concepts import Commitment
from counterplay.explain.narrate import in_words
from counterplay.findings import Findings
from counterplay.findings.other_concepts import OtherConcepts
from counterplay.report import tables
from counterplay.report.blocks import Block, Bullets, Paragraph, Section
from counterplay.report.material import Material

_NO_GAIN = 1e-6
"""Of a player's payoff range; less is rounding."""

_STEPS = 4


def concept_section(material: Material) -> Iterator[Section]:
    """Yield what other concepts say, if an analysis asked them."""
    concepts = material.analysis.concepts if material.analysis else None
    if concepts is None or not material.requires("concepts"):
        return
    findings = material.findings
    told = {
        "dominance": tuple(_dominance(findings, concepts)),
        "quantal response": tuple(_quantal(findings, concepts)),
        "correlated equilibrium": tuple(_advice(findings, concepts)),
        "commitment": tuple(_commitments(findings, concepts)),
    }
    lines = tuple(line for part in told.values() for line in part)
    silent = [name for name, part in told.items() if not part]
    blocks: list[Block] = [
        Paragraph(
            "The outcomes listed are Nash equilibria: nobody gains by changing alone. Other "
            "concepts put other questions to the same payoffs."
        )
    ]
    blocks += [Bullets(lines)] if lines else []
    if silent:
        verb = "says" if len(silent) == 1 else "say"
        words = f"{in_words(silent)} {verb} nothing else than the outcomes listed."
        blocks.append(Paragraph(f"{words[0].upper()}{words[1:]}", role="note"))
    if told["commitment"]:
        blocks.append(tables.commitments(findings, concepts.commitments))
    if told["correlated equilibrium"]:
        aim = "best for whoever is worst off"
        blocks.append(tables.advice(findings, [(aim, concepts.advice)]))
    yield Section("Other solution concepts", 2, tuple(blocks), "concepts")


def _dominance(findings: Findings, concepts: OtherConcepts) -> Iterator[str]:
    steps = concepts.dominance.words(findings.game)
    for step in steps[:_STEPS]:
        yield f"Dominance: {step}"
    if len(steps) > _STEPS:
        yield f"Dominance removes {len(steps) - _STEPS} more options."


def _quantal(findings: Findings, concepts: OtherConcepts) -> Iterator[str]:
    start = "Quantal response: as players make ever fewer mistakes, play tends"
    if concepts.quantal_limit is None:
        yield "Quantal response: where play tends as mistakes become rare was not determined."
    elif concepts.quantal_listed is None:
        yield f"{start} to an outcome that is not listed."
    elif len(findings.solution.equilibria) > 1:
        yield f"{start} to outcome {concepts.quantal_listed + 1}."


def _advice(findings: Findings, concepts: OtherConcepts) -> Iterator[str]:
    listed = findings.solution.equilibria
    if not listed:
        return
    better = any(
        float(paid) > max(float(one.payoffs[k]) for one in listed) + _NO_GAIN * float(span)
        for k, (paid, span) in enumerate(
            zip(concepts.advice.payoffs, findings.game.ranges, strict=True)
        )
    )
    if better:
        yield tables.advice_words(findings, concepts.advice)


def _commitments(findings: Findings, concepts: OtherConcepts) -> Iterator[str]:
    for one, span in zip(concepts.commitments, findings.game.ranges, strict=True):
        if _gains(one, float(span)):
            yield tables.commitment_words(findings, one)


def _gains(one: Commitment, span: float) -> bool:
    """Say whether binding oneself first pays more than every equilibrium; nan never does."""
    return one.value > one.nash.greatest + _NO_GAIN * span
