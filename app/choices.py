"""Widgets that choose: a model, a player, an option, whether a place is open.

Each is filled from the inputs of the session and writes what was chosen back into them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import counterplay as cp
import shelf
import state
from counterplay.report.tables import GLYPHS
from text import plain, told_apart, upright
from words import say

COLOURS = ("blue", "violet", "green", "orange")
"""Streamlit's names for the colours that the theme gives to the first four players."""


def player_mark(scenario: cp.Scenario, player: str) -> str:
    """Return a player's glyph in its colour and its name, as Markdown."""
    names = [candidate.id for candidate in scenario.players]
    if player not in names:
        return say("common.world")
    position = names.index(player)
    colour = COLOURS[position] if position < len(COLOURS) else "gray"
    return f":{colour}[{GLYPHS[position]}] {plain(scenario.players[position].name)}"


def player_glyph(scenario: cp.Scenario, player: str) -> str:
    """Return a player's glyph in its colour, as Markdown."""
    return player_mark(scenario, player).partition(" ")[0]


def model_choice() -> None:
    """Let the user choose among the models on offer."""
    names = list(shelf.offered())
    titles = dict(zip(names, told_apart(map(model_title, names)), strict=True))
    fill("model", state.inputs().model)
    st.selectbox(
        say("common.scenario"),
        names,
        index=names.index(state.inputs().model),
        key="model",
        format_func=lambda name: titles[name],
        on_change=_take_model,
        label_visibility="collapsed",
        width=520,
    )


def pills(
    label: str, name: str, options: Sequence[str], default: str, words: Callable[[str], str]
) -> str:
    """Let the user choose one of a few; `words` gives Markdown."""
    chosen = state.choice(name, options, default)
    fill(name, chosen)
    st.pills(
        label,
        options,
        key=name,
        default=chosen,
        required=True,
        wrap=True,
        format_func=words,
        on_change=_take_choice,
        args=(name, default),
    )
    return chosen


def dropdown(
    label: str, name: str, options: Sequence[str], default: str, words: Callable[[str], str]
) -> str:
    """Let the user choose one from a list; `words` gives plain text."""
    chosen = state.choice(name, options, default)
    fill(name, chosen)
    st.selectbox(
        label,
        options,
        index=options.index(chosen),
        key=name,
        format_func=lambda option: upright(words(option)),
        on_change=_take_choice,
        args=(name, default),
    )
    return chosen


def axes(labels: Mapping[str, str], order: Sequence[str]) -> tuple[str, str]:
    """Let the user choose the two assumptions of a map.

    Parameters
    ----------
    labels : mapping from id to str
        Every assumption that can be an axis.
    order : sequence of str
        The same ids; the first two are the axes where nobody has chosen.
    """
    with st.container(horizontal=True):
        x = dropdown(say("sure.map-x"), "map-x", list(labels), order[0], labels.__getitem__)
        others = [name for name in labels if name != x]
        default = next(name for name in order if name != x)
        y = dropdown(say("sure.map-y"), "map-y", others, default, labels.__getitem__)
    return x, y


def radio(
    label: str, name: str, options: Sequence[str], default: str, words: Callable[[str], str]
) -> str:
    """Let the user choose one of a few that are worth reading; `words` gives Markdown."""
    chosen = state.choice(name, options, default)
    fill(name, chosen)
    st.radio(
        label,
        options,
        index=options.index(chosen),
        key=name,
        format_func=words,
        on_change=_take_choice,
        args=(name, default),
    )
    return chosen


def open_tab(
    name: str, options: Sequence[str], default: str, words: Callable[[str], str]
) -> tuple[str, DeltaGenerator]:
    """Show a tab for each option; return which is open, and its place: the others stay empty."""
    chosen = state.choice(name, options, default)
    labels = {words(option): option for option in options}
    fill(name, words(chosen))
    places = st.tabs(list(labels), key=name, on_change=_take_tab, args=(name, labels, default))
    return chosen, places[options.index(chosen)]


@contextmanager
def folder(label: str, name: str) -> Iterator[bool]:
    """Give a place that opens and closes, and whether it is open."""
    fill(name, state.choice(name, ("no", "yes"), "no") == "yes")
    with st.expander(label, key=name, on_change=lambda: _take_folder(name)) as place:
        yield bool(place.open)


def fill(name: str, value: object) -> None:
    """Give a widget its value; only where it differs, lest a dragged thumb be set back.

    The widget takes the same value as its default: where the run that filled it was cut short, the
    browser knows no other, and would send back the least as if somebody had chosen it.
    """
    if name not in st.session_state or st.session_state[name] != value:
        st.session_state[name] = value


def model_title(name: str) -> str:
    """Return the title of a model on offer; words of its file, not Markdown."""
    try:
        title = shelf.scenario_of(name).title
    except cp.CounterplayError:
        return say("common.unreadable", name=name)
    return say("common.own-title", title=title) if shelf.is_own(name) else title


def _take_model() -> None:
    chosen = st.session_state["model"]
    if chosen in shelf.offered():  # the browser sends the old title of a model that was renamed
        state.use_model(chosen)


def _take_choice(name: str, default: str) -> None:
    if st.session_state[name] is not None:  # empty where the run that filled it was cut short
        state.set_choice(name, st.session_state[name], default)


def _take_tab(name: str, labels: Mapping[str, str], default: str) -> None:
    state.set_choice(name, labels[st.session_state[name]], default)


def _take_folder(name: str) -> None:
    state.set_choice(name, "yes" if st.session_state[name] else "no", "no")
