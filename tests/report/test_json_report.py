"""The JSON report: findings and the whole scenario, as one document that stands on its own."""

import json
import re

import numpy as np
import pytest
from tests.scenario_files import SOUND

from counterplay.errors import MissingExtraError, ReportError
from counterplay.findings import study
from counterplay.report import LEVELS, SUFFIXES, render, write_report
from counterplay.scenario import load
from counterplay.scenario.catalogue import inspect_data, inspect_text


@pytest.fixture(scope="module")
def findings():
    return study(inspect_text(SOUND.encode(), "small.yaml").scenario, {"cost": 2.5})


@pytest.fixture(scope="module")
def report(findings):
    return json.loads(render(findings, ".json", "full"))


def test_it_says_what_it_is(report):
    assert list(report) == ["kind", "format", "level", "findings", "scenario"]
    assert (report["kind"], report["format"], report["level"]) == ("counterplay report", 1, "full")


def test_it_holds_the_promised_keys(report):
    found = report["findings"]
    assert found["scenario"]["id"] == "small"
    assert re.fullmatch("[0-9a-f]{64}", found["scenario"]["sha256"])
    assert found["parameters"] == {"cost": 2.5, "fear": 0.5}
    assert found["constants"] == {"prize": 3.0}
    assert [player["id"] for player in found["players"]] == ["sea", "land"]
    assert found["players"][0]["options"] == [
        {"id": "wait", "label": "Wait"},
        {"id": "sail", "label": "Sail"},
    ]
    assert found["completeness"] in {"proved", "continuum", "unproved"}
    assert found["reason"]
    (equilibrium,) = found["equilibria"]
    assert equilibrium["strategies"] == {
        "sea": {"wait": 0.0, "sail": 1.0},
        "land": {"hold": 1.0, "fire": 0.0},
    }
    assert equilibrium["payoffs"] == {"sea": 0.5, "land": 0.0}
    assert equilibrium["regret"] == 0.0
    assert equilibrium["strict"] is True
    assert "counterplay" in found["provenance"]


def test_it_holds_the_whole_scenario_with_its_evidence(findings, report):
    scenario = inspect_data(report["scenario"], "r.json")
    assert scenario == findings.scenario
    assert scenario.sha256 == report["findings"]["scenario"]["sha256"]
    assert report["scenario"]["evidence"][0]["claim"] == "Ships were seen."


def test_a_shipped_scenario_carries_its_register():
    report = json.loads(render(study(load("korea-ukraine")), ".json"))
    cited = {
        record
        for key in ("parameters", "constants", "terms")
        for entry in report["scenario"][key]
        for record in entry["evidence"]
    }
    assert cited <= {record["id"] for record in report["scenario"]["evidence"]}


def test_numbers_are_the_shortest_that_read_back(findings, report):
    text = render(findings, ".json").decode()
    written = re.findall(r"(?<=[ \[])-?\d+\.\d+(?:e-?\d+)?(?=[,\n\]])", text)
    assert written
    assert all(repr(float(number)) == number for number in written)
    payoffs = list(report["findings"]["equilibria"][0]["payoffs"].values())
    assert np.array_equal(payoffs, findings.solution.equilibria[0].payoffs)


def test_the_same_findings_give_the_same_bytes(findings):
    again = study(inspect_text(SOUND.encode(), "other.yaml").scenario, {"cost": 2.5})
    assert render(findings, ".json") == render(again, ".json")


def test_levels_differ_in_their_name_alone(findings):
    data = [json.loads(render(findings, ".json", level)) for level in LEVELS]
    assert [each.pop("level") for each in data] == list(LEVELS)
    assert data[0] == data[1] == data[2]


@pytest.mark.parametrize("suffix", [".json", ".md", ".JSON", ".Md"])
def test_it_is_written_whole_under_its_name(findings, tmp_path, suffix):
    path = write_report(findings, tmp_path / f"report{suffix}")
    assert path.read_bytes() == render(findings, suffix.lower())
    assert list(tmp_path.iterdir()) == [path]


def test_an_older_report_is_replaced(findings, tmp_path):
    path = tmp_path / "r.json"
    path.write_text("old", encoding="utf-8")
    write_report(findings, str(path))
    assert path.read_bytes() == render(findings, ".json")


@pytest.mark.parametrize(
    ("name", "level", "words"),
    [
        ("r.doc", "standard", f"no format '.doc'; the suffix is one of {', '.join(SUFFIXES)}"),
        ("r", "standard", "no format ''"),
        ("r.json", "long", "level: no 'long'; choose brief, standard, full"),
        ("none/r.json", "standard", "there is no folder"),
        ("folder.json", "standard", "this is a folder; name a file"),
        ("r.md/x.json", "standard", "there is no folder"),
    ],
)
def test_what_cannot_be_written_leaves_nothing_behind(findings, tmp_path, name, level, words):
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "r.md").touch()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ReportError, match=re.escape(words)):
        write_report(findings, tmp_path / name, level)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_disk_that_fails_leaves_the_older_report(findings, tmp_path, monkeypatch):
    path = tmp_path / "r.json"
    path.write_text("old", encoding="utf-8")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(ReportError, match=r"r\.json: cannot be written: No space left on device"):
        write_report(findings, path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["r.json"]
    assert path.read_text(encoding="utf-8") == "old"


def test_a_format_whose_packages_are_missing_leaves_nothing_behind(
    findings, tmp_path, monkeypatch
):
    monkeypatch.setitem(__import__("sys").modules, "jinja2", None)
    with pytest.raises(MissingExtraError, match=r'pip install "counterplay\[report\]"'):
        write_report(findings, tmp_path / "r.html")
    assert list(tmp_path.iterdir()) == []
