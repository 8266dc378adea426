"""A run before it starts: what is drawn, what is held, and the pieces it is cut into."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from typing import Any, TypeVar

from counterplay.concepts import warm
from counterplay.concepts.search import compiled
from counterplay.errors import ValuesError
from counterplay.numeric import FloatArray
from counterplay.scenario import Parameter, Scenario
from counterplay.scenario.schema import loaded
from counterplay.scenario.setting import Values
from counterplay.sensitivity.draws import (
    Design,
    Method,
    checked_draws,
    checked_method,
    checked_seed,
    design_of,
    drawn_parameters,
    drawn_values,
    settled_values,
)
from counterplay.sensitivity.executors import Executor, ProcessExecutor, SerialExecutor
from counterplay.sensitivity.many import Columns

Progress = Callable[[int, int], object]
"""Called with the number of draws that are done, and of all."""

Result = TypeVar("Result")

ENGINE = version("counterplay")
"""The version that works here."""

_PIECES = 512
_LEAST_PIECE = 64
_MOST_PIECE = 16_384


@dataclass(frozen=True)
class Task:
    """A piece of a run, complete in itself.

    Attributes
    ----------
    scenario : Scenario
    values : mapping
        Every parameter and constant; those drawn are replaced.
    design : Design
    start, stop : int
        The first draw, and the one after the last.
    engine : str
        Version of Counterplay that planned the run.
    """

    scenario: Scenario
    values: Mapping[str, float]
    design: Design
    start: int
    stop: int
    engine: str

    @property
    def count(self) -> int:
        """Number of draws."""
        return self.stop - self.start

    def drawn(self) -> FloatArray:
        """Return the values drawn, shape (draws, k)."""
        points = self.design.rows(self.start, self.stop)
        return drawn_values(drawn_parameters(self.scenario), points)

    def columns(self, drawn: FloatArray) -> Columns:
        """Return every parameter and constant as a number or a column."""
        ids = [parameter.id for parameter in drawn_parameters(self.scenario)]
        return {**self.values, **dict(zip(ids, drawn.T.copy(), strict=True))}


@dataclass(frozen=True)
class Plan:
    """A run, checked.

    Attributes
    ----------
    scenario : Scenario
        A copy: what happens to the caller's does not reach the run.
    values : Values
        Every parameter and constant as set.
    draws, seed : int
    method : str
    """

    scenario: Scenario
    values: Values
    draws: int
    seed: int
    method: Method

    @cached_property
    def drawn(self) -> tuple[Parameter, ...]:
        """The parameters that are drawn."""
        return drawn_parameters(self.scenario)

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple(parameter.id for parameter in self.drawn)

    @cached_property
    def taken(self) -> Values:
        """Every parameter and constant as the run takes it; those drawn are replaced."""
        return Values(settled_values(self.scenario, self.values))

    @property
    def held(self) -> dict[str, float]:
        """Levers, constants and parameters without a width, with their values."""
        return {name: v for name, v in self.taken.items() if name not in self.parameters}

    @property
    def unused(self) -> tuple[str, ...]:
        """Ids of uncertain parameters set to values that the run does not use."""
        moved = [p.id for p in self.scenario.parameters if self.values[p.id] != p.default]
        return tuple(
            name
            for name in moved
            if name in self.parameters or self.taken[name] != self.values[name]
        )

    @property
    def piece(self) -> int:
        """Draws in a piece: a power of two that makes some hundred pieces of a long run.

        It does not depend on the workers, and nor does any result.
        """
        wanted = -(-self.draws // _PIECES)
        return min(max(1 << (wanted - 1).bit_length(), _LEAST_PIECE), _MOST_PIECE)

    @cached_property
    def bounds(self) -> list[tuple[int, int]]:
        """First draw of each piece, and the one after its last."""
        starts = range(0, self.draws, self.piece)
        return [(start, min(start + self.piece, self.draws)) for start in starts]

    def tasks(self, numbers: Iterable[int]) -> Iterator[Task]:
        """Make the tasks of some pieces."""
        design = design_of(self.method, self.draws, len(self.drawn), self.seed)
        bounds = self.bounds
        for number in numbers:
            start, stop = bounds[number]
            part = design.part(start, stop)
            yield Task(self.scenario, self.taken, part, start, stop, ENGINE)

    def description(self) -> dict[str, Any]:
        """Return what makes this run this run, as JSON data."""
        return {
            "scenario": {"id": self.scenario.id, "sha256": self.scenario.sha256},
            "draws": self.draws,
            "seed": self.seed,
            "method": self.method,
            "chunk": self.piece,
            "drawn": list(self.parameters),
            "held": self.held,
            "versions": {name: version(name) for name in ("counterplay", "numpy", "scipy")},
        }

    @cached_property
    def key(self) -> str:
        """Hash of `description`."""
        text = json.dumps(self.description(), sort_keys=True, allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()


def planned(
    scenario: Scenario,
    draws: object,
    seed: object,
    values: Mapping[str, float] | None,
    method: object,
) -> Plan:
    """Return a run, or say what is wrong with it.

    Raises
    ------
    CounterplayError
        If `scenario` is not loaded.
    ValuesError
        If another argument is wrong, or no parameter is uncertain.
    """
    own = loaded(scenario).model_copy(deep=True)
    plan = Plan(
        own,
        Values(own.full_values(values)),
        checked_draws(draws),
        checked_seed(seed),
        checked_method(method),
    )
    if not plan.drawn:
        raise ValuesError(
            f"scenario: {own.id} has nothing to draw: no parameter with the role uncertain has "
            "a range of more than one value"
        )
    return plan


def pieces_done(
    plan: Plan,
    numbers: list[int],
    function: Callable[[Task], Result],
    executor: Executor | None,
    progress: Progress | None,
) -> Generator[tuple[int, Result], None, None]:
    """Yield each piece's number and result, in any order, and report progress.

    To be closed, also where an error ends the loop over it: then workers stop at once.

    Parameters
    ----------
    numbers : list of int
        The pieces to do; all others count as done.
    """
    bounds = plan.bounds
    sizes = [bounds[number][1] - bounds[number][0] for number in numbers]
    done = plan.draws - sum(sizes)
    if isinstance(executor, ProcessExecutor) and not compiled.is_warm():
        # Else every worker would compile for itself.
        warm()
    working = _executor(executor).run(function, plan.tasks(numbers))
    with closing(working):  # type: ignore[type-var]  # a generator, where it can be closed
        for place, result in working:
            yield numbers[place], result
            done += sizes[place]
            if progress is not None:
                progress(done, plan.draws)


def _executor(executor: Executor | None) -> Executor:
    if executor is None:
        return SerialExecutor()
    if not callable(getattr(executor, "run", None)):
        raise ValuesError(
            f"executor: this is a {type(executor).__name__}; give an executor, such as "
            "ProcessExecutor(2)"
        )
    return executor
