"""Saved work: saved, opened, changed by two sessions, taken off the list."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

pytest.importorskip("streamlit")
pytest.importorskip("sqlalchemy")

from tests.app.driving import FLAGSHIP, expected, slider, wait_for
from tests.app.proxy import proxied
from tests.app.test_pages import digest, opened, words
from tests.scenario_files import SOUND

import counterplay as cp

HEADER = "X-Forwarded-User"


@pytest.fixture
def team(tmp_path, monkeypatch):
    """Return the path of a store that the app is started with."""
    path = tmp_path / "team.db"
    cp.open_store(path)
    monkeypatch.setenv("COUNTERPLAY_STORE", str(path))
    monkeypatch.delenv("COUNTERPLAY_USER_HEADER", raising=False)
    return path


def at_choose(**link: str):
    return opened(link, "choose")


def save(app, button="shared-setting", name="", who="Ann", why=""):
    """Fill the form and press a button."""
    app.text_input(key="shared-name").set_value(name)
    app.text_input(key="shared-who").set_value(who)
    app.text_input(key="shared-why").set_value(why)
    app.button(key=button).click().run()
    assert not app.exception
    return app


def test_without_a_store_nothing_of_it_is_shown(monkeypatch):
    monkeypatch.delenv("COUNTERPLAY_STORE", raising=False)
    app = at_choose()
    assert "Saved work" not in words(app)
    assert "Nothing is stored on the server." in words(app)
    assert [button.key for button in app.button if "shared" in button.key] == []


def test_a_setting_is_saved_with_who_and_why(team):
    app = save(at_choose(**{"cred": "0.2", "because-cred": "a hunch"}), name="Base", why="Monday")
    assert "Saved: Base" in words(app)
    (item,) = cp.read_store(team).items()
    assert (item.name, item.who, item.why) == ("Base", "Ann", "Monday")
    assert (dict(item.values), dict(item.reasons)) == ({"cred": 0.2}, {"cred": "a hunch"})
    assert item.digest == expected(cred=0.2) == digest(app)
    assert app.text_input(key="shared-name").value == ""
    assert app.text_input(key="shared-who").value == "Ann"


def test_it_is_opened_in_another_session_with_its_reasons(team):
    save(at_choose(**{"cred": "0.2", "because-cred": "a hunch"}), name="Base")
    other = at_choose(model="chicken")
    assert "Base" in words(other)
    other.button(key="shared-open-1").click().run()
    assert digest(other) == expected(cred=0.2)
    assert other.query_params == {"model": FLAGSHIP, "cred": "0.2", "because-cred": "a hunch"}


def test_two_sessions_that_move_different_numbers_lose_nothing(team):
    save(at_choose(cred="0.2"), name="Base")
    one, other = at_choose(), at_choose()
    for app in (one, other):
        app.button(key="shared-open-1").click().run()
    _move_and_save(one, "cred", 0.3, "Bob")
    _move_and_save(other, "audience", 3.0, "Cid")
    assert "Credibility" in words(other)
    assert "that was kept" in words(other)
    assert digest(other) == expected(cred=0.3, audience=3.0)
    store = cp.read_store(team)
    assert dict(store.items()[0].values) == {"cred": 0.3, "audience": 3.0}
    assert cp.replay(store.log()) == {1: store.items()[0]}


def test_two_sessions_that_move_the_same_number_are_told(team):
    save(at_choose(cred="0.2"), name="Base")
    one, other = at_choose(), at_choose()
    for app in (one, other):
        app.button(key="shared-open-1").click().run()
    _move_and_save(one, "cred", 0.3, "Bob")
    _move_and_save(other, "cred", 0.5, "Cid")
    assert "Bob" in other.error[0].value
    assert "Nothing of yours was stored" in other.error[0].value
    assert digest(other) == expected(cred=0.5)
    assert dict(cp.read_store(team).items()[0].values) == {"cred": 0.3}
    save(other, name="Base, Cid's", who="Cid")
    assert dict(cp.read_store(team).items()[0].values) == {"cred": 0.5}


def _move_and_save(app, name, value, who):
    app.switch_page("screens/explore.py").run()
    app.slider(key=name).set_value(value).run()
    app.switch_page("screens/choose.py").run()
    save(app, "shared-change", who=who)


def test_a_report_is_saved_as_its_bytes(team):
    save(at_choose(cred="0.2"), "shared-report", "For Monday")
    store = cp.read_store(team)
    found = cp.study(cp.load(FLAGSHIP), {"cred": 0.2})
    assert store.content(store.items()[0]) == cp.render(found, ".json", "standard")
    app = at_choose(model="chicken")
    app.button(key="shared-open-1").click().run()
    assert digest(app) == expected(cred=0.2)


def test_a_model_that_is_nowhere_else_travels_with_it(team, tmp_path, monkeypatch):
    path = tmp_path / "small.yaml"
    path.write_text(SOUND, encoding="utf-8")
    app = opened({"model": "small.yaml", "cost": "2.5"}, "choose", (path,), monkeypatch)
    save(app, name="Small")
    other = opened(None, "choose", (), monkeypatch)
    other.button(key="shared-open-1").click().run()
    scenario = cp.load(path)
    assert digest(other) == cp.inputs_digest(scenario, scenario.values(cost=2.5))
    assert other.query_params["cost"] == "2.5"


@pytest.mark.parametrize(("name", "who"), [("", "Ann"), ("Base", ""), ("Taken", "Ann")])
def test_a_form_that_lacks_something_says_what(team, name, who):
    app = save(at_choose(), name="Taken")
    save(app, name=name, who=who)
    assert app.error[0].value.startswith(("name: ", "who: "))
    assert len(cp.read_store(team).items()) == 1
    assert app.text_input(key="shared-name").value == name


def test_words_of_others_are_shown_letter_by_letter(team):
    nasty = "**a** [x](http://evil.example) <b>"
    save(at_choose(), name=nasty, who=":red[Eve]", why="![i](http://evil.example/i.png)")
    app = at_choose()
    app.button(key="shared-history-1").click().run()
    shown = words(app)
    for text in ("**a**", "[x](http", ":red[", "![i](", "<b>"):
        assert text not in shown
    assert "evil" in shown


def test_history_is_shown_and_work_leaves_the_list_and_comes_back(team):
    app = save(at_choose(cred="0.2"), name="Base", why="Monday")
    app.button(key="shared-history-1").click().run()
    assert "History of Base" in words(app)
    shown = app.table[0].value.iloc[0].tolist()[1:]
    assert [text.replace("\\", "") for text in shown] == [
        "Ann", "moved Credibility of Seoul's pledge", "0.4", "0.2", "",
    ]  # fmt: skip
    app.button(key="shared-retire").click().run()
    assert cp.read_store(team).items() == []
    assert "1 taken off the list" in words(app)
    other = at_choose(**{"open-retired": "yes"})
    assert other.button(key="shared-restore-1").disabled
    other.text_input(key="shared-who").set_value("Bob").run()
    other.button(key="shared-restore-1").click().run()
    (item,) = cp.read_store(team).items()
    assert (item.name, item.who) == ("Base", "Bob")


def test_who_comes_from_the_proxy_alone_where_it_says_so(team, monkeypatch):
    import streamlit as st

    monkeypatch.setenv("COUNTERPLAY_USER_HEADER", HEADER)
    headers: dict[str, str] = {}
    monkeypatch.setattr(type(st.context), "headers", property(lambda self: headers))
    app = at_choose()
    assert "does not say who you are" in words(app)
    assert [field.key for field in app.text_input if field.key == "shared-who"] == []
    app.text_input(key="shared-name").set_value("Base")
    app.button(key="shared-setting").click().run()
    assert app.error[0].value.startswith("who: ")
    headers[HEADER] = "ann@example.org"
    app.text_input(key="shared-name").set_value("Base")
    app.button(key="shared-setting").click().run()
    assert [item.who for item in cp.read_store(team).items()] == ["ann@example.org"]


def test_a_store_that_fails_leaves_the_rest_of_the_page(team):
    app = at_choose()
    with closing(sqlite3.connect(team)) as connection:
        connection.execute("DROP TABLE counterplay_items")
        connection.commit()
    app.run()
    assert not app.exception
    assert "the database refuses" in app.error[0].value
    assert cp.load("chicken").title in words(app)


@pytest.fixture
def team_port(tmp_path, browser: Any) -> Iterator[int]:
    """Start `counterplay app` with a store on a free port."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "counterplay", "app", "--store", str(tmp_path / "team.db")]
    server = subprocess.Popen(
        [*command, "--user-header", HEADER, "--port", str(port)],
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert any(f"http://localhost:{port}" in line for line in server.stdout or ())
        yield port
    finally:
        server.terminate()
        assert server.wait(timeout=30) is not None
        if server.stdout:
            server.stdout.close()


@pytest.mark.browser
@pytest.mark.slow
def test_what_one_person_saves_another_opens(team_port, page, tmp_path):
    with (
        proxied(team_port, HEADER, "Ann Lee") as for_ann,
        proxied(team_port, HEADER, "Bob Kim") as for_bob,
    ):
        page.goto(f"{for_ann}/choose?cred=0.2")
        page.get_by_text("You are Ann Lee.").wait_for()
        page.get_by_label("Name").fill("Base")
        page.locator(".st-key-shared-setting button").click()
        page.get_by_text("Saved: Base").wait_for()
        page.goto(f"{for_bob}/choose")
        page.locator(".st-key-shared-open-1 button").click()
        wait_for(page, expected(cred=0.2))
        slider(page, "cred").focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_url(lambda url: "cred=0.2&" not in f"{url}&")
        page.get_by_role("link", name="Choose").click()
        page.locator(".st-key-shared-change button").click()
        page.get_by_text("Saved: Base").wait_for()
    store = cp.read_store(tmp_path / "team.db")
    told = [(entry.who, entry.action, entry.before) for entry in store.log()]
    assert told == [
        ("Ann Lee", "create", ""),
        ("Ann Lee", "set", "0.4"),
        ("Bob Kim", "save", ""),
        ("Bob Kim", "set", "0.2"),
    ]
    assert store.verify().sound
