"""What is proved of a finding and what is not: of the model, and of the evidence."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.explain.deviation import PAYOFF_TABLE
from counterplay.findings import CarryingTerm, Findings, evidence_confidence
from counterplay.report import tables
from counterplay.report.blocks import Block, Paragraph
from counterplay.report.material import Material

RULE = (
    "Confidence in the evidence goes by one rule: the weakest status among the claims cited by "
    "the terms that carry the finding, those without which somebody would lose nothing by "
    "switching. High: all are confirmed. Moderate: reported, published work, assessment, estimate "
    "or stated intention. Low: alleged, unverified, evaded, denied, or no source."
)


def proved(material: Material) -> Iterator[Block]:
    """Yield what is proved, and how well the evidence is established."""
    yield Paragraph(model_sentences(material.findings))
    if material.findings.accounts:
        yield Paragraph(" ".join(confidence_sentences(material.findings)))


def confidence_sentences(findings: Findings) -> Iterator[str]:
    """Say how well the evidence is established, by which rule, and which term holds it down."""
    found = evidence_confidence(findings)
    if found.level is None:
        yield "Confidence in the evidence is not rated: no single term carries the finding."
        return
    disputed = sum(term.disputed for term in found.terms)
    contested = f"; {disputed} of {len(found.terms)} are disputed" if disputed else ""
    weakest = _weakest(findings, found.terms[0])
    carrying = f"Of the terms that carry it, {weakest}{contested}."
    yield f"Confidence in the evidence: {found.level}. {carrying}"


def _weakest(findings: Findings, term: CarryingTerm) -> str:
    if term.label == PAYOFF_TABLE and term.id not in {t.id for t in findings.scenario.terms}:
        return "none cites a source: the payoffs are a table of the file"
    name = findings.scenario.player(term.player).name
    return f"the weakest is “{term.label}” of {name} ({term.status})"


def model_sentences(findings: Findings) -> str:
    """Say what is proved of the list of equilibria, and how exactly each is one."""
    if not findings.solution.equilibria:
        return findings.solution.reason
    worst = max(equilibrium.regret for equilibrium in findings.solution.equilibria)
    return (
        f"{findings.solution.reason} The largest gain that anyone has from changing alone, "
        f"recomputed from the payoffs, is {tables.regret_text(worst)} (regret)."
    )
