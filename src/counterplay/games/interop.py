"""Games for and from other programs: Gambit's .nfg files, pygambit and nashpy.

What is written can be read again without loss: the same payoffs bit for bit, the same exact
payoffs, ids and labels.  Gambit and others read the same file; they see names and numbers.
"""

from __future__ import annotations

import importlib
import io
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from counterplay.errors import CounterplayError, GameError, MissingExtraError
from counterplay.files import decoded, path_text, read_bytes, unreadable, write_whole
from counterplay.games.nfg_note import Note, read_note
from counterplay.games.nfg_text import NfgText, parsed_nfg
from counterplay.games.nfg_writing import ids_in, labels_in, nfg_of
from counterplay.games.strategic import Game, checked_game
from counterplay.numeric import ROUNDING_TIE

MAX_BYTES = 64 * 1024 * 1024
"""Largest file that is read; the largest game takes a fifth of it."""


def read_nfg(path: str | os.PathLike[str]) -> Game:
    """Read a game from a Gambit .nfg file.

    Ids are made of the names in the file, as `load` makes them; in a file that `write_nfg` wrote
    they are those of the game.

    Parameters
    ----------
    path : str or path

    Returns
    -------
    Game

    Raises
    ------
    ScenarioError
        If the content is no game, with the line that shows it.
    CounterplayError
        If the file cannot be opened.
    """
    file = _name(path)
    raw = read_bytes(Path(file), file, MAX_BYTES, "a .nfg file")
    text = parsed_nfg(decoded(raw, file, MAX_BYTES), file)
    note = read_note(text, file)
    try:
        return _game(text, note)
    except GameError as error:
        raise unreadable(file, 1, str(error)) from None


def write_nfg(game: Game, path: str | os.PathLike[str], title: str = "") -> Path:
    """Write a game as a Gambit .nfg file, whole or not at all.

    Players and options are named by their labels where Gambit can hold these, else by their ids.

    Parameters
    ----------
    game : Game
    path : str or path
        Folders are not created.
    title : str, optional

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    CounterplayError
        If `game` is no game, `title` no text, or the file cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> game = Game.from_payoffs([[[3, 0.1]], [[0, 1]]], ["usa", "ussr"])
    >>> with TemporaryDirectory() as folder:
    ...     found = read_nfg(write_nfg(game, Path(folder) / "game.nfg"))
    >>> found.players, found.exact[0, 0, 1]
    (('usa', 'ussr'), Fraction(1, 10))
    """
    checked_game(game)
    if not isinstance(title, str):
        raise CounterplayError(f"title: {title!r} is no text; give text, or leave it out")
    target = Path(_name(path))
    write_whole(target, nfg_of(game, labels_in(game), title).encode())
    return target


def to_pygambit(game: Game) -> Any:  # noqa: ANN401 - pygambit's own class
    """Return the game as a `pygambit` game, exact where ours is; its labels are our ids.

    Parameters
    ----------
    game : Game

    Returns
    -------
    pygambit.gambit.Game

    Raises
    ------
    GameError
        If `game` is no game.
    MissingExtraError
        If pygambit is not installed.
    """
    checked_game(game)
    pygambit = _imported("pygambit")
    return pygambit.read_nfg(io.BytesIO(nfg_of(game, ids_in(game)).encode()))


def to_nashpy(game: Game) -> Any:  # noqa: ANN401 - nashpy's own class
    """Return a game of two players as a `nashpy.Game`.

    Parameters
    ----------
    game : Game
        Two players.

    Returns
    -------
    nashpy.Game
        Payoffs in double precision, the first player's options as rows.

    Raises
    ------
    GameError
        If the game does not have two players.
    MissingExtraError
        If nashpy is not installed.
    """
    if len(checked_game(game).players) != 2:
        raise GameError(f"game: {len(game.players)} players; a nashpy game has 2")
    return _imported("nashpy").Game(game.payoffs[0].copy(), game.payoffs[1].copy())


def _imported(library: str) -> Any:  # noqa: ANN401 - a module
    try:
        return importlib.import_module(library)
    except ImportError:
        raise MissingExtraError(f"a game for {library}", "interop") from None


def _game(text: NfgText, note: Note) -> Game:
    players, options = note.ids
    game = Game.from_payoffs(list(text.cells), players, options)
    payoffs = game.payoffs.copy()
    for cell, payoff in note.doubles:
        payoffs.flat[cell] = payoff
    scale = max(note.formula_size, float(np.abs(game.payoffs).max()))
    with np.errstate(over="ignore"):
        apart = np.abs(payoffs - game.payoffs).max()
    if apart > ROUNDING_TIE * scale:
        raise GameError("payoffs: those of the note are not those of the body; remove the note")
    payoffs.flags.writeable = False
    return replace(
        game,
        payoffs=payoffs,
        player_labels=note.labels[0],
        option_labels=note.labels[1],
        exact_source=game.exact_source if note.exact else None,
        formula_size=note.formula_size,
    )


def _name(path: str | os.PathLike[str]) -> str:
    name = path_text(path)
    if name is None:
        raise CounterplayError(f"path: {path!r} is not the path of a file")
    return name
