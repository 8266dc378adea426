"""Opening a store: its file is made on the first use, or it is only read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from counterplay.errors import MissingExtraError

if TYPE_CHECKING:
    from counterplay.store.database import Database
    from counterplay.store.reading import StoreReader
    from counterplay.store.shared import Store


def open_store(address: str | os.PathLike[str]) -> Store:
    """Open a store to work with; it is created where there is none yet.

    Parameters
    ----------
    address : str or path
        A file for SQLite, whose folder must exist, or a PostgreSQL address such as
        ``postgresql://user@host/name``.

    Returns
    -------
    Store

    Raises
    ------
    StoreError
        If there is no such folder, the file is something else, a newer version made it, or it
        cannot be written.
    MissingExtraError
        If the packages for stores are not installed.

    Examples
    --------
    >>> open_store("nowhere/team.db")
    Traceback (most recent call last):
    ...
    counterplay.errors.StoreError: nowhere/team.db: there is no folder nowhere; create it first
    """
    database = _database(address, "rwc")
    database.create()
    database.check()
    database.check_writable()
    from counterplay.store.shared import Store

    return Store(database)


def read_store(address: str | os.PathLike[str]) -> StoreReader:
    """Open a store that exists, to read it.

    Parameters
    ----------
    address : str or path
        As for `open_store`.

    Returns
    -------
    StoreReader

    Raises
    ------
    StoreError
        If there is no such store, or a newer version made it.
    MissingExtraError
        If the packages for stores are not installed.
    """
    database = _database(address, "ro")
    database.check()
    from counterplay.store.reading import StoreReader

    return StoreReader(database)


def _database(address: object, mode: str) -> Database:
    try:
        from counterplay.store.database import Database
    except ModuleNotFoundError:
        raise MissingExtraError("a store of shared work", "store") from None
    return Database(address, mode)
