"""YAML text as plain data: what it is read as, in which line, and what is refused."""

import math

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from counterplay.errors import ScenarioError
from counterplay.scenario import source as source_module
from counterplay.scenario.source import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_NODES,
    Source,
    field_name,
    printable,
    read_yaml,
)


def data(text):
    return read_yaml(text.encode(), "f.yaml").data


def refusal(raw):
    with pytest.raises(ScenarioError) as caught:
        read_yaml(raw if isinstance(raw, bytes) else raw.encode(), "f.yaml")
    (fault,) = caught.value.faults
    assert (fault.file, fault.field, fault.rule) == ("f.yaml", "(file)", "readable")
    return fault


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1", 1), ("-7", -7), ("+1", 1), ("010", 10), ("0", 0),
        ("1.5", 1.5), ("-.5", -0.5), ("5.", 5.0), ("1e3", 1000.0), ("2.5E-2", 0.025),
        (".inf", math.inf), ("-.inf", -math.inf), ("1e400", math.inf),
        ("true", True), ("False", False), ("null", None), ("~", None), ("", None), ('""', ""),
        ("no", "no"), ("off", "off"), ("yes", "yes"), ("on", "on"), ("y", "y"),
        ("0x10", "0x10"), ("0o17", "0o17"), ("1_000", "1_000"), ("1:30", "1:30"),
        ("2024-10-22", "2024-10-22"), ("12:30:00", "12:30:00"), ("nan", "nan"), ("1e", "1e"),
        ('"1"', "1"), ("'true'", "true"), ("NO", "NO"), ("=", "="), ("<<", "<<"),
        ('"a\\nb"', "a\nb"), ("한국", "한국"),
    ],
)  # fmt: skip
def test_plain_words_follow_yaml_1_2(written, value):
    found = data(f"key: {written}\n")["key"]
    assert found == value
    assert type(found) is type(value)


def test_not_a_number_is_read_as_what_it_is():
    assert math.isnan(data("key: .nan\n")["key"])


def test_a_number_of_absurd_length_is_text():
    assert data("key: " + "9" * 400) == {"key": int("9" * 400)}
    assert data("key: " + "9" * 401) == {"key": "9" * 401}
    assert data("key: 1e1000") == {"key": "1e1000"}


def test_blocks_are_joined_as_yaml_joins_them():
    assert data("a: |\n  x\n  y\nb: >\n  x\n  y\n") == {"a": "x\ny\n", "b": "x y\n"}


def test_every_field_has_its_line():
    text = "a: 1\n\n# a comment\nb:\n  - x: 1\n    y:\n      z: 2\n  - {p: 1,\n     q: 2}\n"
    source = read_yaml(text.encode(), "f.yaml")
    assert source.data == {"a": 1, "b": [{"x": 1, "y": {"z": 2}}, {"p": 1, "q": 2}]}
    lines = {
        ("a",): 1, ("b",): 4, ("b", 0): 5, ("b", 0, "x"): 5, ("b", 0, "y", "z"): 7,
        ("b", 1, "p"): 8, ("b", 1, "q"): 9,
    }  # fmt: skip
    assert {place: source.line(place) for place in lines} == lines


def test_a_place_that_is_not_there_has_the_line_of_what_should_hold_it():
    source = read_yaml(b"\n\na:\n  b: 1\n", "f.yaml")
    assert source.line(("a", "c", "d")) == 3
    assert source.line(("x",)) == 3
    assert Source("f.json", {}).line(("a", 0)) == 1


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_line_endings_of_every_system_count_alike(ending):
    source = read_yaml(f"a: 1{ending}b: 2{ending}c: x{ending}".encode(), "f.yaml")
    assert source.data == {"a": 1, "b": 2, "c": "x"}
    assert source.line(("c",)) == 3


def test_a_byte_order_mark_is_passed_over():
    assert read_yaml("\ufeffa: 1\n".encode(), "f.yaml").data == {"a": 1}


@pytest.mark.parametrize("text", ["", "# only\n# comments\n", "---\n", "~", "\n\n\n"])
def test_an_empty_file_is_nothing(text):
    assert data(text) is None


@pytest.mark.parametrize("directive", ["%YAML 1.1\n---\n", "%YAML 1.2\n---\n", "%ODD x\n---\n"])
def test_directives_change_nothing(directive):
    assert data(directive + "a: no\n") == {"a": "no"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: &x [1]\n", 2, "anchors (&name) are not allowed"),
        ("a: *x\n", 1, "aliases (*name) are not allowed"),
        ("a: 1\nb: !!str 1\n", 2, "tags (!name) are not allowed"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "tags (!name) are not allowed"),
        ("a: !local 1\n", 1, "tags (!name) are not allowed"),
        ("!!set {a, b}\n", 1, "tags (!name) are not allowed"),
        ("a: 1\n---\nb: 1\n", 2, "a second YAML document"),
        ("a: 1\n? [x, y]\n: 2\n", 2, "a key must be a plain word"),
        ("{{a: 1}: 2}\n", 1, "a key must be a plain word"),
        ("a: 1\n\tb: 2\n", 2, "not YAML: found character '\\t'"),
        ("a: [1, 2\nb: 3\n", 2, "not YAML: "),
        ('a: "x\n\n', 3, "not YAML: found unexpected end of stream"),
        ("a: b: c\n", 1, "not YAML: mapping values are not allowed here"),
        ("a: @x\n", 1, "not YAML: found character '@' that cannot start any token"),
        ("a: 1\nb: x\x00y\n", 2, "the character U+0000 cannot stand in YAML"),
        ("a: 1\n\n\nb: \x1b[31m\n", 4, "the character U+001B cannot stand in YAML"),
        ("a:\n" + "".join(" " * k + "a:\n" for k in range(1, 40)), MAX_DEPTH + 1, "levels deep"),
        ("[" * 1000, 1, f"nested more than {MAX_DEPTH} levels deep"),
        ("- 1\n" * (MAX_NODES + 1), MAX_NODES, f"more than {MAX_NODES} entries"),
    ],
)
def test_what_is_not_plain_data_is_refused(text, line, words):
    fault = refusal(text)
    assert fault.line == line
    assert words in fault.message


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"a: 1\nb: \xff\n", 2),
        ("a: 1\n".encode("utf-16"), 1),
        ("a: 1\n".encode("utf-32"), 1),
        (b"a: \xc3\n", 1),
        (b"\n\n\xed\xa0\x80", 3),
        (bytes(range(256)), 2),
    ],
)
def test_what_is_not_utf_8_is_refused(raw, line):
    fault = refusal(raw)
    assert fault.line == line
    assert fault.message == "not UTF-8 text; save the file as UTF-8"


