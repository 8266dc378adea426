"""Databases that refuse: bad places, other files, newer versions, and changes to the past."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from contextlib import closing

import pytest
import sqlalchemy as sa
from tests.store.team import ANN, BOB, report, setting

from counterplay.errors import MissingExtraError, StoreError
from counterplay.store.contents import SavedReport
from counterplay.store.database import Database
from counterplay.store.opening import open_store, read_store
from counterplay.store.shared import Store


def raw(path, *statements):
    """Change a store behind its back."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@pytest.fixture
def path(tmp_path):
    """Return a store with a little work in it."""
    path = tmp_path / "team.db"
    store = open_store(path)
    item = store.add("Base", setting(cost=3.0), ANN).item
    store.change(item.id, item.position, setting(cost=2.5), BOB)
    store.add("For Monday", SavedReport(report()), ANN)
    return path


@pytest.mark.parametrize("opened", [open_store, read_store])
def test_places_that_cannot_be_are_told_in_a_line(tmp_path, opened):
    (tmp_path / "notes.db").write_text("just text, and rather more than nothing " * 50)
    raw(tmp_path / "other.db", "CREATE TABLE things (one)")
    for place, said in {
        str(tmp_path / "none" / "team.db"): "there is no folder",
        str(tmp_path): "this is a folder",
        str(tmp_path / "notes.db"): "this is no store",
        str(tmp_path / "other.db"): "this is no store",
        os.devnull: "not an ordinary file",
        "": "no path",
        "a\0b": "no path",
        "x" * 5000: "cannot be opened|no such store",
        "mysql://host/name": "mysql:// is not supported",
        "postgresql://host:port/name": "cannot be read",
        3: "no path",
    }.items():
        with pytest.raises(StoreError, match=said) as refused:
            opened(place)
        assert len(str(refused.value).splitlines()) == 1
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    assert tables == [("things",)]


def test_a_store_that_is_to_be_read_is_not_made(tmp_path):
    with pytest.raises(StoreError, match="there is no such store"):
        read_store(tmp_path / "team.db")
    assert not (tmp_path / "team.db").exists()


@pytest.mark.parametrize("opened", [open_store, read_store])
def test_a_newer_store_is_refused_by_its_version(path, opened):
    raw(path, "UPDATE counterplay_store SET format = 2")
    with pytest.raises(StoreError, match="format 2; this version reads up to 1"):
        opened(path)


def test_a_store_that_cannot_be_written_says_so(path):
    read_only = Database(path, "ro")
    with pytest.raises(StoreError, match="cannot be written: the file or its folder is read-only"):
        read_only.check_writable()
    with pytest.raises(StoreError, match="read-only"):
        Store(read_only).add("More", setting(), ANN)
    assert len(read_store(path).log()) == 5


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_file_without_permission_is_told(path):
    path.chmod(0o400)
    with pytest.raises(StoreError, match="read-only"):
        open_store(path)


def test_a_password_is_in_no_message():
    with pytest.raises(StoreError) as refused:
        open_store("postgresql://ann:hush@localhost:1/team")
    assert "hush" not in str(refused.value)
    assert "ann:***@localhost" in str(refused.value)


@pytest.mark.parametrize(("module", "extra"), [("sqlalchemy", "store"), ("psycopg", "postgres")])
def test_a_missing_extra_says_what_to_install(monkeypatch, module, extra):
    monkeypatch.setitem(sys.modules, module, None)
    if module == "sqlalchemy":
        monkeypatch.delitem(sys.modules, "counterplay.store.database")
    with pytest.raises(MissingExtraError, match=rf"counterplay\[{extra}\]"):
        open_store("postgresql://localhost:1/team")


def test_the_database_refuses_to_change_the_past(store):
    store.add("Base", setting(cost=3.0), ANN)
    before = store.to_dict()
    again = "SELECT position, item, 'Eve', at, action, subject, before, after, why, digest, "
    for statement in (
        "UPDATE counterplay_log SET who = 'Eve'",
        "DELETE FROM counterplay_log",
        "UPDATE counterplay_contents SET sha256 = sha256",
        "DELETE FROM counterplay_contents",
        f"INSERT INTO counterplay_log {again} previous, hash FROM counterplay_log LIMIT 1",
    ):
        with pytest.raises(StoreError), store._database.writing() as connection:
            connection.execute(sa.text(statement))
    assert store.to_dict() == before


def test_sqlite_refuses_to_replace_rows(path):
    for table in ("log", "contents"):
        name = f"counterplay_{table}"
        with pytest.raises(sqlite3.DatabaseError, match="only grows"):
            raw(path, f"INSERT OR REPLACE INTO {name} SELECT * FROM {name}")  # noqa: S608


NO_RULES = [
    f"DROP TRIGGER counterplay_{table}_no_{what}"
    for table in ("log", "contents")
    for what in ("update", "delete", "replace")
]
"""What somebody has to do first who changes the past all the same."""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE counterplay_log SET who = 'Eve' WHERE position = 2", "entry 2 was changed"),
        ("UPDATE counterplay_log SET after = '9' WHERE position = 4", "not as it follows"),
        ("DELETE FROM counterplay_log WHERE position = 3", "entry 3 is missing"),
        ("DELETE FROM counterplay_log WHERE position = 5", "the log knows nothing of it"),
        ("DELETE FROM counterplay_items WHERE id = 1", "missing from the list"),
        ("UPDATE counterplay_items SET who = 'Eve'", "item 1: not as it follows from the log"),
        ("UPDATE counterplay_items SET \"values\" = 'x'", "not as any version writes it"),
        ("UPDATE counterplay_contents SET body = x'00'", "was changed after it was stored"),
        ("DELETE FROM counterplay_contents", "missing from the store"),
        ("UPDATE counterplay_log SET action = 'frob'", "not one that can follow"),
    ],
)
def test_what_was_changed_behind_the_back_is_found(path, change, said):
    assert read_store(path).verify().sound
    raw(path, *NO_RULES, change)
    found = read_store(path).verify()
    assert not found.sound
    assert any(said in fault for fault in found.faults)


def test_a_noted_hash_shows_a_log_that_was_cut_or_replaced(path, tmp_path):
    early = tmp_path / "early.db"
    shutil.copy(path, early)
    store = open_store(path)
    store.add("More", setting(), ANN)
    noted = store.verify().head
    assert store.verify(noted).sound
    assert store.verify(read_store(early).verify().head).sound
    assert read_store(early).verify().sound
    assert not read_store(early).verify(noted).sound


def test_contents_beyond_all_bounds_are_not_read(path):
    sql = "UPDATE counterplay_contents SET body = zeroblob(20000001)"
    raw(path, *NO_RULES, sql)
    store = read_store(path)
    with pytest.raises(StoreError, match="larger than anything that is stored"):
        store.content(store.item("Base"))
