"""The picture of best replies: every arrow is one of the engine's, every place its own."""

import json
import re

import pytest
from tests.report.drawing import found, random_findings, rows, texts

from counterplay.errors import GameError, ReportError
from counterplay.games.reply_graph import reply_graph
from counterplay.report import figures
from counterplay.report.figures.reply_arcs import DASHES, curves
from counterplay.report.figures.reply_drawing import layout_of
from counterplay.report.figures.reply_layout import Layout
from counterplay.report.svg import to_svg

HOSTILE = ("<script>alert(1)</script>", "datum.x); alert(1", "조건부 약속", "word " * 300)


def flagship(theme="light"):
    return figures.best_reply_graph(found(), theme)


def graph_of(findings):
    quo = findings.scenario.status_quo
    game = findings.game
    start = (
        tuple(game.option_index(k, quo[p]) for k, p in enumerate(game.players)) if quo else None
    )
    return reply_graph(game, start)


def test_each_player_has_its_own_arrows_in_its_colour_and_dash():
    graph = graph_of(found())
    thick = set(graph.path)
    document = flagship().chart.to_dict()
    layers = {layer["name"]: layer for layer in document["layer"]}
    for player in range(4):
        own = [a for a in graph.arcs if a.player == player and a not in thick]
        (line,) = rows(flagship(), f"arrows {player}")
        assert line["moves"] == line["path"].count("M") == len(own)
        assert line["stroke"] == figures.TOKENS["light"].players[player]
        assert layers[f"arrows {player}"]["mark"]["strokeDash"] == list(DASHES[player])
        (tips,) = rows(flagship(), f"heads {player}")
        assert tips["path"].count("M") == len(own)
    assert len(set(DASHES)) == 8


def test_arrows_lead_from_place_to_place():
    graph = graph_of(found())
    (begin,) = {arc.start for arc in graph.path[:1]}
    (start,) = rows(flagship(), "start ring")
    (stable,) = rows(flagship(), "stable ring")
    for line in rows(flagship(), "path"):
        x, y, *_, x2, y2 = map(float, re.findall(r"-?[\d.]+", line["path"]))
        assert abs(x - start["x"]) + abs(y - start["y"]) < 20
        assert abs(x2 - stable["x"]) + abs(y2 - stable["y"]) < 20
    assert graph.start == begin


def test_every_combination_has_one_place_that_payoffs_do_not_move():
    layouts = [
        Layout(one.scenario.players, graph_of(one), 60.0)
        for one in (found(), found(preset="spiral"))
    ]
    first, second = ({p: layout.at(p) for p in layout.graph.profiles} for layout in layouts)
    assert first == second
    assert len(set(first.values())) == len(first) == 108
    rims = [row for k in range(5) for row in rows(flagship(), f"rims {k}")]
    drawn = {(row["x"], row["y"]) for row in rims}
    lift = min(y for _, y in first.values()) - min(y for _, y in drawn)
    assert drawn == {(x, y - lift) for x, y in first.values()}


def test_stable_combinations_are_ringed_twice_and_named():
    for preset in (None, "spiral", "restraint_possible"):
        findings = found(preset=preset)
        figure = figures.best_reply_graph(findings)
        firm = [e for e in findings.solution.equilibria if e.profile is not None]
        assert len(rows(figure, "stable ring")) == len(rows(figure, "stable inner ring"))
        assert len(rows(figure, "stable ring")) == len(firm)
    assert flagship().title == (
        "One best reply leads from the status quo to “Hedged payment, denied deployment”"
    )
    assert "Seoul to “Conditional pledge”" in flagship().alt


def test_nothing_stable_is_said():
    figure = figures.best_reply_graph(found(preset="strong_disclosure"))
    assert rows(figure, "stable ring") == []
    assert figure.title == "No combination is stable: from each of them somebody moves on"


def test_a_stable_status_quo_has_no_way_from_it():
    findings = found("chicken")
    figure = figures.best_reply_graph(findings)
    assert "Single ring" not in figure.caption or graph_of(findings).start is not None
    assert rows(figure, "path") == [] or graph_of(findings).path


def test_the_table_says_for_every_combination_who_moves():
    graph, table = graph_of(found()), flagship().table
    assert len(table.rows) == 108
    for profile, stays, row in zip(graph.profiles, graph.stays, table.rows, strict=True):
        assert [cell == "stays" for cell in row[4:8]] == list(stays)
        assert ("stable" in row[8]) == all(stays)
        assert ("status quo" in row[8]) == (profile == graph.start)


def test_of_a_large_game_a_part_is_drawn_and_said_so():
    findings = random_findings((5, 5, 4, 4))
    figure = figures.best_reply_graph(findings)
    count = len(figure.table.rows)
    assert count <= 144
    assert f"{count} of 400 combinations are drawn" in figure.caption
    assert figure.chart.width < 2200
    assert any("moves to one not drawn" in row for row in figure.table.rows)


@pytest.mark.parametrize("label", HOSTILE)
def test_labels_of_any_kind_are_data(label):
    figure = figures.best_reply_graph(random_findings((2, 3, 2), labels=[label]))
    document = json.dumps(figure.chart.to_dict(), allow_nan=False)
    assert not any(word in document for word in ('"calculate"', '"expr"', '"signal"', '"url"'))
    assert "<script" not in to_svg(figure, "g")


def test_the_same_bytes_each_time_and_no_other_theme():
    assert to_svg(flagship(), "g") == to_svg(flagship(), "g")
    assert texts(flagship("dark")) == texts(flagship())
    with pytest.raises(ReportError, match="theme"):
        flagship("sepia")


def test_there_and_back_bend_to_opposite_sides():
    there = curves([((0.0, 0.0), (100.0, 0.0))])
    back = curves([((100.0, 0.0), (0.0, 0.0))])
    heights = [float(re.search(r"Q[-\d.]+,(-?[\d.]+)", path)[1]) for path in (there, back)]
    assert heights[0] == -heights[1] != 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_pickable_graph_has_a_place_over_every_dot_and_a_square_at_the_one_shown(theme):
    findings = found()
    figure = figures.pickable_reply_graph(findings, (1, 1, 1, 1), theme)
    layout = layout_of(findings, graph_of(findings))
    places = {tuple(row["profile"].split("/")): row for row in rows(figure, "places")}
    assert len(places) == 108
    for profile in layout.graph.profiles:
        row = places[findings.game.profile_ids(profile)]
        middle = (row["left"] + row["right"]) / 2, (row["top"] + row["bottom"]) / 2
        assert middle == pytest.approx(layout.at(profile))
    (square,) = rows(figure, "shown")
    assert (square["x"] + square["x2"]) / 2 == pytest.approx(layout.at((1, 1, 1, 1))[0])
    document = figure.chart.to_dict()
    (picked,) = document["params"]
    assert picked["name"] == "picked"
    assert picked["select"]["fields"] == ["profile"]
    plain = figures.best_reply_graph(findings, theme).chart.to_dict()["layer"]
    assert [layer["name"] for layer in document["layer"]][: len(plain)] == [
        layer["name"] for layer in plain
    ]


def test_a_square_stands_only_at_a_combination_of_the_game():
    with pytest.raises(GameError):
        figures.pickable_reply_graph(found(), (9, 9, 9, 9))
