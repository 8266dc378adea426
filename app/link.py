"""Links: what a web address says about the screen, and the address of a screen.

A link names the model, the numbers that differ from their defaults, and what else was chosen on
the pages.  It may come from anybody: nothing in it is used before it is checked against the model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import counterplay as cp
from words import say

MAX_WEIGHT = 10.0
DRAWS = (250, 1000, 4000, 16000)
"""Sizes of an uncertainty run."""

LARGEST_SEED = 999_999
LEVELS = ("brief", "standard", "full")
MODEL_SECTIONS = (
    *("question", "players", "terms", "assumptions", "numbers", "outcomes", "settings"),
    *("sources", "payoffs", "text", "changes"),
)
"""Parts of the page on which a model is written."""

LONGEST_REASON = 240
"""Characters of a reason for a moved number."""

LONGEST_NAME = 60
"""Characters of the name of a setting."""

MOST_COMPARED = 3
"""Settings beside the one on screen."""

_TAKEN = frozenset(
    {"model", "preset", "group", "reset", "digest", "answer", "undo", "redo", "embed"}
    | {"embed_options"}
)
_FOLDERS = frozenset(
    {"turns", "boxes", "robust", "commitment", "mistakes", "advice", "maps", "saved", "retired"}
)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_SEED = re.compile(r"\d{1,6}", re.ASCII)  # up to LARGEST_SEED
_BECAUSE = "because-"
_MAX_NOTICE = 160
_LONGEST_SIDE = 4_000
_SIDES = frozenset(f"compare-{place + 1}" for place in range(MOST_COMPARED))
_CALLED = frozenset(f"called-{place + 1}" for place in range(MOST_COMPARED))


@dataclass
class Inputs:
    """What was chosen.

    Attributes
    ----------
    model : str
        Name in links: the id of a shipped scenario, or the file name of one given at the start.
    moved : dict
        Parameters and constants that differ from their defaults.
    reasons : dict
        Why a number was moved, in the user's words, by its id.
    choices : dict
        What else was chosen on the pages, by its name in links; parameter ids have no hyphen.
    notice : str
        What of the link was dropped, and why.
    """

    model: str
    moved: dict[str, float] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    notice: str = ""


def read(
    link: Mapping[str, str],
    models: Collection[str],
    scenario_of: Callable[[str], cp.Scenario],
) -> Inputs:
    """Return the inputs that a link describes; the notice names what was dropped.

    Parameters
    ----------
    models : collection of str
        Names of the models on offer; the first is shown where the link names none.
    scenario_of : callable
        Loads one of them.
    """
    dropped: list[str] = []
    model = link.get("model", "")
    if model not in models:
        if model:
            dropped.append(say("link.not-on-offer", model=repr(model)))
        model = next(iter(models))
    chosen = Inputs(model)
    try:
        known = scenario_of(model)
    except cp.CounterplayError:
        return chosen
    names = {key(name): name for name in known.full_values()}
    because = {f"{_BECAUSE}{widget}": name for widget, name in names.items()}
    side_of = partial(side, model=model, models=models, scenario_of=scenario_of)
    for name, text in link.items():
        if name in names:
            _read_value(known, chosen, names[name], text, dropped)
        elif name in because:
            chosen.reasons[because[name]] = reason(text)
        elif name != "model":
            _read_choice(known, chosen, name, text, dropped, side_of)
    chosen.reasons = {name: why for name, why in chosen.reasons.items() if name in chosen.moved}
    chosen.notice = _notice(dropped)
    return chosen


def side(
    text: str,
    model: str,
    models: Collection[str],
    scenario_of: Callable[[str], cp.Scenario],
) -> Inputs | None:
    """Return the setting beside `model` that part of a link describes; None where it is not sound.

    It is a preset, or numbers as in ``cred~0.2,audience~3``, or ``~`` for the defaults; those of
    another model end in ``@`` and its name.
    """
    body, _, named = text.partition("@")
    if len(text) > _LONGEST_SIDE or (named or model) not in models:
        return None
    try:
        known = scenario_of(named or model)
    except cp.CounterplayError:
        return None
    chosen = Inputs(named or model)
    if body in {preset.id for preset in known.presets}:
        defaults, values = known.full_values(), known.full_values(preset=body)
        chosen.moved = {name: value for name, value in values.items() if value != defaults[name]}
        return chosen
    dropped: list[str] = []
    for pair in body.split(",") if body != "~" else ():
        name, _, number = pair.partition("~")
        _read_value(known, chosen, name, number, dropped)
    return None if dropped else chosen


def side_text(chosen: Inputs, model: str, known: cp.Scenario) -> str:
    """Write a setting so that `side` reads it beside `model`; `known` is the setting's own."""
    pairs = ",".join(f"{name}~{number_text(value)}" for name, value in chosen.moved.items())
    preset = known.matching_preset(known.full_values(chosen.moved))
    return (preset or pairs or "~") + ("" if chosen.model == model else f"@{chosen.model}")


