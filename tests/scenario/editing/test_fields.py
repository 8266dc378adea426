"""One field changed: one line of the text, whatever is typed and however the file is written."""

import numpy as np
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
    remarks,
    sound_or_faulty,
    texts,
)

from counterplay.errors import EditError
from counterplay.scenario.editing.draft import Draft
from counterplay.scenario.editing.edits import set_field, set_fields
from counterplay.scenario.editing.fields import place_of
from counterplay.scenario.editing.plain_data import data_at, same, with_changes
from counterplay.scenario.editing.surgery import DROPPED
from counterplay.scenario.source import read_yaml

DEFAULTS = [
    (name, parameter.id)
    for name, draft in SHIPPED.items()
    for parameter in draft.scenario.parameters
]


def scalar_places(draft):
    """Return the place of every scalar in a draft, except ids and the format."""
    found = []

    def walk(data, place):
        if isinstance(data, dict):
            for key, part in data.items():
                walk(part, (*place, key))
        elif isinstance(data, list):
            for number, part in enumerate(data):
                walk(part, (*place, number))
        else:
            found.append(place)

    walk(draft.data, ())
    return found


PLACES = {name: scalar_places(draft) for name, draft in SHIPPED.items()}


@pytest.mark.parametrize(("name", "parameter"), DEFAULTS[::4])
def test_a_changed_default_is_one_line(name, parameter):
    draft = SHIPPED[name]
    after = set_field(draft, f"parameters[{parameter}].default", 0.625)
    gone, come = changed_lines(draft, after)
    assert come == "+    default: 0.625"
    assert gone.startswith("-    default: ")


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_set_to_what_it_is_stays_the_same_bytes(name):
    draft = SHIPPED[name]
    for place in PLACES[name]:
        assert set_field(draft, place, data_at(draft.data, place)).text == draft.text
    assert draft.faults == ()


@LAW
@given(data=st.data(), text=texts().filter(bool))
def test_any_text_in_any_field_changes_that_field_alone(data, text):
    name = data.draw(st.sampled_from(sorted(SHIPPED)))
    place = data.draw(st.sampled_from(PLACES[name]))
    draft = SHIPPED[name]
    after = draft.changed({place: text})
    read = read_yaml(after.text.encode(), "f.yaml").data
    assert data_at(read, place) == text
    assert same(with_changes(read, {place: data_at(draft.data, place)}, DROPPED, {}), draft.data)
    assert len(changed_lines(draft, after)) in (0, 2)
    assert remarks(after) == remarks(draft)
    assert sound_or_faulty(after)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_hostile_text_is_only_text(spelling):
    draft = SPELLINGS[spelling]
    for text in filter(None, HOSTILE):
        places = {("players", 0, "label"): text, ("terms", 0, "when", "land"): [text, text]}
        after = draft.changed(places)
        read = read_yaml(after.text.encode(), "f.yaml").data
        assert same(read, with_changes(draft.data, places, DROPPED, {}))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_labels_are_no_faults(text):
    after = set_field(SMALL, "players[sea].label", text)
    assert bool(after.faults) == (text == "")
    assert after.scenario is None or after.scenario.players[0].label == text


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Other"),
        ("question", "What now?"),
        ("question", None),
        ("focal", None),
        ("id", None),
        ("parameters[cost].default", "2.5"),
        ("parameters[cost].unit", "points"),
        ("parameters[cost].id", None),
        ("parameters[cost].distribution", "uniform"),
        ("parameters[cost].distribution", {"kind": "uniform", "low": 1.5}),
        ("parameters[fear].distribution", {"kind": "uniform"}),
        ("parameters[fear].evidence", ["E1"]),
        ("parameters[cost].evidence", ["E1", "E1"]),
        ("terms[sea.hit].when", {"sea": {"sail": "min(cost, 1)"}}),
        ("terms[sea.hit].when.land.fire", "risk*2"),
        ("terms[sea.hit].when", None),
        ("terms[land.powder].when", {"sea": ["wait"]}),
        ("status_quo.sea", "sail"),
        ("status_quo", None),
        ("blocs", [["land"], ["sea"]]),
        ("presets[default].expect", {"equilibria": 2}),
        ("presets[default].set", {"cost": 3}),
        ("presets[default].expect.pure", ["wait/hold", "sail/hold"]),
        ("caveats[0]", "Other: caveat"),
        ("caveats[1].text", "x # y"),
        ("marking", "a: b"),
    ],
)
def test_an_edit_means_the_same_in_every_spelling(spelling, field, value):
    wanted = set_field(SMALL, field, value)
    after = set_field(SPELLINGS[spelling], field, value)
    assert after.data == wanted.data
    assert {f.message for f in after.faults} == {f.message for f in wanted.faults}
    kept = set(remarks(SPELLINGS[spelling]))
    assert set(remarks(after)) <= kept
    if spelling in ("crlf", "byte order mark"):
        assert after.text.replace("\r\n", "\n").removeprefix("\ufeff") == wanted.text
        assert after.text.count("\r\n") == (after.text.count("\n") if spelling == "crlf" else 0)


