"""The text of Gambit's strategic-form files (.nfg), read into names and numbers.

Both bodies are read: one payoff for each player in every profile, or numbered outcomes.  Profiles
run with the first player's option fastest.  Format: Gambit project, "The strategic game (.nfg)
file format".  `interop` makes games of such texts and writes them; scenarios
are made of them too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import inf, prod
from typing import Any

import numpy as np
import numpy.typing as npt

from counterplay.files import unreadable
from counterplay.games.strategic import MAX_PLAYERS, MAX_PROFILES

NfgNumber = int | float | Fraction
"""A payoff: whole numbers and quotients exactly, decimals as the doubles they print as."""

_SPACE = re.compile(r"\s*")
_TOKEN = re.compile(r'"((?:[^"\\]++|\\.)*+)"|([{},])|([^\s{},"]+)', re.DOTALL)

MOST_DIGITS = 4_000
"""Longest run of digits in a number."""

_RUN = rf"\d{{1,{MOST_DIGITS}}}"
_NUMBER = re.compile(
    rf"[-+]?({_RUN}(\.({_RUN})?)?|\.{_RUN})(e[-+]?\d{{1,3}})?(/{_RUN})?", re.IGNORECASE | re.ASCII
)

_GROUPS_DEEP = 3
_MAX_TOKENS = 2_000_000


@dataclass(frozen=True)
class NfgText:
    """What an .nfg file says.

    Attributes
    ----------
    title, comment : str
        Without their quotation marks; empty where left out.
    comment_line : int
        Where the comment stands.
    players, options : names as written, players' and each player's options'
    rows : one row of payoffs for each profile, the first player's option fastest
    """

    title: str
    comment: str
    comment_line: int
    players: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    rows: list[list[NfgNumber]]

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of options of each player."""
        return tuple(len(names) for names in self.options)

    @property
    def cells(self) -> npt.NDArray[np.object_]:
        """The payoffs as one array, shape (n, m_1, ..., m_n)."""
        table = np.array(self.rows, dtype=object)
        table = table.reshape(*reversed(self.shape), len(self.players))
        return table.transpose(range(len(self.players), -1, -1))


class _Word(str):
    """A word, the line where it stands, and whether in quotes."""

    __slots__ = ("line", "quoted")

    line: int
    quoted: bool


class _Group(list[Any]):
    """What stands between braces, and the line where they open."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


def parsed_nfg(text: str, file: str, fewest_players: int = 1) -> NfgText:
    """Read the text of an .nfg file.

    Parameters
    ----------
    text : str
    file : str
        How messages name it.
    fewest_players : int
        How many players the reader needs.

    Raises
    ------
    ScenarioError
        If the text is not a strategic game, with the line that shows it.
    """
    items = _items(text, file)
    if len(items) < 6 or [str(word).upper() for word in items[:2]] != ["NFG", "1"]:
        raise unreadable(file, 1, "not a strategic game; the file starts with: NFG 1 R")
    title, players = items[3], items[4]
    if not isinstance(title, str):
        raise unreadable(file, title.line, "the title should follow the first words in quotes")
    if not isinstance(players, _Group) or not all(isinstance(name, str) for name in players):
        message = "the players' names should follow the title in braces"
        raise unreadable(file, players.line, message)
    if not fewest_players <= len(players) <= MAX_PLAYERS:
        supported = f"{fewest_players} to {MAX_PLAYERS} are supported"
        raise unreadable(file, players.line, f"{len(players)} players; {supported}")
    options = _options(file, items[5], len(players))
    body = items[6:]
    comment = body.pop(0) if body and isinstance(body[0], _Word) and body[0].quoted else None
    rows = _rows(file, body, len(players), [len(names) for names in options])
    line = comment.line if comment is not None else 1
    names = tuple(map(str, players))
    return NfgText(str(title), str(comment or ""), line, names, options, rows)


def plain_number(text: str) -> NfgNumber:
    """Read one number as .nfg files spell them.

    Raises
    ------
    ValueError
        With what is wrong in words that follow the number.

    Examples
    --------
    >>> [plain_number(text) for text in ("12", "-1/3", "1e-3")]
    [12, Fraction(-1, 3), 0.001]
    """
    if not _NUMBER.fullmatch(text):
        raise ValueError("is not a number")
    top, _, bottom = text.partition("/")
    if not bottom:
        value = float(top) if re.search(r"[.e]", top, re.IGNORECASE) else int(top)
        if value in (inf, -inf):
            raise ValueError("is out of range")
        return value
    if int(bottom) == 0:
        raise ValueError("divides by zero")
    quotient = Fraction(top) / int(bottom)
    return int(quotient) if quotient.denominator == 1 else quotient


def _items(text: str, file: str) -> list[Any]:
    """Return the words of the file; braces make groups."""
    stack = [_Group(1)]
    for kind, written, line in _tokens(text, file):
        if kind == "{":
            stack.append(_Group(line))
        elif kind == "}":
            closed = stack.pop()
            if not stack:
                raise unreadable(file, line, "a closing brace without an opening one")
            stack[-1].append(closed)
        elif kind in {"word", "quoted"}:
            word = _Word(written)
            word.line, word.quoted = line, kind == "quoted"
            stack[-1].append(word)
        if len(stack) > _GROUPS_DEEP + 1:
            raise unreadable(file, line, f"braces nested more than {_GROUPS_DEEP} deep")
    if len(stack) != 1:
        raise unreadable(file, stack[-1].line, "this brace is never closed")
    return stack[0]


def _tokens(text: str, file: str) -> Iterator[tuple[str, str, int]]:
    """Yield each token's kind (``word``, ``quoted``, or the mark), what is written, its line."""
    at, line, end, count = 0, 1, len(text.rstrip()), 0
    while at < end:
        if count == _MAX_TOKENS:
            raise unreadable(file, line, f"more than {_MAX_TOKENS} words and marks")
        start = at + len(_SPACE.match(text, at)[0])  # type: ignore[index]  # matches anywhere
        line += text.count("\n", at, start)
        match = _TOKEN.match(text, start)
        if match is None:
            raise unreadable(file, line, "a quotation mark is never closed")
        quoted, mark, plain = match.groups()
        if quoted is not None:
            yield "quoted", re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL), line
        else:
            yield mark or "word", plain or "", line
        line += match[0].count("\n")
        at, count = match.end(), count + 1


