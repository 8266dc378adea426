"""What a report holds besides the findings: its checks, what it leaves out, who signs."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import streamlit as st

import choices
import counterplay as cp
import link
import shelf
import state
from background import jobs, watching
from text import plain
from words import say

Level = Literal["brief", "standard", "full"]

_SLOT = "counterplay.paper"
_ROLES = ("commissioner", "analyst", "assurer")
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Paper:
    """What was chosen for a report.

    Attributes
    ----------
    without : tuple of str
        Sections left out.
    signed : dict of str
        Names by role.
    fault : str
        What is wrong with them, or nothing.
    """

    without: tuple[str, ...]
    signed: dict[str, str]
    fault: str


def choose(found: cp.Findings, level: Level) -> Paper:
    """Let the user leave sections out and name who signs; the session remembers."""
    kept = _kept()
    if level != "brief":
        sections = cp.optional_sections()
        choices.fill("report-without", [name for name in sections if name in kept["without"]])
        st.multiselect(
            say("report.without"),
            list(sections),
            default=[name for name in sections if name in kept["without"]],
            key="report-without",
            format_func=sections.__getitem__,
            placeholder=say("report.without-none"),
            help=say("report.without-help"),
            on_change=_keep,
            args=("without",),
        )
    with st.expander(say("report.sign-off")):
        st.caption(say("report.sign-off-help"))
        for role in _ROLES:
            choices.fill(f"report-{role}", kept[role])
            st.text_input(
                say(f"report.{role}"),
                kept[role],
                key=f"report-{role}",
                max_chars=_LONGEST_NAME,
                on_change=_keep,
                args=(role,),
            )
    signed = {role: kept[role].strip() for role in _ROLES if kept[role].strip()}
    without = tuple(kept["without"]) if level != "brief" else ()
    try:
        cp.checked_notes(found, without=without, **signed)
    except cp.CounterplayError as error:
        st.error(plain(str(error)))
        return Paper(without, signed, str(error))
    return Paper(without, signed, "")


def checked(found: cp.Findings, level: Level) -> cp.Analysis | None:
    """Offer to make the checks of a level, and return them once they are made."""
    titles = cp.required_checks(level)
    if not titles:
        return None
    key = ("analysis", found.digest, level)
    job = jobs.desk().known(key)
    if job is None:
        st.caption(say("report.checks-missing", listed="; ".join(titles)))
        st.button(say("report.make-checks"), key="make-checks", on_click=_begin, args=(key, found))
        return None

    def draw(analysis: cp.Analysis) -> None:
        st.caption(say("report.checks-made", draws=f"{analysis.draws:,}", seed=analysis.seed))

    watching.watch(
        watching.Task(
            "report-checks",
            key,
            lambda: watching.of_one_job(key, lambda: _parts(found, level)),
            draw,
            say("report.checking"),
        )
    )
    made: cp.Analysis | None = job.results[-1] if job.is_whole else None
    return made


def terminal(found: cp.Findings, reasons: Mapping[str, str], level: Level, chosen: Paper) -> None:
    """Show the command that writes the same report."""
    st.subheader(say("report.terminal"), anchor=False)
    command = ["counterplay", "report", shelf.source(state.inputs().model)]
    for name, value in found.moved.items():
        command += ["--set", f"{name}={link.number_text(value)}"]
    for name, reason in reasons.items():
        command += ["--because", f"{name}={reason}"]
    for name in chosen.without:
        command += ["--without", name]
    for role, name in chosen.signed.items():
        command += [f"--{role}", name]
    command += ["--level", level, "--out", "report.html"]
    st.code(shlex.join(command), language=None, wrap_lines=True)


def _begin(key: tuple[str, str, Level], found: cp.Findings) -> None:
    watching.begin(key, lambda: _parts(found, key[2]))


def _parts(found: cp.Findings, level: Level) -> list[jobs.Part]:
    return [partial(cp.analyse, found, level)]


def _kept() -> dict[str, Any]:
    fresh: dict[str, object] = {"without": [], **dict.fromkeys(_ROLES, "")}
    kept: dict[str, Any] = st.session_state.setdefault(_SLOT, fresh)
    return kept


def _keep(name: str) -> None:
    _kept()[name] = st.session_state[f"report-{name}"]
