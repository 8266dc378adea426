"""The picture of a page: two tinted half-cells a profile, boxes, stars, and who would leave."""

from __future__ import annotations

import altair as alt

from counterplay.explain.narrate import points
from counterplay.findings import Findings
from counterplay.report.figures.canvas import Canvas, Row, lines_at
from counterplay.report.figures.page import Page
from counterplay.report.figures.pager_layout import (
    FOOT_SIZE,
    GAP,
    LINE,
    Grid,
    foot_of,
    grid_of,
    key_width,
)
from counterplay.report.figures.text import fit, text_width
from counterplay.report.figures.theme import SHAPES, STAR, Tokens, tokens_of

_FAINT = {"light": (0.04, 0.24), "dark": (0.08, 0.32)}


def draw(findings: Findings, shown: Page, theme: str) -> alt.LayerChart:
    """Draw a page."""
    tokens = tokens_of(theme)
    grid = grid_of(findings, shown)
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
            *_labels(canvas, grid),
            *_keys(canvas, grid),
        ]
    )


def _tints(grid: Grid, shown: Page, tokens: Tokens, faint: tuple[float, float]) -> list[Row]:
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


def _boxes(grid: Grid, shown: Page, tokens: Tokens) -> list[Row]:
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


def _numbers(grid: Grid, shown: Page, tokens: Tokens) -> list[Row]:
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


def _feet(canvas: Canvas, grid: Grid, shown: Page) -> list[alt.Chart]:
    tokens = tokens_of(canvas.theme)
    leave: list[Row] = []
    stay: list[Row] = []
    stars: list[Row] = []
    marks: list[Row] = []
    for cell in shown.cells:
        x, y = grid.corner(cell)
        middle, foot = x + grid.cell / 2, (y + grid.band + y + grid.height - 4) / 2
        words = foot_of(cell, grid.names)
        if cell.stable:
            half = text_width(words, FOOT_SIZE) * 1.08 / 2
            stay.append({"x": middle + 8, "y": foot, "text": words, "fill": tokens.ink})
            stars.append({"x": middle - half - 5, "y": foot, "shape": STAR, "fill": tokens.ink})
        elif grid.marks:
            start = middle - 7 * (len(cell.leavers) - 1)
            marks += [
                {"x": start + 14 * n, "y": foot, "shape": SHAPES[k], "fill": tokens.players[k]}
                for n, k in enumerate(cell.leavers)
            ]
        else:
            lines = fit(words, FOOT_SIZE, grid.cell - 12, 2)
            leave += lines_at(lines, middle, foot, tokens.second, 15)
    return [
        canvas.texts("leave", leave, "center", FOOT_SIZE),
        canvas.texts("stay", stay, "center", FOOT_SIZE, 600),
        canvas.symbols("stars", stars, 260),
        canvas.symbols("leavers", marks, 60),
    ]


def _labels(canvas: Canvas, grid: Grid) -> list[alt.Chart]:
    ink = tokens_of(canvas.theme).ink
    rows: list[Row] = []
    columns: list[Row] = []
    for number, lines in enumerate(grid.rows):
        middle = grid.top + grid.height * (number + 0.5)
        rows += lines_at(lines, grid.left - GAP, middle, ink)
    for number, lines in enumerate(grid.columns):
        last = grid.top - 14 - 8 * (len(lines) - 1)
        columns += lines_at(lines, grid.left + grid.cell * (number + 0.5), last, ink)
    return [
        canvas.texts("rows", rows, "right"),
        canvas.texts("columns", columns, "center"),
    ]


def _keys(canvas: Canvas, grid: Grid) -> list[alt.Chart]:
    tokens = tokens_of(canvas.theme)
    marks: list[Row] = []
    words: list[Row] = []
    for number, line in enumerate(grid.keys):
        x, y = 0.0, 9 + LINE * number
        for player, text in line:
            if player >= 0:
                marks.append(
                    {"x": x + 7, "y": y, "shape": SHAPES[player], "fill": tokens.players[player]}
                )
            words.append({"x": x + 20 * (player >= 0), "y": y, "text": text, "fill": tokens.ink})
            x += key_width(text)
    return [
        canvas.symbols("keys", marks, 110),
        canvas.texts("players", words, "left", 13, 600),
    ]
