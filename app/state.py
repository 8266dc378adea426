"""What the screen shows, as one value that lives in the link: model, numbers, reasons, choices.

The session holds one `Inputs`; widgets are filled from it and change it through callbacks.
`begin` reads it from the link on the first run and after the browser's Back, and writes it to the
link at every run.  So sliders that are not on screen keep their values, a link reproduces the
screen, and Back undoes a move.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

import counterplay as cp
import link
import shelf
from history import History, Setting
from link import Inputs
from words import say

_SLOT = "counterplay.inputs"  # no parameter id has a dot
_HISTORY = "counterplay.history"


def begin() -> None:
    """Read the link where it decides, write it, and note the setting."""
    if _SLOT not in st.session_state or _went_back():
        st.session_state[_SLOT] = link.read(
            st.query_params.to_dict(), shelf.offered(), shelf.scenario_of
        )
    chosen = inputs()
    if chosen.model not in shelf.offered():
        use_model(shelf.offered()[0])
    address = link.written(inputs())
    if st.query_params.to_dict() != address:
        st.query_params.from_dict(address)
    history().note(Setting(dict(inputs().moved), dict(inputs().reasons)))


def _went_back() -> bool:
    """Tell whether Back or Forward led to a link; a bare address was left before it had one."""
    context = get_script_run_ctx()
    return bool(context and context.is_history_navigation and st.query_params.to_dict())


def inputs() -> Inputs:
    """Return what was chosen."""
    found: Inputs = st.session_state[_SLOT]
    return found


def history() -> History:
    """Return the settings that this session has seen of the model on screen."""
    return histories().setdefault(inputs().model, History())


def histories() -> dict[str, History]:
    """Return the settings that this session has seen, by model."""
    kept: dict[str, History] = st.session_state.setdefault(_HISTORY, {})
    return kept


def scenario() -> cp.Scenario:
    """Return the scenario on screen.

    Raises
    ------
    CounterplayError
        If its file has faults or cannot be opened.
    """
    return shelf.scenario_of(inputs().model)


def findings() -> cp.Findings:
    """Return what the engine finds for the inputs on screen."""
    return findings_at(Setting(inputs().moved))


def findings_before() -> cp.Findings | None:
    """Return what the engine found for the setting before; None where it found nothing."""
    last = history().last
    try:
        return None if last is None else findings_at(last)
    except cp.CounterplayError:  # a setting at which a payoff is not finite has no answer
        return None


def findings_at(setting: Setting) -> cp.Findings:
    """Return what the engine finds for the scenario on screen at some setting."""
    chosen = scenario()
    return _studied(chosen, chosen.full_values(dict(setting.moved)))


def findings_of(chosen: cp.Scenario, moved: Mapping[str, float] | None = None) -> cp.Findings:
    """Return what the engine finds for some scenario, at its defaults but for what is moved."""
    return _studied(chosen, chosen.full_values(dict(moved or {})))


def default_of(name: str) -> float:
    """Return the default of a parameter or constant."""
    return scenario().full_values()[name]


def set_value(name: str, value: float) -> None:
    """Give a parameter or constant a value."""
    inputs().notice = ""
    if value == default_of(name):
        inputs().moved.pop(name, None)
        inputs().reasons.pop(name, None)
    else:
        inputs().moved[name] = value


def set_values(values: dict[str, float]) -> None:
    """Give several parameters or constants a value."""
    for name, value in values.items():
        set_value(name, value)


def set_reason(name: str, text: str) -> None:
    """Note why a number was moved; an empty text takes the note back."""
    inputs().reasons.pop(name, None)
    if link.reason(text) and name in inputs().moved:
        inputs().reasons[name] = link.reason(text)


def set_choice(name: str, value: str, default: str) -> None:
    """Remember a choice; the default is not written into the link."""
    inputs().notice = ""
    if value == default:
        inputs().choices.pop(name, None)
    else:
        inputs().choices[name] = value


def choice(name: str, options: Sequence[str], default: str) -> str:
    """Return a choice where it is still on offer, else the default."""
    chosen = inputs().choices.get(name, default)
    return chosen if chosen in options else default


def use_preset(preset: str) -> None:
    """Set every parameter and constant to a preset."""
    defaults = scenario().full_values()
    values = scenario().full_values(preset=preset)
    _show(Setting({name: value for name, value in values.items() if value != defaults[name]}))


def use_model(model: str) -> None:
    """Change to another model, at its defaults."""
    st.session_state[_SLOT] = Inputs(model)


def use_version(model: str, renamed: Mapping[str, str]) -> None:
    """Change to another version of the model on screen; what still fits stays as it was chosen.

    Parameters
    ----------
    renamed : mapping
        New ids of parameters and constants, by their old ones.

    Notes
    -----
    While the version has faults nothing can be checked, so that everything waits.
    """
    old = inputs()
    chosen = Inputs(model, choices=dict(old.choices))
    chosen.moved = {renamed.get(name, name): value for name, value in old.moved.items()}
    chosen.reasons = {renamed.get(name, name): why for name, why in old.reasons.items()}
    try:
        shelf.scenario_of(model)
    except cp.CounterplayError:
        use_inputs(chosen)
    else:
        use_inputs(link.read(link.written(chosen), shelf.offered(), shelf.scenario_of))
        defaults = scenario().full_values()
        lost = [n for n, v in chosen.moved.items() if inputs().moved.get(n, defaults.get(n)) != v]
        inputs().notice = say("model.taken-back", names=", ".join(lost)) if lost else ""
    histories().pop(model, None)  # its settings need not fit this version


def use_inputs(chosen: Inputs) -> None:
    """Change to inputs that were read from a file."""
    st.session_state[_SLOT] = chosen


def reset() -> None:
    """Set every parameter and constant back to its default."""
    _show(Setting())


def undo() -> None:
    """Take the last move back."""
    _show(history().undo())


def redo() -> None:
    """Do again what was undone."""
    _show(history().redo())


def _show(setting: Setting) -> None:
    inputs().notice = ""
    inputs().moved = dict(setting.moved)
    inputs().reasons = dict(setting.reasons)


@st.cache_resource(  # what the engine returns is frozen, so that sessions can share it
    max_entries=256,
    show_spinner=False,
    hash_funcs={cp.Scenario: lambda scenario: scenario.sha256},
)
def _studied(chosen: cp.Scenario, values: dict[str, float]) -> cp.Findings:
    return cp.study(chosen, values)
