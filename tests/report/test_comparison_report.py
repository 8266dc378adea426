"""Reports of comparisons: inputs that differ, outcomes, shares that add up; and they verify."""

import json
import math
import re

import pytest
from tests.scenario_files import SOUND

import counterplay as cp
from counterplay.errors import ReportError
from counterplay.report import SUFFIXES, render, verify, write_report
from counterplay.report.writing import data_of, material_of
from counterplay.scenario.catalogue import inspect_text

FLAGSHIP = cp.load("korea-ukraine")
TWO = cp.compare_settings(FLAGSHIP, {"now": {}, "then": {"spent": 0.75, "cred": 0.2}})
THREE = cp.compare_settings(
    FLAGSHIP,
    {"now": {}, "avowed": FLAGSHIP.values(preset="avowal"), "spent": {"spent": 0.75}},
)
OTHERS = cp.compare_scenarios(FLAGSHIP, cp.load("chicken"))
SHAPES = {"two": TWO, "three": THREE, "other models": OTHERS}
HOSTILE = '<b onload=x>&"=cmd()|\u202e{{1}}#[*_' + "x" * 80


def text_of(comparison):
    return render(comparison, ".md").decode().replace("\\", "")


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        *(("two", suffix) for suffix in SUFFIXES),
        *((name, suffix) for name in ("three", "other models") for suffix in (".md", ".xlsx")),
    ],
)
def test_every_format_verifies_and_is_the_same_bytes_again(tmp_path, name, suffix):
    path = write_report(SHAPES[name], tmp_path / f"r{suffix}", analyst="Ana", assurer="Bo")
    assert path.read_bytes() == render(SHAPES[name], suffix, analyst="Ana", assurer="Bo")
    verdict = verify(path)
    assert verdict.same, verdict.differences


@pytest.mark.parametrize("name", SHAPES)
def test_it_says_what_differs_what_is_stable_and_what_is_proved(name):
    text = text_of(SHAPES[name])
    for setting in SHAPES[name].settings:
        assert f"Under “{setting.name}”: {setting.words}." in text
    for found in material_of(SHAPES[name], ".md", "standard").findings:
        assert found.digest in text
        assert found.solution.reason in text
    assert "recomputed from the payoffs" in text


def test_shares_stand_in_it_and_add_up():
    data = data_of(material_of(TWO, ".json", "standard"))
    (change,) = data["comparison"]["changes"]
    for each in (*change["payoffs"], *change["presence"]):
        assert math.isclose(sum(each["parts"].values()), each["change"], abs_tol=1e-9)
    told = text_of(TWO)
    assert all(sentence in told for sentence in TWO.changes[0].words)
    assert "Whole change" in told


def test_swapped_settings_flip_every_sign():
    swapped = cp.compare_settings(FLAGSHIP, {"then": {"spent": 0.75, "cred": 0.2}, "now": {}})
    there, back = (
        {
            (kind, each["of"], each["kind"]): each["parts"]
            for kind in ("payoffs", "presence")
            for each in data_of(material_of(found, ".json", "standard"))["comparison"]["changes"][
                0
            ][kind]
        }
        for found in (TWO, swapped)
    )
    assert there.keys() == back.keys()
    for key, parts in there.items():
        for factor, part in parts.items():
            assert math.isclose(part, -back[key][factor], abs_tol=1e-9)


@pytest.mark.parametrize("suffix", [".json", ".md", ".html"])
def test_tampering_is_found(tmp_path, suffix):
    path = write_report(TWO, tmp_path / f"r{suffix}")
    text = path.read_text(encoding="utf-8")
    share = next(part for part in TWO.changes[0].payoffs[0].parts if part)
    for old, new in (
        (repr(share), repr(share + 0.001)),
        ('"status": "denied"', '"status": "alleged"'),
        ('"regret": ', '"regret": 1'),
    ):
        compact = old.replace('": ', '":')
        found = old if old in text else compact
        assert found in text, old
        path.write_text(text.replace(found, new if found == old else new.replace('": ', '":'), 1))
        assert not verify(path).same, old
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "noted", [{"reasons": {"spent": "x"}}, {"belief": "Ana", "yardstick": "phia"}, {"without": []}]
)
def test_what_belongs_to_one_setting_is_refused(tmp_path, noted):
    with pytest.raises(ReportError, match="a report of a comparison takes none"):
        write_report(TWO, tmp_path / "r.md", **noted)
    assert not list(tmp_path.iterdir())


def test_the_assurer_is_not_the_analyst(tmp_path):
    with pytest.raises(ReportError, match="is the analyst"):
        write_report(TWO, tmp_path / "r.md", analyst="Ana", assurer="ana")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_hostile_names_are_text_everywhere(tmp_path, suffix):
    scenario = inspect_text(SOUND.encode(), "small.yaml").scenario
    names = {"=1+1": {}, HOSTILE: {next(iter(scenario.values())): scenario.parameters[0].high}}
    path = write_report(cp.compare_settings(scenario, names), tmp_path / f"r{suffix}")
    assert verify(path).same
    if suffix == ".html":
        page = path.read_text(encoding="utf-8").partition('<script type="application/json"')[0]
        assert "<b onload" not in page
        assert "&lt;b" in page


@pytest.mark.parametrize(
    "broken",
    [
        {"scenarios": []},
        {"scenarios": None},
        {"comparison": None},
        {"comparison": {"settings": [{"name": "x"}]}},
        {"comparison": {"settings": [{"name": "x", "values": {}}] * 2}},
    ],
)
def test_a_broken_file_is_one_clear_error(tmp_path, broken):
    data = data_of(material_of(TWO, ".json", "standard"))
    path = tmp_path / "r.json"
    path.write_text(json.dumps(data | broken), encoding="utf-8")
    with pytest.raises(ReportError, match=re.escape(f"{path}: ")):
        verify(path)


def test_values_out_of_range_do_not_verify(tmp_path):
    data = json.loads(render(TWO, ".json"))
    data["comparison"]["settings"][1]["values"]["spent"] = 1e9
    path = tmp_path / "r.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    verdict = verify(path)
    assert not verdict.same
    assert "cannot be made again" in verdict.differences[0]


def test_the_command_writes_it(run, tmp_path):
    path = tmp_path / "c.html"
    code, out, err = run(
        "compare", "korea-ukraine", "--with-preset", "avowal", "--out", path, "--analyst", "Ana"
    )
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == f"Wrote {path}"
    assert run("verify", path)[0] == 0
    code, _, err = run("compare", "korea-ukraine", "--with-preset", "avowal", "--out", "c.txt")
    assert code == 2
    assert "no format '.txt'" in err
