"""A table of payoffs from a spreadsheet as a scenario with payoff tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from pathlib import PurePath

from counterplay.files import unreadable
from counterplay.games.nfg_note import Names, derived_ids
from counterplay.games.nfg_text import plain_number
from counterplay.scenario.editing.draft import Draft
from counterplay.scenario.editing.opening import checked_bytes, draft_of_data, file_name
from counterplay.scenario.editing.payoff_cells import PayoffCells, read_payoff_table
from counterplay.scenario.source import MAX_BYTES


def draft_of_payoff_table(table: bytes | str, file: str = "payoffs.csv") -> Draft:
    r"""Return a scenario with the payoffs of a table, such as `payoff_table` writes.

    Parameters
    ----------
    table : bytes or str
        A file (UTF-8) or text pasted from a spreadsheet, with commas, semicolons or tabs; or an
        Excel workbook, of which the first sheet is read. The
        first row names the players, then ``payoff_`` and each player again, in any order; every
        other row has an option for each player and a payoff for each. Rows may stand in any
        order; options keep the order in which they first appear. Names that cannot be ids become
        labels.
    file : str
        How faults name it; its stem becomes the id of the scenario.

    Returns
    -------
    Draft
        In the format of scenario files.

    Raises
    ------
    ScenarioError
        If it is no such table; every fault is told with its row and column.
    EditError
        If this is neither bytes nor text.
    MissingExtraError
        If it is a workbook, and the package that reads them is not installed.

    Examples
    --------
    >>> draft = draft_of_payoff_table("a,b,payoff_a,payoff_b\nup,left,1,1/3\nup,right,0,2")
    >>> draft.scenario.payoffs["b"]
    (('1/3', 2),)
    """
    raw = table.encode("utf-8", "replace") if isinstance(table, str) else checked_bytes(table)
    given = read_payoff_table(raw, file_name(file, "payoffs.csv"))
    draft = draft_of_data(_data(given), f"{PurePath(given.file).stem}.yaml")
    if len(draft.text.encode()) > MAX_BYTES:
        message = f"as a scenario this is larger than {MAX_BYTES} bytes; use fewer options"
        raise unreadable(given.file, 1, message)
    return draft


def _data(table: PayoffCells) -> dict[str, object]:
    stem = re.sub(r"[^a-z0-9]+", "-", PurePath(table.file).stem.lower()).strip("-")[:60] or "game"
    players, options = _ids(table)
    cells = {table.profile(row): row for _, row in table.rows}
    return {
        "format": 1,
        "id": stem,
        "title": stem,
        "players": [
            {
                "id": player,
                "label": label,
                "options": [
                    {"id": option, "label": words}
                    for option, words in zip(row, names, strict=True)
                ],
            }
            for player, label, row, names in zip(
                players, table.players, options, table.options, strict=True
            )
        ],
        "payoffs": {
            player: _nested(table, cells, column, ())
            for player, column in zip(players, table.where, strict=True)
        },
    }


def _ids(table: PayoffCells) -> Names:
    """Return the names where they can be ids, else ids derived from them."""
    rows = [table.players, *table.options]
    usable = all(re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name) for row in rows for name in row)
    names = tuple(table.players), tuple(map(tuple, table.options))
    return names if usable and "world" not in table.players else derived_ids(names)


def _nested(
    table: PayoffCells,
    cells: Mapping[tuple[str, ...], list[str]],
    column: int,
    chosen: tuple[str, ...],
) -> object:
    if len(chosen) == len(table.options):
        number = plain_number(cells[chosen][column])
        return cells[chosen][column] if isinstance(number, Fraction) else number
    options = table.options[len(chosen)]
    return [_nested(table, cells, column, (*chosen, option)) for option in options]
