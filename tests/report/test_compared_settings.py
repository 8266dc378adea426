"""Settings side by side, as tables and as a picture: they show the numbers of the comparison."""

import json
import math
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from tests.report.drawing import rows, texts

from counterplay.errors import ReportError
from counterplay.explain.narrate import number_text, points, signed
from counterplay.report import figures, tables
from counterplay.report.figures import TOKENS
from counterplay.report.svg import to_svg
from counterplay.scenario import load
from counterplay.sensitivity.attribution.settings import compare_settings

FLAGSHIP = load("korea-ukraine")
NAMES = ("now", "avowal", "doubt")


@pytest.fixture(scope="module")
def found():
    presets = {"avowal": "avowal", "doubt": "doubtful_pledge"}
    return compare_settings(
        FLAGSHIP, {"now": {}} | {name: FLAGSHIP.values(presets[name]) for name in presets}
    )


def test_inputs_that_differ_in_any_setting_have_a_value_in_each(found):
    table = tables.compared_inputs(found)
    assert table.columns == ("Input", "Id", *NAMES)
    assert table.numeric == (False, False, True, True, True)
    assert [row[1] for row in table.rows] == [
        name for name in FLAGSHIP.values() if len({s.values[name] for s in found.settings}) > 1
    ]
    for row in table.rows:
        assert list(row[2:]) == [number_text(s.values[row[1]]) for s in found.settings]


def test_outcomes_and_payoffs_have_a_row_a_setting(found):
    assert [row[0] for row in tables.compared_outcomes(found).rows] == list(NAMES)
    assert tables.compared_outcomes(found).rows[1][1:] == (
        found.settings[1].words, "complete list",
    )  # fmt: skip
    for row, setting in zip(tables.compared_payoffs(found).rows, found.settings, strict=True):
        assert row[0] == setting.name
        for cell, span in zip(row[1:], setting.payoffs, strict=True):
            ends = dict.fromkeys([points(span.least), points(span.greatest)])
            assert cell == " to ".join(ends)


def test_shares_stand_above_the_whole_change(found):
    for change in found.changes:
        payoffs, presence = tables.payoff_shares(change), tables.presence_shares(change)
        for table in (payoffs, presence):
            assert [row[0] for row in table.rows] == [
                *(factor.label for factor in change.factors), "Whole change",
            ]  # fmt: skip
            assert table.numeric == (False, *(True for _ in table.columns[1:]))
        assert presence.rows[-1][1:] == tuple(signed(each.change) for each in change.presence)
        for place, each in enumerate(change.presence, 1):
            assert [row[place] for row in presence.rows[:-1]] == list(map(signed, each.parts))


def test_columns_tell_apart_what_is_counted(found):
    assert "Seoul, least payoff" in tables.payoff_shares(found.changes[0]).columns
    assert "Seoul, payoff (greatest in between)" in tables.payoff_shares(found.changes[1]).columns


def test_a_setting_without_outcomes_has_dashes(found):
    empty = replace(found.settings[1], payoffs=())
    shown = tables.compared_payoffs(replace(found, settings=(found.settings[0], empty)))
    assert shown.rows[1] == ("avowal", "–", "–", "–", "–")


@pytest.mark.parametrize("case", ["least", "greatest"])
@pytest.mark.parametrize("player", ["rok", "dprk", "rus", "ukr"])
def test_the_bars_are_the_shares_and_add_up(found, player, case):
    for change in found.changes:
        figure = figures.attribution_waterfall(change, player, case)
        (each,) = [e for e in change.payoffs if (e.of, e.kind) == (player, case)]
        *steps, result = rows(figure, "bars")
        assert sorted(step["amount"] for step in steps) == pytest.approx(
            sorted(part for part in each.parts if abs(part) > 1e-9)
        )
        assert result["amount"] == each.change
        assert math.fsum(step["amount"] for step in steps) == pytest.approx(each.change, abs=1e-9)
        assert len(figure.table.rows) == len(change.factors) + 1
        assert figure.table.rows[-1][3] == signed(each.change)
        assert json.dumps(figure.chart.to_dict(), allow_nan=False)


