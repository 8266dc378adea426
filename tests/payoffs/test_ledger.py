"""What a payoff is made of: the terms' sums are the payoffs, in every mixture."""

import numpy as np
import pytest
from tests.factories import FLAGSHIP, random_profile, random_values
from tests.payoffs.plain_evaluation import PlainModel

from counterplay.games import pure_strategies
from counterplay.payoffs import game, ledger
from counterplay.scenario import load, scenarios


@pytest.mark.parametrize("name", scenarios())
@pytest.mark.parametrize("seed", range(8))
def test_contributions_add_up_to_the_payoffs(name, seed):
    scenario = load(name)
    generator = np.random.default_rng(seed)
    values = random_values(scenario, generator)
    built, terms = game(scenario, values), ledger(scenario, values)
    strategies = random_profile(generator, built.shape)
    expected = built.payoff(strategies)
    for player in range(len(built.players)):
        total = sum(terms.contributions(player, strategies).values())
        assert total == pytest.approx(expected[player], rel=0, abs=1e-12)


def test_each_term_pays_what_the_file_says():
    scenario = load(FLAGSHIP)
    values = random_values(scenario, np.random.default_rng(3))
    plain, terms = PlainModel().contributions(values), ledger(scenario, values)
    assert [term.id for term in terms.terms] == list(plain)
    for term in terms.terms:
        for profile, amount in plain[term.id].items():
            strategies = pure_strategies(profile, (4, 3, 3, 3))
            assert term.expected(strategies) == pytest.approx(amount, rel=0, abs=1e-12)


def test_terms_keep_the_files_order_and_go_to_their_player():
    scenario = load(FLAGSHIP)
    strategies = pure_strategies((1, 1, 1, 1), (4, 3, 3, 3))
    for player, who in enumerate(scenario.players):
        found = ledger(scenario).contributions(player, strategies)
        assert list(found) == [term.id for term in scenario.terms if term.player == who.id]


@pytest.mark.parametrize("seed", range(6))
def test_differences_add_up_and_come_largest_first(seed):
    scenario = load(FLAGSHIP)
    generator = np.random.default_rng(seed)
    values = random_values(scenario, generator)
    built, terms = game(scenario, values), ledger(scenario, values)
    before, after = (random_profile(generator, built.shape) for _ in range(2))
    for player in range(4):
        changes = terms.difference(player, before, after)
        gap = built.payoff(after)[player] - built.payoff(before)[player]
        assert sum(changes.values()) == pytest.approx(gap, rel=0, abs=1e-12)
        sizes = [abs(amount) for amount in changes.values()]
        assert sizes == sorted(sizes, reverse=True)
        assert 0 not in sizes


def test_a_table_is_one_term():
    scenario = load("chicken")
    (usa, ussr) = ledger(scenario).terms
    assert (usa.id, usa.label, usa.player) == ("usa.payoffs", "Payoff table", 0)
    assert ussr.cells.tolist() == [[3, 4], [2, 1]]
    assert usa.expected(([0.5, 0.5], np.array([0.5, 0.5]))) == 2.5
