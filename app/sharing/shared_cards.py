"""Saved work on the page: a form for what is on screen, a card for each, and its history."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial

import streamlit as st

import choices
import counterplay as cp
import frame
import link
import shelf
import state
from counterplay.report import tables
from handing_out import File, hand_out
from sharing import shared
from text import plain, shortened
from words import counted, say

_EXPLORE = "screens/explore.py"
_GOTO = "counterplay.shared-goto"
_HISTORY = "counterplay.shared-history"
_SHOWN = 8
_ENTRIES = 40
_WHY = 160
_LONGEST_WHO = 80


def section() -> None:
    """Show saved work, and a form that adds to it."""
    page = st.session_state.pop(_GOTO, None)
    if page is not None:
        st.switch_page(page)
    st.subheader(say("shared.title"), anchor=False)
    st.caption(say("shared.lead"))
    try:
        items, retired = shared.store().items(), shared.store().items(retired=True)
    except cp.CounterplayError as error:
        st.error(plain(str(error)))
        return
    layout = st.grid(3, min_column_width=330, gap=("medium", "medium"))
    with layout.cell(), st.container(border=True, height="stretch", key="card-saving"):
        _form()
    for item in items[:_SHOWN]:
        with layout.cell():
            _card(item)
    if len(items) > _SHOWN:
        label = counted("shared.more", len(items) - _SHOWN)
        with choices.folder(label, "open-saved") as is_open:
            if is_open:
                _further(items[_SHOWN:])
    if retired:
        with choices.folder(counted("shared.retired", len(retired)), "open-retired") as is_open:
            if is_open:
                _retired(retired)
    _history(items)
    shared.settle()


def _form() -> None:
    """Let the user save what is on screen."""
    chosen, base = state.inputs(), shared.opened()
    moved = (
        counted("common.moved", len(chosen.moved)) if chosen.moved else say("common.at-defaults")
    )
    title = plain(shortened(choices.model_title(chosen.model), 60))
    st.markdown(f"**{say('shared.save-title')}**")
    st.caption(say("shared.on-screen", title=title, moved=moved))
    _ask_who()
    with st.form("shared-form", border=False):
        st.text_input(say("shared.name"), key=shared.NAME, max_chars=link.LONGEST_NAME)
        st.text_input(say("shared.why"), key=shared.WHY, max_chars=link.LONGEST_REASON)
        if base is not None:
            st.form_submit_button(
                say("shared.save-changes", name=plain(base.name)),
                key="shared-change",
                on_click=shared.save_changes,
                type="primary",
            )
        with st.container(horizontal=True):
            for kind in ("setting", "report"):
                st.form_submit_button(
                    say(f"shared.save-{kind}"),
                    key=f"shared-{kind}",
                    on_click=shared.save_new,
                    args=(kind,),
                )
    said = shared.said()
    if said is not None and said.is_stored:
        st.caption(f":material/check: {said.words}")
    elif said is not None:
        st.error(said.words)


def _ask_who() -> None:
    if not shared.named_by_proxy():
        choices.fill(shared.WHO, shared.who())
        st.text_input(
            say("shared.who"),
            shared.who(),
            key=shared.WHO,
            max_chars=_LONGEST_WHO,
            on_change=shared.take_who,
        )
    elif shared.who():
        st.caption(say("shared.who-is", who=plain(shared.who())))
    else:
        st.warning(say("shared.who-unknown"))


def _card(item: cp.StoredItem) -> None:
    with st.container(border=True, height="stretch", key=f"card-saved-{item.id}"):
        st.markdown(f"**{plain(item.name)}**")
        with st.container(horizontal=True, gap="small"):
            st.badge(say(f"shared.kind-{item.kind}"), color="gray")
            st.badge(_moved(item), color="gray")
        st.markdown(plain(shortened(_title(item), 60)))
        st.caption(say("shared.by", who=plain(item.who), when=_when(item.at)))
        if item.why:
            st.caption(plain(shortened(item.why, _WHY)))
        _buttons(item)


def _file(item: cp.StoredItem) -> File | None:
    key = f"shared-download-{item.id}"
    if not st.button(say("shared.download"), key=key, type="tertiary"):
        return None
    content = partial(shared.store().content, item)
    return File(f"{item.scenario}-{item.digest}.json", "application/json", content)


def _buttons(item: cp.StoredItem) -> None:
    with st.container(horizontal=True, gap="small", width="content"):
        st.button(
            say("shared.open"),
            key=f"shared-open-{item.id}",
            icon=":material/arrow_forward:",
            on_click=_open,
            args=(item,),
        )
        if item.kind == "report":
            hand_out(f"shared-{item.id}", partial(_file, item))
        st.button(
            say("shared.history"),
            key=f"shared-history-{item.id}",
            type="tertiary",
            on_click=_show_history,
            args=(item.id,),
        )


def _further(items: list[cp.StoredItem]) -> None:
    for item in items:
        with st.container(horizontal=True, vertical_alignment="center"):
            by = say("shared.by", who=plain(item.who), when=_when(item.at))
            st.markdown(f"**{plain(item.name)}** · {_moved(item)} · {by}", width="stretch")
            _buttons(item)


def _retired(items: list[cp.StoredItem]) -> None:
    for item in items:
        with st.container(horizontal=True, vertical_alignment="center"):
            by = say("shared.by", who=plain(item.who), when=_when(item.at))
            st.markdown(f"**{plain(item.name)}** · {by}", width="stretch")
            st.button(
                say("shared.restore"),
                key=f"shared-restore-{item.id}",
                type="tertiary",
                on_click=shared.restore,
                args=(item,),
                disabled=not shared.who(),
            )


def _history(items: list[cp.StoredItem]) -> None:
    """Show what was done to one of them, the last first."""
    chosen = st.session_state.get(_HISTORY)
    item = next((item for item in items if item.id == chosen), None)
    if item is None:
        return
    st.space("small")
    st.markdown(f"**{say('shared.history-of', name=plain(item.name))}**")
    try:
        entries, labels = shared.store().log(item.id, _ENTRIES), shared.labels(item)
    except cp.CounterplayError as error:
        st.error(plain(str(error)))
        return
    names = ("when", "who", "what", "before", "after", "why")
    rows = tuple(
        (_when(entry.at), entry.who, _what(entry, labels), *_change(entry), entry.why)
        for entry in reversed(entries)
    )
    heads = tuple(say(f"shared.column-{name}") for name in names)
    frame.table(tables.Table("", heads, rows, (False,) * len(heads)))
    with st.container(horizontal=True):
        st.button(say("shared.close"), key="shared-close", on_click=_show_history, args=(None,))
        st.button(
            say("shared.retire"),
            key="shared-retire",
            type="tertiary",
            on_click=shared.retire,
            args=(item,),
            disabled=not shared.who(),
            help=say("shared.retire-help"),
        )


def _what(entry: cp.LogEntry, labels: Mapping[str, str]) -> str:
    if entry.action in {"set", "reset"}:
        return say(f"shared.did-{entry.action}", what=labels.get(entry.subject, entry.subject))
    return say(f"shared.did-{entry.action}")


def _change(entry: cp.LogEntry) -> tuple[str, str]:
    """Return what an entry changed from and to, where a reader can do something with it."""
    if entry.action not in {"set", "reset", "rename"}:
        return "", ""
    before, after = (json.loads(text) if text else "" for text in (entry.before, entry.after))
    return _shown(before), _shown(after)


def _shown(value: object) -> str:
    return link.number_text(value) if isinstance(value, float) else str(value)


def _title(item: cp.StoredItem) -> str:
    """Return the title of a model that is on offer, else its id."""
    here = item.scenario in shelf.offered()
    return choices.model_title(item.scenario) if here else item.scenario


def _moved(item: cp.StoredItem) -> str:
    moved = len(item.values)
    return counted("common.moved", moved) if moved else say("common.at-defaults")


def _when(at: str) -> str:
    return say("shared.when", date=at[:10], time=at[11:16])


def _open(item: cp.StoredItem) -> None:
    try:
        shared.show(item)
    except cp.CounterplayError as error:
        shared.tell(str(error))
        return
    st.session_state[_GOTO] = _EXPLORE


def _show_history(item: int | None) -> None:
    st.session_state[_HISTORY] = None if st.session_state.get(_HISTORY) == item else item
