"""Choose: which question to work on: a scenario, saved or recent work, a file, a link."""

import streamlit as st

import frame
import opening
import shelf
from sharing import shared, shared_cards
from words import say

st.header(say("choose.title"), anchor=False)
st.caption(say("choose.lead-shared" if shared.is_on() else "choose.lead"))
layout = st.grid(3, min_column_width=330, gap=("medium", "medium"))
for number, name in enumerate(shelf.offered()):
    with layout.cell():
        opening.card(name, number)
st.space("small")
if shared.is_on():
    shared_cards.section()
    st.space("small")
files, links = frame.halves()
with files:
    st.subheader(say("choose.file"), anchor=False)
    opening.file()
    opening.empty_page()
with links:
    st.subheader(say("choose.link"), anchor=False)
    opening.pasted_link()
    opening.recent()
frame.closing_if_solved()
