"""Values of a file as the text of one cell of a table, and such text as values again.

Numbers, words and formulas stand as they are.  A list stands with commas, ``S01, X06``; a mapping
as in a file but without the outer braces, ``rok: [pledge], rus: {conv: phase, strat: 1}``.
Whatever is typed that has not the form asked for stays text, so that the fault can be told.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from counterplay.errors import ScenarioError
from counterplay.scenario.editing.edits import typed
from counterplay.scenario.editing.fields import Kind
from counterplay.scenario.editing.spelling import flow_text, scalar
from counterplay.scenario.editing.surgery import DROPPED
from counterplay.scenario.source import read_yaml

_SIMPLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]*")
_WORD = re.compile(r"[a-z]+")


def cell_text(value: object) -> str:
    """Return a value as text.

    Examples
    --------
    >>> cell_text(["S01", "X06"]), cell_text({"rok": ["pledge"]}), cell_text(0.5)
    ('S01, X06', 'rok: [pledge]', '0.5')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return flow_text(value)[1:-1]
    if isinstance(value, (list, tuple)):
        if all(isinstance(part, str) and _SIMPLE.fullmatch(part) for part in value):
            return ", ".join(value)
        return flow_text(value)[1:-1]
    return scalar(value)


def cell_value(kind: Kind, cell: object) -> object:
    """Return the value that a cell stands for; `DROPPED` where it is empty."""
    text = given_text(cell)
    if kind == "list" and text.strip():
        return _in_brackets(text, "[", "]")
    if kind == "mapping" and text.strip():
        return text.strip() if _WORD.fullmatch(text.strip()) else _in_brackets(text, "{", "}")
    return typed(kind, text) if text.strip() else DROPPED


def given_text(cell: object) -> str:
    """Return what a data editor gives for a cell as text: nothing is given as None or NaN."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    return cell if isinstance(cell, str) else scalar(cell) if _plain(cell) else str(cell)


def _plain(cell: object) -> bool:
    return isinstance(cell, (bool, int, float)) and type(cell) in (bool, int, float)


def _in_brackets(text: str, left: str, right: str) -> object:
    try:
        read = read_yaml(f"{left}{text}{right}".encode("utf-8", "surrogatepass"), "cell")
    except ScenarioError:
        return text
    wanted = list if left == "[" else dict
    return read.data if isinstance(read.data, wanted) and not read.faults else text
