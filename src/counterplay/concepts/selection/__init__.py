"""Selection and refinement: what sets several equilibria apart, one criterion a file."""

from counterplay.concepts.selection.best_reply_dynamics import best_reply_share
from counterplay.concepts.selection.coalition_proofness import coalition_proof
from counterplay.concepts.selection.columns import SelectionColumn
from counterplay.concepts.selection.logit_limit import logit_limit
from counterplay.concepts.selection.p_dominance import least_p_dominance
from counterplay.concepts.selection.pareto import pareto_undominated
from counterplay.concepts.selection.perfection import trembling_hand_perfect
from counterplay.concepts.selection.replicator import replicator_share
from counterplay.concepts.selection.risk_dominance import risk_dominant
from counterplay.concepts.selection.shares import BasinShares, Share
from counterplay.concepts.selection.strong_equilibrium import strong
from counterplay.concepts.selection.table import SelectionTable, selection_table
from counterplay.concepts.selection.weak_dominance import uses_weakly_dominated

__all__ = [
    "BasinShares",
    "SelectionColumn",
    "SelectionTable",
    "Share",
    "best_reply_share",
    "coalition_proof",
    "least_p_dominance",
    "logit_limit",
    "pareto_undominated",
    "replicator_share",
    "risk_dominant",
    "selection_table",
    "strong",
    "trembling_hand_perfect",
    "uses_weakly_dominated",
]
