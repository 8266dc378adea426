"""Any combination of choices: who leaves it and for what, recomputed by brute force."""

import itertools
import json

import pytest
from tests.factories import FLAGSHIP, table_scenario

import counterplay as cp


def best(game, profile, player):
    """Return the indices of a player's best options against the others' choices."""
    line = [
        game.exact[player][(*profile[:player], option, *profile[player + 1 :])]
        for option in range(game.shape[player])
    ]
    return [option for option, payoff in enumerate(line) if payoff == max(line)]


@pytest.mark.parametrize("preset", [None, "spiral", "restraint_possible"])
def test_those_leave_whose_option_is_no_best_reply_and_they_leave_for_one(preset):
    scenario = cp.load(FLAGSHIP)
    found = cp.study(scenario, scenario.values(preset=preset) if preset else None)
    stable = {e.profile for e in found.solution.equilibria if e.profile is not None}
    for profile in itertools.product(*map(range, found.game.shape)):
        account = cp.profile_account(found, profile)
        for player, (stance, to) in enumerate(zip(account.stances, account.replies, strict=True)):
            replies = best(found.game, profile, player)
            stays = profile[player] in replies
            assert to == (() if stays else tuple(found.game.options[player][k] for k in replies))
            assert (stance.margin < 0) == (not stays)
            assert stance.payoff == found.game.payoffs[(player, *profile)]
            name = scenario.players[player].name
            assert account.sentences[player].startswith(f"{name} would leave") == (not stays)
        assert (not account.leavers) == (profile in stable)


def test_a_stable_combination_is_told_as_its_equilibrium_is():
    found = cp.study(cp.load(FLAGSHIP))
    told = found.accounts[0]
    account = cp.profile_account(found, told.equilibrium.profile)
    assert account.headline == told.headline
    assert account.sentences == told.sentences
    assert account.stances == told.stances
    assert account.regime == told.outcomes[0][0]


def test_a_leaver_says_what_it_would_gain_and_by_which_terms():
    found = cp.study(cp.load(FLAGSHIP))
    account = cp.profile_account(found, ["hum", "deny", "conv", "expose"])
    assert account.leavers[0] == "rok"
    assert account.sentences[0].startswith(
        "Seoul would leave “Humanitarian only” for “Conditional pledge”: that would bring it 0.22 "
        "points, gaining 0.92 on “Credit for acting on a denied, partly proven deployment” "
        "(evidence confirmed, published-work, assessment)"
    )


def test_equal_best_replies_are_all_named(tmp_path):
    tables = {"ann": [[0, 0], [2, 0], [2, 0]], "bob": [[1, 0], [1, 0], [1, 0]]}
    found = cp.study(table_scenario(tmp_path, tables))
    account = cp.profile_account(found, (0, 0))
    assert account.replies == (("ann1", "ann2"), ())
    assert " for one of “" in account.sentences[0]
    assert account.sentences[0].endswith(": each would bring it 2.00 points.")


def test_a_payoff_table_is_named_and_no_source_is_missed():
    account = cp.profile_account(cp.study(cp.load("chicken")), (0, 0))
    assert all("by the payoff table of the file." in words for words in account.sentences)
    assert not any("no source" in words for words in account.sentences)


def test_an_account_is_plain_data():
    found = cp.study(cp.load(FLAGSHIP))
    document = json.loads(json.dumps(cp.profile_account(found, (0, 0, 0, 0)).to_dict()))
    assert document["profile"] == {
        p: o[0] for p, o in zip(found.game.players, found.game.options, strict=True)
    }
    assert [entry["player"] for entry in document["players"]] == list(found.game.players)


@pytest.mark.parametrize("profile", [(0,), (0, 0, 0, 9), ["hum", "deny", "conv", "nothing"], 3])
def test_a_combination_that_does_not_fit_is_refused(profile):
    with pytest.raises(cp.GameError):
        cp.profile_account(cp.study(cp.load(FLAGSHIP)), profile)
