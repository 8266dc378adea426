"""Saving, merging and refusing: what one writer sees of another."""

from __future__ import annotations

import json

import pytest
from tests.scenario_files import edited
from tests.store.team import ANN, BOB, clock, report, scenario, setting

from counterplay.errors import StoreConflictError, StoreError, ValuesError
from counterplay.findings import inputs_digest
from counterplay.store.contents import SavedReport, SavedSetting
from counterplay.store.opening import open_store, read_store
from counterplay.store.shared import Store
from counterplay.store.signing import Signature


def test_a_setting_comes_back_as_it_was_saved(store, address):
    saved = store.add("Base case", setting({"cost": "a hunch"}, cost=2.5), BOB).item
    again = open_store(address).item("Base case")
    assert again == saved
    assert dict(again.values) == {"cost": 2.5}
    assert dict(again.reasons) == {"cost": "a hunch"}
    assert (again.who, again.why) == ("Bob", "as agreed on Monday")
    assert again.digest == inputs_digest(scenario(), scenario().full_values({"cost": 2.5}))
    assert again.content == scenario().sha256
    assert store.scenario(again) == scenario()


def test_a_report_is_kept_byte_by_byte(store):
    raw = report(cost=3.0)
    item = store.add("For Monday", SavedReport(raw), ANN).item
    assert store.content(item) == raw
    assert (item.kind, dict(item.values)) == ("report", {"cost": 3.0})
    assert item.digest == inputs_digest(scenario(), scenario().full_values({"cost": 3.0}))
    with pytest.raises(StoreError, match="this is a report"):
        store.scenario(item)


def test_the_log_says_who_when_what_from_to_and_why(address):
    store = Store(open_store(address)._database, clock())
    item = store.add("Base", setting(), ANN).item
    saved = setting({"cost": "the new yard"}, cost=2.5)
    item = store.change(item.id, item.position, saved, BOB).item
    item = store.change(item.id, item.position, setting(), ANN).item
    store.rename(item.id, "Basis", ANN)
    told = [(e.who, e.action, e.subject, e.before, e.after, e.why) for e in store.log()]
    assert told[1:] == [
        ("Bob", "save", "", "", "", "as agreed on Monday"),
        ("Bob", "set", "cost", "2.0", "2.5", "the new yard"),
        ("Ann", "save", "", "", "", ""),
        ("Ann", "reset", "cost", "2.5", "2.0", ""),
        ("Ann", "rename", "", '"Base"', '"Basis"', ""),
    ]
    assert [e.at[:16] for e in store.log()][0::2] == [
        "2024-10-20T09:30", "2024-10-20T09:31", "2024-10-20T09:32",
    ]  # fmt: skip
    assert [e.position for e in store.log()] == [1, 2, 3, 4, 5, 6]


def test_moves_of_different_numbers_are_both_kept(store):
    first = store.add("Base", setting(cost=3.0), ANN).item
    store.change(first.id, first.position, setting(cost=3.0, fear=0.75), BOB)
    saved = store.change(first.id, first.position, setting({"cost": "now"}, cost=2.5), ANN)
    assert dict(saved.item.values) == {"cost": 2.5, "fear": 0.75}
    assert dict(saved.item.reasons) == {"cost": "now"}
    assert saved.merged == ("fear",)
    assert saved.item.digest == setting().digest_at({"cost": 2.5, "fear": 0.75})


def test_moves_of_the_same_number_are_told_and_nothing_is_stored(store):
    first = store.add("Base", setting(cost=3.0), ANN).item
    now = store.change(first.id, first.position, setting(cost=3.5, fear=0.75), BOB).item
    before = store.log()
    with pytest.raises(StoreConflictError) as refused:
        store.change(first.id, first.position, setting(cost=2.5), ANN)
    assert refused.value.parameters == ("cost",)
    assert refused.value.item == first.id
    assert "Bob: set cost 3.0 -> 3.5" in str(refused.value)
    assert "fear" not in str(refused.value)
    assert store.log() == before
    assert store.item("Base") == now


def test_a_reset_meets_a_move_as_a_conflict_and_the_same_move_does_not(store):
    first = store.add("Base", setting(cost=3.0), ANN).item
    now = store.change(first.id, first.position, setting(cost=3.5), BOB).item
    with pytest.raises(StoreConflictError):
        store.change(first.id, first.position, setting(), ANN)
    assert store.change(first.id, first.position, setting(cost=3.5), ANN).item == now


def test_another_model_under_the_same_name_is_no_merge(store):
    first = store.add("Base", setting(cost=3.0), ANN).item
    other = scenario(edited(("default: 2", "default: 2.5")))
    store.change(first.id, first.position, setting(cost=3.5), BOB)
    with pytest.raises(StoreConflictError, match="it changed since you opened it"):
        store.change(first.id, first.position, SavedSetting(other, {"cost": 3.0}), ANN)
    now = store.item("Base")
    later = store.change(now.id, now.position, SavedSetting(other, {"fear": 0.75}), ANN).item
    assert later.content == other.sha256
    assert dict(later.values) == {"fear": 0.75}
    assert store.log()[-2].subject == "cost"
    assert store.log()[-2].after == "2.5"
    assert store.verify().sound


