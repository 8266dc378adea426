"""The committed schema of the JSON report: every report fits it, and it lets nothing else pass."""

import copy
import json
from functools import cache
from importlib.resources import files

import numpy as np
import pytest
from jsonschema import Draft202012Validator
from tests.continua import CONTINUA
from tests.scenario_files import SOUND

import counterplay as cp
from counterplay.scenario.catalogue import inspect_text

SCHEMA = json.loads(
    files("counterplay.report").joinpath("report.schema.json").read_text(encoding="utf-8")
)
REPORT, COMPARISON = (
    Draft202012Validator({**part, "$defs": SCHEMA["$defs"]}) for part in SCHEMA["oneOf"]
)
SMALL = inspect_text(SOUND.encode(), "small.yaml").scenario
FLAGSHIP = cp.load("korea-ukraine")
PRESETS = [None, *(preset.id for preset in FLAGSHIP.presets)]


def faults(validator, data):
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for error in validator.iter_errors(data)
    ]


def data_of(made, level="standard", **noted):
    return json.loads(cp.render(made, ".json", level, **noted))


@cache
def whole():
    """Return a report with all that a report can hold."""
    analysis = cp.analyse(cp.study(SMALL, {"cost": 2.5}), "full", draws=256)
    return data_of(
        analysis, "full", reasons={"cost": "x"}, commissioner="C", analyst="A", assurer="B",
        belief="A", yardstick="phia", without=["players"],
    )  # fmt: skip


def test_it_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


def test_a_report_with_everything_fits():
    assert not faults(Draft202012Validator(SCHEMA), whole())


@pytest.mark.parametrize("preset", PRESETS)
def test_findings_of_the_flagship_fit(preset):
    findings = cp.study(FLAGSHIP, FLAGSHIP.values(preset=preset) if preset else {})
    assert not faults(REPORT, data_of(findings))


@pytest.mark.parametrize("case", CONTINUA[:6], ids=str)
def test_connected_sets_fit(case, tmp_path):
    game = cp.Game.from_payoffs([np.asarray(table, dtype=float) for table in case.payoffs])
    cp.write_nfg(game, tmp_path / "g.nfg")
    found = cp.study(cp.load(str(tmp_path / "g.nfg")))
    assert not faults(REPORT, data_of(cp.analyse(found, "full", draws=16), "full"))


def test_conditions_with_boxes_fit():
    found = cp.discover(FLAGSHIP, 256, 0, "hedged_denial")
    assert found.boxes
    part = Draft202012Validator({"$ref": "#/$defs/conditions", "$defs": SCHEMA["$defs"]})
    assert not faults(part, json.loads(json.dumps(found.to_dict())))


def test_comparisons_fit():
    two = cp.compare_settings(FLAGSHIP, {"now": {}, "then": {"spent": 0.75}})
    assert not faults(COMPARISON, data_of(two))
    other = cp.compare_scenarios(FLAGSHIP, cp.load("chicken"))
    assert not faults(COMPARISON, data_of(other))
    same = cp.compare_scenarios(FLAGSHIP, FLAGSHIP, {}, {"spent": 0.75})
    assert not faults(Draft202012Validator(SCHEMA), data_of(same))


def places(data, place=()):
    """Yield the place of every mapping whose keys the schema names."""
    if isinstance(data, dict):
        yield place
        for name, part in data.items():
            if name not in ("scenario", "scenarios"):
                yield from places(part, (*place, name))
    elif isinstance(data, list):
        for number, part in enumerate(data[:2]):
            yield from places(part, (*place, number))


def at(data, place):
    for step in place:
        data = data[step]
    return data


def test_nothing_can_be_added_that_it_does_not_name():
    found = list(places(whole()))
    assert len(found) > 70
    for place in found:
        data = copy.deepcopy(whole())
        at(data, place)["?"] = [{}]
        assert faults(REPORT, data), place


@pytest.mark.parametrize(
    "place",
    [
        ("findings", "digest"),
        ("findings", "equilibria", 0, "regret"),
        ("findings", "provenance", "numpy"),
        ("analysis", "tipping", "tipping_points", 0, "certainty"),
        ("analysis", "sample", "outcomes", 0, "share"),
        ("scenario",),
    ],
)
def test_nothing_can_be_missing(place):
    data = copy.deepcopy(whole())
    del at(data, place[:-1])[place[-1]]
    assert faults(REPORT, data)
