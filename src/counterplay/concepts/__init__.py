"""What counts as stable: one solution concept a file, each a function of a game."""

from counterplay.concepts.certify import certify
from counterplay.concepts.dominance import undominated
from counterplay.concepts.nash import nash
from counterplay.concepts.pure import pure_equilibria
from counterplay.concepts.solution import Completeness, Equilibrium, Region, Solution

__all__ = [
    "Completeness",
    "Equilibrium",
    "Region",
    "Solution",
    "certify",
    "nash",
    "pure_equilibria",
    "undominated",
]
