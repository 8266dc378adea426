"""Entries of the log, each chained to the one before, so that a change to the past shows.

The hash of an entry covers all that it says and the hash of the entry before it.  Whoever can
write to the database can also write a whole new chain: only a hash that was noted elsewhere shows
that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

FIRST = "0" * 64
"""What stands for the hash before the first entry."""

ACTIONS = ("create", "save", "model", "report", "set", "reset", "rename", "retire", "restore")
"""What can happen to saved work.

`save` begins a later saving, whose moves follow; `model` and `report` put another scenario or
report in the place of the last; `set` moves a number or tells its reason; `reset` puts it back to
its default; what is retired leaves the list and can be restored.
"""


@dataclass(frozen=True)
class LogEntry:
    """One thing that was done to saved work.

    Attributes
    ----------
    position : int
        Place in the log, from 1 without gaps.
    item : int
        The saved work.
    who : str
    at : str
        When, in UTC, as in ``2024-10-20T09:30:00.000000+00:00``.
    action : str
        One of `ACTIONS`.
    subject : str
        Id of the parameter or constant that was moved; else empty.
    before, after : str
        What it was and what it became, as JSON: a number in the unit of the parameter, the name,
        or for `create`, `model` and `report` the content with its hash. Empty where there is none.
    why : str
        The reason for this number, or for the whole saving.
    digest : str
        Short hash of the inputs once the whole saving is done.
    previous, hash : str
        SHA-256 of the entry before, and of this one.
    """

    position: int
    item: int
    who: str
    at: str
    action: str
    subject: str = ""
    before: str = ""
    after: str = ""
    why: str = ""
    digest: str = ""
    previous: str = FIRST
    hash: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the entry as plain data."""
        return asdict(self)


def hash_of(entry: LogEntry) -> str:
    """Return the SHA-256 that an entry must carry."""
    said = [getattr(entry, field.name) for field in fields(entry) if field.name != "hash"]
    text = json.dumps(said, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def chained(entries: Iterable[LogEntry], last: LogEntry | None) -> Iterator[LogEntry]:
    """Give entries their positions and hashes, behind the last one of the log."""
    position, previous = (0, FIRST) if last is None else (last.position, last.hash)
    for entry in entries:
        position += 1
        placed = replace(entry, position=position, previous=previous, hash="")
        previous = hash_of(placed)
        yield replace(placed, hash=previous)


def broken_links(entries: Iterable[LogEntry]) -> Iterator[str]:
    """Tell where a log is not what was written, a sentence for each place."""
    position, previous = 0, FIRST
    for entry in entries:
        if entry.position != position + 1:
            yield f"log: entry {position + 1} is missing"
        if entry.previous != previous:
            yield f"log: entry {entry.position} does not follow the one before it"
        if entry.hash != hash_of(entry):
            yield f"log: entry {entry.position} was changed after it was written"
        position, previous = entry.position, entry.hash
