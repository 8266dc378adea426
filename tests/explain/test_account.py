"""The account of one equilibrium: outcomes with their chances, weakest player, evidence."""

import itertools

import numpy as np
import pytest
from tests.factories import FLAGSHIP, random_values, table_scenario
from tests.payoffs.plain_evaluation import PlainModel

from counterplay.explain import account
from counterplay.findings import study
from counterplay.payoffs import game, ledger
from counterplay.scenario import load

PRESETS = ("default", "strong_disclosure", "restraint_possible", "doubtful_pledge", "avowal")


@pytest.fixture(scope="module")
def scenario():
    return load(FLAGSHIP)


def regime_of(data, options):
    """Return the id of the first rule of the file that covers a profile."""
    players = [player["id"] for player in data["players"]]
    choice = dict(zip(players, options, strict=True))
    for regime in data["regimes"]:
        if all(choice[player] in listed for player, listed in regime["when"].items()):
            return regime["id"]
    return None


@pytest.mark.parametrize("preset", PRESETS)
def test_outcomes_are_the_regimes_that_can_occur(scenario, preset):
    data = PlainModel().data
    findings = study(scenario, scenario.values(preset=preset))
    for found in findings.accounts:
        shares = {}
        for profile in itertools.product(*map(range, findings.game.shape)):
            chance = np.prod(
                [x[k] for x, k in zip(found.equilibrium.strategies, profile, strict=True)]
            )
            if chance > 0:
                name = regime_of(data, findings.game.profile_ids(profile))
                shares[name] = shares.get(name, 0) + float(chance)
        listed = {regime.id if regime else None: share for regime, share in found.outcomes}
        assert listed == pytest.approx(shares)
        assert sum(listed.values()) == pytest.approx(1)
        order = [share for _, share in found.outcomes]
        assert order == sorted(order, reverse=True)


@pytest.mark.parametrize("seed", range(12))
def test_the_weakest_player_has_the_thinnest_margin_for_its_range(scenario, seed):
    values = random_values(scenario, np.random.default_rng(seed))
    findings = study(scenario, values)
    for found in findings.accounts:
        firm = {
            stance.player: stance.margin / float(np.ptp(table))
            for stance, table in zip(found.stances, findings.game.payoffs, strict=True)
            if not stance.mixes
        }
        assert found.weakest == (min(firm, key=firm.get) if firm else None)


@pytest.mark.parametrize("preset", PRESETS)
def test_evidence_is_what_paying_terms_cite(scenario, preset):
    plain = PlainModel()
    values = scenario.values(preset=preset)
    cells = plain.contributions(values)
    findings = study(scenario, values)
    for found in findings.accounts:
        if found.equilibrium.profile is None:
            continue
        profile = found.equilibrium.profile
        paying = {term for term in cells if cells[term][profile] != 0}
        assert {term for player in found.contributions for term in player} == paying
        cited = {r for t in plain.data["terms"] if t["id"] in paying for r in t["evidence"]}
        order = [record.id for record in scenario.evidence if record.id in cited]
        assert list(found.evidence) == order


def test_contributions_add_up_to_payoffs(scenario):
    for preset in PRESETS:
        for found in study(scenario, scenario.values(preset=preset)).accounts:
            totals = [sum(amounts.values()) for amounts in found.contributions]
            assert totals == pytest.approx(found.equilibrium.payoffs, abs=1e-9)


def test_an_outcome_without_a_rule_has_no_name(tmp_path):
    made = table_scenario(tmp_path, {"ann": [[1, 0], [0, 1]], "bob": [[1, 0], [0, 1]]})
    findings = study(made)
    assert [found.outcomes for found in findings.accounts] == [((None, 1.0),)] * 3
    assert findings.accounts[0].evidence == ()


def test_an_account_needs_no_study(scenario):
    built, terms = game(scenario), ledger(scenario)
    equilibrium = study(scenario).solution.equilibria[0]
    found = account(scenario, built, terms, equilibrium)
    assert found.weakest == "rok"
    assert [regime.id for regime, _ in found.outcomes] == ["hedged_denial"]
    assert len(found.sentences) == len(found.stances) == len(found.contributions) == 4
