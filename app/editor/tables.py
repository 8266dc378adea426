"""The table of a kind of entry: cells are edited, rows added and removed in place.

The data editor of Streamlit knows its edits as differences from the rows that it was first given,
and gives itself up when other rows come under its key.  So a table keeps the draft that it began
with, and at every change all its differences are applied to that one.  It begins anew only where
the draft was edited elsewhere, an edit was refused, or the table was not on screen: whoever types
on in the next cell is not interrupted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

import counterplay as cp
from editor import drafts, fields
from words import say

Rows = list[dict[str, Any]]
Reader = Callable[[cp.Draft], Sequence[Mapping[str, str]]]
Writer = Callable[[cp.Draft, Rows], cp.Draft]

_MOUNTS = "counterplay.tables"
_NUMBERS = ("parameters", "constants", "derived")
_NARROW = frozenset({"id", "default", "low", "high", "status", "basis", "date", "preset"})


@dataclass
class Mount:
    """A table on screen.

    Attributes
    ----------
    number : int
        Tells it from the tables that were in its place before.
    begun : Draft
        Gave its rows.
    text : str
        Of the draft that its edits have led to.
    """

    number: int
    begun: cp.Draft
    text: str

    def key(self, name: str) -> str:
        """Return the key of its widget."""
        return f"table-{name}-{self.number}"


def entries(section: str) -> None:
    """Show the table of a kind of entry, such as ``terms``, for editing."""

    def rows(draft: cp.Draft) -> Sequence[Mapping[str, str]]:
        return cp.entry_rows(draft, section)

    def write(draft: cp.Draft, edited: Rows) -> cp.Draft:
        return cp.with_entry_rows(draft, section, with_ids(draft, section, edited))

    mount = mounted(section)
    columns = {name: _column(mount.begun, section, name) for name in fields.TABLES[section]}
    table(section, mount, columns, rows, write, can_grow=True)


def table(
    name: str,
    mount: Mount,
    columns: Mapping[str, ColumnConfig],
    rows: Reader,
    write: Writer,
    *,
    can_grow: bool,
) -> None:
    """Show rows for editing; `write` takes them back into the draft that `rows` came from."""
    given = rows(mount.begun)
    data = pd.DataFrame(
        {column: pd.Series([row[column] for row in given], dtype="str") for column in columns}
    )
    st.data_editor(
        data,
        key=mount.key(name),
        column_config=dict(columns),
        hide_index=True,
        num_rows="dynamic" if can_grow else "fixed",
        placeholder="",
        on_change=_take,
        args=(name, rows, write),
        alt=say("model.table-alt", name=name),
    )


def mounted(name: str) -> Mount:
    """Return the table that stands in a place, begun anew where its draft is another one."""
    mounts: dict[str, Mount] = st.session_state.setdefault(_MOUNTS, {})
    draft, mount = drafts.current(), mounts.get(name)
    if mount is None or mount.text != draft.text or mount.key(name) not in st.session_state:
        number = 0 if mount is None else mount.number + 1
        mount = mounts[name] = Mount(number, draft, draft.text)
    return mount


def applied(rows: Sequence[Mapping[str, Any]], edits: Mapping[str, Any]) -> Rows:
    """Return rows with the differences of a data editor: cells, rows added, rows removed."""
    edited, gone = edits.get("edited_rows", {}), set(edits.get("deleted_rows", ()))
    kept = [
        {**row, **edited.get(number, {})} for number, row in enumerate(rows) if number not in gone
    ]
    return kept + [dict(row) for row in edits.get("added_rows", ())]


def with_ids(draft: cp.Draft, section: str, rows: Rows) -> Rows:
    """Return rows whose new ones have an id made of their label."""
    kinds = _NUMBERS if section in _NUMBERS else (section,)
    taken = {_id_among(row) for kind in kinds for row in cp.entry_rows(draft, kind)}
    named: Rows = []
    for row in rows:
        label = row.get("label")
        if "place" in row or row.get("id") or not label or section == "terms":
            named.append(row)
            continue
        owner = row.get("player") if section == "options" else None
        name = fields.id_for(str(label), [one for whose, one in taken if whose == owner])
        taken.add((owner, name))
        named.append({**row, "id": name})
    return named


def _id_among(row: Mapping[str, str]) -> tuple[str | None, str]:
    """Return an id and among whose it must differ: options of other players may share it."""
    is_option = str(row["place"]).startswith("players[") and ".options[" in row["place"]
    return (row["player"] if is_option else None), row.get("id", "")


def _take(name: str, rows: Reader, write: Writer) -> None:
    mounts: dict[str, Mount] = st.session_state[_MOUNTS]
    mount = mounts[name]
    old = rows(mount.begun)
    edited = applied(old, st.session_state[mount.key(name)])

    def edit(_: cp.Draft) -> cp.Draft:
        return write(mount.begun, edited)

    if drafts.take(edit, _renamed(name, old, edited)):
        mount.text = drafts.current().text
    else:
        mounts[name] = Mount(mount.number + 1, drafts.current(), drafts.current().text)


def _renamed(
    name: str, rows: Sequence[Mapping[str, Any]], edited: Sequence[Mapping[str, Any]]
) -> dict[str, str]:
    """Return the new ids of numbers by their old ones."""
    if name not in _NUMBERS:
        return {}
    old = {row["place"]: row["id"] for row in rows}
    new = {old[row["place"]]: row["id"] for row in edited if row.get("place") in old}
    return {before: str(after) for before, after in new.items() if after and before != after}


def _column(draft: cp.Draft, section: str, name: str) -> ColumnConfig:
    label, told = fields.label_of(name), fields.help_of(name)
    width: Literal["small"] | None = "small" if name in _NARROW else None
    offered = _offered(draft, section, name)
    if offered is None:
        return st.column_config.TextColumn(label, help=told, width=width)
    words = fields.players_of(draft) | {"world": say("common.world")}
    known = list(dict.fromkeys(row[name] for row in cp.entry_rows(draft, section) if row[name]))
    return st.column_config.SelectboxColumn(
        label,
        help=told,
        width="small",
        options=[*offered, *(other for other in known if other not in offered)],
        format_func=lambda one: words.get(str(one), str(one)),
        default=offered[0] if section == "options" and offered else None,
    )


def _offered(draft: cp.Draft, section: str, name: str) -> list[str] | None:
    """Return the words that a column takes, or None where it takes any."""
    if name == "player":
        return [*fields.players_of(draft), *(["world"] if section == "parameters" else [])]
    if name == "preset":
        return [row["id"] for row in cp.entry_rows(draft, "presets") if row["id"]]
    return list(fields.FIXED[name]) if name in fields.FIXED else None
