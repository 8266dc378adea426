"""What an .nfg file cannot say of a game, noted in its comment, so that nothing is lost.

The format knows one name for a player or an option, and one number for a payoff.  A game knows
ids and labels; and payoffs that formulas computed in double precision may differ in the last bits
from the exact ones that decide ties.  Whatever a reader would not find again from the names and
numbers alone stands as JSON in the comment, after the word ``counterplay``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite, prod
from typing import Any

import numpy as np

from counterplay.files import unreadable
from counterplay.games.nfg_text import NfgText
from counterplay.games.strategic import Game

Names = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
"""Names of the players, and of each player's options."""

_WORD = "counterplay "
_KEYS = {
    "players", "options", "player_labels", "option_labels", "exact", "formula_size", "doubles",
}  # fmt: skip


@dataclass(frozen=True)
class Note:
    """The content of a comment; empty where the file has no such comment.

    Attributes
    ----------
    ids, labels : Names
    exact : bool
        Whether the game has exact payoffs, namely those written.
    formula_size : float
        As in `Game`.
    doubles : tuple of (cell, payoff)
        Payoffs that are not the doubles nearest to those written; cells count through the array.
    """

    ids: Names
    labels: Names
    exact: bool = True
    formula_size: float = 0.0
    doubles: tuple[tuple[int, float], ...] = ()


def noted(game: Game, names: Names) -> str:
    """Return the comment for a game written with `names`, empty where none is needed."""
    ids = derived_ids(names)
    labels = _derived_labels(names, ids)
    said = {
        "players": (game.players, ids[0]),
        "options": (game.options, ids[1]),
        "player_labels": (game.player_labels, labels[0]),
        "option_labels": (game.option_labels, labels[1]),
        "exact": (game.exact is not None, True),
        "formula_size": (game.formula_size, 0.0),
        "doubles": (_strays(game), []),
    }
    note = {key: value for key, (value, derived) in said.items() if value != derived}
    return _WORD + json.dumps(note) if note else ""


def read_note(text: NfgText, file: str) -> Note:
    """Return what the comment of a file says, with names derived where it says nothing of them.

    Raises
    ------
    ScenarioError
        If the comment is marked as such a note and is none.
    """
    names = (text.players, text.options)
    ids = derived_ids(names)
    if not text.comment.startswith(_WORD):
        return Note(ids, _derived_labels(names, ids))
    try:
        data = json.loads(text.comment.removeprefix(_WORD))
        _check(data, text.shape)
    except (ValueError, TypeError, RecursionError):
        message = "this comment is no note of Counterplay; remove it or change its first word"
        raise unreadable(file, text.comment_line, message) from None
    ids = _names(data, "players", "options", ids)
    labels = _names(data, "player_labels", "option_labels", _derived_labels(names, ids))
    return Note(
        ids,
        labels,
        data.get("exact", True),
        float(data.get("formula_size", 0.0)),
        tuple((cell, float(payoff)) for cell, payoff in data.get("doubles", [])),
    )


def derived_ids(names: Names) -> Names:
    """Return the ids that names give."""
    players, options = names
    return _identifiers(players, "p"), tuple(_identifiers(row, "o") for row in options)


def _identifiers(names: Sequence[str], prefix: str) -> tuple[str, ...]:
    """Return ids for names: their letters and digits where that tells them apart, else numbers.

    Examples
    --------
    >>> _identifiers(["Row Player", "Column"], "p"), _identifiers(["Up!", "2nd"], "o")
    (('row_player', 'column'), ('o1', 'o2'))
    """
    plain = [re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")[:40] for name in names]
    usable = all(re.fullmatch(r"[a-z][a-z0-9_]*", name) and name != "world" for name in plain)
    if usable and len(set(plain)) == len(plain):
        return tuple(plain)
    return tuple(f"{prefix}{k}" for k in range(1, len(names) + 1))


def _derived_labels(names: Names, ids: Names) -> Names:
    players = tuple(name.strip() or player for name, player in zip(names[0], ids[0], strict=True))
    options = tuple(
        tuple(name.strip() or option for name, option in zip(*rows, strict=True))
        for rows in zip(names[1], ids[1], strict=True)
    )
    return players, options


def _strays(game: Game) -> list[tuple[int, float]]:
    """Return the cells whose payoff is not the double nearest to the exact one."""
    if game.exact is None:
        return []
    nearest = game.exact.astype(np.float64).ravel()
    payoffs = game.payoffs.ravel()
    return [(int(cell), float(payoffs[cell])) for cell in np.flatnonzero(nearest != payoffs)]


def _names(data: dict[str, Any], players: str, options: str, derived: Names) -> Names:
    return (
        tuple(data.get(players, derived[0])),
        tuple(tuple(row) for row in data.get(options, derived[1])),
    )


def _check(data: Any, shape: Sequence[int]) -> None:  # noqa: ANN401 - it may be anything
    """Raise ValueError or TypeError unless `data` has the form of a note for this shape."""
    if not isinstance(data, dict) or not data.keys() <= _KEYS:
        raise ValueError("keys")
    for key in data.keys() & {"players", "player_labels"}:
        _check_names(data[key], len(shape))
    for key in data.keys() & {"options", "option_labels"}:
        for row, count in zip(data[key], shape, strict=True):
            _check_names(row, count)
    if type(data.get("exact", True)) is not bool:
        raise TypeError("exact")
    if not 0 <= float(data.get("formula_size", 0)) < inf:
        raise ValueError("formula_size")
    for cell, payoff in data.get("doubles", []):
        _check_double(cell, payoff, len(shape) * prod(shape))


def _check_double(cell: object, payoff: Any, cells: int) -> None:  # noqa: ANN401 - likewise
    if type(cell) is not int or not 0 <= cell < cells or not isfinite(float(payoff)):
        raise ValueError("doubles")


def _check_names(names: object, count: int) -> None:
    if not isinstance(names, list) or len(names) != count:
        raise ValueError("names")
    if not all(isinstance(name, str) for name in names):
        raise TypeError("names")
