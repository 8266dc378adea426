"""Report: the findings on screen as a file."""

import streamlit as st

import cards
import controls
import counterplay as cp
import state

LEVELS = {
    "brief": "One page: the finding, what it rests on, caveats.",
    "standard": "Also why each outcome holds, how they compare, the two blocs, all assumptions.",
    "full": "Also constants, every deviation and the evidence cited.",
}
FORMATS = {
    "html": ("Web page", "text/html", "With pictures; opens anywhere, prints well."),
    "md": ("Markdown", "text/markdown", "Plain text for other documents."),
    "json": (
        "JSON",
        "application/json",
        "Holds the whole scenario; `counterplay verify` recomputes it.",
    ),
}

found = cards.opening()
st.header("Take the findings along", anchor=False)
st.markdown(f"**{found.title}** at the values on screen.")
level = controls.pills("Length", "report-level", list(LEVELS), "standard", str.capitalize)
st.caption(LEVELS[level])
for suffix, (label, mime, what) in FORMATS.items():
    with st.container(horizontal=True, vertical_alignment="center"):
        try:
            content = state.rendered(found, f".{suffix}", level)
        except cp.MissingExtraError as error:
            st.button(label, disabled=True, width=140, key=f"missing_{suffix}")
            st.caption(str(error))
            continue
        st.download_button(
            label,
            content,
            file_name=f"{found.scenario.id}-{found.digest}.{suffix}",
            mime=mime,
            key=f"download_{suffix}",
            icon=":material/download:",
            on_click="ignore",
            width=140,
        )
        st.caption(f"{what} {len(content) / 1000:,.0f} kB.")
settings = "".join(
    f" --set {name}={state.number_text(value)}" for name, value in found.moved.items()
)
st.subheader("The same from the terminal", anchor=False)
model = state.offered()[state.inputs().model]
command = f"counterplay report {model}{settings} --level {level} --out report.html"
st.code(command, language="shell", wrap_lines=True)
cards.caveats(found)
cards.closing(found)
