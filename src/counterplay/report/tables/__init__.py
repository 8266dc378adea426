"""Tables of findings: ready-made text, shared by reports, app and command line.

Each function reads what the engine found and computes nothing but the wording of cells.
"""

from counterplay.explain.narrate import signed
from counterplay.report.tables.commitments import (
    advice,
    advice_words,
    commitment_words,
    commitments,
)
from counterplay.report.tables.criteria import selection, selection_starts
from counterplay.report.tables.futures import (
    condition_boxes,
    driver_shares,
    option_criteria,
    sampled_outcomes,
)
from counterplay.report.tables.inputs import breaks, constants, evidence, moved, values
from counterplay.report.tables.lever_settings import lever_settings
from counterplay.report.tables.outcomes import (
    blocs,
    pager,
    payoffs,
    stances,
    strategies,
    verification,
)
from counterplay.report.tables.players import players
from counterplay.report.tables.regions import REGIONS_SHOWN, region_table, region_words, set_note
from counterplay.report.tables.settings import (
    compared_inputs,
    compared_outcomes,
    compared_payoffs,
    payoff_shares,
    presence_shares,
    shares,
)
from counterplay.report.tables.table import GLYPHS, Table
from counterplay.report.tables.terms import (
    contribution_claims,
    contributions,
    deviation,
    deviation_claims,
)
from counterplay.report.tables.wording import (
    index_text,
    option_label,
    profile_text,
    profiles_text,
    regret_text,
)

__all__ = [
    "GLYPHS",
    "REGIONS_SHOWN",
    "Table",
    "advice",
    "advice_words",
    "blocs",
    "breaks",
    "commitment_words",
    "commitments",
    "compared_inputs",
    "compared_outcomes",
    "compared_payoffs",
    "condition_boxes",
    "constants",
    "contribution_claims",
    "contributions",
    "deviation",
    "deviation_claims",
    "driver_shares",
    "evidence",
    "index_text",
    "lever_settings",
    "moved",
    "option_criteria",
    "option_label",
    "pager",
    "payoff_shares",
    "payoffs",
    "players",
    "presence_shares",
    "profile_text",
    "profiles_text",
    "region_table",
    "region_words",
    "regret_text",
    "sampled_outcomes",
    "selection",
    "selection_starts",
    "set_note",
    "shares",
    "signed",
    "stances",
    "strategies",
    "values",
    "verification",
]
