"""Sizes: limits that keep every file within what the solvers can hold."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from counterplay.errors import Fault
from counterplay.scenario.rules.reading import entries, fields, listed, mapped, players_options
from counterplay.scenario.source import Source

MAX_PROFILES = 65_536
MAX_TERM_CELLS = 2_000_000
MAX_PARTS = {
    "parameters": 500, "constants": 500, "derived": 500, "terms": 2_000, "regimes": 200,
    "presets": 100,
}  # fmt: skip

MAX_PLAYERS = 8
MAX_OPTIONS = 32


def overlong(source: Source) -> bool:
    """Say whether a list is too long for the other rules to be worth their time."""
    known = players_options(source)
    counts = (len(listed(fields(source).get(key))) <= most for key, most in MAX_PARTS.items())
    return (
        len(listed(fields(source).get("players"))) > MAX_PLAYERS
        or any(len(options) > MAX_OPTIONS for options in known.values())
        or not all(counts)
    )


def sizes(source: Source) -> Iterator[Fault]:
    """A file stays within sizes that every solver can hold."""
    shape = {player: len(options) for player, options in players_options(source).items()}
    if prod(shape.values()) > MAX_PROFILES:
        message = f"{prod(shape.values())} strategy profiles; at most {MAX_PROFILES} are supported"
        yield source.fault(("players",), message, "too-large")
        return
    cells = 0
    for _, term in entries(source, "terms"):
        cells += prod(shape.get(player, 1) for player in mapped(term.get("when")))
    if cells > MAX_TERM_CELLS:
        message = f"terms over {cells} combinations in all; at most {MAX_TERM_CELLS}"
        yield source.fault(("terms",), message, "too-large")
    for key, limit in MAX_PARTS.items():
        count = len(listed(fields(source).get(key)))
        if count > limit:
            message = f"{count} entries; at most {limit} are supported"
            yield source.fault((key,), message, "too-large")
