"""The drawing of a phase map: areas, borders, letters, the point, axes and the key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import altair as alt
import numpy as np

from counterplay.explain.narrate import number_text
from counterplay.report.figures.canvas import Row
from counterplay.report.figures.map_canvas import MapCanvas
from counterplay.report.figures.map_colours import fill_of, ink_on, outcome_colours
from counterplay.report.figures.map_frame import axis_layers
from counterplay.report.figures.map_key import key_height, key_layers
from counterplay.report.figures.map_labels import Box, box_of, dots, labels
from counterplay.report.figures.map_shapes import Frame, Kinds, edges, outlines
from counterplay.report.figures.text import text_width
from counterplay.report.figures.theme import TOKENS
from counterplay.report.phase_map_key import Key, PureSet
from counterplay.sensitivity.maps.result import PhaseMap

WIDTH, HEIGHT = 680, 430
"""Of the map with its ticks, in pixels."""

_LEFT, _TOP, _RIGHT, _AXIS = 52, 34, 14, 62

_PAPER = TOKENS["light"]
"""The map itself stays on white paper in both themes."""


@dataclass(frozen=True, eq=False)
class MapDrawing:
    """A map with its frame and key, from `top` downwards.

    Attributes
    ----------
    key : Key
    top, left : float
        Pixels from the top and the left of the canvas.
    width, height : float
        Pixels of the map with its ticks.
    number : int
        Which of the key's maps it is.
    """

    key: Key
    top: float = 0.0
    left: float = 0.0
    width: float = WIDTH
    height: float = HEIGHT
    number: int = 0

    @property
    def found(self) -> PhaseMap:
        """The map."""
        return self.key.maps[self.number]

    @property
    def bottom(self) -> float:
        """Where the key ends."""
        return self.foot + key_height(self.key, self.width)

    @property
    def foot(self) -> float:
        """Where the map with its axes ends, and the key may begin."""
        return self.top + self.height + _AXIS

    @cached_property
    def frame(self) -> Frame:
        """Where on the canvas the map lies."""
        x, y = self.found.x_parameter, self.found.y_parameter
        return Frame(
            self.left + _LEFT,
            self.top + _TOP,
            self.width - _LEFT - _RIGHT,
            self.height - _TOP,
            (x.low, y.low),
            (x.high, y.high),
        )

    @cached_property
    def sets(self) -> list[PureSet]:
        """The sets of pure equilibria on the map, by kind."""
        return list(self.found.pure_counts)

    @cached_property
    def kinds(self) -> Kinds:
        """The kind of each cell."""
        numbers = {pure: kind for kind, pure in enumerate(self.sets)}
        of_outcome = np.array([numbers.get(o.pure, -1) for o in self.found.outcomes])
        kinds: Kinds = of_outcome[self.found.index]
        return kinds

    def layers(self, canvas: MapCanvas) -> list[alt.Chart]:
        """Draw everything, the areas first."""
        return [*self.map_layers(canvas), *key_layers(canvas, self.key, self.foot)]

    def map_layers(self, canvas: MapCanvas) -> list[alt.Chart]:
        """Draw the map with its axes, without its key."""
        return [
            *self._areas(canvas),
            *self._borders(canvas),
            *self._labels(canvas),
            *self._point(canvas),
            *axis_layers(canvas, self.frame, self.found),
        ]

    def _areas(self, canvas: MapCanvas) -> list[alt.Chart]:
        areas = [
            {"path": path, "fill": fill_of(self.key, self.sets[kind])}
            for kind, path in outlines(self.found, self.kinds, self.frame).items()
        ]
        marks = {kind: outcome_colours(self.key, pure)[1:] for kind, pure in enumerate(self.sets)}
        placed = dots(self.kinds, marks, self.frame, self._taken)
        rows = [{"x": x, "y": y, "fill": fill} for (x, y), fill in placed]
        return [canvas.areas("areas", areas), canvas.dots("dots", rows, 12)]

    def _borders(self, canvas: MapCanvas) -> list[alt.Chart]:
        """Draw strong lines where settled choices change, thin ones where mixed outcomes do."""
        firm = edges(self.found, self.kinds, self.frame)
        every = edges(self.found, self.found.index, self.frame)
        halo, ink, thin = _PAPER.background, _PAPER.ink, _PAPER.muted
        rows = {
            "mixed": (every, thin, 0.7),
            "halo": (firm, halo, 3.0),
            "firm": (firm, ink, 1.3),
        }
        return [
            canvas.lines(f"{name} borders", [{"path": path, "stroke": stroke}], thickness)
            for name, (path, stroke, thickness) in rows.items()
            if path
        ]

    @cached_property
    def _placed(self) -> list[tuple[Row, int, Box]]:
        names = {kind: self.key.name(pure) for kind, pure in enumerate(self.sets)}
        point = self._point_boxes
        placed = []
        for label in labels(self.kinds, names, self.frame, point):
            fill = fill_of(self.key, self.sets[label.kind])
            name = names[label.kind]
            x, y = label.place
            row = {"x": x, "y": y, "text": name, "fill": ink_on(fill), "halo": fill}
            placed.append((row, label.size, box_of(label, name)))
        return placed

    @property
    def _taken(self) -> list[Box]:
        return [*self._point_boxes, *(box for _, _, box in self._placed)]

    def _labels(self, canvas: MapCanvas) -> list[alt.Chart]:
        layers = []
        for size in sorted({size for _, size, _ in self._placed}):
            rows = [row for row, own, _ in self._placed if own == size]
            layers.append(canvas.halos(f"label halos {size}", rows, size))
            layers.append(canvas.texts(f"labels {size}", rows, "center", size, 600))
        return layers

    @cached_property
    def _now(self) -> tuple[float, float, str, float]:
        """The pixel of the current point, its words, and where their middle is."""
        x, y = self.frame.at(*self.found.point)
        words = f"now ({', '.join(number_text(value) for value in self.found.point)})"
        half = text_width(words, 13) * 1.05 / 2
        # The words stand away from the bar to the nearest change, where they have the room.
        nearest = self.found.nearest
        side = 1 if nearest and self.frame.at(*nearest.point)[0] < x - 1 else -1
        if not self.frame.left < x + side * (14 + 2 * half) < self.frame.left + self.frame.width:
            side = -side
        return x, y, words, x + side * (14 + half)

    @cached_property
    def _point_boxes(self) -> list[Box]:
        x, y, words, middle = self._now
        half = text_width(words, 13) * 1.05 / 2 + 4
        return [
            Box(x - 12, y - 12, x + 12, y + 12),
            Box(middle - half, y - 11, middle + half, y + 11),
        ]

    def _point(self, canvas: MapCanvas) -> list[alt.Chart]:
        x, y, words, middle = self._now
        ink, paper = _PAPER.ink, _PAPER.background
        text = [{"x": middle, "y": y, "text": words, "fill": ink, "halo": paper}]
        layers = []
        if self.found.nearest is not None:
            to = self.frame.at(*self.found.nearest.point)
            way = [{"x": x, "y": y, "x2": to[0], "y2": to[1], "stroke": ink}]
            end = [{"x": to[0], "y": to[1], "fill": ink}]
            layers += [canvas.rules("nearest", way, 2), canvas.dots("nearest end", end, 30)]
        rings = [{"x": x, "y": y, "fill": ink, "shape": "circle"}]
        discs = [{"x": x, "y": y, "fill": paper, "shape": "circle"}]
        crosses = [{"x": x, "y": y, "fill": ink, "shape": "cross"}]
        return [
            *layers,
            canvas.halos("now halo", text, 13),
            canvas.texts("now", text, "center", 13, 600),
            canvas.symbols("point ring", rings, 300),
            canvas.symbols("point disc", discs, 220),
            canvas.symbols("point", crosses, 110),
        ]
