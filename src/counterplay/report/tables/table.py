"""A table of text, and how it is made."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

GLYPHS = "●■▲◆✚▼▶◀"
"""The mark of each player, by position: the second channel beside colour."""


@dataclass(frozen=True)
class Table:
    """A table of text.

    Attributes
    ----------
    title : str
    columns : tuple of str
    rows : tuple of tuple of str
    numeric : tuple of bool
        Columns to be set flush right.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]


def table_of(
    title: str, columns: Iterable[str], rows: Iterable[Iterable[str]], right: Container[int]
) -> Table:
    """Make a table; `right` holds the positions of its numeric columns."""
    heads = tuple(columns)
    return Table(
        title,
        heads,
        tuple(tuple(row) for row in rows),
        tuple(number in right for number in range(len(heads))),
    )
