"""Shares, drivers and robust choice: points and lines are the engine's numbers."""

import json
from dataclasses import replace
from functools import cache

import pytest
from tests.report.drawing import rows, texts
from tests.report.tipping_cases import PLAIN, scenario_of

import counterplay as cp
from counterplay.errors import ReportError
from counterplay.report import figures
from counterplay.report.figures.interval_chart import PANEL, Entry, Mark, NumberLine
from counterplay.report.svg import to_svg
from counterplay.scenario import load
from counterplay.sensitivity.uncertainty.standing import standing_shares

HOSTILE = ("<script>alert(1)</script>", "datum.x); alert(1", "조건부 약속", "word " * 300)
FLAGSHIP = load("korea-ukraine")


@cache
def sample():
    return cp.sample(FLAGSHIP, 128, 7)


@cache
def drivers():
    return cp.drivers(FLAGSHIP, 64, 7)


@cache
def choice():
    return cp.robust_choice(FLAGSHIP, 64, 7)


def of(target):
    return next(one for one in drivers().targets if one.id == target)


def test_shares_are_drawn_largest_first_with_their_intervals():
    figure = figures.outcome_shares(sample())
    shares = sorted((s for s in standing_shares(sample()) if s.count), key=lambda s: -s.count)
    points = rows(figure, "points")
    assert [p["value"] for p in points] == pytest.approx([100 * s.share for s in shares])
    zero, full = points[0]["x"], rows(figure, "grid")
    pixel = (full[-1]["x"] - full[0]["x"]) / PANEL
    assert pixel == pytest.approx(1)
    for line, point, share in zip(rows(figure, "intervals"), points, shares, strict=True):
        assert line["x"] <= point["x"] <= line["x2"]
        scale = (point["x"] - full[0]["x"]) / (100 * share.share)
        assert line["x2"] == pytest.approx(full[0]["x"] + 100 * share.high * scale, abs=0.05)
        assert line["x"] == pytest.approx(full[0]["x"] + 100 * share.low * scale, abs=0.05)
    assert zero > full[0]["x"]


def test_a_share_is_never_called_a_chance():
    figure = figures.outcome_shares(sample())
    measure = "share of 128 sampled sets of assumptions (not the chance that it happens)"
    assert measure in " ".join(texts(figure))
    assert measure in figure.alt
    assert "no probabilities of events" in figure.caption
    assert "22 assumptions drawn, 3 held; seed 7" in figure.caption
    assert len(figure.table.rows) == len(standing_shares(sample()))


def test_leaders_that_the_draws_do_not_tell_apart_are_named_together():
    assert "lead about level" in figures.outcome_shares(sample()).title
    plain = cp.sample(scenario_of(PLAIN), 256, 7)
    assert figures.outcome_shares(plain).title.endswith("of the draws")
    assert "is stable most often, in" in figures.outcome_shares(plain).title


def test_one_answer_in_every_draw_is_said_so():
    text = PLAIN.replace("default: 0.2, low: 0, high: 1", "default: 0.2, low: 0.1, high: 0.2")
    figure = figures.outcome_shares(cp.sample(scenario_of(text), 32, 7))
    assert figure.title == "A plays “Y”, B plays “L” is stable in every draw"
    assert len(rows(figure, "points")) == 1


def test_unproved_draws_are_told():
    doubtful = sample().completeness.copy()
    doubtful[:3] = "unproved"
    figure = figures.outcome_shares(replace(sample(), completeness=doubtful))
    assert "In 3 draws a stable outcome may be missing" in figure.caption
    assert "may be missing" not in figures.outcome_shares(sample()).caption


def test_drivers_are_drawn_with_and_without_interactions():
    figure = figures.driver_bars(drivers(), "restraint")
    shown = [d for d in of("restraint").drivers if d.total.high > 0][:10]
    expected = [100 * i.estimate for d in shown for i in (d.total, d.first)]
    assert [p["value"] for p in rows(figure, "points")] == pytest.approx(expected)
    assert len(rows(figure, "holes")) == len(shown)
    assert len(figure.table.rows) == len(of("restraint").drivers) == 22
    assert "Chance of proof without a campaign" in figure.title


def test_an_answer_that_does_not_vary_is_said_in_words():
    still = replace(of("restraint"), status="nothing varies", drivers=(), words="Same, always.")
    rare = replace(of("spiral"), status="too rare", drivers=(), words="Too few draws.")
    found = replace(drivers(), targets=(still, rare))
    figure = figures.driver_bars(found, "restraint")
    assert figure.title == "Whether “Restraint” is stable is the same in every draw"
    assert "Same, always." in json.dumps(figure.chart.to_dict())
    assert "Same, always." in figure.alt
    assert figure.table.rows[0][0] == "Same, always."
    assert "too few draws" in figures.driver_bars(found, "spiral").title