@pytest.mark.parametrize(
    ("field", "typed", "held"),
    [
        ("parameters[cost].default", "3", 3),
        ("parameters[cost].default", " 2.50 ", 2.5),
        ("parameters[cost].default", 3.0, 3),
        ("parameters[cost].default", np.float64(1.25), 1.25),
        ("parameters[cost].default", np.int64(2), 2),
        ("parameters[cost].default", "two", "two"),
        ("parameters[cost].default", "1e999", "1e999"),
        ("parameters[cost].default", "true", "true"),
        ("constants[prize].value", "-1", -1),
        ("presets[dear].set.cost", "3", 3),
        ("presets[default].expect.equilibria", "2", 2),
        ("terms[sea.hit].value", "-4.5", -4.5),
        ("terms[sea.hit].value", "-cost", "-cost"),
        ("question", 12, "12"),
        ("title", "12", "12"),
        ("as_of", "2024-10-22", "2024-10-22"),
    ],
)
def test_what_is_typed_is_held_as_the_field_asks(field, typed, held):
    after = set_field(SMALL, field, typed)
    assert same(data_at(after.data, place_of(after.data, field)), held)
    assert sound_or_faulty(after)


def test_faults_are_data_with_line_and_field():
    after = set_field(SMALL, "parameters[cost].default", "nine")
    (fault,) = after.faults
    line = after.text.splitlines()[fault.line - 1]
    assert (fault.field, line) == ("parameters[0].default", "    default: nine")
    assert after.scenario is None


@pytest.mark.parametrize(
    ("draft", "field", "message"),
    [
        (SMALL, "parameters[none].default", "no entry 'none'"),
        (SMALL, "parameters[9].default", "no such entry; there are 2"),
        (SMALL, "", "this is no field"),
        (SMALL, "a..b", "this is no field"),
        (SMALL, (), "this is no field"),
        (SMALL, None, "this is no field"),
        (SMALL, "caveats[0]", "an item of a list"),
        (Draft("a: [", "x"), "a", "line 1: not YAML"),
        (Draft("- a", "x"), "a", "there are no fields yet"),
        (Draft("", "x"), "a", "there are no fields yet"),
        (Draft("a: &x 1", "x"), "a", "anchors"),
        (Draft("a: \ud800", "x"), "a", "not UTF-8"),
        ("text", "a", "give what open_draft"),
    ],
)
def test_what_cannot_be_edited_is_refused_in_words(draft, field, message):
    with pytest.raises(EditError) as caught:
        set_field(draft, field, None)
    assert message in str(caught.value)


def test_a_file_that_would_be_too_large_is_refused():
    with pytest.raises(EditError, match="larger than 262144 bytes"):
        set_field(SMALL, "title", "x" * 262_144)


def test_what_cannot_stand_alone_is_refused():
    odd = Draft("? a\n: 1\n? b\n: 2\n", "x.yaml")
    try:
        after = set_field(odd, "a", None)
    except EditError as error:
        assert "edit its text" in str(error)  # noqa: PT017 - it may as well be done
    else:
        assert after.data == {"b": 2}


def test_several_fields_are_set_at_once_as_one_by_one():
    values = {f"parameters[{name}].default": 0.5 for name in ("cred", "detect", "offset")}
    values |= {"title": "Other", "marking": None, "presets[spiral].set.cred": "0.3"}
    draft = SHIPPED["korea-ukraine"]
    one_by_one = draft
    for field, value in values.items():
        one_by_one = set_field(one_by_one, field, value)
    assert set_fields(draft, values) == one_by_one
    assert set_fields(draft, {}) == draft


def test_fields_of_what_is_not_there_yet_come_together():
    bare = set_field(SMALL, "status_quo", None)
    after = set_fields(bare, {"status_quo.sea": "wait", "status_quo.land": "hold"})
    assert after.data["status_quo"] == SMALL.data["status_quo"]
    assert after.faults == ()


def test_fields_inside_one_another_are_refused():
    with pytest.raises(EditError, match="lies inside another field"):
        set_fields(SMALL, {"status_quo": {"sea": "sail"}, "status_quo.land": "fire"})


def test_a_section_that_is_empty_in_brackets_is_filled_line_by_line():
    draft = Draft(SMALL.text + "x: []\n")
    after = draft.changed({("x",): [{"id": "a"}]})
    assert after.text == SMALL.text + "x:\n  - id: a\n"
