"""Sentences: who stays, against which alternative, for which two reasons, on which evidence."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import FLAGSHIP, LAW, random_values, table_scenario
from tests.payoffs.plain_evaluation import PlainModel

from counterplay.concepts import nash
from counterplay.explain.deviation import Deviation, TermChange
from counterplay.explain.narrate import (
    count_title,
    deviation_sentence,
    number_text,
    percent,
    points,
)
from counterplay.findings import study
from counterplay.games import Game
from counterplay.scenario import load


@pytest.fixture(scope="module")
def scenario():
    return load(FLAGSHIP)


def largest_terms(cells, owner, player, profile, option):
    """Return the two terms that change most when `player` turns to `option`, and by how much."""
    there = (*profile[:player], option, *profile[player + 1 :])
    changes = {term: cells[term][there] - cells[term][profile] for term in owner}
    ranked = sorted(changes.items(), key=lambda item: (-abs(item[1]), item[0]))
    return [(term, amount) for term, amount in ranked[:2] if abs(amount) > 1e-12]


@pytest.mark.parametrize("seed", range(40))
def test_a_stance_names_option_alternative_and_the_two_largest_terms(scenario, seed):
    reach = (0.2, 1.0)[seed % 2]
    values = random_values(scenario, np.random.default_rng(seed), reach)
    plain = PlainModel()
    cells = plain.contributions(values)
    terms = {term["id"]: term for term in plain.data["terms"]}
    statuses = {record.id: record.status for record in scenario.evidence}
    findings = study(scenario, values)
    for account in findings.accounts:
        profile = account.equilibrium.profile
        if profile is None:
            continue
        for number, (player, stance, sentence) in enumerate(
            zip(scenario.players, account.stances, account.sentences, strict=True)
        ):
            options = [option.id for option in player.options]
            alternative = stance.best_alternative
            other = options.index(alternative.option)
            start = (
                f"{player.name} keeps “{player.options[profile[number]].label}”: switching to "
                f"“{player.options[other].label}” would cost it {points(stance.margin)} points, "
            )
            owned = [term for term in terms if terms[term]["player"] == player.id]
            said = [
                f"{'losing' if amount < 0 else 'gaining'} {points(abs(amount))} on "
                f"“{terms[term]['label']}” (evidence "
                for term, amount in largest_terms(cells, owned, number, profile, other)
            ]
            thin = " This margin is thin." if stance.thin else ""
            assert sentence.startswith(start + said[0])
            assert sentence.endswith(f".{thin}")
            assert all(part in sentence for part in said)
            for change in alternative.changes[:2]:
                words = ", ".join(change.statuses)
                assert f"“{change.label}” (evidence {words})" in sentence
                assert set(change.statuses) == {statuses[r] for r in terms[change.id]["evidence"]}


def test_the_sentence_changes_when_the_largest_term_does(scenario):
    seen = {}
    for seed in range(60):
        values = random_values(scenario, np.random.default_rng(1000 + seed))
        for account in study(scenario, values).accounts:
            for stance, sentence in zip(account.stances, account.sentences, strict=True):
                if stance.best_alternative and not stance.mixes:
                    first = stance.best_alternative.changes[0].label
                    where = sentence.index("“", sentence.index("points, "))
                    assert sentence[where:].startswith(f"“{first}”")
                    seen.setdefault(stance.player, set()).add(first)
    assert all(len(labels) >= 2 for labels in seen.values())
    assert len(seen) == 4


def test_the_largest_term_of_seoul_turns_with_one_assumption(scenario):
    def seoul(**numbers):
        return study(scenario, numbers).accounts[0].sentences[0]

    credit, empty = "Credit for acting on a denied", "Cost of an empty pledge"
    assert credit in seoul()
    assert seoul(audience=3).index(credit) < seoul(audience=3).index(empty)
    assert seoul() != seoul(audience=3)


def test_a_mixing_player_is_said_to_be_kept_indifferent(scenario):
    findings = study(scenario, scenario.values(preset="strong_disclosure"))
    account = next(a for a in findings.accounts if a.equilibrium.profile is None)
    mixing = 0
    for player, stance, sentence in zip(
        scenario.players, account.stances, account.sentences, strict=True
    ):
        labels = {option.id: option.label for option in player.options}
        assert all(f"“{labels[option]}”" in sentence for option, _ in stance.plays)
        if stance.mixes:
            mixing += 1
            assert sentence.startswith(f"{player.name} is kept indifferent between “")
            assert f"each pays it {points(stance.payoff)}" in sentence
            assert (
                stance.best_alternative is None
                or f"“{labels[stance.best_alternative.option]}”" in sentence
            )
    assert mixing >= 2


def test_an_option_that_costs_nothing_to_leave_is_said_so(tmp_path):
    made = table_scenario(tmp_path, {"ann": [[1, 0], [1, 1]], "bob": [[1, 0], [0, 1]]})
    sentence = study(made).accounts[0].sentences[0]
    assert sentence == (
        "Ann could switch from “Option ann0” to “Option ann1” at no cost. This margin is thin."
    )


def test_rounding_is_no_reason(tmp_path):
    made = table_scenario(
        tmp_path,
        {"ann": [["a + b", 0], ["c", 1]], "bob": [[1, 0], [0, 1]]},
        {"a": (0.1, 0.0, 1.0), "b": (0.2, 0.0, 1.0), "c": (0.3, 0.0, 1.0)},
    )
    account = study(made).accounts[0]
    assert "under 0.001" not in account.sentences[0]
    assert "would change nothing" in deviation_sentence(made, account.stances[0].deviations[0])


def test_no_alternative_is_said_so(tmp_path):
    made = table_scenario(tmp_path, {"ann": [[1, 2]], "bob": [[1, 2]]})
    assert study(made).accounts[0].sentences[0] == "Ann has no alternative to “Option ann0”."


@pytest.mark.parametrize(
    ("loss", "effect"),
    [
        (0.5, "would cost it 0.50 points"),
        (-0.5, "would bring it 0.50 points"),
        (0.0, "would change nothing"),
    ],
)
def test_one_deviation_in_words(scenario, loss, effect):
    change = TermChange("x", "A reason", -loss, ("S01",), ("stated-intention",))
    sentence = deviation_sentence(
        scenario, Deviation("rok", "hum", loss, (change,) if loss else ())
    )
    verb = "losing" if loss > 0 else "gaining"
    reason = f", {verb} 0.50 on “A reason” (evidence stated-intention)" if loss else ""
    assert sentence == f"Switching to “Humanitarian only” {effect} for Seoul{reason}."


def test_the_headline_says_who_does_what(scenario):
    assert study(scenario).accounts[0].headline == (
        "Seoul makes a conditional pledge. Pyongyang sends troops and denies it; "
        "Moscow pays with conventional and space technology; Kyiv publicises the deployment."
    )


def test_the_headline_of_a_mixture_gives_shares_that_add_up(scenario):
    findings = study(scenario, scenario.values(preset="strong_disclosure"))
    account = findings.accounts[0]
    for player, vector in zip(scenario.players, account.equilibrium.strategies, strict=True):
        for option, share in zip(player.options, vector, strict=True):
            said = f"“{option.label}” ({percent(float(share))})"
            assert (said in account.headline) == (0 < share < 1)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.005, "0.01"),
        (0.0049, "0.005"),
        (0.0005, "0.001"),
        (0.00049, "under 0.001"),
        (-0.00049, "under 0.001"),
        (-0.0049, "−0.005"),
        (2.675, "2.68"),
        (-2.675, "−2.68"),
        (0.995, "1.00"),
        (999_999.994, "999999.99"),
        (1e6, "1.00e+06"),
        (-1e300, "−1.00e+300"),
        (0.0, "0.00"),
        (-0.0, "0.00"),
    ],
)
def test_points(number, text):
    assert points(number) == text


def test_points_of_numpys_numbers():
    assert points(np.float64(0.25)) == "0.25"


@LAW
@given(st.floats(-1e5, 1e5))
def test_points_are_right_to_the_digits_shown(number):
    text = points(number).replace("−", "-")
    if text == "under 0.001":
        assert abs(number) < 0.0005
    else:
        unit = 0.001 if len(text.partition(".")[2]) == 3 else 0.01
        assert abs(float(text) - number) <= unit / 2 + 1e-9
        assert (float(text) == 0) == (number == 0)


@LAW
@given(st.floats(0, 1))
def test_percentages_never_round_a_doubt_away(share):
    text = percent(share)
    assert (text == "0%") == (share == 0)
    assert (text == "100%") == (share == 1)
    if text[0] not in "<>":
        assert abs(float(text[:-1]) - 100 * share) <= 0.5 + 1e-9


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.4, "0.4"),
        (-0.4, "−0.4"),
        (12345.6, "12345.6"),
        (2024.75, "2024.75"),
        (-1000000.5, "−1000000.5"),
        (1e16, "1e+16"),
        (1e-9, "1e-09"),
    ],
)
def test_numbers_of_assumptions(number, text):
    assert number_text(number) == text


class Listed:
    def __init__(self, number, completeness):
        self.equilibria, self.completeness = (None,) * number, completeness


@pytest.mark.parametrize(
    ("number", "completeness", "title"),
    [
        (1, "proved", "One stable outcome"),
        (3, "proved", "Three stable outcomes"),
        (1, "unproved", "One stable outcome found"),
        (5, "unproved", "Five stable outcomes found"),
        (11, "unproved", "11 stable outcomes found"),
        (0, "unproved", "No stable outcome found yet"),
    ],
)
def test_the_title_claims_no_more_than_was_proved(number, completeness, title):
    assert count_title(Listed(number, completeness)) == title


def test_sets_of_outcomes_are_never_counted_as_outcomes():
    payoffs = [[[3, 0], [0, 2]], [[2, 0], [0, 3]]]
    watched = [np.repeat(np.array(table)[:, :, None], 2, axis=2) for table in payoffs]
    solution = nash(Game.from_payoffs([*watched, np.zeros((2, 2, 2))]))
    assert count_title(solution) == "Stable outcomes form three separate sets"
    segment = nash(Game.from_payoffs([[[3, 3], [2, 5], [0, 6]], [[3, 3], [2, 6], [3, 1]]]))
    assert count_title(segment) == "One single stable outcome, and a connected set of them"
