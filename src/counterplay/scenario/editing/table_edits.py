"""Edited rows of a table as the least set of edits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from counterplay.errors import EditError
from counterplay.scenario.editing.cells import cell_text, cell_value, given_text
from counterplay.scenario.editing.draft import Draft
from counterplay.scenario.editing.edits import checked_draft
from counterplay.scenario.editing.entries import refuse_if_mentioned
from counterplay.scenario.editing.fields import SECTIONS, kind_of, place_of
from counterplay.scenario.editing.ordering import reordered
from counterplay.scenario.editing.plain_data import data_at
from counterplay.scenario.editing.renaming import rename_id
from counterplay.scenario.editing.starters import starter
from counterplay.scenario.editing.surgery import DROPPED
from counterplay.scenario.editing.tables import (
    OWNER,
    PLACE,
    entries_of,
    entry_columns,
    lists_of,
    player_at,
)
from counterplay.scenario.source import Place

Given = list[tuple[Place | None, Mapping[str, object]]]
"""Rows as they were edited, each with the place of its entry or None where it is new."""


def with_entry_rows(draft: Draft, section: str, rows: Iterable[Mapping[str, object]]) -> Draft:
    """Return a draft with a section's table as it was edited, by the least set of edits.

    Parameters
    ----------
    draft : Draft
        The one that `entry_rows` gave the rows of.
    section : str
        As in `entry_columns`.
    rows : iterable of mapping
        Rows that are gone are removed, rows without a ``place`` are added, and the order of the
        rows is the order of the entries. A changed id is renamed wherever it is named. Columns
        that a row does not have stay as they are. None and NaN count as empty.

    Returns
    -------
    Draft
        The same text where nothing was changed.

    Raises
    ------
    EditError
        If a row that others name is gone, an id cannot be used, there is no such table, or the
        text cannot be read.
    """
    held = checked_draft(draft)
    named = entry_columns(section)[1:]
    given = _placed(held, section, _as_rows(rows))
    stay = {place for place, _ in given}
    refuse_if_mentioned(held, [p for p, _ in entries_of(held, section) if p not in stay])
    changes, renames = _cells_changed(held, section, named, given)
    for place, new in renames.items():
        held = rename_id(held, place, new)
    held = held.changed(changes) if changes else held
    for place, order in _orders(held, section, given).items():
        held = reordered(held, place, order)
    return held


def _as_rows(rows: object) -> list[Mapping[str, object]]:
    if isinstance(rows, (list, tuple)) and all(isinstance(row, Mapping) for row in rows):
        return list(rows)
    raise EditError("rows", f"this is a {type(rows).__name__}; give a list of mappings")


def _placed(draft: Draft, section: str, rows: list[Mapping[str, object]]) -> Given:
    """Return the rows that say anything; an entry's row given twice is new the second time."""
    left = {place for place, _ in entries_of(draft, section)}
    given: Given = []
    for row in rows:
        text = given_text(row.get(PLACE)).strip()
        place = place_of(draft.data, text) if text else None
        if place is not None and place[:-1] not in lists_of(draft, section):
            raise EditError(text[:60], f"no entry of the table of {section}")
        if place not in left or not _stays(draft, section, place, row):
            place = None
        left.discard(place or ())
        if place or any(given_text(cell).strip() for name, cell in row.items() if name != PLACE):
            given.append((place, row))
    return given


def _stays(draft: Draft, section: str, place: Place | None, row: Mapping[str, object]) -> bool:
    """Say whether an option stays with its player."""
    if section != "options" or place is None or OWNER not in row:
        return True
    return given_text(row[OWNER]).strip() == player_at(draft, int(place[1]))


def _cells_changed(
    draft: Draft, section: str, named: tuple[str, ...], given: Given
) -> tuple[dict[Place, object], dict[Place, str]]:
    """Return the fields that differ from the draft's own table, and the ids to be renamed."""
    entries = dict(entries_of(draft, section))
    changes: dict[Place, object] = {}
    renames: dict[Place, str] = {}
    for place, row in given:
        if place is None:
            continue
        old = entries[place]
        new = {
            name: _value(section, name, row[name])
            for name in named
            if name in row and name in SECTIONS[section].model_fields
            and given_text(row[name]) != cell_text(old.get(name))
        }  # fmt: skip
        if isinstance(new.get("id"), str) and isinstance(old.get("id"), str):
            renames[place] = str(new.pop("id"))
        if new and not isinstance(data_at(draft.data, place), dict):
            changes[place] = _bare({**old, **new})
        else:
            changes |= {(*place, name): value for name, value in new.items()}
    return changes, renames


def _bare(entry: Mapping[str, object]) -> object:
    """Return an entry that was no mapping: a caveat that is only text stays one."""
    left = {name: value for name, value in entry.items() if value is not DROPPED}
    return left["text"] if left.keys() == {"text"} else left


def _value(section: str, name: str, cell: object) -> object:
    return cell_value(kind_of(SECTIONS[section].model_fields[name].annotation), cell)


def _orders(draft: Draft, section: str, given: Given) -> dict[Place, list[object]]:
    """Return, for each list of the section, what it is to hold in which order."""
    orders: dict[Place, list[object]] = {place: [] for place in lists_of(draft, section)}
    for place, row in given:
        if place is not None:
            orders[place[:-1]].append(place[-1])
            continue
        goes = _list_for(draft, section, row)
        new = [part for part in orders[goes] if not isinstance(part, int)]
        orders[goes].append(_entry(draft, section, goes, new, row))
    return orders


def _entry(
    draft: Draft, section: str, place: Place, beside: list[object], row: Mapping[str, object]
) -> dict[str, object]:
    """Return a new row as an entry, whose id is none of those `beside` it."""
    fields = SECTIONS[section].model_fields
    cells = {name: _value(section, name, cell) for name, cell in row.items() if name in fields}
    given = {name: value for name, value in cells.items() if value is not DROPPED}
    new = starter(draft.data, place, given, beside)
    return {name: new[name] for name in [*fields, *new] if name in new}


def _list_for(draft: Draft, section: str, row: Mapping[str, object]) -> Place:
    lists = lists_of(draft, section)
    if section != "options":
        return lists[0]
    owner = given_text(row.get(OWNER)).strip()
    names = [player_at(draft, number) for number in range(len(lists))]
    if owner not in names:
        known = ", ".join(names) or "none"
        raise EditError("options", f"a new option needs its player; the players are {known}")
    return lists[names.index(owner)]
