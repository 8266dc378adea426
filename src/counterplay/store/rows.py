"""Between rows of the database and what they mean."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from counterplay.errors import StoreError
from counterplay.store.contents import LARGEST, hash_of
from counterplay.store.entries import LogEntry, chained
from counterplay.store.items import StoredItem, after
from counterplay.store.tables import CONTENTS, ITEMS, LOG

_AT_ONCE = 1_000
_COLUMNS = [LOG.c[part.name] for part in fields(LogEntry)]


def entries(connection: sa.Connection, item: int | None = None) -> Iterator[LogEntry]:
    """Give the entries of the log, of one item or of all, the oldest first."""
    wanted = sa.select(*_COLUMNS).order_by(LOG.c.position)
    if item is not None:
        wanted = wanted.where(LOG.c.item == item)
    for row in connection.execute(wanted, execution_options={"yield_per": _AT_ONCE}):
        yield LogEntry(*row)


def last_entry(connection: sa.Connection) -> LogEntry | None:
    """Return the last entry of the log."""
    wanted = sa.select(*_COLUMNS).order_by(LOG.c.position.desc()).limit(1)
    row = connection.execute(wanted).first()
    return None if row is None else LogEntry(*row)


def append(
    connection: sa.Connection, item: StoredItem | None, signed: Sequence[LogEntry]
) -> StoredItem:
    """Write entries about one item behind the last one, and the item as it follows from them.

    Parameters
    ----------
    item : StoredItem or None
        As it stood before; None for a new one.
    signed : sequence of LogEntry
        At least one, complete but for position and hashes.
    """
    written = list(chained(signed, last_entry(connection)))
    for entry in written:
        item = after(item, entry)
    if item is None:
        raise StoreError("log: there is nothing to write")
    connection.execute(LOG.insert(), [entry.to_dict() for entry in written])
    put_item(connection, item)
    return item


def next_id(connection: sa.Connection) -> int:
    """Return the id of the next new item."""
    return (connection.scalar(sa.select(sa.func.max(ITEMS.c.id))) or 0) + 1


def items(connection: sa.Connection) -> list[StoredItem]:
    """Return all saved work, the last one saved first."""
    wanted = sa.select(ITEMS).order_by(ITEMS.c.position.desc())
    return [_item(row) for row in connection.execute(wanted)]


def item_where(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> StoredItem | None:
    """Return the saved work for which something holds, if there is one."""
    row = connection.execute(sa.select(ITEMS).where(condition)).first()
    return None if row is None else _item(row)


def found(connection: sa.Connection, name: str | int) -> StoredItem:
    """Return the saved work with this name or id.

    Raises
    ------
    StoreError
        If there is none.
    """
    by = ITEMS.c.name == name if isinstance(name, str) else ITEMS.c.id == name
    item = item_where(connection, by)
    if item is None:
        raise StoreError(f"no saved work {name!r} in this store")
    return item


def put_item(connection: sa.Connection, item: StoredItem) -> None:
    """Write how saved work stands."""
    columns: dict[str, Any] = item.to_dict()
    for name in ("values", "reasons"):
        columns[name] = json.dumps(columns[name], sort_keys=True)
    changed = connection.execute(ITEMS.update().where(ITEMS.c.id == item.id).values(columns))
    if changed.rowcount == 0:
        connection.execute(ITEMS.insert().values(columns))


def put_content(connection: sa.Connection, raw: bytes) -> None:
    """Write bytes under their hash, unless they are there."""
    sha256 = hash_of(raw)
    known = sa.select(CONTENTS.c.sha256).where(CONTENTS.c.sha256 == sha256)
    if connection.scalar(known) is None:
        connection.execute(CONTENTS.insert().values(sha256=sha256, body=raw))


def content(connection: sa.Connection, sha256: str) -> bytes:
    """Return the bytes with this hash.

    Raises
    ------
    StoreError
        If they are missing, too many, or not those that were stored.
    """
    here = CONTENTS.c.sha256 == sha256
    size = connection.scalar(sa.select(sa.func.length(CONTENTS.c.body)).where(here))
    if size is None:
        raise StoreError(f"content {sha256[:12]}: missing from the store")
    if size > max(LARGEST.values()):
        raise StoreError(f"content {sha256[:12]}: larger than anything that is stored")
    raw = bytes(connection.scalar(sa.select(CONTENTS.c.body).where(here)) or b"")
    if hash_of(raw) != sha256:
        raise StoreError(f"content {sha256[:12]}: was changed after it was stored")
    return raw


def contents(connection: sa.Connection) -> Iterator[str]:
    """Give the hashes of all that is stored."""
    yield from connection.scalars(sa.select(CONTENTS.c.sha256).order_by(CONTENTS.c.sha256)).all()


def _item(row: sa.Row[Any]) -> StoredItem:
    columns = dict(row._mapping)  # noqa: SLF001 - the public name of this attribute
    try:
        for name in ("values", "reasons"):
            columns[name] = dict(json.loads(columns[name]))
    except (ValueError, TypeError, RecursionError):
        raise StoreError(f"item {columns['id']}: not as any version writes it") from None
    return StoredItem(**columns)
