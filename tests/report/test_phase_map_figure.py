"""The picture of a phase map and its files: what is drawn is what was solved."""

import csv
import json
import re
import sys
from dataclasses import replace

import numpy as np
import pytest
from tests.report.drawing import rows, texts

from counterplay.errors import MissingExtraError, ReportError
from counterplay.report.figures.map_canvas import MapCanvas
from counterplay.report.figures.map_colours import fill_of, ink_on, shade
from counterplay.report.figures.map_drawing import WIDTH, MapDrawing
from counterplay.report.figures.phase_map import phase_map as figure_of
from counterplay.report.figures.phase_map_sheet import phase_map_sheet
from counterplay.report.figures.text import text_width
from counterplay.report.phase_map_files import render_phase_map, write_phase_map
from counterplay.report.phase_map_key import Key
from counterplay.scenario import load
from counterplay.scenario.catalogue import inspect_text
from counterplay.sensitivity.maps.phase import phase_map

FLAGSHIP = phase_map(load("korea-ukraine"), "detect", "expose", steps=(16, 14))

PLAIN = """
format: 1
id: plain
title: Plain
players:
- {id: a, label: A, options: [{id: x, label: "LABEL"}, {id: y, label: Y}]}
- {id: b, label: B, options: [{id: l, label: L}, {id: r, label: R}]}
parameters:
- {id: p, label: "LABEL", default: 0.2, low: 0, high: 1}
- {id: q, label: Q, default: 1, low: 0, high: 2}
terms:
- {id: t1, player: a, label: one, value: "2*p - q", when: {a: [x]}}
- {id: t2, player: b, label: two, value: "1", when: {b: [l]}}
"""


def plain(label="X", steps=(8, 6)):
    scenario = inspect_text(PLAIN.replace("LABEL", label).encode(), "plain.yaml").scenario
    return phase_map(scenario, "p", "q", steps=steps)


def size_of(path):
    """Return the area inside the outlines of a path, in square pixels."""
    total = 0.0
    for outline in re.findall(r"M([^MZ]*)Z", path):
        x, y = np.array([place.split(",") for place in outline.split("L")], float).T
        total += abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2
    return total


def test_areas_cover_the_map_once():
    for found in (FLAGSHIP, plain()):
        frame = MapDrawing(Key(found)).frame
        covered = sum(size_of(row["path"]) for row in rows(figure_of(found), "areas"))
        assert covered == pytest.approx(frame.width * frame.height, rel=1e-3)


def test_areas_end_at_the_border_and_not_at_the_edges_of_cells():
    found = plain(steps=(4, 7))
    frame = MapDrawing(Key(found)).frame
    half = frame.width * frame.height / 2
    sizes = [size_of(row["path"]) for row in rows(figure_of(found), "areas")]
    assert sizes == pytest.approx([half, half], rel=5e-3)


def test_each_letter_stands_on_an_area_that_has_it():
    drawing = MapDrawing(Key(FLAGSHIP))
    figure = figure_of(FLAGSHIP)
    frame, placed = drawing.frame, 0
    for size in (15, 12, 11):
        for row in rows(figure, f"labels {size}"):
            column = int((row["x"] - frame.left) / frame.width * 16)
            line = int((1 - (row["y"] - frame.top) / frame.height) * 14)
            pure = FLAGSHIP.outcomes[FLAGSHIP.index[line, column]].pure
            assert row["text"] == drawing.key.name(pure)
            placed += 1
    assert placed >= 8


def test_dots_mark_where_a_darker_outcome_is_stable_too():
    drawing = MapDrawing(Key(FLAGSHIP))
    frame, dotted = drawing.frame, rows(figure_of(FLAGSHIP), "dots")
    assert dotted
    for row in dotted:
        column = int((row["x"] - frame.left) / frame.width * 16)
        line = int((1 - (row["y"] - frame.top) / frame.height) * 14)
        pure = FLAGSHIP.outcomes[FLAGSHIP.index[line, column]].pure
        assert row["fill"] in {shade(drawing.key, profile) for profile in pure}
        assert row["fill"] != fill_of(drawing.key, pure)


def test_the_point_is_where_its_values_are():
    (point,) = rows(figure_of(FLAGSHIP), "point")
    frame = MapDrawing(Key(FLAGSHIP)).frame
    assert point["x"] == pytest.approx(frame.left + frame.width * 0.3 / 0.7)
    assert point["y"] == pytest.approx(frame.top + frame.height * (1 - 0.35 / 0.85))
    assert "now (0.35, 0.4)" in texts(figure_of(FLAGSHIP))


def test_the_finding_the_words_and_the_table_say_the_same():
    figure = figure_of(FLAGSHIP)
    assert figure.title == "“Arms spiral” becomes possible as well, 4% of the ranges away"
    assert "not a likelihood" in figure.caption
    assert "23 assumptions held" in figure.caption
    assert sum(int(row[3]) for row in figure.table.rows) == 16 * 14
    assert all(len(row) == len(figure.table.columns) for row in figure.table.rows)
    assert "Current point 0.35 and 0.4: B" in figure.alt
    assert "Chance of proof without a campaign (probability 0-1)" in texts(figure)
    for letter in Key(FLAGSHIP).letters.values():
        assert letter in texts(figure)
        assert f"{letter}: " in figure.alt


def test_a_takes_the_place_of_b():
    title = figure_of(plain()).title
    assert title.startswith("A plays “X”, B plays “L” takes the place of A plays “Y”")
    assert title.endswith("21% of the ranges away")


