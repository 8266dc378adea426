"""Widgets for the numbers: a parameter becomes a slider, a constant a number field."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import streamlit as st

import counterplay as cp
import link
import state
from choices import fill, pills, player_mark
from text import plain, shortened

WORLD = "world"

_BASES = {
    "source": "sources carry its direction",
    "expert": "expert judgement",
    "placeholder": "placeholder, nothing supports its size",
}
_CONTESTED = frozenset({"alleged", "denied", "evaded", "unverified"})
_OWN = "-"  # no preset has this id


def preset_choice(scenario: cp.Scenario) -> None:
    """Let the user start from a preset, and go back to the defaults."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if scenario.presets:
            labels = {preset.id: preset.label for preset in scenario.presets}
            chosen = scenario.matching_preset(scenario.full_values(state.inputs().moved))
            if chosen is None:
                labels = {_OWN: "Own setting"} | labels
            fill("preset", chosen or _OWN)
            st.selectbox(
                "Starting point",
                list(labels),
                key="preset",
                format_func=lambda preset: labels[preset],
                on_change=_take_preset,
            )
        if scenario.parameters or scenario.constants:
            st.button("Reset", key="reset", icon=":material/restart_alt:", on_click=state.reset)


def parameter_sliders(scenario: cp.Scenario) -> None:
    """Show the sliders of one group at a time, and the constants on request."""
    present = {parameter.player for parameter in scenario.parameters}
    groups = [player.id for player in scenario.players if player.id in present]
    groups += [WORLD] if WORLD in present else []
    if groups:
        group = pills(
            "Assumptions about", "group", groups, groups[0], lambda g: player_mark(scenario, g)
        )
        for number, parameter in enumerate(scenario.parameters):
            if parameter.player == group:
                _slider(scenario, number)
    if scenario.constants:
        with st.expander("Advanced: constants"):
            st.caption("Fixed numbers of the model, never sampled. Change them on purpose.")
            for number in range(len(scenario.constants)):
                _number_field(scenario, number)
    if not groups and not scenario.constants:
        st.caption("This model has no assumptions to move: its payoffs are plain tables.")


def moved_list(scenario: cp.Scenario) -> None:
    """List what was moved, each with a way back."""
    moved = state.inputs().moved
    if not moved:
        return
    st.subheader("Moved from the defaults", anchor=False)
    labels = {parameter.id: parameter.label for parameter in scenario.parameters}
    labels |= {constant.id: constant.meaning or constant.id for constant in scenario.constants}
    for name, value in moved.items():
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            change = f"{link.number_text(state.default_of(name))} → **{link.number_text(value)}**"
            st.markdown(f"{plain(shortened(labels[name], 60))}: {change}", width="stretch")
            st.button(
                "Undo",
                key=f"undo-{name}",
                type="tertiary",
                on_click=state.set_value,
                args=(name, state.default_of(name)),
            )


def slider_step(low: float, default: float, high: float) -> float:
    """Return a round step, about a hundredth of the range, that meets the default.

    It meets the upper end as well where that is possible.

    Examples
    --------
    >>> slider_step(1.0, 3.5, 6.0), slider_step(0.0, 0.8, 3.0), slider_step(0.05, 0.35, 0.75)
    (0.05, 0.05, 0.01)
    """
    ends = [Fraction(repr(number)) for number in (low, default, high)]
    target = float(ends[2] - ends[0]) / 100
    power = math.floor(math.log10(target))
    round_steps = [
        Fraction(digit) * Fraction(10) ** exponent
        for exponent in range(power - 3, power + 2)
        for digit in (1, 2, 5)
    ]
    # Of two steps equally near the coarser reads better: 0.01 for a range of 0.7.
    near = sorted(round_steps, key=lambda step: abs(math.log(float(step) / (1.1 * target))))
    for marks in (ends[1:], ends[1:2]):
        for step in near:
            if 0.2 * target < step < 3 * target and all((m - ends[0]) % step == 0 for m in marks):
                return float(step)
    span = float(ends[1] - ends[0]) or float(ends[2] - ends[0])
    return span / max(1, round(span / target))


