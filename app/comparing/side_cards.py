"""One card a setting of a comparison: what is stable under it, and who does what."""

from __future__ import annotations

import streamlit as st

import cards
import choices
import counterplay as cp
import state
from comparing import compared
from comparing.compared import Side
from counterplay.report import tables
from sharing import kept
from text import plain
from words import say

_STRIP = (2.2, 3.6, 1.1, 3.2)
_MOST_HEADLINES = 3


def show(side: Side, place: int) -> bool:
    """Show a setting's card, and tell whether the setting has an answer.

    Parameters
    ----------
    place : int
        0 for the setting on screen, else its number beside it.
    """
    with st.container(border=True, height="stretch", key=f"side-{place}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(side.title)}**")
            st.space("stretch")
            _moves(side, place)
        try:
            found = state.findings_of(side.scenario, side.chosen.moved)
        except cp.CounterplayError as error:
            st.error(f"**{say('compare.no-answer')}.** {plain(str(error))}")
            return False
        with st.container(horizontal=True):
            cards.badges(found)
        st.subheader(cards.headline(found), anchor=False)
        _outcomes(found, place)
    return True


def _moves(side: Side, place: int) -> None:
    if place == 0:
        kept.keep_button(side.label)
        return
    st.button(
        say("compare.swap"),
        key=f"swap-{place}",
        icon=":material/swap_horiz:",
        type="tertiary",
        help=say("compare.swap-help"),
        on_click=compared.swap,
        args=(place,),
    )
    st.button(
        say("compare.remove"),
        key=f"remove-{place}",
        icon=":material/close:",
        type="tertiary",
        on_click=compared.remove,
        args=(place,),
    )


def _outcomes(found: cp.Findings, place: int) -> None:
    several = len(found.accounts) > 1
    if several:
        st.markdown(cards.numbered_headline(found, 0))
    if found.accounts:
        _strips(found, place)
    for k in range(1, min(len(found.accounts), _MOST_HEADLINES)):
        st.markdown(cards.numbered_headline(found, k))
    hidden = len(found.solution.equilibria) - _MOST_HEADLINES
    if hidden > 0:
        st.caption(say("compare.more", number=hidden))


def _strips(found: cp.Findings, place: int) -> None:
    """Show one line a player: choice, payoff, what switching would cost."""
    heads = ("answer.chooses", "answer.payoff", "answer.loses")
    for column, head in zip(st.columns(_STRIP, gap="small")[1:], heads, strict=True):
        column.caption(say(head))
    account = found.accounts[0]
    for stance, cells in zip(account.stances, tables.stances(found, 0).rows, strict=True):
        line = st.columns(_STRIP, vertical_alignment="center", gap="small")
        _, chosen, payoff, loses, _ = map(plain, cells)
        line[0].markdown(choices.player_mark(found.scenario, stance.player))
        line[1].markdown(chosen)
        line[2].markdown(payoff)
        if stance.mixes or stance.margin is None:
            line[3].markdown(loses, help=say("answer.indifferent") if stance.mixes else None)
            continue
        with line[3]:
            cards.margin(found, 0, stance.player, f"side-{place}-margin-{stance.player}")
