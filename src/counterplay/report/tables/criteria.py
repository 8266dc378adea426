"""What each criterion of selection says of each outcome."""

from __future__ import annotations

import math

from counterplay.concepts.selection.table import Cell, SelectionTable
from counterplay.explain.narrate import percent
from counterplay.report.tables.table import Table, table_of


def selection(table: SelectionTable) -> Table:
    """Return what each criterion of selection says of each outcome; a dash where it says nothing.

    Criteria that say nothing of any outcome are left out.
    """
    rows = [
        (column.title, *map(_cell, table.cells(column.id)))
        for column in table.columns
        if any(cell is not None for cell in table.cells(column.id))
    ]
    columns = ("Criterion", *(f"Outcome {number}" for number in range(1, len(table.rows) + 1)))
    return table_of("Criteria of selection", columns, rows, ())


def selection_starts(table: SelectionTable) -> str:
    """Say how many starts the shares are of, how many ended elsewhere, and what they are not."""
    processes = {"best_reply_share": "best replies", "replicator_share": "imitation"}
    counted = [
        f"{column.starts:,} for {processes[column.id]} ({column.none.count:,} ended in no outcome "
        "listed)"
        for column in table.columns
        if column.none is not None
    ]
    return f"Random starts: {', '.join(counted)}; seed {table.seed}. {table.note}"


def _cell(cell: Cell) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return percent(cell)
    low, high = cell.interval
    return f"{percent(cell.value)} ({math.floor(100 * low)}–{math.ceil(100 * high)}%)"
