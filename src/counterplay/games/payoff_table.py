"""A game's payoffs as a table of text: one row a profile, for spreadsheets.

The first columns hold an option id for each player, under the player's id; then one column of
payoffs for each player in the same order, under ``payoff_`` and the player's id.  Numbers are the
shortest decimals that are exact, or else quotients.

A spreadsheet takes text that begins with ``=``, ``+``, ``-`` or ``@`` for a formula.  An id that
does so is written with an apostrophe before it, which reading takes off again.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from fractions import Fraction
from math import log10
from pathlib import Path

import numpy as np

from counterplay.errors import GameError
from counterplay.files import path_text, write_whole
from counterplay.games.nfg_text import MOST_DIGITS
from counterplay.games.strategic import Game, checked_game
from counterplay.numeric import exact_decimal

PREFIX = "payoff_"
"""Stands before the player's id over a column of payoffs."""

_STEERS = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
_DELIMITERS = {".csv": ",", ".tsv": "\t"}


def payoff_table(game: Game, delimiter: str = ",") -> str:
    r"""Return the payoffs of a game as comma-separated text.

    Parameters
    ----------
    game : Game
    delimiter : str
        ``","``, or a tab for pasting into a spreadsheet.

    Returns
    -------
    str
        A header and one row a profile, the last player's option fastest; lines end in ``\n``.
        Payoffs are in each player's own units, exact where the game's are.

    Raises
    ------
    GameError
        If this is no game, or another delimiter is given.

    Examples
    --------
    >>> game = Game.from_payoffs([[[3, 0.1]], [[0, 1]]], players=["a", "b"])
    >>> print(payoff_table(game), end="")
    a,b,payoff_a,payoff_b
    o1,o1,3,0
    o1,o2,0.1,1
    """
    built = checked_game(game)
    if str(delimiter) not in _DELIMITERS.values():
        raise GameError(f"delimiter: {delimiter!r}; give a comma or a tab")
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow([*map(shielded, built.players), *(PREFIX + name for name in built.players)])
    writer.writerows(_rows(built))
    return text.getvalue()


def write_payoff_table(game: Game, path: str | os.PathLike[str]) -> Path:
    """Write the payoffs of a game as a table, whole or not at all; folders are not created.

    Parameters
    ----------
    game : Game
    path : str or path
        Ends in ``.csv`` (commas) or ``.tsv`` (tabs).

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    GameError
        If this is no game, the suffix is another, or the file cannot be written.
    """
    target = checked_table_path(path)
    text = payoff_table(game, _DELIMITERS[target.suffix.lower()])
    write_whole(target, text.encode("utf-8", "backslashreplace"), GameError)
    return target


def checked_table_path(path: object) -> Path:
    """Return where a table is to be written.

    Raises
    ------
    GameError
        If this is no path, or its suffix is not known.
    """
    name = path_text(path)
    if name is None:
        raise GameError(f"path: {path!r} is not the path of a file")
    target = Path(name)
    if target.suffix.lower() not in _DELIMITERS:
        raise GameError(f"{target}: give a file that ends in {' or '.join(_DELIMITERS)}")
    return target


def shielded(name: str) -> str:
    """Return a name that no spreadsheet takes for a formula.

    Examples
    --------
    >>> shielded("=1+1"), bare("'=1+1"), bare(shielded("'x"))
    ("'=1+1", '=1+1', "'x")
    """
    return f"'{name}" if name.startswith(_STEERS) else name


def bare(cell: str) -> str:
    """Return the name that `shielded` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_STEERS) else cell


def _rows(game: Game) -> Iterator[list[str]]:
    cells = game.payoffs if game.exact is None else game.exact
    for profile in np.ndindex(*game.shape):
        names = map(shielded, game.profile_ids(profile))
        yield [*names, *(_spelt(cell) for cell in cells[(slice(None), *profile)].tolist())]


def _spelt(number: float | Fraction) -> str:
    """Spell a number by its shortest decimal, or as a quotient where no decimal is exact."""
    decimal = repr(float(number)).removesuffix(".0")
    if isinstance(number, float) or exact_decimal(float(number)) == number:
        return decimal
    top, bottom = number.numerator, number.denominator
    if max(abs(top), bottom).bit_length() * log10(2) > MOST_DIGITS:
        return decimal
    return str(top) if bottom == 1 else f"{top}/{bottom}"
