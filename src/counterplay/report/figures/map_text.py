"""The words around a phase map: its finding, how to read it, and all of it as text."""

from __future__ import annotations

from collections.abc import Sequence

from counterplay.explain.narrate import number_text, percent
from counterplay.report.figures.text import listed, quoted, short
from counterplay.report.phase_map_key import NONE_SETTLED, Key
from counterplay.scenario import Scenario
from counterplay.sensitivity.maps.result import PhaseMap
from counterplay.sensitivity.maps.words import PureSet, pure_words

TOLD = 12
"""Areas told one by one in the alternative text; the table tells all."""


def title(found: PhaseMap) -> str:
    """Say what the nearest change from the current point is."""
    nearest = found.nearest
    if nearest is None:
        return "No change was found on this map from the current point"
    here = found.outcomes[found.here].pure
    away = (
        "right here"
        if nearest.distance == 0
        else f"{percent(nearest.distance)} of the ranges away"
    )
    appears = [profile for profile in nearest.beyond.pure if profile not in here]
    ends = [profile for profile in here if profile not in nearest.beyond.pure]
    if not appears and not ends:
        return f"The nearest change found is in mixed outcomes only, {away}"
    if not ends:
        return f"{named(found.scenario, tuple(appears))} becomes possible as well, {away}"
    if not appears:
        return f"{named(found.scenario, tuple(ends))} stops being stable, {away}"
    gained, lost = named(found.scenario, tuple(appears)), named(found.scenario, tuple(ends))
    if gained == lost:
        return f"Who does what in {gained} changes, {away}"
    return f"{gained} takes the place of {lost}, {away}"


def caption(found: PhaseMap) -> str:
    """Say what was held fixed and how to read the marks."""
    held = sum(parameter.id in found.held for parameter in found.scenario.parameters)
    solved = f"Each of {found.index.size} cells solved; the other {held} assumptions held."
    return " ".join([solved, *reading((found,))])


def reading(maps: Sequence[PhaseMap]) -> list[str]:
    """Say how to read the marks of a map or of several, and what is not proved."""
    firm = {_is_firm(found, border.outcomes) for found in maps for border in found.borders}
    several = max((len(pure) for found in maps for pure in found.pure_counts), default=0) > 1
    unproved = sum(found.unproved for found in maps)
    sentences = [
        "Letters: the outcomes stable there, any one of them where there are several. Fill: the "
        "lightest of their kinds; dots: a darker one is stable as well."
        if several
        else "Letters: the outcome stable there.",
        "Strong lines: settled choices change." if True in firm else "",
        "Thin lines: only mixed outcomes change." if False in firm else "",
        "The bar from the point leads to the nearest change found."
        if any(found.nearest for found in maps)
        else "",
        f"In {unproved} cells a stable outcome may be missing." if unproved else "",
        "A share of a map is not a likelihood.",
    ]
    return list(filter(None, sentences))


def alt_text(found: PhaseMap, key: Key) -> str:
    """Tell the map in words: axes, areas from the largest down, the point, the nearest change."""
    return (
        f"Map, {axes_text(found)}. {title(found)}. {letters_text(key)} {map_alt(found, key)} "
        f"{caption(found)}"
    )


def axes_text(found: PhaseMap) -> str:
    """Name both axes with their ranges."""
    return listed(
        f"{quoted(p.label)} {way} from {number_text(p.low)} to {number_text(p.high)}"
        for p, way in ((found.x_parameter, "across"), (found.y_parameter, "upwards"))
    )


def letters_text(key: Key) -> str:
    """Say what the letters stand for."""
    letters = "; ".join(
        f"{letter}: {pure_words(key.found.scenario, (profile,))}"
        for profile, letter in list(key.letters.items())[:TOLD]
    )
    return f"Letters: {letters or 'none'}."


def map_alt(found: PhaseMap, key: Key) -> str:
    """Tell what one map shows: its areas from the largest down, the point, the nearest change."""
    areas = list(found.pure_counts.items())
    shares = ", ".join(
        f"{_area(key, pure)} {percent(count / found.index.size)}" for pure, count in areas[:TOLD]
    )
    rest = f", {len(areas) - TOLD} more in the table" if len(areas) > TOLD else ""
    now = " and ".join(number_text(value) for value in found.point)
    there = _area(key, found.outcomes[found.here].pure)
    return (
        f"Share of the map: {shares}{rest}. Current point {now}: {there}. {_nearest(found, key)}"
    )


def named(scenario: Scenario, pure: PureSet) -> str:
    """Name outcomes by their regimes or, without any, by who does what."""
    names = []
    for profile in pure:
        regime = scenario.regime(profile)
        names.append(
            quoted(regime.label)
            if regime is not None
            else short(pure_words(scenario, (profile,)), 90)
        )
    return listed(dict.fromkeys(names))


def _is_firm(found: PhaseMap, sides: tuple[int, int]) -> bool:
    one, other = (found.outcomes[number].pure for number in sides)
    return one != other


def _nearest(found: PhaseMap, key: Key) -> str:
    if found.nearest is None:
        return "No border was found from it."
    place = " and ".join(number_text(value) for value in found.nearest.point)
    return f"Nearest change found at {place}, to {_area(key, found.nearest.beyond.pure)}."


def _area(key: Key, pure: PureSet) -> str:
    name = key.name(pure)
    return "none settled" if name == NONE_SETTLED else " or ".join(name)
