"""Faults of form: each told with its line, its field, what is wrong and what would be right."""

import pytest
from tests.scenario_files import SOUND, edited, line_of, lines_told, told

from counterplay.scenario import Scenario
from counterplay.scenario.catalogue import inspect_text

FOCAL = "focal: sea\n"


def only(text, field):
    """Return the one fault at a field."""
    found = [fault for fault in told(text) if fault.field == field and fault.rule == "schema"]
    assert len(found) == 1, lines_told(text)
    return found[0]


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ("title: A small scenario\n", "", "title", "required, but not given; add it"),
        ("    label: Powder\n", "", "terms[2].label", "required, but not given; add it"),
        ("    low: 1\n", "", "parameters[0].low", "required, but not given; add it"),
        ("title: A", "titel: A", "titel", "not a field here; did you mean title?"),
        ("    low: 1\n", "    lo: 1\n", "parameters[0].lo", "not a field here; did you mean low?"),
        (
            "    source: A",
            "    sorce: A",
            "evidence[0].sorce",
            "not a field here; did you mean source?",
        ),
        (
            "        label: Sail\n",
            "        lable: Sail\n",
            "players[0].options[1].lable",
            "not a field here; did you mean label",
        ),
        (
            "      equilibria: 1",
            "      equlibria: 1",
            "presets[0].expect.equlibria",
            "not a field here; did you mean equilibria?",
        ),
        (
            "      mode: 2",
            "      mod: 2",
            "parameters[0].distribution.mod",
            "not a field here; did you mean mode?",
        ),
        (
            "    preset: dear",
            "    prset: dear",
            "caveats[1].prset",
            "not a field here; did you mean preset?",
        ),
        (
            FOCAL,
            "zzz: 1\n",
            "zzz",
            "not a field here; known: format, id, title, question, asked_by",
        ),
        (
            "format: 1",
            "format: 2",
            "format",
            "this version of Counterplay reads format 1 (got 2); update Counterplay",
        ),
        ("format: 1", 'format: "1"', "format", "reads format 1 (got '1')"),
        (
            "format: 1",
            "format: [" + "x" * 300 + "]",
            "format",
            "reads format 1 (got ['xxxxxxxxxxxxxxxx",
        ),
        (
            "id: small",
            "id: Small one",
            "id",
            "'Small one' cannot be used; use small letters, digits and -",
        ),
        (
            "- id: cost",
            "- id: Cost",
            "parameters[0].id",
            "'Cost' cannot be used; start with a small letter; then small letters, digits and _",
        ),
        (
            "- id: sea.hit",
            "- id: sea/hit",
            "terms[1].id",
            "'sea/hit' cannot be used; start with a small letter; then small letters, digits",
        ),
        (
            "- id: E1",
            "- id: E 1",
            "evidence[0].id",
            "'E 1' cannot be used; use letters, digits, _, . and -",
        ),
        (
            'colour: "#AABBCC"',
            "colour: red",
            "regimes[0].colour",
            "'red' cannot be used; write a colour as #RRGGBB",
        ),
        (
            "title: A small scenario",
            "title: 2024",
            "title",
            "should be text; put it in quotes (got 2024)",
        ),
        (
            "title: A small scenario",
            "title: true",
            "title",
            "should be text; put it in quotes (got True)",
        ),
        ("title: A small scenario", "title: [a, b]", "title", "should be text"),
        ("title: A small scenario", 'title: ""', "title", "should not be empty (got '')"),
        ("title: A small scenario", "title:", "title", "should be text (got nothing)"),
        (
            "title: A small scenario",
            'title: "\\ud800"',
            "title",
            "should be text; half of a character stands here",
        ),
        (
            "title: A small scenario",
            "title: " + "x" * 4001,
            "title",
            "String should have at most 4000 characters (got 'xxx",
        ),
        (
            "    default: 2",
            "    default: two",
            "parameters[0].default",
            "should be a number (got 'two')",
        ),
        (
            "    default: 2",
            '    default: "2"',
            "parameters[0].default",
            "should be a number (got '2')",
        ),
        (
            "    default: 2",
            "    default: true",
            "parameters[0].default",
            "should be a number (got True)",
        ),
        (
            "    default: 2",
            "    default: 0x2",
            "parameters[0].default",
            "should be a number (got '0x2')",
        ),
        (
            "    default: 2",
            "    default: 1_0",
            "parameters[0].default",
            "should be a number (got '1_0')",
        ),
        (
            "    default: 2",
            "    default: .nan",
            "parameters[0].default",
            "should be a finite number (got nan)",
        ),
        (
            "    default: 2",
            "    default: .inf",
            "parameters[0].default",
            "should be a finite number (got inf)",
        ),
        (
            "    default: 2",
            "    default: 1e400",
            "parameters[0].default",
            "should be a finite number (got inf)",
        ),
        (
            "    default: 2",
            "    default: " + "9" * 400,
            "parameters[0].default",
            "should be a number (got 99999",
        ),
        ("    default: 2", "    default: [2]", "parameters[0].default", "should be a number"),
        (
            "    value: 3",
            "    value: .nan",
            "constants[0].value",
            "should be a finite number (got nan)",
        ),
        (
            "      cost: 4",
            "      cost: four",
            "presets[1].set.cost",
            "should be a number (got 'four')",
        ),
        ("    value: -4", "    value: [4]", "terms[1].value", "should be a formula or a number"),
        (
            "    value: -4",
            "    value: true",
            "terms[1].value",
            "should be a formula or a number (got True)",
        ),
        (
            "      land: [fire]",
            "      land: fire",
            "terms[2].when.land",
            "should be a list of option ids, or option ids each with a weight (got 'fire')",
        ),
        (
            "      land:\n        fire: risk",
            "      land:\n        fire: [risk]",
            "terms[1].when.land",
            "should be a formula or a number",
        ),
        (
            "      land: [hold]",
            "      land: hold",
            "regimes[0].when.land",
            "should be a list (got 'hold')",
        ),
        (
            "      equilibria: 1",
            "      equilibria: 1.5",
            "presets[0].expect.equilibria",
            "should be a whole number (got 1.5)",
        ),
        (
            "      equilibria: 1",
            "      equilibria: 0",
            "presets[0].expect.equilibria",
            "should be greater than or equal to 1 (got 0)",
        ),
        (
            "completeness: proved",
            "completeness: prooved",
            "presets[0].expect.completeness",
            "should be proved, continuum or unproved (got 'prooved')",
        ),
        (
            "      pure: [sail/hold]",
            "      pure: [1]",
            "presets[0].expect.pure[0]",
            "should be text; put it in quotes (got 1)",
        ),
        (
            "status: reported",
            "status: rumour",
            "evidence[0].status",
            "assessment, estimate, unverified or published-work (got 'rumour')",
        ),
        (
            "      kind: triangular",
            "      kind: normal",
            "parameters[0].distribution.kind",
            "should be triangular or uniform (got 'normal')",
        ),
        (
            "    player: sea\n    default",
            "    role: lver\n    default",
            "parameters[0].role",
            "should be uncertain or lever (got 'lver')",
        ),
        (
            "    player: sea\n    default",
            "    basis: guess\n    default",
            "parameters[0].basis",
            "should be source, expert or placeholder (got 'guess')",
        ),
        (
            "    player: sea\n    default",
            "    confidence: sure\n    default",
            "parameters[0].confidence",
            "should be low, moderate or high (got 'sure')",
        ),
        (
            "  - Nobody is like this.",
            "  - 5",
            "caveats[0]",
            "should be a mapping of fields (got 5)",
        ),
        ("  - Nobody is like this.", '  - ""', "caveats[0].text", "should not be empty (got '')"),
        (
            "status_quo:\n  sea: wait\n  land: hold\n",
            "status_quo: wait\n",
            "status_quo",
            "should be a mapping of names to values (got 'wait')",
        ),
        (
            "blocs:\n  - [sea]\n  - [land]\n",
            "blocs: sea\n",
            "blocs",
            "should be a list (got 'sea')",
        ),
    ],
)
def test_each_kind_of_slip(old, new, field, message):
    text = edited((old, new))
    fault = only(text, field)
    assert message in fault.message
    assert fault.line == (text[: text.index(new)].count("\n") + 1 if new else fault.line)
    assert fault.severity == "fault"


