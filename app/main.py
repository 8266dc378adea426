"""The browser front end: which pages there are.

Pages hold no game theory: they show what the package finds.
"""

from pathlib import Path

import streamlit as st

import state

# A file of our own: for an emoji or a Material icon the browser would ask a font server.
icon = str(Path(__file__).with_name("icon.svg"))
st.set_page_config(page_title="Counterplay", page_icon=icon, layout="wide")
# Not in a folder named `pages`: beside such a folder Streamlit runs a page by itself at times.
page = st.navigation(
    [
        st.Page("screens/explore.py", title="Explore", url_path="explore", default=True),
        st.Page("screens/why.py", title="Why", url_path="why"),
        st.Page("screens/blocs.py", title="Two blocs", url_path="blocs"),
        st.Page("screens/report.py", title="Report", url_path="report"),
    ],
    position="top",
)
state.begin()
page.run()
