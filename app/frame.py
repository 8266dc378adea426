"""What every page is made of: its beginning and end, places, figures with their tables, faults."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import choices
import counterplay as cp
import state
from counterplay.report import figures, tables
from drawn import Drawn, drawn
from text import plain
from words import counted, say

Built = TypeVar("Built")


def opening() -> cp.Findings:
    """Show what every page begins with, and return the findings; stop at a fault."""
    if state.inputs().notice:
        st.warning(plain(state.inputs().notice), icon=":material/link_off:")
    heading = st.container(horizontal=True, vertical_alignment="center")
    with heading:
        choices.model_choice()
        _steps()
    found = attempt(say("common.cannot-solve"), state.findings)
    scenario = found.scenario
    presets = {preset.id: preset.label for preset in scenario.presets}
    moved = counted("common.moved", len(found.moved)) if found.moved else say("common.at-defaults")
    setting = presets[found.preset] if found.preset else moved
    facts = [
        scenario.as_of and say("common.as-of", date=scenario.as_of),
        setting if scenario.parameters else None,
        scenario.marking,
    ]
    heading.caption(" · ".join(plain(fact) for fact in facts if fact))
    return found


def _steps() -> None:
    """Offer to undo the last move, or to do it again."""
    moves = state.history()
    with st.container(horizontal=True, gap="small", width="content"):
        st.button(
            say("common.undo"),
            key="undo",
            icon=":material/undo:",
            type="tertiary",
            disabled=not moves.can_undo,
            on_click=state.undo,
        )
        st.button(
            say("common.redo"),
            key="redo",
            icon=":material/redo:",
            type="tertiary",
            disabled=not moves.can_redo,
            on_click=state.redo,
        )


def closing(found: cp.Findings) -> None:
    """Show what every page ends with: which inputs the page has solved."""
    with st.container(key="digest"):
        st.caption(say("common.digest", digest=found.digest), help=say("common.digest-help"))


def closing_if_solved() -> None:
    """End a page that shows more than the model on screen; that model may have faults."""
    try:
        closing(state.findings())
    except cp.CounterplayError:
        st.caption(say("common.no-digest"))


def attempt(what: str, build: Callable[[], Built]) -> Built:
    """Return what `build` gives; where the engine refuses, show its words and stop the page."""
    try:
        return build()
    except cp.CounterplayError as error:
        reasons = "  \n".join(map(plain, str(error).splitlines()))
        st.error(f"**{what}.** {reasons}")
        if state.inputs().moved:
            _ways_back()
        st.stop()


def _ways_back() -> None:
    with st.container(horizontal=True):
        if state.history().can_undo:
            st.button(say("common.undo"), key="undo-fault", on_click=state.undo)
        st.button(say("common.reset"), key="reset-fault", on_click=state.reset)


def side_by_side() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return a narrow and a wide place, below each other where the window is narrow."""
    layout = st.grid(5, min_column_width=200, gap=("medium", "medium"))
    return layout.cell(column_span=2), layout.cell(column_span=3)


def halves() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return two places of one width, below each other where the window is narrow."""
    layout = st.grid(2, min_column_width=330, gap=("medium", "medium"))
    return layout.cell(), layout.cell()


def theme() -> Literal["light", "dark"]:
    """Return the theme of the browser."""
    return "dark" if st.context.theme.type == "dark" else "light"


def figure(build: Callable[[], figures.Figure], name: str) -> None:
    """Show a figure: its finding, what was held fixed, the picture, and the same as a table."""
    shown = drawing(build, name)
    with st.expander(say("common.as-table")):
        table(shown.table)


def drawing(build: Callable[[], figures.Figure], name: str) -> figures.Figure:
    """Show a figure without its table, and return it."""
    shown = attempt(say("common.cannot-draw"), build)
    st.markdown(f"**{plain(shown.title)}**")
    st.caption(plain(shown.caption))
    with _scrolling():
        picture(drawn(shown), name, padding=4)
    return shown


def picture(shown: Drawn, name: str, padding: int) -> None:
    """Show a picture alone, with its text for those who cannot see it."""
    spec, alt = shown
    st.vega_lite_chart(
        spec=_own_size(spec, padding), theme=None, width="content", key=name, alt=alt
    )


def clickable_picture(shown: figures.Figure, name: str, take: Callable[[], None]) -> None:
    """Show a figure's picture; a click on it is in the session's state under `name`."""
    spec, alt = drawn(shown)
    with _scrolling():
        st.vega_lite_chart(
            spec=_own_size(spec, 4), theme=None, width="content", key=name, alt=alt, on_select=take
        )


def _scrolling() -> DeltaGenerator:
    """Return a place in which a picture wider than the window is scrolled, not the page."""
    return st.container(horizontal=True, wrap=False)


def _own_size(spec: dict[str, Any], padding: int) -> dict[str, Any]:
    # Without these Streamlit squeezes axes and labels into the plot's width and adds a gap below.
    sides = dict.fromkeys(("left", "top", "right", "bottom"), padding)
    return {**spec, "autosize": "pad", "padding": sides}


def wide_picture(shown: Drawn, name: str, height: int) -> None:
    """Show a flat picture over the whole width of its place."""
    fit = {"type": "fit", "contains": "padding"}
    spec, alt = shown
    spec = {**spec, "width": "container", "height": height, "autosize": fit, "padding": 0}
    st.vega_lite_chart(spec=spec, theme=None, width="stretch", height=height, key=name, alt=alt)


def table(shown: tables.Table) -> None:
    """Show a table of text."""
    heads: list[str] = []
    for number, head in enumerate(shown.columns):
        repeated = head in shown.columns[:number]
        heads.append(plain(head) + "\u200b" * number if repeated or not head else plain(head))
    columns = [[plain(row[number]) for row in shown.rows] for number in range(len(shown.columns))]
    st.table(dict(zip(heads, columns, strict=True)), hide_index=True, border="horizontal")


def completeness_badge(completeness: str, reason: str) -> None:
    """Show what is proved about a list of equilibria."""
    words: dict[str, tuple[str, str, Literal["gray", "yellow"]]] = {
        "proved": (say("proof.complete"), ":material/verified:", "gray"),
        "continuum": (say("proof.range"), ":material/verified:", "gray"),
        "unproved": (say("proof.unproved"), ":material/help:", "yellow"),
    }
    label, icon, colour = words[completeness]
    st.badge(label, icon=icon, color=colour, help=plain(reason))
