"""Cells: text, and numbers in full that show as they read in every other format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from counterplay.scenario.source import printable

_FIXED = re.compile(r"−?\d+(?:\.(\d+))?")
_LONGEST = 32_000
_HEAD = 80
_ESCAPE = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True)
class Number:
    """A number in full, and how it reads.

    Attributes
    ----------
    value : float
    text : str
        The same as in the other formats.
    """

    value: float
    text: str


Cell = str | Number


@dataclass(frozen=True)
class Sheet:
    """A table on a sheet of its own.

    Attributes
    ----------
    name : str
        Of the sheet and of its table.
    note : str
        What it shows, in a sentence or two.
    columns : tuple of str
    rows : tuple of tuple of Cell
    """

    name: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheet_of(
    name: str, note: str, columns: Iterable[str], rows: Iterable[Iterable[Cell]]
) -> Sheet:
    """Make a sheet; its columns get names that differ, as tables of Excel want them."""
    return Sheet(name, note, _heads(columns), tuple(tuple(row) for row in rows))


def one_line(text: str) -> str:
    """Return text for a cell: on one line, without characters that XML cannot hold."""
    return " ".join(printable(text).split())[:_LONGEST]


def display_format(number: Number) -> str:
    """Return the format with which a spreadsheet shows a number as it reads elsewhere.

    Where no format of digits does, as for “<1%”, the format is the text itself.

    Examples
    --------
    >>> display_format(Number(-0.219, "−0.22")), display_format(Number(0.004, "<1%"))
    ('0.00;"−"0.00', '"<1%"')
    >>> display_format(Number(0.694, "69%")), display_format(Number(0.125, "12%"))
    ('0%', '"12%"')
    """
    text = number.text
    digits = _FIXED.fullmatch(text.removesuffix("%"))
    if digits:
        places = len(digits[1] or "")
        scale = 100 if text.endswith("%") else 1
        shown = (Decimal(repr(abs(number.value))) * scale).quantize(
            Decimal(1).scaleb(-places), ROUND_HALF_UP
        )
        sign = "−" if text.startswith("−") else ""
        ending = "%" if scale == 100 else ""
        code = f"0.{'0' * places}{ending}" if places else f"0{ending}"
        if f"{sign}{shown}{ending}" == text and (sign != "") == (number.value < 0):
            return f'{code};"−"{code}' if sign else code
    return '"' + text.replace('"', "''") + '"'


def _heads(columns: Iterable[str]) -> tuple[str, ...]:
    """Return names of columns that differ whatever the case of their letters."""
    heads: list[str] = []
    used: set[str] = set()
    for column in columns:
        name = _ESCAPE.sub("_ x", one_line(column))[:_HEAD].strip() or "Column"
        made, number = name, 2
        while made.lower() in used:
            made, number = f"{name} ({number})", number + 1
        used.add(made.lower())
        heads.append(made)
    return tuple(heads)
