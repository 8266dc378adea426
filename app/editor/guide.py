"""Steps from an empty page to an answer, each ticked once it is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

import counterplay as cp
import state
from editor import drafts, fields
from words import say

_STEPS: Mapping[str, str] = {
    "question": "question",
    "players": "players",
    "wants": "terms",
    "assumptions": "assumptions",
    "answer": "sources",
}
"""Steps in their order, and the section in which each is done."""


def is_needed(draft: cp.Draft) -> bool:
    """Tell whether some step towards an answer is still to be done."""
    return draft.scenario is None and not all(_done(draft)[step] for step in ("players", "wants"))


def show() -> None:
    """Show the steps, with a button to each that is still to be done."""
    draft = drafts.current()
    done = _done(draft)
    with st.container(border=True, key="model-guide", gap="xxsmall"):
        st.markdown(f"**{say('model.guide')}**")
        for number, (step, section) in enumerate(_STEPS.items(), 1):
            with st.container(horizontal=True, vertical_alignment="center"):
                icon = ":material/check:" if done[step] else ":material/radio_button_unchecked:"
                told = say(f"model.step-{step}")
                st.markdown(f"{icon} **{number}** {told}", width="stretch")
                st.button(
                    say("model.go"),
                    key=f"go-{step}",
                    type="tertiary",
                    on_click=state.set_choice,
                    args=("model-section", section, "players"),
                )


def _done(draft: cp.Draft) -> dict[str, bool]:
    players = fields.players_of(draft)
    counts = dict.fromkeys(players, 0)
    for row in cp.entry_rows(draft, "options"):
        counts[row["player"]] = counts.get(row["player"], 0) + 1
    paid = {row["player"] for row in cp.entry_rows(draft, "terms")}
    data: Mapping[str, Any] = draft.data
    return {
        "question": bool(data.get("question")),
        "players": len(players) > 1 and all(count > 1 for count in counts.values()),
        "wants": bool(players) and (bool(data.get("payoffs")) or set(players) <= paid),
        "assumptions": bool(data.get("parameters")),
        "answer": draft.scenario is not None,
    }
