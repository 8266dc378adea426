"""Waterfalls: the bars are the terms, and they add up."""

import itertools
import json

import pytest
from tests.report.drawing import found, rows, texts

from counterplay.report import figures
from counterplay.report.figures import TOKENS
from counterplay.report.figures.waterfall import (
    MAX_STEPS,
    PLOT_WIDTH,
    Step,
    Waterfall,
    draw,
    folded,
)
from counterplay.report.scale import ticks


@pytest.mark.parametrize("preset", [None, "restraint_possible", "strong_disclosure", "spiral"])
def test_the_bars_of_a_deviation_add_up_to_its_result(preset):
    findings = found(preset=preset)
    for account in findings.accounts:
        strategies = account.equilibrium.strategies
        for player, options in zip(findings.game.players, findings.game.options, strict=True):
            for option in options:
                figure = figures.deviation_waterfall(findings, strategies, player, option)
                *steps, result = rows(figure, "bars")
                assert sum(step["amount"] for step in steps) == pytest.approx(
                    result["amount"], abs=1e-9
                )


def test_the_bars_of_a_payoff_add_up_to_it():
    findings = found()
    for profile in list(itertools.product(*map(range, findings.game.shape)))[::9]:
        figure = figures.payoff_waterfall(findings, profile, "ukr")
        *steps, result = rows(figure, "bars")
        payoff = findings.game.payoffs[(3, *profile)]
        assert sum(step["amount"] for step in steps) == pytest.approx(payoff, abs=1e-9)
        assert result["amount"] == pytest.approx(payoff, abs=1e-9)


def test_a_waterfall_begins_each_bar_where_the_last_ended():
    strategies = found().solution.equilibria[0].strategies
    bars = rows(figures.deviation_waterfall(found(), strategies, "rok", "hum"), "bars")
    assert [bar["amount"] < 0 for bar in bars] == [True, False, False, False, True]
    starts = [bar["x2"] if bar["amount"] < 0 else bar["x"] for bar in bars[:-1]]
    ends = [bar["x"] if bar["amount"] < 0 else bar["x2"] for bar in bars[:-1]]
    assert starts[1:] == ends[:-1]
    assert bars[-1]["x"] == pytest.approx(ends[-1], abs=0.02)
    assert bars[-1]["x2"] == starts[0]


def test_a_waterfall_says_its_finding_and_what_is_held_fixed():
    strategies = found().solution.equilibria[0].strategies
    figure = figures.deviation_waterfall(found(), strategies, "rok", "hum")
    assert figure.title == "Switching to “Humanitarian only” would cost Seoul 0.22 points"
    assert figure.caption.startswith("Held fixed: Pyongyang “Deploy and deny”; Moscow ")
    assert "goes from −5.28 to −5.50 points" in figure.caption
    assert {"−0.92", "+0.30", "+0.24", "+0.16", "−0.22"} <= set(texts(figure))
    assert "Friction of a public pledge +0.30" in figure.alt
    assert [row[1] for row in figure.table.rows] == ["−0.92", "+0.30", "+0.24", "+0.16", "−0.22"]


def test_losses_are_in_the_players_colour_and_results_in_ink():
    strategies = found().solution.equilibria[0].strategies
    for theme in ("light", "dark"):
        tokens = TOKENS[theme]
        figure = figures.deviation_waterfall(found(), strategies, "dprk", "open", theme)
        assert [bar["fill"] for bar in rows(figure, "bars")] == [
            tokens.players[1], tokens.gain, tokens.gain, tokens.gain, tokens.ink,
        ]  # fmt: skip


UNSOURCED = """
format: 1
id: unsourced
title: One term without a source
players:
  - {id: a, label: A, options: [{id: up, label: Up}, {id: down, label: Down}]}
  - {id: b, label: B, options: [{id: left, label: Left}, {id: right, label: Right}]}
terms:
  - {id: a.one, player: a, label: One, value: 1, when: {a: [up]}}
  - {id: b.two, player: b, label: Two, value: 2, when: {b: [left]}}
"""


def test_only_terms_without_a_source_are_hatched(tmp_path):
    sourced = found().solution.equilibria[0].strategies
    assert rows(figures.deviation_waterfall(found(), sourced, "rok", "hum"), "hatch") == []
    path = tmp_path / "unsourced.yaml"
    path.write_text(UNSOURCED, encoding="utf-8")
    figure = figures.payoff_waterfall(found(str(path)), (0, 0), "a")
    assert rows(figure, "hatch")
    assert "cites no source" in figure.caption
    assert "(no source)" in figure.alt
    assert figure.table.rows[0] == ("One", "+1.00", "no source")


def test_small_terms_of_many_become_one_bar():
    steps = [Step(f"term {k}", 40.0 - k) for k in range(40)]
    shown = folded(steps)
    assert len(shown) == MAX_STEPS
    assert shown[-1].label == "27 smaller terms together"
    assert sum(step.amount for step in shown) == pytest.approx(sum(step.amount for step in steps))


@pytest.mark.parametrize("size", [5e-324, 1e-300, 1e300, 1.7e308, float("inf")])
def test_amounts_of_any_size_have_bars_inside_the_picture(size):
    steps = [Step("up", size), Step("down", -size), Step("up again", size, sourced=False)]
    chart = draw(Waterfall(0, "Seoul", steps, Step("Result", size), "payoff"), "light")
    assert json.dumps(chart.to_dict(), allow_nan=False)
    bars = next(part.data.values for part in chart.layer if part.name == "bars")
    assert len(bars) == 4
    assert all(chart.width - PLOT_WIDTH <= bar["x"] < bar["x2"] <= chart.width for bar in bars)


@pytest.mark.parametrize(("low", "high"), [(-0.92, 0.0), (0.0, 8.5), (-3.0, 7.0), (0.0, 0.0)])
def test_ticks_are_round_and_inside(low, high):
    places = ticks(low, high)
    assert all(low - 1e-9 <= value <= high + 1e-9 for value, _ in places)
    assert (0, "0") in [(round(value, 9), text) for value, text in places]
    assert len(places) <= 7


def test_a_payoff_table_of_the_file_is_named_and_not_hatched():
    findings = found("chicken")
    strategies = findings.solution.equilibria[0].strategies
    option = findings.game.options[0][1]
    for figure in (
        figures.payoff_waterfall(findings, (0, 0), findings.game.players[0]),
        figures.deviation_waterfall(findings, strategies, findings.game.players[0], option),
    ):
        assert rows(figure, "hatch") == []
        assert "the payoff table of the file" in figure.caption
        assert "no source" not in figure.caption + figure.alt
        assert "no source" not in str(figure.table.rows)


def test_every_source_has_its_status_and_date():
    strategies = found().solution.equilibria[0].strategies
    table = figures.deviation_waterfall(found(), strategies, "rok", "hum").table
    for label, _, cell in table.rows[:-1]:
        term = next(t for t in found().scenario.terms if t.label == label and t.player == "rok")
        for name in term.evidence:
            record = found().scenario.record(name)
            assert f"{name} ({record.status}, {record.date})" in cell