def test_reports_are_replaced_only_by_those_who_saw_the_last(store):
    first = store.add("For Monday", SavedReport(report()), ANN).item
    store.change(first.id, first.position, SavedReport(report(cost=3.0)), BOB)
    with pytest.raises(StoreConflictError):
        store.change(first.id, first.position, SavedReport(report(cost=2.5)), ANN)
    with pytest.raises(StoreError, match="this is a report; save the setting by itself"):
        store.change(first.id, first.position, setting(), ANN)
    assert store.verify().sound


def test_saving_what_is_there_already_writes_nothing(store):
    first = store.add("Base", setting(cost=3.0), ANN).item
    assert store.change(first.id, first.position, setting(cost=3.0), BOB).item == first
    assert len(store.log()) == 2


def test_what_left_the_list_can_come_back(store):
    item = store.add("Base", setting(), ANN).item
    gone = store.retire(item.id, BOB)
    assert store.items() == []
    assert store.items(retired=True) == [gone]
    with pytest.raises(StoreError, match="left the list; restore it first"):
        store.change(item.id, gone.position, setting(cost=3.0), ANN)
    with pytest.raises(StoreError, match="left the list since; choose another name"):
        store.add("Base", setting(), ANN)
    assert store.restore(item.id, ANN) == store.items()[0]
    assert store.restore(item.id, ANN) == store.items()[0]
    assert [entry.action for entry in store.log()] == ["create", "retire", "restore"]


def test_names_are_taken_once(store):
    item = store.add("Base", setting(), ANN).item
    store.add("Other", setting(), ANN)
    with pytest.raises(StoreError, match="'Base' was saved by Ann"):
        store.add("  Base ", setting(cost=3.0), BOB)
    with pytest.raises(StoreError, match="'Other' is taken"):
        store.rename(item.id, "Other", ANN)
    with pytest.raises(StoreError, match="no saved work 'Else'"):
        store.item("Else")


@pytest.mark.parametrize("position", [0, -1, 99, True, 1.0])
def test_a_position_that_nobody_can_have_seen_is_refused(store, position):
    item = store.add("Base", setting(), ANN).item
    with pytest.raises(StoreError, match="based_on"):
        store.change(item.id, position, setting(cost=3.0), ANN)


@pytest.mark.parametrize("text", ["", "  ", "\u200b\n", "x" * 61, 3, None])
def test_names_that_cannot_be_stored_are_refused(store, text):
    with pytest.raises(StoreError, match="name: "):
        store.add(text, setting(), ANN)
    assert store.log() == []


def test_text_is_kept_on_one_line_without_what_cannot_be_seen():
    by = Signature(" Ann\nLee\u202e\x00\ud800 ", "so\tit is")
    assert (by.who, by.why) == ("Ann Lee", "so it is")
    with pytest.raises(StoreError, match="who: this is empty"):
        Signature(" ")
    with pytest.raises(StoreError, match="why: 241 characters; at most 240"):
        Signature("Ann", "x" * 241)


def test_quotes_and_markup_are_text(store):
    name = "'); DROP TABLE counterplay_log; -- <b>%s</b> :x"
    store.add(name, setting(), Signature("o'Hara", '"; --'))
    assert store.item(name).who == "o'Hara"
    assert store.verify().sound


def test_what_does_not_fit_the_scenario_is_refused():
    with pytest.raises(ValuesError, match="cost"):
        setting(cost=99.0)
    with pytest.raises(ValuesError, match="'fear' is at its default"):
        setting({"fear": "why not"}, cost=3.0)
    assert setting(cost=2.0).values == {}


NO_REPORTS = {
    "empty": b"",
    "something else": b"{}",
    "deep": b"[" * 100_000,
    "no text": b"\xff",
    "large": b"x" * 20_000_001,
    "a string": "text",
    "unsound": report().replace(b'"E1"', b'"E9"', 1),
}


@pytest.mark.parametrize("raw", NO_REPORTS.values(), ids=NO_REPORTS)
def test_what_is_no_report_is_refused(raw):
    with pytest.raises(StoreError, match="report: "):
        SavedReport(raw)


def test_readers_see_all_and_everything_can_be_exported(store, address):
    store.add("Base", setting(cost=3.0), ANN)
    store.add("For Monday", SavedReport(report()), BOB)
    reader = read_store(address)
    assert [item.name for item in reader.items()] == ["For Monday", "Base"]
    assert [entry.position for entry in reader.log(last=2)] == [2, 3]
    exported = json.loads(json.dumps(reader.to_dict(), allow_nan=False))
    assert exported["items"][1]["values"] == {"cost": 3.0}
    assert exported["contents"][scenario().sha256] == scenario().canonical_text
    assert len(exported["log"]) == 3
    assert not hasattr(reader, "add")
