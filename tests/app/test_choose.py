"""Choose: cards, files, links, recent work."""

from __future__ import annotations

import importlib
import json
import re

import pytest
from tests.app.driving import FLAGSHIP, expected, query, slider, wait_for
from tests.app.test_pages import opened, words
from tests.scenario_files import SOUND, edited

import counterplay as cp


def test_every_model_on_offer_has_a_card_with_its_question_and_finding():
    app = opened(page="choose")
    assert not app.exception
    for name in cp.scenarios():
        assert cp.load(name).title in words(app).replace("\\", "")
    headline = cp.study(cp.load(FLAGSHIP)).accounts[0].headline
    assert headline[:60] in words(app)


def test_a_model_with_faults_says_so_and_leaves_the_others_alone(tmp_path, monkeypatch):
    path = tmp_path / "faulty.yaml"
    path.write_text(edited(("default: 2", "default: 9")), encoding="utf-8")
    app = opened(page="choose", files=(path,), monkeypatch=monkeypatch)
    assert not app.exception
    assert "default" in words(app)
    assert cp.load("chicken").title in words(app)


def test_recent_work_is_taken_up_where_it_was_left():
    app = opened({"cred": "0.2", "because-cred": "a hunch"})
    app.switch_page("screens/choose.py").run()
    assert "1 moved" in words(app)
    app.button(key="open-model-1").click().run()
    assert app.query_params["model"] == "chicken"
    app.switch_page("screens/choose.py").run()
    app.button(key="recent-0").click().run()
    assert app.query_params["cred"] == "0.2"
    assert app.query_params["because-cred"] == "a hunch"


@pytest.mark.usefixtures("app_modules")
@pytest.mark.parametrize(
    "raw",
    [
        b'{"counterplay-screen": 2}',
        b'{"counterplay-screen": 1}',
        b'{"counterplay-screen": 1, "link": {"cred": 1}}',
        b'{"counterplay-screen": 1, "link": ' + b"[" * 100_000,
        b'{"counterplay-screen": 1' + b" " * 1_000_001,
    ],
)
def test_a_file_that_is_no_screen_is_refused_in_words(raw):
    saved = importlib.import_module("sharing.saved")
    assert saved.is_screen(raw)
    with pytest.raises(cp.CounterplayError, match=r"^s\.json: "):
        saved.opened(raw, "s.json")


@pytest.mark.browser
@pytest.mark.slow
def test_a_file_is_opened_and_its_screen_saved_and_opened_again(address, page, tmp_path):
    page.goto(f"{address}/choose")
    source = tmp_path / "small.yaml"
    source.write_text(SOUND, encoding="utf-8")
    page.locator(".st-key-opened-file input[type=file]").set_input_files(source)
    scenario = cp.load(source)
    name = scenario.parameters[0].id
    wait_for(page, cp.inputs_digest(scenario, scenario.values()))
    page.wait_for_url(re.compile(r"model=small\.yaml"))
    slider(page, name).focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(f"{name}="))
    digest = cp.inputs_digest(scenario, scenario.values(**{name: float(query(page)[name][0])}))
    wait_for(page, digest)
    page.locator(".stPopover", has_text="Link").get_by_role("button").click()
    with page.expect_download() as started:
        page.locator(".st-key-save-screen button").click()
    screen = tmp_path / "screen.json"
    started.value.save_as(screen)
    assert json.loads(screen.read_text(encoding="utf-8"))["model"] == SOUND

    other = page.context.browser.new_context()
    fresh = other.new_page()
    fresh.set_default_timeout(60_000)
    fresh.goto(f"{address}/choose")
    assert fresh.get_by_text("small.yaml").count() == 0
    fresh.locator(".st-key-opened-file input[type=file]").set_input_files(screen)
    wait_for(fresh, digest)
    other.close()


@pytest.mark.browser
@pytest.mark.slow
def test_a_colleagues_link_is_pasted(address, page):
    page.goto(f"{address}/choose")
    page.locator(".st-key-pasted-address input").fill("http://elsewhere.invalid/why?cred=0.3&x=1")
    page.locator(".st-key-open-link button").click()
    wait_for(page, expected(cred=0.3))
    page.get_by_text("Left out of this link").wait_for()
