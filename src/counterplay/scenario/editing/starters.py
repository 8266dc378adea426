"""What a new entry begins with: an id that is free, and placeholders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from counterplay.scenario.editing.mentions import NUMBERS
from counterplay.scenario.editing.plain_data import data_at
from counterplay.scenario.source import Place

_BLANKS: Mapping[str, Mapping[str, object]] = {
    "players": {"label": "New player"},
    "options": {"label": "New option"},
    "parameters": {
        "label": "New assumption", "default": 5, "low": 0, "high": 10, "basis": "placeholder",
    },
    "constants": {"value": 1, "basis": "placeholder"},
    "derived": {"value": 0},
    "terms": {"label": "New reason", "value": 0},
    "regimes": {"label": "New outcome"},
    "presets": {"label": "New setting"},
    "caveats": {"text": "New caveat"},
    "evidence": {
        "claim": "-", "claimant": "-", "date": "-", "as_of": "-", "status": "unverified",
        "source": "-",
    },
}  # fmt: skip
_STEMS = {
    "players": "player", "options": "option", "parameters": "parameter", "constants": "constant",
    "derived": "derived", "terms": "term", "regimes": "outcome", "presets": "preset",
    "evidence": "E",
}  # fmt: skip


def starter(
    data: Mapping[str, object], place: Place, given: Mapping[str, object]
) -> dict[str, object]:
    """Return a new entry of the list at a place: what is given, and what it needs besides."""
    section = str(place[-1])
    entry: dict[str, object] = dict(_BLANKS.get(section, {}))
    if section == "terms" and "player" not in given:
        entry["player"] = next(_ids(data, ("players",)), "world")
    entry |= {key: value for key, value in given.items() if value not in (None, "")}
    if section in _STEMS and "id" not in entry:
        entry["id"] = _free_id(data, place, section, str(entry.get("player", "")))
    if section == "players" and "options" not in entry:
        labels = ("First option", "Second option")
        entry["options"] = [{"id": f"option_{k}", "label": t} for k, t in enumerate(labels, 1)]
    return entry


def _free_id(data: Mapping[str, object], place: Place, section: str, player: str) -> str:
    lists: list[Place] = [(name,) for name in NUMBERS] if section in NUMBERS else [place]
    taken = {name for one in lists for name in _ids(data, one)}
    stem = _STEMS[section]
    stem = f"{player}.{stem}" if section == "terms" and player.isidentifier() else stem
    joint = "" if section == "evidence" else "_"
    names = (f"{stem}{joint}{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _ids(data: Mapping[str, object], place: Place) -> Iterator[str]:
    items = data_at(data, place)
    for entry in items if isinstance(items, list) else []:
        name = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(name, str):
            yield name
