"""The best-reply graph in a real browser: a click on a dot explains that combination."""

from __future__ import annotations

import pytest
from tests.app.driving import expected, query, wait_for
from tests.report.drawing import rows

import counterplay as cp
from counterplay.report import figures

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHART = "[data-testid=stVegaLiteChart] svg"


@pytest.fixture(scope="module")
def found():
    return cp.study(cp.load("korea-ukraine"))


def place(found, *options):
    """Return the middle of a profile's place in the picture, in its own pixels."""
    figure = figures.pickable_reply_graph(found, found.game.profile(options))
    row = next(row for row in rows(figure, "places") if row["profile"] == "/".join(options))
    return (row["left"] + row["right"]) / 2, (row["top"] + row["bottom"]) / 2


def click(page, found, *options):
    x, y = place(found, *options)
    corner = page.locator(CHART).bounding_box()
    page.mouse.click(corner["x"] + x + 4, corner["y"] + y + 4)  # 4 px of padding


def told(page, found, *options):
    """Wait until a combination is explained."""
    account = cp.profile_account(found, options)
    place = page.locator(".st-key-why-account")
    place.get_by_text(account.headline).wait_for()
    for words in account.sentences:
        place.get_by_text(words[:60]).wait_for()


def test_a_click_on_a_dot_explains_that_combination_and_sets_the_table(address, page, found):
    page.goto(f"{address}/why?why-tab=moves")
    wait_for(page, expected())
    told(page, found, "pledge", "deny", "conv", "expose")
    page.set_viewport_size({"width": 1440, "height": 2000})
    click(page, found, "hum", "deny", "conv", "expose")
    told(page, found, "hum", "deny", "conv", "expose")
    page.wait_for_url("**at-rok=hum**")
    click(page, found, "off", "open", "strat", "strike")
    told(page, found, "off", "open", "strat", "strike")
    page.get_by_role("tab", name="Why it holds").click()
    page.get_by_text("Seoul “Offensive arms”; Pyongyang “Deploy and avow”").wait_for()
    assert query(page)["at-ukr"] == ["strike"]


def test_the_lists_beside_the_graph_do_the_same_by_keyboard(address, page, found):
    page.set_viewport_size({"width": 1440, "height": 2000})
    page.goto(f"{address}/why?why-tab=moves&at-rok=hum")
    wait_for(page, expected())
    told(page, found, "hum", "deny", "conv", "expose")
    page.locator(".st-key-at-rok input").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("Offensive")
    page.keyboard.press("Enter")
    told(page, found, "off", "deny", "conv", "expose")
    click(page, found, "hum", "deny", "conv", "expose")
    told(page, found, "hum", "deny", "conv", "expose")
