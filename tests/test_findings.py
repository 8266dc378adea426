"""`study`: one frozen, reproducible answer, and caveats that are true."""

import json
import pickle
from dataclasses import FrozenInstanceError, fields

import numpy as np
import pytest
from tests import oracles
from tests.factories import FLAGSHIP, random_values, table_scenario

from counterplay.errors import GameError, ValuesError
from counterplay.findings import MAX_ACCOUNTS, bloc_view, inputs_digest, study
from counterplay.payoffs import game
from counterplay.scenario import load, scenarios

THIN = "hangs on a thin margin"


@pytest.fixture(scope="module")
def scenario():
    return load(FLAGSHIP)


@pytest.fixture(scope="module")
def findings(scenario):
    return study(scenario)


def as_json(document):
    return json.dumps(document, allow_nan=False, ensure_ascii=False)


def ties(folder):
    """Return a game with a weak equilibrium."""
    return table_scenario(folder, {"ann": [[1, 0], [1, 1]], "bob": [[1, 0], [0, 1]]})


@pytest.mark.parametrize("name", scenarios())
def test_every_shipped_scenario_is_answered(name):
    found = study(load(name))
    assert len(found.solution) >= 1
    assert found.values == load(name).full_values()
    assert len(found.accounts) == len(found.breaks) == min(len(found.solution), MAX_ACCOUNTS)


