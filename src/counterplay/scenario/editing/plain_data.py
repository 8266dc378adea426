"""Plain data of a file: looking up, comparing, and changing a copy."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from numbers import Integral, Real

from counterplay.scenario.source import Place


def data_at(data: object, place: Place) -> object:
    """Return what stands at a place, or None."""
    for key in place:
        if isinstance(data, list) and isinstance(key, int) and 0 <= key < len(data):
            data = data[key]
        elif isinstance(data, dict) and isinstance(key, str):
            data = data.get(key)
        else:
            return None
    return data


def same(one: object, other: object) -> bool:
    """Say whether two values are written alike: 1 and 1.0 and true are three values."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and repr(one) == repr(other)


def plain(value: object) -> object:
    """Return a value as files hold it: dicts, lists, and whole numbers without a point.

    Anything that is no such value becomes its text.
    """
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, Integral):
        whole = int(value)
        return whole if abs(whole) < 10**400 else hex(whole)[:80]
    if isinstance(value, Real):
        number = float(value)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    return str(value)


def with_changes(
    data: object, changes: Mapping[Place, object], dropped: object, keys: Mapping[Place, str]
) -> object:
    """Return a copy with new values at places, keys taken out or renamed."""
    new = copy.deepcopy(data)
    for place, value in changes.items():
        parent = data_at(new, place[:-1])
        if value is dropped and isinstance(parent, dict):
            parent.pop(str(place[-1]), None)
        elif isinstance(parent, (dict, list)):
            parent[place[-1]] = copy.deepcopy(value)  # type: ignore[index]
    for place in sorted(keys, key=len, reverse=True):
        parent = data_at(new, place[:-1])
        if isinstance(parent, dict):
            renamed = {keys[place] if key == place[-1] else key: parent[key] for key in parent}
            parent.clear()
            parent.update(renamed)
    return new
