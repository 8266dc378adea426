"""Rules that need payoffs: what `counterplay check` finds beyond the form of a file.

The work is bounded, so that a hostile file is refused as fast as an honest one: where looking
everywhere would take too long, a rule looks at fewer places, or says what it did not look at.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import prod

import numpy as np
import numpy.typing as npt

from counterplay.concepts import nash
from counterplay.concepts.pure import pure_profiles
from counterplay.errors import Fault, ValuesError
from counterplay.games import Game
from counterplay.numeric import FloatArray
from counterplay.payoffs.build import game
from counterplay.scenario.catalogue import Inspection, inspect, locate
from counterplay.scenario.formula import Formula
from counterplay.scenario.parts import Preset
from counterplay.scenario.payoff_cell import read_cell
from counterplay.scenario.rules.formulas import formulas_of
from counterplay.scenario.schema import Scenario
from counterplay.scenario.source import Source

MAX_CORNERS = 4_096
FEWER_CORNERS = 64

MAX_CORNER_WORK = 200_000_000
"""Characters of formulas times corners; when they are worked off, `FEWER_CORNERS` must do."""

MAX_CHECKED_PROFILES = 20_000
MAX_SOLVED_PROFILES = 300
MAX_CHECK_CELLS = 1_000

MAX_EXACT_WORK = 40_000
"""Profiles times terms up to which ties are decided exactly; beyond, rounding decides them."""

MAX_LISTED = 8
"""Profiles listed in one message."""

MAX_PRESET_WORK = 8_000_000
"""Work on the presets of one file: profiles times terms, and what `_solving` says."""

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
        With severity ``"fault"`` or ``"warning"``; empty for a file without any. Those of its
        evidence register come last.

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
        found += list(unreachable_regimes(scenario, source))
        if not finite:
            found += list(preset_expectations(scenario, source))
    file = "" if source is None else source.file
    return tuple(sorted(found, key=lambda fault: (fault.file != file, fault.line, fault.field)))


def non_finite_corners(scenario: Scenario, source: Source) -> Iterator[Fault]:
    """Every formula is finite at every corner of the ranges of the parameters that it uses.

    Formulas that use a derived quantity which is not finite itself are not told again.  Up to
    4,096 corners are looked at; beyond twelve parameters in one formula they are a fixed sample,
    and where a file has very many long formulas a smaller one.
    """
    corners = _Corners(scenario)
    told: set[str] = set()
    for place, text, kind in formulas_of(source):
        if kind != "derived" and not isinstance(text, str):
            continue
        read = read_cell if kind == "payoff" else Formula.parse
        formula = read(text)  # type: ignore[arg-type]  # what else it is, the schema told
        values = corners.values(formula)
        bad = np.flatnonzero(~np.isfinite(values))
        if bad.size and told.isdisjoint(formula.names):
            where = corners.words(formula, int(bad[0]))
            message = f"not finite {where}; keep divisors away from 0 and powers small"
            yield source.fault(place, message, "non-finite")
        if kind == "derived":
            name = scenario.derived[int(place[1])].id
            corners.define(name, formula, values)
            told.update([name] if bad.size else [])


class _Corners:
    """What formulas come to at the corners of the ranges of the parameters behind them."""

    def __init__(self, scenario: Scenario) -> None:
        self.parameters = {parameter.id: parameter for parameter in scenario.parameters}
        self.behind = {name: frozenset([name]) for name in self.parameters}
        self.derived: dict[str, Formula] = {}
        self.defaults = scenario.full_values()
        self.moving: frozenset[str] | None = None
        self.numbers: Numbers = {}
        self.corners = 0
        self.work = 0

    def values(self, formula: Formula) -> FloatArray:
        """Return the formula's value at each corner, shape (corners,) or (1,)."""
        moving = frozenset(self.parameters)
        if self.work <= MAX_CORNER_WORK:
            moving = self._behind(formula)
        if moving != self.moving:
            self._move(moving)
        self.work += len(formula.text) * max(self.corners, FEWER_CORNERS)
        return np.atleast_1d(formula.evaluate(self.numbers))

    def define(self, name: str, formula: Formula, values: FloatArray) -> None:
        """Take a derived quantity with its values at the corners where it was just worked out."""
        self.behind[name] = self._behind(formula)
        self.derived[name] = formula
        self.numbers[name] = values

    def words(self, formula: Formula, corner: int) -> str:
        """Say where a corner lies, by the parameters behind the formula."""
        placed = [
            f"{name} = {float(self.numbers[name][corner]):g}"  # type: ignore[index]  # is an array
            for name in self.parameters
            if name in self._behind(formula)
        ]
        return f"at {', '.join(placed[:4])}" if placed else "at any values"

    def _behind(self, formula: Formula) -> frozenset[str]:
        return frozenset().union(*(self.behind.get(name, ()) for name in formula.names))

    def _move(self, moving: frozenset[str]) -> None:
        """Place the parameters in `moving` at the corners of their ranges."""
        fitting = [name for name in self.derived if self.behind[name] <= moving]
        cost = sum(len(self.derived[name].text) for name in fitting)
        rows = _corner_rows(len(moving), MAX_CORNERS)
        self.work += cost * max(len(rows), FEWER_CORNERS)
        if self.work > MAX_CORNER_WORK:
            moving, fitting = frozenset(self.parameters), list(self.derived)
            rows = _corner_rows(len(moving), FEWER_CORNERS)
        self.moving, self.corners, self.numbers = moving, len(rows), dict(self.defaults)
        for column, name in zip(rows.T, sorted(moving), strict=True):
            parameter = self.parameters[name]
            self.numbers[name] = np.where(column, parameter.high, parameter.low)
        for name in fitting:
            self.numbers[name] = self.derived[name].evaluate(self.numbers)


