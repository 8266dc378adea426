"""Compare in a real browser: beside the screen by a choice or a link, exchanged, in any window."""

from __future__ import annotations

import re

import pytest
from tests.app.driving import expected, query, wait_for

import counterplay as cp

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DOUBTS = {"cred": 0.15, "dependence": 9.0, "prolif_cost": 2.5}


def test_a_setting_is_put_beside_exchanged_and_found_again_by_its_link(address, page):
    page.goto(f"{address}/compare")
    wait_for(page, expected())
    page.locator(".st-key-compare-pick input").click()
    page.get_by_role("option", name=re.compile("doubts the pledge")).click()
    page.wait_for_url(re.compile("compare-1=doubtful_pledge"))
    page.get_by_text("Seoul’s payoff falls by 3.42 points").wait_for()

    page.get_by_role("button", name="Swap with A").click()
    wait_for(page, expected(**DOUBTS))
    page.get_by_text("Seoul’s payoff rises by 3.42 points").wait_for()
    page.wait_for_url(re.compile("compare-1=default"))

    other = page.context.new_page()
    other.goto(page.url)
    wait_for(other, expected(**DOUBTS))
    other.get_by_text("Seoul’s payoff rises by 3.42 points").wait_for()


def test_a_kept_setting_is_offered_after_a_reset(address, page):
    page.goto(f"{address}/compare?cred=0.2")
    wait_for(page, expected(cred=0.2))
    page.get_by_role("button", name="Keep this setting").click()
    page.locator(".st-key-keep-name input").fill("Before talks")
    page.locator(".st-key-keep-now button").click()
    page.get_by_text("A: Before talks").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Explore", exact=True).click()
    page.locator(".st-key-reset button").click()
    wait_for(page, expected())
    page.get_by_role("link", name="Compare", exact=True).click()
    page.locator(".st-key-compare-pick input").click()
    page.get_by_role("option", name="Kept: Before talks").click()
    page.wait_for_url(re.compile("called-1=Before"))
    assert query(page)["compare-1"] == ["cred~0.2"]


@pytest.mark.parametrize("width", [1440, 820])
def test_four_settings_fit_the_window(address, page, width):
    page.set_viewport_size({"width": width, "height": 1000})
    page.goto(f"{address}/compare?compare-1=avowal&compare-2=spiral&compare-3=~@hostile.yaml")
    wait_for(page, expected())
    page.get_by_text("Which change did it").wait_for()
    main = page.get_by_test_id("stMain")
    assert main.evaluate("place => place.scrollWidth - place.clientWidth") <= 1
    wide = page.evaluate(
        "() => [...document.querySelectorAll('[data-testid=stVegaLiteChart]')].filter("
        "chart => chart.getBoundingClientRect().right > innerWidth).length"
    )
    assert wide == 0
    assert page.get_by_test_id("stException").count() == 0
    assert main.locator("a[href*=evil], img[src*=evil], script, .katex").count() == 0


def test_the_comparison_is_taken_away_as_a_report_that_verifies(address, page, tmp_path):
    page.goto(f"{address}/compare?compare-1=avowal")
    wait_for(page, expected())
    page.get_by_text("Take this comparison away as a report").click()
    with page.expect_download() as started:
        page.locator(".st-key-download_html button").click()
    path = tmp_path / started.value.suggested_filename
    started.value.save_as(path)
    assert cp.verify(path).same
    text = path.read_text(encoding="utf-8")
    assert "A: " in text
    assert "B: Avowed alliance" in text
