"""Rules between the fields of a scenario file.

Each rule is a function that reads the file's plain data and yields faults, so that a file with
ten faults is told all ten at once, even where some of them keep the models from being built.
Rules that need payoffs are in `payoffs.check`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import prod
from typing import Any

from counterplay.errors import Fault, FormulaError
from counterplay.scenario.formula import FUNCTIONS, Formula
from counterplay.scenario.source import Place, Source
from counterplay.scenario.values import nearest

MAX_PROFILES = 65_536
MAX_TERM_CELLS = 2_000_000
MAX_PARTS = {
    "parameters": 500, "constants": 500, "derived": 500, "terms": 2_000, "regimes": 200, "presets": 100,
}  # fmt: skip

Rule = Callable[[Source], Iterator[Fault]]
Entry = Mapping[str, Any]


def faults_of(source: Source) -> list[Fault]:
    """Return every fault that the rules find, in the order of the file."""
    found = [fault for rule in RULES for fault in rule(source)]
    return sorted(found, key=lambda fault: fault.line)


def warnings_of(source: Source) -> list[Fault]:
    """Return what works but deserves a look."""
    return [replace(found, severity="warning") for rule in WARNINGS for found in rule(source)]


def entries(source: Source, key: str) -> Iterator[tuple[Place, Entry]]:
    """Yield the well-formed entries of a list at the top of the file, with their places."""
    data = source.data
    items = data.get(key) if isinstance(data, dict) else None
    for number, item in enumerate(items if isinstance(items, list) else []):
        if isinstance(item, dict):
            yield (key, number), item


def players_options(source: Source) -> dict[str, list[str]]:
    """Return the option ids of each player, as far as they are readable."""
    options: dict[str, list[str]] = {}
    for _, player in entries(source, "players"):
        listed = player.get("options")
        if isinstance(player.get("id"), str):
            options[player["id"]] = [
                option["id"]
                for option in (listed if isinstance(listed, list) else [])
                if isinstance(option, dict) and isinstance(option.get("id"), str)
            ]
    return options


def ids_of(source: Source, *keys: str) -> dict[str, Place]:
    """Return the ids under the given keys with the place of their first entry."""
    found: dict[str, Place] = {}
    for key in keys:
        for place, entry in entries(source, key):
            if isinstance(entry.get("id"), str):
                found.setdefault(entry["id"], place)
    return found


def duplicate_ids(source: Source) -> Iterator[Fault]:
    """Ids of one kind must differ, and so must all names that formulas can use."""
    kinds = (("players",), ("parameters", "constants", "derived"), ("terms",), ("regimes",),
             ("presets",), ("evidence",))  # fmt: skip
    for keys in kinds:
        seen: dict[str, Place] = {}
        for key in keys:
            for place, entry in entries(source, key):
                yield from _repeated(source, place, entry, seen)
    for place, player in entries(source, "players"):
        seen = {}
        options = player.get("options")
        for number, option in enumerate(options if isinstance(options, list) else []):
            if isinstance(option, dict):
                yield from _repeated(source, (*place, "options", number), option, seen)


def _repeated(
    source: Source, place: Place, entry: Entry, seen: dict[str, Place]
) -> Iterator[Fault]:
    name = entry.get("id")
    if isinstance(name, str) and name in seen:
        line = source.line((*seen[name], "id"))
        message = f"{name!r} is already the id in line {line}; ids must differ"
        yield source.fault((*place, "id"), message, "duplicate-id")
    elif isinstance(name, str):
        seen[name] = place


def reserved_names(source: Source) -> Iterator[Fault]:
    """Names in formulas must not be those of functions, nor of the arguments of `Scenario.values`."""
    for name, place in ids_of(source, "parameters", "constants", "derived").items():
        if name in FUNCTIONS or name in ("preset", "self"):
            message = f"{name!r} is taken by the formula language; choose another id"
            yield source.fault((*place, "id"), message, "reserved-name")
    for name, place in ids_of(source, "players").items():
        if name == "world":
            message = "'world' stands for nobody in particular; choose another id"
            yield source.fault((*place, "id"), message, "reserved-name")


def ranges(source: Source) -> Iterator[Fault]:
    """A parameter's range must not be empty, and its default and distribution lie inside it."""
    for place, parameter in entries(source, "parameters"):
        low, high, default = (_number(parameter.get(key)) for key in ("low", "high", "default"))
        if low is None or high is None:
            continue
        if low > high:
            message = f"low {low:g} is above high {high:g}; swap them"
            yield source.fault((*place, "low"), message, "empty-range")
        elif default is not None and not low <= default <= high:
            message = f"{default:g} is outside the range {low:g} to {high:g}; move one of them"
            yield source.fault((*place, "default"), message, "default-outside-range")
        spread = parameter.get("distribution")
        if isinstance(spread, dict):
            yield from _distribution(source, (*place, "distribution"), spread, low, high)


