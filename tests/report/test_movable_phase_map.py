"""A phase map that can be clicked: each place selects the values of the cell that was solved."""

import json
import math

import pytest
from tests.report.drawing import rows, texts
from tests.report.test_phase_map_figure import FLAGSHIP, plain

from counterplay.errors import ReportError
from counterplay.report import figures
from counterplay.report.figures.map_drawing import MapDrawing
from counterplay.report.figures.movable_phase_map import MOST_PLACES
from counterplay.report.phase_map_key import Key
from counterplay.report.svg import to_svg


def places(found):
    """Return what the browser works out for each unseen cell."""
    layer = figures.movable_phase_map(found).chart.to_dict()["layer"][-1]
    told = {step["as"]: step["calculate"] for step in layer["transform"]}
    count = layer["data"]["sequence"]["stop"]
    scope = {"__builtins__": {}, "floor": math.floor}
    return [
        {name: eval(text.replace("datum.cell", str(k)), scope) for name, text in told.items()}  # noqa: S307 - arithmetic made here
        for k in range(count)
    ]


def test_each_place_has_the_values_of_its_cell():
    for found in (FLAGSHIP, plain(steps=(8, 6))):
        made = places(found)
        ny, nx = found.index.shape
        assert len(made) == nx * ny
        for k, place in enumerate(made):
            row, column = divmod(k, nx)
            assert (place["x"], place["y"]) == pytest.approx((found.x[column], found.y[row]))


def test_places_lie_where_their_values_are():
    frame = MapDrawing(Key(FLAGSHIP)).frame
    for place in places(FLAGSHIP):
        x, y = frame.at(place["x"], place["y"])
        middle = (place["left"] + place["right"]) / 2, (place["top"] + place["bottom"]) / 2
        assert middle == pytest.approx((x, y))
    sizes = [(p["right"] - p["left"]) * (p["bottom"] - p["top"]) for p in places(FLAGSHIP)]
    assert sum(sizes) == pytest.approx(frame.width * frame.height)


def test_one_selection_named_picked_stands_on_the_topmost_marks():
    document = figures.movable_phase_map(FLAGSHIP).chart.to_dict()
    (selection,) = document["params"]
    assert selection["name"] == "picked"
    assert selection["select"] == {"type": "point", "fields": ["x", "y"], "toggle": False}
    assert selection["views"] == [document["layer"][-1]["name"]]


def test_a_fine_map_has_no_more_places_than_can_be_told_apart():
    found = plain(steps=(2 * MOST_PLACES, 3))
    assert len(places(found)) == 3 * MOST_PLACES


def test_it_is_the_same_picture():
    moved, still = figures.movable_phase_map(FLAGSHIP, "dark"), figures.phase_map(FLAGSHIP, "dark")
    assert (moved.title, moved.table) == (still.title, still.table)
    assert moved.caption == f"{still.caption} Click on the map to move the point."
    assert texts(still)
    for layer in ("areas", "point", "x values"):
        assert rows(still, layer)
        (same,) = (part for part in moved.chart.layer if part.name == layer)
        assert same.data.values == rows(still, layer)


def test_labels_never_reach_an_expression():
    found = plain("datum.x); alert(1")
    figure = figures.movable_phase_map(found)
    places_layer = json.dumps(figure.chart.to_dict()["layer"][-1])
    assert "alert" not in places_layer
    assert to_svg(figure, "m") == to_svg(figure, "m")
    with pytest.raises(ReportError, match="theme"):
        figures.movable_phase_map(found, "sepia")
