"""From question to game: formulas to numbers, terms to payoffs, and what a payoff is made of."""

from counterplay.payoffs.build import game
from counterplay.payoffs.ledger import Ledger, LedgerTerm, ledger

__all__ = ["Ledger", "LedgerTerm", "game", "ledger"]
