"""All that app, command line and reports show of a scenario at one setting."""

from counterplay.findings.analysis import DRAWS, Analysis, analyse
from counterplay.findings.blocs import BlocView, bloc_view
from counterplay.findings.checks import LEVELS, REQUIRED, Check, Level
from counterplay.findings.confidence import (
    CarryingTerm,
    EvidenceConfidence,
    evidence_confidence,
)
from counterplay.findings.identity import VERSIONED, inputs_digest
from counterplay.findings.moves import WhatChanged, what_changed
from counterplay.findings.one_question import MAX_ACCOUNTS, Findings, study
from counterplay.findings.profiles import profile_account

__all__ = [
    "DRAWS",
    "LEVELS",
    "MAX_ACCOUNTS",
    "REQUIRED",
    "VERSIONED",
    "Analysis",
    "BlocView",
    "CarryingTerm",
    "Check",
    "EvidenceConfidence",
    "Findings",
    "Level",
    "WhatChanged",
    "analyse",
    "bloc_view",
    "evidence_confidence",
    "inputs_digest",
    "profile_account",
    "study",
    "what_changed",
]
