"""Reading a file's plain data, whatever its form: what does not fit is passed over.

The schema tells what does not fit; the rules only need what does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from counterplay.scenario.source import Place, Source

Entry = Mapping[str, Any]
"""One mapping of the file, unchecked."""


def fields(source: Source) -> Entry:
    """Return the fields at the top of the file."""
    return source.data if isinstance(source.data, dict) else {}


def entries(source: Source, key: str) -> Iterator[tuple[Place, Entry]]:
    """Yield the well-formed entries of a list at the top of the file, with their places."""
    for number, item in enumerate(listed(fields(source).get(key))):
        if isinstance(item, dict):
            yield (key, number), item


def players_options(source: Source) -> dict[str, list[str]]:
    """Return the option ids of each player, as far as they are readable."""
    options: dict[str, list[str]] = {}
    for _, player in entries(source, "players"):
        if isinstance(player.get("id"), str):
            options[player["id"]] = [
                option["id"]
                for option in listed(player.get("options"))
                if isinstance(option, dict) and isinstance(option.get("id"), str)
            ]
    return options


def ids_of(source: Source, *keys: str) -> dict[str, Place]:
    """Return the ids under the given keys with the place of their first entry."""
    found: dict[str, Place] = {}
    for key in keys:
        for place, entry in entries(source, key):
            if isinstance(entry.get("id"), str):
                found.setdefault(entry["id"], place)
    return found


def mapped(value: object) -> Entry:
    """Return a mapping as it is, and anything else as an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """Return a list as it is, and anything else as an empty one."""
    return value if isinstance(value, list) else []


def finite_number(value: object) -> float | None:
    """Return a finite number as a float, and anything else as None."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if number - number == 0 else None


def shortened(text: str) -> str:
    """Return a text that fits into a message."""
    return text if len(text) <= 60 else text[:57] + "..."
