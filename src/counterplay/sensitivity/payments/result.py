"""The result of a search for the least side payment."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from counterplay.concepts import Solution
from counterplay.sensitivity.outcomes import Supports


@dataclass(frozen=True)
class Payment:
    """What one player must be offered to stay.

    Attributes
    ----------
    player : str
    amount : float
        In the player's own payoff units.
    exact : Fraction or None
        The same exactly, where payoffs are rational.
    outbids : str
        The option that it makes not worth taking.
    share : float
        The amount as a share of the player's payoff range.
    """

    player: str
    amount: float
    exact: Fraction | None
    outbids: str
    share: float


@dataclass(frozen=True, eq=False)
class AfterPayment:
    """The game once payments are made, a thousandth of the payoff range above the least.

    Attributes
    ----------
    solution : Solution
    holds : bool
        Whether the target is an equilibrium.
    only : bool
        Whether it is proved that there is no other equilibrium.
    others : tuple of supports
        Those listed besides the target, as option ids.
    """

    solution: Solution
    holds: bool
    only: bool
    others: tuple[Supports, ...]


@dataclass(frozen=True, eq=False)
class SidePayment:
    """The least payments that make a pure profile an equilibrium.

    Attributes
    ----------
    profile : tuple of n str
        Option ids.
    payments : tuple of Payment
        What those who may be paid need.  Never added up: points of different players cannot be.
    missing : tuple of Payment
        What others would need who may not be paid.
    content : tuple of str
        Players who need nothing.
    feasible : bool
        Whether paying the receivers allowed is enough.
    strict : bool
        Whether every player already loses by every deviation; else anything more than the
        amounts, and anything at all to a content player who ties, makes it so.
    exact : bool
        Whether amounts are exact fractions.
    bonus, guarantee : AfterPayment
        What is stable if payments are made at the target alone, and if each is made for the
        receiver's own option whatever the others do.
    words : str
        The result in plain sentences.
    """

    profile: tuple[str, ...]
    payments: tuple[Payment, ...]
    missing: tuple[Payment, ...]
    content: tuple[str, ...]
    feasible: bool
    strict: bool
    exact: bool
    bonus: AfterPayment
    guarantee: AfterPayment
    words: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "profile": list(self.profile),
            "payments": [_payment(paid) for paid in self.payments],
            "missing": [_payment(paid) for paid in self.missing],
            "content": list(self.content),
            "feasible": self.feasible,
            "strict": self.strict,
            "exact": self.exact,
            "bonus": _after(self.bonus),
            "guarantee": _after(self.guarantee),
            "words": self.words,
        }


def _payment(paid: Payment) -> dict[str, Any]:
    return {
        "player": paid.player,
        "amount": paid.amount,
        "exact": None if paid.exact is None else str(paid.exact),
        "outbids": paid.outbids,
        "share": paid.share,
    }


def _after(after: AfterPayment) -> dict[str, Any]:
    return {
        "holds": after.holds,
        "only": after.only,
        "completeness": after.solution.completeness,
        "others": [[list(options) for options in support] for support in after.others],
    }