def _distribution(
    source: Source, place: Place, spread: Entry, low: float, high: float
) -> Iterator[Fault]:
    given = [(key, _number(spread.get(key))) for key in ("low", "mode", "high")]
    numbers = [(key, number) for key, number in given if number is not None]
    for key, number in numbers:
        if not low <= number <= high:
            message = f"{number:g} is outside the parameter's range {low:g} to {high:g}"
            yield source.fault((*place, key), message, "distribution-outside-range")
    if [n for _, n in numbers] != sorted(n for _, n in numbers):
        message = "low, mode and high must not decrease"
        yield source.fault(place, message, "distribution-outside-range")


def unknown_players(source: Source) -> Iterator[Fault]:
    """Wherever a player is named, it must be one of the players."""
    known = players_options(source)
    for key in ("parameters", "terms"):
        for place, entry in entries(source, key):
            name = entry.get("player")
            if (
                isinstance(name, str)
                and name not in known
                and (key, name) != ("parameters", "world")
            ):
                yield _unknown(source, (*place, "player"), name, known, "player")
    data = source.data if isinstance(source.data, dict) else {}
    if isinstance(data.get("focal"), str) and data["focal"] not in known:
        yield _unknown(source, ("focal",), data["focal"], known, "player")
    tables = data.get("payoffs")
    for name in tables if isinstance(tables, dict) else ():
        if name not in known:
            yield _unknown(source, ("payoffs", name), name, known, "player")
    for number, bloc in enumerate(_listed(data.get("blocs"))):
        for position, name in enumerate(_listed(bloc)):
            if name not in known:
                yield _unknown(source, ("blocs", number, position), str(name), known, "player")


def unknown_options(source: Source) -> Iterator[Fault]:
    """Wherever options are named, they must be the player's."""
    known = players_options(source)
    data = source.data if isinstance(source.data, dict) else {}
    places: list[tuple[Place, Any]] = [(("status_quo",), data.get("status_quo"))]
    for key in ("terms", "regimes"):
        places += [((*place, "when"), entry.get("when")) for place, entry in entries(source, key)]
    for place, choice in places:
        for player, options in choice.items() if isinstance(choice, dict) else ():
            if player not in known:
                yield _unknown(source, (*place, player), player, known, "player")
                continue
            named = [options] if isinstance(options, str) else options
            for option in named if isinstance(named, (list, dict)) else ():
                if isinstance(option, str) and option not in known[player]:
                    at = (*place, player, option) if isinstance(named, dict) else (*place, player)
                    yield _unknown(source, at, option, known[player], f"option of {player}")


def incomplete_profiles(source: Source) -> Iterator[Fault]:
    """The status quo and the profiles that presets expect name one option for each player."""
    known = players_options(source)
    data = source.data if isinstance(source.data, dict) else {}
    quo = data.get("status_quo")
    missing = [name for name in known if isinstance(quo, dict) and quo and name not in quo]
    if missing:
        message = f"no option for {', '.join(missing)}; name one for each player"
        yield source.fault(("status_quo",), message, "incomplete-profile")
    for place, preset in entries(source, "presets"):
        expect = preset.get("expect")
        pure = expect.get("pure") if isinstance(expect, dict) else None
        for number, profile in enumerate(_listed(pure)):
            parts = profile.split("/") if isinstance(profile, str) else _listed(profile)
            fits = len(parts) == len(known) and all(
                part in options for part, options in zip(parts, known.values(), strict=True)
            )
            if not fits:
                message = (
                    f"{profile!r} is no profile; write one option id for each of {'/'.join(known)}"
                )
                at = (*place, "expect", "pure", number)
                yield source.fault(at, message, "incomplete-profile")


