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

from counterplay.errors import Fault, ScenarioError
from counterplay.scenario.rules.sizes import MAX_PROFILES
from counterplay.scenario.source import Source

_TOKEN = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([{},])|([^\s{},"]+))')
_NUMBER = re.compile(
    r"[-+]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})(e[-+]?\d{1,2})?(/\d{1,30})?", re.IGNORECASE
)

Tree = list[Any]


def read_nfg(raw: bytes, file: str) -> Source:
    """Read an .nfg file as the data of a scenario with payoff tables.

    Raises
    ------
    ScenarioError
        If the text is not a strategic game.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refusal(file, 1, "not UTF-8 text") from None
    items = _Reader(text, file).items()
    head = items[:3]
    if len(items) < 6 or [str(word).upper() for word in head[:2]] != ["NFG", "1"]:
        raise _refusal(file, 1, "not a strategic game; the file starts with: NFG 1 R")
    title, players = items[3], items[4]
    if not isinstance(players, list) or not all(isinstance(name, str) for name in players):
        raise _refusal(file, 1, "the players' names should follow the title in braces")
    options = _options(file, items[5], len(players))
    body = items[6:]
    if body and isinstance(body[0], str) and not _NUMBER.fullmatch(body[0]):
        body = body[1:]
    shape = [len(names) for names in options]
    cells = _cells(file, body, len(players), prod(shape))
    return Source(file, _scenario(file, str(title), players, options, shape, cells))


class _Reader:
    """Tokens of an .nfg file, nested by braces."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file

    def _tokens(self) -> Iterator[tuple[str, str, int]]:
        at, end = 0, len(self.text.rstrip())
        while at < end:
            match = _TOKEN.match(self.text, at)
            if match is None:
                line = self.text.count("\n", 0, at) + 1
                raise _refusal(self.file, line, "a quotation mark is never closed")
            quoted, mark, word = match.groups()
            kind = "text" if quoted is not None else "mark" if mark else "word"
            yield kind, next(part for part in (quoted, mark, word) if part is not None), at
            at = match.end()

    def items(self) -> Tree:
        """Return the words of the file; braces make lists."""
        stack: list[Tree] = [[]]
        for kind, piece, at in self._tokens():
            if kind == "mark" and piece == "{":
                stack.append([])
            elif kind == "mark" and piece == "}":
                closed = stack.pop()
                if not stack:
                    line = self.text.count("\n", 0, at) + 1
                    raise _refusal(self.file, line, "a closing brace without an opening one")
                stack[-1].append(closed)
            elif kind != "mark":
                stack[-1].append(piece)
            if len(stack) > 4:
                raise _refusal(self.file, 1, "braces nested more than three deep")
        if len(stack) != 1:
            raise _refusal(self.file, self.text.count("\n") + 1, "a brace is never closed")
        return stack[0]


def _options(file: str, given: object, players: int) -> list[list[str]]:
    if isinstance(given, list) and len(given) == players:
        if all(isinstance(part, list) for part in given):
            return [[str(name) for name in part] for part in given]
        if all(isinstance(part, str) and re.fullmatch(r"\d{1,3}", part) for part in given):
            return [[str(k + 1) for k in range(int(part))] for part in given]
    raise _refusal(file, 1, f"give the options of {players} players in braces, or their numbers")


def _cells(file: str, body: Tree, players: int, profiles: int) -> list[list[int | float | str]]:
    if profiles > MAX_PROFILES:
        raise _refusal(file, 1, f"{profiles} profiles; at most {MAX_PROFILES} are supported")
    if body and isinstance(body[0], list):
        outcomes = [[_number(file, cell) for cell in outcome[1:]] for outcome in body[0]]
        zero: list[int | float | str] = [0] * players
        indices = [_index(file, word, len(outcomes)) for word in body[1:]]
        rows = [outcomes[k - 1] if k else zero for k in indices]
    else:
        numbers = [_number(file, word) for word in body]
        rows = [numbers[k : k + players] for k in range(0, len(numbers), players)]
    if len(rows) != profiles or any(len(row) != players for row in rows):
        raise _refusal(
            file,
            1,
            f"{len(rows)} profiles with payoffs; {profiles} with {players} payoffs are needed",
        )
    return rows


def _number(file: str, word: object) -> int | float | str:
    if not isinstance(word, str) or not _NUMBER.fullmatch(word):
        raise _refusal(file, 1, f"{str(word)[:40]!r} is not a number")
    if "/" in word:
        top, bottom = word.split("/")
        if int(bottom) == 0:
            raise _refusal(file, 1, f"{word!r} divides by zero")
        value = Fraction(top) / int(bottom)
        return int(value) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
    return float(word) if re.search(r"[.e]", word, re.IGNORECASE) else int(word)


def _index(file: str, word: object, outcomes: int) -> int:
    if isinstance(word, str) and re.fullmatch(r"\d{1,6}", word) and int(word) <= outcomes:
        return int(word)
    raise _refusal(
        file, 1, f"{str(word)[:40]!r} is not the number of an outcome (0 to {outcomes})"
    )


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


def _refusal(file: str, line: int, message: str) -> ScenarioError:
    return ScenarioError((Fault(file, line, "(file)", message, "readable"),))
