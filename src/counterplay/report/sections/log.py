"""How everything was checked, what is missing, how to do it again, and who signs."""

from __future__ import annotations

import math
from collections.abc import Iterator

from counterplay.concepts import prompt_work
from counterplay.findings import REQUIRED, VERSIONED, Analysis, Findings
from counterplay.numeric import REGRET_TOLERANCE
from counterplay.report import tables
from counterplay.report.blocks import Block, Bullets, Paragraph, Section
from counterplay.report.material import Material
from counterplay.report.notes import OPTIONAL_SECTIONS, ROLES, SignOff
from counterplay.report.proof import RULE
from counterplay.report.tables.table import Table, table_of

_COMPLETENESS = {
    "proved": "proved: no equilibrium is missing",
    "continuum": "proved: no equilibrium lies outside the sets listed",
    "unproved": "not proved: the search ended before all cases were examined",
}


def appendix_sections(findings: Findings) -> Iterator[Section]:
    """Yield constants and the evidence used, disputed claims marked."""
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
    if not cited:
        return
    records = [record for record in findings.scenario.evidence if record.id in cited]
    disputed = [record.id for record in records if record.disputed_by]
    blocks: list[Block] = [tables.evidence(findings, cited)]
    if disputed:
        verb = "is" if len(disputed) == 1 else "are"
        words = f"{len(disputed)} of {len(records)} claims {verb} disputed: {', '.join(disputed)}."
        blocks.insert(0, Paragraph(words))
    yield Section("Evidence", 2, tuple(blocks), "evidence")


def check_section(material: Material) -> Section:
    """Return which checks the level requires, and of each whether it was made."""
    lines = [*missing_sentences(material), *_impossible(material), *_made(material)]
    if material.notes.without:
        named = "; ".join(f"“{OPTIONAL_SECTIONS[name]}”" for name in material.notes.without)
        lines.append(f"Left out of this document on request: {named}. Its data hold everything.")
    blocks = (Bullets(tuple(lines)), Paragraph(RULE, role="note"))
    return Section(f"Checks of a {material.level} report", 2, blocks, "checks")


def missing_sentences(material: Material) -> tuple[str, ...]:
    """Return a sentence for each check that the level requires and nobody made."""
    return tuple(f"The {check.title} of this level was not made." for check in material.missing)


def _impossible(material: Material) -> Iterator[str]:
    refused = material.analysis.not_possible if material.analysis else {}
    for check in REQUIRED[material.level]:
        if check.id in refused:
            yield f"The {check.title} cannot be made here: {refused[check.id].rstrip('.')}."


def _made(material: Material) -> Iterator[str]:
    analysis = material.analysis
    if analysis is None:
        return
    absent = {check.id for check in material.missing} | {*analysis.not_possible}
    for check in REQUIRED[material.level]:
        if check.id not in absent:
            yield f"The {check.title} was made: {_extent(analysis, check.id)}."


def _extent(analysis: Analysis, check: str) -> str:
    table, found = analysis.tipping, analysis.phase_map
    if check == "tipping" and table is not None:
        return f"{len(table.moved)} assumptions moved, {table.solves:,} settings solved"
    if check == "phase_map" and found is not None:
        return f"{found.index.size:,} cells solved"
    if check == "nearest":
        return f"{len(analysis.nearest)} of the settled outcomes"
    if check == "concepts":
        return "dominance, quantal response, correlated equilibrium and commitment"
    if check == "drivers" and analysis.drivers is not None:
        return f"{analysis.drivers.evaluations:,} settings, seed {analysis.seed}"
    return f"{analysis.draws:,} draws, seed {analysis.seed}"


def reproduction_section(material: Material) -> Section:
    """Return the verification log, and the commands that give the same result."""
    findings = material.findings
    versions = findings.to_dict()["provenance"]
    listed = ", ".join(f"{name} {versions[name]}" for name in VERSIONED)
    model = f"MODEL being the scenario's file, or {findings.scenario.id} if that is shipped"
    blocks: tuple[Block, ...] = (
        tables.verification(findings),
        _log(material),
        *_second_opinion(findings),
        Paragraph(
            f"Method: {findings.solution.method}. Solved with {listed}. The JSON report holds the "
            "whole scenario; counterplay verify recomputes it and compares every number. That "
            "detects accidents and partial edits; it is not a signature."
        ),
        Paragraph(f"The same result from the terminal, {model}: {_command(material)}"),
    )
    return Section("Verification and how to reproduce", 2, blocks, "verification")


def _log(material: Material) -> Table:
    findings = material.findings
    rows = [
        (
            "Largest regret allowed",
            f"10^−{round(-math.log10(REGRET_TOLERANCE))} of a player's payoff range",
        ),
        ("List of equilibria", _COMPLETENESS[findings.solution.completeness]),
        ("Limit of work", f"{prompt_work(findings.game):,} cells"),
        ("Limits hit", "; ".join(_limits(material)) or "none"),
    ]
    if material.analysis is not None:
        rows.append(("Draws and seed", f"{material.analysis.draws:,}, {material.analysis.seed}"))
    return table_of("Verification log", ("What", "Result"), rows, ())


def _limits(material: Material) -> Iterator[str]:
    if material.findings.solution.completeness == "unproved":
        yield "at the present values"
    analysis = material.analysis
    if analysis is None:
        return
    if analysis.tipping is not None and analysis.tipping.unproved:
        yield f"at {analysis.tipping.unproved:,} settings of the search for tipping points"
    if analysis.phase_map is not None and analysis.phase_map.unproved:
        yield f"in {analysis.phase_map.unproved:,} cells of the phase map"
    if analysis.sample is not None and analysis.sample.proved.get("unproved"):
        yield f"in {analysis.sample.proved['unproved']:,} draws of the uncertainty run"
    if analysis.robust is not None and analysis.robust.unproved:
        yield f"in {analysis.robust.unproved:,} futures of the comparison of options"


def _command(material: Material) -> str:
    moved = material.findings.moved.items()
    settings = "".join(f" --set {name}={value!r}" for name, value in moved)
    if material.analysis is None:
        return f"counterplay solve MODEL{settings}"
    return (
        f"counterplay report MODEL{settings} --level {material.analysis.level} --draws "
        f"{material.analysis.draws} --seed {material.analysis.seed} --out FILE"
    )


def _second_opinion(findings: Findings) -> Iterator[Block]:
    if findings.second_opinion:
        yield Paragraph(
            "A second opinion: nashpy, a program by other authors, proposes vertices of the "
            "best-reply polytopes; each that is an equilibrium in exact arithmetic is among those "
            "listed."
        )
    elif findings.second_opinion is False:
        yield Paragraph("A second opinion differs: nashpy finds an equilibrium not listed here.")


def sign_off_section(sign_off: SignOff) -> Section:
    """Return the block that commissioner, analyst and assurer sign."""
    named = sign_off.named()
    rows = [(role.capitalize(), named.get(role, "not named"), "", "") for role in ROLES]
    table = table_of("Sign-off", ("Role", "Name", "Date", "Signature"), rows, ())
    note = Paragraph(
        "The commissioner confirms that this answers the question asked, the analyst that it was "
        "made as described, the assurer, who is not the analyst, that it was checked.",
        role="note",
    )
    return Section("Sign-off", 2, (table, note), "sign-off")
