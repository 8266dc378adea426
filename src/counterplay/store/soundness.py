"""Whether a store is whole: the chain of its log, and that all it shows follows from that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from counterplay.errors import StoreError
from counterplay.store import rows
from counterplay.store.entries import FIRST, LogEntry, broken_links
from counterplay.store.items import replay

_MOST_FAULTS = 20


@dataclass(frozen=True)
class StoreCheck:
    """What checking a store found.

    Attributes
    ----------
    sound : bool
        Whether the log is whole and everything follows from it.
    faults : tuple of str
        What is wrong, the first 20.
    entries : int
        Entries of the log.
    head : str
        Hash of the last one. Note it elsewhere: with it a later check shows a log that was
        replaced as a whole.
    """

    sound: bool
    faults: tuple[str, ...]
    entries: int
    head: str

    def to_dict(self) -> dict[str, Any]:
        """Return the check as plain data."""
        return {**vars(self), "faults": list(self.faults)}


def checked(connection: sa.Connection, noted: str) -> StoreCheck:
    """Check a store; `noted` is the hash of an entry that must be in its log, or empty."""
    log = list(rows.entries(connection))
    faults = [*broken_links(log), *_lost(log, noted), *_differences(connection, log)]
    faults += _damaged(connection, log)
    head = log[-1].hash if log else FIRST
    return StoreCheck(not faults, tuple(faults[:_MOST_FAULTS]), len(log), head)


def exported(connection: sa.Connection) -> dict[str, Any]:
    """Return everything that a store holds as plain data."""
    return {
        "kind": "counterplay store",
        "log": [entry.to_dict() for entry in rows.entries(connection)],
        "items": [item.to_dict() for item in rows.items(connection)],
        "contents": {
            sha256: rows.content(connection, sha256).decode()
            for sha256 in rows.contents(connection)
        },
    }


def _lost(log: list[LogEntry], noted: str) -> Iterator[str]:
    if noted and all(entry.hash != noted for entry in log):
        yield f"log: the entry with hash {noted[:12]} is not in it; it was cut or replaced"


def _differences(connection: sa.Connection, log: list[LogEntry]) -> Iterator[str]:
    """Tell which saved work is not what the log says."""
    try:
        found = {item.id: item for item in rows.items(connection)}
        said = replay(log)
    except StoreError as error:
        yield str(error)
        return
    for number in sorted({*found, *said}):
        if number not in said:
            yield f"item {number}: the log knows nothing of it"
        elif number not in found:
            yield f"item {number}: {said[number].name!r} is in the log and missing from the list"
        elif found[number] != said[number]:
            yield f"item {number}: not as it follows from the log"


def _damaged(connection: sa.Connection, log: list[LogEntry]) -> Iterator[str]:
    """Tell which stored bytes are missing or were changed."""
    try:
        wanted = {item.content for item in replay(log).values()}
    except StoreError:
        wanted = set()
    for sha256 in sorted(wanted | set(rows.contents(connection))):
        try:
            rows.content(connection, sha256)
        except StoreError as error:
            yield str(error)
