"""How the change from one setting to another is shared out among the numbers that differ."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

import choices
import counterplay as cp
import frame
from counterplay.report import figures, tables
from text import plain
from words import counted, say

CASES = ("least", "greatest")


def show(scenario: cp.Scenario, change: cp.SettingChange, method: str) -> None:
    """Show what changed in words, each player's change as a picture, and what is possible."""
    if not change.inputs:
        return
    told, of_payoffs, cautions = _sentences(change)
    st.subheader(say("compare.changed"), anchor=False)
    _bullets([*told, *cautions])
    if not change.factors:
        return
    st.subheader(say("compare.which"), anchor=False)
    if change.payoffs:
        _payoff(scenario, change, of_payoffs)
    if change.presence:
        st.markdown(f"**{say('compare.possible')}**")
        st.caption(say("compare.possible-held"))
        frame.table(tables.presence_shares(change))
    st.caption(plain(method))


def _sentences(change: cp.SettingChange) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Return the sentences on what is possible, on payoffs, and on what to mind.

    The first sentence lists the inputs that differ, which have a table.
    """
    grouped = any(len(factor.inputs) > 1 for factor in change.factors)
    begin = 1 + grouped + len(change.presence)
    end = begin + len(_payoff_columns(change))
    return change.words[1:begin], change.words[begin:end], change.words[end:]


def _payoff_columns(change: cp.SettingChange) -> Sequence[str]:
    """Return what each sentence on payoffs is about: the player's name, a comma, the measure."""
    return tables.payoff_shares(change).columns[1:]


def between_models(scenario: cp.Scenario, found: cp.ScenariosComparison) -> None:
    """Show what differs between two models, and what did it where they differ in numbers alone."""
    first, second = (setting.name for setting in found.settings)
    st.subheader(say("compare.in-other", first=plain(first), second=plain(second)), anchor=False)
    both = [each for each in found.inputs if each.before is not None and each.after is not None]
    alone = [each for each in found.inputs if each not in both]
    if both:
        frame.table(_inputs(both, first, second))
    if alone:
        with st.expander(counted("compare.alone", len(alone))):
            frame.table(_inputs(alone, first, second))
    if found.change is None:
        _bullets(found.words[-1:])
    else:
        show(scenario, found.change, found.words[-1])


def _inputs(shown: Sequence[cp.DifferingInput], first: str, second: str) -> tables.Table:
    rows = tuple((each.label, _number(each.before), _number(each.after)) for each in shown)
    return tables.Table("", (say("compare.input"), first, second), rows, (False, True, True))


def _payoff(scenario: cp.Scenario, change: cp.SettingChange, sentences: Sequence[str]) -> None:
    names = [player.id for player in scenario.players]
    left, right = frame.side_by_side()
    with left:
        player = choices.pills(
            say("compare.player"),
            "compare-player",
            names,
            names[0],
            lambda name: choices.player_mark(scenario, name),
        )
        case = "least"
        if _cases_differ(change, player):
            case = choices.pills(
                say("compare.case"),
                "compare-case",
                CASES,
                CASES[0],
                lambda case: say(f"compare.case-{case}"),
            )
        name = f"{scenario.player(player).name}, "
        about = zip(_payoff_columns(change), sentences, strict=True)
        _bullets([sentence for column, sentence in about if column.startswith(name)])
    with right:
        frame.figure(
            lambda: figures.attribution_waterfall(
                change, player, "greatest" if case == "greatest" else "least", frame.theme()
            ),
            "attribution",
        )


def _cases_differ(change: cp.SettingChange, player: str) -> bool:
    least, greatest = (each for each in change.payoffs if each.of == player)
    told = [(each.before, each.after, each.parts) for each in (least, greatest)]
    return told[0] != told[1]


def _bullets(sentences: Sequence[str]) -> None:
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))


def _number(value: float | None) -> str:
    return say("compare.absent") if value is None else f"{value:.6g}"
