"""Ids: who names them, and giving them another name everywhere."""

from __future__ import annotations

import re

from counterplay.errors import EditError
from counterplay.scenario.editing.draft import Draft
from counterplay.scenario.editing.edits import held_at
from counterplay.scenario.editing.fields import spelt
from counterplay.scenario.editing.mentions import NUMBERS, mentions_of
from counterplay.scenario.editing.plain_data import data_at
from counterplay.scenario.formula import FUNCTIONS
from counterplay.scenario.source import Place

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TERM_ID = re.compile(r"[a-z][a-z0-9_.]{0,79}")
_RECORD_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")


def rename_id(draft: Draft, field: str | Place, new: str) -> Draft:
    """Give an entry another id, and change every field that names it.

    Parameters
    ----------
    draft : Draft
    field : str or sequence of keys
        The entry, such as ``players[rok]``, ``parameters[cred]`` or ``presets[spiral]``.
    new : str
        The new id.

    Returns
    -------
    Draft
        With formulas, ``when``, presets, profiles, the status quo and the focal player changed
        where they name the entry. Comments and sentences are not changed.

    Raises
    ------
    EditError
        If the id cannot be used or is taken, there is no such entry, or the text cannot be read.
    """
    held, place = held_at(draft, field)
    old = data_at(held.data, (*place, "id"))
    where = spelt(held.data, place)
    if not isinstance(old, str):
        raise EditError(where, "this entry has no id yet; give it one with set_field")
    _refuse_unusable(held, place, where, new)
    changes: dict[Place, object] = {(*place, "id"): new}
    keys: dict[Place, str] = {}
    for mention in mentions_of(held.tree.source, place):
        if mention.renamed is None:
            keys[mention.place] = new
        else:
            changes[mention.place] = mention.renamed(new)
    return held.changed(changes, keys)


def mentions(draft: Draft, field: str | Place) -> tuple[str, ...]:
    """Return the fields that name an entry.

    Parameters
    ----------
    draft : Draft
    field : str or sequence of keys
        The entry.

    Returns
    -------
    tuple of str
        Paths with ids, such as ``terms[rok.pay].when.rus[0]``.

    Raises
    ------
    EditError
        If there is no such entry, or the text cannot be read.
    """
    held, place = held_at(draft, field)
    return tuple(spelt(held.data, found.place) for found in mentions_of(held.tree.source, place))


def _refuse_unusable(draft: Draft, place: Place, where: str, new: object) -> None:
    shape = {"terms": _TERM_ID, "evidence": _RECORD_ID}.get(str(place[0]), _ID)
    if not isinstance(new, str) or not shape.fullmatch(new):
        raise EditError(
            where, f"{str(new)[:60]!r} cannot be an id; use small letters, digits and _"
        )
    numbers = place[0] in NUMBERS
    reserved = (*FUNCTIONS, "preset", "self") if numbers else ("world",)
    if new in reserved and (numbers or (len(place) == 2 and place[0] == "players")):
        raise EditError(where, f"{new!r} has a meaning of its own; choose another id")
    lists = [(name,) for name in NUMBERS] if numbers else [place[:-1]]
    for one in lists:
        items = data_at(draft.data, one)
        for number, entry in enumerate(items if isinstance(items, list) else []):
            taken = isinstance(entry, dict) and entry.get("id") == new
            if taken and (*one, number) != place:
                raise EditError(where, f"{new!r} is the id of another entry; ids must differ")
