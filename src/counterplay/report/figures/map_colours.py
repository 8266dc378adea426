"""Fills of a phase map: one shade a kind of outcome, never the only sign of it.

A regime has the colour that its scenario gives it; where there is none, shades run from light to
dark in the order of the file or, without regimes, of the letters.  Letters on the areas tell what
shades alone cannot.
"""

from __future__ import annotations

from collections.abc import Sequence

from counterplay.report.figures.theme import TOKENS
from counterplay.report.phase_map_key import Key, PureSet

_SHADES = TOKENS["light"].outcomes
_DARK = 0.35


def outcome_colours(key: Key, pure: PureSet) -> list[str]:
    """Return the shades of a set of pure equilibria, lightest first; white for an empty one."""
    shades = sorted({shade(key, profile) for profile in pure}, key=_lightness, reverse=True)
    return shades or [_SHADES[-1]]


def fill_of(key: Key, pure: PureSet) -> str:
    """Return the shade that fills an area: the lightest of its outcomes."""
    return outcome_colours(key, pure)[0]


def shade(key: Key, profile: tuple[str, ...]) -> str:
    """Return the shade of one pure equilibrium."""
    scenario = key.found.scenario
    regime = scenario.regime(profile)
    if regime is not None and regime.colour is not None:
        return regime.colour.upper()
    if regime is not None:
        return _step(scenario.regimes.index(regime), len(scenario.regimes))
    profiles = list(key.cells)
    return _step(profiles.index(profile) if profile in profiles else 0, len(profiles))


def ink_on(fill: str) -> str:
    """Return the colour of words that reads best on a fill."""
    tokens = TOKENS["light"]
    return tokens.background if _lightness(fill) < _DARK else tokens.ink


def _step(number: int, count: int) -> str:
    """Return one of `count` even steps from the lightest to the darkest shade."""
    share = number / max(count - 1, 1)
    first, last = _channels(_SHADES[0]), _channels(_SHADES[3])
    mixed = [round(a + (b - a) * share) for a, b in zip(first, last, strict=True)]
    return "#" + "".join(f"{channel:02X}" for channel in mixed)


def _lightness(colour: str) -> float:
    """Return the relative luminance (WCAG 2) of a colour, from 0 to 1."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in _channels(colour))
    ]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _channels(colour: str) -> Sequence[int]:
    return [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
