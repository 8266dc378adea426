"""Take the pictures of every page, wide and narrow, light and dark.

    python docs/pictures/take.py [--out FOLDER] [--page NAME]

Needs Chromium and what the tests need.
"""

from __future__ import annotations

import argparse
import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.app.driving import FLAGS  # noqa: E402
from tests.app.serving import served  # noqa: E402

PAGES = {
    "choose": "choose",
    "explore": "?detect=0.36&because-detect=New+imagery+was+published",
    "explore-several": "?detect=0.51",
    "why": "why?detect=0.36",
    "why-moves": "why?why-tab=moves&detect=0.51",
    "blocs": "blocs",
    "sure": "sure",
    "compare": "compare?detect=0.51&compare-1=avowal&open-maps=yes",
    "model": "model",
    "report": "report",
}
WIDTHS = (1440, 820)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_WAIT = 120_000
_SETTLED = 1_500  # milliseconds in which nothing on the page may move any more
_COLOURS = 256


def main() -> None:
    """Take the pictures that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    parser.add_argument("--page", choices=PAGES, action="append", help="this page only")
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as (port, _),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=FLAGS,
        )
        for name in given.page or PAGES:
            for width in WIDTHS:
                for theme in THEMES:
                    address = f"http://localhost:{port}/{PAGES[name]}"
                    picture = _picture(browser, address, width, theme)
                    target = given.out / f"{name}-{width}-{theme}.png"
                    target.write_bytes(picture)
                    sys.stdout.write(f"{target}\n")
        browser.close()


def _picture(browser: Browser, address: str, width: int, theme: Literal["light", "dark"]) -> bytes:
    context = browser.new_context(viewport={"width": width, "height": 1000}, color_scheme=theme)
    page = context.new_page()
    page.set_default_timeout(_WAIT)
    page.goto(address)
    page.locator(".st-key-digest").wait_for()
    page.wait_for_function(
        "() => !document.querySelector('[data-testid=stStatusWidget], [data-stale=true]')"
    )
    _wait_until_still(page)
    tall = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": int(tall)})
    _wait_until_still(page)
    shot = Image.open(io.BytesIO(page.screenshot()))
    context.close()
    written = io.BytesIO()
    shot.convert("RGB").quantize(_COLOURS).save(written, "PNG", optimize=True)
    return written.getvalue()


def _wait_until_still(page: Page) -> None:
    """Wait until the text and the size of the page have not changed for a while."""
    page.evaluate("() => { window.lastSeen = ''; window.since = performance.now(); }")
    page.wait_for_function(
        "most => { const main = document.querySelector('[data-testid=stMain]');"
        " const seen = main.innerText + main.scrollHeight + main.querySelectorAll('*').length;"
        " if (seen !== window.lastSeen) { window.lastSeen = seen; window.since ="
        " performance.now(); } return performance.now() - window.since > most; }",
        arg=_SETTLED,
    )


if __name__ == "__main__":
    main()
