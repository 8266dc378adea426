"""The drawing of a best-reply graph: arrows, dots, rings and the key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from counterplay.findings import Findings
from counterplay.games.reply_graph import ReplyArc, ReplyGraph
from counterplay.report.figures.canvas import Row, lines_at
from counterplay.report.figures.map_canvas import MapCanvas
from counterplay.report.figures.map_shapes import Place
from counterplay.report.figures.reply_arcs import DASHES, curves, heads
from counterplay.report.figures.reply_layout import Heading, Layout
from counterplay.report.figures.text import fit, text_width
from counterplay.report.figures.theme import SHAPES, tokens_of

_KEY, _LINE, _NAME, _WIDE = 25, 15, 160, 1000
_SMALLEST, _LARGEST = 34, 150


def draw(findings: Findings, graph: ReplyGraph, theme: str) -> alt.LayerChart:
    """Draw a graph."""
    key = _key(_names(findings), graph)
    layout = layout_of(findings, graph)
    width = max(layout.size[0], *(entry.end for entry in key))
    canvas = MapCanvas(width, layout.size[1], theme)
    return canvas.picture(
        [
            *_blocks(canvas, layout),
            *_arrows(canvas, layout, graph),
            *_path(canvas, layout, graph),
            *_dots(canvas, layout, graph),
            *_headings(canvas, layout),
            *_key_layers(canvas, key),
        ]
    )


def layout_of(findings: Findings, graph: ReplyGraph) -> Layout:
    """Return where the profiles of a graph are drawn, below its key."""
    key = _key(_names(findings), graph)
    return Layout(findings.scenario.players, graph, key[-1].y + 26)


def _names(findings: Findings) -> list[str]:
    return [fit(player.name, 13, _NAME)[0] for player in findings.scenario.players]


def _blocks(canvas: MapCanvas, layout: Layout) -> list[alt.Chart]:
    panel = tokens_of(canvas.theme).panel
    rows = [
        {"x": c.low + 3, "x2": c.high - 3, "y": r.low, "y2": r.high, "fill": panel}
        for r in layout.outer_rows
        for c in layout.outer_columns or [Heading((), 0, layout.inner_left, canvas.width)]
    ]
    return [canvas.bars("blocks", rows)]


def _arrows(canvas: MapCanvas, layout: Layout, graph: ReplyGraph) -> list[alt.Chart]:
    colours = tokens_of(canvas.theme).players
    thick = set(graph.path or ())
    layers = []
    for player in range(len(layout.players)):
        own = [arc for arc in graph.arcs if arc.player == player and arc not in thick]
        if own:
            ends = _ends(layout, own)
            fill = colours[player]
            lines = [{"path": curves(ends), "stroke": fill, "moves": len(own)}]
            tips = [{"path": heads(ends), "fill": fill}]
            layers.append(canvas.dashed(f"arrows {player}", lines, 1.1, DASHES[player]))
            layers.append(canvas.areas(f"heads {player}", tips))
    return layers


def _path(canvas: MapCanvas, layout: Layout, graph: ReplyGraph) -> list[alt.Chart]:
    colours = tokens_of(canvas.theme).players
    lines: list[Row] = []
    tips: list[Row] = []
    for arc in graph.path or ():
        ends = _ends(layout, [arc])
        lines.append({"path": curves(ends), "stroke": colours[arc.player], "player": arc.player})
        tips.append({"path": heads(ends, 14), "fill": colours[arc.player]})
    return [canvas.lines("path", lines, 4), canvas.areas("path heads", tips)]


def _ends(layout: Layout, arcs: Sequence[ReplyArc]) -> list[tuple[Place, Place]]:
    return [(layout.at(arc.start), layout.at(arc.end)) for arc in arcs]


def _dots(canvas: MapCanvas, layout: Layout, graph: ReplyGraph) -> list[alt.Chart]:
    tokens = tokens_of(canvas.theme)
    rims: list[Row] = []
    sized: dict[int, list[Row]] = {}
    for profile, stays in zip(graph.profiles, graph.stays, strict=True):
        x, y = layout.at(profile)
        rims.append({"x": x, "y": y, "fill": tokens.muted, "stays": sum(stays)})
        sized.setdefault(sum(stays), []).append({"x": x, "y": y, "fill": tokens.muted})
    count = len(layout.players)
    layers = []
    for number, rows in sorted(sized.items()):
        area = _SMALLEST + (_LARGEST - _SMALLEST) * number / count
        layers.append(canvas.dots(f"rims {number}", rows, area))
        inner = tokens.background if 2 * number < count else tokens.gain
        holes = [{**row, "fill": inner} for row in rows]
        layers.append(canvas.dots(f"dots {number}", holes, area * 0.66))
    start = [] if graph.start is None else [layout.at(graph.start)]
    stable = [layout.at(profile) for profile in graph.equilibria]
    return [
        *layers,
        *_ring(canvas, "start", start, 380, 270),
        *_ring(canvas, "stable", stable, 520, 380),
        *_ring(canvas, "stable inner", stable, 230, 0),
    ]


def _ring(
    canvas: MapCanvas, name: str, places: Sequence[Place], outer: float, inner: float
) -> list[alt.Chart]:
    tokens = tokens_of(canvas.theme)
    rows = [{"x": x, "y": y, "fill": tokens.ink} for x, y in places]
    holes = [{**row, "fill": tokens.background} for row in rows] if inner else []
    return [canvas.dots(f"{name} ring", rows, outer), canvas.dots(f"{name} hole", holes, inner)]


def _headings(canvas: MapCanvas, layout: Layout) -> list[alt.Chart]:
    tokens = tokens_of(canvas.theme)
    outer, inner = [
        [row for head in headings for row in lines_at(head.lines, right, head.at, fill, _LINE)]
        for headings, right, fill in (
            (layout.outer_rows, layout.left, tokens.ink),
            (layout.inner_rows, layout.inner_left, tokens.second),
        )
    ]
    tops, below = [
        [
            row
            for head in headings
            for row in lines_at(
                head.lines, head.at, top + _LINE * len(head.lines) / 2, fill, _LINE
            )
        ]
        for headings, top, fill in (
            (layout.outer_columns, layout.top, tokens.ink),
            (layout.inner_columns, layout.inner_top, tokens.second),
        )
    ]
    return [
        canvas.texts("outer rows", outer, "right", 13, 600),
        canvas.texts("inner rows", inner, "right", 12),
        canvas.texts("outer columns", tops, "center", 13, 600),
        canvas.texts("inner columns", below, "center", 12),
    ]


@dataclass(frozen=True)
class _KeyEntry:
    """A place in the key: a player, or a kind of mark at -1."""

    words: str
    player: int
    x: float
    y: float

    @property
    def end(self) -> float:
        return self.x + 52 + text_width(self.words, 13) * 1.08


def _key(names: Sequence[str], graph: ReplyGraph) -> list[_KeyEntry]:
    told = [(name, player) for player, name in enumerate(names)]
    told += [("status quo", -1)] if graph.start is not None else []
    told += [("nobody gains by leaving", -2)]
    entries: list[_KeyEntry] = []
    x, y = 4.0, 12.0
    for words, player in told:
        entry = _KeyEntry(words, player, x, y)
        if entry.end > _WIDE and entries:
            x, y = 4.0, y + _KEY
            entry = _KeyEntry(words, player, x, y)
        entries.append(entry)
        x = round(entry.end) + 18
    return entries


def _key_layers(canvas: MapCanvas, key: Sequence[_KeyEntry]) -> list[alt.Chart]:
    tokens = tokens_of(canvas.theme)
    layers: list[alt.Chart] = []
    words: list[Row] = []
    for entry in key:
        words.append({"x": entry.x + 50, "y": entry.y, "text": entry.words, "fill": tokens.ink})
        if entry.player < 0:
            continue
        colour = tokens.players[entry.player]
        mark = {"x": entry.x + 4, "y": entry.y, "shape": SHAPES[entry.player], "fill": colour}
        line = {"path": f"M{entry.x + 14},{entry.y}L{entry.x + 44},{entry.y}", "stroke": colour}
        layers.append(canvas.symbols(f"key {entry.player}", [mark], 100))
        layers.append(canvas.dashed(f"key line {entry.player}", [line], 2, DASHES[entry.player]))
    single, double = (
        [(entry.x + 34, entry.y) for entry in key if entry.player == kind] for kind in (-1, -2)
    )
    return [
        *layers,
        *_ring(canvas, "key start", single, 260, 170),
        *_ring(canvas, "key stable", double, 320, 220),
        *_ring(canvas, "key stable inner", double, 110, 0),
        canvas.texts("key words", words, "left"),
    ]
