"""What tables of tipping points say of the answer."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.tipping_cases import MATCHING, PLAIN, scenario_of

import counterplay as cp
from counterplay.errors import ReportError
from counterplay.payoffs import game
from counterplay.report.tipping_answers import answers_along
from counterplay.report.tipping_words import three_digits, tipping_twin
from counterplay.scenario import load
from counterplay.sensitivity.outcomes import outcome_of

plain, matching = scenario_of(PLAIN), scenario_of(MATCHING)


@cache
def table_of(name):
    return cp.tipping_points({"plain": plain, "matching": matching, "flagship": FLAGSHIP}[name])


FLAGSHIP = load("korea-ukraine")


def test_a_closed_form_tipping_point_splits_the_range():
    found = answers_along(plain, table_of("plain"), "p")
    assert [part.kind for part in found.segments] == ["same", "other"]
    assert found.stays == (0, pytest.approx(0.5))
    assert found.words == "above 0.5: A with “X” instead"
    assert answers_along(plain, table_of("plain"), "q").words == "no change found"


def test_what_never_changes_the_answer_is_one_part():
    for name in ("s", "u"):
        found = answers_along(plain, table_of("plain"), name)
        assert found.stays == (0.5, 2)
        assert found.first is None
        assert [part.kind for part in found.segments] == ["same"]


def test_where_no_choice_is_settled_now_the_mixed_ones_are_the_answer():
    found = answers_along(matching, table_of("matching"), "p")
    assert [part.kind for part in found.segments] == ["same", "other"]
    assert found.stays == (-1, pytest.approx(1))
    assert found.words == "above 1: A plays “X”, B plays “R” becomes possible"


def test_on_a_tipping_point_the_outcomes_of_both_sides_hold():
    held = cp.tipping_points(plain, {"p": 0.5})
    found = answers_along(plain, held, "p")
    assert found.stays == (pytest.approx(0.5), pytest.approx(0.5))
    assert [part.kind for part in found.segments] == ["other", "other"]


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["detect", "expose", "audience", "cred"]), st.floats(0.01, 0.99))
def test_each_part_is_of_the_kind_that_solving_there_gives(name, share):
    found = answers_along(FLAGSHIP, table_of("flagship"), name)
    low, high = found.parameter.low, found.parameter.high
    value = low + share * (high - low)
    if any(abs(value - p.value) < 1e-6 for p in found.changes):
        return
    now, there = (
        set(outcome_of(FLAGSHIP, cp.nash(game(FLAGSHIP, values))).pure)
        for values in ({}, {name: value})
    )
    (part,) = (part for part in found.segments if part.low <= value <= part.high)
    kinds = {"same": there == now, "joined": there > now, "unsettled": not there}
    assert kinds.get(part.kind, bool(there) and not there >= now)


def test_the_twin_holds_every_point_and_what_does_not_tip():
    table = table_of("flagship")
    twin = tipping_twin(FLAGSHIP, table)
    assert len(twin.rows) == len(table) + len(table.steady) + len(table.unused) + len(table.fixed)
    assert [row[2] for row in twin.rows[: len(table)]] == [three_digits(p.value) for p in table]
    assert twin.rows[0][4] == "“Arms spiral” becomes possible too"
    assert all(len(row) == len(twin.columns) == len(twin.numeric) for row in twin.rows)
    words = [row[4] for row in tipping_twin(plain, table_of("plain")).rows]
    assert "no payoff depends on it" in words
    assert "no change found over the whole range" in words


def test_an_answer_that_is_not_proved_complete_says_so():
    table = table_of("plain")
    (point,) = table.of("p")
    doubtful = replace(point, above=replace(point.above, complete=False))
    found = answers_along(plain, replace(table, items=(doubtful,)), "p")
    assert [part.complete for part in found.segments] == [True, False]
    assert found.words.endswith("(not proved complete)")


def test_a_table_of_another_scenario_is_refused():
    with pytest.raises(ReportError, match="nothing on 'detect'"):
        answers_along(plain, table_of("plain"), "detect")
    with pytest.raises(ReportError, match="nothing on 'p'"):
        answers_along(FLAGSHIP, table_of("plain"), "p")
