"""Verifying a report: a fresh one reproduces, every single edit is found, and nothing crashes."""

import copy
import json
import os
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenario_files import SOUND

from counterplay import shipped
from counterplay.errors import ReportError
from counterplay.findings import study
from counterplay.report import SUFFIXES, render, verify, write_report
from counterplay.report import verification as module
from counterplay.scenario import load
from counterplay.scenario.catalogue import inspect_text

VERSIONS = ("counterplay", "python", "numpy", "scipy", "numba", "nashpy", "pydantic")


def small(**values):
    return study(inspect_text(SOUND.encode(), "small.yaml").scenario, values)


FINDINGS = small(cost=2.5)
DATA = json.loads(render(FINDINGS, ".json", "full"))
MARKDOWN = render(FINDINGS, ".md", "full").decode()


def leaves(value, place=()):
    """Yield the way to each number, text, truth and empty list of a document."""
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in parts:
        if isinstance(part, (dict, list)) and part:
            yield from leaves(part, (*place, key))
        else:
            yield (*place, key)


def at(document, place):
    for key in place:
        document = document[key]
    return document


def put(document, place, value):
    changed = copy.deepcopy(document)
    at(changed, place[:-1])[place[-1]] = value
    return changed


def other(value):
    """Return a value of the same kind that differs."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + (1 if isinstance(value, int) else 1e-6)
    return f"{value}x" if isinstance(value, str) else "x"


def spelt(place):
    return ".".join(map(str, place))


def verified(tmp_path, content, suffix=".json"):
    path = tmp_path / f"r{suffix}"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
    return verify(path)


def refused(tmp_path, content, suffix=".json"):
    with pytest.raises(ReportError) as caught:
        verified(tmp_path, content, suffix)
    return str(caught.value)


PLACES = [
    place
    for place in leaves(DATA)
    if not (place[:2] == ("findings", "provenance") and place[2] in VERSIONS)
]


@pytest.mark.parametrize("suffix", [".json", ".md"])
@pytest.mark.parametrize("level", ["brief", "standard", "full"])
def test_a_fresh_report_reproduces(tmp_path, suffix, level):
    for findings in (small(), small(cost=4), study(load("chicken"))):
        path = write_report(findings, tmp_path / f"r{suffix}", level)
        found = verify(path)
        assert (found.same, found.differences, found.notes) == (True, (), ())


@pytest.mark.parametrize("suffix", [".json", ".md"])
def test_a_report_needs_neither_its_model_nor_its_register(tmp_path, monkeypatch, suffix):
    path = write_report(study(load("korea-ukraine"), {"cred": 0.2}), tmp_path / f"r{suffix}")
    for name in ("models", "seeds"):
        (tmp_path / "elsewhere" / name).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setattr(shipped, "folder", lambda name: tmp_path / "elsewhere" / name)
    assert verify(path).differences == ()


@pytest.mark.parametrize("place", PLACES, ids=spelt)
def test_every_single_edit_of_the_data_is_found(tmp_path, place):
    edited = put(DATA, place, other(at(DATA, place)))
    try:
        found = verified(tmp_path, edited)
    except ReportError:
        assert place in {("kind",), ("format",), ("level",)}
    else:
        assert not found.same
        assert found.differences


@pytest.mark.parametrize("place", [place for place in PLACES if len(place) > 1][::5], ids=spelt)
def test_every_single_removal_is_found(tmp_path, place):
    edited = copy.deepcopy(DATA)
    del at(edited, place[:-1])[place[-1]]
    assert not verified(tmp_path, edited).same


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (
            ("findings", "equilibria", 0, "payoffs", "sea"),
            "0.500001 in the report, 0.5 recomputed",
        ),
        (
            ("findings", "equilibria", 0, "strategies", "sea", "sail"),
            "1.000001 in the report, 1.0",
        ),
        (("findings", "caveats", 0), '"Nobody is like this.x" in the report'),
        (("findings", "players", 0, "options", 1, "label"), '"Sailx" in the report, "Sail" recom'),
        (("findings", "equilibria", 0, "strict"), "false in the report, true recomputed"),
    ],
)
def test_a_difference_names_its_place_and_both_values(tmp_path, place, words):
    (difference,) = verified(tmp_path, put(DATA, place, other(at(DATA, place)))).differences
    start = re.sub(r"\.(\d+)", r"[\1]", spelt(place))
    assert difference.startswith(f"{start}: ")
    assert words in difference


def test_additions_are_found(tmp_path):
    more = copy.deepcopy(DATA)
    more["findings"]["equilibria"].append(DATA["findings"]["equilibria"][0])
    more["findings"]["extra"] = 1
    found = verified(tmp_path, more)
    assert found.differences == (
        "findings.equilibria: 2 entries in the report, 1 recomputed",
        "findings.extra: not part of the recomputed report",
    )


def test_another_number_of_parameters_is_found(tmp_path):
    assert not verified(tmp_path, put(DATA, ("findings", "parameters", "cost"), 2.6)).same
    edited = copy.deepcopy(DATA)
    del edited["findings"]["parameters"]["cost"]  # the default, 2, is not what was solved
    assert not verified(tmp_path, edited).same


def test_rounding_noise_is_no_difference(tmp_path):
    place = ("findings", "equilibria", 0, "payoffs", "sea")
    assert verified(tmp_path, put(DATA, place, 0.5 + 1e-10)).same
    assert not verified(tmp_path, put(DATA, place, 0.5 + 1e-8)).same


@pytest.mark.parametrize("name", VERSIONS)
def test_other_versions_are_noted_and_no_difference(tmp_path, name):
    found = verified(tmp_path, put(DATA, ("findings", "provenance", name), "0.0.1"))
    assert found.same
    assert len(found.notes) == 1
    assert found.notes[0].startswith(f"{name}: the report was made with 0.0.1, this is ")


def test_versions_of_another_machine_are_noted_in_markdown_too(tmp_path):
    version = DATA["findings"]["provenance"]["python"]
    found = verified(tmp_path, MARKDOWN.replace(version, "3.99.1"), ".md")
    assert found.same
    assert found.notes == (f"python: the report was made with 3.99.1, this is {version}",)


def test_a_version_in_the_text_alone_is_a_difference(tmp_path):
    version = DATA["findings"]["provenance"]["python"]
    edited = MARKDOWN.replace(f"python {version}", "python 3.99.1", 1)
    assert not verified(tmp_path, edited, ".md").same


LINES = MARKDOWN.splitlines()


@pytest.mark.parametrize(
    "number", [n for n, line in enumerate(LINES) if line], ids=lambda n: f"line {n + 1}"
)
def test_every_single_edit_of_a_line_is_found(tmp_path, number):
    line = LINES[number]
    spoilt = re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), line, count=1)
    spoilt = spoilt if spoilt != line else line.replace("e", "a", 1) if "e" in line else f"{line}x"
    edited = "\n".join([*LINES[:number], spoilt, *LINES[number + 1 :]]) + "\n"
    try:
        assert not verified(tmp_path, edited, ".md").same
    except ReportError:
        assert "counterplay-report" in line


def test_lines_added_and_removed_are_found(tmp_path):
    half = len(LINES) // 2
    for lines in (
        [*LINES[:half], "", "A line of somebody else.", *LINES[half:]],
        [*LINES, "", "<!-- counterplay-report {} --> seen <!-- {} -->"],
        [*LINES[:half], *LINES[half + 1 :]],
        LINES[-1:],
    ):
        assert not verified(tmp_path, "\n".join(lines), ".md").same


def test_line_endings_are_no_difference(tmp_path):
    assert verified(tmp_path, MARKDOWN.replace("\n", "\r\n").encode(), ".md").same


START = b'{"kind": "counterplay report", '
NO_REPORTS = {
    "nothing": (b"", "not readable as JSON"),
    "no text": (b"\xff\xfe", "not UTF-8 text"),
    "an open brace": (b"{", "not readable as JSON"),
    "a list": (b"[]", "not a Counterplay report"),
    "a number": (b"5", "not a Counterplay report"),
    "a word": (b'"counterplay report"', "not a Counterplay report"),
    "null": (b"null", "not a Counterplay report"),
    "an empty mapping": (b"{}", "not a Counterplay report"),
    "a kind in a list": (b'{"kind": ["counterplay report"]}', "not a Counterplay report"),
    "a kind alone": (START + b'"x": 1}', "another version"),
    "a newer format": (START + b'"format": 2, "level": "full"}', "another version"),
    "a level in a list": (START + b'"format": 1, "level": ["full"]}', "another version"),
    "no findings": (START + b'"format": 1, "level": "full"}', "holds no findings"),
    "a name twice": (START + b'"kind": "counterplay report"}', "not readable as JSON"),
    "NaN": (b"NaN", "not readable as JSON"),
    "infinity": (b'{"kind": -Infinity}', "not readable as JSON"),
    "deep lists": (b"[" * 100_000, "not readable as JSON"),
    "deep mappings": (b'{"a":' * 100_000, "not readable as JSON"),
    "a long number": (b"9" * 5_000, "not readable as JSON"),
    "names again and again": (b"{" + b'"a":[],' * 20_000, "not readable as JSON"),
    "a scenario": (SOUND.encode(), "not readable as JSON"),
}


@pytest.mark.parametrize("name", NO_REPORTS)
def test_what_is_no_report_is_refused(tmp_path, name):
    content, words = NO_REPORTS[name]
    assert words in refused(tmp_path, content)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_half_a_report_is_refused(tmp_path, share):
    text = render(FINDINGS, ".json")
    assert "not readable as JSON" in refused(tmp_path, text[: int(share * len(text)) - 2])
    half = MARKDOWN.encode()[: int(share * len(MARKDOWN))]
    assert "not a Counterplay report, or its embedded data" in refused(tmp_path, half, ".md")


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("scenario",), None), (("scenario",), []), (("scenario",), {}), (("scenario",), "x"),
        (("scenario", "players"), None), (("scenario", "players"), [{}] * 9),
        (("scenario", "terms"), {"a": 1}),
        (("scenario", "terms", 0, "value"), "exit()"),
        (("scenario", "terms", 0, "value"), [[[]]]), (("scenario", "payoffs"), [[[1]]]),
        (("scenario", "evidence"), "../../etc"), (("scenario", "evidence"), "korea-ukraine"),
        (("scenario", "parameters", 0, "default"), 10**400),
        (("scenario", "format"), 2),
        (("findings", "parameters", "cost"), "2.5"), (("findings", "parameters", "cost"), None),
        (("findings", "parameters", "cost"), [2.5]), (("findings", "parameters", "cost"), 10**400),
        (("findings", "parameters", "cost"), 99), (("findings", "parameters", "cost"), True),
        (("findings", "parameters"), {"nobody": 1}), (("findings", "constants"), {"prize": {}}),
        (("findings", "constants", "prize"), 1e308),
        (("findings", "equilibria"), None), (("findings", "equilibria"), {}),
        (("findings", "equilibria", 0), 5), (("findings", "equilibria", 0, "regret"), 10**400),
        (("findings", "provenance"), None), (("findings", "provenance"), []),
        (("findings", "scenario"), 5),
    ],
    ids=lambda value: spelt(value) if isinstance(value, tuple) else None,
)  # fmt: skip
def test_what_does_not_fit_does_not_reproduce(tmp_path, place, value):
    found = verified(tmp_path, put(DATA, place, value))
    assert not found.same
    assert all(isinstance(difference, str) for difference in found.differences)


@pytest.mark.parametrize("key", ["parameters", "constants"])
@pytest.mark.parametrize("value", [None, [], "x", 5])
def test_values_that_are_no_mapping_are_refused(tmp_path, key, value):
    words = f"the report holds no {key}"
    assert words in refused(tmp_path, put(DATA, ("findings", key), value))


def test_a_scenario_beyond_all_bounds_is_refused(tmp_path):
    deep = [1]
    for _ in range(60):
        deep = [deep]
    for place, value in (
        (("scenario", "payoffs"), deep),
        (("findings", "extra"), deep),
        (("scenario", "title"), "x" * 2_000_000),
        (("scenario", "terms"), [1] * 600_000),
    ):
        assert "larger than any report" in refused(tmp_path, put(DATA, place, value))


def test_a_report_beyond_all_bounds_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MAX_BYTES", 100)
    assert "larger than 100 bytes" in refused(tmp_path, DATA)


@pytest.mark.parametrize(
    ("suffix", "words"),
    [
        (".txt", f"only {', '.join(SUFFIXES[:-1])} and {SUFFIXES[-1]} reports can be verified"),
        ("", f"only {', '.join(SUFFIXES[:-1])} and {SUFFIXES[-1]} reports can be verified"),
        (".html", "its embedded data is gone"),
        (".md", "its embedded data is gone"),
    ],
)
def test_a_report_of_another_kind_is_refused(tmp_path, suffix, words):
    assert words in refused(tmp_path, DATA, suffix)


def test_what_is_no_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "folder.json").mkdir()
    for name, words in (
        ("none.json", "cannot be opened: No such file or directory"),
        ("pipe.json", "not an ordinary file"),
        ("folder.json", "not an ordinary file"),
        ("x" * 400 + ".json", "cannot be opened: File name too long"),
    ):
        with pytest.raises(ReportError, match=words):
            verify(tmp_path / name)


def test_a_report_is_verified_by_the_data_it_starts_with(tmp_path):
    """A second block of data is text like any other, and so a difference."""
    stamp = LINES[-1]
    assert not verified(tmp_path, f"{MARKDOWN}\n{stamp}\n", ".md").same


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=40) | st.text(max_size=40).map(str.encode),
    st.sampled_from(SUFFIXES),
)
def test_any_bytes_are_refused_in_words(tmp_path_factory, content, suffix):
    message = refused(tmp_path_factory.mktemp("any"), content, suffix)
    assert message.count("\n") == 0
