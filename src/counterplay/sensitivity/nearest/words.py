"""The nearest change in plain sentences."""

from __future__ import annotations

from collections.abc import Mapping

from counterplay.explain.narrate import in_words, number_text, percent, pure_clause
from counterplay.scenario import Scenario
from counterplay.sensitivity.nearest.result import Goal, NearestChange
from counterplay.sensitivity.outcomes import outcome_words

_AIMS: Mapping[Goal, tuple[str, str]] = {
    "makes": ("makes this outcome stable", "is already stable"),
    "breaks": ("stops this outcome from being stable", "is not stable to begin with"),
    "isolates": ("makes this the only stable outcome", "is already the only stable outcome"),
}


def change_words(scenario: Scenario, change: NearestChange) -> str:
    """Say what the nearest change is, what is proved of it, and what holds after it."""
    aim, already = _AIMS[change.goal]
    outcome = in_words(
        [
            pure_clause(player, option)
            for player, option in zip(scenario.players, change.profile, strict=True)
        ]
    )
    if change.status == "already":
        return f"{outcome}: this outcome {already}; no assumption need change."
    if change.status == "impossible":
        return f"{outcome}: it is proved that no change within the ranges {aim}."
    if change.status == "none found":
        return f"{outcome}: no change that {aim} was found; it is not proved that none exists."
    if change.status == "tied":
        return " ".join([_tied(scenario, change, outcome), _after(scenario, change)])
    least = "the least change" if change.status == "least" else "the least change found"
    sentences = [
        f"{outcome}: {least} that {aim} moves {_moves(scenario, change)}.",
        _size(change),
        _proof(change),
        _binding(scenario, change),
        _after(scenario, change),
        "" if change.verified else "Solving anew did not confirm this; do not rely on it.",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _tied(scenario: Scenario, change: NearestChange, outcome: str) -> str:
    labels = {p.id: f"“{p.label}”" for p in scenario.parameters}
    ways = in_words(
        [
            f"{labels.get(name, name)} from {number_text(now)} {'up' if then > now else 'down'}"
            for name, (now, then) in change.changes.items()
        ]
    )
    return (
        f"{outcome}: this outcome ties already, so that any move of {ways}, however small, stops "
        f"it from being stable. {_binding(scenario, change)}"
    )


def _after(scenario: Scenario, change: NearestChange) -> str:
    return f"Stable after it: {outcome_words(scenario, change.after)}."


def _moves(scenario: Scenario, change: NearestChange) -> str:
    labels = {p.id: f"“{p.label}”" for p in scenario.parameters}
    return in_words(
        [
            f"{labels.get(name, name)} from {number_text(now)} to {_apart(now, then)}"
            for name, (now, then) in change.changes.items()
        ]
    )


def _apart(now: float, then: float) -> str:
    """Write where a number goes, with as many digits as tell it from where it was."""
    if number_text(then) != number_text(now):
        return number_text(then)
    return f"{then:.9g}".replace("-", "−", 1)


def _size(change: NearestChange) -> str:
    if len(change.changes) == 1:
        return f"That is {percent(change.size)} of its range."
    if change.norm == "l1":
        return f"The shares of their ranges add up to {percent(change.size)}."
    return f"None moves by more than {percent(change.size)} of its range."


def _proof(change: NearestChange) -> str:
    if change.status == "least":
        return "It is proved that no smaller change does it, to a millionth of a range."
    if change.bound > 0:
        return f"It is proved only that at least {percent(change.bound)} is needed."
    return "Whether a smaller one exists is not proved."


def _binding(scenario: Scenario, change: NearestChange) -> str:
    if not change.binding:
        return ""
    labels = {
        (player.id, option.id): (player.name, option.label)
        for player in scenario.players
        for option in player.options
    }
    if change.goal == "breaks":
        told = [
            f"{name} gains by “{label}”"
            for name, label in (labels[pair] for pair in change.binding)
        ]
        return f"Just past this point {in_words(told)}."
    told = [f"{name} with “{label}”" for name, label in (labels[pair] for pair in change.binding)]
    return f"It is only just enough: nothing would then be lost by {in_words(told)}."