def test_a_missing_field_is_told_where_its_entry_begins():
    text = edited(("    label: Powder\n", ""))
    assert only(text, "terms[2].label").line == line_of(text, "- id: land.powder")
    assert only(edited(("title: A small scenario\n", "")), "title").line == 1


@pytest.mark.parametrize(
    ("count", "message"),
    [(0, "0 given; at least 2 needed"), (1, "1 given; at least 2 needed"),
     (9, "9 given; at most 8 supported")],
)  # fmt: skip
def test_how_many_players_there_can_be(count, message):
    players = "".join(
        f"  - id: p{k}\n    label: P\n    options:\n      - id: a\n        label: A\n"
        for k in range(count)
    )
    text = (
        f"format: 1\nid: x\ntitle: X\nplayers:{' []' if not count else ''}\n{players}terms: []\n"
    )
    assert only(text, "players").message == message


def test_how_many_options_there_can_be():
    options = "".join(f"      - id: o{k}\n        label: O\n" for k in range(33))
    text = edited(("      - id: wait\n        label: Wait\n", options))
    assert only(text, "players[0].options").message == "34 given; at most 32 supported"
    start = SOUND.index("      - id: wait")
    end = SOUND.index("  - id: land\n    label: The fort")
    text = edited((SOUND[start:end], "      []\n"))
    assert only(text, "players[0].options").message == "0 given; at least 1 needed"


