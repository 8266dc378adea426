"""The key below a phase map: what each letter and each kind of line stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import altair as alt

from counterplay.explain.narrate import percent
from counterplay.report.figures.canvas import Row, lines_at
from counterplay.report.figures.map_canvas import MapCanvas
from counterplay.report.figures.map_colours import ink_on, shade
from counterplay.report.figures.text import fit, listed
from counterplay.report.figures.theme import TOKENS, tokens_of
from counterplay.report.phase_map_key import NONE_SETTLED, Key
from counterplay.sensitivity.maps.words import pure_words

MOST = 8
"""Letters told in the key; the table tells all."""

_CHIP, _TEXT, _LINE, _GAP = 24, 42, 17, 7
_LEFT = 8

Entry = tuple[str, str, tuple[str, ...]]
"""What a chip says, its fill, and the lines beside it."""


def key_height(key: Key, width: float) -> float:
    """Return the height of the key in pixels."""
    return sum(_height(lines) for _, _, lines in _entries(key, width))


def key_layers(canvas: MapCanvas, key: Key, top: float) -> list[alt.Chart]:
    """Draw the key from `top` downwards."""
    tokens = tokens_of(canvas.theme)
    chips: list[Row] = []
    frames: list[Row] = []
    names: list[Row] = []
    words: list[Row] = []
    y = top
    for name, fill, lines in _entries(key, canvas.width):
        middle = y + _LINE * len(lines) / 2
        if name:
            box = {
                "x": _LEFT,
                "x2": _LEFT + _CHIP,
                "y": y + _LINE / 2 - 9,
                "y2": y + _LINE / 2 + 9,
            }
            chips.append({**box, "fill": fill})
            frames.append({**box, "stroke": tokens.muted})
            names.append(
                {
                    "x": _LEFT + _CHIP / 2,
                    "y": y + _LINE / 2,
                    "text": name,
                    "fill": ink_on(fill),
                }
            )
        words += lines_at(lines, _TEXT, middle, tokens.ink, _LINE)
        y += _height(lines)
    return [
        canvas.bars("key chips", chips),
        canvas.frames("key frames", frames, 1),
        canvas.texts("key letters", names, "center", 13, 600),
        canvas.texts("key words", words, "left"),
    ]


def _height(lines: tuple[str, ...]) -> float:
    return _LINE * len(lines) + _GAP


def _entries(key: Key, width: float) -> list[Entry]:
    return [(name, fill, fit(words, 13, width - _TEXT - 8, 3)) for name, fill, words in _told(key)]


def _told(key: Key) -> Iterator[tuple[str, str, str]]:
    scenario = key.found.scenario
    for profile in list(key.letters)[:MOST]:
        share = _of_the_map([key.share([profile], found) for found in key.maps])
        yield (
            key.letters[profile],
            shade(key, profile),
            f"{pure_words(scenario, (profile,))} (stable on {share})",
        )
    if len(key.cells) > MOST:
        yield "", "", f"{len(key.cells) - MOST} more outcomes are in the table."
    unsettled = [found.pure_counts.get((), 0) / found.index.size for found in key.maps]
    if any(unsettled):
        white = TOKENS["light"].outcomes[-1]
        yield (
            NONE_SETTLED,
            white,
            f"Nobody has one settled choice: mixed outcomes only ({_of_the_map(unsettled)})",
        )


def _of_the_map(shares: Sequence[float]) -> str:
    """Write the share of the one map, or of each in turn."""
    if len(shares) == 1:
        return f"{percent(shares[0])} of the map"
    return f"{listed(map(percent, shares))} of the maps in turn"
