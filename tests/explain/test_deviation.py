"""What deviating would cost: losses in named terms that add up, with their evidence."""

import numpy as np
import pytest
from tests import oracles
from tests.factories import FLAGSHIP, random_profile, random_values, table_scenario
from tests.payoffs.plain_evaluation import PlainModel

from counterplay.concepts import nash
from counterplay.explain.deviation import STATUS_ORDER, deviation, stances, statuses_of
from counterplay.payoffs import game, ledger
from counterplay.scenario import load, scenarios
from counterplay.scenario.parts import EVIDENCE_STATUSES


@pytest.fixture(scope="module")
def scenario():
    return load(FLAGSHIP)


def solved(scenario, values):
    """Return game, ledger and the stances of every equilibrium listed."""
    built, terms = game(scenario, values), ledger(scenario, values)
    return built, terms, [(e, stances(scenario, built, terms, e)) for e in nash(built)]


@pytest.mark.parametrize("seed", range(10))
def test_the_terms_of_every_deviation_add_up_to_its_loss(scenario, seed):
    generator = np.random.default_rng(seed)
    values = random_values(scenario, generator)
    built, terms = game(scenario, values), ledger(scenario, values)
    strategies = random_profile(generator, built.shape)
    for player, count in enumerate(built.shape):
        replies = oracles.reply_values(built.payoffs, strategies, player)
        own = sum(p * u for p, u in zip(strategies[player], replies, strict=True))
        for option in range(count):
            found = deviation(scenario, built, terms, strategies, player, option)
            assert (found.player, found.option) == (
                built.players[player],
                built.options[player][option],
            )
            assert found.loss == pytest.approx(own - replies[option], rel=0, abs=1e-9)
            total = sum(change.amount for change in found.changes)
            assert total == pytest.approx(-found.loss, rel=0, abs=1e-9)
            sizes = [abs(change.amount) for change in found.changes]
            assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("seed", range(20))
def test_stances_of_every_equilibrium(scenario, seed):
    generator = np.random.default_rng(seed)
    values = random_values(scenario, generator)
    built, _, found = solved(scenario, values)
    for equilibrium, held in found:
        assert [stance.player for stance in held] == list(built.players)
        for player, stance in enumerate(held):
            assert_stance(built, equilibrium, player, stance)


def assert_stance(built, equilibrium, player, stance):
    vector = equilibrium.strategies[player]
    replies = oracles.reply_values(built.payoffs, equilibrium.strategies, player)
    names = built.options[player]
    played = {name: p for name, p in zip(names, vector, strict=True) if p > 0}
    assert dict(stance.plays) == played
    assert stance.payoff == pytest.approx(max(replies), abs=1e-8)
    losses = {
        name: max(replies) - u
        for name, u in zip(names, replies, strict=True)
        if name not in played
    }
    assert {d.option: d.loss for d in stance.deviations} == pytest.approx(losses, abs=1e-8)
    assert [d.loss for d in stance.deviations] == sorted(d.loss for d in stance.deviations)
    for option in stance.deviations:
        assert sum(c.amount for c in option.changes) == pytest.approx(-option.loss, abs=1e-9)
    assert stance.mixes == (len(played) > 1)
    if stance.mixes:
        assert (stance.margin, stance.thin) == (0, False)
    else:
        assert stance.margin == pytest.approx(min(losses.values()), abs=1e-8)
        assert stance.thin == (stance.margin < 0.05 * built.ranges[player])
    assert stance.best_alternative == (stance.deviations[0] if losses else None)


def test_changes_carry_the_evidence_of_their_terms(scenario):
    plain = PlainModel()
    cited = {term["id"]: tuple(term.get("evidence", ())) for term in plain.data["terms"]}
    labels = {term["id"]: term["label"] for term in plain.data["terms"]}
    status = {record.id: record.status for record in scenario.evidence}
    _, _, found = solved(scenario, {})
    changes = [c for _, held in found for s in held for d in s.deviations for c in d.changes]
    assert len({change.id for change in changes}) > 20
    for change in changes:
        assert (change.label, change.evidence) == (labels[change.id], cited[change.id])
        assert set(change.statuses) == {status[record] for record in change.evidence}
        order = [STATUS_ORDER.index(name) for name in change.statuses]
        assert order == sorted(set(order))


def test_every_status_has_its_place():
    assert sorted(STATUS_ORDER) == sorted(EVIDENCE_STATUSES)


def test_statuses_are_told_once_firmest_first(scenario):
    assert statuses_of(scenario, ("S15", "S01", "S12", "S13")) == (
        "confirmed",
        "stated-intention",
        "denied",
    )
    assert statuses_of(scenario, ()) == ()


def test_margins_of_the_default(scenario):
    built, _, ((equilibrium, held),) = solved(scenario, {})
    assert built.profile_ids(equilibrium.profile) == ("pledge", "deny", "conv", "expose")
    assert [s.margin for s in held] == pytest.approx([0.219, 0.455, 1.446, 1.240], abs=1e-9)
    assert [s.best_alternative.option for s in held] == ["hum", "open", "withhold", "stay"]


@pytest.mark.parametrize("name", scenarios())
def test_a_table_without_terms_has_no_source(name):
    scenario = load(name)
    if scenario.payoffs is None:
        return
    _, _, found = solved(scenario, {})
    changes = [c for _, held in found for s in held for d in s.deviations for c in d.changes]
    assert {(c.label, c.evidence, c.statuses) for c in changes} == {("Payoff table", (), ())}


def test_a_player_without_a_choice_has_no_alternative(tmp_path):
    scenario = table_scenario(tmp_path, {"ann": [[1, 2]], "bob": [[1, 2]]})
    _, _, ((_, held),) = solved(scenario, {})
    ann, bob = held
    assert (ann.deviations, ann.margin, ann.thin, ann.best_alternative) == ((), None, False, None)
    assert (bob.margin, bob.best_alternative.option) == (1, "bob0")


def test_a_tie_by_formulas_has_a_margin_of_zero(tmp_path):
    scenario = table_scenario(
        tmp_path,
        {"ann": [["a + b", 0], ["c", 1]], "bob": [[1, 0], [0, 1]]},
        {"a": (0.1, 0.0, 1.0), "b": (0.2, 0.0, 1.0), "c": (0.3, 0.0, 1.0)},
    )
    _, _, found = solved(scenario, {})
    (equilibrium, (ann, bob)) = found[0]
    assert equilibrium.profile == (0, 0)
    assert equilibrium.strict is False
    assert (ann.margin, bool(ann.thin), bob.margin) == (0, True, 1)


def test_a_stance_holds_plain_numbers(tmp_path):
    scenario = table_scenario(tmp_path, {"ann": [[1, 0], [1, 1]], "bob": [[1, 0], [0, 1]]})
    _, _, found = solved(scenario, {})
    for _, held in found:
        assert {type(stance.thin) for stance in held} == {bool}
        assert {type(stance.margin) for stance in held} == {float}
