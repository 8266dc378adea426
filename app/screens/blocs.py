"""Two blocs: the same game between two coalitions that each choose together."""

import streamlit as st

import counterplay as cp
import frame
from counterplay.report import tables
from exploring import coalitions
from text import plain
from words import say

found = frame.opening()
scenario = found.scenario
names = [player.id for player in scenario.players]
shorts = {player.id: player.name for player in scenario.players}
layout = st.grid(3, min_column_width=330, gap=("medium", "medium"))
left, right, below = (
    layout.cell(column_span=2),
    layout.cell(row_span=2),
    layout.cell(column_span=2),
)
with right:
    blocs = coalitions.members(scenario)
    weights = coalitions.weights(scenario, blocs)
view = frame.attempt(say("blocs.cannot-form"), lambda: coalitions.view(found, blocs, weights))
with left, st.container(border=True, key="bloc-answer"):
    coalitions.badges(view)
    st.header(
        say(
            "blocs.title",
            first=coalitions.named(shorts, blocs[0]),
            second=coalitions.named(shorts, blocs[1]),
        ),
        anchor=False,
    )
    st.caption(say("blocs.assumption"))
    for profile in view.profiles:
        st.markdown(say("blocs.stable", words=plain(cp.profile_account(found, profile).headline)))
    if not view.profiles:
        st.markdown(say("blocs.none-stable"))
    mixed = len(view.solution.equilibria) - len(view.profiles)
    if mixed:
        st.caption(say("blocs.mixed", number=mixed))
        frame.table(tables.blocs(found, view))
    st.caption(plain(view.solution.reason))
with below:
    st.subheader(say("blocs.flips"), anchor=False)
    st.caption(say("blocs.flips-held"))
    coalitions.flips(found, view, weights)
frame.closing(found)
