"""Entries are added, moved, removed and renamed; what names them follows or is told."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import LAW
from tests.scenario.editing.drafts import (
    SHIPPED,
    SMALL,
    SPELLINGS,
    changed_lines,
    remarks,
    sound_or_faulty,
    texts,
)

from counterplay.errors import EditError
from counterplay.payoffs import game
from counterplay.scenario.editing.draft import Draft
from counterplay.scenario.editing.edits import set_field
from counterplay.scenario.editing.entries import add_entry, move_entry, remove_entry
from counterplay.scenario.editing.opening import new_draft
from counterplay.scenario.editing.plain_data import data_at
from counterplay.scenario.editing.renaming import mentions, rename_id

SECTIONS = (
    "players", "parameters", "constants", "derived", "terms", "regimes", "presets", "caveats",
    "evidence",
)  # fmt: skip
RENAMED = (
    "players[sea]", "players[land]", "players[sea].options[wait]", "players[land].options[fire]",
    "parameters[cost]", "parameters[fear]", "constants[prize]", "derived[worth]", "derived[risk]",
    "presets[dear]", "evidence[E1]", "terms[sea.hit]", "regimes[peace]",
)  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("section", [*SECTIONS, "players[sea].options"])
def test_an_entry_can_be_added_anywhere_and_removed_again(section, spelling):
    draft = SPELLINGS[spelling]
    for position in (0, 1, None, 99):
        after = add_entry(draft, section, {}, position)
        place = ("players", 0, "options") if "[" in section else (section,)
        old, new = data_at(draft.data, place), data_at(after.data, place)
        at = len(old) if position is None else min(position, len(old))
        assert new[:at] + new[at + 1 :] == old
        assert not any(fault.rule == "schema" for fault in after.faults)
        assert after == add_entry(SPELLINGS[spelling], section, None, position)
        assert remove_entry(after, (*place, at)).data == draft.data


def test_removing_what_was_added_gives_the_same_bytes():
    for section in SECTIONS:
        after = add_entry(SMALL, section)
        count = len(after.data[section]) - 1
        assert remove_entry(after, f"{section}[{count}]").text == SMALL.text


def test_the_first_entry_of_a_section_brings_the_section():
    draft = SHIPPED["chicken"]
    after = add_entry(draft, "parameters", {"label": "Fear"})
    assert [line for line in changed_lines(draft, after) if line[0] == "-"] == []
    assert list(after.data).index("parameters") == list(after.data).index("players") + 1
    assert remove_entry(after, "parameters[0]").data == draft.data


def test_a_new_model_has_no_fault():
    draft = new_draft()
    assert draft.faults == draft.warnings == ()
    assert len(draft.scenario.players) == 3
    assert game(draft.scenario).shape == (2, 2, 2)


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("section", ["terms", "regimes", "parameters", "presets", "constants"])
def test_moving_keeps_every_line(name, section):
    draft = SHIPPED[name]
    entries = draft.data.get(section, [])
    for number in range(min(len(entries), 2)):
        after = move_entry(draft, (section, number), len(entries) - 1)
        assert sorted(after.text.split("\n")) == sorted(draft.text.split("\n"))
        rest = [entry for k, entry in enumerate(entries) if k != number]
        assert after.data[section] == [*rest, entries[number]]
        assert move_entry(after, (section, len(entries) - 1), number).data == draft.data


def test_comments_above_an_entry_go_with_it_and_those_set_off_stay():
    first, group = "  # first\n  - id: x\n", "\n  # group\n\n"
    second, third = "  # second\n  - id: y\n    # inside\n", "  - id: z\n"
    draft = Draft(f"a:\n{first}{group}{second}{third}# end\n")
    moved = draft.arranged(("a",), [1, 0, 2])
    assert moved.text == f"a:\n{group}{second}{first}{third}# end\n"
    assert draft.arranged(("a",), [0, 2]).text == f"a:\n{first}{group}{third}# end\n"
    assert draft.arranged(("a",), [0]).text == f"a:\n{first}{group}# end\n"


@pytest.mark.parametrize("player", ["usa", "ussr"])
def test_payoffs_follow_players_and_options(player):
    draft = SHIPPED["chicken"]
    built = game(draft.scenario)
    swapped = move_entry(draft, "players[ussr]", 0)
    assert swapped.faults == ()
    other = game(swapped.scenario)
    assert other.players == ("ussr", "usa")
    np.testing.assert_array_equal(other.payoffs[::-1].transpose(0, 2, 1), built.payoffs)
    assert swapped.scenario.presets[0].expect.pure == ("maintain/blockade", "withdraw/strike")
    turned = move_entry(draft, f"players[{player}].options[1]", 0)
    flipped = np.flip(game(turned.scenario).payoffs, 1 + built.players.index(player))
    np.testing.assert_array_equal(flipped, built.payoffs)


def test_three_players_in_any_order_keep_their_payoffs():
    table = [[["a", 1, 2], [3, 4, 5]]]
    players = [
        {"id": p, "label": p, "options": [{"id": f"o{k}", "label": "o"} for k in range(n)]}
        for p, n in (("p", 1), ("q", 2), ("r", 3))
    ]
    draft = set_field(new_draft(), "terms", None)
    draft = draft.changed({("players",): players, ("payoffs",): dict.fromkeys("pqr", table)})
    draft = rename_id(draft, "parameters[0]", "a")
    moved = move_entry(draft, "players[r]", 0)
    built, other = game(draft.scenario), game(moved.scenario)
    assert other.players == ("r", "p", "q")
    for axis, player in enumerate(built.players):
        np.testing.assert_array_equal(
            other.payoffs[other.players.index(player)].transpose(1, 2, 0), built.payoffs[axis]
        )


def test_an_option_takes_its_payoffs_along():
    draft = set_field(SHIPPED["chicken"], "regimes", None)
    draft = set_field(set_field(draft, "presets", None), "status_quo", None)
    after = remove_entry(draft, "players[usa].options[strike]")
    assert after.faults == ()
    assert after.scenario.payoffs == {"usa": ((3, 2),), "ussr": ((3, 4),)}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("field", RENAMED)
def test_a_renamed_entry_is_named_so_everywhere(field, spelling):
    new = "E9" if field.startswith("evidence") else "renamed"
    draft = SPELLINGS[spelling]
    after = rename_id(draft, field, new)
    assert after.faults == ()
    if not field.startswith(("terms", "evidence")):
        old = field.split("[")[-1].rstrip("]")
        back = rename_id(after, field.replace(f"[{old}]", "[renamed]"), old)
        assert back.data == draft.data
        if spelling == "block":
            assert back.text == draft.text
    assert len(mentions(after, f"{field.rsplit('[', 1)[0]}[{new}]")) == len(mentions(draft, field))
    np.testing.assert_array_equal(game(after.scenario).payoffs, game(SMALL.scenario).payoffs)


def test_a_name_inside_another_is_not_renamed():
    draft = set_field(SMALL, "derived[worth].value", "prize - cost - 1e1*cost + min(prize, cost)")
    after = rename_id(draft, "parameters[cost]", "e1")
    assert after.data["derived"][0]["value"] == "prize - e1 - 1e1*e1 + min(prize, e1)"


@pytest.mark.parametrize(
    ("field", "new", "message"),
    [
        ("players[sea]", "land", "is the id of another entry"),
        ("players[sea]", "world", "has a meaning of its own"),
        ("players[sea]", "Hold!", "cannot be an id"),
        ("players[sea]", "", "cannot be an id"),
        ("players[sea]", None, "cannot be an id"),
        ("parameters[cost]", "prize", "is the id of another entry"),
        ("parameters[cost]", "max", "has a meaning of its own"),
        ("parameters[cost]", "a.b", "cannot be an id"),
        ("parameters[cost].label", "x", "has no id"),
        ("parameters[none]", "x", "no entry"),
    ],
)
def test_ids_that_cannot_be_used_are_refused(field, new, message):
    with pytest.raises(EditError, match=message):
        rename_id(SMALL, field, new)


@pytest.mark.parametrize(
    ("field", "named"),
    [
        ("players[sea]", "focal"),
        ("players[sea]", "terms[sea.prize].player"),
        ("players[sea]", "status_quo.sea"),
        ("players[sea]", "blocs[0][0]"),
        ("players[sea].options[wait]", "presets[dear].expect.pure[0]"),
        ("players[land].options[fire]", "terms[sea.hit].when.land.fire"),
        ("players[land].options[fire]", "terms[land.powder].when.land[0]"),
        ("parameters[cost]", "derived[worth].value"),
        ("parameters[cost]", "presets[dear].set.cost"),
        ("derived[risk]", "terms[sea.hit].when.land.fire"),
        ("presets[dear]", "caveats[1].preset"),
        ("evidence[E1]", "parameters[cost].evidence[0]"),
    ],
)
def test_what_is_named_is_not_removed_and_the_fields_are_told(field, named):
    with pytest.raises(EditError, match="still named by") as caught:
        remove_entry(SMALL, field)
    assert named in caught.value.mentions
    assert caught.value.mentions == mentions(SMALL, field)


@pytest.mark.parametrize("section", ["title", "players[sea].label", "evidences", "status_quo"])
def test_only_lists_of_entries_take_entries(section):
    with pytest.raises(EditError):
        add_entry(SMALL, section)


def test_a_register_elsewhere_is_not_overwritten():
    with pytest.raises(EditError, match="no list"):
        add_entry(SHIPPED["korea-ukraine"], "evidence")


FIELDS = (
    "title", "focal", "id", "question", "status_quo", "parameters[0].default", "terms[0].when",
    "players[0].options[0].label", "terms[0].value", "presets[0].set", "derived[0].value",
)  # fmt: skip
DRAFTS = (SMALL, SPELLINGS["json"], SPELLINGS["commented"], new_draft(), SHIPPED["chicken"])


@st.composite
def edits(draw):
    """Draw an edit as a function."""
    section = draw(st.sampled_from([*SECTIONS, "players[0].options", "players[1].options"]))
    number, position = draw(st.integers(0, 3)), draw(st.integers(0, 4))
    field, text = draw(st.sampled_from(FIELDS)), draw(texts())
    kind = draw(st.sampled_from(("set", "add", "remove", "move", "rename")))
    return {
        "set": lambda draft: set_field(draft, field, text),
        "add": lambda draft: add_entry(draft, section, {"label": text}, position),
        "remove": lambda draft: remove_entry(draft, f"{section}[{number}]"),
        "move": lambda draft: move_entry(draft, f"{section}[{number}]", position),
        "rename": lambda draft: rename_id(
            draft, f"{section}[{number}]", f"new_{number}{position}"
        ),
    }[kind]


@LAW
@given(data=st.data())
def test_any_edits_give_a_scenario_or_faults_with_lines(data):
    draft = data.draw(st.sampled_from(DRAFTS))
    for edit in data.draw(st.lists(edits(), min_size=1, max_size=6)):
        try:
            after = edit(draft)
        except EditError as error:
            assert error.message  # noqa: PT017 - it may as well be done
            continue
        assert sound_or_faulty(after)
        kept = [line for line in remarks(after) if line not in remarks(draft)]
        assert kept == []
        draft = after
