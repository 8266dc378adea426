"""Payoffs: given in one form, in the right shape, and telling options apart."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.errors import Fault
from counterplay.scenario.rules.reading import entries, fields, mapped, players_options
from counterplay.scenario.source import Source


def payoff_form(source: Source) -> Iterator[Fault]:
    """Payoffs are given once: as terms, or as one table a player of the right shape."""
    data = fields(source)
    tables, known = data.get("payoffs"), players_options(source)
    if "payoffs" in data and data.get("terms"):
        message = "give terms or payoffs, not both"
        yield source.fault(("payoffs",), message, "payoff-form")
    if data and not data.get("terms") and not tables:
        message = "no payoffs; list terms, or give a payoffs table for each player"
        yield source.fault((), message, "payoff-form")
    if not isinstance(tables, dict):
        return
    shape = [len(options) for options in known.values()]
    for player in known:
        if player not in tables:
            message = f"no table for {player}; give one for each player"
            yield source.fault(("payoffs",), message, "payoff-form")
    for player, table in tables.items():
        if not _has_shape(table, shape):
            counts = " x ".join(map(str, shape))
            message = f"the table must be nested lists of {counts} entries, in the players' order"
            yield source.fault(("payoffs", player), message, "payoff-form")


def _has_shape(table: object, shape: list[int]) -> bool:
    if not shape:
        return not isinstance(table, (list, dict))
    return (
        isinstance(table, list)
        and len(table) == shape[0]
        and all(_has_shape(part, shape[1:]) for part in table)
    )


def unmentioned_options(source: Source) -> Iterator[Fault]:
    """Two options of one player that no term mentions cannot be told apart."""
    if not fields(source).get("terms"):
        return
    mentioned: dict[str, set[str]] = {}
    for _, term in entries(source, "terms"):
        for name, covered in mapped(term.get("when")).items():
            if isinstance(covered, (list, dict)):
                mentioned.setdefault(name, set()).update(map(str, covered))
    known = players_options(source)
    for place, player in entries(source, "players"):
        options = known.get(str(player.get("id")), [])
        name = str(player.get("id"))
        silent = [option for option in options if option not in mentioned.get(name, set())]
        for option in silent if len(silent) > 1 else ():
            message = (
                f"no term mentions {' or '.join(silent)}, so these options of {name} "
                "always pay the same; add terms or merge them"
            )
            number = options.index(option)
            yield source.fault((*place, "options", number), message, "unmentioned-option")
