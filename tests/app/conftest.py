"""What tests of the browser front end share."""

import pytest

from counterplay import shipped


@pytest.fixture
def app_modules(monkeypatch):
    """Let a test import the modules of the app by their names, as its pages do."""
    pytest.importorskip("streamlit")
    monkeypatch.syspath_prepend(str(shipped.folder("app")))
