"""Choosing what is put beside the setting on screen: from a list, or by a colleague's link."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import streamlit as st

import link
import shelf
import state
from comparing import compared
from text import plain, shortened
from words import say

_PICK, _PASTE = "compare-pick", "compare-paste"
_LONGEST = 8_000
_TOLD = 80


def picker() -> None:
    """Let the user put another setting beside those that are there."""
    offers = compared.offers()
    if st.session_state.get(_PICK) not in offers:
        st.session_state[_PICK] = None
    st.selectbox(
        say("compare.pick"),
        list(offers),
        key=_PICK,
        index=None,
        placeholder=say("compare.pick-hint"),
        format_func=lambda text: offers.get(text, ""),
        on_change=_take_pick,
    )
    st.text_input(
        say("compare.paste"),
        key=_PASTE,
        placeholder=say("compare.paste-hint"),
        on_change=_take_paste,
    )
    address = st.session_state[_PASTE].strip()
    if address:
        _, fault = _read(address)
        st.error(plain(fault or say("compare.already")))


def _take_pick() -> None:
    if st.session_state[_PICK] is not None:
        compared.add_text(st.session_state[_PICK])


def _take_paste() -> None:
    """Put a pasted link beside; one that cannot be used stays in the field, for mending."""
    chosen, fault = _read(st.session_state[_PASTE].strip())
    if chosen is not None and not fault and not compared.is_there(chosen):
        compared.add(chosen)
        st.session_state[_PASTE] = ""


def _read(address: str) -> tuple[link.Inputs | None, str]:
    """Return the setting of a link, or why it cannot be compared."""
    if len(address) > _LONGEST:
        return None, say("compare.paste-long", number=_LONGEST)
    try:
        entries = dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
    except ValueError:  # such as a bracket where a host should stand
        entries = {}
    if not entries:
        return None, say("compare.paste-empty")
    entries.setdefault("model", state.inputs().model)
    if entries["model"] not in shelf.offered():
        return None, say("compare.paste-model", name=shortened(entries["model"], _TOLD))
    chosen = link.read(entries, shelf.offered(), shelf.scenario_of)
    if chosen.notice:
        return None, say("compare.paste-fault", reason=chosen.notice)
    return chosen, ""
