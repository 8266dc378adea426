"""Who names whom: every field of a file that names a player, an option, a number or a preset."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from counterplay.scenario.editing.plain_data import data_at
from counterplay.scenario.rules.formulas import formulas_of
from counterplay.scenario.rules.reading import entries, fields, listed, mapped
from counterplay.scenario.source import Place, Source

NUMBERS = ("parameters", "constants", "derived")
"""Sections whose ids are names in formulas."""

_WORD = re.compile(r"\.?[0-9](?:[eE][-+]|[0-9A-Za-z_.])*|[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Mention:
    """One field that names something.

    Attributes
    ----------
    place : Place
    renamed : callable, optional
        Gives the field's value with another name; None where the name is the field's key.
    """

    place: Place
    renamed: Callable[[str], object] | None = None


Target = tuple[str | int, ...]
"""What is named: its sort and its id, for options the position of the player as well."""


def mentions_of(source: Source, place: Place) -> list[Mention]:
    """Return every field that names the entry at a place by its id, the entry itself apart."""
    return mentions_of_all(source, [place])[place]


def mentions_of_all(source: Source, places: list[Place]) -> dict[Place, list[Mention]]:
    """Return for each place what `mentions_of` does, the file being read once."""
    found: dict[Target, list[Mention]] = {}
    for target, mention in _all(source):
        found.setdefault(target, []).append(mention)
    return {place: found.get(_target(source, place), []) for place in places}


def _target(source: Source, place: Place) -> Target:
    entry = data_at(source.data, place)
    name = entry.get("id") if isinstance(entry, dict) else None
    match place:
        case _ if not isinstance(name, str):
            return ()
        case ("players", int(number), "options", int()):
            return ("option", number, name)
        case (str(section), int()):
            return ("number" if section in NUMBERS else section, name)
    return ()


def _all(source: Source) -> Iterator[tuple[Target, Mention]]:
    yield from _players_named(source)
    yield from _options_named(source)
    for place, text, _ in formulas_of(source):
        for name in _names_in(text) if isinstance(text, str) else ():
            yield ("number", name), Mention(place, _in_formula(str(text), name))
    for place, preset in entries(source, "presets"):
        for name in mapped(preset.get("set")):
            yield ("number", name), Mention((*place, "set", name))
    yield from _values(source, "caveats", "preset", "presets")
    for section in ("parameters", "constants", "terms"):
        for place, entry in entries(source, section):
            yield from _items((*place, "evidence"), entry.get("evidence"), ("evidence",))


def _players_named(source: Source) -> Iterator[tuple[Target, Mention]]:
    top = fields(source)
    if isinstance(top.get("focal"), str):
        yield ("players", top["focal"]), Mention(("focal",), str)
    yield from _values(source, "parameters", "player", "players")
    yield from _values(source, "terms", "player", "players")
    for number, bloc in enumerate(listed(top.get("blocs"))):
        yield from _items(("blocs", number), bloc, ("players",))
    for place, choice in [*_choices(source), (("payoffs",), mapped(top.get("payoffs")))]:
        for name in choice:
            yield ("players", name), Mention((*place, name))


def _options_named(source: Source) -> Iterator[tuple[Target, Mention]]:
    positions: dict[str, list[int]] = {}
    for place, player in entries(source, "players"):
        positions.setdefault(str(player.get("id")), []).append(int(place[1]))
    for place, choice in _choices(source):
        for name, given in choice.items():
            for number in positions.get(name, ()):
                yield from _options_chosen((*place, name), given, ("option", number))
    for place, profile in profiles_expected(source):
        parts = profile.split("/") if isinstance(profile, str) else listed(profile)
        for number, option in enumerate(parts):
            if isinstance(option, str):
                renamed = _in_profile(profile, parts, number)
                yield ("option", number, option), Mention(place, renamed)


def _options_chosen(place: Place, given: object, sort: Target) -> Iterator[tuple[Target, Mention]]:
    if isinstance(given, str):
        yield (*sort, given), Mention(place, str)
    elif isinstance(given, list):
        yield from _items(place, given, sort)
    else:
        for name in mapped(given):
            yield (*sort, name), Mention((*place, name))


def _choices(source: Source) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """Yield each mapping from players to options."""
    yield ("status_quo",), mapped(fields(source).get("status_quo"))
    for section in ("terms", "regimes"):
        for place, entry in entries(source, section):
            yield (*place, "when"), mapped(entry.get("when"))


def _values(source: Source, section: str, key: str, sort: str) -> Iterator[tuple[Target, Mention]]:
    for place, entry in entries(source, section):
        if isinstance(entry.get(key), str):
            yield (sort, entry[key]), Mention((*place, key), str)


def _items(place: Place, given: object, sort: Target) -> Iterator[tuple[Target, Mention]]:
    for number, name in enumerate(listed(given)):
        if isinstance(name, str):
            yield (*sort, name), Mention((*place, number), str)


def _names_in(text: str) -> set[str]:
    return {found[0] for found in _WORD.finditer(text)}


def _in_formula(text: str, name: str) -> Callable[[str], object]:
    def renamed(new: str) -> object:
        return _WORD.sub(lambda found: new if found[0] == name else found[0], text)

    return renamed


def _in_profile(profile: object, parts: list[str], number: int) -> Callable[[str], object]:
    def renamed(new: str) -> object:
        changed = [*parts[:number], new, *parts[number + 1 :]]
        return "/".join(changed) if isinstance(profile, str) else changed

    return renamed


def profiles_expected(source: Source) -> Iterator[tuple[Place, object]]:
    """Yield each profile that presets expect, as text or as a list of option ids."""
    for place, preset in entries(source, "presets"):
        for number, profile in enumerate(listed(mapped(preset.get("expect")).get("pure"))):
            yield (*place, "expect", "pure", number), profile
