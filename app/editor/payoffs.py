"""Payoffs as a table: edited cell by cell, pasted from a spreadsheet, taken to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

import counterplay as cp
import state
from editor import drafts, fields, tables
from words import say

_MOST_ROWS = 4_096
_LONGEST = 1_000_000
_PREFIX = "payoff_"


def show() -> None:
    """Show the table of payoffs, and ways to bring one and to take it along."""
    draft = drafts.current()
    if draft.data.get("payoffs") and draft.data.get("players"):
        _cells(draft)
    else:
        st.caption(say("model.payoffs-from-terms"))
    _export(draft)
    _import(draft)


def _cells(draft: cp.Draft) -> None:
    mount = tables.mounted("payoffs")
    rows = cp.payoff_rows(mount.begun)
    if len(rows) > _MOST_ROWS:
        st.caption(say("model.payoffs-many", number=len(rows), most=_MOST_ROWS))
        return
    tables.table(
        "payoffs",
        mount,
        _columns(draft, rows),
        cp.payoff_rows,
        cp.with_payoff_rows,
        can_grow=False,
    )


def _columns(draft: cp.Draft, rows: Sequence[Mapping[str, str]]) -> dict[str, ColumnConfig]:
    names = fields.players_of(draft)
    columns: dict[str, ColumnConfig] = {}
    for column in rows[0] if rows else ():
        player = column.removeprefix(_PREFIX)
        is_payoff = column not in names and player in names
        label = names.get(player, player)
        columns[column] = st.column_config.TextColumn(
            say("model.payoff-of", name=label) if is_payoff else label, disabled=not is_payoff
        )
    return columns


def _export(draft: cp.Draft) -> None:
    if draft.scenario is None:
        st.caption(say("model.payoffs-none"))
        return
    try:
        game = cp.game(draft.scenario, draft.scenario.full_values(state.inputs().moved))
        with st.container(horizontal=True, vertical_alignment="center"):
            for ending, delimiter in (("csv", ","), ("tsv", "\t")):
                st.download_button(
                    say(f"model.payoffs-{ending}"),
                    cp.payoff_table(game, delimiter).encode("utf-8", "backslashreplace"),
                    file_name=f"{draft.scenario.id}-payoffs.{ending}",
                    mime="text/csv",
                    key=f"payoffs-{ending}",
                    icon=":material/download:",
                    on_click="ignore",
                )
    except cp.CounterplayError as error:
        drafts.say_refused(str(error))


def _import(draft: cp.Draft) -> None:
    with st.container(border=True):
        st.markdown(f"**{say('model.payoffs-bring')}**")
        st.caption(say("model.payoffs-form"))
        st.text_area(
            say("model.payoffs-paste"),
            key="payoffs-paste",
            height=140,
            max_chars=_LONGEST,
            placeholder=say("model.payoffs-hint"),
        )
        st.file_uploader(
            say("model.payoffs-file"), type=["csv", "tsv", "txt", "xlsx"], key="payoffs-file"
        )
        with st.container(horizontal=True):
            st.button(say("model.payoffs-new"), key="payoffs-new", on_click=_open)
            if not draft.data.get("terms"):
                st.button(say("model.payoffs-into"), key="payoffs-into", on_click=_put)


def _given() -> cp.Draft:
    """Return the table that was pasted, else the one that was opened, as a model."""
    pasted = st.session_state["payoffs-paste"]
    if pasted.strip():
        return cp.draft_of_payoff_table(pasted)
    file = st.session_state["payoffs-file"]
    if file is None:
        raise cp.CounterplayError(say("model.payoffs-empty"))
    return cp.draft_of_payoff_table(file.getvalue(), file.name)


def _open() -> None:
    try:
        draft = _given()
    except cp.CounterplayError as error:
        drafts.refuse(str(error))
    else:
        drafts.open_as_new(draft)


def _put() -> None:
    drafts.take(lambda draft: cp.with_payoff_rows(draft, cp.payoff_rows(_given())))