def number_format(*numbers: float) -> str:
    """Return the format that shows all the numbers alike, with six decimals at most.

    Examples
    --------
    >>> number_format(0.05, 3.5), number_format(1.0), number_format(0.4137), number_format(1e-9)
    ('%.2f', '%.0f', '%.4f', '%.6g')
    """
    sizes = [abs(number) for number in numbers if number != 0]
    if sizes and (min(sizes) < 1e-6 or max(sizes) >= 1e9):
        return "%.6g"
    for places in range(6):
        if all(math.isclose(number, round(number, places), abs_tol=1e-12) for number in numbers):
            return f"%.{places}f"
    return "%.6f"


def parameter_help(scenario: cp.Scenario, number: int) -> str:
    """Return what is known about parameter `number`, as Markdown."""
    parameter = scenario.parameters[number]
    span = f"{link.number_text(parameter.low)} to {link.number_text(parameter.high)}"
    lines = [
        plain(parameter.meaning or parameter.label),
        f"**Unit** {plain(parameter.unit)}  \n**Range** {span}, default "
        f"{link.number_text(parameter.default)}  \n**Basis** {_BASES[parameter.basis]}; "
        f"confidence {parameter.confidence}  \n{_statuses(scenario, parameter.evidence)}",
    ]
    if parameter.if_wrong:
        lines.append(f"**If wrong** {plain(parameter.if_wrong)}")
    if parameter.observable:
        lines.append(f"**To watch** {plain(parameter.observable)}")
    return "\n\n".join([*lines, *_claims(scenario, parameter.evidence)])


def without_noise(value: float) -> float:
    """Return what was meant: a browser counts in steps, and 0.1 + 0.2 is 0.30000000000000004."""
    return float(f"{value:.12g}")


def _slider(scenario: cp.Scenario, number: int) -> None:
    parameter = scenario.parameters[number]
    value = scenario.full_values(state.inputs().moved)[parameter.id]
    if parameter.low == parameter.high:
        st.caption(f"{plain(parameter.label)}: fixed at {link.number_text(value)}")
        return
    step = slider_step(parameter.low, parameter.default, parameter.high)
    name = link.key(parameter.id)
    fill(name, value)
    st.slider(
        _label(scenario, number, value),
        parameter.low,
        parameter.high,
        step=step,
        format=number_format(parameter.low, parameter.default, step, value),
        key=name,
        help=parameter_help(scenario, number),
        on_change=_take_value,
        args=(parameter.id,),
    )


def _label(scenario: cp.Scenario, number: int, value: float) -> str:
    parameter = scenario.parameters[number]
    marks = ""
    if not parameter.evidence:
        marks += " :gray-badge[no source]"
    elif all(scenario.record(record).status in _CONTESTED for record in parameter.evidence):
        marks += " :yellow-badge[contested]"
    if value != parameter.default:
        marks += f" {_was(parameter.default)}"
    return plain(parameter.label) + marks


def _was(default: float) -> str:
    return f":yellow-badge[was {link.number_text(default)}]"


def _number_field(scenario: cp.Scenario, number: int) -> None:
    constant = scenario.constants[number]
    value = scenario.full_values(state.inputs().moved)[constant.id]
    name = link.key(constant.id)
    mark = (
        f" :yellow-badge[was {link.number_text(constant.value)}]"
        if value != constant.value
        else ""
    )
    fill(name, value)
    st.number_input(
        plain(constant.meaning or constant.id) + mark,
        step=max(10.0 ** math.floor(math.log10(abs(constant.value) or 1.0) - 0.5), 1e-9),
        format=number_format(0.1, constant.value, value),
        key=name,
        help="\n\n".join(
            [
                f"**Basis** {_BASES[constant.basis]}  \n{_statuses(scenario, constant.evidence)}",
                *_claims(scenario, constant.evidence),
            ]
        ),
        on_change=_take_value,
        args=(constant.id,),
    )


def _statuses(scenario: cp.Scenario, ids: Sequence[str]) -> str:
    listed = [f"{plain(name)} ({scenario.record(name).status})" for name in ids]
    return f"**Evidence** {', '.join(listed) or 'none'}"


def _claims(scenario: cp.Scenario, ids: Sequence[str]) -> list[str]:
    return [f"{plain(name)}: {plain(shortened(scenario.record(name).claim, 140))}" for name in ids]


def _take_preset() -> None:
    if st.session_state["preset"] != _OWN:
        state.use_preset(st.session_state["preset"])


def _take_value(name: str) -> None:
    state.set_value(name, without_noise(st.session_state[link.key(name)]))
