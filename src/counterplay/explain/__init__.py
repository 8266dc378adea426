"""Why: what a deviation would cost in named terms, and how several equilibria compare."""

from counterplay.explain.account import Account, account
from counterplay.explain.comparison import Comparison, compare
from counterplay.explain.deviation import Deviation, Stance, TermChange
from counterplay.explain.profile import ProfileAccount, account_of_profile

__all__ = [
    "Account",
    "Comparison",
    "Deviation",
    "ProfileAccount",
    "Stance",
    "TermChange",
    "account",
    "account_of_profile",
    "compare",
]
