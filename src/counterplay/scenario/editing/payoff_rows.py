"""The payoff tables of a draft as rows for a data editor, one a profile, and edited rows back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from math import prod

from counterplay.errors import EditError
from counterplay.games.payoff_table import PREFIX
from counterplay.scenario.editing.cells import cell_text, cell_value, given_text
from counterplay.scenario.editing.draft import Draft
from counterplay.scenario.editing.edits import checked_draft
from counterplay.scenario.editing.ordering import shape_of
from counterplay.scenario.editing.plain_data import data_at
from counterplay.scenario.editing.surgery import DROPPED
from counterplay.scenario.rules.reading import mapped, players_options
from counterplay.scenario.rules.sizes import MAX_PROFILES
from counterplay.scenario.source import Place

Row = dict[str, str]


def payoff_rows(draft: Draft) -> list[Row]:
    """Return the payoff tables of a draft as rows.

    Parameters
    ----------
    draft : Draft
        With players and options that can be read; it may have no tables yet.

    Returns
    -------
    list of dict from str to str
        One row a profile: an option id under each player's id, and under ``payoff_`` and the
        player's id a number or a formula, empty where none is given.

    Raises
    ------
    EditError
        If the text cannot be read, or there are more than 65,536 profiles.
    """
    held = checked_draft(draft)
    known = _players(held)
    tables = mapped(held.data.get("payoffs"))
    rows = []
    for place in product(*(range(len(options)) for options in known.values())):
        row = {
            player: options[k] for (player, options), k in zip(known.items(), place, strict=True)
        }
        for player in known:
            row[PREFIX + player] = cell_text(data_at(tables.get(player), place))
        rows.append(row)
    return rows


def with_payoff_rows(draft: Draft, rows: Iterable[Mapping[str, object]]) -> Draft:
    """Return a draft with payoff tables as their rows were edited.

    Parameters
    ----------
    draft : Draft
        The one that `payoff_rows` gave the rows of.
    rows : iterable of mapping
        In any order. A profile that is not among them keeps its payoffs.

    Returns
    -------
    Draft
        Where tables have the players' shape, only cells that differ are changed; else they are
        written anew, and cells without a payoff are faults.

    Raises
    ------
    EditError
        If a row names no profile, or the text cannot be read.
    """
    held = checked_draft(draft)
    known = _players(held)
    shape = [len(options) for options in known.values()]
    tables = mapped(held.data.get("payoffs"))
    cells = _cells(known, rows)
    changes: dict[Place, object] = {}
    for player in known:
        old = tables.get(player)
        new = {
            place: row[PREFIX + player] for place, row in cells.items() if PREFIX + player in row
        }
        if shape_of(old) == shape:
            for place, cell in new.items():
                if given_text(cell) != cell_text(data_at(old, place)):
                    changes["payoffs", player, *place] = _payoff(cell)
        elif old is not None or any(given_text(cell).strip() for cell in new.values()):
            changes["payoffs", player] = _nested(old, new, shape, ())
    if changes and not isinstance(held.data.get("payoffs"), dict):
        return held.changed(
            {("payoffs",): {str(place[1]): part for place, part in changes.items()}}
        )
    return held.changed(changes) if changes else held


def _players(draft: Draft) -> dict[str, list[str]]:
    known = players_options(draft.tree.source)
    if prod(map(len, known.values())) > MAX_PROFILES:
        raise EditError("players", f"more than {MAX_PROFILES} profiles; remove options")
    return known


def _cells(
    known: Mapping[str, list[str]], rows: object
) -> dict[tuple[int, ...], Mapping[str, object]]:
    if not isinstance(rows, (list, tuple)) or not all(isinstance(row, Mapping) for row in rows):
        raise EditError("rows", f"this is a {type(rows).__name__}; give a list of mappings")
    cells: dict[tuple[int, ...], Mapping[str, object]] = {}
    for number, row in enumerate(rows, 1):
        names = [given_text(row.get(player)) for player in known]
        fits = all(name in options for name, options in zip(names, known.values(), strict=True))
        if not fits:
            message = f"row {number}: {'/'.join(names)[:60]!r} is no profile of {'/'.join(known)}"
            raise EditError("payoffs", message)
        place = tuple(o.index(name) for name, o in zip(names, known.values(), strict=True))
        if place in cells:
            raise EditError("payoffs", f"row {number}: this profile is given twice; keep one")
        cells[place] = row
    return cells


def _nested(
    old: object, new: Mapping[tuple[int, ...], object], shape: list[int], place: tuple[int, ...]
) -> object:
    if len(place) == len(shape):
        return _payoff(new[place] if place in new else cell_text(data_at(old, place)))
    return [_nested(old, new, shape, (*place, k)) for k in range(shape[len(place)])]


def _payoff(cell: object) -> object:
    value = cell_value("formula", cell)
    return "" if value is DROPPED else value
