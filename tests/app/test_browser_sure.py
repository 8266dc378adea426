"""How sure in a real browser: the map moves the point, a run is asked for, shown and stopped."""

from __future__ import annotations

import re

import pytest
from tests.app.driving import expected, query, wait_for

import counterplay as cp

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE = 240_000
"""Milliseconds: a map of the flagship has a thousand games, and the machine may be busy."""

AXES = "map-x=detect&map-y=expose"


def test_a_click_on_the_map_moves_both_assumptions(address, page):
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/sure?{AXES}")
    wait_for(page, expected())
    page.get_by_text("“Hedged payment, denied deployment” is stable now.").wait_for()
    marks = page.locator(".st-key-map-picture .marks")
    marks.wait_for()
    marks.scroll_into_view_if_needed()
    box = marks.bounding_box()
    page.mouse.click(box["x"] + 0.7 * box["width"], box["y"] + 0.2 * box["height"])
    page.wait_for_url(re.compile("detect="))
    moved = {name: float(query(page)[name][0]) for name in ("detect", "expose")}
    assert moved["detect"] > 0.4
    assert moved["expose"] > 0.4
    assert query(page)["map-x"] == ["detect"]
    wait_for(page, expected(**moved))
    found = cp.study(cp.load("korea-ukraine"), moved)
    page.get_by_role("heading", name=cp.how_sure(found).removesuffix(".")).wait_for()

    page.locator(".st-key-undo button").click()
    wait_for(page, expected())


def test_a_run_shows_its_parts_and_can_be_stopped(address, page):
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/sure?run-draws=16000&run-seed=5")
    wait_for(page, expected())
    page.get_by_text("Time on this machine, measured just now").wait_for()
    page.locator(".st-key-run-button button").click()
    page.get_by_text(re.compile(r"So far \S+ of 16,000 draws")).wait_for()
    page.locator(".st-key-sure-run-stop button").click()
    page.get_by_text("Stopped by you").wait_for()
    page.get_by_text(re.compile(r"So far \S+ of 16,000 draws")).wait_for()
    assert query(page)["run-seed"] == ["5"]
