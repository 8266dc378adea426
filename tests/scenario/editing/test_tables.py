"""Sections as rows, and rows as the least set of edits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import LAW
from tests.scenario.editing.drafts import (
    HOSTILE,
    SHIPPED,
    SMALL,
    SPELLINGS,
    changed_lines,
    sound_or_faulty,
    texts,
)

from counterplay.errors import EditError
from counterplay.scenario.editing.cells import cell_text, cell_value
from counterplay.scenario.editing.draft import Draft
from counterplay.scenario.editing.fields import SECTIONS
from counterplay.scenario.editing.opening import new_draft
from counterplay.scenario.editing.plain_data import data_at, same
from counterplay.scenario.editing.table_edits import with_entry_rows
from counterplay.scenario.editing.tables import entry_columns, entry_rows

ALL = {**SHIPPED, **SPELLINGS, "new": new_draft()}


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("section", SECTIONS)
def test_rows_that_nobody_edited_change_no_byte(name, section):
    draft = ALL[name]
    rows = entry_rows(draft, section)
    assert all(tuple(row) == entry_columns(section) for row in rows)
    assert with_entry_rows(draft, section, rows).text == draft.text


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("section", SECTIONS)
def test_one_cell_is_one_field(name, section):
    draft = SHIPPED[name]
    for number, row in list(enumerate(entry_rows(draft, section)))[::6]:
        rows = entry_rows(draft, section)
        words = next(column for column in ("meaning", "label", "text", "claim") if column in row)
        rows[number][words] = "Something: else"
        after = with_entry_rows(draft, section, rows)
        assert len(changed_lines(draft, after)) in (1, 2)
        assert entry_rows(after, section) == rows


@LAW
@given(data=st.data())
def test_any_edited_rows_come_back_or_are_refused(data):
    draft = data.draw(st.sampled_from([*SPELLINGS.values(), SHIPPED["chicken"]]))
    section = data.draw(st.sampled_from(sorted(SECTIONS)))
    rows = entry_rows(draft, section)
    columns = [column for column in entry_columns(section) if column not in ("place", "player")]
    for _ in range(data.draw(st.integers(0, 3))):
        if rows:
            row = data.draw(st.sampled_from(rows))
            row[data.draw(st.sampled_from(columns))] = data.draw(texts())
    for _ in range(data.draw(st.integers(0, 2))):
        owner = {"player": data.draw(st.sampled_from(["sea", "usa", ""]))}
        rows.append(owner | {column: data.draw(texts()) for column in columns[:2]})
    rows = data.draw(st.permutations(rows))
    try:
        after = with_entry_rows(draft, section, rows)
    except EditError as error:
        assert error.message  # noqa: PT017 - it may as well be done
        return
    assert sound_or_faulty(after)
    others = [key for key in draft.data if key not in (section, "players")]
    if [row.get("id") for row in rows] == [row.get("id") for row in entry_rows(draft, section)]:
        assert all(same(after.data[key], draft.data[key]) for key in others)


def test_a_renamed_row_is_renamed_everywhere_and_other_cells_follow():
    rows = entry_rows(SMALL, "derived")
    rows[0]["id"] = "value_of_it"
    after = with_entry_rows(SMALL, "derived", rows)
    assert after.faults == ()
    assert after.data["derived"][1]["value"] == "fear * value_of_it"
    assert after.data["terms"][0]["value"] == "value_of_it"


def test_rows_gone_new_and_in_another_order():
    rows = entry_rows(SMALL, "terms")
    rows = [
        rows[2],
        rows[0],
        {"player": "land", "label": "New", "value": 3, "when": "sea: [sail]"},
    ]
    after = with_entry_rows(SMALL, "terms", rows)
    ids = [term["id"] for term in after.data["terms"]]
    assert ids == ["land.powder", "sea.prize", "land.term_1"]
    assert after.data["terms"][2]["when"] == {"sea": ["sail"]}
    assert after.data["terms"][0] == SMALL.data["terms"][2]
    assert with_entry_rows(after, "terms", []).data.get("terms") is None


def test_rows_that_say_nothing_are_passed_over():
    empty = {"id": None, "label": float("nan"), "value": ""}
    rows = [*entry_rows(SMALL, "terms"), empty, {}]
    assert with_entry_rows(SMALL, "terms", rows) == SMALL


def test_a_row_given_twice_is_a_new_one():
    rows = entry_rows(SMALL, "regimes")
    after = with_entry_rows(SMALL, "regimes", [*rows, {**rows[0], "id": "calm"}])
    assert [regime["id"] for regime in after.data["regimes"]] == ["peace", "battle", "calm"]


def test_options_stand_in_one_table():
    rows = entry_rows(SMALL, "options")
    assert [(row["player"], row["id"]) for row in rows] == [
        ("sea", "wait"), ("sea", "sail"), ("land", "hold"), ("land", "fire"),
    ]  # fmt: skip
    rows.append({"player": "land", "id": "parley", "label": "Parley"})
    rows[0]["label"] = "Lie at anchor"
    after = with_entry_rows(SMALL, "options", rows)
    assert after.faults == ()
    assert [o.id for o in after.scenario.players[1].options] == ["hold", "fire", "parley"]
    with pytest.raises(EditError, match="needs its player; the players are sea, land"):
        with_entry_rows(SMALL, "options", [*rows, {"id": "x", "label": "x"}])


def test_what_is_named_is_not_removed_unless_what_names_it_goes_too():
    rows = entry_rows(SMALL, "derived")
    with pytest.raises(EditError, match="still named by"):
        with_entry_rows(SMALL, "derived", rows[1:])
    free = with_entry_rows(SMALL, "terms", entry_rows(SMALL, "terms")[2:])
    assert with_entry_rows(free, "derived", []).data.get("derived") is None


def test_caveats_stay_bare_text_as_long_as_they_can():
    rows = entry_rows(SMALL, "caveats")
    rows[0]["text"] = "Nobody: at all"
    assert with_entry_rows(SMALL, "caveats", rows).data["caveats"][0] == "Nobody: at all"
    rows[0]["preset"] = "dear"
    held = with_entry_rows(SMALL, "caveats", rows).data["caveats"][0]
    assert held == {"text": "Nobody: at all", "preset": "dear"}


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["words", "number", "whole", "formula", "list", "mapping"])
def test_a_cell_is_data_whatever_it_says(kind, text):
    value = cell_value(kind, text)
    draft = Draft("a: 1\nb: 2\n")
    if isinstance(value, (str, int, float, list, dict)):
        after = draft.changed({("a",): value})
        assert same(data_at(after.data, ("a",)), value)
        assert after.data["b"] == 2


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (
            "mapping",
            "rok: [pledge], rus: {conv: phase}",
            {"rok": ["pledge"], "rus": {"conv": "phase"}},
        ),
        ("mapping", "a: 1}, b: {c: 2", "a: 1}, b: {c: 2"),
        ("mapping", "a: 1, a: 2", "a: 1, a: 2"),
        ("mapping", "a: &x 1", "a: &x 1"),
        ("mapping", "uniform", "uniform"),
        ("list", "S01, X06", ["S01", "X06"]),
        ("list", "S01], [X06", "S01], [X06"),
        ("number", "0.50", 0.5),
        ("formula", "-a*2", "-a*2"),
    ],
)
def test_cells_are_read_as_their_field_asks(kind, text, value):
    assert same(cell_value(kind, text), value)


@pytest.mark.parametrize(
    "value", [["a", "b"], {"a": [1, 2.5]}, ["x, y", "z"], {"k": "min(a, b)"}, []]
)
def test_cells_come_back(value):
    kind = "list" if isinstance(value, list) else "mapping"
    text = cell_text(value)
    assert not text or same(cell_value(kind, text), value)


@pytest.mark.parametrize("section", ["", "nothing", None, 3, "title"])
def test_tables_that_are_not_there(section):
    with pytest.raises(EditError, match="no such table; there are players, options"):
        entry_rows(SMALL, section)


@pytest.mark.parametrize(
    "rows", [None, 3, "x", [1], [{"place": "terms[0]"}], [{"place": "regimes[9]"}]]
)
def test_rows_that_are_none(rows):
    with pytest.raises(EditError):
        with_entry_rows(SMALL, "regimes", rows)
