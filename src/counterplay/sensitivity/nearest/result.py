"""The result of a search for the nearest change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from counterplay.sensitivity.nearest.moving import Norm
from counterplay.sensitivity.outcomes import Outcome

Goal = Literal["makes", "breaks", "isolates"]
Status = Literal["already", "tied", "least", "least found", "impossible", "none found"]


@dataclass(frozen=True, eq=False)
class NearestChange:
    """The nearest joint change of assumptions that does what was asked.

    Attributes
    ----------
    goal : str
        ``"makes"``, ``"breaks"`` or ``"isolates"``.
    profile : tuple of n str
        The outcome it is about, as option ids.
    norm : str
        ``"l1"``: shares of ranges add up; ``"linf"``: the largest share counts.
    status : str
        ``"already"``: no change is needed.  ``"tied"``: somebody neither gains nor loses by
        leaving the outcome, so that any change that way breaks it.  ``"least"``: proved that no
        change is smaller by more than 1e-6.  ``"least found"``: a search found none smaller.
        ``"impossible"``: proved that no change in range does it.  ``"none found"``: a search
        found none; one may exist.
    changes : mapping from str to (float, float)
        From and to, for each number that moves.
    size : float
        Length of the change in the norm; infinite where there is none.
    bound : float
        Proved: no change is smaller than this; 0 where nothing is proved.
    values : mapping from str to float
        Every parameter and constant after the change.
    method : str
        How it was found and what is proved, in one sentence.
    before, after : Outcome
        All equilibria as outcome sets; the same where nothing changes.
    binding : tuple of (str, str)
        Player and option of the deviations that then pay as much, to 1e-7 of the player's range.
    verified : bool
        Solved anew, the change does it, and 99 % of it does not; of a tie, that half does too.
    words : str
        The result in plain sentences.
    """

    goal: Goal
    profile: tuple[str, ...]
    norm: Norm
    status: Status
    changes: Mapping[str, tuple[float, float]]
    size: float
    bound: float
    values: Mapping[str, float]
    method: str
    before: Outcome
    after: Outcome
    binding: tuple[tuple[str, str], ...]
    verified: bool
    words: str = ""

    @property
    def found(self) -> bool:
        """Whether a change, or none at all, does it."""
        return self.status in {"already", "tied", "least", "least found"}

    @property
    def least(self) -> bool:
        """Whether it is proved that no smaller change does it, or that none is needed."""
        return self.status in {"already", "tied", "least"}

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON; sizes that are infinite are None."""
        return {
            "goal": self.goal,
            "profile": list(self.profile),
            "norm": self.norm,
            "status": self.status,
            "changes": {name: {"from": a, "to": b} for name, (a, b) in self.changes.items()},
            "size": _finite(self.size),
            "bound": _finite(self.bound),
            "values": dict(self.values),
            "method": self.method,
            "before": self.before.label,
            "after": self.after.label,
            "binding": [{"player": p, "option": o} for p, o in self.binding],
            "verified": self.verified,
            "words": self.words,
        }


def _finite(number: float) -> float | None:
    return number if abs(number) != float("inf") else None
