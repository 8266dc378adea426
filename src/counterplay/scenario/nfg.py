"""Gambit's strategic-form files (.nfg) as scenario data.

Both bodies are read: one payoff for each player in every profile, or numbered outcomes.  Profiles
run with the first player's option fastest.  Format: Gambit project, "The strategic game (.nfg)
file format".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import prod
from pathlib import PurePath
from typing import Any

from counterplay.scenario.rules.sizes import MAX_PROFILES
from counterplay.scenario.source import Source, decoded, refusal

_SPACE = re.compile(r"\s*")
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|([{},])|([^\s{},"]+)', re.DOTALL)
_NUMBER = re.compile(
    r"[-+]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})(e[-+]?\d{1,2})?(/\d{1,30})?", re.IGNORECASE
)

_PLAYERS = range(2, 9)
_GROUPS_DEEP = 3


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


def read_nfg(raw: bytes, file: str) -> Source:
    """Read an .nfg file as the data of a scenario with payoff tables.

    Raises
    ------
    ScenarioError
        If the text is not a strategic game.
    """
    items = _items(decoded(raw, file), file)
    if len(items) < 6 or [str(word).upper() for word in items[:2]] != ["NFG", "1"]:
        raise refusal(file, 1, "not a strategic game; the file starts with: NFG 1 R")
    title, players = items[3], items[4]
    if not isinstance(title, str):
        raise refusal(file, title.line, "the title should follow the first words in quotes")
    if not isinstance(players, _Group) or not all(isinstance(name, str) for name in players):
        message = "the players' names should follow the title in braces"
        raise refusal(file, players.line, message)
    if len(players) not in _PLAYERS:
        raise refusal(file, players.line, f"{len(players)} players; 2 to 8 are supported")
    options = _options(file, items[5], len(players))
    body = items[6:]
    if body and isinstance(body[0], _Word) and body[0].quoted:
        body = body[1:]
    shape = [len(names) for names in options]
    cells = _cells(file, body, len(players), prod(shape))
    return Source(file, _scenario(file, str(title), players, options, shape, cells))


def _items(text: str, file: str) -> list[Any]:
    """Return the words of the file; braces make groups."""
    stack = [_Group(1)]
    for kind, written, line in _tokens(text, file):
        if kind == "{":
            stack.append(_Group(line))
        elif kind == "}":
            closed = stack.pop()
            if not stack:
                raise refusal(file, line, "a closing brace without an opening one")
            stack[-1].append(closed)
        elif kind in {"word", "quoted"}:
            word = _Word(written)
            word.line, word.quoted = line, kind == "quoted"
            stack[-1].append(word)
        if len(stack) > _GROUPS_DEEP + 1:
            raise refusal(file, line, f"braces nested more than {_GROUPS_DEEP} deep")
    if len(stack) != 1:
        raise refusal(file, stack[-1].line, "this brace is never closed")
    return stack[0]


def _tokens(text: str, file: str) -> Iterator[tuple[str, str, int]]:
    """Yield each token's kind (``word``, ``quoted``, or the mark), what is written, its line."""
    at, line, end = 0, 1, len(text.rstrip())
    while at < end:
        start = at + len(_SPACE.match(text, at)[0])  # type: ignore[index]  # matches anywhere
        line += text.count("\n", at, start)
        match = _TOKEN.match(text, start)
        if match is None:
            raise refusal(file, line, "a quotation mark is never closed")
        quoted, mark, plain = match.groups()
        if quoted is not None:
            yield "quoted", re.sub(r"\\(.)", r"\1", quoted), line
        else:
            yield mark or "word", plain or "", line
        line += match[0].count("\n")
        at = match.end()


def _options(file: str, given: _Word | _Group, players: int) -> list[list[str]]:
    if isinstance(given, _Group) and len(given) == players:
        if all(isinstance(part, _Group) for part in given):
            return [[str(name) for name in part] for part in given]
        if all(isinstance(part, str) and re.fullmatch(r"\d{1,3}", part) for part in given):
            return [[str(k + 1) for k in range(int(part))] for part in given]
    message = f"give the options of {players} players in braces, or their numbers"
    raise refusal(file, given.line, message)


