"""Schema faults in words: what pydantic found, with the line of the field and the mend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from counterplay.errors import Fault
from counterplay.scenario import parts
from counterplay.scenario.schema import Scenario
from counterplay.scenario.source import Place, Source
from counterplay.scenario.values import nearest

M = TypeVar("M", bound=BaseModel)

_PATTERNS = {
    "^[a-z][a-z0-9_]{0,39}$": "start with a small letter; then small letters, digits and _",
    "^[a-z0-9][a-z0-9-]{0,59}$": "use small letters, digits and -",
    "^[a-z][a-z0-9_.]{0,79}$": "start with a small letter; then small letters, digits, _ and .",
    "^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$": "use letters, digits, _, . and -",
    "^#[0-9A-Fa-f]{6}$": "write a colour as #RRGGBB",
}

_PARTS: Mapping[str, type[BaseModel]] = {
    "evidence": parts.Evidence,
    "records": parts.Evidence,
    "players": parts.Player,
    "options": parts.Option,
    "parameters": parts.Parameter,
    "distribution": parts.Distribution,
    "constants": parts.Constant,
    "derived": parts.Derived,
    "terms": parts.Term,
    "regimes": parts.Regime,
    "presets": parts.Preset,
    "expect": parts.Expectation,
    "caveats": parts.Caveat,
}


def validate(model: type[M], source: Source) -> tuple[M | None, list[Fault]]:
    """Build `model` from the source's data.

    Returns
    -------
    (model, faults)
        The model, or None with every fault of the schema.
    """
    if not isinstance(source.data, dict):
        message = "should be a mapping of fields; the first line of a file is 'format: 1'"
        return None, [source.fault((), message)]
    try:
        return model.model_validate(source.data), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        return None, [_fault(source, model, detail) for detail in details]


def _fault(source: Source, model: type[BaseModel], detail: Mapping[str, Any]) -> Fault:
    place: Place = tuple(key for key in detail["loc"] if key != "[key]")
    return source.fault(place, _words(model, place, detail))


def _words(model: type[BaseModel], place: Place, detail: Mapping[str, Any]) -> str:
    kind, given = detail["type"], detail["input"]
    context = detail.get("ctx", {})
    if kind == "missing":
        return "required, but not given; add it"
    if kind == "extra_forbidden":
        fields = list(_part_at(model, place).model_fields)
        return (
            f"not a field here{nearest(str(place[-1]), fields) or '; known: ' + ', '.join(fields)}"
        )
    if place == ("format",) and model is Scenario:
        return f"this version of Counterplay reads format 1 (got {given!r}); update Counterplay"
    if kind == "string_pattern_mismatch":
        rule = _PATTERNS.get(context.get("pattern", ""), "another spelling is needed")
        return f"{_shown(given)} cannot be used; {rule}"
    if kind == "value_error":
        return f"{context['error']}{_got(given)}"
    message = str(detail["msg"])
    if kind == "string_type" and isinstance(given, (int, float)):
        message = "should be text; put it in quotes"
    elif message.startswith("Input should be "):
        message = message.removeprefix("Input ").replace("'", "")
    return f"{message}{_got(given)}"


def _part_at(model: type[BaseModel], place: Place) -> type[BaseModel]:
    for key in reversed(place[:-1]):
        if isinstance(key, str) and key in _PARTS:
            return _PARTS[key]
    return model


def _got(value: object) -> str:
    return f" (got {_shown(value)})" if isinstance(value, (str, int, float, type(None))) else ""


def _shown(value: object) -> str:
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
