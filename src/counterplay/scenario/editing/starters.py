"""What a new entry begins with: an id that is free, and placeholders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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
    data: Mapping[str, object],
    place: Place,
    given: Mapping[str, object],
    beside: Sequence[object] = (),
) -> dict[str, object]:
    """Return a new entry of the list at a place: what is given, and what it needs besides.

    `beside` are entries that are new as well; their ids are not free.
    """
    section = str(place[-1])
    entry: dict[str, object] = dict(_BLANKS.get(section, {}))
    if section == "terms" and "player" not in given:
        entry["player"] = next(_ids(data.get("players")), "world")
    entry |= {key: value for key, value in given.items() if value not in (None, "")}
    if section in _STEMS and "id" not in entry:
        stem = _stem(section, str(entry.get("player", "")))
        entry["id"] = _free_id(stem, _taken(data, place, beside))
    if section == "players" and "options" not in entry:
        labels = ("First option", "Second option")
        entry["options"] = [{"id": f"option_{k}", "label": t} for k, t in enumerate(labels, 1)]
    return entry


def _stem(section: str, player: str) -> str:
    stem = _STEMS[section]
    stem = f"{player}.{stem}" if section == "terms" and player.isidentifier() else stem
    return stem if section == "evidence" else f"{stem}_"


def _taken(data: Mapping[str, object], place: Place, beside: Sequence[object]) -> set[str]:
    numbers = place[0] in NUMBERS
    lists = [data_at(data, one) for one in ([(n,) for n in NUMBERS] if numbers else [place])]
    return {name for items in [*lists, list(beside)] for name in _ids(items)}


def _free_id(stem: str, taken: set[str]) -> str:
    names = (f"{stem}{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _ids(items: object) -> Iterator[str]:
    for entry in items if isinstance(items, list) else []:
        name = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(name, str):
            yield name
