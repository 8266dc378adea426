"""Edits of one field: each takes a draft and returns another."""

from __future__ import annotations

from collections.abc import Mapping

from counterplay.errors import EditError
from counterplay.scenario.editing.draft import Draft
from counterplay.scenario.editing.fields import Kind, kind_at, place_of, spelt
from counterplay.scenario.editing.plain_data import data_at, plain
from counterplay.scenario.editing.surgery import DROPPED
from counterplay.scenario.source import Place, read_scalar


def set_field(draft: Draft, field: str | Place, value: object) -> Draft:
    """Give a field another value; nothing else in the text changes.

    Parameters
    ----------
    draft : Draft
    field : str or sequence of keys
        Path as in faults, an entry by its position or id: ``parameters[cred].default``,
        ``players[0].options[hum].label``, ``title``.
    value : str, number, list, mapping or None
        What is typed for a number may be text. Text may be anything; it is quoted as needed.
        None, or empty text, takes the field out.

    Returns
    -------
    Draft
        Perhaps with faults, such as a default outside its range.

    Raises
    ------
    EditError
        If there is no such entry, or the text cannot be read.

    Notes
    -----
    An id that others name is renamed with `rename_id`.
    """
    held, place = held_at(draft, field)
    return held.changed(_change(held, place, value))


def set_fields(draft: Draft, values: Mapping[str | Place, object]) -> Draft:
    """Give several fields other values at once, such as defaults for all sliders.

    Parameters
    ----------
    draft : Draft
    values : mapping from field to value
        Each as in `set_field`; no field lies inside another.

    Returns
    -------
    Draft

    Raises
    ------
    EditError
        As `set_field` does, or if one field lies inside another.
    """
    held = checked_draft(draft)
    changes: dict[Place, object] = {}
    for field, value in _pairs(values):
        for place, new in _change(held, *held_at(held, field)[1:], value).items():
            old = changes.get(place)
            both = isinstance(old, dict) and isinstance(new, dict)
            changes[place] = {**old, **new} if both else new  # type: ignore[dict-item]
    for place in changes:
        if any(place[:end] in changes for end in range(len(place))):
            raise EditError(spelt(held.data, place), "lies inside another field that is given too")
    return held.changed(changes) if changes else held


def _pairs(values: object) -> list[tuple[object, object]]:
    if not isinstance(values, Mapping):
        raise EditError("values", f"this is a {type(values).__name__}; give fields with values")
    return list(values.items())


def _change(draft: Draft, place: Place, value: object) -> dict[Place, object]:
    new = typed(kind_at(place), value)
    if not isinstance(place[-1], str) and new is DROPPED:
        raise EditError(spelt(draft.data, place), "an item of a list; remove it with remove_entry")
    return _from_there(draft, place, new)


def typed(kind: Kind, value: object) -> object:
    """Return a value as a file holds it, numbers that were typed as text read."""
    if value is None or (isinstance(value, str) and not value):
        return DROPPED
    if isinstance(value, str) and kind in ("number", "whole", "formula"):
        number = read_scalar(value.strip())
        finite = isinstance(number, (int, float)) and abs(number) < 1e308
        return number if finite and not isinstance(number, bool) else value
    new = plain(value)
    return str(new) if kind == "words" and isinstance(new, (int, float)) else new


def held_at(draft: object, field: object) -> tuple[Draft, Place]:
    """Return a draft that can be edited, and the place of a field in it.

    Raises
    ------
    EditError
        If this is no draft, its text cannot be read, or an entry is not there.
    """
    held = checked_draft(draft)
    return held, place_of(held.tree.source.data, field)


def checked_draft(draft: object) -> Draft:
    """Return `draft` if it is one.

    Raises
    ------
    EditError
        If it is something else.
    """
    if not isinstance(draft, Draft):
        message = f"this is a {type(draft).__name__}; give what open_draft(...) returns"
        raise EditError("draft", message)
    return draft


def _from_there(draft: Draft, place: Place, value: object) -> dict[Place, object]:
    """Return the change, with the collections around the place where they are not there yet."""
    while len(place) > 1 and not isinstance(data_at(draft.data, place[:-1]), (dict, list)):
        if value is DROPPED or not isinstance(place[-1], str):
            return {}
        place, value = place[:-1], {place[-1]: value}
    return {place: value}
