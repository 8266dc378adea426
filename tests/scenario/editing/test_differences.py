"""What differs between two scenarios is named, and nothing else is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import LAW
from tests.scenario.editing.drafts import SHIPPED, SMALL, SPELLINGS
from tests.scenario.editing.test_entries import edits

from counterplay.errors import CounterplayError, EditError
from counterplay.scenario.editing.differences import scenario_differences, text_difference
from counterplay.scenario.editing.draft import Draft
from counterplay.scenario.editing.edits import set_field
from counterplay.scenario.editing.entries import add_entry, move_entry, remove_entry
from counterplay.scenario.editing.renaming import rename_id


def words(after, before=SMALL):
    return [one.words for one in scenario_differences(before.scenario, after.scenario)]


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (
            lambda d: set_field(d, "parameters[cost].default", 2.5),
            ["parameter cost: default 2 -> 2.5"],
        ),
        (lambda d: set_field(d, "title", "Other"), ['title "A small scenario" -> Other']),
        (lambda d: set_field(d, "focal", None), ["focal sea -> (none)"]),
        (lambda d: set_field(d, "question", "Why?\n"), ["question (none) -> Why? "]),
        (
            lambda d: set_field(d, "terms[sea.prize].when.land", ["hold"]),
            ["term sea.prize: when sea: [sail] -> sea: [sail], land: [hold]"],
        ),
        (
            lambda d: add_entry(d, "terms", {"id": "land.x", "player": "land", "label": "More"}),
            ["term land.x added: More"],
        ),
        (lambda d: remove_entry(d, "regimes[battle]"), ["regime battle removed: Battle"]),
        (
            lambda d: move_entry(d, "regimes[battle]", 0),
            ["regimes reordered: peace, battle -> battle, peace"],
        ),
        (
            lambda d: set_field(d, "players[sea].options[wait].label", "Stay in port"),
            ['option sea/wait: label Wait -> "Stay in port"'],
        ),
        (
            lambda d: add_entry(d, "players[sea].options", {"id": "raid", "label": "Raid"}),
            ["option sea/raid added: Raid"],
        ),
        (
            lambda d: move_entry(d, "players[land].options[fire]", 0),
            ["options of land reordered: hold, fire -> fire, hold"],
        ),
        (
            lambda d: rename_id(d, "regimes[peace]", "calm"),
            [
                "regime peace removed: Peace",
                "regime calm added: Peace",
            ],
        ),
        (
            lambda d: set_field(d, "caveats[0]", "Somebody is."),
            ["caveat removed: Nobody is like this.", "caveat added: Somebody is."],
        ),
        (
            lambda d: set_field(d, "evidence[E1].status", "denied"),
            ["evidence E1: status reported -> denied"],
        ),
        (lambda d: d.with_text("# a comment\n" + d.text), []),
        (lambda d: set_field(d, "constants[prize].value", 3.0), []),
    ],
)
def test_differences_are_named(edit, told):
    assert words(edit(SMALL)) == told


def test_the_shipped_models_differ_from_one_another_only():
    one, other = SHIPPED["chicken"].scenario, SHIPPED["korea-ukraine"].scenario
    assert scenario_differences(one, one) == scenario_differences(other, other) == ()
    found = scenario_differences(one, other)
    assert {"players", "terms", "payoffs", "evidence"} <= {d.section or d.field for d in found}
    json.dumps([one.to_dict() for one in found], allow_nan=False)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_spelling_is_no_difference(spelling):
    assert words(SPELLINGS[spelling]) == []


@LAW
@given(data=st.data())
def test_there_are_differences_exactly_where_the_hash_differs(data):
    draft = SMALL
    for edit in data.draw(st.lists(edits(), min_size=1, max_size=4)):
        try:
            after = edit(draft)
        except EditError:
            continue
        draft = after if after.scenario is not None else draft
    found = scenario_differences(SMALL.scenario, draft.scenario)
    assert bool(found) == (SMALL.scenario.sha256 != draft.scenario.sha256)
    back = scenario_differences(draft.scenario, SMALL.scenario)
    assert len(back) == len(found)
    assert all(one.words.isprintable() or "\u200d" in one.words for one in found)


def test_text_differences_are_a_unified_diff():
    after = set_field(SMALL, "parameters[cost].default", 2.5)
    lines = text_difference(SMALL, after).splitlines()
    assert lines[:2] == ["--- small.yaml", "+++ small.yaml"]
    assert [line for line in lines[2:] if line[0] in "+-"] == [
        "-    default: 2",
        "+    default: 2.5",
    ]
    assert text_difference(SMALL, SMALL) == ""
    with pytest.raises(EditError):
        text_difference(SMALL, SMALL.text)


def test_texts_of_very_many_lines_are_given_whole():
    one, other = Draft("x\n" * 30_000), Draft("y\n" * 30_000)
    assert text_difference(one, other).count("\n") == 60_002


@pytest.mark.parametrize("nonsense", [None, "chicken", SMALL, {}])
def test_what_is_no_scenario(nonsense):
    with pytest.raises(CounterplayError, match="is no scenario"):
        scenario_differences(SMALL.scenario, nonsense)
