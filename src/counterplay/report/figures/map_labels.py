"""Where words and dots go on a map: inside the areas they belong to, clear of the point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from counterplay.numeric import FloatArray
from counterplay.report.figures.map_shapes import Frame, Kinds, Place
from counterplay.report.figures.text import text_width

_SIZES = (15, 12, 11)
_BOLD = 1.1
"""How much wider a letter is in the weight of labels."""

_FINE = 3.0
"""Pixels between the places that are tried for a word."""

_LEAST_SHARE = 0.012
"""Share of the map above which a further patch of a kind has its own label."""

_SPACING, _CLEAR = 13.0, 3.5


@dataclass(frozen=True)
class Label:
    """A word on the map.

    Attributes
    ----------
    kind : int
    place : tuple of two float
        Its middle, in pixels.
    size : int
    """

    kind: int
    place: Place
    size: int


@dataclass(frozen=True)
class Box:
    """A part of the canvas that is taken, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Say whether a pixel is inside or within a margin of the box."""
        return (
            self.left - margin <= x <= self.right + margin
            and self.top - margin <= y <= self.bottom + margin
        )


def labels(
    kinds: Kinds, names: Mapping[int, str], frame: Frame, taken: Sequence[Box]
) -> list[Label]:
    """Place each kind's name in its largest patch, and in every other one that is large enough.

    A patch too small for its name, even in small letters, has none.
    """
    found = []
    times = (
        ceil(frame.height / kinds.shape[0] / _FINE),
        ceil(frame.width / kinds.shape[1] / _FINE),
    )
    kinds = kinds.repeat(times[0], axis=0).repeat(times[1], axis=1)
    free = _free(kinds.shape, frame, taken)
    for kind, name in names.items():
        patches, count = ndimage.label(kinds == kind)
        sizes = np.bincount(patches.ravel(), minlength=count + 1)[1:]
        for patch in np.argsort(-sizes, kind="stable"):
            if patch != int(np.argmax(sizes)) and sizes[patch] < _LEAST_SHARE * kinds.size:
                break
            label = _fitted(kind, name, (patches == patch + 1) & free, frame)
            if label is not None:
                found.append(label)
    return found


def dots(
    kinds: Kinds, colours: Mapping[int, Sequence[str]], frame: Frame, taken: Sequence[Box]
) -> Iterator[tuple[Place, str]]:
    """Yield staggered dots in the kinds that have colours for them, each kind's in turn."""
    rows, columns = int(frame.height // _SPACING), int(frame.width // _SPACING)
    for row in range(rows + 1):
        for column in range(columns + 1):
            x = frame.left + _SPACING * (column + 0.5 * (row % 2)) + _SPACING / 4
            y = frame.top + _SPACING * row + _SPACING / 2
            around = {_kind_at(kinds, frame, x + dx, y + dy) for dx, dy in _AROUND}
            (kind,) = around if len(around) == 1 else (None,)
            if kind is None or not colours.get(kind):
                continue
            if not any(box.holds(x, y, 5) for box in taken):
                own = colours[kind]
                yield (x, y), own[(column + row // 2) % len(own)]


def box_of(label: Label, name: str) -> Box:
    """Return the room that a label takes."""
    x, y = label.place
    width = text_width(name, label.size) * _BOLD
    return Box(x - width / 2, y - label.size / 2, x + width / 2, y + label.size / 2)


_AROUND = ((0, 0), (-_CLEAR, 0), (_CLEAR, 0), (0, -_CLEAR), (0, _CLEAR))


def _kind_at(kinds: Kinds, frame: Frame, x: float, y: float) -> int | None:
    ny, nx = kinds.shape
    column = int((x - frame.left) / frame.width * nx // 1)
    row = int((1 - (y - frame.top) / frame.height) * ny // 1)
    return int(kinds[row, column]) if 0 <= row < ny and 0 <= column < nx else None


def _free(shape: tuple[int, ...], frame: Frame, taken: Sequence[Box]) -> npt.NDArray[np.bool_]:
    rows, columns = shape
    ys = frame.top + frame.height * (1 - (np.arange(rows)[:, None] + 0.5) / rows)
    xs = frame.left + frame.width * (np.arange(columns) + 0.5) / columns
    free = np.ones(shape, bool)
    for box in taken:
        inside_x = (box.left <= xs) & (xs <= box.right)
        free &= ~(inside_x & (box.top <= ys) & (ys <= box.bottom))
    return free


def _fitted(kind: int, name: str, room: npt.NDArray[np.bool_], frame: Frame) -> Label | None:
    """Return the name where its box fits, as far as can be from the patch's edges."""
    rows, columns = room.shape
    high, wide = frame.height / rows, frame.width / columns
    far = ndimage.distance_transform_edt(np.pad(room, 1), sampling=(high, wide))[1:-1, 1:-1]
    for size in _SIZES:
        box = (ceil(size / high), ceil(text_width(name, size) * _BOLD / wide))
        fits = ndimage.minimum_filter(room, size=box, mode="constant", cval=False)
        if fits.any():
            row, column = _calmest(fits, far)
            x = frame.left + wide * (column + 0.5)
            return Label(kind, (x, frame.top + frame.height - high * (row + 0.5)), size)
    return None


def _calmest(fits: npt.NDArray[np.bool_], far: FloatArray) -> tuple[int, int]:
    """Return the fitting place farthest from all edges; of several, the middlemost."""
    best = fits & (far >= far[fits].max() - _FINE)
    places = np.argwhere(best)
    offsets = np.linalg.norm(places - places.mean(axis=0), axis=1)
    row, column = places[int(np.argmin(offsets))]
    return int(row), int(column)
