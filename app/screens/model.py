"""Model: what it says, edited in tables, with the checker's messages and the live answer."""

from __future__ import annotations

import streamlit as st

import choices
import counterplay as cp
import frame
from editor import (
    adding,
    answer,
    details,
    drafts,
    files,
    guide,
    head,
    messages,
    payoffs,
    question,
    tables,
)
from words import say

_FORMULAS = ("terms", "numbers")
_FORMS = {
    "players": adding.players,
    "assumptions": adding.parameters,
    "terms": adding.terms,
}


def _entries(section: str) -> None:
    st.caption(say(f"model.lead-{section}"))
    if section in _FORMULAS:
        question.formula_help()
    for kind in messages.KINDS[section]:
        if len(messages.KINDS[section]) > 1:
            st.markdown(f"**{say(f'model.kind-{kind}')}**")
        tables.entries(kind)
    if section in _FORMS:
        _FORMS[section]()
    for kind in messages.KINDS[section]:
        details.pane(kind)


def _section(section: str) -> None:
    own = {
        "question": question.show,
        "sources": question.sources,
        "payoffs": payoffs.show,
        "text": files.text,
        "changes": files.changes,
    }
    draft = drafts.current()
    with st.container():
        messages.show(draft, messages.of_section(section, drafts.completeness(draft)))
    if section in own:
        own[section]()
    else:
        _entries(section)


def _readable() -> bool:
    """Tell whether the draft's text can be read as fields at all."""
    try:
        cp.entry_rows(drafts.current(), "players")
    except cp.CounterplayError:
        return False
    return True


frame.attempt(say("common.cannot-solve"), drafts.current)
head.show()
told = st.container()  # what the last edit changed: in sight on every width
layout = st.grid(3, min_column_width=330, gap=("medium", "medium"))
writing, beside = layout.cell(column_span=2), layout.cell()
with writing:
    if _readable():
        titles = head.titles()
        chosen = choices.pills(
            say("model.section"), "model-section", list(titles), "players", titles.__getitem__
        )
        with st.container():  # keeps its place when it is empty, so that nothing below jumps
            if guide.is_needed(drafts.current()):
                guide.show()
        _section(chosen)
    else:
        chosen = "text"
        st.markdown(say("model.unreadable"))
        _section(chosen)
with beside:
    found = answer.show(chosen)
with told:
    answer.just_changed(found)
if found is not None:
    frame.closing(found)
else:
    frame.closing_if_solved()
