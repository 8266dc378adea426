"""The browser front end: which pages there are.

Pages hold no game theory: they show what the package finds.
"""

from pathlib import Path

import streamlit as st

import state

# A file of our own: for an emoji or a Material icon the browser would ask a font server.
icon = str(Path(__file__).with_name("icon.svg"))
st.set_page_config(page_title="Counterplay", page_icon=icon, layout="wide")
page = st.navigation(
    [
        st.Page("pages/explore.py", title="Explore", url_path="explore", default=True),
        st.Page("pages/why.py", title="Why", url_path="why"),
        st.Page("pages/blocs.py", title="Two blocs", url_path="blocs"),
        st.Page("pages/report.py", title="Report", url_path="report"),
    ],
    position="top",
)
state.begin()
page.run()
