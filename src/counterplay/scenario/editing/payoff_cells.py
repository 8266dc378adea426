"""The cells of a table of payoffs from a spreadsheet, every fault told with its row and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import islice, product
from math import prod

from counterplay.errors import Fault, ScenarioError
from counterplay.files import decoded, unreadable
from counterplay.games.nfg_text import plain_number
from counterplay.games.payoff_table import PREFIX, bare
from counterplay.games.strategic import LARGEST_PAYOFF
from counterplay.scenario.editing.excel_cells import excel_rows, is_workbook
from counterplay.scenario.rules.reading import shortened
from counterplay.scenario.rules.sizes import MAX_OPTIONS, MAX_PLAYERS, MAX_PROFILES

MAX_TABLE_BYTES = 4_000_000
MAX_FAULTS = 100
"""Faults told of one table."""


@dataclass(frozen=True)
class PayoffCells:
    """The cells of a table.

    Attributes
    ----------
    file : str
    header : list of str
    rows : list of (int, list of str)
        Each with its line, counted from 1.
    players : list of str
        As the header names them.
    where : list of int
        For each player the column of its payoffs.
    """

    file: str
    header: list[str]
    rows: list[tuple[int, list[str]]]
    players: list[str]
    where: list[int]

    @cached_property
    def options(self) -> list[list[str]]:
        """The options of each player in the order in which they first appear."""
        found: list[dict[str, None]] = [{} for _ in self.players]
        for _, cells in self.rows:
            for names, cell in zip(found, cells, strict=False):
                if cell:
                    names[bare(cell)] = None
        return [list(names) for names in found]

    def profile(self, cells: list[str]) -> tuple[str, ...]:
        """Return the profile of a row."""
        return tuple(map(bare, cells[: len(self.players)]))

    def fault(self, line: int, column: int, message: str) -> Fault:
        """Return a fault in a cell."""
        name = shortened(self.header[column]) if column < len(self.header) else "none"
        return Fault(self.file, line, f"column {column + 1} ({name})", message, "readable")


def read_payoff_table(raw: bytes, file: str) -> PayoffCells:
    """Read a table of payoffs: text, or the first sheet of an Excel workbook.

    Raises
    ------
    ScenarioError
        If it is none, or a cell has a fault.
    MissingExtraError
        If it is a workbook, and the package that reads them is not installed.
    """
    rows = _rows_of_workbook(raw, file) if is_workbook(raw) else _rows_of_text(raw, file)
    if len(rows) < 2:
        message = f"needs a first row of names such as a, b, {PREFIX}a, {PREFIX}b, and payoffs"
        raise unreadable(file, 1, message)
    table = _table(rows, file)
    faults = list(islice(_faults(table), MAX_FAULTS))
    if faults:
        raise ScenarioError(tuple(faults))
    return table


def _rows_of_workbook(raw: bytes, file: str) -> list[tuple[int, list[str]]]:
    return excel_rows(raw, file, lines=2 * MAX_PROFILES, columns=2 * MAX_PLAYERS + 2)


def _rows_of_text(raw: bytes, file: str) -> list[tuple[int, list[str]]]:
    text = decoded(raw, file, MAX_TABLE_BYTES)
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max("\t;,", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((reader.line_num, [cell.strip() for cell in cells]))
            if len(rows) > MAX_PROFILES + 1:
                raise unreadable(file, reader.line_num, f"more than {MAX_PROFILES} profiles")
    except csv.Error as error:
        raise unreadable(file, reader.line_num, f"no table of cells: {error}") from None
    return rows


def _table(rows: list[tuple[int, list[str]]], file: str) -> PayoffCells:
    header = rows[0][1]
    while header and not header[-1]:
        header.pop()
    count = len(header) // 2
    names, over = [bare(cell) for cell in header[:count]], header[count:]
    if len(header) % 2 or not 2 <= count <= MAX_PLAYERS or len(set(names)) < count:
        message = (
            f"name 2 to {MAX_PLAYERS} players, each once, then {PREFIX} and each player again"
        )
        raise unreadable(file, 1, message)
    for name in names:
        if not name or over.count(PREFIX + name) != 1:
            message = f"needs one column {shortened(PREFIX + name)!r}, as for every player"
            raise unreadable(file, 1, message)
    where = [count + over.index(PREFIX + name) for name in names]
    return PayoffCells(file, header, rows[1:], names, where)


def _faults(table: PayoffCells) -> Iterator[Fault]:
    """Yield the faults of cells, or where there are none those of the profiles."""
    found = False
    for fault in _faults_of_cells(table):
        found = True
        yield fault
    if not found:
        yield from _repeated(table)
        yield from _missing(table)


def _repeated(table: PayoffCells) -> Iterator[Fault]:
    first: dict[tuple[str, ...], int] = {}
    for line, cells in table.rows:
        profile = table.profile(cells)
        if profile in first:
            message = f"this profile is given in line {first[profile]} already; keep one"
            yield table.fault(line, 0, message)
        first.setdefault(profile, line)


def _missing(table: PayoffCells) -> Iterator[Fault]:
    shape = [len(options) for options in table.options]
    given = {table.profile(cells) for _, cells in table.rows}
    for column, count in enumerate(shape):
        if count > MAX_OPTIONS:
            yield table.fault(1, column, f"{count} options; at most {MAX_OPTIONS} are supported")
    if max(shape) > MAX_OPTIONS or prod(shape) > MAX_PROFILES:
        message = f"{prod(shape)} profiles; at most {MAX_PROFILES} are supported"
        yield Fault(table.file, 1, "(file)", message, "readable")
        return
    for profile in product(*table.options):
        if profile not in given:
            message = f"no row for {shortened('/'.join(profile))}; every profile needs one"
            yield Fault(table.file, table.rows[-1][0], "(file)", message, "readable")


def _faults_of_cells(table: PayoffCells) -> Iterator[Fault]:
    width = len(table.header)
    for line, cells in table.rows:
        if len(cells) < width or any(cells[width:]):
            message = f"{len(cells)} cells; the first row has {width}"
            yield table.fault(line, min(len(cells), width) - 1, message)
            continue
        for column in range(len(table.players)):
            if not cells[column]:
                yield table.fault(line, column, "no option; every row needs one for each player")
        for column in table.where:
            message = _refusal(cells[column])
            if message:
                yield table.fault(line, column, message)


def _refusal(cell: str) -> str:
    """Say what is wrong with a payoff, if anything is."""
    try:
        number = plain_number(cell)
    except ValueError as error:
        mend = "write decimals with a point, as in 0.5" if "," in cell else "write 3, 0.5 or 1/3"
        return f"{shortened(cell)!r} {error}; {mend}"
    return f"above {LARGEST_PAYOFF:g} in size" if abs(Fraction(number)) > LARGEST_PAYOFF else ""
