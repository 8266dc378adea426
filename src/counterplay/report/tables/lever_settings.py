"""Settings of a player's levers, each with every option, across the same futures."""

from __future__ import annotations

from counterplay.explain.narrate import number_text, percent, points
from counterplay.report.tables.table import Table, table_of
from counterplay.scenario import Scenario
from counterplay.sensitivity.robust.results import RobustLevers


def lever_settings(scenario: Scenario, found: RobustLevers) -> Table:
    """Return one row for each setting with each option, where the others answer as is worst.

    The rows that pay most on average come first.

    Parameters
    ----------
    scenario : Scenario
    found : RobustLevers
        Of this scenario.
    """
    labels = {parameter.id: parameter.label for parameter in scenario.parameters}
    ordered = sorted(found.rows, key=lambda row: -row.worst_case.expected)
    rows = [
        (
            *(number_text(row.setting[name]) for name in found.levers),
            row.label,
            points(row.worst_case.expected),
            points(row.worst_case.least),
            points(row.worst_case.greatest_regret),
            percent(row.worst_case.good_enough),
        )
        for row in ordered
    ]
    columns = (
        *(labels[name] for name in found.levers),
        "Option", "Average", "Worst future", "Greatest regret", "Good enough",
    )  # fmt: skip
    levers = len(found.levers)
    title = f"{found.label}'s levers across {found.draws:,} futures; the others answer as is worst"
    right = (*range(levers), *range(levers + 1, len(columns)))
    return table_of(title, columns, rows, right)
