"""How sure: what remains if players make mistakes, bind themselves, or follow advice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

import choices
import counterplay as cp
import frame
from background import jobs, watching
from counterplay.report import figures, tables
from text import plain
from words import say


def mistakes(found: cp.Findings) -> None:
    """Show how one player's choice sharpens as everybody makes fewer mistakes."""
    scenario = found.scenario
    players = [player.id for player in scenario.players]
    player = choices.pills(
        say("sure.mistakes-of"),
        "mistakes-player",
        players,
        scenario.focal or players[0],
        lambda name: choices.player_mark(scenario, name),
    )

    def draw(branch: cp.QuantalBranch) -> None:
        frame.figure(
            lambda: figures.quantal_lines(found, branch, player, theme=frame.theme()), "quantal"
        )

    _watch(found, "sure-mistakes", [partial(cp.quantal_branch, found.game)], draw)


def commitments(found: cp.Findings) -> None:
    """Show what binding itself first would bring each player."""
    parts = [
        partial(cp.commitment, found.game, player.id, found.solution)
        for player in found.scenario.players
    ]

    def draw(each: list[cp.Commitment]) -> None:
        st.markdown("\n".join(f"- {plain(tables.commitment_words(found, one))}" for one in each))
        frame.table(tables.commitments(found, each))

    st.caption(say("sure.commitment-lead"))
    _watch(found, "sure-commitment", parts, draw)


def advice(found: cp.Findings) -> None:
    """Show what somebody trusted by all could advise so that nobody gains by disobeying."""
    players = found.scenario.players
    aims = [say("sure.advice-fair"), *(say("sure.advice-for", name=p.name) for p in players)]
    parts: list[jobs.Part] = [
        partial(cp.correlated, found.game, "fairness"),
        *(partial(cp.correlated, found.game, player=player.id) for player in players),
    ]

    def draw(each: list[cp.CorrelatedEquilibrium]) -> None:
        st.markdown(plain(tables.advice_words(found, each[0])))
        frame.table(tables.advice(found, list(zip(aims, each, strict=False))))

    st.caption(say("sure.advice-lead"))
    _watch(found, "sure-advice", parts, draw)


def _watch(found: cp.Findings, name: str, parts: Sequence[jobs.Part], draw: watching.Draw) -> None:
    """Show what several parts give together, or the only one by itself."""

    def look() -> tuple[object, jobs.Job]:
        last, job = watching.of_one_job((name, found.digest), lambda: parts)
        return (list(job.results) or None) if len(parts) > 1 else last, job

    busy = say(f"sure.busy-{name.removeprefix('sure-')}")
    # What is drawn names payoffs of the values on screen: those before would be misread.
    watching.watch(watching.Task(name, found.digest, look, draw, busy))
