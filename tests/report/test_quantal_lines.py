"""Lines of quantal responses: drawn through the points of the branch."""

import json
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from tests.report.drawing import found, random_findings, rows, texts

import counterplay as cp
from counterplay.errors import GameError, ReportError
from counterplay.report import figures
from counterplay.report.figures.line_chart import MOST, Curve, LineChart
from counterplay.report.svg import to_svg


@cache
def branch(model="korea-ukraine"):
    return cp.quantal_branch(found(model).game)


def drawn(player="rok", theme="light"):
    return figures.quantal_lines(found(), branch(), player, theme)


def places(path):
    return [tuple(map(float, pair.split(","))) for pair in re.findall(r"-?[\d.]+,-?[\d.]+", path)]


def test_lines_pass_through_the_points_of_the_branch():
    labels = [option.label for option in found().scenario.players[0].options]
    low, high = (
        next(row["y"] for row in rows(drawn(), "shares") if row["text"] == text)
        for text in ("0%", "100%")
    )
    for number in range(4):
        line, _sample = rows(drawn(), f"line {number}")
        shares = branch().strategies[0][:, labels.index(line["label"])]
        along = places(line["path"])
        assert [x for x, _ in along] == sorted(x for x, _ in along)
        for (_, y), share in zip(along, shares, strict=False):
            assert (low - y) / (low - high) == pytest.approx(share, abs=5e-4)


def test_lines_differ_by_dash_and_the_settled_one_has_the_players_colour():
    layers = {layer["name"]: layer for layer in drawn().chart.to_dict()["layer"]}
    dashes = [tuple(layers[f"line {k}"]["mark"]["strokeDash"]) for k in range(4)]
    assert len(set(dashes)) == 4
    first = rows(drawn(), "line 0")[0]
    assert (first["label"], first["stroke"]) == (
        "Conditional pledge",
        figures.TOKENS["light"].players[0],
    )


def test_labels_at_the_end_do_not_overlap():
    heights = sorted(row["y"] for row in rows(drawn(), "labels"))
    assert all(b - a >= 16 for a, b in pairwise(heights))
    assert {"0", "1", "10"} <= set(texts(drawn()))


def test_the_title_is_where_the_branch_tends():
    assert drawn().title == "With ever fewer mistakes Seoul comes to play “Conditional pledge”"
    mixed = found("chicken")
    own = figures.quantal_lines(mixed, branch("chicken"), mixed.game.players[0])
    assert own.title.startswith("With ever fewer mistakes")
    lost = figures.quantal_lines(found(), replace(branch(), limit=None), "rok")
    assert lost.title == "Where Seoul’s choice tends with fewer mistakes was not found"


def test_folds_are_told():
    one = figures.quantal_lines(found(), replace(branch(), folds=1), "rok")
    assert "turns back once" in one.caption
    assert "turns back" not in drawn().caption


def test_the_table_ends_where_the_branch_does():
    table = drawn().table
    assert table.rows[0][1:] == ("25%",) * 4
    assert len(table.rows) <= 27
    assert table.columns[2] == "Conditional pledge"
    assert table.rows[-1][2] == "100%"


def test_a_branch_of_another_game_is_refused():
    with pytest.raises(ReportError, match="not of the game"):
        figures.quantal_lines(found("chicken"), branch(), found("chicken").game.players[0])
    with pytest.raises(GameError):
        drawn("nobody")
    with pytest.raises(ReportError, match="theme"):
        drawn("rok", "sepia")


def test_further_lines_are_thin_and_counted():
    curves = [Curve(f"line {k}", ((0.0, 0.1), (1.0, k / 40))) for k in range(MOST + 3)]
    chart = LineChart(curves, 1.0, "number", "share").draw("#123456", "light").to_dict()
    names = [layer["name"] for layer in chart["layer"]]
    assert sum(name.startswith("thin") for name in names) == 3
    assert "thin: 3 more" in json.dumps(chart)


def test_nothing_at_stake_is_drawn_as_level_lines():
    findings = random_findings((2, 3), size=0.0)
    figure = figures.quantal_lines(findings, cp.quantal_branch(findings.game), "p0")
    assert json.dumps(figure.chart.to_dict(), allow_nan=False)
    for number in range(2):
        heights = {y for _, y in places(rows(figure, f"line {number}")[0]["path"])}
        assert len(heights) == 1


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", "datum.x); alert(1", "단어" * 99])
def test_labels_of_any_kind_are_data(label):
    findings = random_findings((2, 3), labels=[label])
    figure = figures.quantal_lines(findings, cp.quantal_branch(findings.game), "p1")
    document = json.dumps(figure.chart.to_dict(), allow_nan=False)
    assert not any(word in document for word in ('"calculate"', '"expr"', '"signal"', '"url"'))
    assert "<script" not in to_svg(figure, "q")
    assert to_svg(figure, "q") == to_svg(figure, "q")
