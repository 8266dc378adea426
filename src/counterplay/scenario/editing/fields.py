"""Fields of a scenario file: their paths, their order and what kind of value each takes."""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from typing import Literal, Union, get_args, get_origin

from pydantic import BaseModel

from counterplay.errors import EditError
from counterplay.scenario import parts
from counterplay.scenario.editing.plain_data import data_at
from counterplay.scenario.schema import Scenario
from counterplay.scenario.source import Place, field_name

Kind = Literal["words", "number", "whole", "formula", "list", "mapping"]

SECTIONS: Mapping[str, type[BaseModel]] = {
    "players": parts.Player,
    "options": parts.Option,
    "parameters": parts.Parameter,
    "constants": parts.Constant,
    "derived": parts.Derived,
    "terms": parts.Term,
    "regimes": parts.Regime,
    "presets": parts.Preset,
    "caveats": parts.Caveat,
    "evidence": parts.Evidence,
}
"""What the entries of each list are."""

_INNER: Mapping[str, type[BaseModel]] = {
    "distribution": parts.Distribution,
    "expect": parts.Expectation,
}
_KINDS: Mapping[object, Kind] = {
    float: "number", int: "whole", str: "words", tuple: "list", dict: "mapping",
}  # fmt: skip
_STEP = re.compile(r"\.?([^.\[\]]+)|\[([^\[\]]*)\]")


def place_of(data: object, field: object) -> Place:
    """Return the place of a field given by its path, or as a sequence of keys.

    A path is spelt as in faults; a list's entry is given by its position or its id, as in
    ``players[2].options[0].id`` and ``players[rus].options[conv].id``.

    Raises
    ------
    EditError
        If it is no path, or an entry is not there.
    """
    place: Place = ()
    for key in _keys(field):
        inside = data_at(data, place)
        if isinstance(inside, list):
            place = (*place, _position(inside, key, field_name(place)))
        elif isinstance(key, str):
            place = (*place, key)
        else:
            raise EditError(field_name(place), f"no entry {key!r}; this is no list")
    return place


def spelt(data: object, place: Place) -> str:
    """Return the path of a place, with ids for the entries that have one.

    Examples
    --------
    >>> spelt({"terms": [{"id": "rok.pay"}]}, ("terms", 0, "value"))
    'terms[rok.pay].value'
    """
    path = ""
    for depth, key in enumerate(place):
        entry = data_at(data, place[: depth + 1])
        name = entry.get("id") if isinstance(entry, dict) and isinstance(key, int) else None
        known = isinstance(name, str) and re.fullmatch(r"[\w.-]{1,80}", name)
        here = field_name((key,)) if not isinstance(key, int) else f"[{name if known else key}]"
        path += here if isinstance(key, int) or not path else f".{here}"
    return path or "(file)"


def order_at(place: Place) -> list[str]:
    """Return the keys of the mapping at a place in their usual order, empty where free."""
    model = model_at(place)
    return [] if model is None else list(model.model_fields)


def model_at(place: Place) -> type[BaseModel] | None:
    """Return what the mapping at a place is, or None where its keys are ids."""
    match place:
        case ():
            return Scenario
        case ("players", int(), "options", int()):
            return parts.Option
        case (str(section), int()):
            return SECTIONS.get(section)
        case (*_, str(name)) if len(place) == 3 and name in _INNER:
            return _INNER[name]
    return None


def kind_at(place: Place) -> Kind:
    """Return the kind of value that a field takes."""
    match place:
        case (*_, "when", str(), str()) | ("payoffs", *_):
            return "formula"
        case ("presets", int(), "set", str()):
            return "number"
    model = model_at(place[:-1]) if place else None
    field = None if model is None else model.model_fields.get(str(place[-1]))
    return "words" if field is None else kind_of(field.annotation)


def kind_of(annotation: object) -> Kind:
    """Return the kind of value that a field's type asks for."""
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return kind_of(next(part for part in get_args(annotation) if part is not type(None)))
    if origin is Literal:
        return kind_of(type(get_args(annotation)[0]))
    if hasattr(annotation, "__metadata__"):
        return kind_of(get_args(annotation)[0])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "mapping"
    return _KINDS.get(origin or annotation, "formula")


def _keys(field: object) -> list[str | int]:
    if isinstance(field, (list, tuple)):
        if field and all(isinstance(k, (str, int)) and not isinstance(k, bool) for k in field):
            return list(field)
    elif isinstance(field, str) and field:
        keys: list[str | int] = []
        at = 0
        while found := _STEP.match(field, at):
            word, inner = found[1], found[2]
            keys.append(word if word is not None else int(inner) if inner.isdecimal() else inner)
            at = found.end()
        if at == len(field) and keys:
            return keys
    message = "this is no field; write it as in parameters[cred].default"
    raise EditError(field_name((str(field)[:60],)), message)


def _position(inside: list[object], key: str | int, where: str) -> int:
    if isinstance(key, int):
        if 0 <= key < len(inside):
            return key
        raise EditError(f"{where}[{key}]", f"no such entry; there are {len(inside)}")
    for number, entry in enumerate(inside):
        if isinstance(entry, dict) and entry.get("id") == key:
            return number
    raise EditError(where, f"no entry {key!r}")
