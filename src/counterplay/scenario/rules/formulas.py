"""Formulas: where they stand, and that they use names that are defined."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.errors import Fault, FormulaError
from counterplay.scenario.arithmetic import LARGEST, SMALLEST
from counterplay.scenario.formula import Formula
from counterplay.scenario.payoff_cell import read_cell
from counterplay.scenario.rules.reading import entries, fields, ids_of, mapped, shortened
from counterplay.scenario.source import Place, Source


def formulas_of(source: Source) -> Iterator[tuple[Place, object, str]]:
    """Yield each formula of the file: its place, its text and the kind of its owner."""
    for place, entry in entries(source, "derived"):
        yield (*place, "value"), entry.get("value"), "derived"
    for place, term in entries(source, "terms"):
        yield (*place, "value"), term.get("value"), "term"
        for player, weights in mapped(term.get("when")).items():
            for option, weight in mapped(weights).items():
                yield (*place, "when", player, option), weight, "term"
    for player, table in mapped(fields(source).get("payoffs")).items():
        for where, cell in _cells(table):
            yield ("payoffs", player, *where), cell, "payoff"


def _cells(table: object, where: Place = ()) -> Iterator[tuple[Place, object]]:
    if isinstance(table, list):
        for number, part in enumerate(table):
            yield from _cells(part, (*where, number))
    else:
        yield where, table


def formulas(source: Source) -> Iterator[Fault]:
    """Formulas follow the grammar and use names that are defined, derived ones in order."""
    numbers = ids_of(source, "parameters", "constants")
    derived = list(ids_of(source, "derived"))
    for place, text, kind in formulas_of(source):
        if not isinstance(text, (str, int, float)) or _plain(text):
            continue
        try:
            formula = read_cell(text) if kind == "payoff" else Formula.parse(text)
        except FormulaError as error:
            message = f"{error} (in {shortened(str(text))!r})"
            yield source.fault(place, message, "formula")
            continue
        earlier = set(derived[: int(place[1])] if kind == "derived" else derived)
        for name in sorted(formula.names, key=lambda n: formula.name_columns[n]):
            if name not in numbers and name not in earlier:
                column = formula.name_columns[name]
                if name in derived:
                    problem = "is defined below; move it up"
                else:
                    problem = f"is not defined{source.hint(name, [*numbers, *derived])}"
                message = f"column {column}: {name!r} {problem}"
                yield source.fault(place, message, "unknown-name")


def _plain(text: str | float) -> bool:
    """Say whether a number is a formula that nothing can be wrong with, or none that is read."""
    if isinstance(text, str):
        return False
    return isinstance(text, bool) or text == 0 or SMALLEST <= abs(text) <= LARGEST


def unused_names(source: Source) -> Iterator[Fault]:
    """A parameter, constant or derived quantity that no formula uses changes nothing."""
    used: set[str] = set()
    for _, text, _ in formulas_of(source):
        if isinstance(text, str):
            try:
                used |= Formula.parse(text).names
            except FormulaError:
                continue
    for name, place in ids_of(source, "parameters", "constants", "derived").items():
        if name not in used:
            message = f"{name!r} is used in no formula; use it or remove it"
            yield source.fault((*place, "id"), message, "unused-name")
