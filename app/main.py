"""The browser front end: which pages there are.

Pages hold no game theory: they show what the package finds.
"""

import streamlit as st

import state

st.set_page_config(page_title="Counterplay", page_icon=":material/balance:", layout="wide")
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
