"""Tables of commitment, advice and levers show the numbers of what was found."""

import numpy as np
import pytest

from counterplay.concepts import commitment, correlated
from counterplay.explain.narrate import percent, points
from counterplay.findings import study
from counterplay.report import tables
from counterplay.scenario import load
from counterplay.sensitivity.robust.levers import robust_levers

MODELS = ("korea-ukraine", "chicken")


@pytest.fixture(scope="module", params=MODELS)
def found(request):
    return study(load(request.param))


def test_every_player_has_a_row_with_its_best_and_its_safest_commitment(found):
    each = [commitment(found.game, player, found.solution) for player in found.game.players]
    table = tables.commitments(found, each)
    assert len(table.rows) == len(found.game.players)
    for row, one, player in zip(table.rows, each, found.scenario.players, strict=True):
        labels = {option.id: option.label for option in player.options}
        assert row[:3] == (player.name, labels[one.option], points(one.value))
        assert row[3:5] == (labels[one.guaranteed.option], points(one.guaranteed.value))
        ends = dict.fromkeys([points(one.nash.least), points(one.nash.greatest)])
        assert row[5] == " to ".join(ends)


def test_words_of_a_commitment_name_option_and_amount(found):
    for player in found.scenario.players:
        one = commitment(found.game, player.id, found.solution)
        words = tables.commitment_words(found, one)
        labels = {option.id: option.label for option in player.options}
        assert player.name in words
        assert labels[one.option] in words
        assert points(one.value) in words
        assert (labels[one.guaranteed.option] in words) or one.guaranteed.option == one.option


def test_advice_tells_payoffs_and_the_profiles_drawn(found):
    fair = correlated(found.game, "fairness")
    [row] = tables.advice(found, [("fair", fair)]).rows
    assert row[0] == "fair"
    assert row[1:-1] == tuple(points(float(paid)) for paid in fair.payoffs)
    shares = sorted(fair.distribution[fair.distribution > 0], reverse=True)
    if len(shares) == 1:
        assert row[-1].startswith("always ")
    else:
        assert all(percent(float(share)) in row[-1] for share in shares[:2])


def test_advice_says_whom_it_pays_more_than_every_stable_outcome(found):
    fair = correlated(found.game, "fairness")
    best = np.max([one.payoffs for one in found.solution.equilibria], axis=0)
    better = fair.payoffs > best + 1e-6 * found.game.ranges
    words = tables.advice_words(found, fair)
    for player, more in zip(found.scenario.players, better, strict=True):
        assert (player.name in words) == more


def test_rows_of_levers_are_those_found_and_the_best_on_average_is_first():
    scenario = load("korea-ukraine")
    found = robust_levers(scenario, 16, 1, steps=2)
    table = tables.lever_settings(scenario, found)
    assert len(table.rows) == len(found.rows)
    assert len(table.rows[0]) == len(table.columns) == len(table.numeric)
    best = max(found.rows, key=lambda row: row.worst_case.expected)
    assert table.rows[0][len(found.levers)] == best.label
    assert table.rows[0][len(found.levers) + 1] == points(best.worst_case.expected)
