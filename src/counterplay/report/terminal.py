"""The account of a solution as lines for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from counterplay.explain.narrate import number_text, percent
from counterplay.findings import Findings
from counterplay.report import tables
from counterplay.report.content import margin_note
from counterplay.report.tables import Table
from counterplay.scenario.source import printable

Line = tuple[str, str]
"""A line and its style (empty, ``bold`` or ``dim``)."""


def solution_lines(findings: Findings) -> Iterator[Line]:
    """Yield what `counterplay solve` prints."""
    for text, style in _lines(findings):
        yield printable(text), style


def _lines(findings: Findings) -> Iterator[Line]:
    scenario = findings.scenario
    yield scenario.title, "bold"
    about = [
        part for part in (scenario.marking, scenario.as_of and f"as of {scenario.as_of}") if part
    ]
    if about:
        yield " · ".join(about), "dim"
    for name, value in findings.moved.items():
        yield f"{name} = {value!r} (default {scenario.full_values()[name]!r})", ""
    yield "", ""
    yield findings.title, "bold"
    yield findings.solution.reason, ""
    for k in range(len(findings.accounts)):
        yield "", ""
        yield from _outcome(findings, k)
    yield from _regions(findings)
    if findings.comparison.words:
        yield "", ""
        for sentence in findings.comparison.words:
            yield sentence, ""
    yield from _selection(findings)
    yield "", ""
    yield "Caveats", "bold"
    for caveat in findings.caveats:
        yield f"- {caveat}", ""
    yield "", ""
    yield f"Scenario {scenario.sha256}, inputs {findings.digest}", "dim"


def _regions(findings: Findings) -> Iterator[Line]:
    for k, region in enumerate(findings.solution.regions[: tables.REGIONS_SHOWN]):
        table = tables.region_table(findings, k)
        yield "", ""
        yield f"{table.title} of outcomes, between these limits", "bold"
        for line in _aligned(table):
            yield f"  {line}", ""
        for words in tables.region_words(findings, region):
            yield f"- {words}", ""


def _selection(findings: Findings) -> Iterator[Line]:
    if findings.selection is None:
        return
    yield "", ""
    yield "What sets the outcomes apart", "bold"
    for line in _aligned(tables.selection(findings.selection)):
        yield f"  {line}", ""
    yield tables.selection_starts(findings.selection), "dim"


def _outcome(findings: Findings, k: int) -> Iterator[Line]:
    found = findings.accounts[k]
    yield f"Outcome {k + 1}{tables.set_note(findings, k)}: {found.headline}", "bold"
    if findings.scenario.regimes:
        named = [f"{r.label if r else 'other'} {percent(share)}" for r, share in found.outcomes]
        yield f"Kind: {', '.join(named)}", ""
    for line in _aligned(tables.stances(findings, k)):
        yield f"  {line}", ""
    for sentence in found.sentences:
        yield f"- {sentence}", ""
    note = margin_note(findings, k)
    if note:
        yield note, ""
    labels = {parameter.id: parameter.label for parameter in findings.scenario.parameters}
    for point in findings.breaks[k][:3]:
        yield (
            f"Breaks if “{labels[point.parameter]}” ({point.parameter}) goes {point.side} "
            f"{number_text(point.value)} (now {number_text(findings.values[point.parameter])})",
            "",
        )
    regret = tables.regret_text(found.equilibrium.regret)
    kind = "strict" if found.equilibrium.strict else "not strict"
    index = tables.index_text(found.equilibrium.index)
    yield (
        f"Verified: largest gain from changing alone {regret} (regret); {kind}; index {index}",
        "dim",
    )


def _aligned(table: Table) -> Iterator[str]:
    rows = [table.columns, *table.rows]
    widths = [max(_width(row[c]) for row in rows) for c in range(len(table.columns))]
    for row in rows:
        cells = []
        for cell, width, right in zip(row, widths, table.numeric, strict=True):
            space = " " * (width - _width(cell))
            cells.append(space + cell if right else cell + space)
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
