"""What a report of a comparison says, once for all formats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from counterplay.explain.narrate import points
from counterplay.findings import Findings
from counterplay.findings.side_by_side import Comparison
from counterplay.report import tables
from counterplay.report.blocks import Block, Bullets, Document, Paragraph, Picture, Section
from counterplay.report.comparison.inputs import differing_inputs
from counterplay.report.comparison.material import ComparedMaterial
from counterplay.report.comparison.page_one import is_long, page_one
from counterplay.report.comparison.reproduction import reproduction
from counterplay.report.comparison.titles import compared_masthead
from counterplay.report.sections.log import sign_off_section
from counterplay.report.tables.table import Table, table_of
from counterplay.sensitivity.attribution.result import Attribution, SettingChange
from counterplay.sensitivity.attribution.words import payoffs_told, quoted

_MOST_ACCOUNTS = 6
_SMALL = 0.01


def comparison_document(material: ComparedMaterial) -> Document:
    """Return the content of a report of a comparison."""
    first, *rest = _longer(material)
    sections = (*page_one(material), replace(first, new_page=True), *rest)
    return Document(compared_masthead(material), sections)


def _longer(material: ComparedMaterial) -> Iterator[Section]:
    comparison = material.comparison
    inputs = differing_inputs(comparison)
    if is_long(inputs):
        yield Section("Inputs that differ", 2, (inputs,), "inputs")
    yield Section("Payoffs", 2, (_payoffs(comparison), _scale()), "payoffs")
    for number, change in enumerate(material.changes, 1):
        yield Section(_change_title(material, change), 2, tuple(_told(change)), f"change-{number}")
    if not material.changes:
        why = Paragraph(comparison.words[-1])
        yield Section("What did it", 2, (why,), "change")
    sides = zip(comparison.settings, material.findings, strict=True)
    for number, (setting, found) in enumerate(sides, 1):
        blocks = tuple(_outcomes(found))
        yield Section(f"Under {quoted(setting.name)}", 2, blocks, f"setting-{number}")
    yield reproduction(material)
    yield sign_off_section(material.sign_off)


def _payoffs(comparison: Comparison) -> Table:
    """Return payoffs with a column for each player, or where these differ with a row for each."""
    players = {tuple(span.name for span in each.payoffs) for each in comparison.settings}
    if len(players - {()}) <= 1:
        return tables.compared_payoffs(comparison)
    rows = [
        (setting.name, span.name, points(span.least), points(span.greatest))
        for setting in comparison.settings
        for span in setting.payoffs
    ]
    columns = ("Setting", "Player", "Least", "Greatest")
    return table_of("Payoffs among the stable outcomes", columns, rows, {2, 3})


def _scale() -> Paragraph:
    return Paragraph(
        "Payoffs are each player's own and do not compare between players.", role="note"
    )


def _change_title(material: ComparedMaterial, change: SettingChange) -> str:
    if len(material.changes) == 1:
        return "What did it"
    return f"What did it: from {quoted(change.before)} to {quoted(change.after)}"


def _told(change: SettingChange) -> Iterator[Block]:
    """Yield the words of a change, its pictures, and the shares in numbers."""
    yield Bullets(change.words)
    if not change.factors:
        return
    for each in _largest(change):
        twin = tables.shares(change, each)
        yield Picture("attribution_waterfall", (change, each.of, each.kind), twin)
    if change.payoffs:
        yield tables.payoff_shares(change)
    if change.presence:
        yield tables.presence_shares(change)


def _largest(change: SettingChange) -> Iterator[Attribution]:
    """Yield of each player the change of payoff worth a picture, if there is one."""
    told = [each.attribution for each in payoffs_told(change)]
    most = max((abs(each.change) for each in told), default=0.0)
    for player in dict.fromkeys(each.of for each in told):
        largest = max((e for e in told if e.of == player), key=lambda each: abs(each.change))
        if abs(largest.change) > _SMALL * most:
            yield largest


def _outcomes(found: Findings) -> Iterator[Block]:
    yield Paragraph(f"{found.title}. {found.solution.reason}")
    for number, account in enumerate(found.accounts[:_MOST_ACCOUNTS]):
        table = tables.stances(found, number)
        title = f"Outcome {number + 1}: {account.headline}"
        yield replace(table, title=title if len(found.accounts) > 1 else account.headline)
    more = len(found.solution.equilibria) - _MOST_ACCOUNTS
    if more > 0:
        yield Paragraph(f"{more} more outcomes are in the data.", role="note")
