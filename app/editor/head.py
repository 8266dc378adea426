"""The head of the model page: which model, its facts, what is done with it as a whole."""

from __future__ import annotations

import streamlit as st

import choices
import link
import state
from editor import drafts, files, messages
from text import plain
from words import counted, say


def titles() -> dict[str, str]:
    """Return what the sections are called, each with the number of its faults."""
    found = drafts.completeness(drafts.current())
    named = {}
    for section in link.MODEL_SECTIONS:
        told = messages.of_section(section, found)
        faults = sum(fault.severity == "fault" for fault in told)
        mark = f" :red-badge[{faults}]" if faults else ""
        named[section] = say(f"model.section-{section}") + mark
    return named


def show() -> None:
    """Show the model's name and facts, and why the last edit was not taken, if it was not."""
    with st.container():
        if state.inputs().notice:
            st.warning(plain(state.inputs().notice), icon=":material/info:")
    with st.container(horizontal=True, vertical_alignment="center"):
        choices.model_choice()
        st.caption(_facts())
    files.bar()
    with st.container():
        drafts.say_refused(drafts.refused())


def _facts() -> str:
    """Say of what date the model is, how many numbers are moved, and how it is to be handled."""
    data, moved = drafts.current().data, state.inputs().moved
    facts = [
        say("common.as-of", date=plain(str(data["as_of"]))) if data.get("as_of") else "",
        counted("common.moved", len(moved)) if moved else "",
        plain(str(data.get("marking") or "")),
    ]
    return " · ".join(fact for fact in facts if fact)
