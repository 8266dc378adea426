"""What a PDF report says, as plain data: the template gets text as data and never as source."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from counterplay.explain.narrate import points
from counterplay.report.blocks import (
    BarTable,
    Block,
    Bullets,
    Document,
    Facts,
    Masthead,
    Paragraph,
    Picture,
    Section,
)
from counterplay.report.figures import TOKENS, Figure
from counterplay.report.figures.margin_bar import MORE
from counterplay.report.figures.text import clean, fit, text_width
from counterplay.report.pdf.columns import PAGE, column_widths, font_size, height
from counterplay.report.svg import to_svg
from counterplay.report.tables import GLYPHS, Table

_RUNNING = 7.5
"""Size of running lines as estimates of width take it: they are made for a wider typeface."""

_SETTING = 0.42
_GAP = 12.0
_LONG = 28
_PIECE = re.compile(r".{1,14}", re.DOTALL)
_SCALE = 0.62
_HEADING = 180
_MOST_UNCUT = 1200
_WHOLE = 330.0
_WIDTH = re.compile(r'<svg [^>]*?\bwidth="(\d+(?:\.\d+)?)"')
_FIRST_PAGE = ("answer", "why")


def document_parts(
    document: Document,
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a report as the data that the template reads, and its pictures as SVG by name."""
    pictures: dict[str, str] = {}
    names = {name: number for number, name in enumerate(document.masthead.players)}
    numbers = itertools.count(1)

    def part(block: Block, section: Section) -> dict[str, Any]:
        if isinstance(block, Picture):
            number = next(numbers)
            drawn = _picture(block, number, pictures)
            return drawn | {"twin": _table(block.table, names, "")}
        if isinstance(block, BarTable):
            return _table(block, names, section.title) | _bars(block)
        if isinstance(block, Table):
            return _table(block, names, section.title)
        return _plain(block)

    sections = [
        {
            "title": _pieces(section.title),
            "depth": section.depth,
            "name": section.name,
            "new_page": section.new_page,
            "on_first_page": section.name in _FIRST_PAGE,
            "blocks": [part(block, section) for block in section.blocks],
        }
        for section in document.sections
    ]
    return {**_frame(document.masthead), "sections": sections}, pictures


def _frame(masthead: Masthead) -> dict[str, Any]:
    """Return what stands around the text: title, marking, running lines, colours."""
    tokens = TOKENS["light"]
    kept = ("panel", "line", "ink", "second", "muted", "caution", "caution_tint", "players")
    setting = _line(" · ".join([*_as_of(masthead.as_of), masthead.setting]), _SETTING * PAGE)
    running = f"Counterplay {masthead.kind} · {masthead.title}"
    return {
        "title": clean(masthead.title) or "Counterplay report",
        "marking": _line(masthead.marking or "", PAGE),
        "running": _line(running, PAGE - _GAP - text_width(setting, _RUNNING)),
        "setting": setting,
        "hash": masthead.short_hashes,
        "keywords": list(masthead.keywords),
        "colours": {name: getattr(tokens, name) for name in kept},
    }


def _line(text: str, width: float) -> str:
    """Return text cut to a width in a running line."""
    return fit(text, _RUNNING, width)[0]


def _as_of(date: str | None) -> Iterator[str]:
    if date:
        yield f"as of {date}"


def _plain(block: Paragraph | Bullets | Facts) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        role = "finding" if block.strong else block.role
        long = len(block.text) > _HEADING
        return {"kind": "paragraph", "text": _pieces(block.text), "role": role, "long": long}
    if isinstance(block, Bullets):
        return {"kind": "bullets", "items": [_pieces(item) for item in block.items]}
    pairs = [[_pieces(name), _pieces(value)] for name, value in block.items]
    return {"kind": "facts", "items": pairs}


def _picture(picture: Picture, number: int, pictures: dict[str, str]) -> dict[str, Any]:
    from counterplay.report import figures

    figure: Figure = getattr(figures, picture.kind)(*picture.arguments)
    name = f"figure-{number}"
    pictures[f"{name}.svg"] = drawn = to_svg(figure, name)
    found = _WIDTH.search(drawn)
    return {
        "kind": "picture",
        "file": f"{name}.svg",
        "number": number,
        "width": float(found[1]) * _SCALE if found else None,
        "title": _pieces(figure.title),
        "caption": _pieces(figure.caption),
        "alt": clean(figure.alt),
    }


def _table(table: Table, names: Mapping[str, int], heading: str) -> dict[str, Any]:
    return {
        "kind": "table",
        "title": _pieces(table.title),
        "named_above": bool(heading) and heading.startswith(table.title),
        "columns": [_cell(column, names, first=True) for column in table.columns],
        "numeric": list(table.numeric),
        "widths": column_widths(table),
        "size": font_size(table),
        "rows": [
            [_cell(cell, names, first=number == 0) for number, cell in enumerate(row)]
            for row in table.rows
        ],
        "whole": height(table) <= _WHOLE,
        "uncut": [sum(map(len, row)) <= _MOST_UNCUT for row in table.rows],
        "total": bool(table.rows) and table.rows[-1][0] in ("Total", "Payoff"),
    }


def _bars(table: BarTable) -> dict[str, Any]:
    limit = table.limit
    shares = [None if a is None else min(a / limit, 1.0) for a in table.amounts]
    over = [a is not None and a > limit for a in table.amounts]
    more = f"; {MORE} is more" if any(over) else ""
    note = f"Bars end at {points(limit)}{more}."
    return {"kind": "bars", "bar_column": table.column, "bars": shares, "over": over, "note": note}


def _cell(text: str, names: Mapping[str, int], *, first: bool) -> dict[str, Any]:
    """Return a cell's text, apart from the mark of the player that it names."""
    if first and text[1:2] == " " and text[0] in GLYPHS:
        return {"mark": GLYPHS.index(text[0]), "text": _pieces(text[2:])}
    return {"mark": names.get(text) if first else None, "text": _pieces(text)}


def _pieces(text: str) -> list[str]:
    """Return text on one line, cut where a long word may be broken."""
    pieces = [""]
    for word in re.split(r"(?<=\s)", clean(text)):
        if len(word) <= _LONG:
            pieces[-1] += word
        else:
            first, *rest = _PIECE.findall(word)
            pieces[-1] += first
            pieces += rest
    return pieces
