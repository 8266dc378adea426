"""Saved work as it stands, and how it follows from the log."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any

from counterplay.errors import StoreError
from counterplay.store.entries import LogEntry


@dataclass(frozen=True)
class StoredItem:
    """A setting or a report under a name.

    Attributes
    ----------
    id : int
    name : str
    kind : str
        ``"setting"`` or ``"report"``.
    scenario : str
        Id of its scenario.
    content : str
        SHA-256 of what is stored: of a setting the canonical scenario, of a report its bytes.
    values : mapping from parameter or constant id to number
        What differs from the defaults, in the units of the scenario.
    reasons : mapping from parameter or constant id to text
        Why a number was moved.
    digest : str
        Short hash of scenario and values.
    retired : bool
        Whether it was taken off the list.
    position : int
        The last entry of the log about it.
    who, at, why : str
        Who saved it last, when (UTC), and why.
    """

    id: int
    name: str
    kind: str
    scenario: str
    content: str
    values: Mapping[str, float] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""
    retired: bool = False
    position: int = 0
    who: str = ""
    at: str = ""
    why: str = ""

    def __post_init__(self) -> None:
        """Keep the mappings from being changed."""
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))
        object.__setattr__(self, "reasons", MappingProxyType(dict(self.reasons)))

    def to_dict(self) -> dict[str, Any]:
        """Return the item as plain data."""
        parts = {part.name: getattr(self, part.name) for part in fields(self)}
        return parts | {"values": dict(self.values), "reasons": dict(self.reasons)}


def replay(entries: Iterable[LogEntry]) -> dict[int, StoredItem]:
    """Rebuild all saved work from the log alone.

    Parameters
    ----------
    entries : iterable of LogEntry
        From the first on; those about one item alone give that item.

    Returns
    -------
    dict from int to StoredItem
        By id, as each stands after the last entry.

    Raises
    ------
    StoreError
        If an entry says what no version has written.
    """
    items: dict[int, StoredItem] = {}
    for entry in entries:
        items[entry.item] = after(items.get(entry.item), entry)
    return items


def after(item: StoredItem | None, entry: LogEntry) -> StoredItem:
    """Return saved work as it stands after one more entry.

    Raises
    ------
    StoreError
        If the entry cannot follow.
    """
    try:
        changed = _created(entry) if item is None else _changed(item, entry)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise StoreError(f"log: entry {entry.position} is not one that can follow") from None
    signed = entry.why if entry.action not in {"set", "reset", "model", "report"} else changed.why
    return replace(
        changed,
        digest=entry.digest,
        position=entry.position,
        who=entry.who,
        at=entry.at,
        why=signed,
    )


def _created(entry: LogEntry) -> StoredItem:
    if entry.action != "create":
        raise ValueError(entry.action)
    said: dict[str, str] = json.loads(entry.after)
    return StoredItem(entry.item, said["name"], said["kind"], said["scenario"], said["content"])


def _changed(item: StoredItem, entry: LogEntry) -> StoredItem:
    action = entry.action
    if action in {"set", "reset"}:
        return _moved(item, entry)
    if action in {"model", "report"}:
        said = json.loads(entry.after)
        return replace(item, scenario=said["scenario"], content=said["content"])
    if action == "rename":
        return replace(item, name=json.loads(entry.after))
    if action in {"retire", "restore"}:
        return replace(item, retired=action == "retire")
    if action != "save":
        raise ValueError(action)
    return item


def _moved(item: StoredItem, entry: LogEntry) -> StoredItem:
    values, reasons = dict(item.values), dict(item.reasons)
    reasons.pop(entry.subject, None)
    if entry.action == "reset":
        del values[entry.subject]
    else:
        values[entry.subject] = float(json.loads(entry.after))
        if entry.why:
            reasons[entry.subject] = entry.why
    return replace(item, values=values, reasons=reasons)
