"""What can be asked of a store of shared work."""

from __future__ import annotations

from typing import Any

from counterplay.errors import StoreError
from counterplay.scenario import Scenario
from counterplay.store import rows
from counterplay.store.contents import scenario_in
from counterplay.store.database import Database
from counterplay.store.entries import LogEntry
from counterplay.store.items import StoredItem
from counterplay.store.soundness import StoreCheck, checked, exported


class StoreReader:
    """Settings and reports under names, and the log of all that was done to them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def where(self) -> str:
        """How messages name the store; without a password."""
        return self._database.where

    def items(self, *, retired: bool = False) -> list[StoredItem]:
        """Return saved work, the last one saved first; `retired` gives what left the list."""
        with self._database.reading() as connection:
            return [item for item in rows.items(connection) if item.retired == retired]

    def item(self, name: str | int) -> StoredItem:
        """Return saved work by its name or id.

        Raises
        ------
        StoreError
            If there is none.
        """
        with self._database.reading() as connection:
            return rows.found(connection, name)

    def log(self, item: int | None = None, last: int | None = None) -> list[LogEntry]:
        """Return the entries about one item or about all, the oldest first; or the last few."""
        with self._database.reading() as connection:
            found = list(rows.entries(connection, item))
        return found if last is None else found[max(len(found) - last, 0) :]

    def scenario(self, item: StoredItem) -> Scenario:
        """Return the scenario of a setting, as it was saved.

        Raises
        ------
        StoreError
            If it is a report, or the store does not hold the scenario.
        """
        if item.kind != "setting":
            raise StoreError(f"{item.name}: this is a report; its bytes are its content")
        return scenario_in(self.content(item), item.name)

    def content(self, item: StoredItem) -> bytes:
        """Return the bytes of a report, or the canonical scenario of a setting.

        Raises
        ------
        StoreError
            If they are missing or were changed.
        """
        with self._database.reading() as connection:
            return rows.content(connection, item.content)

    def verify(self, noted: str = "") -> StoreCheck:
        """Check that the log is whole, and that everything follows from it.

        Parameters
        ----------
        noted : str
            Hash of an entry that was written down elsewhere; it must still be in the log.

        Returns
        -------
        StoreCheck
        """
        with self._database.reading() as connection:
            return checked(connection, noted)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data: log, items, contents as text."""
        with self._database.reading() as connection:
            return exported(connection)
