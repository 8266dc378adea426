"""A report with an analysis is made again from level, draws and seed; what was edited is told."""

import copy
import json

import pytest
from tests.scenario_files import SOUND

from counterplay.errors import ReportError
from counterplay.findings import analyse, study
from counterplay.report import SUFFIXES, verify, write_report
from counterplay.scenario.catalogue import inspect_text

FINDINGS = study(inspect_text(SOUND.encode(), "small.yaml").scenario, {"cost": 2.5})
NOTED = {"analyst": "Ann", "assurer": "Bo", "belief": "Ann", "yardstick": "icd203"}


@pytest.fixture(scope="module")
def analysis():
    return analyse(FINDINGS, "standard", draws=16, seed=5)


@pytest.fixture(scope="module")
def report(analysis, tmp_path_factory):
    path = tmp_path_factory.mktemp("reports") / "r.json"
    write_report(analysis, path, "standard", **NOTED)
    return json.loads(path.read_text(encoding="utf-8"))


def checked(tmp_path, data):
    path = tmp_path / "edited.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return verify(path)


@pytest.mark.parametrize(
    ("suffix", "level"),
    [
        *((suffix, level) for suffix in (".json", ".md") for level in ("brief", "full")),
        *((suffix, "standard") for suffix in SUFFIXES),
    ],
)
def test_it_reproduces_in_every_length(tmp_path, analysis, suffix, level):
    path = write_report(analysis, tmp_path / f"r{suffix}", level, **NOTED)
    assert verify(path).differences == ()


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("analysis", "sample", "outcomes", 0, "count"), 3),
        (("analysis", "seed"), 6),
        (("analysis", "draws"), 17),
        (("analysis", "level"), "full"),
        (("analysis", "level"), "long"),
        (("analysis", "draws"), 10**9),
        (("analysis", "tipping", "method"), "guessed"),
        (("sign_off", "analyst"), "Eve"),
        (("belief", "declared_by"), "Eve"),
        (("belief", "yardstick"), "phia"),
        (("analysis",), []),
    ],
)
def test_an_edit_is_found(tmp_path, report, place, value):
    data = copy.deepcopy(report)
    part = data
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = value
    result = checked(tmp_path, data)
    assert not result.same
    assert result.differences


def test_an_analysis_taken_out_is_found(tmp_path, report):
    data = {name: part for name, part in report.items() if name != "analysis"}
    path = tmp_path / "r.md"
    write_report(analyse(FINDINGS, "standard", draws=16, seed=5), path, "standard")
    text = path.read_text(encoding="utf-8")
    stamp = text[text.index("<!-- counterplay-report ") + 24 : text.rindex(" -->")]
    bare = json.loads(stamp)
    del bare["analysis"]
    path.write_text(text.replace(stamp, json.dumps(bare)), encoding="utf-8")
    assert not verify(path).same
    assert "analysis" not in data


def test_an_assurer_who_is_the_analyst_is_refused_on_reading_as_well(tmp_path, report):
    data = copy.deepcopy(report)
    data["sign_off"]["assurer"] = "ANN"
    with pytest.raises(ReportError, match="somebody else"):
        checked(tmp_path, data)


def test_the_clock_is_in_no_report(tmp_path, analysis, monkeypatch):
    first = write_report(analysis, tmp_path / "a.json").read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert write_report(analysis, tmp_path / "b.json").read_bytes() == first