def preset_values(source: Source) -> Iterator[Fault]:
    """Presets set parameters and constants that exist, inside their ranges."""
    parameters = {
        p["id"]: p for _, p in entries(source, "parameters") if isinstance(p.get("id"), str)
    }
    known = [*parameters, *ids_of(source, "constants")]
    for place, preset in entries(source, "presets"):
        numbers = preset.get("set")
        for name, given in numbers.items() if isinstance(numbers, dict) else ():
            at = (*place, "set", name)
            if name not in known:
                yield _unknown(source, at, name, known, "parameter or constant")
                continue
            low, high, number = (
                _number(value)
                for value in (*(parameters.get(name, {}).get(k) for k in ("low", "high")), given)
            )
            if None not in (low, high, number) and not low <= number <= high:  # type: ignore[operator]
                message = f"{number:g} is outside the range {low:g} to {high:g} of {name}"
                yield source.fault(at, message, "preset-outside-range")
    presets = ids_of(source, "presets")
    for place, caveat in entries(source, "caveats"):
        name = caveat.get("preset")
        if isinstance(name, str) and name not in presets:
            yield _unknown(source, (*place, "preset"), name, presets, "preset")


def formulas_of(source: Source) -> Iterator[tuple[Place, object, str]]:
    """Yield each formula of the file: its place, its text and the kind of its owner."""
    for place, entry in entries(source, "derived"):
        yield (*place, "value"), entry.get("value"), "derived"
    for place, term in entries(source, "terms"):
        yield (*place, "value"), term.get("value"), "term"
        when = term.get("when")
        for player, weights in when.items() if isinstance(when, dict) else ():
            for option, weight in weights.items() if isinstance(weights, dict) else ():
                yield (*place, "when", player, option), weight, "term"
    data = source.data if isinstance(source.data, dict) else {}
    tables = data.get("payoffs")
    for player, table in tables.items() if isinstance(tables, dict) else ():
        for where, cell in _cells(table):
            yield ("payoffs", player, *where), cell, "payoff"


def formulas(source: Source) -> Iterator[Fault]:
    """Formulas follow the grammar and use names that are defined, derived ones in order."""
    numbers = ids_of(source, "parameters", "constants")
    derived = list(ids_of(source, "derived"))
    for place, text, kind in formulas_of(source):
        if isinstance(text, bool) or not isinstance(text, (str, int, float)):
            continue
        try:
            formula = Formula.parse(text)
        except FormulaError as error:
            message = f"{error} (in {_shortened(str(text))!r})"
            yield source.fault(place, message, "formula")
            continue
        earlier = derived[: int(place[1])] if kind == "derived" else derived
        for name in sorted(formula.names, key=lambda n: formula.name_columns[n]):
            if name not in numbers and name not in earlier:
                column = formula.name_columns[name]
                if name in derived:
                    problem = "is defined below; move it up"
                else:
                    problem = f"is not defined{nearest(name, [*numbers, *derived])}"
                message = f"column {column}: {name!r} {problem}"
                yield source.fault(place, message, "unknown-name")


def unknown_evidence(source: Source) -> Iterator[Fault]:
    """Every evidence id that is cited is in the register."""
    known = ids_of(source, "evidence")
    for key in ("parameters", "constants", "terms"):
        for place, entry in entries(source, key):
            for number, cited in enumerate(_listed(entry.get("evidence"))):
                if isinstance(cited, str) and cited not in known:
                    at = (*place, "evidence", number)
                    yield _unknown(source, at, cited, known, "evidence record", "unknown-evidence")


def payoff_form(source: Source) -> Iterator[Fault]:
    """Payoffs are given once: as terms, or as one table a player of the right shape."""
    data = source.data if isinstance(source.data, dict) else {}
    tables, known = data.get("payoffs"), players_options(source)
    if "payoffs" in data and data.get("terms"):
        message = "give terms or payoffs, not both"
        yield source.fault(("payoffs",), message, "payoff-form")
    if not data.get("terms") and not tables:
        message = "no payoffs; list terms, or give a payoffs table for each player"
        yield source.fault((), message, "payoff-form")
    if not isinstance(tables, dict):
        return
    shape = [len(options) for options in known.values()]
    for player in known:
        if player not in tables:
            message = f"no table for {player}; give one for each player"
            yield source.fault(("payoffs",), message, "payoff-form")
    for player, table in tables.items():
        if not _has_shape(table, shape):
            counts = " x ".join(map(str, shape))
            message = f"the table must be nested lists of {counts} entries, in the players' order"
            yield source.fault(("payoffs", player), message, "payoff-form")


