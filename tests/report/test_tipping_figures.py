"""Tipping bars and the strip under a slider: the marks are the engine's numbers."""

import json
from dataclasses import replace

import pytest
from tests.report.drawing import rows, texts
from tests.report.test_tipping_answers import FLAGSHIP, matching, plain, table_of
from tests.report.tipping_cases import PLAIN, scenario_of

import counterplay as cp
from counterplay.errors import ReportError
from counterplay.report import figures
from counterplay.report.figures.tipping_bars import MOST
from counterplay.report.figures.tipping_frame import TRACK
from counterplay.report.figures.tipping_strip import HEIGHT, THUMB_RADIUS
from counterplay.report.svg import to_svg
from counterplay.report.tipping_answers import answers_along

HOSTILE = ("<script>alert(1)</script>", "datum.x); alert(1", "조건부 약속", "word " * 300)


def bars():
    return figures.tipping_bars(FLAGSHIP, table_of("flagship"))


def strip(name, theme="light"):
    return figures.tipping_strip(FLAGSHIP, table_of("flagship"), name, theme)


def test_the_nearest_tipping_points_are_drawn_in_their_order():
    table = table_of("flagship")
    firsts = [answers_along(FLAGSHIP, table, name).first for name in table.moved]
    nearest = sorted((p for p in firsts if p), key=lambda p: p.distance)
    assert [mark["value"] for mark in rows(bars(), "tips")] == [p.value for p in nearest[:MOST]]
    assert len(nearest) > MOST
    assert f"the table has all {len(nearest)}" in bars().caption
    assert bars().title.startswith(f"{len(nearest)} of 25 assumptions change the answer alone")


def test_places_on_a_bar_are_shares_of_the_range():
    start = rows(bars(), "bars")[0]["x"]
    for mark, now in zip(rows(bars(), "tips"), rows(bars(), "now"), strict=True):
        (point,) = (p for p in table_of("flagship") if p.value == mark["value"])
        span = FLAGSHIP.parameters[[p.id for p in FLAGSHIP.parameters].index(point.parameter)]
        width = span.high - span.low
        assert (mark["x"] - start) / TRACK == pytest.approx(
            (point.value - span.low) / width, abs=1e-3
        )
        assert (now["x"] - start) / TRACK == pytest.approx(
            (span.default - span.low) / width, abs=1e-3
        )


def test_each_bar_covers_its_range_once_and_kinds_differ_by_more_than_colour():
    parts = rows(bars(), "bars")
    start = parts[0]["x"]
    assert sum(part["x2"] - part["x"] for part in parts) == pytest.approx(MOST * TRACK, abs=0.1)
    hatched = [p for p in parts if p["kind"] == "joined"]
    for line in rows(bars(), "hatch"):
        assert any(p["x"] <= line["x"] <= p["x2"] and p["y"] == line["y"] for p in hatched)
    assert {part["kind"] for part in parts} == {"same", "joined", "other", "unsettled"}
    assert min(part["x"] for part in parts) == start


def test_the_words_say_what_happens_first():
    assert "above 0.865: “Arms spiral” becomes possible too" in texts(bars())
    assert "above 0.865: “Arms spiral” becomes possible too" in bars().alt
    assert "“Value of acknowledging openly”, 2% of its range away" in bars().title


def test_nothing_that_tips_is_said_in_words():
    table = table_of("plain")
    still = replace(table, items=(), steady=table.moved)
    figure = figures.tipping_bars(plain, still)
    assert figure.title == "Moved alone, no assumption was found to change the answer"
    drawn = json.dumps(figure.chart.to_dict())
    assert "No assumption, moved alone, was found to change the answer." in drawn
    assert len(figure.table.rows) == 4
    one = figures.tipping_bars(matching, table_of("matching"))
    assert one.title == "Only “P” changes the answer alone, 33% of its range away"


def test_an_unproved_part_has_a_dashed_line_and_words():
    table = table_of("plain")
    (point,) = table.of("p")
    doubtful = replace(point, above=replace(point.above, complete=False))
    items = tuple(doubtful if item is point else item for item in table)
    figure = figures.tipping_bars(plain, replace(table, items=items, unproved=1))
    dashes = rows(figure, "unproved")
    (part,) = (part for part in rows(figure, "bars") if part["kind"] == "other")
    assert dashes
    assert all(part["x"] - 1 <= dash["x"] < dash["x2"] <= part["x2"] for dash in dashes)
    assert "not proved complete" in figure.caption
    assert not rows(figures.tipping_bars(plain, table), "unproved")
    doubted = figures.tipping_strip(plain, replace(table, items=items), "p")
    assert "not proved complete" in doubted.alt
    assert "not proved" not in figures.tipping_strip(plain, table, "p").alt


def test_the_strip_is_strong_where_the_answer_stays():
    for theme in ("light", "dark"):
        tokens = figures.TOKENS[theme]
        strong = [b for b in rows(strip("detect", theme), "bars") if b["fill"] == tokens.muted]
        (stay,) = strong
        low, high = (0.05 + 0.7 * stay[end] for end in ("x", "x2"))
        assert (low, high) == (pytest.approx(0.10667, abs=1e-4), pytest.approx(0.38095, abs=1e-4))
    assert "stays between 0.107 and 0.381" in strip("detect").alt
    assert "above 0.381: “Arms spiral” becomes possible too" in strip("detect").alt


def test_the_strip_fits_under_a_slider():
    document = strip("detect").chart.to_dict()
    assert document["height"] == HEIGHT == 18
    assert set(document["padding"].values()) == {0}
    for layer in document["layer"]:
        scale = layer["encoding"]["x"]["scale"]
        assert (scale["domain"], scale["padding"]) == ([0, 1], THUMB_RADIUS)
    (default,) = rows(strip("detect"), "default")
    assert default["x"] == pytest.approx(0.3 / 0.7)


def test_the_strip_of_what_never_tips_is_whole():
    figure = strip("cred")
    assert [(b["x"], b["x2"]) for b in rows(figure, "bars")] == [(0, 1)]
    assert rows(figure, "tips") == []
    assert "no change of the answer found from 0.05 to 0.95" in figure.alt
    unused = figures.tipping_strip(plain, table_of("plain"), "u")
    assert "no payoff depends on it" in unused.alt


@pytest.mark.parametrize("label", HOSTILE)
def test_labels_of_any_kind_are_data(label):
    scenario = scenario_of(PLAIN, label.strip())
    table = cp.tipping_points(scenario)
    for figure in (
        figures.tipping_bars(scenario, table),
        figures.tipping_strip(scenario, table, "p"),
    ):
        document = json.dumps(figure.chart.to_dict(), allow_nan=False)
        assert not any(word in document for word in ('"calculate"', '"expr"', '"signal"', '"url"'))
        drawn = to_svg(figure, "t")
        assert "<script" not in drawn
        assert drawn == to_svg(figure, "t")


def test_there_is_no_other_theme():
    with pytest.raises(ReportError, match="theme"):
        strip("detect", "sepia")
    with pytest.raises(ReportError, match="theme"):
        figures.tipping_bars(FLAGSHIP, table_of("flagship"), "sepia")
