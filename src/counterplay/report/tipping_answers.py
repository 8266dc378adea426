"""What a table of tipping points says of the answer: where it stays, and what comes instead.

The answer is the set of firm stable outcomes; where none is firm, the supports of the mixed ones.
While only mixed outcomes beside firm ones change, the answer stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from counterplay.errors import ReportError
from counterplay.report.tipping_words import point_words
from counterplay.scenario import Parameter, Scenario
from counterplay.sensitivity.outcomes import Outcome
from counterplay.sensitivity.tipping.table import TippingPoint, TippingTable

Kind = Literal["same", "joined", "other", "unsettled"]
"""The same answer; the same and others; another one; no firm stable outcome."""

KINDS: dict[Kind, str] = {
    "same": "same answer",
    "joined": "same answer and others",
    "other": "another answer",
    "unsettled": "no settled choice",
}
"""Each kind in words."""

PureSet = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Segment:
    """A part of a parameter's range with one answer.

    Attributes
    ----------
    low, high : float
        In the parameter's own unit.
    kind : str
        How the answer compares with the present one.
    complete : bool
        Whether it is proved that no equilibrium is missing.
    """

    low: float
    high: float
    kind: Kind
    complete: bool


@dataclass(frozen=True)
class Answers:
    """How the answer changes as one parameter moves alone.

    Attributes
    ----------
    parameter : Parameter
    now : float
    segments : tuple of Segment
        From the least value to the greatest; one of the same answer where nothing changes.
    changes : tuple of TippingPoint
        Those at which the answer changes, in order of value.
    mixed : tuple of TippingPoint
        Those at which only mixed outcomes change beside it.
    stays : tuple of two float
        The answer stays the same between these.
    first : TippingPoint or None
        The nearer end of that span; None where the answer stays over the whole range.
    words : str
        What happens first, such as "above 0.865: “Arms spiral” becomes possible too".
    """

    parameter: Parameter
    now: float
    segments: tuple[Segment, ...]
    changes: tuple[TippingPoint, ...]
    mixed: tuple[TippingPoint, ...]
    stays: tuple[float, float]
    first: TippingPoint | None
    words: str


def answers_along(scenario: Scenario, table: TippingTable, parameter: str) -> Answers:
    """Read from a table how the answer changes along one parameter.

    Raises
    ------
    ReportError
        If the table is not of this scenario, or has nothing on the parameter.
    """
    found = _parameter(scenario, table, parameter)
    now, points = table.held[parameter], table.of(parameter)
    present = _present(points, now)
    changes = tuple(p for p in points if _answer(p.below, present) != _answer(p.above, present))
    segments = _segments(found, points, changes, present)
    low = max((p.value for p in changes if p.value <= now), default=found.low)
    high = min((p.value for p in changes if p.value >= now), default=found.high)
    first = min(
        (p for p in changes if p.value in {low, high}), key=lambda p: p.distance, default=None
    )
    return Answers(
        parameter=found,
        now=now,
        segments=segments,
        changes=changes,
        mixed=tuple(p for p in points if p not in changes),
        stays=(low, high),
        first=first,
        words=point_words(scenario, first, now) if first else "no change found",
    )


def _parameter(scenario: Scenario, table: TippingTable, name: str) -> Parameter:
    told = {*table.moved, *table.unused, *table.fixed}
    found = next((p for p in scenario.parameters if p.id == name), None)
    if found is None or name not in told:
        raise ReportError(f"parameter: the table of tipping points has nothing on {name!r}")
    return found


def _present(points: Sequence[TippingPoint], now: float) -> PureSet | None:
    """Return the firm outcomes at the present value, or None where nothing is known to change.

    On a tipping point itself both sides' outcomes hold: the set of equilibria is closed.
    """
    before = [p for p in points if p.value <= now]
    after = [p for p in points if p.value >= now]
    if not points:
        return None
    sides = [*(p.above for p in before[-1:]), *(p.below for p in after[:1])]
    if before and after and before[-1] is after[0]:
        sides = [after[0].below, after[0].above]
    return tuple(dict.fromkeys(profile for side in sides for profile in side.pure))


def _answer(outcome: Outcome, present: PureSet | None) -> object:
    """Return what is compared: firm outcomes, or all supports where none is firm now."""
    return frozenset(outcome.pure if present else outcome.supports)


def _segments(
    parameter: Parameter,
    points: Sequence[TippingPoint],
    changes: Sequence[TippingPoint],
    present: PureSet | None,
) -> tuple[Segment, ...]:
    """Cut the range where the answer changes."""
    if not points:
        return (Segment(parameter.low, parameter.high, "same", complete=True),)
    ends = [parameter.low, *(p.value for p in changes), parameter.high]
    starts = [points[0].below, *(p.above for p in changes)]
    parts = []
    for low, high, outcome in zip(ends[:-1], ends[1:], starts, strict=True):
        inside = [p.above for p in points if low < p.value < high]
        complete = all(o.complete for o in (outcome, *inside))
        parts.append(Segment(low, high, _kind(outcome, present or ()), complete))
    return tuple(parts)


def _kind(outcome: Outcome, present: PureSet) -> Kind:
    firm = frozenset(outcome.pure)
    if firm == frozenset(present):
        return "same"
    if not firm:
        return "unsettled"
    return "joined" if present and firm > frozenset(present) else "other"