def bloc_form(source: Source) -> Iterator[Fault]:
    """Default blocs are two lists that hold each player once."""
    data = source.data if isinstance(source.data, dict) else {}
    blocs = data.get("blocs")
    if not blocs or not isinstance(blocs, list):
        return
    members = sorted(str(name) for bloc in blocs for name in _listed(bloc))
    if len(blocs) != 2 or not all(blocs) or members != sorted(players_options(source)):
        message = "give two lists that together hold each player exactly once"
        yield source.fault(("blocs",), message, "bloc-form")


def sizes(source: Source) -> Iterator[Fault]:
    """A file stays within sizes that every solver can hold."""
    shape = {player: len(options) for player, options in players_options(source).items()}
    if prod(shape.values()) > MAX_PROFILES:
        message = f"{prod(shape.values())} strategy profiles; at most {MAX_PROFILES} are supported"
        yield source.fault(("players",), message, "too-large")
        return
    cells = 0
    for _, term in entries(source, "terms"):
        when = term.get("when")
        cells += prod(shape.get(p, 1) for p in (when if isinstance(when, dict) else ()))
    if cells > MAX_TERM_CELLS:
        message = f"terms over {cells} combinations in all; at most {MAX_TERM_CELLS}"
        yield source.fault(("terms",), message, "too-large")
    data = source.data if isinstance(source.data, dict) else {}
    for key, limit in MAX_PARTS.items():
        if len(_listed(data.get(key))) > limit:
            message = f"{len(data[key])} entries; at most {limit} are supported"
            yield source.fault((key,), message, "too-large")


def unused_names(source: Source) -> Iterator[Fault]:
    """A parameter, constant or derived quantity that no formula uses changes nothing."""
    used: set[str] = set()
    for _, text, _ in formulas_of(source):
        try:
            used |= Formula.parse(text).names  # type: ignore[arg-type]
        except (FormulaError, TypeError):
            continue
    for name, place in ids_of(source, "parameters", "constants", "derived").items():
        if name not in used:
            message = f"{name!r} is used in no formula; use it or remove it"
            yield source.fault((*place, "id"), message, "unused-name")


def unmentioned_options(source: Source) -> Iterator[Fault]:
    """Two options of one player that no term mentions cannot be told apart."""
    data = source.data if isinstance(source.data, dict) else {}
    if not data.get("terms"):
        return
    mentioned: dict[str, set[str]] = {}
    for _, term in entries(source, "terms"):
        when = term.get("when")
        for player, options in when.items() if isinstance(when, dict) else ():
            if isinstance(options, (list, dict)):
                mentioned.setdefault(player, set()).update(map(str, options))
    for place, player in entries(source, "players"):
        options = players_options(source).get(str(player.get("id")), [])
        silent = [option for option in options if option not in mentioned.get(player["id"], set())]
        for option in silent if len(silent) > 1 else ():
            message = (
                f"no term mentions {' or '.join(silent)}, so these options of {player['id']} "
                "always pay the same; add terms or merge them"
            )
            number = options.index(option)
            yield source.fault((*place, "options", number), message, "unmentioned-option")


RULES: tuple[Rule, ...] = (
    duplicate_ids, reserved_names, ranges, unknown_players, unknown_options, incomplete_profiles,
    preset_values, formulas, unknown_evidence, payoff_form, bloc_form, sizes,
)  # fmt: skip
"""Rules whose violation refuses the file."""

WARNINGS: tuple[Rule, ...] = (unused_names, unmentioned_options)
"""Rules whose violation is told, but not refused."""


def _unknown(
    source: Source, place: Place, name: str, known: Any, kind: str, rule: str = "unknown-id"
) -> Fault:
    listed = list(known)
    hint = nearest(name, listed)
    if not hint and listed:
        shown = ", ".join(listed[:8]) + (", ..." if len(listed) > 8 else "")
        hint = f"; known: {shown}"
    return source.fault(place, f"no {kind} {name!r}{hint}", rule)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if number - number == 0 else None


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


def _cells(table: object, where: Place = ()) -> Iterator[tuple[Place, object]]:
    if isinstance(table, list):
        for number, part in enumerate(table):
            yield from _cells(part, (*where, number))
    else:
        yield where, table


def _has_shape(table: object, shape: list[int]) -> bool:
    if not shape:
        return not isinstance(table, (list, dict))
    return (
        isinstance(table, list)
        and len(table) == shape[0]
        and all(_has_shape(part, shape[1:]) for part in table)
    )