def test_a_change_within_one_kind_of_outcome_is_told_as_such():
    scenario = load("korea-ukraine")
    values = scenario.values("spiral")
    found = phase_map(scenario, "threat_strat", "arms_effect", values, steps=(3, 3))
    assert (
        figure_of(found).title == "Who does what in “Arms spiral” changes, 8% of the ranges away"
    )


def test_shades_without_regimes_run_from_light_to_dark():
    key = Key(plain())
    light, dark = (shade(key, profile) for profile in key.cells)
    assert (light, ink_on(light)) == ("#EEF1F4", "#12181F")
    assert (dark, ink_on(dark)) == ("#3E4853", "#FFFFFF")


def test_both_themes_have_the_same_map_on_paper():
    light, dark = figure_of(FLAGSHIP, "light"), figure_of(FLAGSHIP, "dark")
    for layer in ("areas", "dots", "firm borders", "point"):
        assert rows(light, layer) == rows(dark, layer)
    assert texts(light) == texts(dark)
    assert rows(light, "x values")[0]["fill"] != rows(dark, "x values")[0]["fill"]
    with pytest.raises(ReportError, match="theme"):
        figure_of(FLAGSHIP, "sepia")


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", "조건부 약속", "word " * 300])
def test_labels_of_any_kind_can_be_drawn(label):
    found = plain(label.strip())
    assert json.dumps(figure_of(found).chart.to_dict(), allow_nan=False)
    sheet = render_phase_map(found, ".svg").decode()
    assert "<script" not in sheet


@pytest.mark.parametrize("length", range(30, 60, 4))
def test_a_heading_of_heavy_letters_ends_before_the_edge(length):
    label = ("Opt 00 plays " * 9)[:length].strip()
    lines = [row["text"] for row in rows(phase_map_sheet(plain(label)), "title")]
    assert len(lines) > 1
    # Letters of weight 600 are up to an eighth wider than ordinary ones.
    assert all(8 + 1.12 * text_width(line, 20) <= WIDTH - 8 for line in lines)


def test_the_document_stays_small():
    sizes = [len(json.dumps(figure_of(plain(steps=(n, n))).chart.to_dict())) for n in (15, 30)]
    assert sizes[1] < 2.2 * sizes[0] < 80_000


def test_the_sheet_carries_the_marking_and_what_was_held():
    drawn = texts(phase_map_sheet(FLAGSHIP))
    marking = FLAGSHIP.scenario.marking
    assert drawn.count(marking) == 2
    assert "All that is held is at its default" in " ".join(drawn)
    moved = replace(FLAGSHIP, values={**FLAGSHIP.values, "cred": 0.2})
    assert "cred = 0.2" in " ".join(texts(phase_map_sheet(moved)))


def test_files_hold_what_was_solved(tmp_path):
    path = write_phase_map(FLAGSHIP, tmp_path / "map.CSV")
    with path.open(newline="", encoding="utf-8") as stream:
        table = list(csv.DictReader(stream))
    heads = ["detect", "expose", "outcome", "pure", "regimes", "completeness"]
    assert list(table[0]) == heads
    assert len(table) == 16 * 14
    for number, row in enumerate(table):
        line, column = divmod(number, 16)
        outcome = FLAGSHIP.outcomes[FLAGSHIP.index[line, column]]
        assert float(row["detect"]) == FLAGSHIP.x[column]
        assert float(row["expose"]) == FLAGSHIP.y[line]
        assert row["outcome"] == outcome.label
        assert row["pure"] == "|".join(map("/".join, outcome.pure))
        assert row["regimes"] == "|".join(outcome.regimes)
        assert row["completeness"] == "proved"


def test_the_same_map_gives_the_same_bytes(tmp_path):
    for suffix, start in ((".png", b"\x89PNG"), (".svg", b"<svg"), (".csv", b"detect")):
        one = write_phase_map(FLAGSHIP, tmp_path / f"one{suffix}").read_bytes()
        assert one == render_phase_map(FLAGSHIP, suffix)
        assert one.startswith(start)
    svg = (tmp_path / "one.svg").read_text(encoding="utf-8")
    assert 'role="img" aria-label="Map, ' in svg
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.csv", "one.png", "one.svg"]


def test_other_files_are_refused(tmp_path):
    with pytest.raises(
        ReportError, match=r"map.gif: name a file that ends in \.png, \.svg or \.csv"
    ):
        write_phase_map(FLAGSHIP, tmp_path / "map.gif")
    with pytest.raises(ReportError, match="no folder"):
        write_phase_map(FLAGSHIP, tmp_path / "none" / "map.csv")
    with pytest.raises(ReportError, match="path"):
        write_phase_map(FLAGSHIP, 3)
    with pytest.raises(ReportError, match="phase_map"):
        write_phase_map("map", tmp_path / "map.csv")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_a_missing_extra_is_one_line(tmp_path, monkeypatch, suffix):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(MissingExtraError, match=r"counterplay\[report\]"):
        write_phase_map(FLAGSHIP, tmp_path / f"map{suffix}")
    write_phase_map(FLAGSHIP, tmp_path / "map.csv")


def test_a_map_begins_where_it_is_told_to():
    low = MapDrawing(Key(FLAGSHIP), top=100.0)
    assert low.frame.top - MapDrawing(Key(FLAGSHIP)).frame.top == 100
    drawn = low.layers(MapCanvas(WIDTH, low.bottom, "light"))
    (point,) = next(layer for layer in drawn if layer.name == "point").data.values
    (above,) = rows(figure_of(FLAGSHIP), "point")
    assert point["y"] - above["y"] == 100
