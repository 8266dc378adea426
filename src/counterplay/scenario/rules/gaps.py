"""Pieces that are missing from a file that works without them."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.errors import Fault
from counterplay.scenario.rules.reading import entries, fields, mapped, shortened
from counterplay.scenario.source import Source


def players_without_terms(source: Source) -> Iterator[Fault]:
    """Where payoffs are terms, each player has some, and some that depend on its own choice."""
    if not fields(source).get("terms"):
        return
    paid: dict[str, bool] = {}
    for _, term in entries(source, "terms"):
        paid_to = str(term.get("player"))
        own = paid_to in mapped(term.get("when"))
        paid[paid_to] = own or paid.get(paid_to, False)
    for place, player in entries(source, "players"):
        name = player.get("id")
        words = shortened(str(player.get("short") or player.get("label") or name))
        if not isinstance(name, str) or paid.get(name):
            continue
        if name not in paid:
            message = f"{words} has no payoff terms, so every outcome pays it the same; add some"
            yield source.fault(place, message, "no-terms")
        else:
            message = f"no payoff term of {words} depends on its own options; add one that does"
            yield source.fault(place, message, "no-own-choice")