def setting_name(text: str) -> str:
    """Return a name of a setting on one line, no longer than links carry."""
    return " ".join(text.split())[:LONGEST_NAME].strip()


def reason(text: str) -> str:
    """Return a reason on one line, no longer than links carry."""
    return " ".join(text.split())[:LONGEST_REASON]


def written(chosen: Inputs) -> dict[str, str]:
    """Return the link that describes inputs: the model, and what differs from the defaults."""
    numbers = {key(name): number_text(value) for name, value in chosen.moved.items()}
    reasons = {f"{_BECAUSE}{key(name)}": why for name, why in chosen.reasons.items()}
    return {"model": chosen.model, **numbers, **reasons, **chosen.choices}


def key(name: str) -> str:
    """Return the key of a parameter's widget: its id, unless the page itself uses that name."""
    return f"value-{name}" if name in _TAKEN else name


def number_text(value: float) -> str:
    """Write a number so that reading it gives the same number, without a needless `.0`."""
    text = repr(value)
    return text.removesuffix(".0")


def _read_value(
    known: cp.Scenario, chosen: Inputs, name: str, text: str, dropped: list[str]
) -> None:
    if not _NUMBER.fullmatch(text):
        dropped.append(say("link.not-a-number", text=f"{name}={text}"))
        return
    try:
        value = known.full_values({name: float(text)})[name]
    except cp.ValuesError as error:
        dropped.append(str(error))
        return
    if value != known.full_values()[name]:
        chosen.moved[name] = value


def _read_choice(
    known: cp.Scenario,
    chosen: Inputs,
    name: str,
    text: str,
    dropped: list[str],
    side_of: Callable[[str], Inputs | None],
) -> None:
    is_sound = side_of(text) is not None if name in _SIDES else _is_choice(known, name, text)
    if is_sound:
        chosen.choices[name] = text
    else:
        dropped.append(f"{name}={text}")


def _is_choice(known: cp.Scenario, name: str, text: str) -> bool:
    """Tell whether a link's entry is a choice that some page of this scenario offers."""
    players = {player.id: {option.id for option in player.options} for player in known.players}
    kind, _, whose = name.partition("-")
    if kind in {"at", "weight"} and whose in players:
        if kind == "at":
            return text in players[whose]
        return bool(_NUMBER.fullmatch(text)) and 0 <= float(text) <= MAX_WEIGHT
    if name in _CALLED:
        return text != "" and text == setting_name(text)
    if kind == "open" and (whose in _FOLDERS or (whose.isascii() and whose.isdigit())):
        return text == "yes"
    if name == "first-bloc":
        named = text.split(".")
        return 0 < len(named) < len(players) and named == [p for p in players if p in named]
    regimes = {regime.id for regime in known.regimes}
    movable = {parameter.id for parameter in known.parameters if parameter.low < parameter.high}
    allowed: dict[str, Collection[str]] = {
        "group": {*players, "world"},
        "why-outcome": {str(number) for number in range(1, 100)},
        "why-player": set(players),
        "why-option": {option for options in players.values() for option in options},
        "why-tab": {"moves"},
        "table-rows": set(players),
        "table-columns": set(players),
        "paid-player": set(players),
        "paid-instead": {option for options in players.values() for option in options},
        "report-level": set(LEVELS),
        "map-x": movable,
        "map-y": movable,
        "run-seed": {text} if _SEED.fullmatch(text) else (),
        "run-draws": {str(size) for size in DRAWS},
        "turns-on": {*regimes, *players},
        "boxes-of": regimes,
        "robust-player": set(players),
        "mistakes-player": set(players),
        "model-section": set(MODEL_SECTIONS),
        "compare-with": frozenset("BCD"),
        "compare-player": set(players),
        "compare-case": {"least", "greatest"},
    }
    return text in allowed.get(name, ())


def _notice(dropped: Sequence[str]) -> str:
    listed = "; ".join(dropped)
    cut = listed if len(listed) <= _MAX_NOTICE else f"{listed[:_MAX_NOTICE]}…"
    return say("link.left-out", listed=cut) if dropped else ""
