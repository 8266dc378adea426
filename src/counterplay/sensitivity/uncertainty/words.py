"""What a run says and does not say, in words."""

from __future__ import annotations

from collections.abc import Sequence

from counterplay.explain.narrate import in_words, number_text, percent
from counterplay.scenario import Scenario
from counterplay.sensitivity.draws import STREAMS, Method
from counterplay.sensitivity.uncertainty.plan import Plan
from counterplay.sensitivity.uncertainty.shares import Share

_INTERVAL: dict[Method, str] = {
    "random": "the exact binomial ones",
    "lhs": "those of as many independent draws, which those of a Latin hypercube hardly exceed",
    "sobol": (
        "those of as many independent draws, or wider where the "
        f"{STREAMS} independent sequences of draws differ by more"
    ),
}


def run_words(plan: Plan, shares: Sequence[Share], proof: str) -> str:
    """Return what a run found, and how to read it.

    Parameters
    ----------
    shares : sequence of Share
        Of the outcome sets.
    proof : str
        A sentence on what is proved of the equilibria found.
    """
    return " ".join(
        [
            _most_frequent(plan, shares),
            "This share of draws is not a probability of the event: it says how often the model "
            "gives this answer over the ranges that were put in, and moves with them.",
            _drawn_words(plan),
            _held_words(plan),
            *_unused_words(plan),
            proof,
            f"Intervals are 95% intervals, {_INTERVAL[plan.method]}; they tell only how far a "
            "share would move with more draws, not how good the ranges are.",
        ]
    )


def proof_words(unproved: int, continua: int, draws: int) -> str:
    """Say in how many draws the equilibria found may not be all."""
    parts = []
    if continua:
        parts.append(
            f"In {_draws(continua, draws)} stable outcomes form connected sets; it is proved that "
            "none lies elsewhere."
        )
    if unproved:
        parts.append(
            f"In {_draws(unproved, draws)} it is not proved that every stable outcome was found; "
            "these draws are counted with what was found."
        )
    else:
        parts.append("In every draw it is proved that no stable outcome is missing.")
    return " ".join(parts)


def pure_proof_words(without: int, draws: int) -> str:
    """Say what looking for pure equilibria alone leaves out."""
    start = (
        "Only stable outcomes in which everybody plays one option for sure were looked for; all "
        "of these were found."
    )
    return f"{start} In {_draws(without, draws)} there is none." if without else start


def _most_frequent(plan: Plan, shares: Sequence[Share]) -> str:
    top = max(shares, key=lambda share: share.count)
    span = f"95% interval {_percent(top.low)} to {_percent(top.high)}"
    kinds = "one set of stable outcomes" if len(shares) == 1 else f"{len(shares):,} different sets"
    return (
        f"Over {plan.draws:,} {'draw' if plan.draws == 1 else 'draws'} the model gives {kinds}; "
        f"the most frequent, in {_percent(top.share)} ({span}), is: {top.words}."
    )


def _drawn_words(plan: Plan) -> str:
    if len(plan.drawn) == 1:
        return f"One assumption was drawn: {_labels(plan.scenario, plan.parameters)}."
    return (
        f"{len(plan.drawn)} assumptions were drawn, each independently of the others, so that no "
        "two move together."
    )


def _held_words(plan: Plan) -> str:
    held = plan.held
    parameters = [p for p in plan.scenario.parameters if p.id in held]
    listed = [f"“{p.label}” at {number_text(held[p.id])}" for p in parameters]
    constants = len(held) - len(parameters)
    if constants:
        listed.append("one constant" if constants == 1 else f"{constants} constants")
    return f"Held: {in_words(listed)}." if listed else "Nothing was held."


def _unused_words(plan: Plan) -> list[str]:
    if not plan.unused:
        return []
    return [
        f"Values set for {_labels(plan.scenario, plan.unused)} were not used, since these "
        "assumptions are drawn from their distributions."
    ]


def _labels(scenario: Scenario, ids: Sequence[str]) -> str:
    return in_words([f"“{p.label}”" for p in scenario.parameters if p.id in ids])


def _draws(count: int, draws: int) -> str:
    return f"{count:,} of {draws:,} {'draw' if draws == 1 else 'draws'}"


def _percent(share: float) -> str:
    """Write a share with one decimal: intervals of long runs are narrower than a percentage."""
    short = f"{100 * share:.1f}%"
    return percent(share) if short in {"0.0%", "100.0%"} else short
