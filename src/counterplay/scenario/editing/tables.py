"""Sections of a file as rows of text for a data editor; `table_edits` takes them back."""

from __future__ import annotations

from collections.abc import Mapping

from counterplay.errors import EditError
from counterplay.scenario.editing.cells import cell_text
from counterplay.scenario.editing.draft import Draft
from counterplay.scenario.editing.edits import checked_draft
from counterplay.scenario.editing.fields import SECTIONS
from counterplay.scenario.editing.plain_data import data_at
from counterplay.scenario.source import Place, field_name

Row = dict[str, str]

PLACE = "place"
"""Column that says which entry a row is; empty for a row that is new."""

OWNER = "player"
"""Column of the table of options that says whose option it is."""


def entry_columns(section: str) -> tuple[str, ...]:
    """Return the columns of a section's table.

    Parameters
    ----------
    section : str
        ``players``, ``options`` (of all players), ``parameters``, ``constants``, ``derived``,
        ``terms``, ``regimes``, ``presets``, ``caveats`` or ``evidence``.

    Returns
    -------
    tuple of str
        ``place`` first, which is to be hidden and kept, then the fields.

    Raises
    ------
    EditError
        If there is no such table.

    Examples
    --------
    >>> entry_columns("options")
    ('place', 'player', 'id', 'label', 'clause', 'description')
    """
    if str(section) not in SECTIONS:
        raise EditError(str(section)[:60], f"no such table; there are {', '.join(SECTIONS)}")
    section = str(section)
    fields = tuple(name for name in SECTIONS[section].model_fields if name != "options")
    return (PLACE, OWNER, *fields) if section == "options" else (PLACE, *fields)


def entry_rows(draft: Draft, section: str) -> list[Row]:
    """Return the entries of a section as rows of text.

    Parameters
    ----------
    draft : Draft
    section : str
        As in `entry_columns`.

    Returns
    -------
    list of dict from str to str
        One row an entry, in the order of the file; a field that is not given is empty.

    Raises
    ------
    EditError
        If there is no such table, or the text cannot be read.
    """
    held = checked_draft(draft)
    named = entry_columns(section)
    rows = []
    for place, entry in entries_of(held, section):
        row = {name: cell_text(entry.get(name)) for name in named}
        row[PLACE] = field_name(place)
        if section == "options":
            row[OWNER] = player_at(held, int(place[1]))
        rows.append(row)
    return rows


def entries_of(draft: Draft, section: str) -> list[tuple[Place, Mapping[str, object]]]:
    """Return the entries of a section with their places; what is no mapping counts as empty."""
    found: list[tuple[Place, Mapping[str, object]]] = []
    for place in lists_of(draft, section):
        items = data_at(draft.data, place)
        for number, entry in enumerate(items if isinstance(items, list) else []):
            if section == "caveats" and isinstance(entry, str):
                found.append(((*place, number), {"text": entry}))
            else:
                found.append(((*place, number), entry if isinstance(entry, dict) else {}))
    return found


def lists_of(draft: Draft, section: str) -> list[Place]:
    """Return the places of the lists that hold a section: one, or one a player for options."""
    if section != "options":
        return [(section,)]
    players = draft.data.get("players")
    count = len(players) if isinstance(players, list) else 0
    return [("players", number, "options") for number in range(count)]


def player_at(draft: Draft, number: int) -> str:
    """Return the id of a player as text, its position where it has none."""
    name = data_at(draft.data, ("players", number, "id"))
    return name if isinstance(name, str) else str(number)
