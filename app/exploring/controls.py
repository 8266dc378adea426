"""Widgets for the numbers: a parameter becomes a slider, a constant a number field."""

from __future__ import annotations

import math

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import counterplay as cp
import link
import state
from choices import fill, pills, player_mark
from exploring import strips
from exploring.scales import number_format, slider_step, without_noise
from known import constant_help, parameter_help
from text import plain, shortened
from words import say

WORLD = "world"

_CONTESTED = frozenset({"alleged", "denied", "evaded", "unverified"})
_OWN = "-"  # no preset has this id


def preset_choice(scenario: cp.Scenario) -> None:
    """Let the user start from a preset, and go back to the defaults."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if scenario.presets:
            labels = {preset.id: preset.label for preset in scenario.presets}
            chosen = scenario.matching_preset(scenario.full_values(state.inputs().moved))
            if chosen is None:
                labels = {_OWN: say("controls.own-setting")} | labels
            fill("preset", chosen or _OWN)
            st.selectbox(
                say("controls.start"),
                list(labels),
                index=list(labels).index(chosen or _OWN),
                key="preset",
                format_func=lambda preset: labels[preset],
                on_change=_take_preset,
            )
        if scenario.parameters or scenario.constants:
            st.button(
                say("common.reset"),
                key="reset",
                icon=":material/restart_alt:",
                on_click=state.reset,
            )


def parameter_sliders(found: cp.Findings) -> None:
    """Show the sliders of one group at a time, and the constants on request."""
    scenario = found.scenario
    present = {parameter.player for parameter in scenario.parameters}
    groups = [player.id for player in scenario.players if player.id in present]
    groups += [WORLD] if WORLD in present else []
    if groups:
        group = pills(
            say("controls.about"), "group", groups, groups[0], lambda g: player_mark(scenario, g)
        )
        places = {
            parameter.id: _slider(scenario, number)
            for number, parameter in enumerate(scenario.parameters)
            if parameter.player == group
        }
        strips.draw(found, {name: place for name, place in places.items() if place is not None})
    if scenario.constants:
        with st.expander(say("controls.constants")):
            st.caption(say("controls.constants-help"))
            for number in range(len(scenario.constants)):
                _number_field(scenario, number)
    if not groups and not scenario.constants:
        st.caption(say("controls.none"))


def moved_list(scenario: cp.Scenario) -> None:
    """List what was moved, each with a place for the reason and a way back."""
    st.subheader(say("controls.moved"), anchor=False)
    moved = state.inputs().moved
    if not moved:
        st.caption(say("controls.nothing-moved"))
    labels = {parameter.id: parameter.label for parameter in scenario.parameters}
    labels |= {constant.id: constant.meaning or constant.id for constant in scenario.constants}
    for name, value in moved.items():
        label = plain(shortened(labels[name], 60))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            change = f"{link.number_text(state.default_of(name))} → **{link.number_text(value)}**"
            st.markdown(f"{label}: {change}", width="stretch")
            st.button(
                say("common.undo"),
                key=f"undo-{name}",
                type="tertiary",
                on_click=state.set_value,
                args=(name, state.default_of(name)),
            )
        _reason(name, label)


def _reason(name: str, label: str) -> None:
    key = f"reason-{name}"
    fill(key, state.inputs().reasons.get(name, ""))
    st.text_input(
        say("controls.reason", label=label),
        state.inputs().reasons.get(name, ""),
        key=key,
        placeholder=say("controls.reason-hint"),
        max_chars=link.LONGEST_REASON,
        label_visibility="collapsed",
        on_change=_take_reason,
        args=(name,),
    )


def _take_reason(name: str) -> None:
    state.set_reason(name, st.session_state[f"reason-{name}"])


def _slider(scenario: cp.Scenario, number: int) -> DeltaGenerator | None:
    """Show a slider, and return the place below it; none where there is nothing to move."""
    parameter = scenario.parameters[number]
    value = scenario.full_values(state.inputs().moved)[parameter.id]
    if parameter.low == parameter.high:
        value_text = link.number_text(value)
        st.caption(say("controls.fixed", label=plain(parameter.label), value=value_text))
        return None
    step = slider_step(parameter.low, parameter.default, parameter.high)
    name = link.key(parameter.id)
    fill(name, value)
    with st.container(gap=None):
        st.slider(
            _label(scenario, number, value),
            parameter.low,
            parameter.high,
            value,
            step=step,
            format=number_format(parameter.low, parameter.default, step, value),
            key=name,
            help=parameter_help(scenario, number),
            on_change=_take_value,
            args=(parameter.id,),
        )
        return st.empty()


def _label(scenario: cp.Scenario, number: int, value: float) -> str:
    parameter = scenario.parameters[number]
    marks = []
    if parameter.role == "lever":
        marks.append(f":gray-badge[{say('controls.lever')}]")
    if not parameter.evidence:
        marks.append(f":gray-badge[{say('controls.no-source')}]")
    elif all(scenario.record(record).status in _CONTESTED for record in parameter.evidence):
        marks.append(f":yellow-badge[{say('controls.contested')}]")
    if value != parameter.default:
        marks.append(_was(parameter.default))
    return " ".join([plain(parameter.label), *marks])


def _was(default: float) -> str:
    return f":yellow-badge[{say('controls.was', value=link.number_text(default))}]"


def _number_field(scenario: cp.Scenario, number: int) -> None:
    constant = scenario.constants[number]
    value = scenario.full_values(state.inputs().moved)[constant.id]
    name = link.key(constant.id)
    mark = f" {_was(constant.value)}" if value != constant.value else ""
    fill(name, value)
    st.number_input(
        plain(constant.meaning or constant.id) + mark,
        value=value,
        step=max(10.0 ** math.floor(math.log10(abs(constant.value) or 1.0) - 0.5), 1e-9),
        format=number_format(0.1, constant.value, value),
        key=name,
        help=constant_help(scenario, number),
        on_change=_take_value,
        args=(constant.id,),
    )


def _take_preset() -> None:
    if st.session_state["preset"] != _OWN:
        state.use_preset(st.session_state["preset"])


def _take_value(name: str) -> None:
    state.set_value(name, without_noise(st.session_state[link.key(name)]))
