"""Lists in another order, and what depends on the order of players and options.

Profiles name one option for each player in their order, and payoff tables are nested in the order
of players and options.  Both follow, so that no payoff changes its outcome.
"""

from __future__ import annotations

from counterplay.errors import EditError
from counterplay.scenario.editing.draft import Draft
from counterplay.scenario.editing.fields import spelt
from counterplay.scenario.editing.mentions import profiles_expected
from counterplay.scenario.editing.plain_data import data_at
from counterplay.scenario.editing.surgery import DROPPED
from counterplay.scenario.rules.reading import mapped, players_options
from counterplay.scenario.source import Place


def reordered(draft: Draft, place: Place, order: list[object]) -> Draft:
    """Return a draft with the list at a place in another order, longer or shorter.

    Parameters
    ----------
    order : list
        For each item its position now, as an int, or the mapping that is a new one. An empty list
        takes the field out.

    Raises
    ------
    EditError
        As `Draft.changed` does.
    """
    old = data_at(draft.data, place)
    if old and not isinstance(old, list) and order:
        raise EditError(
            spelt(draft.data, place), "no list of entries; change it in the text first"
        )
    if not isinstance(old, list) or not old:
        return draft.changed({place: order}) if order else draft
    if not order:
        return draft.changed({place: [] if place[0] == "players" else DROPPED})
    changes: dict[Place, object] = {}
    kept = [part for part in order if isinstance(part, int)]
    match place:
        case ("players",):
            changes = _players_moved(draft, kept, len(order))
        case ("players", int(number), "options"):
            changes = _options_moved(draft, int(number), kept)
    moved = draft.changed(changes) if changes else draft
    return moved.arranged(place, order)


def _players_moved(draft: Draft, kept: list[int], count: int) -> dict[Place, object]:
    """Return profiles and tables for players in another order; not where some come or go."""
    counts = [len(options) for options in players_options(draft.tree.source).values()]
    if sorted(kept) != list(range(len(counts))) or count != len(counts) or kept == sorted(kept):
        return {}
    changes: dict[Place, object] = {}
    for place, profile in profiles_expected(draft.tree.source):
        parts = profile.split("/") if isinstance(profile, str) else profile
        if isinstance(parts, list) and len(parts) == len(counts):
            moved = [parts[number] for number in kept]
            changes[place] = "/".join(moved) if isinstance(profile, str) else moved
    for name, table in mapped(draft.data.get("payoffs")).items():
        if shape_of(table) == counts:
            changes["payoffs", name] = _transposed(table, counts, kept)
    return changes


def _options_moved(draft: Draft, player: int, kept: list[int]) -> dict[Place, object]:
    counts = [len(options) for options in players_options(draft.tree.source).values()]
    return {
        ("payoffs", name): _taken(table, player, kept)
        for name, table in mapped(draft.data.get("payoffs")).items()
        if shape_of(table) == counts and kept != list(range(counts[player]))
    }


def shape_of(table: object) -> list[int] | None:
    """Return the shape of nested lists, or None where they are ragged."""
    if not isinstance(table, list):
        return None if isinstance(table, dict) else []
    shapes = [shape_of(part) for part in table]
    if not shapes or any(shape is None or shape != shapes[0] for shape in shapes):
        return None
    return [len(table), *(shapes[0] or [])]


def _taken(table: object, axis: int, kept: list[int]) -> object:
    if not isinstance(table, list):
        return table
    if axis == 0:
        return [table[number] for number in kept]
    return [_taken(part, axis - 1, kept) for part in table]


def _transposed(table: object, counts: list[int], kept: list[int]) -> object:
    def nested(chosen: tuple[int, ...]) -> object:
        if len(chosen) == len(kept):
            where = dict(zip(kept, chosen, strict=True))
            return data_at(table, tuple(where[axis] for axis in range(len(counts))))
        return [nested((*chosen, option)) for option in range(counts[kept[len(chosen)]])]

    return nested(())
