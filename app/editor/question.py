"""What a model is about: its words, whom it advises, what holds today; and its sources."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

import counterplay as cp
import frame
from counterplay.report import tables
from editor import details, drafts, fields, messages
from editor import tables as editing
from editor.inputs import key_of
from text import plain, shortened
from words import say

_LONGEST = 4_000
_NONE = ""
_MOST_NAMES = 80
_SHOWN = 140


def show() -> None:
    """Show the fields at the top of the file."""
    draft = drafts.current()
    found = drafts.completeness(draft)
    for field in fields.QUESTION:
        held = draft.data.get(field)
        value = "" if held is None else str(held)
        key = key_of(f"top-{field}", value)
        st.text_input(
            fields.label_of(field),
            value,
            key=key,
            help=_help(field),
            max_chars=_LONGEST,
            on_change=_take,
            args=(field, key),
        )
        with st.container():
            messages.show_at_field(messages.at_field("", field, found))
    names = fields.players_of(draft)
    if not names:
        return
    _select("focal", ("focal",), names, draft.data.get("focal"))
    st.markdown(f"**{fields.label_of('status_quo')}**")
    st.caption(say("model.status-quo-help"))
    today = draft.data.get("status_quo")
    for player, options in details.options_by_player(draft).items():
        held = today.get(player) if isinstance(today, dict) else None
        _select(f"today-{player}", ("status_quo", player), options, held, names[player])


def _help(field: str) -> str | None:
    return say("model.help-slug") if field == "id" else None


def sources() -> None:
    """Show the evidence register: for editing where it stands in the file."""
    draft = drafts.current()
    held = draft.data.get("evidence")
    if not isinstance(held, str):
        editing.entries("evidence")
        details.pane("evidence")
        return
    st.caption(say("model.register", name=plain(held)))
    if draft.scenario is None:
        return
    st.button(
        say("model.register-copy"),
        key="register-copy",
        on_click=drafts.change,
        args=(_with_register,),
    )
    rows = tuple(
        (record.id, record.status, record.date, shortened(record.claim, _SHOWN))
        for record in draft.scenario.evidence
    )
    heads = tuple(map(fields.label_of, ("id", "status", "date", "claim")))
    frame.table(tables.Table(say("model.section-sources"), heads, rows, (False,) * len(heads)))


def formula_help() -> None:
    """Say what a formula may hold: the grammar, and the names that there are."""
    draft = drafts.current()
    with st.popover(say("model.formulas"), icon=":material/function:", type="tertiary"):
        st.markdown(say("model.grammar"))
        rows = [
            (row["id"], shortened(row.get("label") or row["meaning"], _SHOWN))
            for kind in ("parameters", "constants", "derived")
            for row in cp.entry_rows(draft, kind)
        ]
        if not rows:
            st.caption(say("model.no-numbers"))
            return
        st.markdown(say("model.names"))
        heads = (fields.label_of("id"), fields.label_of("meaning"))
        named = tuple(rows[:_MOST_NAMES])
        frame.table(tables.Table(say("model.names"), heads, named, (False, False)))


def _with_register(draft: cp.Draft) -> cp.Draft:
    """Return a draft that holds its register itself."""
    scenario = draft.scenario
    return draft if scenario is None else cp.set_field(
        draft, "evidence", scenario.canonical().get("evidence", [])
    )  # fmt: skip


def _take(field: str, key: str) -> None:
    typed = st.session_state[key]
    drafts.take(lambda draft: cp.set_field(draft, field, typed))


def _select(
    key: str,
    place: tuple[str, ...],
    words: Mapping[str, str],
    held: object,
    label: str | None = None,
) -> None:
    """Let the user choose an id by its words, or none."""
    offered = [_NONE, *words, *([str(held)] if held and held not in words else [])]
    value = str(held or _NONE)
    widget = key_of(f"top-{key}", value)
    st.selectbox(
        plain(label) if label else fields.label_of(place[0]),
        offered,
        offered.index(value),
        key=widget,
        format_func=lambda one: words.get(one, one) or say("model.not-said"),
        on_change=_take_choice,
        args=(place, widget),
    )


def _take_choice(place: tuple[str, ...], key: str) -> None:
    chosen = st.session_state[key]
    drafts.take(lambda draft: cp.set_field(draft, place, chosen or None))