def test_drivers_that_cannot_be_told_from_none_are_not_named():
    dim = [replace(d, total=replace(d.total, clear=False)) for d in of("restraint").drivers]
    found = replace(drivers(), targets=(replace(of("restraint"), drivers=tuple(dim)),))
    figure = figures.driver_bars(found, "restraint")
    assert figure.title.endswith("varies, but no assumption can be told from none")
    assert rows(figure, "words") == []


def test_other_targets_are_refused():
    with pytest.raises(ReportError, match="no drivers of 'peace' were sought; there are spiral"):
        figures.driver_bars(drivers(), "peace")


def test_options_are_drawn_by_average_and_by_regret_in_both_cases():
    figure = figures.robust_options(FLAGSHIP, choice())
    cases = [case for o in choice().options for case in (o.worst_case, o.best_case)]
    points, lines = rows(figure, "points"), rows(figure, "intervals")
    half = len(points) // 2
    assert [p["value"] for p in points[:half]] == pytest.approx([c.expected for c in cases])
    assert [p["value"] for p in points[half:]] == pytest.approx([c.regret_90 for c in cases])
    assert all(
        line["x"] == pytest.approx(p["x"]) or line["x2"] == pytest.approx(p["x"])
        for line, p in zip(lines, points, strict=True)
    )
    assert {p["fill"] for p in points} == {figures.TOKENS["light"].players[0]}
    assert len(rows(figure, "holes")) == half


def test_the_choice_title_claims_no_more_than_the_criteria():
    title = figures.robust_options(FLAGSHIP, choice()).title
    assert title == "“Conditional pledge” does best by every criterion, however the others answer"
    first, *rest = choice().best_in_worst_case
    split = replace(choice(), best_in_worst_case=(replace(first, choices=(0,)), *rest))
    assert figures.robust_options(FLAGSHIP, split).title == (
        "No option does best by every criterion"
    )
    first, *rest = choice().best_in_best_case
    split = replace(choice(), best_in_best_case=(replace(first, choices=(0,)), *rest))
    assert figures.robust_options(FLAGSHIP, split).title.endswith(
        "if the others answer as is worst"
    )


def test_the_choice_table_holds_every_criterion():
    table = figures.robust_options(FLAGSHIP, choice()).table
    assert len(table.rows) == 2 * len(choice().options)
    assert table.rows[0][:2] == ("Humanitarian only", "worst for it")
    assert all(len(row) == len(table.columns) == len(table.numeric) for row in table.rows)


def test_bounds_are_told_where_not_every_equilibrium_was_found():
    figure = figures.robust_options(FLAGSHIP, replace(choice(), unproved=2))
    assert "In 2 futures bounds count" in figure.caption


@pytest.mark.parametrize("label", HOSTILE)
def test_labels_of_any_kind_are_data(label):
    scenario = scenario_of(PLAIN, label.strip())
    for figure in (
        figures.outcome_shares(cp.sample(scenario, 32, 1)),
        figures.driver_bars(cp.drivers(scenario, 32, 1), "a"),
        figures.robust_options(scenario, cp.robust_choice(scenario, 8, 1)),
    ):
        document = json.dumps(figure.chart.to_dict(), allow_nan=False)
        assert not any(word in document for word in ('"calculate"', '"expr"', '"signal"', '"url"'))
        drawn = to_svg(figure, "t")
        assert "<script" not in drawn
        assert drawn == to_svg(figure, "t")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_themes_have_the_same_marks(theme):
    figure = figures.outcome_shares(sample(), theme)
    assert {p["fill"] for p in rows(figure, "points")} == {figures.TOKENS[theme].ink}
    with pytest.raises(ReportError, match="theme"):
        figures.outcome_shares(sample(), "sepia")


@pytest.mark.parametrize(("low", "high"), [(-16.4, -3.0), (0.4, 15.8), (0.0, 0.0), (2e-9, 7e-9)])
def test_a_number_line_holds_zero_and_all_marks(low, high):
    entry = Entry("x", ((Mark(low, low, high),),))
    line = NumberLine.around([entry], 0, "points")
    assert line.low <= min(0, low) <= max(0, high) <= line.high
    ticks = list(line.ticks())
    assert 2 <= len(ticks) <= 11
    assert "0" in [text.strip("0.") or "0" for _, text in ticks]
    assert len({text for _, text in ticks}) == len(ticks)
