"""Phase maps of several settings side by side, with one key: small multiples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import altair as alt

from counterplay.errors import ReportError
from counterplay.explain.narrate import percent
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.map_canvas import MapCanvas
from counterplay.report.figures.map_drawing import WIDTH, MapDrawing
from counterplay.report.figures.map_key import key_height, key_layers
from counterplay.report.figures.map_text import axes_text, letters_text, map_alt, named, reading
from counterplay.report.figures.text import BOLD, fit, quoted, short
from counterplay.report.figures.theme import ThemeName, tokens_of
from counterplay.report.phase_map_key import Key, PureSet
from counterplay.report.tables import Table
from counterplay.sensitivity.maps.result import PhaseMap
from counterplay.sensitivity.maps.words import pure_words

_ACROSS, _GAP = 2, 16
_PANEL, _HEIGHT, _NAME = (WIDTH - _GAP) / _ACROSS, 270, 22
_SAME = 0.005
"""Shares of the map closer than this differ by less than what is written."""


def phase_maps(maps: Mapping[str, PhaseMap], theme: ThemeName = "light") -> Figure:
    """Show the same two parameters under several settings: where each outcome is stable.

    A letter and a shade stand for the same outcome on every map.

    Parameters
    ----------
    maps : mapping from str to PhaseMap
        Two or more, by the names of their settings, in the order in which they are shown; of one
        scenario and the same two parameters.
    theme : {"light", "dark"}

    Raises
    ------
    ReportError
        If there are fewer than two maps, they are of different scenarios or parameters, or there
        is no such theme.
    """
    tokens = tokens_of(theme)
    shown = list(maps.values())
    _check(shown)
    key = Key(shown[0], tuple(shown[1:]))
    drawings: list[MapDrawing] = []
    for number in range(len(shown)):
        row, column = divmod(number, _ACROSS)
        top = _NAME + (drawings[_ACROSS * row - 1].foot if row else 0)
        left = (_PANEL + _GAP) * column
        drawings.append(MapDrawing(key, top, left, _PANEL, _HEIGHT, number))
    foot = drawings[-1].foot
    canvas = MapCanvas(WIDTH, foot + key_height(key, WIDTH), theme)
    names = [
        {
            "x": drawing.frame.left,
            "y": drawing.top - _NAME / 2 + 4,
            "text": fit(name, 13 * BOLD, drawing.frame.width)[0],
            "fill": tokens.ink,
        }
        for name, drawing in zip(maps, drawings, strict=True)
    ]
    layers = [canvas.texts("names", names, "left", 13, 600)]
    for number, drawing in enumerate(drawings):
        layers += _numbered(drawing.map_layers(canvas), number)
    layers += key_layers(canvas, key, foot)
    return Figure(
        _title(maps, key),
        _caption(shown),
        canvas.picture(layers),
        _alt(maps, key),
        _table(maps, key),
    )


def _check(maps: Sequence[PhaseMap]) -> None:
    if len(maps) < 2:
        raise ReportError("maps: give two maps or more; phase_map draws one")
    first, *others = ((found.scenario.sha256, found.x_id, found.y_id) for found in maps)
    if any(other != first for other in others):
        raise ReportError("maps: give maps of one scenario over the same two parameters")


def _numbered(layers: Sequence[alt.Chart], number: int) -> list[alt.Chart]:
    """Give the layers of a map names of their own."""
    return [layer.properties(name=f"{layer.name} {number + 1}") for layer in layers]


def _title(maps: Mapping[str, PhaseMap], key: Key) -> str:
    """Name the kind of outcome whose share of the map differs most between two settings."""
    kinds: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for profile in key.cells:
        kinds[named(key.found.scenario, (profile,))].add(profile)
    shares = {
        kind: {name: key.share(profiles, found) for name, found in maps.items()}
        for kind, profiles in kinds.items()
    }
    kind = max(shares, key=lambda kind: _spread(shares[kind].values()), default=None)
    if kind is None or _spread(shares[kind].values()) < _SAME:
        return "Each kind of settled choice is stable on the same share of these maps"
    most, least = (pick(maps, key=shares[kind].__getitem__) for pick in (max, min))
    return (
        f"{kind} is stable on {percent(shares[kind][most])} of the map of {quoted(most)}, on "
        f"{percent(shares[kind][least])} of that of {quoted(least)}"
    )


def _spread(shares: Collection[float]) -> float:
    return max(shares) - min(shares)


def _caption(maps: Sequence[PhaseMap]) -> str:
    held = sum(parameter.id in maps[0].held for parameter in maps[0].scenario.parameters)
    sizes = dict.fromkeys(found.index.size for found in maps)
    cells = " or ".join(map(str, sizes))
    solved = (
        f"Each of {cells} cells of each map solved; the other {held} assumptions held as in its "
        "setting. Letters and shades mean the same on all maps."
    )
    return " ".join([solved, *reading(maps)])


def _alt(maps: Mapping[str, PhaseMap], key: Key) -> str:
    told = " ".join(f"{short(name)}: {map_alt(found, key)}" for name, found in maps.items())
    return (
        f"{len(maps)} maps, {axes_text(key.found)}. {_title(maps, key)}. {letters_text(key)} "
        f"{told} {_caption(key.maps)}"
    )


def _table(maps: Mapping[str, PhaseMap], key: Key) -> Table:
    """Return every set of settled choices with its share of each map, the widest first."""
    counts: defaultdict[PureSet, list[int]] = defaultdict(lambda: [0] * len(maps))
    for number, found in enumerate(key.maps):
        for pure, count in found.pure_counts.items():
            counts[pure][number] = count
    sizes = [found.index.size for found in key.maps]

    def shares(pure: PureSet) -> list[float]:
        return [count / size for count, size in zip(counts[pure], sizes, strict=True)]

    rows = [
        (
            key.name(pure),
            pure_words(key.found.scenario, pure),
            *map(percent, shares(pure)),
        )
        for pure in sorted(counts, key=lambda pure: -sum(shares(pure)))
    ]
    return Table(
        "Share of each map by what is stable there; a share of a map is not a likelihood",
        ("Letters", "Settled choices", *(f"Share, {short(name)}" for name in maps)),
        tuple(rows),
        (False, False, *(True for _ in maps)),
    )
