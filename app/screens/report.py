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

Level = Literal["brief", "standard", "full"]
LEVELS: dict[Level, str] = {
    "brief": "One page: the finding, what it rests on, caveats.",
    "standard": "One page, then why each outcome holds, how they compare, the blocs, assumptions.",
    "full": "The same, then constants, every deviation and the evidence cited.",
}
FORMATS = {
    "html": ("Web page", "text/html", "With pictures; opens anywhere and prints well."),
    "md": ("Markdown", "text/markdown", "Plain text for other documents."),
    "json": ("JSON", "application/json", "Holds the whole scenario and can be recomputed."),
}

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
    return str(cp.MissingExtraError(f"a {suffix} report", "report"))


def downloads(level: Level) -> None:
    """Offer the report in every format that is installed."""
    for suffix, (label, mime, what) in FORMATS.items():
        missing = missing_extra(f".{suffix}")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.download_button(
                label,
                partial(rendered, found, found.digest, f".{suffix}", level),
                file_name=f"{scenario.id}-{found.digest}.{suffix}",
                mime=mime,
                key=f"download_{suffix}",
                icon=":material/download:",
                on_click="ignore",
                disabled=bool(missing),
                width=150,
            )
            st.caption(plain(missing) or what)


def basis() -> None:
    """Say what the findings rest on, before they are passed on."""
    bases = Counter(parameter.basis for parameter in scenario.parameters)
    bases += Counter(constant.basis for constant in scenario.constants)
    statuses = Counter(record.status for record in scenario.evidence)
    lines = []
    if bases:
        lines.append(
            f"Of **{bases.total()}** numbers, {bases['source']} have a direction from sources, "
            f"{bases['expert']} are expert judgement and **{bases['placeholder']}** placeholders."
        )
        moved = len(found.moved)
        differ = "None was" if moved == 0 else "One was" if moved == 1 else f"**{moved}** were"
        lines.append(f"{differ} moved from the default.")
    if statuses:
        listed = ", ".join(f"{count} {status}" for status, count in statuses.most_common())
        lines.append(f"The register has **{len(scenario.evidence)}** claims: {plain(listed)}.")
    lines.append(plain(found.solution.reason))
    st.markdown("\n".join(f"- {line}" for line in lines))


left, right = frame.side_by_side()
with right:
    st.header("Download the findings", anchor=False)
    st.markdown(f"**{found.title}** at the values on screen.")
    chosen = choices.pills("Length", "report-level", list(LEVELS), "standard", str.capitalize)
    level = next(name for name in LEVELS if name == chosen)
    st.caption(LEVELS[level])
    downloads(level)
with left:
    st.subheader("Before you pass it on", anchor=False)
    basis()
st.subheader("The same from the terminal", anchor=False)
model = shelf.source(state.inputs().model)
command = ["counterplay", "report", model]
for name, value in found.moved.items():
    command += ["--set", f"{name}={link.number_text(value)}"]
command += ["--level", level, "--out", "report.html"]
st.code(shlex.join(command), language=None, wrap_lines=True)
cards.caveats(found)
frame.closing(found)
