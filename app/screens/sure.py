"""How sure: how near a change is, how often the answer stands, what it turns on."""

import streamlit as st

import choices
import frame
import sure_futures
import sure_map
import sure_play
import sure_run
import sure_tipping
from words import say

found = frame.opening()
sure_map.begin(found)
sure_tipping.finding(found)
sure_tipping.bars(found)
# The map has a fixed width, more than half of a wide window and all of a narrow one.
layout = st.grid(11, min_column_width=87, gap=("medium", "medium"))
left, right = layout.cell(column_span=6), layout.cell(column_span=5)
with left:
    sure_map.show(found)
with right:
    sure_run.show(found)
st.subheader(say("sure.more"), anchor=False)
SECTIONS = {
    "turns": sure_futures.turns,
    "boxes": sure_futures.boxes,
    "robust": sure_futures.robust,
    "commitment": sure_play.commitments,
    "mistakes": sure_play.mistakes,
    "advice": sure_play.advice,
}
for name, show in SECTIONS.items():
    with choices.folder(say(f"sure.section-{name}"), f"open-{name}") as is_open:
        if is_open:
            show(found)
frame.closing(found)
