"""The tables of a store, and the rules by which its database refuses to change the past."""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    event,
)

from counterplay.store.signing import LONGEST_NAME, LONGEST_WHO, LONGEST_WHY

FORMAT = 1
"""Version of the tables."""

PREFIX = "counterplay_"

METADATA = MetaData()

HEADER = Table(
    f"{PREFIX}store",
    METADATA,
    Column("one", Integer, primary_key=True),
    Column("format", Integer, nullable=False),
)
"""One row: the version of the tables. Writers lock it, so that there is one at a time."""

CONTENTS = Table(
    f"{PREFIX}contents",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
"""Scenarios and reports by the hash of their bytes, each once."""

LOG = Table(
    f"{PREFIX}log",
    METADATA,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("item", Integer, nullable=False, index=True),
    Column("who", String(LONGEST_WHO), nullable=False),
    Column("at", String(40), nullable=False),
    Column("action", String(10), nullable=False),
    Column("subject", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("why", String(LONGEST_WHY), nullable=False),
    Column("digest", String(12), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
"""What was done, an entry each."""

ITEMS = Table(
    f"{PREFIX}items",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", String(LONGEST_NAME), nullable=False, unique=True),
    Column("kind", String(7), nullable=False),
    Column("scenario", Text, nullable=False),
    Column("content", String(64), ForeignKey(CONTENTS.c.sha256), nullable=False),
    Column("values", Text, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("digest", String(12), nullable=False),
    Column("retired", Boolean, nullable=False),
    Column("position", BigInteger, ForeignKey(LOG.c.position), nullable=False),
    Column("who", String(LONGEST_WHO), nullable=False),
    Column("at", String(40), nullable=False),
    Column("why", String(LONGEST_WHY), nullable=False),
)
"""Saved work as it stands: what follows from the log, kept so that a list is quick."""

_SQLITE_RULES = """
CREATE TRIGGER {table}_no_{what} BEFORE {what} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} only grows'); END
"""

# SQLite's INSERT OR REPLACE deletes a row without asking the rule on deleting.
_SQLITE_NO_REPLACING = """
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})
BEGIN SELECT RAISE(ABORT, '{table} only grows'); END
"""

_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {PREFIX}only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%% only grows', TG_TABLE_NAME; END $$
"""

_POSTGRES_RULE = """
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {function}()
"""


def _only_grows(table: Table) -> None:
    """Have the database refuse to change or delete rows of a table."""
    names = {"table": table.name, "key": next(iter(table.primary_key)).name}
    sqlite = [_SQLITE_RULES.format(**names, what=what) for what in ("UPDATE", "DELETE")]
    for text in (*sqlite, _SQLITE_NO_REPLACING.format(**names)):
        event.listen(table, "after_create", _rule(text, "sqlite"))
    postgres = _POSTGRES_RULE.format(**names, function=f"{PREFIX}only_grows")
    for text in (_POSTGRES_FUNCTION, postgres):
        event.listen(table, "after_create", _rule(text, "postgresql"))


def _rule(text: str, dialect: str) -> DDL:
    rule: DDL = DDL(text).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
    return rule


for _table in (CONTENTS, LOG):
    _only_grows(_table)
