"""The shipped scenarios: sound, solvable at every preset, sourced, and as the schema says."""

import json
import re

import jsonschema
import numpy as np
import pytest
from ruamel.yaml import YAML

from counterplay import shipped
from counterplay.concepts import certify
from counterplay.findings import study
from counterplay.numeric import REGRET_TOLERANCE
from counterplay.payoffs import game
from counterplay.payoffs.check import check
from counterplay.scenario import load, scenarios
from counterplay.scenario.json_schema import scenario_schema, schema_text

SCENARIOS = scenarios()
PRESETS = [(name, preset.id) for name in SCENARIOS for preset in load(name).presets]


def path_of(name):
    return shipped.folder("models") / f"{name}.yaml"


def schema():
    return json.loads((shipped.folder("models") / "scenario.schema.json").read_text("utf-8"))


def plain(name):
    """Return the file as an editor's schema check reads it."""
    return YAML(typ="safe", pure=True).load(path_of(name).read_text(encoding="utf-8"))


def entries(scenario):
    return [*scenario.parameters, *scenario.constants, *scenario.terms]


def test_the_flagship_is_shipped():
    assert "korea-ukraine" in SCENARIOS


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_shipped_scenario_has_its_file_name_as_id(name):
    assert load(name).id == name
    assert load(path_of(name)) == load(name)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_shipped_scenario_has_neither_fault_nor_warning(name):
    assert check(name) == ()


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_every_page_needs_is_given(name):
    scenario = load(name)
    for key in ("title", "question", "asked_by", "as_of", "marking", "focal", "caveats"):
        assert getattr(scenario, key)
    for player in scenario.players:
        assert player.short
        assert all(option.clause and option.description for option in player.options)


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_status_quo_and_the_blocs_are_of_the_players(name):
    scenario = load(name)
    players = {player.id: {o.id for o in player.options} for player in scenario.players}
    assert scenario.focal in players
    assert set(scenario.status_quo) == set(players)
    assert all(scenario.status_quo[player] in options for player, options in players.items())
    if scenario.blocs:
        assert sorted(p for bloc in scenario.blocs for p in bloc) == sorted(players)


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_profile_has_a_regime(name):
    scenario = load(name)
    options = [[option.id for option in player.options] for player in scenario.players]
    shape = tuple(map(len, options))
    for profile in np.ndindex(shape):
        chosen = [ids[k] for ids, k in zip(options, profile, strict=True)]
        assert scenario.regime(chosen) is not None


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_evidence_id_resolves_and_every_record_is_whole(name):
    scenario = load(name)
    for entry in entries(scenario):
        for cited in entry.evidence:
            assert scenario.record(cited).id == cited
    for record in scenario.evidence:
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?.*", record.as_of)
        assert (record.status == "confirmed") == (record.confirmed_by is not None)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_source_is_claimed_only_where_one_is_cited(name):
    for entry in (*load(name).parameters, *load(name).constants):
        if entry.basis == "source":
            assert entry.evidence, entry.id


@pytest.mark.parametrize(("name", "preset"), PRESETS)
def test_every_preset_solves_with_certified_equilibria(name, preset):
    scenario = load(name)
    values = scenario.values(preset=preset)
    findings = study(scenario, values)
    assert findings.preset == preset
    assert findings.solution.equilibria
    for equilibrium in findings.solution.equilibria:
        scale = np.ptp(findings.game.payoffs.reshape(len(scenario.players), -1), axis=1).max()
        assert equilibrium.regret <= REGRET_TOLERANCE * max(1.0, scale)
        again = certify(findings.game, equilibrium.strategies).regret
        assert again == pytest.approx(equilibrium.regret, abs=1e-13 * max(1.0, scale))


@pytest.mark.parametrize(("name", "preset"), PRESETS)
def test_every_preset_shows_what_it_expects(name, preset):
    scenario = load(name)
    expected = next(p for p in scenario.presets if p.id == preset).expect
    found = game(scenario, scenario.values(preset=preset))
    pure = {
        "/".join(found.profile_ids(equilibrium.profile))
        for equilibrium in study(scenario, scenario.values(preset=preset)).solution
        if equilibrium.profile is not None
    }
    assert expected.pure is not None
    assert set(expected.pure) == pure


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_default_preset_has_the_defaults(name):
    scenario = load(name)
    assert scenario.matching_preset(scenario.values()) == "default"
    assert scenario.presets[0].id == "default"


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_corner_of_the_ranges_gives_a_game(name):
    scenario = load(name)
    generator = np.random.default_rng(7)
    for _ in range(20):
        corner = {p.id: (p.low, p.high)[generator.integers(2)] for p in scenario.parameters}
        assert np.isfinite(game(scenario, corner).payoffs).all()


def test_the_committed_schema_is_current():
    committed = (shipped.folder("models") / "scenario.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text()
    assert json.loads(committed) == scenario_schema()


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_shipped_file_follows_the_schema(name):
    errors = list(jsonschema.Draft202012Validator(schema()).iter_errors(plain(name)))
    assert [error.message for error in errors] == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_shipped_file_names_the_schema_for_editors(name):
    first = path_of(name).read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=./scenario.schema.json"


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("format",), 2), (("id",), "Not a slug"), (("extra",), 1), (("players", 0, "lable"), "x"),
        (("players", 0, "options"), []), (("parameters", 0, "default"), "two"),
        (("parameters", 0, "role"), "boss"), (("terms", 0, "value"), [1]),
        (("terms", 0, "when"), "always"), (("regimes", 0, "colour"), "red"),
        (("presets", 0, "expect", "equilibria"), 0), (("caveats", 0), 5), (("evidence",), 5),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else None,
)  # fmt: skip
def test_the_schema_refuses_what_the_loader_refuses(place, value):
    data = plain("korea-ukraine")
    part = data
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = value
    assert not jsonschema.Draft202012Validator(schema()).is_valid(data)


@pytest.mark.parametrize("name", SCENARIOS)
def test_lines_stay_readable(name):
    """Block style, one field a line; no line so long that a change in it cannot be reviewed."""
    text = path_of(name).read_text(encoding="utf-8")
    assert text.endswith("\n")
    assert "\t" not in text
    assert "\r" not in text
    assert not re.search(r"[ \t]+$", text, re.MULTILINE)
    assert max(map(len, text.splitlines())) <= 400
