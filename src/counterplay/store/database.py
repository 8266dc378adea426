"""Reaching the database of a store: its address, one writer at a time, refusals in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from counterplay.errors import MissingExtraError, StoreError
from counterplay.files import path_text
from counterplay.store.tables import FORMAT, HEADER, METADATA

_PATIENCE = 30
"""Seconds that a writer waits for others."""

_CREATING = 7_305_117_405
"""Key of the lock under which a store in PostgreSQL is created."""

_WRITES = "counterplay_writes"

_REASONS = {
    "readonly": "cannot be written: the file or its folder is read-only",
    "read-only": "cannot be written: the database is read-only",
    "permission denied": "cannot be written: this account may not",
    "not a database": "this is no store; name one, or a file that does not exist yet",
    "malformed": "the file is damaged; restore it from a backup",
    "locked": "others keep it busy; try again",
    "unable to open": "cannot be opened; see whether the file may be read and its folder written",
    "full": "cannot be written: the disk is full",
    "only grows": "the log only grows; nothing in it can be changed",
}
"""What to say for what databases say."""


class Database:
    """The database of a store.

    Attributes
    ----------
    where : str
        How messages name it; without a password.
    """

    def __init__(self, address: object, mode: str) -> None:
        self.where, url = _located(address, mode)
        try:
            self._engine = _engine(url)
        except ImportError:
            raise MissingExtraError("a store in PostgreSQL", "postgres") from None

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection that sees one state of the store."""
        options = {} if self._is_file else {"isolation_level": "REPEATABLE READ"}
        with self._told(), self._engine.execution_options(**options).begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection to the only writer; what it wrote stands once the block ends."""
        with self._told(), self._engine.execution_options(**{_WRITES: True}).begin() as connection:
            connection.execute(sa.select(HEADER.c.format).with_for_update())
            yield connection

    def create(self) -> None:
        """Create the tables unless they are there.

        Raises
        ------
        StoreError
            If the file holds something else.
        """
        with self._told(), self._engine.execution_options(**{_WRITES: True}).begin() as connection:
            if not self._is_file:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_CREATING)))
            present = sa.inspect(connection).get_table_names()
            if HEADER.name in present:
                return
            if self._is_file and present:
                raise StoreError(f"{self.where}: {_REASONS['not a database']}")
            METADATA.create_all(connection)
            connection.execute(HEADER.insert().values(one=1, format=FORMAT))

    def check(self) -> None:
        """Refuse what is no store, or one of a newer version.

        Raises
        ------
        StoreError
        """
        with self.reading() as connection:
            has_header = sa.inspect(connection).has_table(HEADER.name)
            found = connection.scalar(sa.select(HEADER.c.format)) if has_header else None
        if not isinstance(found, int):
            raise StoreError(f"{self.where}: {_REASONS['not a database']}")
        if found > FORMAT:
            raise StoreError(
                f"{self.where}: a store of format {found}; this version reads up to {FORMAT}, "
                "update Counterplay"
            )

    def check_writable(self) -> None:
        """Refuse a store that cannot be written, before somebody works for it.

        Raises
        ------
        StoreError
        """
        with self.writing() as connection:
            connection.execute(HEADER.update().values(format=HEADER.c.format))

    @property
    def _is_file(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell in words what the database refuses."""
        try:
            yield
        except SQLAlchemyError as error:
            said = str(error.orig if isinstance(error, DBAPIError) else error)
            lines = said.strip().splitlines() or [type(error).__name__]
            known = (text for part, text in _REASONS.items() if part in said.lower())
            raise StoreError(
                f"{self.where}: {next(known, f'the database refuses: {lines[0]}')}"
            ) from None


def _located(address: object, mode: str) -> tuple[str, sa.URL]:
    text = path_text(address)
    if text is None or "\0" in text:
        raise StoreError(f"store: {address!r} is no path; name a file or a postgresql:// address")
    if "://" not in text:
        return text, _file_url(text, mode)
    try:
        url = sa.make_url(text)
    except (SQLAlchemyError, ValueError):
        raise StoreError("store: the address cannot be read; see postgresql://host/name") from None
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise StoreError(
            f"store: {url.get_backend_name()}:// is not supported; "
            "name a file or a postgresql:// address"
        )
    url = url.set(drivername="postgresql+psycopg")
    return url.set(drivername="postgresql").render_as_string(), url


def _file_url(text: str, mode: str) -> sa.URL:
    path = Path(text)
    try:
        if path.is_dir():
            raise StoreError(f"{text}: this is a folder; name a file in it")
        if not path.parent.is_dir():
            raise StoreError(f"{text}: there is no folder {path.parent}; create it first")
        if mode != "rwc" and not path.exists():
            raise StoreError(f"{text}: there is no such store")
        if path.exists() and not path.is_file():
            raise StoreError(f"{text}: not an ordinary file; name another")
    except OSError as error:
        raise StoreError(f"{text}: cannot be opened: {error.strerror}") from None
    uri = path.resolve().as_uri()
    return sa.URL.create("sqlite", database=uri, query={"mode": mode, "uri": "true"})


def _engine(url: sa.URL) -> sa.Engine:
    """Return what connects; nothing stays open between two questions."""
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 10})
    engine = sa.create_engine(url, poolclass=NullPool, connect_args={"timeout": _PATIENCE})
    sa.event.listen(engine, "connect", _leave_transactions_to_us)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _leave_transactions_to_us(connection: sqlite3.Connection, record: object) -> None:
    """Keep Python's driver from beginning late and from ending before a table is created."""
    del record
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
