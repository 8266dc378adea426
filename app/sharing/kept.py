"""Settings kept under a name: snapshots of this session, to come back to or to compare with."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

import link
import state
from history import Setting
from link import Inputs
from text import plain
from words import say

MOST_KEPT = 20

_SLOT = "counterplay.kept"
_NAME = "keep-name"


@dataclass(frozen=True)
class Kept:
    """A setting of a model under a name."""

    name: str
    model: str
    setting: Setting


def settings() -> list[Kept]:
    """Return what this session has kept, the last one first."""
    kept: list[Kept] = st.session_state.setdefault(_SLOT, [])
    return kept


def name_of(chosen: Inputs) -> str:
    """Return the name under which a setting was kept, or nothing."""
    return next((kept.name for kept in settings() if _is(kept, chosen)), "")


def reasons_of(chosen: Inputs) -> dict[str, str]:
    """Return the reasons that this session knows for a setting: kept with it, or seen with it."""
    found = next((kept.setting for kept in settings() if _is(kept, chosen)), None)
    seen = state.histories().get(chosen.model)
    if found is None and seen is not None:
        again = (each for each in reversed(seen.settings) if each.moved == chosen.moved)
        found = next(again, None)
    return dict(found.reasons) if found is not None else {}


def put(chosen: Inputs, name: str) -> None:
    """Keep a setting; the same name or the same setting is kept once."""
    kept = Kept(name, chosen.model, Setting(dict(chosen.moved), dict(chosen.reasons)))
    others = [
        each
        for each in settings()
        if not _is(each, chosen) and (each.name, each.model) != (name, chosen.model)
    ]
    st.session_state[_SLOT] = [kept, *others][:MOST_KEPT]


def keep_button(label: str) -> None:
    """Offer to keep the setting on screen, by default under its label."""
    with st.popover(say("compare.keep"), icon=":material/bookmark_add:", type="tertiary"):
        st.caption(say("compare.keep-help"))
        st.text_input(
            say("compare.keep-name"),
            key=_NAME,
            placeholder=label[: link.LONGEST_NAME],
            max_chars=link.LONGEST_NAME,
        )
        st.button(say("compare.keep-now"), key="keep-now", on_click=_keep, args=(label,))
        if settings():
            st.caption(say("compare.kept-so-far"))
        for place, kept in enumerate(settings()):
            _line(kept, place)


def _line(kept: Kept, place: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(kept.name), width="stretch")
        st.button(
            say("compare.forget"),
            key=f"forget-{place}",
            type="tertiary",
            on_click=_forget,
            args=(kept,),
        )


def _is(kept: Kept, chosen: Inputs) -> bool:
    return kept.model == chosen.model and kept.setting.moved == chosen.moved


def _keep(label: str) -> None:
    put(state.inputs(), link.setting_name(st.session_state[_NAME]) or link.setting_name(label))
    st.session_state[_NAME] = ""


def _forget(kept: Kept) -> None:
    st.session_state[_SLOT] = [each for each in settings() if each != kept]
