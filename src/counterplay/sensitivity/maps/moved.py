"""The same phase map seen from another point, without solving its cells again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from counterplay.errors import CounterplayError, ValuesError
from counterplay.scenario.setting import Values
from counterplay.sensitivity.maps.nearest import nearest_borders
from counterplay.sensitivity.maps.plane import Plane
from counterplay.sensitivity.maps.result import PhaseMap
from counterplay.sensitivity.maps.words import words_of


def moved_map(found: PhaseMap, values: Mapping[str, float] | None = None) -> PhaseMap:
    """Look at a phase map from another current point.

    Parameters
    ----------
    found : PhaseMap
    values : mapping from parameter or constant id to number, optional
        The new point; defaults where left out.  Only the two parameters of the map may differ
        from the values of `found`.

    Returns
    -------
    PhaseMap
        The same cells and borders, with the outcome set at the new point and the nearest changes
        around it: what `phase_map` gives there.

    Raises
    ------
    CounterplayError
        If `found` is no phase map.
    ValuesError
        If an id or a value is refused, or a number that the map holds is to be moved.

    Examples
    --------
    >>> from counterplay.scenario import load
    >>> from counterplay.sensitivity.maps.phase import phase_map
    >>> found = phase_map(load("korea-ukraine"), "detect", "expose", steps=(4, 3))
    >>> moved = moved_map(found, {"detect": 0.6})
    >>> moved.point, moved.outcomes[moved.here].regimes
    ((0.6, 0.4), ('restraint',))
    """
    if not isinstance(found, PhaseMap):
        raise CounterplayError(
            f"found: this is a {type(found).__name__}; give what phase_map(...) returns"
        )
    full = found.scenario.full_values(values)
    for name, held in found.held.items():
        if full[name] != held:
            raise ValuesError(
                f"{name}: {full[name]!r}, but this map holds it at {held!r}; only {found.x_id} "
                f"and {found.y_id} can be moved on it"
            )
    met = {outcome: number for number, outcome in enumerate(found.outcomes)}
    plane = Plane(found.scenario, found.x_parameter, found.y_parameter, full, met)
    here = int(plane.outcome_numbers(plane.point[None])[0])
    nearest, nearest_pure = nearest_borders(plane, found.lattice, 0.5 / max(found.index.shape))
    moved = replace(
        found,
        outcomes=tuple(plane.met),
        point=(float(plane.point[0]), float(plane.point[1])),
        here=here,
        nearest=nearest,
        nearest_pure=nearest_pure,
        values=Values(plane.values),
    )
    return replace(moved, words=words_of(moved))
