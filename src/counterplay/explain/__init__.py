"""Why: what a deviation would cost in named terms, and how several equilibria compare."""

from counterplay.explain.account import Account, account
from counterplay.explain.comparison import Comparison, compare
from counterplay.explain.deviation import Deviation, Stance, TermChange

__all__ = [
    "Account",
    "Comparison",
    "Deviation",
    "Stance",
    "TermChange",
    "account",
    "compare",
]
