"""Who names whom: every field of a file that names a player, an option, a number or a preset."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

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


def mentions_of(source: Source, place: Place) -> Iterator[Mention]:
    """Yield every field that names the entry at a place by its id, the entry itself apart."""
    name = _id_at(source, place)
    if name is None:
        return
    match place:
        case ("players", int()):
            yield from _of_player(source, name)
        case ("players", int(number), "options", int()):
            yield from _of_option(source, int(number), name)
        case (str(section), int()) if section in NUMBERS:
            yield from _of_number(source, name)
        case ("presets", int()):
            yield from _fields_named(source, "caveats", "preset", name)
        case ("evidence", int()):
            yield from _of_record(source, name)


def _id_at(source: Source, place: Place) -> str | None:
    entry = data_at(source.data, place)
    name = entry.get("id") if isinstance(entry, dict) else None
    return name if isinstance(name, str) else None


def _of_player(source: Source, name: str) -> Iterator[Mention]:
    top = fields(source)
    if top.get("focal") == name:
        yield Mention(("focal",), str)
    for section in ("parameters", "terms"):
        yield from _fields_named(source, section, "player", name)
    for number, bloc in enumerate(listed(top.get("blocs"))):
        yield from _listed(("blocs", number), bloc, name)
    for place, choice in _choices(source):
        if name in choice:
            yield Mention((*place, name))
    if name in mapped(top.get("payoffs")):
        yield Mention(("payoffs", name))


def _of_option(source: Source, number: int, name: str) -> Iterator[Mention]:
    player = _id_at(source, ("players", number))
    for place, choice in _choices(source):
        given = choice.get(player) if player is not None else None
        at = (*place, str(player))
        if given == name and isinstance(given, str):
            yield Mention(at, str)
        elif isinstance(given, list):
            yield from _listed(at, given, name)
        elif isinstance(given, dict) and name in given:
            yield Mention((*at, name))
    for place, profile in profiles_expected(source):
        parts = profile.split("/") if isinstance(profile, str) else listed(profile)
        if number < len(parts) and parts[number] == name:
            yield Mention(place, _in_profile(profile, parts, number))


def _of_number(source: Source, name: str) -> Iterator[Mention]:
    for place, text, _ in formulas_of(source):
        if isinstance(text, str) and name in _names_in(text):
            yield Mention(place, _in_formula(text, name))
    for place, preset in entries(source, "presets"):
        if name in mapped(preset.get("set")):
            yield Mention((*place, "set", name))


def _of_record(source: Source, name: str) -> Iterator[Mention]:
    for section in ("parameters", "constants", "terms"):
        for place, entry in entries(source, section):
            yield from _listed((*place, "evidence"), entry.get("evidence"), name)


def _choices(source: Source) -> Iterator[tuple[Place, dict[str, object]]]:
    """Yield each mapping from players to options."""
    yield ("status_quo",), dict(mapped(fields(source).get("status_quo")))
    for section in ("terms", "regimes"):
        for place, entry in entries(source, section):
            yield (*place, "when"), dict(mapped(entry.get("when")))


def _fields_named(source: Source, section: str, key: str, name: str) -> Iterator[Mention]:
    for place, entry in entries(source, section):
        if entry.get(key) == name:
            yield Mention((*place, key), str)


def _listed(place: Place, given: object, name: str) -> Iterator[Mention]:
    for number, one in enumerate(listed(given)):
        if one == name and isinstance(one, str):
            yield Mention((*place, number), str)


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
