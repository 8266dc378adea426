"""Edits of whole entries: players, options, terms and so on are added, removed and moved."""

from __future__ import annotations

from collections.abc import Mapping

from counterplay.errors import EditError
from counterplay.scenario.editing.draft import Draft
from counterplay.scenario.editing.edits import held_at
from counterplay.scenario.editing.fields import model_at, spelt
from counterplay.scenario.editing.mentions import mentions_of_all
from counterplay.scenario.editing.ordering import reordered
from counterplay.scenario.editing.plain_data import data_at, plain
from counterplay.scenario.editing.starters import starter
from counterplay.scenario.source import Place

MAX_SHOWN = 8
"""Fields listed in one message."""


def add_entry(
    draft: Draft,
    section: str | Place,
    entry: Mapping[str, object] | None = None,
    position: int | None = None,
) -> Draft:
    """Add an entry to a list, such as a player, an option or a term.

    Parameters
    ----------
    draft : Draft
    section : str or sequence of keys
        ``players``, ``parameters``, ``constants``, ``derived``, ``terms``, ``regimes``,
        ``presets``, ``caveats``, ``evidence`` (where records stand inline), or
        ``players[rok].options``.
    entry : mapping, optional
        Its fields; a new id and placeholders stand for those that are needed and not given.
    position : int, optional
        Where it goes, counted from 0; last where left out.

    Returns
    -------
    Draft
        A new player or option leaves faults where profiles and payoff tables are now incomplete.

    Raises
    ------
    EditError
        If there is no such list, or the text cannot be read.
    """
    held, place = held_at(draft, section)
    given = plain(dict(entry)) if isinstance(entry, Mapping) else {}
    model = model_at((*place, 0))
    old = data_at(held.data, place)
    if model is None or (isinstance(old, (str, dict)) and old):
        raise EditError(spelt(held.data, place), "no list that entries can be added to")
    new = starter(held.data, place, given if isinstance(given, dict) else {})
    ordered = {key: new[key] for key in [*model.model_fields, *new] if key in new}
    count = len(old) if isinstance(old, list) else 0
    at = count if not isinstance(position, int) else min(max(position, 0), count)
    order: list[object] = [*range(at), ordered, *range(at, count)]
    return reordered(held, place, order)


def remove_entry(draft: Draft, field: str | Place) -> Draft:
    """Take an entry out of a list, with the comments right above it.

    Parameters
    ----------
    draft : Draft
    field : str or sequence of keys
        Such as ``terms[rok.pay]`` or ``players[rok].options[hum]``.

    Returns
    -------
    Draft
        Where payoffs are tables, an option's payoffs go with it.

    Raises
    ------
    EditError
        If other fields name it, all of them in `mentions`; if there is no such entry, or the text
        cannot be read.
    """
    held, place = held_at(draft, field)
    items = data_at(held.data, place[:-1])
    if not isinstance(place[-1], int) or not isinstance(items, list):
        raise EditError(spelt(held.data, place), "no entry of a list; empty it with set_field")
    refuse_if_mentioned(held, [place])
    kept: list[object] = [number for number in range(len(items)) if number != place[-1]]
    return reordered(held, place[:-1], kept)


def refuse_if_mentioned(draft: Draft, places: list[Place]) -> None:
    """Refuse to remove entries that others name, unless these are removed as well.

    Raises
    ------
    EditError
        With the fields that name the first such entry.
    """
    gone = set(places)
    for place, named in mentions_of_all(draft.tree.source, places).items():
        left = [
            spelt(draft.data, mention.place)
            for mention in named
            if not any(mention.place[:end] in gone for end in range(len(mention.place)))
        ]
        if left:
            shown = ", ".join(left[:MAX_SHOWN])
            more = f" and {len(left) - MAX_SHOWN} more" if len(left) > MAX_SHOWN else ""
            message = f"still named by {shown}{more}; change or remove these first"
            raise EditError(spelt(draft.data, place), message, tuple(left))


def move_entry(draft: Draft, field: str | Place, position: int) -> Draft:
    """Move an entry of a list to another position, with the comments right above it.

    Parameters
    ----------
    draft : Draft
    field : str or sequence of keys
        The entry.
    position : int
        Where it goes, counted from 0 in the list without it.

    Returns
    -------
    Draft
        Profiles and payoff tables follow the new order of players and options. Regimes match in
        order, and derived quantities may use those above them.

    Raises
    ------
    EditError
        If there is no such entry, or the text cannot be read.
    """
    held, place = held_at(draft, field)
    items = data_at(held.data, place[:-1])
    if not isinstance(place[-1], int) or not isinstance(items, list):
        raise EditError(spelt(held.data, place), "no entry of a list; only these can be moved")
    if not isinstance(position, int):
        raise EditError("position", f"{position!r} is not a whole number")
    order: list[object] = [number for number in range(len(items)) if number != place[-1]]
    order.insert(min(max(position, 0), len(order)), place[-1])
    return reordered(held, place[:-1], order)
