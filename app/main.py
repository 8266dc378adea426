"""The browser front end: which pages there are.

Pages hold no game theory: they show what the package finds.
"""

from pathlib import Path

import streamlit as st

import state
from words import say

# A file of our own: for an emoji or a Material icon the browser would ask a font server.
icon = str(Path(__file__).with_name("icon.svg"))
st.set_page_config(page_title="Counterplay", page_icon=icon, layout="wide")
# Not in a folder named `pages`: beside such a folder Streamlit runs a page by itself at times.
FIRST = "explore"
NAMES = ("choose", "explore", "why", "blocs", "sure", "compare", "model", "report")
page = st.navigation(
    [
        st.Page(
            f"screens/{name}.py",
            title=say(f"pages.{name}"),
            url_path=name,
            default=name == FIRST,
        )
        for name in NAMES
    ],
    position="top",
)
state.begin()
page.run()
