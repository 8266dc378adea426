"""What counts as stable: one solution concept a file, each a function of a game."""

from counterplay.concepts.certify import certify
from counterplay.concepts.commitment import Commitment, commitment
from counterplay.concepts.correlated import CorrelatedEquilibrium, correlated, correlated_range
from counterplay.concepts.dominance import undominated
from counterplay.concepts.elimination import (
    Elimination,
    iterated_strict_dominance,
    iterated_weak_dominance,
)
from counterplay.concepts.mixed_commitment import MixedCommitment, mixed_commitment
from counterplay.concepts.nash import nash, prompt_work
from counterplay.concepts.nash_batch import nash_many
from counterplay.concepts.nashpy_witness import nashpy_agrees
from counterplay.concepts.one_equilibrium import quick_equilibrium
from counterplay.concepts.precision_fit import PrecisionFit, fit_precision
from counterplay.concepts.pure import pure_equilibria
from counterplay.concepts.quantal import QuantalResponse, quantal
from counterplay.concepts.quantal_branch import QuantalBranch, quantal_branch
from counterplay.concepts.rationalizability import Rationalizability, rationalizable
from counterplay.concepts.search.compiled import warm
from counterplay.concepts.selection import SelectionTable, selection_table
from counterplay.concepts.solution import Completeness, Equilibrium, Region, Solution

__all__ = [
    "Commitment",
    "Completeness",
    "CorrelatedEquilibrium",
    "Elimination",
    "Equilibrium",
    "MixedCommitment",
    "PrecisionFit",
    "QuantalBranch",
    "QuantalResponse",
    "Rationalizability",
    "Region",
    "SelectionTable",
    "Solution",
    "certify",
    "commitment",
    "correlated",
    "correlated_range",
    "fit_precision",
    "iterated_strict_dominance",
    "iterated_weak_dominance",
    "mixed_commitment",
    "nash",
    "nash_many",
    "nashpy_agrees",
    "prompt_work",
    "pure_equilibria",
    "quantal",
    "quantal_branch",
    "quick_equilibrium",
    "rationalizable",
    "selection_table",
    "undominated",
    "warm",
]
