"""The text of a game as a Gambit .nfg file.

Numbers are whole or quotients where the game has exact payoffs, and otherwise, or where these have
more digits than can be read, the shortest decimals that read as the same doubles.  What the format
has no place for goes into the comment (`nfg_note`).
"""

from __future__ import annotations

from fractions import Fraction
from math import log10

from counterplay.games.nfg_note import Names, noted
from counterplay.games.nfg_text import MOST_DIGITS
from counterplay.games.strategic import Game
from counterplay.numeric import exact_decimal

_PLAIN_DIGITS = 30


def nfg_of(game: Game, names: Names, title: str = "") -> str:
    r"""Return the text of a file in which players and options have these names.

    Examples
    --------
    >>> game = Game.from_payoffs([[[3, 0.5]], [[0, 1]]])
    >>> print(nfg_of(game, ids_in(game), "Short"))
    NFG 1 R "Short" { "p1" "p2" }
    <BLANKLINE>
    { { "o1" }
    { "o1" "o2" } }
    ""
    <BLANKLINE>
    3 0
    1/2 1
    <BLANKLINE>
    """
    players, options = names
    rows = "\n".join(f"{{ {_listed(row)} }}" for row in options)
    return (
        f"NFG 1 R {_quoted(title)} {{ {_listed(players)} }}\n\n"
        f"{{ {rows} }}\n{_quoted(noted(game, names))}\n\n{_numbers(game)}"
    )


def labels_in(game: Game) -> Names:
    """Return the labels where Gambit takes them as they are, else the ids, else numbers."""
    return _distinct(game.player_labels, game.players), tuple(
        _distinct(*rows) for rows in zip(game.option_labels, game.options, strict=True)
    )


def ids_in(game: Game) -> Names:
    """Return the ids where Gambit takes them as they are, else numbers."""
    return _distinct(game.players), tuple(map(_distinct, game.options))


def _listed(names: tuple[str, ...]) -> str:
    return " ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    escaped = name.replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'


def _numbers(game: Game) -> str:
    """Return the payoffs, one profile a line, the first player's option fastest."""
    cells = game.payoffs if game.exact is None else game.exact
    spelt = repr if game.exact is None else _spelt
    rows = cells.transpose(range(cells.ndim - 1, -1, -1)).reshape(-1, len(game.players))
    return "".join(" ".join(map(spelt, row)) + "\n" for row in rows.tolist())


def _spelt(number: Fraction) -> str:
    """Spell a rational exactly: whole, as a quotient, or by an exponent where that is shorter."""
    top, bottom = number.numerator, number.denominator
    digits = max(abs(top), bottom).bit_length() * log10(2)
    if digits > _PLAIN_DIGITS:
        decimal = repr(float(number))
        if digits > MOST_DIGITS or exact_decimal(float(number)) == number:
            return decimal
    return str(top) if bottom == 1 else f"{top}/{bottom}"


def _distinct(*choices: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first of the choices that Gambit takes as it is, else numbers."""
    for names in choices:
        if len(set(names)) == len(names) and all(map(_is_label, names)):
            return names
    return tuple(str(k) for k in range(1, len(choices[0]) + 1))


def _is_label(name: str) -> bool:
    return (
        bool(name) and name.isprintable() and "\\" not in name and name == " ".join(name.split())
    )
