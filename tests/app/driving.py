"""Driving the app in a browser: the digest of what is solved, the link, a slider."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import counterplay as cp

FLAGSHIP = "korea-ukraine"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT = 60_000  # milliseconds; a busy machine is slow, and a test that passes does not wait


def expected(**values: float) -> str:
    scenario = cp.load(FLAGSHIP)
    return cp.inputs_digest(scenario, scenario.values(**values))


def wait_for(page: Any, digest: str) -> None:
    page.locator(".st-key-digest", has_text=f"digest {digest}").wait_for()


def query(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def slider(page: Any, name: str) -> Any:
    found = page.locator(f".st-key-{name} input[type=range]")
    found.wait_for(state="attached")
    return found
