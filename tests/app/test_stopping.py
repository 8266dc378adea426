"""The server ends when it is told to, whatever is being worked on."""

from __future__ import annotations

import pytest
from tests.app.driving import WAIT
from tests.app.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_work_beside_the_pages_does_not_hold_the_end_up(browser, tmp_path):
    context = browser.new_context()
    with served(tmp_path) as (port, _):  # which fails unless the server ends in good time
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.goto(f"http://localhost:{port}/sure")
        page.get_by_text("Moving 25 assumptions").wait_for()
    context.close()
