"""Page one of the report, as it will be read."""

from __future__ import annotations

from base64 import b64encode
from functools import partial

import streamlit as st

import counterplay as cp
from background import watching
from words import say

_HEIGHT = 1_160  # a sheet of paper as wide as its place


def show(found: cp.Findings, analysis: cp.Analysis | None) -> None:
    """Show the first page; drawing it takes seconds the first time, so it is drawn beside."""

    def parts() -> list[partial[bytes]]:
        return [partial(cp.render, analysis or found, ".html", "brief")]

    key = ("page-one", found.digest, analysis.level if analysis else "")
    watching.watch(
        watching.Task(
            name="page-one",
            subject=found.scenario.sha256,
            look=lambda: watching.of_one_job(key, parts),
            draw=_frame,
            busy=say("report.drawing"),
        )
    )


def _frame(page: bytes) -> None:
    # A data address has no origin: the page inside could not reach the app even if it held code.
    address = f"data:text/html;charset=utf-8;base64,{b64encode(page).decode()}"
    with st.container(border=True, key="page-one"):
        st.iframe(address, height=_HEIGHT, alt=say("report.preview"))
