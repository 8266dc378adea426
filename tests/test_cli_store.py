"""The command store, and the app's option of that name."""

import json
import sqlite3
from contextlib import closing

import pytest

pytest.importorskip("sqlalchemy")

from tests.store.team import ANN, BOB, report, setting

from counterplay.store.contents import SavedReport
from counterplay.store.entries import LogEntry
from counterplay.store.items import StoredItem, replay
from counterplay.store.opening import open_store


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "team.db"
    store = open_store(path)
    item = store.add("Base", setting({"cost": "the new yard"}, cost=3.0), BOB).item
    store.rename(item.id, "Basis", ANN)
    store.add("For Monday", SavedReport(report()), ANN)
    return path


def test_saved_work_is_listed_the_last_first(run, path):
    code, out, _ = run("store", path)
    first, second = out.splitlines()
    assert code == 0
    assert first.startswith("For Monday  report  small, 0 moved")
    assert second.startswith("Basis  setting  small, 1 moved")
    listed = json.loads(run("store", path, "--json")[1])
    assert [item["name"] for item in listed] == ["For Monday", "Basis"]


def test_an_empty_store_says_so(run, tmp_path):
    open_store(tmp_path / "new.db")
    assert run("store", tmp_path / "new.db") == (0, "nothing is saved yet\n", "")
    assert run("store", tmp_path / "new.db", "verify")[0] == 0


def test_the_log_is_shown_of_all_or_of_one(run, path):
    code, out, _ = run("store", path, "log")
    assert code == 0
    assert len(out.splitlines()) == 4
    assert "Bob: set cost 2.0 -> 3.0 (the new yard)" in out
    assert 'rename "Base" -> "Basis"' in out
    one = run("store", path, "log", "For Monday", "--json")[1]
    assert [entry["action"] for entry in json.loads(one)] == ["create"]
    assert run("store", path, "log", "Base")[0] == 2


def test_verify_exits_with_1_once_the_log_was_changed(run, path):
    code, out, _ = run("store", path, "verify")
    assert code == 0
    assert "the log is whole: 4 entries" in out
    noted = json.loads(run("store", path, "verify", "--json")[1])["head"]
    assert noted in out
    assert run("store", path, "verify", "--noted", noted)[0] == 0
    assert run("store", path, "verify", "--noted", "0" * 64)[0] == 1
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER counterplay_log_no_update")
        connection.execute("UPDATE counterplay_log SET who = 'Eve' WHERE position = 2")
        connection.commit()
    code, out, _ = run("store", path, "verify")
    assert code == 1
    assert "entry 2 was changed after it was written" in out
    assert "NOT whole" in out


def test_an_export_holds_everything_that_replay_needs(run, path, tmp_path):
    code, out, _ = run("store", path, "export", "--out", tmp_path / "team.json")
    assert (code, out) == (0, f"Wrote {tmp_path / 'team.json'}\n")
    document = json.loads((tmp_path / "team.json").read_text(encoding="utf-8"))
    assert json.loads(run("store", path, "export")[1]) == document
    state = replay(LogEntry(**entry) for entry in document["log"])
    assert list(state.values()) == [StoredItem(**item) for item in document["items"]][::-1]
    assert report().decode() in document["contents"].values()


@pytest.mark.parametrize(
    "arguments",
    [
        ("frob",),
        ("list", "--noted", "00"),
        ("verify", "Basis"),
        ("log", "--out", "team.json"),
        ("export", "--out", "team.txt"),
        ("export", "--out", "none/team.json"),
    ],
)
def test_what_does_not_belong_together_is_refused(run, path, arguments):
    code, out, err = run("store", path, *arguments)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("command", [("app", "--store"), ("store",)])
def test_bad_places_are_told_in_one_line(run, tmp_path, command):
    (tmp_path / "notes.txt").write_text("not a database at all " * 100)
    for place in (tmp_path / "none" / "team.db", tmp_path, tmp_path / "notes.txt", "mysql://a/b"):
        code, out, err = run(*command, place)
        assert (code, out) == (2, "")
        assert len(err.splitlines()) == 1


def test_the_app_refuses_a_newer_store_and_a_header_that_is_none(run, path, tmp_path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE counterplay_store SET format = 2")
        connection.commit()
    assert "update Counterplay" in run("app", "--store", path)[2]
    assert "only a store" in run("app", "--user-header", "X-User")[2]
    assert (
        "X-Forwarded-User" in run("app", "--store", tmp_path / "n.db", "--user-header", "a b")[2]
    )