def test_a_faulty_entry_does_not_make_its_list_too_short():
    text = edited(("    label: The fort\n", ""))
    assert [line for line in lines_told(text) if " players: " in line] == []
    assert only(text, "players[1].label")


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "just words\n", "- a\n- b\n", "5\n", "null\n"]
)
def test_a_file_that_is_no_mapping(text):
    assert (
        "small.yaml:1: (file): should be a mapping of fields; "
        "the first line of a file is 'format: 1'"
    ) in lines_told(text)


def test_odd_keys_are_told_as_what_they_are():
    found = lines_told('"\\e[31mred\\nblue": 1\n' + SOUND)
    assert len(found) == 1
    assert found[0].startswith(
        "small.yaml:1: '\\x1b[31mred\\nblue': not a field here; known: format, id, title"
    )


def test_merge_keys_are_fields_like_others():
    text = edited(("  - id: prize\n    value: 3\n", "  - <<: {id: prize, value: 3}\n"))
    assert only(text, "constants[0].<<").message.startswith("not a field here; known: id, value")


def test_messages_never_hold_a_whole_novel():
    text = edited(("title: A small scenario", "title: [" + "novel, " * 5000 + "]"))
    text = edited(("    default: 2", "    default: " + "novel" * 5000), text=text)
    assert max(map(len, lines_told(text))) < 1200


def test_a_thousand_unknown_fields_are_all_told():
    found = lines_told(SOUND + "".join(f"zz{k}: 1\n" for k in range(1000)))
    assert len(found) == 1000
    assert found[0].startswith(f"small.yaml:{line_of(SOUND + 'zz', 'zz')}: zz0: not a field here")


def test_what_the_schema_lets_be_shorter():
    text = edited(
        ("    distribution:\n      kind: triangular\n      low: 1\n      mode: 2\n      high: 3\n",
         "    distribution: uniform\n"),
        ("      pure: [sail/hold]", "      pure:\n        - [sail, hold]"),
    )  # fmt: skip
    assert told(text) == []
    scenario = inspect_text(text.encode(), "small.yaml").scenario
    assert scenario.parameters[0].distribution.kind == "uniform"
    assert scenario.presets[0].expect.pure == ("sail/hold",)
    assert scenario.caveats[0].text == "Nobody is like this."


def test_a_scenario_is_frozen_and_equal_to_its_canonical_form():
    scenario = inspect_text(SOUND.encode(), "small.yaml").scenario
    again = Scenario.model_validate(scenario.canonical())
    assert again == scenario
    assert again.sha256 == scenario.sha256
    with pytest.raises(ValueError, match="frozen"):
        scenario.title = "Another"
