"""Report: the findings on screen as a file, with page one to look at and what to check first."""

from functools import partial
from importlib.util import find_spec
from typing import Any

import streamlit as st

import cards
import checklist
import choices
import counterplay as cp
import frame
import page_one
import paper
import state
from text import plain
from words import say

LEVELS: tuple[paper.Level, ...] = ("brief", "standard", "full")
FORMATS = {
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "md": "text/markdown",
    "json": "application/json",
}
DRAWS = {
    ".html": ("vl_convert", "jinja2"),
    ".pdf": ("vl_convert", "typst"),
    ".docx": ("vl_convert", "docx"),
    ".xlsx": ("xlsxwriter",),
}

found = frame.opening()
reasons = dict(state.inputs().reasons)


@st.cache_data(max_entries=32, show_spinner=False)
def rendered(
    _made: cp.Findings | cp.Analysis,
    key: tuple[object, ...],
    suffix: str,
    level: paper.Level,
    noted: dict[str, Any],
) -> bytes:
    del key
    return cp.render(_made, suffix, level, **noted)


def missing_extra(suffix: str) -> str:
    """Return what to install for a report's format, or nothing."""
    if all(find_spec(name) for name in DRAWS.get(suffix, ())):
        return ""
    return str(cp.MissingExtraError(say("report.a-report", suffix=suffix), "report"))


def downloads(level: paper.Level, chosen: paper.Paper, analysis: cp.Analysis | None) -> None:
    """Offer the report in every format that is installed; a download does not run the page."""
    noted = {"reasons": reasons, "without": chosen.without, **chosen.signed}
    key = (found.digest, analysis is not None)
    for suffix, mime in FORMATS.items():
        missing = missing_extra(f".{suffix}")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.download_button(
                say(f"report.format-{suffix}"),
                partial(rendered, analysis or found, key, f".{suffix}", level, noted),
                file_name=f"{found.scenario.id}-{found.digest}.{suffix}",
                mime=mime,
                key=f"download_{suffix}",
                icon=":material/download:",
                on_click="ignore",
                disabled=bool(missing or chosen.fault),
                width=150,
            )
            st.caption(plain(missing) or say(f"report.what-{suffix}"))


left, right = frame.side_by_side()
with left:
    st.header(say("report.download"), anchor=False)
    st.markdown(say("report.at-values", title=plain(found.title)))
    length = choices.pills(
        say("report.length"),
        "report-level",
        LEVELS,
        "standard",
        lambda level: say(f"report.level-{level}"),
    )
    level = next(name for name in LEVELS if name == length)
    st.caption(say(f"report.level-{level}-what"))
    analysis = paper.checked(found, level)
    chosen = paper.choose(found, level)
    downloads(level, chosen, analysis)
    st.subheader(say("report.before"), anchor=False)
    checklist.show(found, reasons, analysis)
with right:
    st.subheader(say("report.preview"), anchor=False)
    missing = missing_extra(".html")
    if missing:
        st.caption(plain(missing))
    else:
        page_one.show(found, analysis)
paper.terminal(found, reasons, level, chosen)
cards.caveats(found)
frame.closing(found)
