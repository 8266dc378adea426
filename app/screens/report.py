"""Report: the findings on screen as a file, with page one to look at and what to check first."""

import shlex
from functools import partial
from importlib.util import find_spec
from typing import Literal

import streamlit as st

import cards
import checklist
import choices
import counterplay as cp
import frame
import link
import page_one
import shelf
import state
from text import plain
from words import say

Level = Literal["brief", "standard", "full"]
LEVELS: tuple[Level, ...] = ("brief", "standard", "full")
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
    _found: cp.Findings, digest: str, suffix: str, level: Level, reasons: dict[str, str]
) -> bytes:
    del digest
    return cp.render(_found, suffix, level, reasons=reasons)


def missing_extra(suffix: str) -> str:
    """Return what to install for a report's format, or nothing."""
    if all(find_spec(name) for name in DRAWS.get(suffix, ())):
        return ""
    return str(cp.MissingExtraError(say("report.a-report", suffix=suffix), "report"))


def downloads(level: Level) -> None:
    """Offer the report in every format that is installed; a download does not run the page."""
    for suffix, mime in FORMATS.items():
        missing = missing_extra(f".{suffix}")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.download_button(
                say(f"report.format-{suffix}"),
                partial(rendered, found, found.digest, f".{suffix}", level, reasons),
                file_name=f"{found.scenario.id}-{found.digest}.{suffix}",
                mime=mime,
                key=f"download_{suffix}",
                icon=":material/download:",
                on_click="ignore",
                disabled=bool(missing),
                width=150,
            )
            st.caption(plain(missing) or say(f"report.what-{suffix}"))


def terminal(level: Level) -> None:
    """Show the command that writes the same report."""
    st.subheader(say("report.terminal"), anchor=False)
    command = ["counterplay", "report", shelf.source(state.inputs().model)]
    for name, value in found.moved.items():
        command += ["--set", f"{name}={link.number_text(value)}"]
    for name, reason in reasons.items():
        command += ["--because", f"{name}={reason}"]
    command += ["--level", level, "--out", "report.html"]
    st.code(shlex.join(command), language=None, wrap_lines=True)


left, right = frame.side_by_side()
with left:
    st.header(say("report.download"), anchor=False)
    st.markdown(say("report.at-values", title=plain(found.title)))
    chosen = choices.pills(
        say("report.length"),
        "report-level",
        LEVELS,
        "standard",
        lambda level: say(f"report.level-{level}"),
    )
    level = next(name for name in LEVELS if name == chosen)
    st.caption(say(f"report.level-{level}-what"))
    downloads(level)
    st.subheader(say("report.before"), anchor=False)
    checklist.show(found, reasons)
with right:
    st.subheader(say("report.preview"), anchor=False)
    missing = missing_extra(".html")
    if missing:
        st.caption(plain(missing))
    else:
        page_one.show(found)
terminal(level)
cards.caveats(found)
frame.closing(found)
