"""Explore: move assumptions and see who does what."""

import streamlit as st

import cards
import controls

found = cards.opening()
scenario = found.scenario
layout = st.grid(3, min_column_width=330, gap=("medium", "medium"))
# The answer is drawn first on every width; the sliders sit right of it where there is room.
left, right, below = (
    layout.cell(column_span=2),
    layout.cell(row_span=2),
    layout.cell(column_span=2),
)
with right:
    controls.model_choice()
    controls.preset_choice(scenario)
    controls.parameter_sliders(scenario)
    controls.moved_list(scenario)
with left:
    cards.answer(found)
with below:
    cards.first_breaks(found)
    cards.caveats(found)
cards.closing(found)