def _corner_rows(parameters: int, most: int) -> npt.NDArray[np.bool_]:
    """Return corners of a box as rows: all of them, or a fixed sample of `most`."""
    if 2**parameters <= most:
        return np.array(list(itertools.product((False, True), repeat=parameters)), dtype=bool)
    return np.random.default_rng(0).integers(0, 2, (most, parameters)).astype(bool)


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
            found = source.fault(("regimes", number), message, "unreachable-regime")
            yield replace(found, severity="warning")
        covered |= mask


def preset_expectations(scenario: Scenario, source: Source) -> Iterator[Fault]:
    """What a preset expects must not be refuted by its equilibria.

    A preset that would take too long is told as a warning.
    """
    shape = [len(player.options) for player in scenario.players]
    done = 0
    for number, preset in enumerate(scenario.presets):
        expected = preset.expect
        if (expected.pure, expected.equilibria, expected.completeness) == (None, None, None):
            continue
        place = ("presets", number, "expect")
        if done > MAX_PRESET_WORK or prod(shape) > MAX_CHECKED_PROFILES:
            message = "not checked, nor are the presets below: that would take too long"
            yield replace(source.fault(place, message, "unchecked-preset"), severity="warning")
            return
        try:
            for message in _refuted(scenario, preset):
                yield source.fault(place, message, "preset-expectation")
        except ValuesError as error:
            yield source.fault(place, str(error), "non-finite")
        done += prod(shape) * (len(scenario.terms) + len(scenario.players))
        if (expected.equilibria, expected.completeness) != (None, None):
            done += _solving(shape)


def _refuted(scenario: Scenario, preset: Preset) -> Iterator[str]:
    expect = preset.expect
    built = _affordable(scenario, game(scenario, scenario.full_values(preset=preset.id)))
    pure = {"/".join(built.profile_ids(profile)) for profile in pure_profiles(built)}
    if expect.pure is not None and set(expect.pure) != pure:
        mend = "correct the expectation or the payoffs"
        yield f"the pure equilibria here are {_listed(pure)}; {mend}"
    if (expect.equilibria, expect.completeness) == (None, None):
        return
    count, proved = len(pure), "unproved"
    if _solving(built.shape):
        solution = nash(built, work_limit=MAX_CHECK_CELLS)
        count, proved = len(solution.equilibria), solution.completeness
    if expect.equilibria is not None and (
        count > expect.equilibria or (proved == "proved" and count != expect.equilibria)
    ):
        yield f"{count} equilibria are found here, not {expect.equilibria}"
    if expect.completeness is not None and proved not in ("unproved", expect.completeness):
        yield f"the list is {proved} here, not {expect.completeness}"


def _solving(shape: Sequence[int]) -> int:
    """Return what solving a game counts as, or 0 where it is not solved at all.

    For two players it doubles with each option, up to the seven that vertices are sought for.
    """
    if len(shape) == 2:
        work = 1_700 * 2 ** sum(min(count, 7) for count in shape)
        return work if work <= MAX_PRESET_WORK else 0
    return 600_000 if prod(shape) <= MAX_SOLVED_PROFILES else 0


def _listed(profiles: set[str]) -> str:
    shown = ", ".join(sorted(profiles)[:MAX_LISTED]) or "none"
    more = len(profiles) - MAX_LISTED
    return f"{shown} and {more} more" if more > 0 else shown


def _affordable(scenario: Scenario, built: Game) -> Game:
    """Return the game, without exact payoffs where working them out would take long."""
    work = built.profiles * (len(scenario.terms) + len(scenario.players))
    return built if work <= MAX_EXACT_WORK else replace(built, exact_source=None)