def _cells(
    file: str, body: list[Any], players: int, profiles: int
) -> list[list[int | float | str]]:
    if profiles > MAX_PROFILES:
        raise refusal(file, 1, f"{profiles} profiles; at most {MAX_PROFILES} are supported")
    line = body[0].line if body else 1
    if body and isinstance(body[0], _Group):
        outcomes = [_outcome(file, outcome) for outcome in body[0]]
        zero: list[int | float | str] = [0] * players
        indices = [_index(file, word, len(outcomes)) for word in body[1:]]
        rows = [outcomes[k - 1] if k else zero for k in indices]
    else:
        numbers = [_number(file, word) for word in body]
        rows = [numbers[k : k + players] for k in range(0, len(numbers), players)]
    if len(rows) != profiles or any(len(row) != players for row in rows):
        message = (
            f"{len(rows)} profiles with payoffs; {profiles} with {players} payoffs are needed"
        )
        raise refusal(file, line, message)
    return rows


def _outcome(file: str, given: _Word | _Group) -> list[int | float | str]:
    if not isinstance(given, _Group) or not given or isinstance(given[0], _Group):
        message = "an outcome is a name and a payoff for each player in braces"
        raise refusal(file, given.line, message)
    return [_number(file, cell) for cell in given[1:]]


def _number(file: str, word: _Word | _Group) -> int | float | str:
    if not isinstance(word, str) or not _NUMBER.fullmatch(word):
        raise refusal(file, word.line, f"{_shown(word)} is not a number")
    if "/" in word:
        top, bottom = word.split("/")
        if int(bottom) == 0:
            raise refusal(file, word.line, f"{_shown(word)} divides by zero")
        value = Fraction(top) / int(bottom)
        return int(value) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
    return float(word) if re.search(r"[.e]", word, re.IGNORECASE) else int(word)


def _index(file: str, word: _Word | _Group, outcomes: int) -> int:
    if isinstance(word, str) and re.fullmatch(r"\d{1,6}", word) and int(word) <= outcomes:
        return int(word)
    message = f"{_shown(word)} is not the number of an outcome (0 to {outcomes})"
    raise refusal(file, word.line, message)


def _shown(word: _Word | _Group) -> str:
    return repr(str(word[:40])) if isinstance(word, str) else "a group in braces"


def _scenario(
    file: str,
    title: str,
    players: list[str],
    options: list[list[str]],
    shape: list[int],
    cells: list[list[int | float | str]],
) -> dict[str, Any]:
    stem = re.sub(r"[^a-z0-9]+", "-", PurePath(file).stem.lower()).strip("-")[:60] or "game"
    ids = _identifiers(players, "p")
    order = [profile[::-1] for profile in product(*(range(count) for count in reversed(shape)))]
    row_of = dict(zip(order, cells, strict=True))
    return {
        "format": 1,
        "id": stem,
        "title": title.strip() or stem,
        "players": [
            {
                "id": player,
                "label": name.strip() or player,
                "options": [
                    {"id": option, "label": text.strip() or option}
                    for option, text in zip(_identifiers(names, "o"), names, strict=True)
                ],
            }
            for player, name, names in zip(ids, players, options, strict=True)
        ],
        "payoffs": {player: _nested(shape, row_of, number) for number, player in enumerate(ids)},
    }


def _nested(
    shape: list[int],
    row_of: dict[tuple[int, ...], list[int | float | str]],
    number: int,
    start: tuple[int, ...] = (),
) -> object:
    if len(start) == len(shape):
        return row_of[start][number]
    return [_nested(shape, row_of, number, (*start, k)) for k in range(shape[len(start)])]


def _identifiers(names: list[str], prefix: str) -> list[str]:
    plain = [re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")[:40] for name in names]
    usable = all(re.fullmatch(r"[a-z][a-z0-9_]*", name) and name != "world" for name in plain)
    if usable and len(set(plain)) == len(plain):
        return plain
    return [f"{prefix}{k}" for k in range(1, len(names) + 1)]
