"""How sure: how near a change is, how often the answer stands, what it turns on."""

import streamlit as st

import choices
import frame
from how_sure import futures, play, run, tipping, two_together
from words import say

found = frame.opening()
two_together.begin(found)
tipping.finding(found)
tipping.bars(found)
# The map has a fixed width, more than half of a wide window and all of a narrow one.
layout = st.grid(11, min_column_width=87, gap=("medium", "medium"))
left, right = layout.cell(column_span=6), layout.cell(column_span=5)
with left:
    two_together.show(found)
with right:
    run.show(found)
st.subheader(say("sure.more"), anchor=False)
SECTIONS = {
    "turns": futures.turns,
    "boxes": futures.boxes,
    "robust": futures.robust,
    "commitment": play.commitments,
    "mistakes": play.mistakes,
    "advice": play.advice,
}
for name, show in SECTIONS.items():
    with choices.folder(say(f"sure.section-{name}"), f"open-{name}") as is_open:
        if is_open:
            show(found)
frame.closing(found)
