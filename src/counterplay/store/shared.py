"""Every way to write to a store of shared work.

Nothing is written but through `Store._append`: entries of the log, and the row of the item as it
follows from them, in one transaction of the only writer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import sqlalchemy as sa

from counterplay.errors import StoreError
from counterplay.store import rows
from counterplay.store.contents import Content, told
from counterplay.store.database import Database
from counterplay.store.entries import LogEntry
from counterplay.store.items import StoredItem
from counterplay.store.merging import Target, changes, merged, replaced
from counterplay.store.reading import StoreReader
from counterplay.store.signing import LONGEST_NAME, Signature, required
from counterplay.store.tables import ITEMS


@dataclass(frozen=True)
class Saved:
    """What saving did.

    Attributes
    ----------
    item : StoredItem
        As it stands now.
    merged : tuple of str
        Numbers that were taken over from what others saved meanwhile.
    """

    item: StoredItem
    merged: tuple[str, ...] = ()


class Store(StoreReader):
    """A store that can be written; several threads may share one.

    Writers come one after another, on whatever machine they are.
    """

    def __init__(self, database: Database, now: Callable[[], datetime] | None = None) -> None:
        super().__init__(database)
        self._now = now or _utc_now

    def add(self, name: str, content: Content, by: Signature) -> Saved:
        """Save something under a new name.

        Parameters
        ----------
        name : str
            At most 60 characters.
        content : SavedSetting or SavedReport
        by : Signature

        Returns
        -------
        Saved

        Raises
        ------
        StoreError
            If the name is taken.
        """
        wanted = required("name", name, LONGEST_NAME)
        with self._database.writing() as connection:
            taken = rows.item_where(connection, ITEMS.c.name == wanted)
            if taken is not None:
                left = ", and left the list since" if taken.retired else ""
                raise StoreError(
                    f"name: {wanted!r} was saved by {taken.who}{left}; choose another name"
                )
            rows.put_content(connection, content.raw)
            number = rows.next_id(connection)
            said = {"name": wanted, "kind": content.kind, **json.loads(told(content))}
            first = LogEntry(0, number, "", "", "create", after=json.dumps(said), why=by.why)
            empty = StoredItem(number, wanted, content.kind, "", "")
            target = Target(dict(content.values), dict(content.reasons))
            moves = changes(empty, target, content.scenario.full_values())
            digest = content.digest_at(content.values)
            return Saved(self._append(connection, None, [first, *moves], by, digest))

    def change(self, item: int, based_on: int, content: Content, by: Signature) -> Saved:
        """Save a later version of something.

        What others saved meanwhile is kept: where they moved other numbers, both stand; where they
        moved the same, nothing is stored and the error names it.

        Parameters
        ----------
        item : int
            Its id.
        based_on : int
            `position` of the item as the writer had opened it.
        content : SavedSetting or SavedReport
        by : Signature

        Returns
        -------
        Saved
            The item as it was where there was nothing to change.

        Raises
        ------
        StoreConflictError
            If what others saved meanwhile cannot stand beside it.
        StoreError
            If there is no such item.
        """
        with self._database.writing() as connection:
            now = rows.found(connection, item)
            _check_fits(now, based_on, content)
            target = merged(list(rows.entries(connection, item)), based_on, content)
            if now.retired:
                raise StoreError(f"{now.name}: this left the list; restore it first")
            moves = changes(now, target, content.scenario.full_values())
            moves = [*replaced(now, content), *moves]
            if not moves:
                return Saved(now)
            rows.put_content(connection, content.raw)
            first = LogEntry(0, item, "", "", "save", why=by.why)
            digest = content.digest_at(target.values)
            added = self._append(connection, now, [first, *moves], by, digest)
            return Saved(added, target.merged)

    def rename(self, item: int, name: str, by: Signature) -> StoredItem:
        """Give saved work another name.

        Raises
        ------
        StoreError
            If the name is taken, or there is no such item.
        """
        wanted = required("name", name, LONGEST_NAME)
        with self._database.writing() as connection:
            now = rows.found(connection, item)
            if now.name == wanted:
                return now
            if rows.item_where(connection, ITEMS.c.name == wanted) is not None:
                raise StoreError(f"name: {wanted!r} is taken; choose another")
            before, later = json.dumps(now.name), json.dumps(wanted)
            entry = LogEntry(0, item, "", "", "rename", before=before, after=later, why=by.why)
            return self._append(connection, now, [entry], by, now.digest)

    def retire(self, item: int, by: Signature) -> StoredItem:
        """Take saved work off the list; it stays in the store.

        Raises
        ------
        StoreError
            If there is no such item.
        """
        return self._mark(item, "retire", by)

    def restore(self, item: int, by: Signature) -> StoredItem:
        """Put saved work back on the list.

        Raises
        ------
        StoreError
            If there is no such item.
        """
        return self._mark(item, "restore", by)

    def _mark(self, item: int, action: str, by: Signature) -> StoredItem:
        with self._database.writing() as connection:
            now = rows.found(connection, item)
            if now.retired == (action == "retire"):
                return now
            entry = LogEntry(0, item, "", "", action, why=by.why)
            return self._append(connection, now, [entry], by, now.digest)

    def _append(
        self,
        connection: sa.Connection,
        item: StoredItem | None,
        added: Sequence[LogEntry],
        by: Signature,
        digest: str,
    ) -> StoredItem:
        at = self._now().astimezone(UTC).isoformat(timespec="microseconds")
        signed = [replace(entry, who=by.who, at=at, digest=digest) for entry in added]
        return rows.append(connection, item, signed)


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _check_fits(item: StoredItem, based_on: int, content: Content) -> None:
    if content.kind != item.kind:
        raise StoreError(f"{item.name}: this is a {item.kind}; save the {content.kind} by itself")
    if isinstance(based_on, bool) or not isinstance(based_on, int):
        raise StoreError(f"based_on: {based_on!r} is no position; give that of the item")
    if not 0 < based_on <= item.position:
        raise StoreError(f"based_on: the log ends at {item.position}, before {based_on}")