def _options(file: str, given: _Word | _Group, players: int) -> tuple[tuple[str, ...], ...]:
    if isinstance(given, _Group) and len(given) == players:
        if all(isinstance(part, _Group) for part in given):
            return tuple(tuple(str(name) for name in part) for part in given)
        if all(isinstance(part, str) and re.fullmatch(r"[0-9]{1,3}", part) for part in given):
            return tuple(tuple(str(k + 1) for k in range(int(part))) for part in given)
    message = f"give the options of {players} players in braces, or their numbers"
    raise unreadable(file, given.line, message)


def _rows(file: str, body: list[Any], players: int, shape: list[int]) -> list[list[NfgNumber]]:
    profiles = prod(shape)
    if profiles > MAX_PROFILES:
        raise unreadable(file, 1, f"{profiles} profiles; at most {MAX_PROFILES} are supported")
    line = body[0].line if body else 1
    if body and isinstance(body[0], _Group):
        outcomes = [_outcome(file, outcome) for outcome in body[0]]
        zero: list[NfgNumber] = [0] * players
        indices = [_index(file, word, len(outcomes)) for word in body[1:]]
        rows = [outcomes[k - 1] if k else zero for k in indices]
    else:
        cells = [_number(file, word) for word in body]
        rows = [cells[k : k + players] for k in range(0, len(cells), players)]
    if len(rows) != profiles or any(len(row) != players for row in rows):
        message = (
            f"{len(rows)} profiles with payoffs; {profiles} with {players} payoffs are needed"
        )
        raise unreadable(file, line, message)
    return rows


def _outcome(file: str, given: _Word | _Group) -> list[NfgNumber]:
    if not isinstance(given, _Group) or not given or isinstance(given[0], _Group):
        message = "an outcome is a name and a payoff for each player in braces"
        raise unreadable(file, given.line, message)
    return [_number(file, cell) for cell in given[1:]]


def _number(file: str, word: _Word | _Group) -> NfgNumber:
    if isinstance(word, _Group):
        raise unreadable(file, word.line, f"{_shown(word)} is not a number")
    try:
        return plain_number(word)
    except ValueError as error:
        raise unreadable(file, word.line, f"{_shown(word)} {error}") from None


def _index(file: str, word: _Word | _Group, outcomes: int) -> int:
    if isinstance(word, str) and re.fullmatch(r"[0-9]{1,6}", word) and int(word) <= outcomes:
        return int(word)
    message = f"{_shown(word)} is not the number of an outcome (0 to {outcomes})"
    raise unreadable(file, word.line, message)


def _shown(word: _Word | _Group) -> str:
    return repr(str(word[:40])) if isinstance(word, str) else "a group in braces"
