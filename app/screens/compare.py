"""Compare: settings side by side, what differs, what changed, and which change did it."""

import streamlit as st

import frame
from comparing import changes, compared, maps, picking, side_cards
from words import say

found = frame.opening()
st.header(say("compare.title"), anchor=False)
st.caption(say("compare.lead"))
sides = compared.sides()
layout = st.grid(2, min_column_width=480, gap=("medium", "medium"))
sound = []
for place, side in enumerate(sides):
    with layout.cell():
        if side_cards.show(side, place):
            sound.append(side)
if len(sides) == 1:
    with layout.cell(), st.container(border=True, height="stretch", key="side-empty"):
        st.subheader(say("compare.beside"), anchor=False)
        picking.picker()
elif compared.is_full():
    st.caption(say("compare.full"))
else:
    with st.expander(say("compare.add"), icon=":material/add:", key="compare-more"):
        picking.picker()
if len(sound) > 1:
    changes.show(sound[0], sound[1:])
    maps.show(found, sound)
frame.closing(found)
