"""Report: the checklist before findings are passed on, and the command that writes the same."""

from __future__ import annotations

from base64 import b64decode
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.app.driving import expected, wait_for
from tests.app.test_pages import FLAGSHIP, HOSTILE, digest, opened, words
from tests.app.test_sure import settled

import counterplay as cp

SCENARIO = cp.load(FLAGSHIP)
REASON = "Two embassies; not *yet* public"


def test_the_checklist_counts_what_the_findings_rest_on():
    shown = words(opened(page="report"))
    numbers = [*SCENARIO.parameters, *SCENARIO.constants]
    bases = Counter(number.basis for number in numbers)
    assert f"Of **{len(numbers)}** numbers, {bases['source']} have a direction" in shown
    assert f"**{bases['placeholder']}** placeholders" in shown
    assert f"The register has **{len(SCENARIO.evidence)}** claims" in shown
    bare = sum(not number.evidence for number in numbers)
    assert f"**{bare}** numbers cite no claim" in shown
    assert "None was moved from the default." in shown
    assert "no reason noted" not in shown


def test_moves_without_a_reason_are_pointed_out():
    link = {"cred": "0.2", "audience": "3"}
    assert "**2** moved numbers have no reason noted" in words(opened(link, "report"))
    one = opened({**link, "because-cred": REASON}, "report")
    assert "One moved number has no reason noted" in words(one)
    both = opened({**link, "because-cred": REASON, "because-audience": "x"}, "report")
    assert "no reason noted" not in words(both)
    assert "--because 'cred=Two embassies; not *yet* public'" in both.code[0].value


def test_a_model_of_tables_says_that_it_has_no_assumptions():
    app = opened({"model": "chicken"}, "report")
    assert digest(app)
    assert "no assumptions to move" in words(app)
    assert "**Assumptions**" in words(app)


def test_what_breaks_first_is_the_first_row_of_the_engines_table():
    nearest = cp.study(SCENARIO).breaks[0][0]
    label = next(p.label for p in SCENARIO.parameters if p.id == nearest.parameter)
    assert f"Nearest: {label} {nearest.side}" in words(opened(page="report")).replace("\\", "")


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["md", "html", "json"])
def test_reasons_are_in_the_file_and_a_download_does_not_run_the_page(
    address: str, page: Any, suffix: str, tmp_path
) -> None:
    page.goto(f"{address}/report?cred=0.2&because-cred={REASON}")
    wait_for(page, expected(cred=0.2))
    preview = page.frame_locator(".st-key-page-one iframe")
    preview.get_by_role("heading", name=SCENARIO.title).wait_for()
    page.evaluate("() => { document.querySelector('.st-key-page-one iframe').marked = true }")
    with page.expect_download() as started:
        page.locator(f".st-key-download_{suffix} button").click()
    path = tmp_path / started.value.suggested_filename
    started.value.save_as(path)
    assert "Two embassies" in path.read_text(encoding="utf-8")
    assert cp.verify(path).same
    assert page.evaluate("() => document.querySelector('.st-key-page-one iframe').marked")


@pytest.mark.browser
@pytest.mark.slow
def test_a_name_typed_just_before_stands_in_a_file_asked_for_while_the_page_runs(
    address: str, page: Any
) -> None:
    page.goto(f"{address}/report?cred=0.21")
    wait_for(page, expected(cred=0.21))
    page.locator("summary", has_text="Who signs").click()
    page.locator(".st-key-report-analyst input").fill("Ann Typed")
    with page.expect_download() as started:  # the click takes the focus away, which runs the page
        page.locator(".st-key-download_md button").click()
    assert "Ann Typed" in started.value.path().read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.slow
def test_the_preview_of_a_hostile_file_cannot_reach_the_page(address: str, page: Any) -> None:
    assert "<script>alert" in HOSTILE
    page.goto(f"{address}/report?model=hostile.yaml")
    frame = page.locator(".st-key-page-one iframe")
    frame.wait_for()
    assert frame.get_attribute("src").startswith("data:text/html")
    inside = page.frame_locator(".st-key-page-one iframe")
    inside.locator("#answer").wait_for()
    assert inside.locator("script:not([type='application/json']), a[href*=evil], img").count() == 0


@pytest.mark.usefixtures("app_modules")
def test_a_file_stays_in_hand_until_the_browser_has_it_and_a_refusal_is_shown(monkeypatch):
    app = opened(page="report")
    app.button(key="download_md").click().run()
    in_hand = app.session_state["counterplay.in-hand-report"]
    assert in_hand["name"] == f"{FLAGSHIP}-{digest(app)}.md"
    assert SCENARIO.title in b64decode(in_hand["content"]).decode()
    app.run()
    assert app.session_state["counterplay.in-hand-report"] == in_hand

    def refused(*_: object, **__: object) -> bytes:
        raise cp.CounterplayError("no room left on the device")

    monkeypatch.setattr(cp, "render", refused)
    app.button(key="download_json").click().run()
    assert "no room left" in app.error[0].value


@pytest.mark.usefixtures("app_modules")
def test_sections_are_left_out_and_names_are_checked_at_their_place():
    app = opened(page="report")
    app.multiselect(key="report-without").set_value(["players", "blocs"]).run()
    app.text_input(key="report-analyst").set_value("Ann").run()
    app.text_input(key="report-assurer").set_value("Bob").run()
    assert "--without players --without blocs --analyst Ann --assurer Bob" in app.code[0].value
    assert not app.error
    app.text_input(key="report-assurer").set_value("ann").run()
    assert "ann is the analyst" in app.error[0].value
    app.pills(key="report-level").set_value("brief").run()
    assert "--without" not in app.code[0].value


@pytest.mark.usefixtures("app_modules")
def test_checks_are_made_on_request_and_stand_in_the_report(monkeypatch):
    path = Path(__file__).with_name("small.yaml")
    app = opened(None, "report", (path,), monkeypatch)
    assert "Not made yet, and the report says so: search for tipping points" in words(app)
    app.button(key="make-checks").click().run()
    settled(app)
    assert "Checks made with 1,000 draws, seed 0; they are in the report." in words(app)
    assert "all uncertain assumptions at once, 1,000 times" in words(app)
