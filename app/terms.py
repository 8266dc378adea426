"""Waterfalls with what each of their terms rests on: its sources, with status and date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import streamlit as st

import choices
import counterplay as cp
import frame
from counterplay.report import figures, tables
from text import plain
from words import counted, say

_AS_IS = "as-is"  # no option's id has a hyphen


def changes(deviations: Iterable[Any]) -> dict[str, str]:
    """Return by how much each option instead would change a player's payoff, as text."""
    return {found.option: tables.signed(0.0 - found.loss) for found in deviations}


def switch(
    found: cp.Findings, player: str, name: str, changes: Mapping[str, str], start: str
) -> str:
    """Let the user choose what a player does instead, each option with what it would change."""
    labels = {option.id: option.label for option in found.scenario.player(player).options}

    def words(option: str) -> str:
        if option == _AS_IS:
            return say("why.as-is")
        return say("why.option", label=plain(labels[option]), change=changes[option])

    options = list(dict.fromkeys((start, *changes)))
    return choices.radio(say("why.instead"), name, options, start, words)


def payoffs(found: cp.Findings, told: cp.ProfileAccount) -> None:
    """Show what a player gets in a combination, or what any switch of it would change."""
    names = [player.id for player in found.scenario.players]
    left, right = frame.side_by_side()
    with left:
        mark = partial(choices.player_mark, found.scenario)
        paid = choices.pills(say("why.paid"), "paid-player", names, names[0], mark)
        others = changes(told.stances[names.index(paid)].deviations)
        instead = switch(found, paid, "paid-instead", others, _AS_IS)
    with right:
        if instead == _AS_IS:
            payoff(found, told, paid, "payoff")
        else:
            change(found, told.strategies, paid, instead, "switch")


def change(
    found: cp.Findings, strategies: tuple[Any, ...], player: str, option: str, name: str
) -> None:
    """Show term by term what one switch of a player would change."""
    shown = frame.drawing(
        lambda: figures.deviation_waterfall(
            found, strategies, player, option, theme=frame.theme()
        ),
        name,
    )
    _beside(shown.table, tables.deviation_claims(found, strategies, player, option))


def payoff(found: cp.Findings, account: cp.ProfileAccount, player: str, name: str) -> None:
    """Show term by term what a player gets where everybody has one firm choice."""
    shown = frame.drawing(
        lambda: figures.payoff_waterfall(found, account.profile, player, theme=frame.theme()),
        name,
    )
    _beside(shown.table, tables.contribution_claims(found, player, account.strategies))


def _beside(twin: tables.Table, claims: tables.Table) -> None:
    frame.table(twin)
    if claims.rows:
        with st.expander(counted("why.claims", len(claims.rows))):
            frame.table(claims)
