"""What the draft amounts to: its counts, its answer, and what the last edit changed."""

from __future__ import annotations

from functools import partial
from math import prod

import streamlit as st

import cards
import counterplay as cp
import state
from background import jobs
from editor import drafts, messages
from text import plain
from words import say

_AT_ONCE = 128
"""Combinations up to which an answer is worked out while the page is drawn."""

_NO_FLASH = 0.3  # seconds; what is quicker needs no words about waiting
_MOST_OUTCOMES = 3
_MOST_INPUTS = 2


def show(section: str) -> cp.Findings | None:
    """Show the live answer beside a section, and what is missing elsewhere; return the answer."""
    draft = drafts.current()
    found = drafts.completeness(draft)
    answer = None
    with st.container(border=True, key="model-answer"):
        st.markdown(f"**{say('model.live')}**")
        st.caption(plain(found.words))
        if draft.scenario is None:
            st.badge(say("model.unsound"), color="yellow")
        else:
            answer = _answer(found)
    told = [*found.faults, *found.gaps]
    elsewhere = [fault for fault in told if messages.section_of(fault) != section]
    if elsewhere:
        st.markdown(f"**{say('model.missing')}**")
        messages.show(draft, elsewhere)
    return answer


def just_changed(answer: cp.Findings | None) -> None:
    """Say what the edits since the last sound version changed; the line is always there."""
    before = drafts.last_sound()
    if answer is None or before is None or _combinations(before) > _AT_ONCE:
        st.caption(say("model.no-edit"))
        return
    try:
        known = before.full_values()
        moved = {name: value for name, value in answer.moved.items() if name in known}
        changed = cp.what_changed(state.findings_of(before, moved), answer)
    except cp.CounterplayError:  # the version before has no answer at these values
        st.caption(say("model.no-edit"))
        return
    inputs = "; ".join(map(plain, changed.inputs[:_MOST_INPUTS]))
    lead = f"{inputs}. " if inputs else ""
    st.caption(say("model.just", inputs=lead, words=plain(changed.words)))


def _answer(found: cp.Completeness) -> cp.Findings | None:
    try:
        answer = state.findings() if found.profiles <= _AT_ONCE else _beside()
    except cp.CounterplayError as error:
        st.error(f"**{say('common.cannot-solve')}.** {plain(str(error))}")
        return None
    if answer is None:
        return None
    with st.container(horizontal=True):
        cards.badges(answer)
    st.subheader(cards.headline(answer), anchor=False)
    if len(answer.accounts) > 1:
        for k in range(min(len(answer.accounts), _MOST_OUTCOMES)):
            st.markdown(cards.numbered_headline(answer, k))
        hidden = len(answer.solution.equilibria) - _MOST_OUTCOMES
        if hidden > 0:
            st.caption(say("compare.more", number=hidden))
    st.page_link("screens/explore.py", label=say("model.explore"), icon=":material/arrow_forward:")
    return answer


def _beside() -> cp.Findings | None:
    """Return the answer to a large model once it is worked out beside the page."""
    chosen = state.scenario()
    values = chosen.full_values(state.inputs().moved)
    key = ("model", cp.inputs_digest(chosen, values))

    def job() -> jobs.Job:
        return jobs.desk().job(key, lambda: [partial(cp.study, chosen, values)])

    begun = job()
    begun.ended.wait(_NO_FLASH)

    def shown() -> None:
        now = job()
        if now.is_done:
            st.rerun()
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(say("model.working"))
            st.button(say("compare.stop"), key="model-stop", on_click=now.stop)

    if not begun.is_done:
        jobs.look_again(shown)
        return None
    if begun.error:
        st.error(f"**{say('common.cannot-solve')}.** {plain(begun.error)}")
    elif begun.stopped:
        st.caption(say("model.stopped"))
        st.button(
            say("compare.go-on"), key="model-go-on", on_click=jobs.desk().forget, args=(key,)
        )
    found: cp.Findings | None = begun.results[0] if begun.results else None
    return found


def _combinations(scenario: cp.Scenario) -> int:
    return prod(len(player.options) for player in scenario.players)
