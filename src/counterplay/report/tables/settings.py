"""Settings side by side: what differs, what is stable, and the share of each difference."""

from __future__ import annotations

from collections.abc import Sequence

from counterplay.explain.narrate import number_text, points, signed
from counterplay.findings.side_by_side import Comparison
from counterplay.report.tables.table import Table, table_of
from counterplay.sensitivity.attribution.result import (
    Attribution,
    SettingChange,
    SettingsComparison,
)
from counterplay.sensitivity.attribution.words import payoffs_told

_PROVED = {
    "proved": "complete list",
    "continuum": "complete, with connected sets",
    "unproved": "there may be more",
}


def compared_inputs(comparison: SettingsComparison) -> Table:
    """Return every input that differs in some setting, with its value in each."""
    differing = {each.id: each for change in comparison.changes for each in change.inputs}
    rows = [
        (
            differing[name].label,
            name,
            *(number_text(setting.values[name]) for setting in comparison.settings),
        )
        for name in comparison.settings[0].values
        if name in differing
    ]
    columns = ("Input", "Id", *_names(comparison))
    return table_of("What differs", columns, rows, range(2, len(columns)))


def compared_outcomes(comparison: Comparison) -> Table:
    """Return what is stable under each setting, and what is proved of it."""
    rows = [
        (setting.name, setting.words, _PROVED[setting.completeness])
        for setting in comparison.settings
    ]
    return table_of("What is stable", ("Setting", "Stable outcomes", "Checked"), rows, ())


def compared_payoffs(comparison: Comparison) -> Table:
    """Return every player's payoffs under each setting: the least and the greatest, or one."""
    names = [span.name for span in max((s.payoffs for s in comparison.settings), key=len)]
    rows = [
        (
            setting.name,
            *(_span(points(span.least), points(span.greatest)) for span in setting.payoffs),
            *("–" for _ in names[len(setting.payoffs) :]),
        )
        for setting in comparison.settings
    ]
    title = "Payoffs among the stable outcomes, each on the player's own scale"
    columns = ("Setting", *names)
    return table_of(title, columns, rows, range(1, len(columns)))


def payoff_shares(change: SettingChange) -> Table:
    """Return each factor's share of each change of a payoff, and the whole changes."""
    told = payoffs_told(change)
    shared = [each.attribution for each in told]
    columns = [
        f"{each.label}, {one.measure}{f' ({each.kind} in between)' if one.note else ''}"
        for one, each in zip(told, shared, strict=True)
    ]
    return _shares("Shares of the changes of payoffs", change, shared, columns)


def presence_shares(change: SettingChange) -> Table:
    """Return each factor's share of what becomes possible (+1) and of what no longer is (−1)."""
    columns = [each.label for each in change.presence]
    title = "Shares of what becomes possible (+1.00) or no longer is (−1.00)"
    return _shares(title, change, change.presence, columns)


def shares(change: SettingChange, attribution: Attribution) -> Table:
    """Return the shares of one change, largest first, with what moved and what it rests on."""
    order = sorted(
        zip(change.factors, attribution.parts, strict=True), key=lambda pair: -abs(pair[1])
    )
    rows = []
    for factor, part in order:
        moved = change.moves(factor)
        only = moved[0] if len(moved) == 1 else None
        cited = dict.fromkeys(record for each in moved for record in each.evidence)
        rows.append(
            (
                factor.label,
                number_text(only.before) if only else "several",
                number_text(only.after) if only else "several",
                signed(part),
                ", ".join(cited) or "no source",
            )
        )
    rows.append(("Whole change", "", "", signed(attribution.change), ""))
    title = f"{attribution.label}: what each input did"
    return table_of(title, ("Input", "From", "To", "Share", "Evidence"), rows, {1, 2, 3})


def _shares(
    title: str, change: SettingChange, shared: Sequence[Attribution], names: Sequence[str]
) -> Table:
    rows = [
        (factor.label, *(signed(each.parts[place]) for each in shared))
        for place, factor in enumerate(change.factors)
    ]
    rows.append(("Whole change", *(signed(each.change) for each in shared)))
    columns = ("Input", *names)
    return table_of(title, columns, rows, range(1, len(columns)))


def _names(comparison: SettingsComparison) -> tuple[str, ...]:
    return tuple(setting.name for setting in comparison.settings)


def _span(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"
