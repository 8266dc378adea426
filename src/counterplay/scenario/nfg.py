"""Gambit's strategic-form files (.nfg) as scenario data; `games.nfg_text` reads the text."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import PurePath
from typing import Any

import numpy as np

from counterplay.files import decoded
from counterplay.games.nfg_note import Names, derived_ids, read_note
from counterplay.games.nfg_text import NfgNumber, NfgText, parsed_nfg
from counterplay.scenario.source import MAX_BYTES, Source


def read_nfg(raw: bytes, file: str) -> Source:
    """Read an .nfg file as the data of a scenario with payoff tables.

    Raises
    ------
    ScenarioError
        If the text is not a strategic game.
    """
    text = parsed_nfg(decoded(raw, file, MAX_BYTES), file, fewest_players=2)
    return Source(file, _scenario(file, text, _ids(text, file)))


def _ids(text: NfgText, file: str) -> Names:
    """Return the ids noted in the file where a scenario can have them, else those of the names."""
    players, options = read_note(text, file).ids
    if all(len(set(row)) == len(row) and all(map(_usable, row)) for row in (players, *options)):
        return players, options
    return derived_ids((text.players, text.options))


def _usable(name: str) -> bool:
    return name != "world" and re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name) is not None


def _scenario(file: str, text: NfgText, ids: Names) -> dict[str, Any]:
    stem = re.sub(r"[^a-z0-9]+", "-", PurePath(file).stem.lower()).strip("-")[:60] or "game"
    players, options = ids
    return {
        "format": 1,
        "id": stem,
        "title": text.title.strip() or stem,
        "players": [
            {
                "id": player,
                "label": name.strip() or player,
                "options": [
                    {"id": option, "label": label.strip() or option}
                    for option, label in zip(row, names, strict=True)
                ],
            }
            for player, name, row, names in zip(
                players, text.players, options, text.options, strict=True
            )
        ],
        "payoffs": dict(zip(players, _tables(text), strict=True)),
    }


def _tables(text: NfgText) -> list[Any]:
    """Return each player's payoffs as nested lists."""
    cells = text.cells
    if cells.size:
        cells = np.vectorize(_plain, otypes=[object])(cells)
    tables: list[Any] = cells.tolist()
    return tables


def _plain(number: NfgNumber) -> int | float | str:
    if isinstance(number, Fraction):
        return f"{number.numerator}/{number.denominator}"
    return number
