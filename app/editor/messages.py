"""What the checker says of a draft, told at the section, the row and the field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import streamlit as st

import counterplay as cp
from editor import fields
from text import plain, shortened
from words import counted, say

KINDS: Mapping[str, tuple[str, ...]] = {
    "players": ("players", "options"),
    "terms": ("terms",),
    "assumptions": ("parameters",),
    "numbers": ("constants", "derived"),
    "outcomes": ("regimes",),
    "settings": ("presets", "caveats"),
    "sources": ("evidence",),
    "payoffs": ("payoffs",),
}
"""Kinds of entries that are written in each section."""

_PATH = re.compile(
    r"(?P<kind>\w+)(?:\[(?P<entry>\d+)\])?(?:\.options\[(?P<option>\d+)\])?"
    r"(?:\.(?P<field>\w+))?.*",
    re.DOTALL,
)
_MOST = 8
_LONGEST = 300
_TITLE = 60


def section_of(fault: cp.Fault) -> str:
    """Return the section in which a fault is mended; ``text`` where it has no place of its own."""
    kind = "terms" if fault.rule == "payoff-form" else _parts(fault)["kind"] or ""
    if kind not in {one for kinds in KINDS.values() for one in kinds}:
        return "text" if fault.field.startswith("(") or fault.line == 0 else "question"
    return next(section for section, kinds in KINDS.items() if kind in kinds)


def of_section(section: str, found: cp.Completeness) -> list[cp.Fault]:
    """Return what is wrong or missing in a section, faults first."""
    return [fault for fault in (*found.faults, *found.gaps) if section_of(fault) == section]


def at_field(place: str, field: str, found: cp.Completeness) -> list[str]:
    """Return the messages of faults at a field of an entry, such as ``terms[0]`` and ``value``."""
    path = f"{place}.{field}" if place else field
    return [
        fault.message
        for fault in found.faults
        if fault.field == path or fault.field.startswith((f"{path}.", f"{path}["))
    ]


def show_at_field(messages: Sequence[str]) -> None:
    """Show messages right below the widget of their field."""
    for message in messages[:_MOST]:
        st.caption(f":red[{plain(shortened(message, _LONGEST))}]")


def show(draft: cp.Draft, faults: Sequence[cp.Fault]) -> None:
    """Show faults and gaps, each with its row, its field and its line."""
    for severity, place in (("fault", st.error), ("warning", st.warning)):
        told = [fault for fault in faults if fault.severity == severity]
        lines = [f"- {_words(draft, fault)}" for fault in told[:_MOST]]
        if len(told) > _MOST:
            lines.append(counted("model.more-faults", len(told) - _MOST))
        if lines:
            place("\n".join(lines))


def _words(draft: cp.Draft, fault: cp.Fault) -> str:
    message = plain(shortened(fault.message, _LONGEST))
    where = _where(draft, fault)
    if not where:
        return message
    return say("model.fault", where=plain(where), message=message, line=fault.line)


def _where(draft: cp.Draft, fault: cp.Fault) -> str:
    parts = _parts(fault)
    names = []
    if parts["entry"] is not None and parts["kind"]:
        kind = "options" if parts["option"] is not None else parts["kind"]
        place = f"{parts['kind']}[{parts['entry']}]"
        place += f".options[{parts['option']}]" if kind == "options" else ""
        names.append(_title(draft, kind, place))
    field = parts["field"] if names else parts["kind"]
    if field and field in fields.NAMED:
        names.append(fields.label_of(field))
    elif field:
        names.append(field)
    return ", ".join(names)


def _title(draft: cp.Draft, kind: str, place: str) -> str:
    try:
        rows = cp.entry_rows(draft, kind)
    except cp.CounterplayError:  # no such table, or the text cannot be read
        return place
    found = [(number, row) for number, row in enumerate(rows) if row["place"] == place]
    return shortened(fields.title_of(found[0][1], found[0][0]), _TITLE) if found else place


def _parts(fault: cp.Fault) -> Mapping[str, str | None]:
    found = _PATH.fullmatch(fault.field)
    return found.groupdict() if found else {"kind": "", "entry": None, "option": None, "field": ""}
