"""What the screen shows, as one value that lives in the link: model, numbers, choices.

The session holds one `Inputs`; widgets are filled from it and change it through callbacks.
`begin` reads it from the link on the first run and after the browser's Back, and writes it to the
link at every run.  So sliders that are not on screen keep their values, a link reproduces the
screen, and Back undoes a move.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

import counterplay as cp

Level = Literal["brief", "standard", "full"]
FLAGSHIP = "korea-ukraine"
MAX_WEIGHT = 10.0

_MAIN = "main.py"  # under anything else, such as a test runner, the arguments are not ours
_SLOT = "counterplay.inputs"  # no parameter id has a dot
_TAKEN = frozenset({"model", "preset", "group", "reset", "digest", "embed", "embed_options"})
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_MAX_NOTICE = 160


@dataclass
class Inputs:
    """What was chosen.

    Attributes
    ----------
    model : str
        Name in links: the id of a shipped scenario, or the file name of one given at the start.
    moved : dict
        Parameters and constants that differ from their defaults.
    choices : dict
        What else was chosen on the pages, by its name in links; parameter ids have no hyphen.
    notice : str
        What of the link was dropped, and why.
    """

    model: str
    moved: dict[str, float] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    notice: str = ""


def begin() -> None:
    """Read the link where it decides, and write it."""
    context = get_script_run_ctx()
    if _SLOT not in st.session_state or (context and context.is_history_navigation):
        st.session_state[_SLOT] = read(st.query_params.to_dict())
    link = written(inputs())
    if st.query_params.to_dict() != link:
        st.query_params.from_dict(link)


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


def bloc_view(
    found: cp.Findings, coalitions: Sequence[Sequence[str]], weights: dict[str, float]
) -> cp.BlocView:
    """Return the two-bloc view of findings."""
    return _between(found, found.digest, [list(bloc) for bloc in coalitions], weights)


def rendered(found: cp.Findings, suffix: str, level: Level) -> bytes:
    """Return the report on findings as a file's content."""
    return _rendered(found, found.digest, suffix, level)


def missing_extra(suffix: str) -> str:
    """Return what to install for a report's format, or nothing."""
    needed = ("vl_convert", "jinja2") if suffix == ".html" else ()
    if all(importlib.util.find_spec(name) for name in needed):
        return ""
    return str(cp.MissingExtraError(f"a {suffix} report", "report"))


def key(name: str) -> str:
    """Return the key of a parameter's widget: its id, unless the page itself uses that name."""
    return f"value-{name}" if name in _TAKEN else name


def read(link: Mapping[str, str]) -> Inputs:
    """Return the inputs that a link describes; the notice names what was dropped."""
    dropped: list[str] = []
    model = link.get("model", "")
    if model not in offered():
        if model:
            dropped.append(f"model {model!r} (not on offer)")
        model = next(iter(offered()))
    chosen = Inputs(model)
    try:
        known = scenario_of(model)
    except cp.CounterplayError:
        return chosen
    names = {key(name): name for name in known.full_values()}
    for name, text in link.items():
        if name in names:
            _read_value(known, chosen, names[name], text, dropped)
        elif _is_choice(known, name, text):
            chosen.choices[name] = text
        elif name != "model":
            dropped.append(f"{name}={text}")
    chosen.notice = _notice(dropped)
    return chosen


def written(chosen: Inputs) -> dict[str, str]:
    """Return the link that describes inputs: the model, and what differs from the defaults."""
    numbers = {key(name): number_text(value) for name, value in chosen.moved.items()}
    return {"model": chosen.model, **numbers, **chosen.choices}


def number_text(value: float) -> str:
    """Write a number so that reading it gives the same number, without a needless `.0`."""
    text = repr(value)
    return text.removesuffix(".0")


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


def blocs(known: cp.Scenario) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the two coalitions on screen: the scenario's own unless others were chosen."""
    names = [player.id for player in known.players]
    chosen = inputs().choices.get("first-bloc")
    if chosen is None and known.blocs:
        return known.blocs[0], known.blocs[1]
    first = chosen.split(".") if chosen else names[:1]
    return tuple(first), tuple(name for name in names if name not in first)


def set_first_bloc(known: cp.Scenario, members: Sequence[str]) -> None:
    """Remember who forms the first bloc; a choice that leaves a bloc empty is not taken."""
    names = [player.id for player in known.players]
    default = known.blocs[0] if known.blocs else names[:1]
    if 0 < len(members) < len(names):
        ordered = [name for name in names if name in members]
        set_choice("first-bloc", ".".join(ordered), ".".join(default))


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


def reset_weights() -> None:
    """Set the weights of all bloc members back to 1."""
    kept = {
        name: text for name, text in inputs().choices.items() if not name.startswith("weight-")
    }
    inputs().choices = kept


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


@st.cache_data(max_entries=64, show_spinner="Looking for weights at which the answer flips")
def _between(
    _found: cp.Findings, digest: str, coalitions: list[list[str]], weights: dict[str, float]
) -> cp.BlocView:
    del digest  # it stands for the findings in the cache
    return cp.bloc_view(_found.game, coalitions, weights)


@st.cache_data(max_entries=32, show_spinner=False)
def _rendered(_found: cp.Findings, digest: str, suffix: str, level: Level) -> bytes:
    del digest
    return cp.render(_found, suffix, level)


def _unused(name: str, taken: Mapping[str, str]) -> str:
    names = (name, *(f"{name}-{count}" for count in range(2, len(taken) + 3)))
    return next(candidate for candidate in names if candidate not in taken)


def _notice(dropped: Sequence[str]) -> str:
    listed = "; ".join(dropped)
    cut = listed if len(listed) <= _MAX_NOTICE else f"{listed[:_MAX_NOTICE]}…"
    return f"Left out of this link: {cut}" if dropped else ""


def _read_value(
    known: cp.Scenario, chosen: Inputs, name: str, text: str, dropped: list[str]
) -> None:
    if not _NUMBER.fullmatch(text):
        dropped.append(f"{name}={text} (not a number)")
        return
    try:
        value = known.full_values({name: float(text)})[name]
    except cp.ValuesError as error:
        dropped.append(str(error))
        return
    if value != known.full_values()[name]:
        chosen.moved[name] = value


def _is_choice(known: cp.Scenario, name: str, text: str) -> bool:
    """Tell whether a link's entry is a choice that some page of this scenario offers."""
    players = {player.id: {option.id for option in player.options} for player in known.players}
    kind, _, whose = name.partition("-")
    if kind in {"at", "weight"} and whose in players:
        if kind == "at":
            return text in players[whose]
        return bool(_NUMBER.fullmatch(text)) and 0 <= float(text) <= MAX_WEIGHT
    if kind == "open" and whose.isascii() and whose.isdigit():
        return text == "yes"
    if name == "first-bloc":
        named = text.split(".")
        return 0 < len(named) < len(players) and named == [p for p in players if p in named]
    allowed: dict[str, set[str]] = {
        "group": {*players, "world"},
        "why-outcome": {str(number) for number in range(1, 100)},
        "why-player": set(players),
        "why-option": {option for options in players.values() for option in options},
        "table-rows": set(players),
        "table-columns": set(players),
        "paid-player": set(players),
        "report-level": {"brief", "standard", "full"},
    }
    return text in allowed.get(name, set())
