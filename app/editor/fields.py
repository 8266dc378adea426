"""Which fields of a scenario file are edited where: in a table, or below it for one entry."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

import counterplay as cp
from text import upright
from words import say

TABLES: Mapping[str, tuple[str, ...]] = {
    "players": ("label", "short", "id"),
    "options": ("player", "label", "clause", "id"),
    "parameters": ("label", "default", "low", "high", "unit", "player", "id"),
    "constants": ("id", "value", "meaning", "basis"),
    "derived": ("id", "value", "meaning"),
    "terms": ("player", "label", "value", "when", "id"),
    "regimes": ("label", "when", "id"),
    "presets": ("label", "set", "id"),
    "caveats": ("text", "preset"),
    "evidence": ("id", "claim", "claimant", "date", "status", "source"),
}
"""Columns of the table of each kind of entry; an id is the name in formulas and links."""

DETAILS: Mapping[str, tuple[str, ...]] = {
    "players": (),
    "options": ("description",),
    "parameters": (
        *("meaning", "role", "basis", "confidence", "distribution"),
        *("evidence", "if_wrong", "observable"),
    ),
    "constants": ("evidence",),
    "derived": ("value",),
    "terms": ("value", "when", "rationale", "evidence"),
    "regimes": ("when", "colour"),
    "presets": ("set", "expect"),
    "caveats": ("text",),
    "evidence": ("claim", "as_of", "confirmed_by", "disputed_by", "note"),
}
"""Fields of one entry that have a place of their own below the table."""

LONG = frozenset(
    {
        "description",
        "meaning",
        "if_wrong",
        "observable",
        "rationale",
        "set",
        "text",
        "claim",
        "note",
    }
)
"""Fields that take several lines."""

FIXED: Mapping[str, tuple[str, ...]] = {
    "role": ("uncertain", "lever"),
    "basis": ("source", "expert", "placeholder"),
    "confidence": ("low", "moderate", "high"),
    "status": (
        *("confirmed", "reported", "alleged", "denied", "evaded", "stated-intention"),
        *("assessment", "estimate", "unverified", "published-work"),
    ),
}
"""Fields that take one of a few words."""

EXPLAINED = frozenset(
    {"id", "short", "clause", "value", "when", "evidence", "basis", "distribution", "set"}
    | {"expect", "unit", "player", "low", "high", "default", "role", "colour"}
)
"""Fields with a help text."""

QUESTION = ("title", "question", "asked_by", "as_of", "marking", "id")
"""Fields at the top of a file that are words."""

NAMED = frozenset(
    {field for each in (TABLES, DETAILS) for listed in each.values() for field in listed}
    | {*QUESTION, "focal", "status_quo"}
)
"""Fields that have a name in words."""

_WORD = re.compile(r"[a-z0-9]+")
_LONGEST_ID = 24
_RESERVED = frozenset(
    {"world", "preset", "self", "min", "max", "abs", "exp", "log", "sqrt", "clip"}
)


def label_of(field: str) -> str:
    """Return the name of a field."""
    return say(f"model.field-{field}")


def help_of(field: str) -> str | None:
    """Return what a field is for, where its name does not say it."""
    return say(f"model.help-{field}") if field in EXPLAINED else None


def title_of(row: Mapping[str, str], number: int) -> str:
    """Return what an entry is called: its words, else its id, else its place."""
    words = row.get("label") or row.get("claim") or row.get("text") or row.get("meaning")
    return words or row.get("id") or say("model.entry", number=number + 1)


def players_of(draft: cp.Draft) -> dict[str, str]:
    """Return the names of the players by their ids."""
    rows = cp.entry_rows(draft, "players")
    return {
        row["id"]: upright(row["short"] or row["label"] or row["id"]) for row in rows if row["id"]
    }


def id_for(label: str, taken: Collection[str]) -> str:
    """Return an id that is made of the words of a label; empty where it has no Latin letters.

    Examples
    --------
    >>> id_for("Harm: Seoul", ()), id_for("Max", ()), id_for("Мир", ()), id_for("a", ("a",))
    ('harm_seoul', 'max_', '', 'a_2')
    """
    stem = "_".join(_WORD.findall(label.lower())).lstrip("0123456789_")[:_LONGEST_ID].rstrip("_")
    if not stem:
        return ""
    stem += "_" if stem in _RESERVED else ""
    names = (stem, *(f"{stem.rstrip('_')}_{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)
