"""The picture of a page: two tinted half-cells a profile, boxes, stars, and who would leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from counterplay.explain.narrate import points
from counterplay.findings import Findings
from counterplay.report.figures.canvas import Canvas, Row, lines_at
from counterplay.report.figures.page import Cell, Page
from counterplay.report.figures.text import fit, text_width
from counterplay.report.figures.theme import SHAPES, STAR, Tokens, tokens_of

_WIDEST, _NARROWEST, _ALL_COLUMNS = 176, 96, 900
_ROW_LABELS, _GAP, _LINE, _FOOT = 180, 10, 22, 12
_FAINT = {"light": (0.04, 0.24), "dark": (0.08, 0.32)}


@dataclass(frozen=True)
class _Grid:
    """Measures of a page, in pixels.

    `left` and `top` are where the cells begin; `legend` tells whether the feet of cells show marks instead of names.
    """

    names: Sequence[str]
    rows: Sequence[Sequence[str]]
    columns: Sequence[Sequence[str]]
    keys: Sequence[Sequence[tuple[int, str]]]
    left: float
    top: float
    cell: float
    height: float
    band: float
    number: int
    marks: bool

    def corner(self, cell: Cell) -> tuple[float, float]:
        return self.left + self.cell * cell.column, self.top + self.height * cell.row


def draw(findings: Findings, shown: Page, theme: str) -> alt.LayerChart:
    """Draw a page."""
    tokens = tokens_of(theme)
    grid = _grid(findings, shown)
    corners = [(cell, *grid.corner(cell)) for cell in shown.cells]
    width = max(x for _, x, _ in corners) + grid.cell
    height = max(y for _, _, y in corners) + grid.height
    canvas = Canvas(width, height, theme)
    outlines = [
        {"x": x, "x2": x + grid.cell, "y": y, "y2": y + grid.height, "stroke": tokens.background}
        for _, x, y in corners
    ]
    rings = [
        {
            "x": x + 3,
            "x2": x + grid.cell - 3,
            "y": y + 3,
            "y2": y + grid.height - 3,
            "stroke": tokens.ink,
        }
        for cell, x, y in corners
        if cell.stable
    ]
    return canvas.picture(
        [
            canvas.bars("tints", _tints(grid, shown, tokens, _FAINT[theme])),
            canvas.frames("outlines", outlines, 3),
            canvas.frames("boxes", _boxes(grid, shown, tokens), 2.2),
            canvas.frames("rings", rings, 1.6),
            canvas.texts("numbers", _numbers(grid, shown, tokens), "center", grid.number),
            *_feet(canvas, grid, shown),
            *_labels(canvas, grid, shown),
            *_keys(canvas, grid),
        ]
    )


def _grid(findings: Findings, shown: Page) -> _Grid:
    players = findings.scenario.players
    row, column = players[shown.row], players[shown.column]
    widest = max(text_width(points(p), 12) for cell in shown.cells for p in cell.payoffs)
    cell = min(_WIDEST, max(_NARROWEST, _ALL_COLUMNS / len(column.options)))
    cell = round(max(cell, 2 * (widest + 24)))
    number = 16 if widest * 16 / 12 + 24 <= cell / 2 else 12
    names = [fit(player.name, 12, 110)[0] for player in players]
    feet = [fit(_foot(cell_, names), _FOOT, cell - 12, 9) for cell_ in shown.cells]
    marks = max(map(len, feet)) > 2
    band = 44.0 if number == 16 else 38.0
    foot = 18 if marks else 15 * max(map(len, feet)) + 4
    rows = [fit(option.label, 13, _ROW_LABELS, 3) for option in row.options]
    columns = [fit(option.label, 13, cell - 10, 4) for option in column.options]
    left = max(text_width(line, 13) for lines in rows for line in lines) + _GAP
    keys = _key_lines(shown, names, left + cell * len(columns), marks)
    return _Grid(
        names=names,
        rows=rows,
        columns=columns,
        keys=keys,
        left=round(left),
        top=_LINE * len(keys) + 16 * max(map(len, columns)) + 12,
        cell=cell,
        height=max(band + foot + 4, 16 * max(map(len, rows)) + 8),
        band=band,
        number=number,
        marks=marks,
    )


def _foot(cell: Cell, names: Sequence[str]) -> str:
    if cell.stable:
        return "both stay" if len(names) == 2 else f"all {len(names)} stay"
    return f"leave: {', '.join(names[k] for k in cell.leavers)}"


def _key_lines(
    shown: Page, names: Sequence[str], width: float, marks: bool
) -> list[list[tuple[int, str]]]:
    """Return players with the words that stand beside their marks, broken into lines of `width`."""
    entries = [
        (shown.row, f"{names[shown.row]}: rows, left number"),
        (shown.column, f"{names[shown.column]}: columns, right number"),
    ]
    if marks:
        entries += [(k, names[k]) for k in shown.fixed]
        entries.append((-1, "Mark at the foot of a cell: would gain by leaving"))
    lines: list[list[tuple[int, str]]] = [[]]
    used = 0.0
    for entry in entries:
        need = _key_width(entry)
        if lines[-1] and used + need > max(width, 420):
            lines.append([])
            used = 0.0
        lines[-1].append(entry)
        used += need
    return lines


def _key_width(entry: tuple[int, str]) -> float:
    return text_width(entry[1], 13) * 1.08 + 42


def _tints(grid: _Grid, shown: Page, tokens: Tokens, faint: tuple[float, float]) -> list[Row]:
    rows = []
    for cell in shown.cells:
        x, y = grid.corner(cell)
        for side, player in enumerate((shown.row, shown.column)):
            start = x + side * grid.cell / 2
            rows.append(
                {
                    "x": start,
                    "x2": start + grid.cell / 2,
                    "y": y,
                    "y2": y + grid.height,
                    "fill": tokens.players[player],
                    "opacity": round(faint[0] + cell.tints[side] * (faint[1] - faint[0]), 4),
                }
            )
    return rows


def _boxes(grid: _Grid, shown: Page, tokens: Tokens) -> list[Row]:
    rows = []
    for cell in shown.cells:
        x, y = grid.corner(cell)
        for side, player in enumerate((shown.row, shown.column)):
            if cell.best[side]:
                middle = x + (0.25 + side / 2) * grid.cell
                half = text_width(points(cell.payoffs[side]), grid.number) / 2 + 9
                rows.append(
                    {
                        "x": middle - half,
                        "x2": middle + half,
                        "y": y + 9,
                        "y2": y + grid.band - 4,
                        "stroke": tokens.players[player],
                        "player": player,
                        "at": [cell.row, cell.column],
                    }
                )
    return rows


def _numbers(grid: _Grid, shown: Page, tokens: Tokens) -> list[Row]:
    rows = []
    for cell in shown.cells:
        x, y = grid.corner(cell)
        rows += [
            {
                "x": x + (0.25 + side / 2) * grid.cell,
                "y": y + (grid.band + 5) / 2,
                "text": points(payoff),
                "fill": tokens.ink,
            }
            for side, payoff in enumerate(cell.payoffs)
        ]
    return rows


def _feet(canvas: Canvas, grid: _Grid, shown: Page) -> list[alt.Chart]:
    tokens = tokens_of(canvas.theme)
    leave: list[Row] = []
    stay: list[Row] = []
    stars: list[Row] = []
    marks: list[Row] = []
    for cell in shown.cells:
        x, y = grid.corner(cell)
        middle, foot = x + grid.cell / 2, (y + grid.band + y + grid.height - 4) / 2
        words = _foot(cell, grid.names)
        if cell.stable:
            half = text_width(words, _FOOT) / 2
            stay.append({"x": middle + 8, "y": foot, "text": words, "fill": tokens.ink})
            stars.append({"x": middle - half - 4, "y": foot, "shape": STAR, "fill": tokens.ink})
        elif grid.marks:
            start = middle - 7 * (len(cell.leavers) - 1)
            marks += [
                {"x": start + 14 * n, "y": foot, "shape": SHAPES[k], "fill": tokens.players[k]}
                for n, k in enumerate(cell.leavers)
            ]
        else:
            lines = fit(words, _FOOT, grid.cell - 12, 2)
            leave += lines_at(lines, middle, foot, tokens.second, 15)
    return [
        canvas.texts("leave", leave, "center", _FOOT),
        canvas.texts("stay", stay, "center", _FOOT, 600),
        canvas.symbols("stars", stars, 260),
        canvas.symbols("leavers", marks, 60),
    ]


def _labels(canvas: Canvas, grid: _Grid, shown: Page) -> list[alt.Chart]:
    ink = tokens_of(canvas.theme).ink
    rows: list[Row] = []
    columns: list[Row] = []
    for number, lines in enumerate(grid.rows):
        middle = grid.top + grid.height * (number + 0.5)
        rows += lines_at(lines, grid.left - _GAP, middle, ink)
    for number, lines in enumerate(grid.columns):
        last = grid.top - 14 - 8 * (len(lines) - 1)
        columns += lines_at(lines, grid.left + grid.cell * (number + 0.5), last, ink)
    del shown
    return [
        canvas.texts("rows", rows, "right"),
        canvas.texts("columns", columns, "center"),
    ]


def _keys(canvas: Canvas, grid: _Grid) -> list[alt.Chart]:
    tokens = tokens_of(canvas.theme)
    marks: list[Row] = []
    words: list[Row] = []
    for number, line in enumerate(grid.keys):
        x, y = 0.0, 9 + _LINE * number
        for player, text in line:
            if player >= 0:
                marks.append(
                    {"x": x + 7, "y": y, "shape": SHAPES[player], "fill": tokens.players[player]}
                )
            words.append({"x": x + 20 * (player >= 0), "y": y, "text": text, "fill": tokens.ink})
            x += _key_width((player, text))
    return [
        canvas.symbols("keys", marks, 110),
        canvas.texts("players", words, "left", 13, 600),
    ]
