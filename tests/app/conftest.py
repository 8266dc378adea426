"""What tests of the browser front end share: its modules, its server, a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.app.driving import FLAGS, FLAGSHIP, WAIT
from tests.app.serving import served

from counterplay import shipped

HOSTILE = (Path(__file__).parent / "hostile.yaml").read_text(encoding="utf-8")


@pytest.fixture
def app_modules(monkeypatch):
    """Let a test import the modules of the app by their names, as its pages do."""
    pytest.importorskip("streamlit")
    monkeypatch.syspath_prepend(str(shipped.folder("app")))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start the Chromium that is installed; without one, skip, or fail where CI asks for it."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    needed = os.environ.get("CI_REQUIRE_BROWSER") == "1"
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        found = None
    if found is None:
        reason = "needs Chromium and the Python package playwright"
        pytest.fail(reason) if needed else pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[str]:
    """Start `counterplay app` on a free port, from a folder that is not the checkout."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "hostile.yaml").write_text(HOSTILE, encoding="utf-8")
    with served(folder, [FLAGSHIP, "hostile.yaml"]) as (port, _):
        yield f"http://localhost:{port}"


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """Open an empty page; afterwards, no request may have left the machine."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(WAIT)
    abroad: list[str] = []
    context.on("request", lambda request: _note_abroad(request.url, abroad))
    yield context.new_page()
    context.close()
    assert abroad == []


def _note_abroad(url: str, abroad: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"data", "blob", "about"} and parts.hostname != "localhost":
        abroad.append(url)
