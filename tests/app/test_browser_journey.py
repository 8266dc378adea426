"""The ten steps of a desk officer with the flagship, from the first page to the signed file."""

from __future__ import annotations

import re

import pytest
from tests.app.driving import FLAGSHIP, expected, query, slider, wait_for

import counterplay as cp

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE = 240_000  # milliseconds: some of the steps solve a thousand games


def go(page, name):
    page.get_by_role("link", name=name, exact=True).click()


def test_the_ten_steps(address, page, tmp_path):
    page.set_default_timeout(PATIENCE)
    scenario = cp.load(FLAGSHIP)
    found = cp.study(scenario)

    # 1 open, 2 the question and who decides
    page.goto(f"{address}/choose")
    card = page.locator(".st-key-card-0")
    card.get_by_text(scenario.question[:60]).wait_for()
    card.get_by_text("3 levers, 22 uncertain").wait_for()
    card.locator(".st-key-open-model-0 button").click()
    wait_for(page, expected())

    # 3 players and options
    go(page, "Model")
    page.get_by_text("4 players with 13 options, 108 combinations").wait_for()

    # 4 payoffs by named terms
    go(page, "Why")
    wait_for(page, expected())
    first = found.accounts[0].stances[0].deviations[0].changes[0]
    page.get_by_text(first.label, exact=False).first.wait_for(state="attached")

    # 5 move a slider: what changed, and why it was moved
    go(page, "Explore")
    slider(page, "align").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile("align="))
    moved = {"align": float(query(page)["align"][0])}
    wait_for(page, expected(**moved))
    page.get_by_text("Just changed.").wait_for()
    changed = cp.what_changed(found, cp.study(scenario, moved))
    page.get_by_text(changed.words[:25]).first.wait_for()
    reason = page.locator(".st-key-reason-align input")
    reason.fill("The ally said so")
    reason.press("Enter")
    page.wait_for_url(re.compile("because-align="))

    # 6 the game around an outcome, 7 the moves
    go(page, "Why")
    wait_for(page, expected(**moved))
    page.get_by_role("heading", name="The game around an outcome").wait_for()
    page.get_by_role("tab", name="Moves").click()
    page.locator(".st-key-why-account").wait_for()

    # 8 how robust
    go(page, "How sure")
    wait_for(page, expected(**moved))
    page.get_by_text(re.compile(r"\d+ of 25 assumptions can change the answer")).wait_for()
    page.locator(".st-key-map-picture .marks").wait_for()

    # 9 compare with the defaults
    go(page, "Compare")
    wait_for(page, expected(**moved))
    page.locator(".st-key-compare-pick input").click()
    page.get_by_role("option", name=re.compile("default", re.IGNORECASE)).first.click()
    page.get_by_text("Which change did it").wait_for()

    # 10 export; the reason travels along
    go(page, "Report")
    wait_for(page, expected(**moved))
    with page.expect_download() as started:
        page.locator(".st-key-download_json button").click()
    path = tmp_path / started.value.suggested_filename
    started.value.save_as(path)
    assert "The ally said so" in path.read_text(encoding="utf-8")
    assert cp.verify(path).same
