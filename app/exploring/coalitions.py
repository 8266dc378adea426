"""The two-bloc view: who stands together, how much each counts, and where the answer flips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

import counterplay as cp
import frame
import link
import state
from choices import fill, player_mark
from counterplay.report import tables
from exploring.scales import number_format, without_noise
from text import plain
from words import counted, say

_MAX_FLIPS = 4


def members(scenario: cp.Scenario) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Let the user choose who forms the first bloc; the others form the second."""
    first, second = _blocs(scenario)
    fill("first-bloc", list(first))
    st.pills(
        say("blocs.first"),
        [player.id for player in scenario.players],
        default=list(first),
        key="first-bloc",
        selection_mode="multi",
        wrap=True,
        format_func=lambda player: player_mark(scenario, player),
        on_change=_take_bloc,
        args=(scenario,),
    )
    st.caption(say("blocs.second"))
    return first, second


def weights(scenario: cp.Scenario, blocs: Sequence[Sequence[str]]) -> dict[str, float]:
    """Let the user weigh the members of each bloc that has several."""
    weights = {}
    for player in [name for bloc in blocs if len(bloc) > 1 for name in bloc]:
        name = f"weight-{player}"
        weights[player] = float(state.inputs().choices.get(name, "1"))
        fill(name, weights[player])
        was = say("controls.was", value=1)
        moved = f" :yellow-badge[{was}]" if weights[player] != 1 else ""
        st.slider(
            say("blocs.weight", name=player_mark(scenario, player)) + moved,
            0.0,
            link.MAX_WEIGHT,
            weights[player],
            step=0.1,
            format=number_format(0.1, weights[player]),
            key=name,
            help=say("blocs.weight-help"),
            on_change=_take_weight,
            args=(name,),
        )
    if weights:
        st.button(say("blocs.equal"), key="equal-weights", on_click=_reset_weights)
    else:
        st.caption(say("blocs.nothing-to-weigh"))
    return weights


def view(
    found: cp.Findings, coalitions: Sequence[Sequence[str]], weights: dict[str, float]
) -> cp.BlocView:
    """Return the two-bloc view of findings."""
    return _between(found, found.digest, [list(bloc) for bloc in coalitions], weights)


def named(names: Mapping[str, str], bloc: Sequence[str]) -> str:
    """Return the names of a bloc's members, as Markdown."""
    return plain(say("blocs.with").join(names[player] for player in bloc))


def badges(view: cp.BlocView) -> None:
    """Show how many firm outcomes two blocs have, and what is known about the list."""
    number = len(view.profiles)
    with st.container(horizontal=True):
        label = counted("blocs.firm", number) if number else say("answer.no-firm")
        st.badge(label, color="gray" if number == 1 else "yellow")
        frame.completeness_badge(view.solution.completeness, view.solution.reason)


def flips(found: cp.Findings, view: cp.BlocView, weights: Mapping[str, float]) -> None:
    """Say at which weights of a member the outcomes between two blocs change."""
    if not view.flips:
        st.markdown(say("blocs.no-flip"))
        return
    nearest = sorted(view.flips, key=lambda flip: abs(flip.weight - weights[flip.player]))
    lines = []
    for flip in nearest[:_MAX_FLIPS]:
        name, now = found.scenario.player(flip.player).name, weights[flip.player]
        rises = flip.weight >= now
        before, after = (flip.below, flip.above) if rises else (flip.above, flip.below)
        lines.append(
            say(
                "blocs.flip-above" if rises else "blocs.flip-below",
                name=plain(name),
                weight=f"{flip.weight:.3g}",
                now=f"{now:g}",
                change=plain(_difference(found, before, after)),
            )
        )
    st.markdown("\n".join(lines))
    rows = [
        (
            found.scenario.player(flip.player).name,
            f"{flip.weight:.3g}",
            tables.profiles_text(found, flip.below),
            tables.profiles_text(found, flip.above),
        )
        for flip in view.flips
    ]
    heads = ("blocs.member", "blocs.at-weight", "blocs.chosen-below", "blocs.chosen-above")
    columns = tuple(map(say, heads))
    with st.expander(say("common.all-of-them")):
        twin = tables.Table(say("blocs.flips"), columns, tuple(rows), (False, True, False, False))
        frame.table(twin)


def _blocs(known: cp.Scenario) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the two coalitions on screen: the scenario's own unless others were chosen."""
    names = [player.id for player in known.players]
    chosen = state.inputs().choices.get("first-bloc")
    if chosen is None and known.blocs:
        return known.blocs[0], known.blocs[1]
    first = chosen.split(".") if chosen else names[:1]
    return tuple(first), tuple(name for name in names if name not in first)


def _difference(
    found: cp.Findings, before: Sequence[Sequence[int]], after: Sequence[Sequence[int]]
) -> str:
    """Say what one player after another would then choose differently."""
    if not after:
        return say("blocs.none-left")
    changes = []
    for position, player in enumerate(found.scenario.players):
        old, new = ({profile[position] for profile in side} for side in (before, after))
        if old != new:
            labels = [say("common.quoted", label=player.options[at].label) for at in sorted(new)]
            chosen = say("common.or").join(labels)
            changes.append(say("blocs.chooses", name=player.name, labels=chosen))
    return say("blocs.change", changes="; ".join(changes) or say("blocs.other-combinations"))


def _take_bloc(scenario: cp.Scenario) -> None:
    """Remember who forms the first bloc; a choice that leaves a bloc empty is not taken."""
    chosen = st.session_state["first-bloc"]
    names = [player.id for player in scenario.players]
    default = scenario.blocs[0] if scenario.blocs else names[:1]
    if 0 < len(chosen) < len(names):
        ordered = [name for name in names if name in chosen]
        state.set_choice("first-bloc", ".".join(ordered), ".".join(default))


def _take_weight(name: str) -> None:
    state.set_choice(name, link.number_text(without_noise(st.session_state[name])), "1")


def _reset_weights() -> None:
    """Set the weights of all bloc members back to 1."""
    kept = {
        name: text
        for name, text in state.inputs().choices.items()
        if not name.startswith("weight-")
    }
    state.inputs().choices = kept


@st.cache_data(max_entries=64, show_spinner=False)
def _between(
    _found: cp.Findings, digest: str, coalitions: list[list[str]], weights: dict[str, float]
) -> cp.BlocView:
    del digest  # it stands for the findings in the cache
    return cp.bloc_view(_found.game, coalitions, weights)
