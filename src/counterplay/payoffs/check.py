"""Rules that need payoffs: what `counterplay check` finds beyond the form of a file."""

from __future__ import annotations

import itertools
import os
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from typing import cast

import numpy as np

from counterplay.concepts import nash, pure_equilibria
from counterplay.errors import Fault, ValuesError
from counterplay.numeric import FloatArray
from counterplay.payoffs.build import game
from counterplay.scenario.catalogue import Inspection, inspect, locate
from counterplay.scenario.formula import Formula
from counterplay.scenario.parts import Preset
from counterplay.scenario.rules.formulas import formulas_of
from counterplay.scenario.schema import Scenario
from counterplay.scenario.source import Source

MAX_CORNERS = 4_096
MAX_CHECKED_PROFILES = 20_000
MAX_SOLVED_PROFILES = 1_000

Numbers = dict[str, FloatArray | float]


def check(model: str | os.PathLike[str]) -> tuple[Fault, ...]:
    """Tell every fault and warning of a scenario file, in the order of the file.

    Parameters
    ----------
    model : str or path
        The id of a shipped scenario, or a path.

    Returns
    -------
    tuple of Fault
        With severity ``"fault"`` or ``"warning"``; empty for a file without any.

    Raises
    ------
    CounterplayError
        If the file cannot be opened.
    """
    return check_inspection(inspect(locate(model), os.fspath(model)))


def check_inspection(inspection: Inspection) -> tuple[Fault, ...]:
    """Add to what reading a file found what its payoffs show."""
    found = [*inspection.faults, *inspection.warnings]
    scenario, source = inspection.scenario, inspection.source
    if scenario is not None and source is not None:
        finite = list(non_finite_corners(scenario, source))
        found += finite
        found += [
            replace(fault, severity="warning") for fault in unreachable_regimes(scenario, source)
        ]
        if not finite:
            found += list(preset_expectations(scenario, source))
    return tuple(sorted(found, key=lambda fault: (fault.line, fault.field)))


def non_finite_corners(scenario: Scenario, source: Source) -> Iterator[Fault]:
    """Every formula is finite at every corner of the ranges of the parameters that it uses.

    Up to 4,096 corners are looked at; beyond twelve parameters in one formula they are a fixed
    sample.
    """
    uses: dict[str, frozenset[str]] = {}
    for place, text, kind in formulas_of(source):
        formula = Formula.parse(cast("str | float", text))  # a valid scenario holds no other
        names = frozenset().union(*(uses.get(used, frozenset([used])) for used in formula.names))
        values = np.atleast_1d(formula.evaluate(_corners(scenario, names, uses)))
        bad = np.flatnonzero(~np.isfinite(values))
        if bad.size:
            where = _where(_corners(scenario, names, {}), names, int(bad[0]))
            message = f"not finite {where}; keep divisors away from 0 and powers small"
            yield source.fault(place, message, "non-finite")
        if kind == "derived":
            uses[scenario.derived[int(place[1])].id] = names


def unreachable_regimes(scenario: Scenario, source: Source) -> Iterator[Fault]:
    """Every regime names at least one pure profile that no earlier rule covers."""
    shape = tuple(len(player.options) for player in scenario.players)
    covered = np.zeros(shape, dtype=bool)
    for number, regime in enumerate(scenario.regimes):
        mask = np.ones(shape, dtype=bool)
        for axis, player in enumerate(scenario.players):
            if player.id in regime.when:
                chosen = np.array([o.id in regime.when[player.id] for o in player.options])
                mask = mask & chosen.reshape([-1 if k == axis else 1 for k in range(len(shape))])
        if not np.any(mask & ~covered):
            message = f"{regime.id!r} names no outcome: earlier rules cover all of its profiles"
            yield source.fault(("regimes", number), message, "unreachable-regime")
        covered |= mask


def preset_expectations(scenario: Scenario, source: Source) -> Iterator[Fault]:
    """What a preset expects must not be refuted by its equilibria."""
    shape = [len(player.options) for player in scenario.players]
    if int(np.prod(shape)) > MAX_CHECKED_PROFILES:
        return
    for number, preset in enumerate(scenario.presets):
        place = ("presets", number, "expect")
        try:
            for message in _refuted(scenario, preset):
                yield source.fault(place, message, "preset-expectation")
        except ValuesError as error:
            yield source.fault(place, str(error), "non-finite")


def _refuted(scenario: Scenario, preset: Preset) -> Iterator[str]:
    expect = preset.expect
    if expect.pure is None and expect.equilibria is None and expect.completeness is None:
        return
    built = game(scenario, scenario.full_values(preset=preset.id))
    pure = pure_equilibria(built)
    found = {"/".join(built.profile_ids(e.profile)) for e in pure if e.profile is not None}
    if expect.pure is not None and set(expect.pure) != found:
        listed = ", ".join(sorted(found)) or "none"
        yield f"the pure equilibria here are {listed}; correct the expectation or the payoffs"
    if built.profiles > MAX_SOLVED_PROFILES or (expect.equilibria, expect.completeness) == (
        None,
        None,
    ):
        return
    solution = nash(built)
    count, proved = len(solution.equilibria), solution.completeness
    if expect.equilibria is not None and (
        count > expect.equilibria or (proved == "proved" and count != expect.equilibria)
    ):
        yield f"{count} equilibria are found here, not {expect.equilibria}"
    if expect.completeness == "unproved" and proved != "unproved":
        yield f"the list is {proved} here, not unproved"


def _corners(scenario: Scenario, names: frozenset[str], derived: Container[str]) -> Numbers:
    """Return every number, the parameters in `names` at the corners of their ranges."""
    moving = [p for p in scenario.parameters if p.id in names]
    numbers: Numbers = {**scenario.full_values()}
    if 2 ** len(moving) <= MAX_CORNERS:
        rows = np.array(list(itertools.product((0, 1), repeat=len(moving))), dtype=bool)
    else:
        rows = np.random.default_rng(0).integers(0, 2, (MAX_CORNERS, len(moving))).astype(bool)
    for column, parameter in enumerate(moving):
        numbers[parameter.id] = np.where(rows[:, column], parameter.high, parameter.low)
    for entry in scenario.derived:
        if entry.id in derived:
            numbers[entry.id] = Formula.parse(entry.value).evaluate(numbers)
    return numbers


def _where(corners: Mapping[str, FloatArray | float], names: frozenset[str], row: int) -> str:
    placed = [
        f"{name} = {float(column[row]):g}"
        for name, column in corners.items()
        if name in names and isinstance(column, np.ndarray)
    ]
    return f"at {', '.join(placed[:4])}" if placed else "at any values"