def test_a_picture_says_its_finding_and_what_is_held_fixed(found):
    figure = figures.attribution_waterfall(found.changes[1], "rus", "greatest")
    assert figure.title == (
        "Moscow’s payoff rises by 4.29 points, mostly through “Moscow's need for the North's men "
        "and shells” (+4.45)"
    )
    assert figure.caption.startswith("From “now” to “doubt”: 4.45 to 8.74 points. Held fixed: ")
    assert "Counting the greatest where several outcomes are stable in between." in figure.caption
    assert "Credibility of Seoul's pledge, 0.4 to 0.15: −0.22" in figure.alt
    assert {"+4.45", "−0.22", "+0.05", "+4.29"} <= set(texts(figure))


def test_a_share_of_nothing_is_named_and_not_drawn(found):
    figure = figures.attribution_waterfall(found.changes[1], "dprk", "greatest")
    assert len(rows(figure, "bars")) == 3
    assert "Not drawn, as without effect: “Credibility of Seoul's pledge”." in figure.caption


def test_one_input_did_everything(found):
    only = compare_settings(FLAGSHIP, {"a": {}, "b": {"spent": 0.75}}).changes[0]
    figure = figures.attribution_waterfall(only, "rok", "least")
    assert figure.title.startswith(
        "Seoul’s least payoff falls by 2.22 points, all of it due to “How "
    )
    still = figures.attribution_waterfall(only, "rok", "greatest")
    assert still.title == "Seoul’s greatest payoff stays at −5.28 points"
    assert len(rows(still, "bars")) == 1


def test_what_lowers_the_payoff_is_in_the_players_colour(found):
    for theme in ("light", "dark"):
        figure = figures.attribution_waterfall(found.changes[1], "rus", "greatest", theme)
        tokens = TOKENS[theme]
        assert [bar["fill"] for bar in rows(figure, "bars")] == [
            tokens.gain, tokens.players[2], tokens.gain, tokens.ink,
        ]  # fmt: skip


def test_inputs_without_a_source_are_hatched():
    bare = FLAGSHIP.model_copy(
        update={
            "parameters": tuple(
                each.model_copy(update={"evidence": ()}) for each in FLAGSHIP.parameters
            )
        }
    )
    change = compare_settings(bare, {"a": {}, "b": {"spent": 0.75}}).changes[0]
    figure = figures.attribution_waterfall(change, "rok", "least")
    assert rows(figure, "hatch")
    assert "cites no source" in figure.caption
    assert "(no source)" in figure.alt


def test_nothing_that_differs_is_a_picture_of_nothing():
    change = compare_settings(FLAGSHIP, {"a": {}, "b": {}}).changes[0]
    figure = figures.attribution_waterfall(change, "rok")
    assert figure.title == "Seoul’s payoff stays at −5.28 points"
    assert "Shares, largest first: none." in figure.alt


def test_hostile_labels_are_drawn_as_text():
    label = '<script>alert(1)</script>\n\x1b[2J\u202e&"' + "long " * 200
    hostile = FLAGSHIP.model_copy(
        update={
            "parameters": tuple(
                each.model_copy(update={"label": label}) for each in FLAGSHIP.parameters
            ),
            "players": tuple(
                each.model_copy(update={"short": label}) for each in FLAGSHIP.players
            ),
        }
    )
    settings = {label: {}, "b": FLAGSHIP.values(preset="avowal")}
    change = compare_settings(hostile, settings).changes[0]
    figure = figures.attribution_waterfall(change, "rok")
    assert all(text.isprintable() for text in [*texts(figure), figure.title, figure.caption])
    assert len(figure.title) < 300
    drawn = to_svg(figure, "x")
    assert "<script" not in drawn
    ET.fromstring(drawn)  # noqa: S314 - our own picture


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nobody", "least"), "player: no 'nobody'; there are rok, dprk, rus, ukr"),
        (("rok", "mean"), "case: no 'mean'; give 'least' or 'greatest'"),
        (("rok", "least", "sepia"), "theme"),
    ],
)
def test_wrong_requests_are_refused_by_name(found, arguments, words):
    with pytest.raises(ReportError, match=words):
        figures.attribution_waterfall(found.changes[0], *arguments)


def test_changes_that_were_not_shared_out_are_not_drawn(found):
    with pytest.raises(ReportError, match="were not shared out"):
        figures.attribution_waterfall(replace(found.changes[0], payoffs=()), "rok")
