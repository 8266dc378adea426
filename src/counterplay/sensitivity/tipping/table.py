"""Tipping points as results: each with both sides, and the table of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, overload

from counterplay.scenario.setting import Values
from counterplay.sensitivity.outcomes import Outcome

Certainty = Literal["exact", "bracketed"]


@dataclass(frozen=True)
class TippingPoint:
    """A value of one parameter at which the outcome set changes.

    Attributes
    ----------
    parameter : str
    value : float
        In the parameter's own unit.
    below, above : Outcome
        The outcome sets just below and just above, solved there.
    certainty : str
        ``"exact"``: a root of exact payoffs, enclosed to 1e-12 of the range or better;
        ``"bracketed"``: found on a grid and closed in.
    distance : float
        From the value held now, as a share of the parameter's range.
    pure : bool
        Whether the pure equilibria change, and not only mixed ones.
    within : tuple of two float
        The tipping point lies between these.
    words : str
        Both sides in words.
    """

    parameter: str
    value: float
    below: Outcome
    above: Outcome
    certainty: Certainty
    distance: float
    pure: bool
    within: tuple[float, float]
    words: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {
            "parameter": self.parameter,
            "value": self.value,
            "below": self.below.to_dict(),
            "above": self.above.to_dict(),
            "certainty": self.certainty,
            "distance": self.distance,
            "pure": self.pure,
            "within": list(self.within),
            "words": self.words,
        }


@dataclass(frozen=True, eq=False)
class TippingTable(Sequence[TippingPoint]):
    """All tipping points found, nearest to the present values first; a sequence of them.

    Attributes
    ----------
    items : tuple of TippingPoint
    held : Values
        Every parameter and constant at the value where it is held while another one moves.
    moved : tuple of str
        Parameters that were moved.
    steady : tuple of str
        Of these, the ones that payoffs depend on without a change of the outcome set found.
    unused : tuple of str
        Parameters that no payoff depends on.
    fixed : tuple of str
        Parameters whose range is a single value.
    solves, unproved : int
        At how many settings all equilibria were solved, and at how many of these it is not proved
        that none is missing.
    method : str
        How tipping points were found, and what may be missed.
    words : str
        What the table comes to.
    """

    items: tuple[TippingPoint, ...]
    held: Values
    moved: tuple[str, ...]
    steady: tuple[str, ...]
    unused: tuple[str, ...]
    fixed: tuple[str, ...]
    solves: int
    unproved: int
    method: str
    words: str

    def __len__(self) -> int:
        """Return the number of tipping points."""
        return len(self.items)

    def __iter__(self) -> Iterator[TippingPoint]:
        """Yield tipping points, nearest first."""
        return iter(self.items)

    @overload
    def __getitem__(self, index: int) -> TippingPoint: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[TippingPoint, ...]: ...

    def __getitem__(self, index: int | slice) -> TippingPoint | tuple[TippingPoint, ...]:
        """Return a tipping point by its place, or several by a slice."""
        return self.items[index]

    def to_dict(self) -> dict[str, Any]:
        """Return the table as JSON data."""
        return {
            "tipping_points": [item.to_dict() for item in self.items],
            "held": dict(self.held),
            "moved": list(self.moved),
            "steady": list(self.steady),
            "unused": list(self.unused),
            "fixed": list(self.fixed),
            "solves": self.solves,
            "unproved": self.unproved,
            "method": self.method,
            "words": self.words,
        }

    def of(self, parameter: str) -> tuple[TippingPoint, ...]:
        """Return the tipping points of one parameter in order of value."""
        own = (item for item in self.items if item.parameter == parameter)
        return tuple(sorted(own, key=lambda item: item.value))
