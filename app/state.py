"""What the screen shows, as one value that lives in the link: model, numbers, choices.

The session holds one `Inputs`; widgets are filled from it and change it through callbacks.
`begin` reads it from the link on the first run and after the browser's Back, and writes it to the
link at every run.  So sliders that are not on screen keep their values, a link reproduces the
screen, and Back undoes a move.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

import counterplay as cp
import link
from link import Inputs

FLAGSHIP = "korea-ukraine"

_MAIN = "main.py"  # under anything else, such as a test runner, the arguments are not ours
_SLOT = "counterplay.inputs"  # no parameter id has a dot


def begin() -> None:
    """Read the link where it decides, and write it."""
    context = get_script_run_ctx()
    if _SLOT not in st.session_state or (context and context.is_history_navigation):
        st.session_state[_SLOT] = link.read(st.query_params.to_dict(), offered(), scenario_of)
    address = link.written(inputs())
    if st.query_params.to_dict() != address:
        st.query_params.from_dict(address)


def inputs() -> Inputs:
    """Return what was chosen."""
    found: Inputs = st.session_state[_SLOT]
    return found


def offered() -> dict[str, str]:
    """Return the models on offer, those of the command line first: name in links -> id or path."""
    models: dict[str, str] = {}
    for argument in sys.argv[1:] if Path(sys.argv[0]).name == _MAIN else ():
        name = argument if argument in cp.scenarios() else Path(argument).name
        models[_unused(name, models)] = argument
    shipped = sorted(cp.scenarios(), key=lambda name: (name != FLAGSHIP, name))
    return models | {name: name for name in shipped if name not in models}


def scenario() -> cp.Scenario:
    """Return the scenario on screen.

    Raises
    ------
    CounterplayError
        If its file has faults or cannot be opened.
    """
    return scenario_of(inputs().model)


def scenario_of(model: str) -> cp.Scenario:
    """Return an offered scenario; a file is read again when it has changed."""
    source = offered()[model]
    path = Path(source)
    return _loaded(source, path.stat().st_mtime_ns if path.is_file() else 0)


def findings() -> cp.Findings:
    """Return what the engine finds for the inputs on screen."""
    chosen = scenario()
    return _studied(chosen, chosen.full_values(inputs().moved))


def default_of(name: str) -> float:
    """Return the default of a parameter or constant."""
    return scenario().full_values()[name]


def set_value(name: str, value: float) -> None:
    """Give a parameter or constant a value."""
    inputs().notice = ""
    if value == default_of(name):
        inputs().moved.pop(name, None)
    else:
        inputs().moved[name] = value


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
    inputs().notice = ""
    inputs().moved = {name: value for name, value in values.items() if value != defaults[name]}


def use_model(model: str) -> None:
    """Change to another model, at its defaults."""
    st.session_state[_SLOT] = Inputs(model)


def reset() -> None:
    """Set every parameter and constant back to its default."""
    inputs().moved = {}
    inputs().notice = ""


@st.cache_resource(max_entries=32, show_spinner=False)
def _loaded(source: str, changed: int) -> cp.Scenario:
    del changed  # a file that changed is another entry of the cache
    return cp.load(source)


@st.cache_data(
    max_entries=256,
    show_spinner=False,
    hash_funcs={cp.Scenario: lambda scenario: scenario.sha256},
)
def _studied(chosen: cp.Scenario, values: dict[str, float]) -> cp.Findings:
    return cp.study(chosen, values)


def _unused(name: str, taken: Mapping[str, str]) -> str:
    names = (name, *(f"{name}-{count}" for count in range(2, len(taken) + 3)))
    return next(candidate for candidate in names if candidate not in taken)