def test_findings_cannot_be_changed(findings):
    for field in fields(findings):
        with pytest.raises(FrozenInstanceError):
            setattr(findings, field.name, None)
    with pytest.raises(FrozenInstanceError):
        findings.solution.equilibria[0].regret = 1.0
    with pytest.raises(ValueError, match="read-only"):
        findings.solution.equilibria[0].strategies[0][0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        findings.game.payoffs[:] = 0


def test_parts_of_findings_cannot_be_changed(scenario):
    found = study(scenario)
    with pytest.raises(TypeError):
        found.values["cred"] = 0.9
    with pytest.raises(ValueError, match="read-only"):
        found.solution.equilibria[0].payoffs[0] = 0


def test_findings_survive_pickling(scenario):
    for preset in ("default", "strong_disclosure", "avowal"):
        found = study(scenario, scenario.values(preset=preset))
        again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes
        assert as_json(again.to_dict()) == as_json(found.to_dict())
        assert again.scenario == found.scenario
        assert (again.game.exact == found.game.exact).all()


@pytest.mark.parametrize("preset", ["default", "strong_disclosure", "restraint_possible"])
def test_the_same_question_gets_the_same_bytes(preset):
    texts = set()
    for _ in range(2):
        scenario = load(FLAGSHIP)
        texts.add(as_json(study(scenario, scenario.values(preset=preset)).to_dict()))
    assert len(texts) == 1


def test_the_document_has_the_keys_of_the_contract(scenario, findings):
    document = json.loads(as_json(findings.to_dict()))
    assert document["scenario"]["id"] == FLAGSHIP
    assert document["scenario"]["sha256"] == scenario.sha256
    assert document["parameters"] == {p.id: p.default for p in scenario.parameters}
    assert [player["id"] for player in document["players"]] == ["rok", "dprk", "rus", "ukr"]
    assert document["players"][0]["label"] == "South Korea"
    assert document["players"][0]["options"][1] == {"id": "pledge", "label": "Conditional pledge"}
    assert document["completeness"] == findings.solution.completeness
    assert document["reason"] == findings.solution.reason
    assert document["provenance"]["counterplay"]
    (only,) = document["equilibria"]
    assert only["strategies"]["rok"] == {"hum": 0.0, "pledge": 1.0, "def": 0.0, "off": 0.0}
    assert only["payoffs"] == pytest.approx(
        {"rok": -5.281, "dprk": 3.255, "rus": 4.446, "ukr": -1.76}
    )
    assert (only["regret"], only["strict"]) == (0.0, True)


def test_numbers_in_the_document_are_not_rounded(scenario):
    values = random_values(scenario, np.random.default_rng(1))
    found = study(scenario, values)
    document = json.loads(as_json(found.to_dict()))
    assert document["parameters"] == values
    assert document["constants"] == {c.id: c.value for c in scenario.constants}
    for equilibrium, written in zip(found.solution, document["equilibria"], strict=True):
        assert list(written["payoffs"].values()) == equilibrium.payoffs.tolist()
        for vector, player in zip(
            equilibrium.strategies, written["strategies"].values(), strict=True
        ):
            assert list(player.values()) == vector.tolist()


@pytest.mark.parametrize("seed", range(12))
def test_every_answer_can_be_written_as_json(scenario, seed):
    values = random_values(scenario, np.random.default_rng(seed))
    document = json.loads(as_json(study(scenario, values).to_dict()))
    for equilibrium in document["equilibria"]:
        for stance in equilibrium["why"]:
            for option in stance["alternatives"]:
                total = sum(term["change"] for term in option["terms"])
                assert total == pytest.approx(-option["loss"], abs=1e-9)


def test_ties_can_be_written_as_json(tmp_path):
    document = json.loads(as_json(study(ties(tmp_path)).to_dict()))
    assert document["equilibria"][0]["strict"] is False
    assert document["equilibria"][0]["why"][0]["margin"] == 0


def test_values_are_those_asked_for(scenario):
    found = study(scenario, {"cred": 0.2, "phase": 0.5})
    assert found.values == scenario.full_values({"cred": 0.2, "phase": 0.5})
    assert found.moved == {"cred": 0.2, "phase": 0.5}
    assert study(scenario, {"cred": 0.4}).moved == {}
    with pytest.raises(ValuesError, match="cred"):
        study(scenario, {"cred": 2})


def test_the_digest_tells_inputs_apart(scenario, findings):
    assert findings.digest == study(scenario, {"cred": 0.4}).digest
    others = {
        study(scenario, {"cred": 0.41}).digest,
        study(scenario, {"phase": 0.3}).digest,
        study(load("chicken")).digest,
    }
    assert len({findings.digest, *others}) == 4
    assert inputs_digest(scenario, findings.values) == findings.digest
    turned = dict(reversed(list(findings.values.items())))
    assert inputs_digest(scenario, turned) == findings.digest


def test_a_preset_is_recognised_by_its_values(scenario):
    for preset in scenario.presets:
        assert study(scenario, dict(preset.set)).preset == preset.id
    assert study(scenario, {"cred": 0.39}).preset is None


def test_a_caveat_of_one_preset_is_printed_at_that_preset_only(scenario):
    (only,) = [c.text for c in scenario.caveats if c.preset == "default"]
    always = [c.text for c in scenario.caveats if c.preset is None]
    for values in ({}, *(dict(preset.set) for preset in scenario.presets), {"cred": 0.41}):
        found = study(scenario, values)
        assert [text for text in found.caveats if text in always] == always
        assert (only in found.caveats) == (values == {})
    assert only in study(scenario, {"cred": 0.4}).caveats


@pytest.mark.parametrize("seed", range(15))
def test_a_thin_margin_is_told_exactly_where_it_is_thin(scenario, seed):
    values = random_values(scenario, np.random.default_rng(seed), 0.6)
    found = study(scenario, values)
    told = {int(t.split()[1]): t for t in found.caveats if THIN in t}
    for number, equilibrium in enumerate(found.solution, 1):
        thin = [
            player
            for player in range(4)
            if (gap := firm_margin(found.game, equilibrium, player)) is not None
            and gap < 0.05 * oracles.spread(found.game.payoffs[player], found.game.shape)
        ]
        assert (number in told) == bool(thin)
        if thin:
            names = [scenario.players[player].name for player in thin]
            assert any(f"{name}'s choice is ahead by only" in told[number] for name in names)


def firm_margin(built, equilibrium, player):
    """Return what a player with one firm choice would lose by the best other one."""
    vector = equilibrium.strategies[player]
    if np.count_nonzero(vector) > 1:
        return None
    replies = oracles.reply_values(built.payoffs, equilibrium.strategies, player)
    own = int(vector.argmax())
    return replies[own] - max(u for option, u in enumerate(replies) if option != own)


def test_mixed_outcomes_and_unproved_lists_are_told(scenario):
    found = study(scenario, scenario.values(preset="strong_disclosure"))
    assert any(t.startswith("Outcome 1 is mixed: ") for t in found.caveats)
    unproved = [t for t in found.caveats if t.startswith("The list of equilibria is not proved")]
    assert bool(unproved) == (found.solution.completeness == "unproved")
    assert all(found.solution.reason in text for text in unproved)


def test_a_proved_answer_has_no_caveat_of_its_own(tmp_path):
    made = table_scenario(tmp_path, {"ann": [[3, 0], [5, 1]], "bob": [[3, 5], [0, 1]]})
    found = study(made)
    assert (found.solution.completeness, found.title) == ("proved", "One stable outcome")
    assert found.caveats == ()


def test_only_the_first_twelve_outcomes_are_explained(tmp_path):
    flat = [[0] * 4 for _ in range(4)]
    found = study(table_scenario(tmp_path, {"ann": flat, "bob": flat}))
    assert len(found.solution) >= 16
    assert len(found.accounts) == len(found.breaks) == 12
    assert "Only the first 12 equilibria are explained." in found.caveats


def test_an_equilibrium_with_tiny_probabilities_is_reported(tmp_path):
    tables = {"ann": [[2, 1], ["2 + 5e-10", 0]], "bob": [[2, 1], [0, 5e-10]]}
    found = study(table_scenario(tmp_path, tables))
    assert len(found.solution) >= 1
    assert json.loads(as_json(found.to_dict()))["equilibria"]


def test_the_default_blocs(scenario, findings):
    view = findings.blocs
    assert view.view.members == ((0, 3), (1, 2))
    assert view.view.game.players == ("rok+ukr", "dprk+rus")
    pure = [e.profile for e in view.solution if e.profile is not None]
    assert list(view.profiles) == [view.view.profile(pair) for pair in pure]
    assert study(load("chicken")).blocs is None
    assert scenario.blocs == (("rok", "ukr"), ("dprk", "rus"))


def test_blocs_may_be_weighted(scenario):
    built = game(scenario)
    view = bloc_view(built, [["rok"], ["dprk", "rus", "ukr"]], {"ukr": 0.0, "rus": 2.0})
    assert view.view.weights == (1.0, 1.0, 2.0, 0.0)
    with pytest.raises(GameError, match="weights"):
        bloc_view(built, scenario.blocs, {"rok": 0, "ukr": 0})
    with pytest.raises(GameError, match="blocs"):
        bloc_view(built, [["rok"], ["ukr"]])
