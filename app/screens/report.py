"""Report: the findings on screen as a file."""

import shlex
from collections import Counter
from functools import partial
from importlib.util import find_spec
from typing import Literal

import streamlit as st

import cards
import choices
import counterplay as cp
import frame
import link
import shelf
import state
from text import plain
from words import counted, say

Level = Literal["brief", "standard", "full"]
LEVELS: tuple[Level, ...] = ("brief", "standard", "full")
FORMATS = {"html": "text/html", "md": "text/markdown", "json": "application/json"}

found = frame.opening()
scenario = found.scenario


@st.cache_data(max_entries=32, show_spinner=False)
def rendered(_found: cp.Findings, digest: str, suffix: str, level: Level) -> bytes:
    del digest
    return cp.render(_found, suffix, level)


def missing_extra(suffix: str) -> str:
    """Return what to install for a report's format, or nothing."""
    needed = ("vl_convert", "jinja2") if suffix == ".html" else ()
    if all(find_spec(name) for name in needed):
        return ""
    return str(cp.MissingExtraError(say("report.a-report", suffix=suffix), "report"))


def downloads(level: Level) -> None:
    """Offer the report in every format that is installed."""
    for suffix, mime in FORMATS.items():
        missing = missing_extra(f".{suffix}")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.download_button(
                say(f"report.format-{suffix}"),
                partial(rendered, found, found.digest, f".{suffix}", level),
                file_name=f"{scenario.id}-{found.digest}.{suffix}",
                mime=mime,
                key=f"download_{suffix}",
                icon=":material/download:",
                on_click="ignore",
                disabled=bool(missing),
                width=150,
            )
            st.caption(plain(missing) or say(f"report.what-{suffix}"))


def basis() -> None:
    """Say what the findings rest on, before they are passed on."""
    bases = Counter(parameter.basis for parameter in scenario.parameters)
    bases += Counter(constant.basis for constant in scenario.constants)
    statuses = Counter(record.status for record in scenario.evidence)
    lines = []
    if bases:
        lines.append(
            say(
                "report.numbers",
                number=bases.total(),
                source=bases["source"],
                expert=bases["expert"],
                placeholder=bases["placeholder"],
            )
        )
        moved = len(found.moved)
        lines.append(counted("report.moved", moved) if moved else say("report.none-moved"))
    if statuses:
        listed = ", ".join(f"{count} {status}" for status, count in statuses.most_common())
        number = len(scenario.evidence)
        lines.append(say("report.claims", number=number, listed=plain(listed)))
    lines.append(plain(found.solution.reason))
    st.markdown("\n".join(f"- {line}" for line in lines))


left, right = frame.side_by_side()
with right:
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
with left:
    st.subheader(say("report.before"), anchor=False)
    basis()
st.subheader(say("report.terminal"), anchor=False)
model = shelf.source(state.inputs().model)
command = ["counterplay", "report", model]
for name, value in found.moved.items():
    command += ["--set", f"{name}={link.number_text(value)}"]
command += ["--level", level, "--out", "report.html"]
st.code(shlex.join(command), language=None, wrap_lines=True)
cards.caveats(found)
frame.closing(found)
