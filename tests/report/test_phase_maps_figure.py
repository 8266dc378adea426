"""Maps side by side: one letter means one outcome on all of them, and the words are counted."""

import pytest
from tests.report.drawing import rows, texts
from tests.report.test_phase_map_figure import plain, size_of

from counterplay.errors import ReportError
from counterplay.explain.narrate import percent
from counterplay.report.figures.map_drawing import WIDTH
from counterplay.report.figures.phase_map import phase_map as figure_of
from counterplay.report.figures.phase_maps import phase_maps
from counterplay.report.figures.text import text_width
from counterplay.report.phase_map_key import Key
from counterplay.scenario import load
from counterplay.sensitivity.maps.phase import phase_map

SCENARIO = load("korea-ukraine")
MAPS = {
    name: phase_map(SCENARIO, "detect", "expose", SCENARIO.values(preset), steps=(12, 12))
    for name, preset in (("Before", None), ("After", "spiral"), ("Avowed", "avowal"))
}
KEY = Key(MAPS["Before"], (MAPS["After"], MAPS["Avowed"]))


def letters_on(figure, number):
    """Return the places and the letters on one of the maps."""
    return [
        (row["x"], row["y"], row["text"])
        for size in (15, 12, 11)
        for row in rows(figure, f"labels {size} {number}")
    ]


def test_a_letter_stands_for_the_same_outcome_on_every_map():
    figure = phase_maps(MAPS)
    for number, found in enumerate(MAPS.values(), 1):
        (box,) = rows(figure, f"frame {number}")
        placed = letters_on(figure, number)
        for x, y, text in placed:
            column = int((x - box["x"]) / (box["x2"] - box["x"]) * 12)
            line = int((1 - (y - box["y"]) / (box["y2"] - box["y"])) * 12)
            assert text == KEY.name(found.outcomes[found.index[line, column]].pure)
        assert placed


def test_areas_cover_each_map_and_no_map_lies_on_another():
    figure = phase_maps(MAPS)
    boxes = [rows(figure, f"frame {number}")[0] for number in (1, 2, 3)]
    for number, box in enumerate(boxes, 1):
        covered = sum(size_of(row["path"]) for row in rows(figure, f"areas {number}"))
        whole = (box["x2"] - box["x"]) * (box["y2"] - box["y"])
        assert covered == pytest.approx(whole, rel=1e-2)
    first, second, third = boxes
    assert first["x2"] < second["x"]
    assert first["y"] == second["y"]
    assert third["x"] == first["x"]
    assert third["y"] > first["y2"]


def test_the_point_of_each_setting_is_on_its_map():
    moved = {"Here": plain(), "There": phase_map(plain().scenario, "p", "q", {"p": 0.8})}
    figure = phase_maps(moved)
    for number, share in ((1, 0.2), (2, 0.8)):
        (box,), (point,) = rows(figure, f"frame {number}"), rows(figure, f"point {number}")
        assert point["x"] == pytest.approx(box["x"] + share * (box["x2"] - box["x"]))


def test_the_finding_is_the_widest_difference_in_the_counted_shares():
    found = phase_maps(MAPS)
    regimes = {regime.id: regime.label for regime in SCENARIO.regimes}
    spread = {}
    for name, label in regimes.items():
        of_map = [
            sum(
                count
                for outcome, count in zip(each.outcomes, each.counts, strict=True)
                if name in outcome.regimes
            )
            / each.index.size
            for each in MAPS.values()
        ]
        spread[label] = (max(of_map) - min(of_map), max(of_map), min(of_map))
    label = max(spread, key=lambda label: spread[label][0])
    _, most, least = spread[label]
    assert found.title.startswith(f"“{label}” is stable on {percent(most)} of the map of ")
    assert f", on {percent(least)} of that of " in found.title


def test_maps_of_which_only_the_point_differs_say_so():
    moved = {"Here": plain(), "There": plain()}
    title = "Each kind of settled choice is stable on the same share of these maps"
    assert phase_maps(moved).title == title


def test_words_table_and_key_tell_every_map():
    figure = phase_maps(MAPS)
    assert "not a likelihood" in figure.caption
    assert figure.table.columns[2:] == ("Share, Before", "Share, After", "Share, Avowed")
    assert all(len(row) == 5 for row in figure.table.rows)
    assert {row[0] for row in figure.table.rows} == {
        KEY.name(pure) for found in MAPS.values() for pure in found.pure_counts
    }
    for name in MAPS:
        assert name in texts(figure)
        assert f"{name}: Share of the map: " in figure.alt
    assert any("of the maps in turn" in text for text in texts(figure))


def test_names_of_any_length_stay_on_their_map():
    long = "Настройка " * 30
    figure = phase_maps({long: plain("W" * 80), "=cmd()</text>\n\u202e": plain("W" * 80)})
    for name in ("names", "x name 1", "y name 1"):
        for row in rows(figure, name):
            assert text_width(row["text"], 13) <= WIDTH / 2
    assert "=cmd()</text>" in texts(figure)


def test_an_axis_drops_its_unit_before_its_name():
    assert "Chance of proof without a campaign" in texts(phase_maps(MAPS))
    assert "Chance of proof without a campaign (probability 0-1)" in texts(
        figure_of(MAPS["Before"])
    )


@pytest.mark.parametrize(
    "maps",
    [
        {},
        {"one": MAPS["Before"]},
        {"one": MAPS["Before"], "other": plain()},
        {
            "one": MAPS["Before"],
            "other": phase_map(SCENARIO, "expose", "detect", steps=(2, 2)),
        },
    ],
)
def test_maps_that_cannot_be_compared_are_refused(maps):
    with pytest.raises(ReportError, match="maps: give"):
        phase_maps(maps)


def test_an_unknown_theme_is_refused():
    with pytest.raises(ReportError):
        phase_maps(MAPS, "neon")
