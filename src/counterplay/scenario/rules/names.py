"""Ids: each once, and none that the formula language uses itself."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.errors import Fault
from counterplay.scenario.formula import FUNCTIONS
from counterplay.scenario.rules.reading import Entry, entries, ids_of, listed
from counterplay.scenario.source import Place, Source


def duplicate_ids(source: Source) -> Iterator[Fault]:
    """Ids of one kind must differ, and so must all names that formulas can use."""
    kinds = (("players",), ("parameters", "constants", "derived"), ("terms",), ("regimes",),
             ("presets",), ("evidence",))  # fmt: skip
    for keys in kinds:
        seen: dict[str, Place] = {}
        for key in keys:
            for place, entry in entries(source, key):
                yield from _repeated(source, place, entry, seen)
    for place, player in entries(source, "players"):
        seen = {}
        for number, option in enumerate(listed(player.get("options"))):
            if isinstance(option, dict):
                yield from _repeated(source, (*place, "options", number), option, seen)


def _repeated(
    source: Source, place: Place, entry: Entry, seen: dict[str, Place]
) -> Iterator[Fault]:
    name = entry.get("id")
    if isinstance(name, str) and name in seen:
        line = source.line((*seen[name], "id"))
        message = f"{name!r} is already the id in line {line}; ids must differ"
        yield source.fault((*place, "id"), message, "duplicate-id")
    elif isinstance(name, str):
        seen[name] = place


def reserved_names(source: Source) -> Iterator[Fault]:
    """Names in formulas must not be those of functions, nor arguments of `Scenario.values`."""
    for name, place in ids_of(source, "parameters", "constants", "derived").items():
        if name in FUNCTIONS or name in ("preset", "self"):
            message = f"{name!r} is taken by the formula language; choose another id"
            yield source.fault((*place, "id"), message, "reserved-name")
    for name, place in ids_of(source, "players").items():
        if name == "world":
            message = "'world' stands for nobody in particular; choose another id"
            yield source.fault((*place, "id"), message, "reserved-name")
