"""Explore: move assumptions and see who does what."""

import streamlit as st

import cards
import frame
from exploring import controls
from text import plain

found = frame.opening()
scenario = found.scenario
if scenario.question:
    st.caption(plain(scenario.question))
# The answer comes first on every width; the sliders lie right of it where there is room.
layout = st.grid(3, min_column_width=330, gap=("medium", "medium"))
# They span more rows than there are, so that their length does not push the others apart.
answer, assumptions = layout.cell(column_span=2), layout.cell(row_span=5)
change, care = layout.cell(), layout.cell()
with assumptions:
    controls.preset_choice(scenario)
    controls.parameter_sliders(found)
    controls.moved_list(scenario)
with answer:
    cards.just_changed(found)
    cards.answer(found)
with change:
    cards.first_breaks(found)
with care:
    cards.caveats(found)
frame.closing(found)
