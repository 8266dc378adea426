"""How sure, in its states: what is worked out, asked for, stopped, missing."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

import counterplay as cp

pytest.importorskip("streamlit")

from tests.app.test_pages import FLAGSHIP, HOSTILE, NFG, digest, expected, opened, words

SMALL = Path(__file__).with_name("small.yaml")
FOLDERS = {
    f"open-{name}": "yes"
    for name in ("turns", "boxes", "robust", "commitment", "mistakes", "advice")
}


@pytest.fixture(autouse=True)
def coarse(app_modules, monkeypatch):
    """Let maps and runs be small: what they say is tested where they are made."""
    monkeypatch.setattr(
        importlib.import_module("how_sure.two_together"), "_STEPS", ((4, 4), (8, 8))
    )
    futures = importlib.import_module("how_sure.futures")
    for name in ("_TURNS", "_BOXES", "_FUTURES", "_LEVERS"):
        monkeypatch.setattr(futures, name, 64)


def settled(app):
    """Run a page until nothing that it looks at is in work."""
    desk = importlib.import_module("background.jobs").desk()
    was_calm = False  # a run in which one thing came to its end may begin another
    for _ in range(120):
        busy = [job for job in desk._jobs.values() if not (job.is_done or job.is_idle)]
        if was_calm and not busy:
            return app
        was_calm = not busy
        if busy:
            busy[0].ended.wait(1)
        app.run()
    raise AssertionError("work on the page does not end")


def small(link=None, monkeypatch=None, text=None, tmp_path=None):
    path = SMALL
    if text is not None:
        path = tmp_path / "other.yaml"
        path.write_text(text, encoding="utf-8")
    return settled(opened(link, "sure", (path,), monkeypatch))


def test_the_finding_names_the_nearest_change(monkeypatch):
    app = small(monkeypatch=monkeypatch)
    found = cp.study(cp.load(str(SMALL)))
    table = cp.tipping_points(found.scenario)
    assert digest(app) == expected(str(SMALL))
    assert app.header[0].value == cp.how_sure(found, table)
    assert "“Together” is stable now" in app.header[0].value
    assert "3 of 3 assumptions change the answer alone" in words(app)


def test_the_map_has_the_two_nearest_assumptions_and_tells_the_distance(monkeypatch):
    app = small(monkeypatch=monkeypatch)
    nearest = dict.fromkeys(p.parameter for p in cp.tipping_points(cp.load(str(SMALL))))
    axes = [app.selectbox(key="map-x").value, app.selectbox(key="map-y").value]
    assert axes == list(nearest)[:2]
    shown = words(app)
    assert "Each of 64 cells solved" in shown
    assert "of the ranges away" in shown
    app.selectbox(key="map-x").set_value("push")
    settled(app.run())
    assert app.query_params["map-x"] == "push"
    assert "No cell of the map changes" in words(app) or "of the ranges away" in words(app)


def test_a_moved_number_keeps_the_cells_of_the_map(monkeypatch):
    desk = importlib.import_module("background.jobs").desk()
    app = small({"map-x": "gain", "map-y": "cost"}, monkeypatch)

    def cells():
        """Return the jobs on this map that are no short ones upon another; tests share a desk."""
        axes = [key for key in desk._jobs if key[0] == "map" and key[2:4] == ("gain", "cost")]
        return {key for key in axes if len(key) == min(map(len, axes))}

    maps = cells()
    app.query_params["gain"] = "0.75"
    moved = small({"map-x": "gain", "map-y": "cost", "gain": "0.75"}, monkeypatch)
    assert digest(moved) == expected(str(SMALL), gain=0.75)
    # Seen from another point: a short job upon the old one, and no new cells.
    assert cells() == maps
    scenario = cp.load(str(SMALL))
    there = cp.phase_map(scenario, "gain", "cost", {"gain": 0.75}, steps=(8, 8))
    for sentence in there.words:
        assert sentence in words(moved)


def test_a_run_is_made_when_asked_for_and_stands_in_the_link(monkeypatch):
    app = small(monkeypatch=monkeypatch)
    assert "Not run yet." in words(app)
    assert "Time on this machine, measured just now: 250 draws" in words(app)
    app.selectbox(key="run.draws").set_value(250)
    app.number_input(key="run.seed").set_value(11)
    app.button(key="run-button").click()
    settled(app.run())
    assert app.query_params["run-draws"] == "250"
    assert app.query_params["run-seed"] == "11"
    run = cp.sample(cp.load(str(SMALL)), 250, 11)
    shown = words(app)
    assert cp.how_often(cp.study(cp.load(str(SMALL))), run) in shown
    assert run.words in shown.replace("\\", "")
    again = small({"run-draws": "250", "run-seed": "11"}, monkeypatch)
    assert cp.how_often(cp.study(cp.load(str(SMALL))), run) in words(again)


def test_a_stopped_run_keeps_its_last_finished_part(monkeypatch):
    jobs = importlib.import_module("background.jobs")
    app = small({"run-draws": "4000", "run-seed": "12"}, monkeypatch)
    monkeypatch.setattr(jobs.Job, "next_part", _first_part_only)
    app.button(key="run-button").click()
    settled(app.run())
    shown = words(app)
    assert "So far 250 of 4,000 draws" in shown
    assert "Stopped by you" in shown


def _first_part_only(job):
    if job.results and job.total > 2:
        job.stop()
    return None if job.is_done else job._parts[len(job.results)]


def test_every_section_shows_what_it_is_about(monkeypatch):
    app = small(FOLDERS, monkeypatch)
    shown = words(app)
    assert not app.error
    assert not app.warning
    for told in ("turns", "futures drawn", "Binding itself first", "mistakes", "pays"):
        assert told in shown
    assert "Ann" in shown
    app.button(key="levers-button").click()
    settled(app.run())
    assert "“Push by Ann” at" in words(app)
    app.button_group(key="robust-player").set_value("b")
    settled(app.run())
    assert "Bob has no lever of its own to search." in words(app)
    assert app.query_params["robust-player"] == "b"


def test_plain_tables_say_that_nothing_can_be_moved():
    app = settled(opened({"model": "chicken"} | FOLDERS, "sure"))
    shown = words(app)
    assert digest(app) == expected("chicken")
    assert app.header[0].value == cp.how_sure(cp.study(cp.load("chicken")))
    assert "This model has no assumptions to move" in shown
    assert "A map needs two assumptions" in shown
    assert shown.count("Nothing in this model is uncertain") == 4
    assert "Washington" in shown
    assert not app.error


def test_a_model_of_levers_alone_has_nothing_to_draw(tmp_path, monkeypatch):
    text = SMALL.read_text(encoding="utf-8").replace(
        "player: a, default", "player: a, role: lever, default"
    )
    shown = words(small(FOLDERS, monkeypatch, text, tmp_path))
    assert shown.count("Nothing in this model is uncertain") == 4
    assert "of the ranges away" in shown


def test_a_model_without_kinds_of_outcome_says_so(tmp_path, monkeypatch):
    text = SMALL.read_text(encoding="utf-8").partition("regimes:")[0]
    app = small(FOLDERS, monkeypatch, text, tmp_path)
    assert "This model names no kinds of outcome" in words(app)
    assert not app.error


def test_six_players_are_shown_alike(tmp_path, monkeypatch):
    on_off = "{id: on, label: On}, {id: off, label: Off}"
    more = "".join(f"  - {{id: p{k}, label: P{k}, options: [{on_off}]}}\n" for k in range(4))
    text = SMALL.read_text(encoding="utf-8").replace("parameters:\n", f"{more}parameters:\n")
    text = text.replace("status_quo: {a: stop, b: wait}\n", "")
    term = "  - {{id: p{0}.on, player: p{0}, label: on, value: 1, when: {{p{0}: [on]}}}}\n"
    text = text.replace("terms:\n", "terms:\n" + "".join(map(term.format, range(4))))
    app = small(FOLDERS, monkeypatch, text, tmp_path)
    assert not app.error
    assert "P3" in words(app)


def test_a_gambit_game_is_shown(tmp_path, monkeypatch):
    path = tmp_path / "pennies.nfg"
    path.write_text(NFG, encoding="utf-8")
    app = settled(opened(FOLDERS, "sure", (path,), monkeypatch))
    assert digest(app) == expected(str(path))
    assert not app.error


def test_words_of_a_scenario_stay_letters_once_everything_is_worked_out(tmp_path, monkeypatch):
    path = tmp_path / "hostile.yaml"
    path.write_text(HOSTILE, encoding="utf-8")
    app = settled(opened(FOLDERS, "sure", (path,), monkeypatch))
    app.button(key="run-button").click()
    settled(app.run())
    unescaped = re.sub(r"\\.", "", words(app))
    for markup in ("<script", "<img", "<b>", "<i>", "[", "$", "http:/", "www.evil", "me@evil"):
        shown = unescaped.replace(":blue[", "").replace(":violet[", "").replace("-badge[", "")
        assert markup not in shown, markup


def test_a_refusal_is_told_where_it_happens(tmp_path, monkeypatch):
    text = SMALL.read_text(encoding="utf-8").replace("gain - cost", "log(gain) - cost")
    app = small(FOLDERS, monkeypatch, text, tmp_path)
    assert digest(app)
    assert any("not finite" in error.value for error in app.error)


@pytest.mark.parametrize(
    "link",
    [
        {"map-x": "learning"},
        {"map-y": "nobody"},
        {"run-draws": "5"},
        {"run-seed": "-1"},
        {"run-seed": "1" * 5000},
        {"turns-on": "<b>"},
        {"boxes-of": "none"},
        {"robust-player": "x"},
        {"open-nothing": "yes"},
        {"open-turns": "no"},
    ],
)
def test_what_no_page_offers_is_left_out_of_the_link(link):
    app = opened(link)
    assert app.query_params == {"model": FLAGSHIP}
    assert app.warning[0].value.startswith("Left out of this link: ")
