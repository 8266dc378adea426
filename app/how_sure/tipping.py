"""How sure: the finding in one sentence, and where each assumption, moved alone, changes it."""

from __future__ import annotations

from functools import partial

import streamlit as st

import counterplay as cp
import frame
from background import jobs, watching
from counterplay.report import figures, tables
from text import plain
from words import counted, say

_NAME = "sure-tipping"


def table_so_far(found: cp.Findings) -> cp.TippingTable | None:
    """Return the tipping points at the values on screen, or those before, or None."""
    result, _ = _look(found)
    known: cp.TippingTable | None = result or watching.last(_NAME, found.scenario.sha256)
    return known


def finding(found: cp.Findings) -> None:
    """Say what is stable, and how near a change is."""
    table, job = _look(found)
    known = table if found.scenario.parameters else None
    st.header(plain(cp.how_sure(found, known)), anchor=False)
    with st.container(horizontal=True):
        frame.completeness_badge(found.solution.completeness, found.solution.reason)
        if table is not None and table.moved:
            number = len({point.parameter for point in table if point.pure})
            st.badge(counted("sure.can-change", number, total=len(table.moved)), color="gray")
        _thin(found)
    st.caption(say("sure.lead" if table is not None or job.is_done else "sure.lead-busy"))


def bars(found: cp.Findings) -> None:
    """Show the tipping points of all assumptions."""
    scenario = found.scenario
    if not scenario.parameters:
        st.markdown(say("sure.plain-tables"))
        return

    def draw(table: cp.TippingTable) -> None:
        frame.figure(
            lambda: figures.tipping_bars(scenario, table, theme=frame.theme()), "tipping-bars"
        )

    busy = say("sure.tipping-busy", number=len(scenario.parameters))
    watching.watch(watching.Task(_NAME, scenario.sha256, lambda: _look(found), draw, busy))


def _look(found: cp.Findings) -> tuple[cp.TippingTable | None, jobs.Job]:
    work = partial(cp.tipping_points, found.scenario, dict(found.values))
    return watching.of_one_job(("tipping", found.digest), lambda: [work])


def _thin(found: cp.Findings) -> None:
    """Warn of the thinnest margin of the first outcome."""
    account = found.accounts[0] if found.accounts else None
    if account is None or account.weakest is None:
        return
    position = [stance.player for stance in account.stances].index(account.weakest)
    if account.stances[position].thin:
        loses = tables.stances(found, 0).rows[position][3].removesuffix(" (thin)")
        name = plain(found.scenario.player(account.weakest).name)
        st.badge(say("sure.thin", name=name, points=plain(loses)), color="yellow")
