"""Where the profiles of a best-reply graph stand: half the players down, half across.

Places depend on the options alone, so that they stay when numbers move.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from counterplay.games import Profile
from counterplay.games.reply_graph import ReplyGraph, halves
from counterplay.report.figures.text import fit, text_width
from counterplay.scenario import Player

COLUMN, ROW, GAP = 80, 46, 26
"""Distance of columns and of rows, and what is added between groups, in pixels."""

_OUTER, _INNER, _SMALL = 130, 120, 12
_LINE, _SPACE = 15, 12

_Lines = tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """An option's label along one side, centred on `at`, and the ends of its group."""

    lines: tuple[str, ...]
    at: float
    low: float
    high: float


@dataclass(frozen=True)
class Layout:
    """Places of profiles.

    Attributes
    ----------
    players : sequence of Player
    graph : ReplyGraph
    top : float
        Pixels above the heads of the columns.
    """

    players: Sequence[Player]
    graph: ReplyGraph
    top: float

    def at(self, profile: Profile) -> tuple[float, float]:
        """Return the pixel of a profile."""
        return self._columns[profile[self._half :]], self._rows[profile[: self._half]]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height."""
        right, bottom = max(self._columns.values()), max(self._rows.values())
        return right + COLUMN * 0.6, bottom + ROW * 0.7

    @cached_property
    def outer_rows(self) -> list[Heading]:
        """Options of the first player down."""
        return _outer(self._rows, self._row_words[0], ROW)

    @cached_property
    def inner_rows(self) -> list[Heading]:
        """Options of the other players down; none where there is one only."""
        return _inner(self._rows, self._row_words[1], ROW)

    @cached_property
    def outer_columns(self) -> list[Heading]:
        """Options of the first player across."""
        return _outer(self._columns, self._column_words[0], COLUMN)

    @cached_property
    def inner_columns(self) -> list[Heading]:
        """Options of the other players across."""
        return _inner(self._columns, self._column_words[1], COLUMN)

    @property
    def left(self) -> float:
        """Where the words of the outer rows end."""
        return _widest(self._row_words[0].values(), 13) + 6

    @property
    def inner_left(self) -> float:
        """Where the words of the inner rows end."""
        inner = self._row_words[1]
        return self.left + (_widest(inner.values(), _SMALL) + _SPACE if inner else 0)

    @property
    def inner_top(self) -> float:
        """Where the heads of the inner columns begin."""
        return self.top + _deepest(self._column_words[0].values()) + 6

    @cached_property
    def _half(self) -> int:
        return halves(len(self.players))

    @cached_property
    def _row_keys(self) -> list[Profile]:
        return sorted({profile[: self._half] for profile in self.graph.profiles})

    @cached_property
    def _column_keys(self) -> list[Profile]:
        return sorted({profile[self._half :] for profile in self.graph.profiles})

    @cached_property
    def _rows(self) -> dict[Profile, float]:
        heads = _deepest(self._column_words[1].values())
        return _spread(self._row_keys, ROW, self.inner_top + heads + 8 + ROW / 2)

    @cached_property
    def _columns(self) -> dict[Profile, float]:
        return _spread(self._column_keys, COLUMN, self.inner_left + _SPACE + COLUMN / 2)

    @cached_property
    def _row_words(self) -> tuple[dict[int, _Lines], dict[Profile, _Lines]]:
        return self._words(self._row_keys, 0, (_OUTER, _INNER))

    @cached_property
    def _column_words(self) -> tuple[dict[int, _Lines], dict[Profile, _Lines]]:
        keys = self._column_keys
        together = max(Counter(key[0] for key in keys if key).values(), default=1)
        return self._words(keys, self._half, (COLUMN * together - 8, COLUMN - 6))

    def _words(
        self, keys: Sequence[Profile], first: int, widths: tuple[float, float]
    ) -> tuple[dict[int, _Lines], dict[Profile, _Lines]]:
        """Return the lines of the first player's options, and of the others' together."""
        outer = {
            option: fit(self.players[first].options[option].label, 13, widths[0], 3)
            for option in sorted({key[0] for key in keys if key})
        }
        if max(map(len, keys)) < 2:
            return outer, {}
        return outer, {key: fit(self._joined(key, first), _SMALL, widths[1], 3) for key in keys}

    def _joined(self, key: Profile, first: int) -> str:
        return " / ".join(
            self.players[first + number].options[option].label
            for number, option in enumerate(key)
            if number
        )


def _outer(places: dict[Profile, float], words: dict[int, _Lines], step: float) -> list[Heading]:
    return [
        _heading(lines, [place for key, place in places.items() if key[0] == option], step)
        for option, lines in words.items()
    ]


def _inner(
    places: dict[Profile, float], words: dict[Profile, _Lines], step: float
) -> list[Heading]:
    return [_heading(lines, [places[key]], step) for key, lines in words.items()]


def _widest(words: Iterable[_Lines], size: float) -> int:
    widths = [text_width(line, size) for lines in words for line in lines]
    return round(max(widths, default=0) * 1.08)


def _deepest(words: Iterable[_Lines]) -> float:
    return _LINE * max(map(len, words), default=0)


def _spread(keys: Sequence[Profile], step: float, start: float) -> dict[Profile, float]:
    """Place keys in order, with a gap where the first option changes."""
    places: dict[Profile, float] = {}
    at = start
    for number, key in enumerate(keys):
        if number:
            grouped = len(key) > 1 and key[0] != keys[number - 1][0]
            at += step + (GAP if grouped else 0)
        places[key] = at
    return places


def _heading(lines: tuple[str, ...], places: Sequence[float], step: float) -> Heading:
    low, high = min(places), max(places)
    return Heading(lines, (low + high) / 2, low - step / 2, high + step / 2)
