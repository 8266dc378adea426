"""A screen as a file: what its link says, and the model itself where it is on no other machine."""

from __future__ import annotations

import json

import counterplay as cp
import link
import shelf
import state
from words import say

MOST_BYTES = 1_000_000
_FORMAT = 1


def written(chosen: link.Inputs, text: str | None) -> bytes:
    """Return a screen as the bytes of a file.

    Parameters
    ----------
    chosen : Inputs
    text : str or None
        The model, where it belongs to this session alone.
    """
    document = {"counterplay-screen": _FORMAT, "link": link.written(chosen), "model": text}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def is_screen(raw: bytes) -> bool:
    """Tell whether a file claims to be a saved screen."""
    return b'"counterplay-screen"' in raw[:200]


def opened(raw: bytes, name: str) -> None:
    """Show a saved screen; nothing in it is used before it is checked.

    Raises
    ------
    CounterplayError
        If it is not a screen that can be shown.
    """
    if len(raw) > MOST_BYTES:
        raise cp.CounterplayError(say("saved.too-large", name=name, most=MOST_BYTES))
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError):
        raise cp.CounterplayError(say("saved.not-json", name=name)) from None
    if not isinstance(document, dict) or document.get("counterplay-screen") != _FORMAT:
        raise cp.CounterplayError(say("saved.other-version", name=name))
    address, text = document.get("link"), document.get("model")
    if not isinstance(address, dict) or not all(
        isinstance(part, str) for pair in address.items() for part in pair
    ):
        raise cp.CounterplayError(say("saved.bad-link", name=name))
    if isinstance(text, str):
        address = {**address, "model": shelf.put(address.get("model", "model.yaml"), text)}
    state.use_inputs(link.read(address, shelf.offered(), shelf.scenario_of))
