"""Schema faults in words: what pydantic found, with the line of the field and the mend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from counterplay.errors import Fault
from counterplay.scenario import parts
from counterplay.scenario.schema import Scenario
from counterplay.scenario.source import Place, Source

M = TypeVar("M", bound=BaseModel)

_PATTERNS = {
    "^[a-z][a-z0-9_]{0,39}$": "start with a small letter; then small letters, digits and _",
    "^[a-z0-9][a-z0-9-]{0,59}$": "use small letters, digits and -",
    "^[a-z][a-z0-9_.]{0,79}$": "start with a small letter; then small letters, digits, _ and .",
    "^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$": "use letters, digits, _, . and -",
    "^#[0-9A-Fa-f]{6}$": "write a colour as #RRGGBB",
}

_KINDS = {
    "tuple_type": "should be a list",
    "dict_type": "should be a mapping of names to values",
    "model_type": "should be a mapping of fields",
    "string_type": "should be text",
    "string_unicode": "should be text; half of a character stands here",
    "string_too_short": "should not be empty",
    "float_type": "should be a number",
    "int_type": "should be a whole number",
    "finite_number": "should be a finite number",
}
"""What pydantic's kinds of error ask for, in the words of people who write files."""

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
        return None, [_fault(source, model, one) for one in details if not _follows(one)]


def _follows(detail: Mapping[str, Any]) -> bool:
    """Say whether a list only counts as short because entries of it have faults of their own."""
    given = detail["input"]
    return bool(
        detail["type"] == "too_short"
        and isinstance(given, list)
        and len(given) >= detail["ctx"]["min_length"]
    )


def _fault(source: Source, model: type[BaseModel], detail: Mapping[str, Any]) -> Fault:
    place: Place = tuple(key for key in detail["loc"] if key != "[key]")
    return source.fault(place, _words(source, model, place, detail))


def _words(source: Source, model: type[BaseModel], place: Place, detail: Mapping[str, Any]) -> str:
    kind, given = detail["type"], detail["input"]
    if kind == "extra_forbidden":
        fields = list(_part_at(model, place).model_fields)
        hint = source.hint(str(place[-1]), fields)
        return f"not a field here{hint or '; known: ' + ', '.join(fields)}"
    if place == ("format",) and model is Scenario and kind != "missing":
        newer = isinstance(given, int) and not isinstance(given, bool) and given > 1
        mend = "update Counterplay" if newer else "write format: 1"
        return f"this version of Counterplay reads format 1 (got {_shown(given)}); {mend}"
    if kind in _WHOLE:
        return _WHOLE[kind](given, detail.get("ctx", {}))
    message = _KINDS.get(kind, str(detail["msg"]).removeprefix("Input ").replace("'", ""))
    if kind == "string_type" and isinstance(given, (int, float)):
        message += "; put it in quotes"
    return f"{message}{_got(given)}"


def _misspelt(given: object, context: Mapping[str, Any]) -> str:
    rule = _PATTERNS.get(context.get("pattern", ""), "another spelling is needed")
    return f"{_shown(given)} cannot be used; {rule}"


_WHOLE: Mapping[str, Callable[[Any, Mapping[str, Any]], str]] = {
    "missing": lambda _given, _context: "required, but not given; add it",
    "string_pattern_mismatch": _misspelt,
    "too_short": lambda given, context: (
        f"{len(given)} given; at least {context['min_length']} needed"
    ),
    "too_long": lambda given, context: (
        f"{len(given)} given; at most {context['max_length']} supported"
    ),
    "value_error": lambda given, context: f"{context['error']}{_got(given)}",
}
"""Messages that need more of an error than its kind."""


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
