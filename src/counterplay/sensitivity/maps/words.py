"""A phase map in plain sentences."""

from __future__ import annotations

import numpy as np

from counterplay.explain.narrate import number_text, percent, pure_clause
from counterplay.scenario import Parameter, Scenario
from counterplay.sensitivity.maps.nearest import NearestBorder
from counterplay.sensitivity.maps.result import PhaseMap
from counterplay.sensitivity.outcomes import outcome_words

_TOLD = 6
"""Kinds of outcome whose share is told one by one."""

PureSet = tuple[tuple[str, ...], ...]


def words_of(found: PhaseMap) -> tuple[str, ...]:
    """Return a few sentences: what was mapped, shares, the point, the nearest change, doubts."""
    sentences = [_extent(found), _counted(found), *_shares(found), _point(found), _nearest(found)]
    return (*sentences, *_pure_change(found), *_still(found), *_doubts(found))


def pure_words(scenario: Scenario, pure: PureSet) -> str:
    """Say what a set of pure equilibria holds: regimes by label, then who does what in each."""
    if not pure:
        return "nobody has one settled choice"
    told = []
    for profile in pure:
        regime = scenario.regime(profile)
        clauses = [
            pure_clause(player, option)
            for player, option in zip(scenario.players, profile, strict=True)
        ]
        told.append(f"{f'“{regime.label}”: ' if regime else ''}{', '.join(clauses)}")
    return "; or ".join(told)


def regime_words(scenario: Scenario, regimes: tuple[str, ...]) -> str:
    """Name a set of regimes by their labels."""
    labels = [f"“{regime.label}”" for regime in scenario.regimes if regime.id in regimes]
    return " or ".join(labels) if labels else "no named kind of outcome"


def place_words(found: PhaseMap, place: tuple[float, float]) -> str:
    """Name a place by the values of both parameters."""
    x, y = found.x_parameter, found.y_parameter
    return f"“{x.label}” at {number_text(place[0])} and “{y.label}” at {number_text(place[1])}"


def _extent(found: PhaseMap) -> str:
    held = sum(name in found.held for name in (p.id for p in found.scenario.parameters))
    others = {0: "nothing else", 1: "the other assumption"}.get(
        held, f"the other {held} assumptions"
    )
    return (
        f"The map covers {_range(found.x_parameter)} and {_range(found.y_parameter)}, with "
        f"{others} held as {'they are' if held > 1 else 'it is'}. Each of its "
        f"{found.index.size} cells was solved at its centre."
    )


def _range(parameter: Parameter) -> str:
    return (
        f"“{parameter.label}” from {number_text(parameter.low)} to {number_text(parameter.high)}"
    )


def _counted(found: PhaseMap) -> str:
    sets, firm = sum(count > 0 for count in found.counts), len(found.pure_counts)
    if sets == 1:
        return "The same set of outcomes is stable in every cell."
    if firm == 1:
        return f"{sets} different sets of outcomes occur; they differ in mixed outcomes only."
    return (
        f"{sets} different sets of outcomes occur, mixed ones included; by settled choices alone "
        f"there are {firm}."
    )


def _shares(found: PhaseMap) -> list[str]:
    """Tell how much of the map each kind of outcome covers, by regimes where there are any."""
    total = found.index.size
    if found.scenario.regimes:
        named = [
            (_regimes_or_none(found, regimes), count)
            for regimes, count in found.regime_counts.items()
        ]
    else:
        named = [
            (pure_words(found.scenario, pure), count) for pure, count in found.pure_counts.items()
        ]
    if len(named) == 1:
        return []
    parts = [f"{name}, {percent(count / total)}" for name, count in named[:_TOLD]]
    rest = sum(count for _, count in named[_TOLD:])
    if rest:
        parts.append(f"others, {percent(rest / total)}")
    return [
        f"Stable outcomes by share of the map: {'; '.join(parts)}. A share of the map is not a "
        "likelihood."
    ]


def _regimes_or_none(found: PhaseMap, regimes: tuple[str, ...]) -> str:
    if regimes:
        return regime_words(found.scenario, regimes)
    firm = any(
        o.pure
        for o, n in zip(found.outcomes, found.counts, strict=True)
        if n and o.regimes == regimes
    )
    return "no named kind of outcome" if firm else "no settled choice"


def _point(found: PhaseMap) -> str:
    told = outcome_words(found.scenario, found.outcomes[found.here])
    return f"Now, with {place_words(found, found.point)}: {told}."


def _nearest(found: PhaseMap) -> str:
    nearest = found.nearest
    if nearest is None:
        return "No change was found on this map from the current point."
    if nearest.distance == 0:
        return (
            "The current point lies on a border: the smallest move found leads to another set of "
            f"outcomes: {outcome_words(found.scenario, nearest.beyond)}."
        )
    return (
        f"The nearest change found is {_away(nearest)}, just beyond "
        f"{place_words(found, nearest.point)}. There: "
        f"{outcome_words(found.scenario, nearest.beyond)}."
    )


def _away(nearest: NearestBorder) -> str:
    return f"{percent(nearest.distance)} of the ranges away"


def _pure_change(found: PhaseMap) -> list[str]:
    here, nearest, pure = found.outcomes[found.here], found.nearest, found.nearest_pure
    if nearest is None or nearest.beyond.pure != here.pure:
        return []
    if pure is None:
        return ["No change of the settled choices was found from the current point."]
    return [
        "That changes mixed outcomes only. The nearest change found of the settled choices is "
        f"{_away(pure)}, just beyond {place_words(found, pure.point)}. There: "
        f"{pure_words(found.scenario, pure.beyond.pure)}."
    ]


def _still(found: PhaseMap) -> list[str]:
    """Name a parameter that changes nothing while the other does."""
    if not (found.index != found.index[0, 0]).any():
        return []
    still = [
        parameter.label
        for parameter, changes in (
            (found.x_parameter, np.diff(found.index, axis=1)),
            (found.y_parameter, np.diff(found.index, axis=0)),
        )
        if not changes.any()
    ]
    return [f"No cell of the map changes by moving “{label}” alone." for label in still]


def _doubts(found: PhaseMap) -> list[str]:
    doubts = []
    if found.unproved:
        doubts.append(
            f"In {found.unproved} cells the search hit its limit, and a stable outcome may be "
            "missing."
        )
    if found.slivers:
        doubts.append(
            f"At {found.slivers} border points a further set of outcomes, narrower than a cell, "
            "lies between the two cells."
        )
    return doubts
