"""Closing in on changes of the outcome set between two settings, in few solves.

Where a probability is seen to fall to zero, settings just beside the place foreseen are solved,
at a distance that shrinks as the guesses prove right; elsewhere brackets are halved.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from counterplay.scenario import Parameter
from counterplay.sensitivity.tipping.foreseeing import falls_to_zero
from counterplay.sensitivity.tipping.outcome_changes import Change, Solver, Stop

WIDTH = 1e-9
"""Width to which changes are closed in, as a share of the range."""

MOST_SOLVES = 600
"""Settings solved to close in on the changes along one parameter; what is left stays wide."""

_ROUNDS = 200
_SHARES = (0.5, 0.3, 0.7)
_BESIDE = (0.05, 1e-3, 1e-5, 1e-7)


@dataclass(frozen=True)
class Bracket:
    """A change to close in on.

    Attributes
    ----------
    parameter : Parameter
    change : Change
    outer : tuple of two Stop or None
        The settings next to it on either side, where no other change lies between.
    tried : int
        How many shares of it gave no proved answer.
    hits : int
        How often the change lay between settings solved on both sides of a guess.
    misses : int
        How many guesses since then were not right; after two it is halved once.
    """

    parameter: Parameter
    change: Change
    outer: tuple[Stop | None, Stop | None]
    tried: int = 0
    hits: int = 0
    misses: int = 0

    @property
    def width(self) -> float:
        """The distance of its ends."""
        return self.change.after.value - self.change.before.value

    @property
    def is_narrow(self) -> bool:
        """Whether it is as narrow as wanted, or as doubles can tell."""
        if self.width <= WIDTH * (self.parameter.high - self.parameter.low):
            return True
        return not self.change.before.value < self.inside(0.5) < self.change.after.value

    def inside(self, share: float) -> float:
        """Return a value inside."""
        return self.change.before.value + share * self.width


def brackets_of(parameter: Parameter, run: list[Stop]) -> list[Bracket]:
    """Return the changes between neighbours of a run of settings in order of value."""
    padded = [None, *run, None]
    return [
        Bracket(parameter, Change(a, b), (older, newer))
        for (a, b), older, newer in zip(pairwise(run), padded, padded[3:], strict=False)
        if a.outcome != b.outcome
    ]


def closed_in(solver: Solver, brackets: list[Bracket]) -> list[Bracket]:
    """Narrow every bracket; one with a third outcome inside becomes two.

    What is left wide after `MOST_SOLVES` settings along a parameter is returned as it is.
    """
    closed: list[Bracket] = []
    pending = brackets
    spent: Counter[str] = Counter()
    for _ in range(_ROUNDS):
        wide, plans = [], []
        for bracket in pending:
            name = bracket.parameter.id
            if bracket.is_narrow or bracket.tried == len(_SHARES) or spent[name] >= MOST_SOLVES:
                closed.append(bracket)
                continue
            wide.append(bracket)
            plans.append(_foreseen(bracket) or [bracket.inside(_SHARES[bracket.tried])])
            spent[name] += len(plans[-1])
        both = list(zip(wide, plans, strict=True))
        stops = iter(solver.stops([(b.parameter, value) for b, plan in both for value in plan]))
        pending = []
        for bracket, plan in both:
            pending += _parts(bracket, [next(stops) for _ in plan])
        if not pending:
            break
    return closed + pending


def _foreseen(bracket: Bracket) -> list[float]:
    """Return settings just beside the place where the change is foreseen, if it is."""
    (older, newer), change = bracket.outer, bracket.change
    if bracket.misses > 1 or bracket.tried:
        return []
    before, after = change.before, change.after
    zeros: list[float] = []
    if older is not None:
        sides = (older.value, before.value), (older.least, before.least)
        zeros += falls_to_zero(*sides, after.least)
    if newer is not None:
        sides = (newer.value, after.value), (newer.least, after.least)
        zeros += falls_to_zero(*sides, before.least)
    zero = next((zero for zero in zeros if before.value <= zero <= after.value), None)
    if zero is None:
        return []
    least = 0.45 * WIDTH * (bracket.parameter.high - bracket.parameter.low)
    away = max(least, _BESIDE[min(bracket.hits, len(_BESIDE) - 1)] * bracket.width)
    return [value for value in (zero - away, zero + away) if before.value < value < after.value]


def _parts(bracket: Bracket, solved: list[Stop]) -> list[Bracket]:
    """Return the parts in which the outcome set still changes."""
    change = bracket.change
    told = [stop for stop in solved if stop.outcome.complete or not change.before.outcome.complete]
    if not told:
        return [replace(bracket, tried=bracket.tried + 1)]
    stops = [bracket.outer[0], change.before, *told, change.after, bracket.outer[1]]
    parts = []
    for older, a, b, newer in zip(stops, stops[1:], stops[2:], stops[3:], strict=False):
        if a is None or b is None or a.outcome == b.outcome:
            continue
        hit = len(told) == 2 and a is told[0] and b is told[1]
        guessed = _foreseen(bracket)
        misses = 0 if hit or not guessed else bracket.misses + 1
        parts.append(
            Bracket(
                bracket.parameter,
                Change(a, b),
                (older, newer),
                hits=bracket.hits + hit,
                misses=misses,
            )
        )
    return parts
