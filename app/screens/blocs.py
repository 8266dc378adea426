"""Two blocs: the same game between two coalitions that each choose together."""

import streamlit as st

import coalitions
import frame
from counterplay.report import tables
from text import plain

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
view = frame.attempt("Cannot form these blocs", lambda: coalitions.view(found, blocs, weights))
with left, st.container(border=True, key="bloc-answer"):
    coalitions.badges(view)
    st.header(
        f"{plain(' with '.join(shorts[p] for p in blocs[0]))} against "
        f"{plain(' with '.join(shorts[p] for p in blocs[1]))}",
        anchor=False,
    )
    st.caption(
        "Utilities are not comparable between governments. To form a bloc at all, each member's "
        "payoff range is scaled to 1 and weighted; the weights are an assumption of this view."
    )
    for profile in view.profiles:
        st.markdown(f"**Stable:** {plain(coalitions.sentence(found, profile))}")
    if not view.profiles:
        st.markdown("**No pair of firm choices is stable between these blocs.**")
    mixed = len(view.solution.equilibria) - len(view.profiles)
    if mixed:
        st.caption(
            f"Mixed outcomes found: {mixed}. Their shares are beliefs that keep the other bloc "
            "undecided; they are given for each player by itself, although members of a bloc "
            "choose together."
        )
        frame.table(tables.blocs(found, view))
    st.caption(plain(view.solution.reason))
with below:
    st.subheader("Weights at which the answer flips", anchor=False)
    st.caption(
        "One member's weight is moved from 0 to 10, the others are held where the sliders are."
    )
    coalitions.flips(found, view, weights)
frame.closing(found)
