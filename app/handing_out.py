"""Files that are made when somebody asks for them, and saved by the browser.

The framework's button for downloads remembers what was to be made when the page last ran.  A click
that comes while the page runs again is lost, a name that was typed just before is missing in the
file, and on a busy server the file is gone before the browser asks for it.  So an ordinary button
runs its own part of the page, and what it makes stays in hand until the browser has saved it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import uuid4

import streamlit as st

import counterplay as cp
from text import plain
from words import say

_in_hand = st.components.v2.component(
    "counterplay.saving", js=Path(__file__).with_name("saving.js").read_text(encoding="utf-8")
)


@dataclass(frozen=True)
class File:
    """A file that can be made.

    Attributes
    ----------
    name : str
    mime : str
    make : callable
        Gives its bytes; a `CounterplayError` is shown in place of a file.
    """

    name: str
    mime: str
    make: Callable[[], bytes]


def hand_out(key: str, draw: Callable[[], File | None]) -> None:
    """Draw buttons and save the file that they ask for; the rest of the page does not run.

    Parameters
    ----------
    key : str
        Of this place on the page.
    draw : callable
        Draws the buttons; gives the file of the one that was pressed.
    """
    slot = f"counterplay.in-hand-{key}"
    forget = partial(st.session_state.pop, slot, None)

    @st.fragment
    def shown() -> None:
        asked = draw()
        if asked is not None:
            st.session_state[slot] = _made(asked)
        _in_hand(
            key=f"{key}-saving", data=st.session_state.get(slot), height=0, on_saved_change=forget
        )

    shown()


def _made(asked: File) -> dict[str, str] | None:
    st.toast(say("common.making", name=plain(asked.name)), icon=":material/download:")
    try:
        content = b64encode(asked.make()).decode()
    except cp.CounterplayError as error:
        st.error(plain(str(error)))
        return None
    return {"id": uuid4().hex, "name": asked.name, "mime": asked.mime, "content": content}
