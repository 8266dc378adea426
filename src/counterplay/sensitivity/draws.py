"""Draws of uncertain assumptions: rows by position, each row the same whoever makes it.

Points of the unit cube are mapped by the inverse distribution function that each parameter
declares; parameters are independent of each other.  Three designs:

``"sobol"``
    Sixteen independently scrambled Sobol' sequences (Sobol' 1967, Owen 1995) dealt in turn, so
    that the spread between them shows how far a share of draws may be off, and that a longer run
    begins with the rows of a shorter one.
``"lhs"``
    One Latin hypercube (McKay, Beckman and Conover 1979) over all draws.
``"random"``
    Independent draws.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, get_args

import numpy as np

from counterplay.errors import ValuesError
from counterplay.numeric import FloatArray
from counterplay.scenario import Parameter, Scenario
from counterplay.scenario.values import nearest

Method = Literal["sobol", "lhs", "random"]
"""How the points are spread."""

METHODS: tuple[str, ...] = get_args(Method)

STREAMS = 16
"""Independently scrambled Sobol' sequences in one run."""

MOST_DRAWS = 10_000_000

_SEED_BITS = 128

_ENGINES = threading.local()
"""Sequences of the run that a thread worked on last: scrambling costs more than the points."""


class Design(Protocol):
    """Points of the unit cube, by position."""

    def rows(self, start: int, stop: int) -> FloatArray:
        """Return the points from one position to before another, shape (stop - start, k)."""

    def part(self, start: int, stop: int) -> Design:
        """Return a design, small enough to be sent, that has these points at least."""


