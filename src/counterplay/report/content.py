"""What a report says, once for all formats: sections of paragraphs, lists, tables and figures.

The levels nest: `brief` is page one; `standard` adds players, the account of every equilibrium,
where the answer changes, how often it holds, what to watch, and the assumptions; `full` adds
other concepts, drivers and conditions, every deviation, constants and the evidence cited.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from counterplay.explain.narrate import points
from counterplay.findings import VERSIONED, Analysis, Findings, Level
from counterplay.report.blocks import (
    BarTable,
    Block,
    Bullets,
    Document,
    Facts,
    Masthead,
    Paragraph,
    Picture,
    Section,
)
from counterplay.report.material import Material
from counterplay.report.notes import NO_NOTES, Notes
from counterplay.report.page_one import page_one
from counterplay.report.reasons import assumption_sections
from counterplay.report.regions import region_sections
from counterplay.report.sections.blocs import bloc_flip_sentences, bloc_section
from counterplay.report.sections.concepts import concept_section
from counterplay.report.sections.futures import future_sections
from counterplay.report.sections.log import (
    appendix_sections,
    check_section,
    reproduction_section,
    sign_off_section,
)
from counterplay.report.sections.outcomes import (
    comparison_section,
    outcome_sections,
    players_section,
)
from counterplay.report.sections.register import register_sections
from counterplay.report.sections.signposts import signpost_sections
from counterplay.report.sections.tipping import tipping_sections
from counterplay.report.selection import selection_section

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

_KINDS: dict[Level, str] = {"brief": "brief", "standard": "report", "full": "full report"}


def document(
    findings: Findings,
    level: Level = "standard",
    notes: Notes = NO_NOTES,
    analysis: Analysis | None = None,
) -> Document:
    """Return the content of a report.

    Parameters
    ----------
    findings : Findings
    level : {"brief", "standard", "full"}
    notes : Notes
        What people add; checked before.
    analysis : Analysis, optional
        Of these findings.  Without one the report names each check of its level that is missing.
    """
    material = Material(findings, level, analysis, notes)
    first = list(page_one(material))
    rest = list(_longer(material)) if level != "brief" else []
    rest = [section for section in rest if section.name not in notes.without]
    if rest:
        rest[0] = replace(rest[0], new_page=True)
    return Document(masthead(findings, level), (*first, *rest))


def masthead(findings: Findings, level: Level) -> Masthead:
    """Return what a report of findings is, for its margins and the file's properties."""
    scenario = findings.scenario
    versions = findings.to_dict()["provenance"]
    listed = ", ".join(f"{name} {versions[name]}" for name in VERSIONED)
    return Masthead(
        title=scenario.title,
        marking=scenario.marking,
        question=scenario.question,
        as_of=scenario.as_of,
        kind=_KINDS[level],
        setting=_setting(findings),
        players=tuple(player.name for player in scenario.players),
        scenarios=(scenario.sha256,),
        inputs=(findings.digest,),
        solved=f"{findings.solution.method}. Solved with {listed}.",
    )


def _setting(findings: Findings) -> str:
    """Name the values at which the game was solved."""
    if findings.preset:
        return next(p.label for p in findings.scenario.presets if p.id == findings.preset)
    return f"{len(findings.moved)} values moved" if findings.moved else "default values"


def _longer(material: Material) -> Iterator[Section]:
    findings = material.findings
    yield players_section(findings)
    yield from outcome_sections(findings, material.level)
    yield from region_sections(findings)
    yield from comparison_section(findings)
    yield from selection_section(findings)
    yield from concept_section(material)
    yield from bloc_section(findings)
    yield from tipping_sections(material)
    yield from future_sections(material)
    yield from signpost_sections(material)
    if findings.caveats:
        yield Section("Caveats", 2, (Bullets(findings.caveats),), "caveats")
    tipping = material.analysis.tipping if material.analysis else None
    yield from register_sections(findings, tipping)
    yield from assumption_sections(findings, material.notes.reasons)
    if material.level == "full":
        yield from appendix_sections(findings)
    yield check_section(material)
    yield reproduction_section(material)
    yield sign_off_section(material.notes.sign_off)


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
