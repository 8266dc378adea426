"""Evidence registers: where they are looked up, what is wrong with one, and whose fault it is."""

import pytest
from tests.scenario_files import SOUND, edited, line_of, told

from counterplay import shipped
from counterplay.scenario import load
from counterplay.scenario.catalogue import inspect

INLINE = SOUND[SOUND.index("evidence:\n") : SOUND.index("blocs:\n")]
RECORD = """  - id: {id}
    claim: Ships were seen.
    claimant: A harbour master
    date: "2024-10"
    as_of: "2024-10"
    status: reported
    source: A log book
"""
REGISTER = "format: 1\nid: log\ntitle: The log\nrecords:\n" + RECORD.format(id="E1")


@pytest.fixture
def model(tmp_path):
    """Return the path of the sound file, with its evidence in a register named `log`."""
    path = tmp_path / "models" / "small.yaml"
    path.parent.mkdir()
    path.write_text(edited((INLINE, "evidence: log\n")), encoding="utf-8")
    return path


def place_register(folder, text=REGISTER, slug="log"):
    path = folder / "seeds" / slug / "register.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def faults(path):
    return inspect(path).faults


@pytest.mark.parametrize("up", [False, True], ids=["beside", "one folder up"])
def test_a_register_is_looked_up_by_the_file(model, up):
    place_register(model.parent.parent if up else model.parent)
    scenario = load(model)
    assert [record.id for record in scenario.evidence] == ["E1"]
    assert scenario.record("E1").claimant == "A harbour master"


def test_the_nearest_register_wins(model):
    place_register(model.parent, REGISTER.replace("Ships", "Boats"))
    place_register(model.parent.parent)
    assert load(model).evidence[0].claim == "Boats were seen."


def test_a_shipped_register_is_found_from_anywhere(model):
    text = edited((INLINE, "evidence: korea-ukraine\n")).replace("[E1]", "[S01]")
    model.write_text(text, encoding="utf-8")
    assert {"S01", "X01", "L01"} <= {record.id for record in load(model).evidence}


def test_an_own_register_comes_before_the_shipped(model):
    place_register(model.parent, REGISTER, slug="korea-ukraine")
    model.write_text(edited((INLINE, "evidence: korea-ukraine\n")), encoding="utf-8")
    assert [record.id for record in load(model).evidence] == ["E1"]


def test_a_scenario_with_its_register_equals_one_with_inline_records(model):
    place_register(model.parent)
    inline = model.with_name("inline.yaml")
    inline.write_text(SOUND, encoding="utf-8")
    assert load(model).sha256 == load(inline).sha256


def test_a_register_that_is_not_there_is_one_fault(model):
    (fault,) = faults(model)
    assert (fault.line, fault.field, fault.rule) == (8, "evidence", "unknown-register")
    assert fault.message == (
        "no register 'log'; put it at seeds/log/register.yaml beside this file"
    )


def test_a_misspelt_register_is_told_the_nearest(model):
    model.write_text(edited((INLINE, "evidence: korea-ukrain\n")), encoding="utf-8")
    (fault,) = faults(model)
    assert fault.message == "no register 'korea-ukrain'; did you mean korea-ukraine?"


@pytest.mark.parametrize(
    "slug",
    [
        "../../etc/passwd",
        "..",
        "/etc/passwd",
        "seeds/log",
        "log/",
        "Log",
        "lo g",
        "-log",
        "log\\n",
    ],
)
def test_a_slug_leads_nowhere_else(model, slug):
    place_register(model.parent)
    model.write_text(edited((INLINE, f'evidence: "{slug}"\n')), encoding="utf-8")
    (fault,) = faults(model)
    assert fault.rule == "unknown-register"
    assert fault.message.endswith("names no register; a slug has small letters, digits and - only")


@pytest.mark.parametrize("written", ["5", "true", "{a: 1}"])
def test_a_register_is_named_in_text(model, written):
    model.write_text(edited((INLINE, f"evidence: {written}\n")), encoding="utf-8")
    assert "evidence" in [fault.field for fault in faults(model)]


def test_faults_of_a_register_are_told_in_its_own_lines(model):
    text = (REGISTER + RECORD.format(id="E1") + RECORD.format(id="E 2")).replace(
        "    status: reported\n    source: A log book\n", "    status: rumoured\n    sorce: x\n", 1
    )
    path = place_register(model.parent, text)
    found = faults(model)
    assert {fault.file for fault in found} == {str(path)}
    assert [(fault.line, fault.field, fault.rule) for fault in found] == [
        (5, "records[0].source", "schema"),
        (10, "records[0].status", "schema"),
        (11, "records[0].sorce", "schema"),
        (12, "records[1].id", "duplicate-id"),
        (19, "records[2].id", "schema"),
    ]
    assert "did you mean source?" in found[2].message
    assert "'E1' is already the id in line 5" in found[3].message


def test_faults_of_file_and_register_are_told_together(model):
    register = place_register(model.parent, REGISTER + "extra: 1\n")
    text = edited((INLINE, "evidence: log\n"), ("[E1]\n  - id: fear", "[E1, E2]\n  - id: fear"))
    model.write_text(text, encoding="utf-8")
    assert [(fault.file, fault.line, fault.rule) for fault in faults(model)] == [
        (str(model), line_of(text, "[E1, E2]"), "unknown-evidence"),
        (str(register), 12, "schema"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "should be a mapping of fields"),
        ("- a\n", 1, "should be a mapping of fields"),
        ("a: &x 1\n", 1, "anchors (&name) are not allowed"),
        ("a: [\n", 2, "not YAML"),
        (REGISTER.replace("format: 1", "format: 2"), 1, "should be 1"),
        (REGISTER + "format: 1\n", 12, "is given twice"),
        (REGISTER.replace("records:", "recrods:"), 4, "did you mean records?"),
        ("x" * 300_000, 1, "larger than 262144 bytes"),
    ],
)
def test_a_register_that_is_none(model, text, line, words):
    path = place_register(model.parent, text)
    found = [fault for fault in faults(model) if words in fault.message]
    assert [(fault.file, fault.line) for fault in found] == [(str(path), line)]
    assert all(fault.file == str(path) for fault in faults(model))


def test_unknown_citations_are_told_with_the_nearest():
    text = edited(("[E1]\n  - id: fear", "[E1, E11, Z9]\n  - id: fear"))
    found = [fault for fault in told(text) if fault.rule == "unknown-evidence"]
    assert [(fault.field, fault.message) for fault in found] == [
        ("parameters[0].evidence[1]", "no evidence record 'E11'; did you mean E1?"),
        ("parameters[0].evidence[2]", "no evidence record 'Z9'; known: E1"),
    ]


def test_every_shipped_register_stands_on_its_own(tmp_path):
    for path in shipped.folder("seeds").glob("*/register.yaml"):
        slug = path.parent.name
        text = edited((INLINE, f"evidence: {slug}\n")).replace("    evidence: [E1]\n", "")
        model = tmp_path / f"{slug}.yaml"
        model.write_text(text, encoding="utf-8")
        assert faults(model) == ()