def test_utf_16_without_a_mark_is_refused_by_its_zeros():
    assert "U+0000" in refusal("a: 1\n".encode("utf-16-le")).message


def test_a_large_file_is_refused_before_it_is_read_as_text():
    assert data(" " * MAX_BYTES) is None
    assert refusal(b"\xff" * (MAX_BYTES + 1)).message.startswith(f"larger than {MAX_BYTES} bytes")


def test_a_key_given_twice_keeps_its_first_value():
    source = read_yaml(b"a: 1\nb:\n  c: 1\n  c: {d: 2}\na: [3]\na: 4\n", "f.yaml")
    assert source.data == {"a": 1, "b": {"c": 1}}
    assert [str(fault) for fault in source.faults] == [
        "f.yaml:4: b.c: 'c' is given twice (first in line 3); keep one",
        "f.yaml:5: a: 'a' is given twice (first in line 1); keep one",
        "f.yaml:6: a: 'a' is given twice (first in line 1); keep one",
    ]
    assert {fault.rule for fault in source.faults} == {"duplicate-key"}
    assert source.line(("a",)) == 1


def test_keys_are_text_whatever_they_look_like():
    assert data("1: a\ntrue: b\nnull: c\n3.5: d\n'': e\n") == {
        "1": "a", "true": "b", "null": "c", "3.5": "d", "": "e",
    }  # fmt: skip


def test_a_key_with_a_zero_is_kept_as_written():
    assert data('"a\\0": 1\n') == {"a\0": 1}


def test_merge_keys_merge_nothing():
    assert data("a:\n  <<: {b: 1}\n") == {"a": {"<<": {"b": 1}}}


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ((), "(file)"),
        (("a",), "a"),
        (("a", 0, "b", 12, 3), "a[0].b[12][3]"),
        (("a\n\x1b[2J",), "'a\\n\\x1b[2J'"),
        (("한국",), "한국"),
    ],
)
def test_places_are_spelt_as_people_write_them(place, name):
    assert field_name(place) == name


def test_a_message_has_an_end():
    fault = Source("f.yaml").fault(("a",), "x" * 10_000)
    assert len(fault.message) == source_module.MAX_MESSAGE
    assert fault.message.endswith("...")


def test_hints_run_out_so_that_a_file_of_mistakes_costs_no_more_than_a_few():
    source = Source("f.yaml")
    known = [f"name{k}" for k in range(2000)]
    given = [source.hint(f"nome{k}", known) for k in range(1000)]
    assert given[0] == "; did you mean name0 or name90?"
    assert given[-1] == ""
    assert 10 < sum(map(bool, given)) < 100


def test_hints_pass_over_names_of_absurd_length():
    source = Source("f.yaml")
    assert source.hint("a" * 10_000, ["a" * 9_999]) == ""
    assert source.hint("cost", ["c" * 10_000, "costs"]) == "; did you mean costs?"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words, ● 한국", "plain words, ● 한국"),
        ("a\x1b[31mred\x07", "a [31mred "),
        ("two\nlines\r\n", "two lines  "),
        ("\x9b2J\u202eturned\u2066", " 2J turned "),
        ("fixed\u00a0space\u2028", "fixed space "),
        ("\ud800half", " half"),
        ("क\u200dष \U0001f469\u200d\U0001f33e", "क\u200dष \U0001f469\u200d\U0001f33e"),
    ],
)
def test_printable_text_steers_no_terminal(text, shown):
    assert printable(text) == shown


@given(st.text())
def test_printable_text_is_one_line_of_the_same_length(text):
    shown = printable(text)
    assert len(shown) == len(text)
    assert printable(shown) == shown
    assert all(sign.isprintable() or sign in "\u200c\u200d" for sign in shown)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=80) | st.text(alphabet="ab:-[]{},&*!|>?'\"#%@ \n\t0", max_size=60))
def test_any_bytes_are_data_or_a_refusal(raw):
    raw = raw if isinstance(raw, bytes) else raw.encode()
    try:
        read_yaml(raw, "f.yaml")
    except ScenarioError as error:
        lines = [fault.line for fault in error.faults]
        event(f"refused in line {min(lines)}")
    else:
        lines = [1]
    assert all(1 <= line <= raw.count(b"\n") + raw.count(b"\r") + 2 for line in lines)
