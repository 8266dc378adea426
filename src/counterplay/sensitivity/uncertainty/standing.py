"""How often each kind of outcome is among the stable ones of a run, and how often none is firm."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from counterplay.explain.narrate import pure_clause
from counterplay.sensitivity.outcomes import Outcome
from counterplay.sensitivity.uncertainty.result import Sample
from counterplay.sensitivity.uncertainty.shares import Kind, Share, intervals, stream_counts

UNSETTLED = "no settled choice"
UNNAMED = "a settled outcome without a name"

_Kind = tuple[Kind, str, str, npt.NDArray[np.bool_]]
"""Kind of share, id, words, and which outcome sets have it."""


def standing_shares(sample: Sample) -> tuple[Share, ...]:
    """Return the share of draws in which each kind of outcome is among the stable ones.

    Kinds are the scenario's regimes or, without any, single pure equilibria.  Several may be
    stable in one draw, so that shares may add up to more than 1.

    Parameters
    ----------
    sample : Sample

    Returns
    -------
    tuple of Share
        Regimes in the order of the file; pure equilibria in that of their first draw, of the kind
        ``"profile"``.  Then, where it occurs, the share of draws with a pure equilibrium that no
        regime names, and that of draws without any; their ids are empty.
    """
    named = _regimes(sample) if sample.plan.scenario.regimes else _profiles(sample)
    firm = np.array([bool(outcome.pure) for outcome in sample.outcomes])
    unnamed = np.array([_has_unnamed(sample, outcome) for outcome in sample.outcomes])
    rest: list[_Kind] = [("regime", "", UNNAMED, unnamed), ("pure", "", UNSETTLED, ~firm)]
    kinds = [*named, *(one for one in rest if one[3].any())]
    counts = stream_counts(sample.outcome, len(sample.outcomes))
    totals = np.array([counts[members].sum(axis=0) for *_, members in kinds]).astype(np.int64)
    low, high = intervals(totals, counts.sum(axis=0), sample.plan.method)
    draws = len(sample)
    return tuple(
        Share(kind, name, words, int(count), int(count) / draws, float(a), float(b))
        for (kind, name, words, _), count, a, b in zip(
            kinds, totals.sum(axis=1), low, high, strict=True
        )
    )


def _regimes(sample: Sample) -> list[_Kind]:
    return [
        (
            "regime",
            regime.id,
            regime.label,
            np.array([regime.id in outcome.regimes for outcome in sample.outcomes]),
        )
        for regime in sample.plan.scenario.regimes
    ]


def _profiles(sample: Sample) -> list[_Kind]:
    players = sample.plan.scenario.players
    profiles = dict.fromkeys(p for outcome in sample.outcomes for p in outcome.pure)
    return [
        (
            "profile",
            "/".join(profile),
            ", ".join(pure_clause(a, b) for a, b in zip(players, profile, strict=True)),
            np.array([profile in outcome.pure for outcome in sample.outcomes]),
        )
        for profile in profiles
    ]


def _has_unnamed(sample: Sample, outcome: Outcome) -> bool:
    scenario = sample.plan.scenario
    if not scenario.regimes:
        return False
    return any(scenario.regime(profile) is None for profile in outcome.pure)
