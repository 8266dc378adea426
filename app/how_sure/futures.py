"""How sure: what an outcome turns on, where it is concentrated, which choice holds up."""

from __future__ import annotations

from functools import partial

import streamlit as st

import choices
import counterplay as cp
import frame
from background import jobs, watching
from counterplay.report import figures, tables
from how_sure import run
from text import plain
from words import say

_TURNS, _BOXES, _FUTURES, _LEVERS = 256, 2000, 500, 250
"""Draws: seconds each, on the flagship."""


def turns(found: cp.Findings) -> None:
    """Show which assumptions decide whether an outcome is stable, or what a player gets."""
    if run.is_certain(found):
        return
    scenario = found.scenario
    names = {regime.id: regime.label for regime in scenario.regimes}
    names |= {p.id: say("sure.payoff-of", name=p.name) for p in scenario.players}
    start = next(iter(names))
    target = choices.dropdown(
        say("sure.turns-of"), "turns-on", list(names), start, names.__getitem__
    )
    work = partial(cp.drivers, scenario, _TURNS, run.seed(), run.held(found), target=target)

    def draw(result: cp.Drivers) -> None:
        frame.figure(
            lambda: figures.driver_bars(result, target, theme=frame.theme()), "driver-bars"
        )

    _watch(found, "sure-turns", (target,), work, draw)


def boxes(found: cp.Findings) -> None:
    """Show the conditions under which a kind of outcome is concentrated."""
    if run.is_certain(found):
        return
    scenario = found.scenario
    labels = {regime.id: regime.label for regime in scenario.regimes}
    if not labels:
        st.markdown(say("sure.no-kinds"))
        return
    regime = choices.dropdown(
        say("sure.boxes-of"), "boxes-of", list(labels), _present(found), labels.__getitem__
    )
    work = partial(cp.discover, scenario, _BOXES, run.seed(), regime, run.held(found))

    def draw(result: cp.Discovery) -> None:
        frame.figure(
            lambda: figures.discovery_boxes(scenario, result, theme=frame.theme()), "boxes"
        )
        _in_words(result.words)

    _watch(found, "sure-boxes", (regime,), work, draw)


def robust(found: cp.Findings) -> None:
    """Show how each option of a player does across the futures, and what committing brings."""
    if run.is_certain(found):
        return
    scenario = found.scenario
    players = [player.id for player in scenario.players]
    player = choices.pills(
        say("sure.robust-of"),
        "robust-player",
        players,
        scenario.focal or players[0],
        lambda name: choices.player_mark(scenario, name),
    )
    work = partial(
        cp.robust_choice,
        scenario,
        _FUTURES,
        run.seed(),
        run.held(found),
        player=player,
    )

    def draw(result: cp.RobustChoice) -> None:
        frame.figure(
            lambda: figures.robust_options(scenario, result, theme=frame.theme()), "robust"
        )
        _in_words(result.words)

    _watch(found, "sure-robust", (player,), work, draw)
    _levers(found, player)


def _levers(found: cp.Findings, player: str) -> None:
    """Offer to search the player's levers as well, where it has some."""
    scenario = found.scenario
    own = [p for p in scenario.parameters if p.role == "lever" and p.player == player]
    if not own:
        st.caption(say("sure.no-levers", name=plain(scenario.player(player).name)))
        return
    key = ("levers", *run.mark(found), run.seed(), player)
    values = run.held(found)
    work = partial(cp.robust_levers, scenario, _LEVERS, run.seed(), values, player=player)
    if jobs.desk().known(key) is None:
        listed = ", ".join(plain(say("common.quoted", label=p.label)) for p in own)
        st.button(
            say("sure.levers-button"),
            key="levers-button",
            help=say("sure.levers-help", listed=listed),
            on_click=lambda: watching.begin(key, lambda: [work]),
        )
        return

    def draw(result: cp.RobustLevers) -> None:
        st.markdown(plain(result.words))
        with st.expander(say("sure.levers-table")):
            frame.table(tables.lever_settings(scenario, result))

    watching.watch(
        watching.Task(
            "sure-levers",
            key,
            lambda: watching.of_one_job(key, lambda: [work]),
            draw,
            say("sure.levers-busy"),
        )
    )


def _in_words(words: str) -> None:
    with st.expander(say("sure.in-words")):
        st.markdown(plain(words))


def _present(found: cp.Findings) -> str:
    """Return the kind of the first outcome that is stable now, else the first of the file."""
    for account in found.accounts:
        for regime, _ in account.outcomes:
            if regime is not None:
                return regime.id
    return found.scenario.regimes[0].id


def _watch(
    found: cp.Findings,
    name: str,
    of: tuple[str, ...],
    work: jobs.Part,
    draw: watching.Draw,
) -> None:
    key = (name, *run.mark(found), run.seed(), *of)
    watching.watch(
        watching.Task(
            name,
            (found.scenario.sha256, *of),
            lambda: watching.of_one_job(key, lambda: [work]),
            draw,
            say(f"sure.busy-{name.removeprefix('sure-')}"),
        )
    )