@dataclass(frozen=True)
class SobolDesign:
    """Scrambled Sobol' sequences dealt in turn: row i is point i // 16 of sequence i % 16."""

    dimension: int
    seed: int

    def rows(self, start: int, stop: int) -> FloatArray:
        """Return the points from one position to before another."""
        points = np.empty((stop - start, self.dimension))
        for stream in range(STREAMS):
            first = start + (stream - start) % STREAMS
            count = len(range(first, stop, STREAMS))
            if count:
                own = (self.dimension, self.seed, stream)
                points[first - start :: STREAMS] = _sobol(own, first // STREAMS, count)
        return points

    def part(self, start: int, stop: int) -> Design:  # noqa: ARG002 - small as it is
        """Return itself."""
        return self


@dataclass(frozen=True)
class RandomDesign:
    """Independent points."""

    dimension: int
    seed: int

    def rows(self, start: int, stop: int) -> FloatArray:
        """Return the points from one position to before another."""
        source = np.random.PCG64(np.random.SeedSequence(self.seed))
        # One number of the generator makes one coordinate.
        source.advance(start * self.dimension)
        return np.random.Generator(source).random((stop - start, self.dimension))

    def part(self, start: int, stop: int) -> Design:  # noqa: ARG002 - small as it is
        """Return itself."""
        return self


@dataclass(frozen=True, eq=False)
class CutDesign:
    """Points that were made before, from some position on."""

    points: FloatArray
    first: int = 0

    def rows(self, start: int, stop: int) -> FloatArray:
        """Return the points from one position to before another."""
        return self.points[start - self.first : stop - self.first]

    def part(self, start: int, stop: int) -> Design:
        """Return the points alone, without all the others."""
        return CutDesign(self.rows(start, stop).copy(), start)


def design_of(method: Method, draws: int, dimension: int, seed: int) -> Design:
    """Return the design of a run.

    Parameters
    ----------
    method : str
        ``"sobol"``, ``"lhs"`` or ``"random"``.
    draws : int
        Number of points; only a Latin hypercube depends on it.
    dimension : int
        Number of parameters drawn, at least 1.
    seed : int
        Not negative.
    """
    if method == "sobol":
        return SobolDesign(dimension, seed)
    if method == "random":
        return RandomDesign(dimension, seed)
    return CutDesign(_latin_hypercube(draws, dimension, seed))


def drawn_parameters(scenario: Scenario) -> tuple[Parameter, ...]:
    """Return the parameters that a run draws: uncertain ones whose distribution has a width."""
    return tuple(
        parameter
        for parameter in scenario.parameters
        if parameter.role == "uncertain" and spread(parameter)[0] < spread(parameter)[2]
    )


def settled_values(
    scenario: Scenario, values: Mapping[str, float] | None = None
) -> dict[str, float]:
    """Return every parameter and constant as a run takes it before it draws.

    An uncertain parameter whose distribution is one point stands there, as if it were drawn,
    whatever is set.

    Raises
    ------
    ValuesError
        If a name is unknown, or a value is not finite or outside its range.
    """
    points = {
        parameter.id: spread(parameter)[0]
        for parameter in scenario.parameters
        if parameter.role == "uncertain" and spread(parameter)[0] == spread(parameter)[2]
    }
    return {**scenario.full_values(values), **points}


def spread(parameter: Parameter) -> tuple[float, float, float]:
    """Return low, mode and high of a parameter's distribution, within its range.

    What the distribution leaves out are the parameter's own low, default and high.
    """
    given = parameter.distribution
    low = parameter.low if given.low is None else given.low
    high = parameter.high if given.high is None else given.high
    mode = parameter.default if given.mode is None else given.mode
    low, high = max(low, parameter.low), min(high, parameter.high)
    return low, min(max(mode, low), high), high


def values_from_unit(parameter: Parameter, unit: FloatArray) -> FloatArray:
    """Return the values at which a parameter's distribution function is `unit`.

    Parameters
    ----------
    unit : ndarray
        From 0 to 1.

    Examples
    --------
    >>> from counterplay.scenario import load
    >>> parameter = load("korea-ukraine").parameters[0]
    >>> low, mode, high = spread(parameter)
    >>> share = (mode - low) / (high - low)
    >>> bool(np.allclose(values_from_unit(parameter, np.array([0, share, 1])), (low, mode, high)))
    True
    """
    low, mode, high = spread(parameter)
    width = high - low
    if parameter.distribution.kind == "uniform":
        values = low + width * unit
    else:
        turn = (mode - low) / width
        rising = low + width * np.sqrt(unit * turn)
        falling = high - width * np.sqrt((1.0 - unit) * (1.0 - turn))
        values = np.where(unit < turn, rising, falling)
    clipped: FloatArray = np.clip(values, low, high)
    return clipped


def drawn_values(parameters: Sequence[Parameter], points: FloatArray) -> FloatArray:
    """Return points of the unit cube as values, shape (draws, k)."""
    columns = [values_from_unit(p, points[:, k]) for k, p in enumerate(parameters)]
    return np.stack(columns, axis=1)


def checked_draws(draws: object, least: int = 1, most: int = MOST_DRAWS) -> int:
    """Return a number of draws, or say which numbers there are.

    Raises
    ------
    ValuesError
        Unless it is a whole number from `least` to `most`.
    """
    whole = _whole(draws)
    if whole is None or not least <= whole <= most:
        raise ValuesError(f"draws: {_shown(draws)}; give a whole number from {least} to {most:,}")
    return whole


def checked_seed(seed: object) -> int:
    """Return a seed, or say what one is.

    Raises
    ------
    ValuesError
        Unless it is a whole number from 0 to 2**128 - 1.
    """
    whole = _whole(seed)
    if whole is None or not 0 <= whole < 1 << _SEED_BITS:
        raise ValuesError(
            f"seed: {_shown(seed)}; give a whole number from 0 to 2**{_SEED_BITS} - 1"
        )
    return whole


def checked_method(method: object) -> Method:
    """Return a method, or say which there are.

    Raises
    ------
    ValuesError
        If there is no such method.
    """
    for known in METHODS:
        if method == known:
            return known  # type: ignore[return-value]
    hint = nearest(str(method), METHODS) or f"; the methods are {', '.join(METHODS)}"
    raise ValuesError(f"method: no {method!r}{hint}")


def _sobol(which: tuple[int, int, int], first: int, count: int) -> FloatArray:
    """Return consecutive points of the sequence with this dimension, seed and number."""
    if getattr(_ENGINES, "run", None) != which[:2]:
        _ENGINES.run, _ENGINES.made = which[:2], {}
    engine = _ENGINES.made.get(which[2])
    if engine is None:
        engine = _ENGINES.made[which[2]] = _engine(*which)
    if engine.num_generated > first:
        engine.reset()
    if engine.num_generated < first:
        engine.fast_forward(first - engine.num_generated)
    # SciPy warns where the first batch is no power of two: it asks for the whole sequence.
    asked = count if first else 1 << (count - 1).bit_length()
    points: FloatArray = engine.random(asked)[:count]
    return points


def _engine(dimension: int, seed: int, stream: int) -> Any:  # noqa: ANN401 - SciPy has no types
    from scipy.stats import qmc

    source = np.random.SeedSequence(seed, spawn_key=(stream,))
    return qmc.Sobol(dimension, scramble=True, rng=np.random.default_rng(source))


def _latin_hypercube(draws: int, dimension: int, seed: int) -> FloatArray:
    """Return one point in each of `draws` slices of every axis, column by column."""
    points = np.empty((draws, dimension))
    for column in range(dimension):
        source = np.random.SeedSequence(seed, spawn_key=(column,))
        generator = np.random.default_rng(source)
        points[:, column] = (generator.permutation(draws) + generator.random(draws)) / draws
    return points


def _whole(number: object) -> int | None:
    if isinstance(number, bool) or not hasattr(number, "__index__"):
        return None
    return int(number.__index__())


def _shown(number: object) -> str:
    whole = _whole(number)
    # Python refuses to write thousands of digits.
    return repr(number) if whole is None or abs(whole) < 10**50 else "over 50 digits"
