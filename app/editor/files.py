"""A model as a file: saved, opened, begun anew, its text, and how it differs from what it was."""

from __future__ import annotations

from pathlib import PurePath

import streamlit as st

import counterplay as cp
from editor import drafts
from editor.inputs import key_of
from text import plain, shortened
from words import counted, say

_LONGEST_TEXT = 262_144
_MOST_LINES = 400
_MOST_WORDS = 100
_LONGEST_WORDS = 200


def bar() -> None:
    """Show what is done with the whole draft: undo, save, open, begin anew."""
    held, draft = drafts.edits(), drafts.current()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for entry, move, can in (
            ("undo", drafts.undo, bool(held.before)),
            ("redo", drafts.redo, bool(held.undone)),
        ):
            st.button(
                say(f"model.{entry}"),
                key=f"model-{entry}",
                icon=f":material/{entry}:",
                type="tertiary",
                disabled=not can,
                on_click=move,
            )
        st.download_button(
            say("model.save"),
            draft.text.encode("utf-8", "replace"),
            file_name=f"{PurePath(draft.file).stem or 'model'}.yaml",
            mime="application/yaml",
            key="model-save",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )
        with st.popover(say("model.open"), icon=":material/folder_open:", type="tertiary"):
            st.file_uploader(
                say("model.open-help"),
                type=["yaml", "yml", "nfg"],
                key="model-file",
                on_change=_open,
            )
        with st.popover(say("model.new"), icon=":material/add:", type="tertiary"):
            st.button(say("model.new-empty"), key="model-new-empty", on_click=drafts.begin_empty)
            st.button(
                say("model.new-example"),
                key="model-new-example",
                on_click=lambda: drafts.open_as_new(cp.new_draft()),
            )


def text() -> None:
    """Let the user write in the file itself."""
    st.caption(say("model.text-help"))
    now = drafts.current().text
    key = key_of("model-text", now)
    st.text_area(
        say("model.section-text"),
        now,
        key=key,
        height=560,
        max_chars=max(_LONGEST_TEXT, len(now)),
        label_visibility="collapsed",
        on_change=_take_text,
        args=(key,),
    )


def changes() -> None:
    """Show how the draft differs from the version that was opened, by name and by line."""
    opened, draft = drafts.edits().opened, drafts.current()
    if opened.text == draft.text:
        st.caption(say("model.unchanged"))
        return
    st.caption(say("model.against", name=plain(opened.file)))
    if opened.scenario is None or draft.scenario is None:
        st.caption(say("model.no-names"))
    else:
        found = cp.scenario_differences(opened.scenario, draft.scenario)
        lines = [f"- {plain(shortened(one.words, _LONGEST_WORDS))}" for one in found[:_MOST_WORDS]]
        st.markdown("\n".join(lines) or say("model.same-model"))
        if len(found) > _MOST_WORDS:
            st.caption(counted("model.more-lines", len(found) - _MOST_WORDS))
    lines = cp.text_difference(opened, draft).splitlines()
    st.code("\n".join(lines[:_MOST_LINES]), language=None)
    if len(lines) > _MOST_LINES:
        st.caption(counted("model.more-lines", len(lines) - _MOST_LINES))
    st.button(
        say("model.take-back"),
        key="model-take-back",
        on_click=drafts.change,
        args=(lambda draft: draft.with_text(opened.text),),
    )


def _take_text(key: str) -> None:
    typed = st.session_state[key].replace("\r\n", "\n")
    # A text area gives lines that end in \n alone, whatever it was given.
    ends_in_two = "\r\n" in drafts.current().text
    text = typed.replace("\n", "\r\n") if ends_in_two else typed
    drafts.take(lambda draft: draft.with_text(text))


def _open() -> None:
    given = st.session_state["model-file"]
    if given is None:
        return
    try:
        draft = cp.draft_of_bytes(given.getvalue(), given.name)
    except cp.CounterplayError as error:
        drafts.refuse(str(error))
    else:
        drafts.open_as_new(draft)
