"""Boxes of scenario discovery: the parts drawn are their bounds, the shares are the fresh ones."""

import json
from dataclasses import replace
from functools import cache

import pytest
from tests.report.drawing import rows

import counterplay as cp
from counterplay.errors import ReportError
from counterplay.explain.narrate import percent
from counterplay.report import figures
from counterplay.report.figures.discovery_boxes import MOST
from counterplay.report.svg import to_svg
from counterplay.scenario import load

FLAGSHIP = load("korea-ukraine")


@cache
def discovery():
    return cp.discover(FLAGSHIP, 256, 7, "restraint")


def figure(theme="light"):
    return figures.discovery_boxes(FLAGSHIP, discovery(), theme)


def test_each_part_is_where_its_bounds_are():
    ranges = {p.id: p for p in FLAGSHIP.parameters}
    bounds = [bound for box in discovery().boxes[:MOST] for bound in box.bounds]
    drawn = zip(bounds, rows(figure(), "tracks"), rows(figure(), "parts"), strict=True)
    for bound, track, part in drawn:
        span = ranges[bound.parameter]

        def value(x, track=track, span=span):
            share = (x - track["x"]) / (track["x2"] - track["x"])
            return span.low + share * (span.high - span.low)

        low = span.low if bound.above is None else bound.above
        high = span.high if bound.below is None else bound.below
        assert (value(part["x"]), value(part["x2"])) == pytest.approx((low, high))


def test_the_sentence_tells_the_share_on_fresh_draws():
    first = discovery().boxes[0]
    assert f"is stable in {percent(first.fresh.density)} of the draws" in figure().title
    assert f"against {percent(discovery().fresh_share)} of all" in figure().title
    for bound in first.bounds:
        assert f"“{bound.label}”" in figure().title
    assert len(figure().table.rows) == len(discovery().boxes)


def test_without_a_box_there_is_a_sentence():
    none = replace(discovery(), boxes=(), together=None, words="There are no conditions to tell.")
    empty = figures.discovery_boxes(FLAGSHIP, none)
    assert empty.title == "No conditions were found that tell where “Restraint” is stable"
    assert "There are no conditions to tell." in json.dumps(empty.chart.to_dict())
    assert empty.table.rows[0][1] == "There are no conditions to tell."


def test_boxes_that_are_not_dense_enough_are_said_to_be():
    weak = replace(discovery(), wanted=1.01)
    assert "No box reaches the density of 1.01" in figures.discovery_boxes(FLAGSHIP, weak).caption


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", "datum.x); alert(1", "단어" * 99])
def test_labels_of_any_kind_are_data(label):
    first = discovery().boxes[0]
    bounds = tuple(replace(bound, label=label) for bound in first.bounds)
    hostile = replace(discovery(), boxes=(replace(first, bounds=bounds),))
    drawn = figures.discovery_boxes(FLAGSHIP, hostile)
    document = json.dumps(drawn.chart.to_dict(), allow_nan=False)
    assert not any(word in document for word in ('"calculate"', '"expr"', '"signal"', '"url"'))
    assert "<script" not in to_svg(drawn, "d")
    assert to_svg(drawn, "d") == to_svg(drawn, "d")


def test_boxes_of_another_scenario_and_other_themes_are_refused():
    with pytest.raises(ReportError, match="not in this scenario"):
        figures.discovery_boxes(load("chicken"), discovery())
    with pytest.raises(ReportError, match="theme"):
        figure("sepia")
