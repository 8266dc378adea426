"""How soon the answer is on screen: the first page, and after a slider moves, in Chromium.

    python -m benchmarks.browser_speed [--moves 15]

One browser and one server on the same machine.  Each move is of a slider by the keyboard to a
value that nobody asked for before.  A clock inside the page stops when the last line of the answer
card changes, and again when the last line of the page, which names the inputs that are solved,
does.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright
from tests.app.driving import FLAGS, expected, slider, wait_for
from tests.app.serving import served

from benchmarks import harness

SLIDER = "cred"
_WATCH = """() => {
  const within = (node, name) =>
    (node.nodeType === 1 ? node : node.parentElement)?.closest(name) != null;
  window.clock = {};
  new MutationObserver((changes) => {
    const now = performance.now();
    if (changes.some((change) => within(change.target, '.st-key-answer'))) {
      window.clock.cards = now;
    }
    const text = document.querySelector('.st-key-digest')?.textContent;
    if (text && text !== window.clock.text) {
      Object.assign(window.clock, {text, page: now, then: window.clock.cards});
    }
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
  document.addEventListener('keydown', () => { window.clock.start = performance.now(); }, true);
}"""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--moves", type=int, default=15)
    moves = parser.parse_args().moves
    harness.begin(
        "From a slider to the screen",
        "Milliseconds; browser and server share the machine. Cold: a new server, a new browser.",
    )
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        begun = time.perf_counter()
        with served(Path(folder)) as (port, _):
            ready = time.perf_counter()
            found = shutil.which("chromium") or shutil.which("chromium-browser")
            browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
            page = browser.new_page(viewport={"width": 1440, "height": 1000})
            opened = time.perf_counter()
            page.goto(f"http://localhost:{port}/?page=explore")
            wait_for(page, expected())
            first = time.perf_counter() - opened
            cards, whole = _moves(page, moves)
            browser.close()
    harness.table(
        ("what", "median", "least", "most"),
        [
            ("server starts", round(1e3 * (ready - begun)), "", ""),
            ("first page, cold", round(1e3 * first), "", ""),
            (f"slider to new cards, {moves} moves", *_spread(cards)),
            ("slider to the whole page", *_spread(whole)),
        ],
    )


def _moves(page: Page, moves: int) -> tuple[list[float], list[float]]:
    thumb = slider(page, SLIDER)
    page.evaluate(_WATCH)
    thumb.focus()
    value, cards, whole = 0.40, [], []
    for _ in range(moves):
        value = round(value + 0.01, 2)
        page.wait_for_timeout(1500)  # strips of the last move are still drawn; a reader looks
        thumb.press("ArrowRight")
        wait_for(page, expected(**{SLIDER: value}))
        clock = page.evaluate("window.clock")
        if clock.get("then", 0) > clock["start"]:  # else the answer is the same to the last digit
            cards.append(clock["then"] - clock["start"])
        whole.append(clock["page"] - clock["start"])
    return cards, whole


def _spread(times: list[float]) -> tuple[int, int, int]:
    return round(median(times)), round(min(times)), round(max(times))


if __name__ == "__main__":
    main()
