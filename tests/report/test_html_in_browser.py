"""The HTML report in a real browser: page one is one sheet, a phone can read it, nothing acts."""

import os
import re
import shutil

import pytest
from tests.report.pages import found, hostile

from counterplay.report import write_report
from counterplay.scenario import load

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SETTINGS = [
    *(("korea-ukraine", preset.id) for preset in load("korea-ukraine").presets),
    ("chicken", None),
]
# A4 less the margins of the style sheet, in CSS pixels of 1/96 inch.
SHEET = {"width": round(178 / 25.4 * 96), "height": round(275 / 25.4 * 96)}


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        chromium = None
    if chromium is None:
        reason = "needs Chromium and the Python package playwright"
        pytest.fail(reason) if os.environ.get("CI_REQUIRE_BROWSER") == "1" else pytest.skip(reason)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield running
        running.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Return a function that writes a report and opens it, and note what the page does."""
    contexts = []

    def open_report(findings, level, **options):
        path = write_report(findings, tmp_path / "report.html", level)
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.on("dialog", lambda dialog: page.said.append(dialog.message))
        page.goto(path.as_uri())
        return page

    yield open_report
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("model", "preset"), SETTINGS)
def test_a_brief_prints_on_one_sheet(opened, model, preset):
    printed = opened(found(model, preset), "brief").pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_page_one_of_a_standard_report_fits_one_sheet(opened):
    page = opened(found(), "standard", viewport=SHEET)
    page.emulate_media(media="print")
    bottom = page.evaluate("document.querySelector('.page-one').getBoundingClientRect().bottom")
    assert bottom < SHEET["height"]


@pytest.mark.parametrize("findings", [found, hostile])
def test_a_phone_shows_the_page_without_scrolling_sideways(opened, findings):
    page = opened(findings(), "full", viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("findings", [found, hostile])
def test_the_page_asks_for_nothing_and_breaks_no_rule_of_its_policy(opened, findings):
    page = opened(findings(), "full")
    assert page.asked == [page.url]
    assert page.said == []


def test_paper_shows_the_tables_that_a_screen_folds(opened):
    page = opened(found(), "standard")
    twin = page.locator("#outcome-1 details table").first
    assert not twin.is_visible()
    page.emulate_media(media="print")
    assert twin.bounding_box()["height"] > 20
