"""Ways into the work: cards of scenarios, files, links, what this session has seen."""

from __future__ import annotations

from math import prod
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

import choices
import counterplay as cp
import link
import shelf
import state
from editor import drafts
from sharing import saved
from text import plain, shortened
from words import counted, say

_EXPLORE, _MODEL = "screens/explore.py", "screens/model.py"
_GOTO = "counterplay.goto"
_LONGEST_LINK = 8_000
_QUESTION = 170


def card(name: str, number: int) -> None:
    """Show what a model asks and answers, and a way to open it."""
    with st.container(border=True, height="stretch", key=f"card-{number}"):
        try:
            scenario = shelf.scenario_of(name)
            found = state.findings_of(scenario)
        except cp.CounterplayError as error:
            _faulty(name, number, str(error))
            return
        st.markdown(f"**{plain(scenario.title)}**")
        with st.container(horizontal=True, gap="small"):
            st.badge(_status(name), color="gray")
            if scenario.as_of:
                st.badge(say("common.as-of", date=plain(scenario.as_of)), color="gray")
        if scenario.question:
            st.markdown(plain(shortened(scenario.question, _QUESTION)))
        st.markdown(
            "  ".join(choices.player_mark(scenario, player.id) for player in scenario.players)
        )
        st.caption(_size(scenario))
        headline = found.accounts[0].headline if len(found.accounts) == 1 else found.title
        st.caption(say("choose.finding", finding=plain(shortened(headline, _QUESTION))))
        st.button(
            say("choose.open"),
            key=f"open-model-{number}",
            on_click=_open,
            args=(name,),
            icon=":material/arrow_forward:",
        )
    _go()


def file() -> None:
    """Let the user open a scenario, a game or a saved screen."""
    uploaded = st.file_uploader(
        say("choose.file-hint"),
        type=["yaml", "yml", "nfg", "json"],
        key="opened-file",
        label_visibility="visible",
    )
    if uploaded is None:
        return
    try:
        _take_file(uploaded.name, uploaded.getvalue())
    except cp.CounterplayError as error:
        st.error("  \n".join(map(plain, str(error).splitlines())))


def empty_page() -> None:
    """Let the user begin a model of their own."""
    st.button(say("choose.new"), key="new-model", icon=":material/add:", on_click=_begin_new)
    _go()


def pasted_link() -> None:
    """Let the user open a colleague's link."""
    with st.form("pasted-link", border=False):
        pasted = st.text_input(
            say("choose.link-hint"), key="pasted-address", max_chars=_LONGEST_LINK
        )
        if st.form_submit_button(say("choose.open"), key="open-link") and pasted.strip():
            address = dict(parse_qsl(urlsplit(pasted.strip()).query))
            state.use_inputs(link.read(address, shelf.offered(), shelf.scenario_of))
            st.switch_page(_EXPLORE)


def recent() -> None:
    """List the models that this session has worked on, each as it was left."""
    st.subheader(say("choose.recent"), anchor=False)
    seen = [name for name in state.histories() if name in shelf.offered()]
    worked = [name for name in seen if state.histories()[name].settings]
    if not worked:
        st.caption(say("choose.none-recent"))
    for number, name in enumerate(worked):
        history = state.histories()[name]
        setting = history.settings[history.now]
        moved = (
            counted("common.moved", len(setting.moved))
            if setting.moved
            else say("common.at-defaults")
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"{plain(shortened(choices.model_title(name), 60))}: {moved}", width="stretch"
            )
            st.button(
                say("choose.go-on"),
                key=f"recent-{number}",
                type="tertiary",
                on_click=_go_on,
                args=(name,),
            )
    _go()


def _faulty(name: str, number: int, reason: str) -> None:
    st.markdown(f"**{plain(name)}**")
    st.badge(say("choose.faulty"), color="yellow")
    lines = reason.splitlines()
    st.caption("  \n".join(plain(shortened(line, _QUESTION)) for line in lines[:3]))
    st.button(say("choose.mend"), key=f"mend-model-{number}", on_click=_open, args=(name, _MODEL))


def _status(name: str) -> str:
    if shelf.is_own(name):
        return say("choose.own")
    return say("choose.shipped" if name in cp.scenarios() else "choose.local")


def _size(scenario: cp.Scenario) -> str:
    roles = [parameter.role for parameter in scenario.parameters]
    return say(
        "choose.size",
        players=len(scenario.players),
        profiles=prod(len(player.options) for player in scenario.players),
        levers=roles.count("lever"),
        uncertain=roles.count("uncertain"),
    )


def _take_file(name: str, raw: bytes) -> None:
    """Open a file once; it stays in its widget as long as the page is shown."""
    mark = (name, hash(raw))
    if st.session_state.get("opened-mark") == mark:
        return
    if saved.is_screen(raw):
        saved.opened(raw, name)
        page = _EXPLORE
    else:
        draft = cp.draft_of_bytes(raw, name)
        state.use_model(shelf.put(draft.file, draft.text))
        page = _MODEL if draft.scenario is None else _EXPLORE
    st.session_state["opened-mark"] = mark
    st.switch_page(page)


def _open(name: str, page: str = _EXPLORE) -> None:
    if name != state.inputs().model:
        state.use_model(name)
    st.session_state[_GOTO] = page


def _go_on(name: str) -> None:
    history = state.histories()[name]
    setting = history.settings[history.now]
    state.use_inputs(link.Inputs(name, dict(setting.moved), dict(setting.reasons)))
    st.session_state[_GOTO] = _EXPLORE


def _begin_new() -> None:
    drafts.begin_empty()
    st.session_state[_GOTO] = _MODEL


def _go() -> None:
    """Go to the page that a button asked for: callbacks themselves cannot."""
    page = st.session_state.pop(_GOTO, None)
    if page is not None:
        st.switch_page(page)
