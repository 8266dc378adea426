"""One combination of firm choices, of whoever it is: chosen from lists, or set by a click."""

from __future__ import annotations

import streamlit as st

import choices
import counterplay as cp
import frame
import state
from counterplay.report import figures
from text import plain
from words import counted, say

_GRAPH = "reply-graph"


def explained(found: cp.Findings) -> cp.ProfileAccount | None:
    """Return the firm outcome that the page explains, if it is one."""
    numbers = [str(number) for number in range(1, len(found.accounts) + 1)]
    if not numbers:
        return None
    number = state.choice("why-outcome", numbers, "1")
    profile = found.accounts[int(number) - 1].equilibrium.profile
    return None if profile is None else cp.profile_account(found, profile)


def starts(found: cp.Findings) -> dict[str, str]:
    """Return the option of each player to begin with: of the outcome explained, or of today."""
    first = explained(found)
    if first is not None:
        return {stance.player: stance.plays[0][0] for stance in first.stances}
    today = found.scenario.status_quo
    return {
        player.id: today.get(player.id, player.options[0].id) for player in found.scenario.players
    }


def chosen(found: cp.Findings) -> cp.ProfileAccount:
    """Let the user choose what every player does, and explain that combination."""
    profile = []
    for player in found.scenario.players:
        labels = {option.id: option.label for option in player.options}
        mark = choices.player_mark(found.scenario, player.id)
        start = starts(found)[player.id]
        key = f"at-{player.id}"
        profile.append(choices.dropdown(mark, key, list(labels), start, labels.__getitem__))
    return cp.profile_account(found, profile)


def graph(found: cp.Findings) -> None:
    """Show the best-reply graph; a click on a dot chooses that combination."""
    begin = starts(found)
    ids = [
        state.choice(f"at-{player.id}", [o.id for o in player.options], begin[player.id])
        for player in found.scenario.players
    ]
    at = cp.profile_account(found, ids).profile
    # A click is an event of this picture alone: with one key a dot could not be clicked twice.
    key = f"{_GRAPH}-{'-'.join(ids)}"
    shown = frame.attempt(
        say("common.cannot-draw"),
        lambda: figures.pickable_reply_graph(found, at, theme=frame.theme()),
    )
    st.markdown(f"**{plain(shown.title)}**")
    st.caption(plain(shown.caption))
    frame.clickable_picture(shown, key, lambda: _take(found, begin, key))
    with st.expander(say("common.as-table")):
        frame.table(shown.table)


def account(told: cp.ProfileAccount, found: cp.Findings) -> None:
    """Say who does what in a combination, and of each player why it stays or leaves."""
    with st.container(border=True, key="why-account"):
        number = len(told.leavers)
        with st.container(horizontal=True):
            label = counted("why.leavers", number) if number else say("why.stable")
            st.badge(label, color="yellow" if number else "gray")
            if told.regime is not None:
                st.caption(plain(told.regime.label))
        st.subheader(plain(told.headline), anchor=False)
        for stance, words in zip(told.stances, told.sentences, strict=True):
            glyph = choices.player_glyph(found.scenario, stance.player)
            st.markdown(f"{glyph} {plain(words)}")


def _take(found: cp.Findings, begin: dict[str, str], key: str) -> None:
    """Choose the combination that was clicked."""
    picked = st.session_state[key].selection.picked
    if not picked:
        return
    names = str(picked[0]["profile"]).split("/")
    for player, option in zip(found.scenario.players, names, strict=True):
        state.set_choice(f"at-{player.id}", option, begin[player.id])
