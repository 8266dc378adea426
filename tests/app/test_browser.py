"""The real server, driven by a real browser.

The page prints the digest of the inputs that it has solved; a test computes the same digest by
the library and waits for it, so no test sleeps or reads a half-drawn page.
"""

from __future__ import annotations

import json
import re

import pytest
from tests.app.driving import FLAGSHIP, expected, query, slider, wait_for

import counterplay as cp

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_slider_moved_by_keyboard_changes_answer_and_link(address, page, browser):
    page.goto(address)
    wait_for(page, expected())
    slider(page, "cred").focus()
    page.keyboard.press("ArrowRight")
    wait_for(page, expected(cred=0.41))
    page.keyboard.press("ArrowRight")
    wait_for(page, expected(cred=0.42))
    page.wait_for_url(re.compile("cred=0.42"))
    assert query(page) == {"model": [FLAGSHIP], "cred": ["0.42"]}
    page.locator(".st-key-cred").get_by_text("was 0.4").wait_for()

    other = page.context.new_page()
    other.goto(page.url)
    wait_for(other, expected(cred=0.42))
    assert slider(other, "cred").get_attribute("value") == "0.42"


def test_back_undoes_a_move(address, page):
    page.goto(address)
    wait_for(page, expected())
    slider(page, "audience").focus()
    page.keyboard.press("ArrowRight")
    wait_for(page, expected(audience=2.05))
    page.wait_for_url(re.compile("audience=2.05"))
    page.go_back()
    wait_for(page, expected())
    assert slider(page, "audience").get_attribute("value") == "2"


def test_a_value_off_the_grid_survives_other_moves(address, page):
    page.goto(f"{address}/?cred=0.4137")
    wait_for(page, expected(cred=0.4137))
    slider(page, "offset").focus()
    page.keyboard.press("ArrowLeft")
    wait_for(page, expected(cred=0.4137, offset=0.49))


def test_back_to_an_address_that_was_left_unwritten_keeps_the_setting(address, page):
    page.goto(f"{address}/?cred=0.2")
    wait_for(page, expected(cred=0.2))
    page.evaluate("history.pushState({}, '', '/')")  # as two quick clicks leave it
    page.evaluate("history.pushState({}, '', '/?cred=0.3')")
    page.go_back()
    page.wait_for_url(re.compile(r"model=.*cred=0\.2"))
    wait_for(page, expected(cred=0.2))


def test_a_preset_sets_the_sliders_and_reset_brings_them_back(address, page):
    page.goto(address)
    wait_for(page, expected())
    page.locator(".st-key-preset input").click()
    page.get_by_role("option", name="Deployment easier to prove").click()
    wait_for(page, expected(detect=0.51))
    page.get_by_role("heading", name=re.compile("outcomes can hold")).wait_for()
    page.locator(".st-key-reset button").click()
    wait_for(page, expected())


def test_values_stay_on_other_pages_and_in_other_groups(address, page):
    page.goto(f"{address}/?cred=0.2")
    wait_for(page, expected(cred=0.2))
    page.locator(".st-key-group").get_by_text("Kyiv").click()
    slider(page, "expose").focus()
    page.keyboard.press("ArrowRight")
    wait_for(page, expected(cred=0.2, expose=0.41))
    for name in ("Why", "Two blocs", "Report", "Explore"):
        page.get_by_role("link", name=name, exact=True).click()
        page.wait_for_url(re.compile(r"expose=0\.41"))
        wait_for(page, expected(cred=0.2, expose=0.41))
    assert query(page)["cred"] == ["0.2"]


@pytest.mark.parametrize("name", ["why", "blocs", "compare", "report"])
def test_a_link_opens_a_page_directly(address, page, name):
    page.goto(f"{address}/{name}?detect=0.51")
    wait_for(page, expected(detect=0.51))


@pytest.mark.parametrize("suffix", ["md", "json", "html"])
def test_reports_can_be_downloaded(address, page, suffix, tmp_path):
    page.goto(f"{address}/report?detect=0.51")
    digest = expected(detect=0.51)
    wait_for(page, digest)
    with page.expect_download() as started:
        page.locator(f".st-key-download_{suffix} button").click()
    assert started.value.suggested_filename == f"{FLAGSHIP}-{digest}.{suffix}"
    path = tmp_path / started.value.suggested_filename
    started.value.save_as(path)
    text = path.read_text(encoding="utf-8")
    assert digest in text
    if suffix == "json":
        assert json.loads(text)["findings"]["parameters"]["detect"] == 0.51
        assert cp.verify(path).same


def test_a_hostile_link_leaves_a_notice_and_no_traceback(address, page):
    page.goto(f"{address}/?expose=99&cred=%3Cscript%3E&open-2=%00&x=![a](http://evil.invalid)")
    wait_for(page, expected())
    page.get_by_text("Left out of this link").wait_for()
    page.wait_for_function("() => location.search === '?model=korea-ukraine'")
    assert page.get_by_test_id("stException").count() == 0


@pytest.mark.parametrize("name", ["", "why", "blocs", "compare", "report"])
def test_words_of_a_hostile_file_stay_words(address, page, name):
    """The fixture of the page checks besides that no picture was fetched."""
    page.goto(f"{address}/{name}?model=hostile.yaml")
    page.locator(".st-key-digest").wait_for()
    main = page.get_by_test_id("stMain")
    assert main.locator("a[href*=evil], img[src*=evil], script, .katex").count() == 0
    assert main.get_by_text("secret").inner_text().count("[secret](http:") == 1
