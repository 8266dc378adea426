"""What differs between two scenarios, by name, and between two drafts, by line."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from counterplay.scenario.editing.cells import cell_text
from counterplay.scenario.editing.draft import Draft
from counterplay.scenario.editing.edits import checked_draft
from counterplay.scenario.editing.plain_data import plain
from counterplay.scenario.schema import Scenario, loaded
from counterplay.scenario.source import printable

Change = Literal["added", "removed", "changed", "reordered"]

MAX_COMPARED_LINES = 5_000
"""Lines beyond which texts are not compared line by line: that can take very long."""

_NOUNS = {
    "players": "player", "options": "option", "parameters": "parameter", "constants": "constant",
    "derived": "derived", "terms": "term", "regimes": "regime", "presets": "preset",
    "caveats": "caveat", "evidence": "evidence",
}  # fmt: skip
_SHOWN = 120
"""Characters of a value that a sentence shows."""


@dataclass(frozen=True)
class Difference:
    """One thing that differs between two scenarios.

    Attributes
    ----------
    change : str
        ``"added"``, ``"removed"``, ``"changed"`` or ``"reordered"``.
    section : str
        Such as ``parameters``; ``options`` for those of a player; empty for fields at the top.
    id : str
        Of the entry, ``player/option`` for an option; empty for what has none.
    field : str
        The field that changed; empty where a whole entry is new or gone.
    before, after : object
        Plain data; None where there is none. An order is a list of ids.
    """

    change: Change
    section: str
    id: str
    field: str
    before: object
    after: object

    @property
    def words(self) -> str:
        """The difference in one line, such as ``parameter cred: default 0.35 -> 0.5``."""
        name = f"{_NOUNS.get(self.section, self.section)} {self.id}".strip()
        match self.change:
            case "added":
                words = f"{name} added{_labelled(self.after)}"
            case "removed":
                words = f"{name} removed{_labelled(self.before)}"
            case "reordered":
                whose = f"{self.section} of {self.id}" if self.id else self.section
                words = f"{whose} reordered: {_listed(self.before)} -> {_listed(self.after)}"
            case _:
                what = f"{name}: {self.field}" if name else self.field
                words = f"{what} {_shown(self.before)} -> {_shown(self.after)}"
        return printable(words)

    def to_dict(self) -> dict[str, object]:
        """Return the difference as plain data, its words included."""
        return {**asdict(self), "words": self.words}


def scenario_differences(before: Scenario, after: Scenario) -> tuple[Difference, ...]:
    """Return what differs between two scenarios, entries matched by id.

    Parameters
    ----------
    before, after : Scenario

    Returns
    -------
    tuple of Difference
        In the order of the fields of a file; empty exactly where the scenarios are equal, their
        evidence included. A renamed entry is one that is gone and one that is new. Comments and
        spelling are no part of a scenario.

    Raises
    ------
    CounterplayError
        If one of them is not loaded.

    Examples
    --------
    >>> from counterplay.scenario import load
    >>> scenario_differences(load("chicken"), load("chicken"))
    ()
    """
    one, other = loaded(before).canonical(), loaded(after).canonical()
    found: list[Difference] = []
    for key in Scenario.model_fields:
        old, new = one.get(key), other.get(key)
        if key in _NOUNS and key != "caveats":
            found += _entries(key, "", old or [], new or [])
        elif key == "caveats":
            found += _caveats(old or [], new or [])
        elif old != new:
            found.append(_field("", "", key, old, new))
    return tuple(found)


def text_difference(before: Draft, after: Draft) -> str:
    """Return the lines that differ between two drafts, as a unified diff.

    Parameters
    ----------
    before, after : Draft

    Returns
    -------
    str
        Empty where the texts are equal. Of texts beyond 5,000 lines, all lines are given.

    Raises
    ------
    EditError
        If one of them is no draft.
    """
    old, new = (checked_draft(draft).text.splitlines() for draft in (before, after))
    names = printable(before.file), printable(after.file)
    if max(len(old), len(new)) > MAX_COMPARED_LINES and old != new:
        lines = [f"--- {names[0]}", f"+++ {names[1]}"]
        lines += [f"-{line}" for line in old] + [f"+{line}" for line in new]
    else:
        lines = list(difflib.unified_diff(old, new, *names, lineterm=""))
    return "".join(f"{line}\n" for line in lines)


def _entries(
    section: str, owner: str, old: Sequence[Any], new: Sequence[Any]
) -> Iterator[Difference]:
    before = {entry["id"]: entry for entry in old}
    after = {entry["id"]: entry for entry in new}
    for name, entry in before.items():
        if name not in after:
            yield Difference("removed", section, owner + name, "", entry, None)
    for name, entry in after.items():
        if name not in before:
            yield Difference("added", section, owner + name, "", None, entry)
        else:
            yield from _fields(section, owner + name, before[name], entry)
    kept = [name for name in before if name in after]
    order = [name for name in after if name in before]
    if kept != order:
        yield Difference("reordered", section, owner.rstrip("/"), "order", kept, order)


def _fields(
    section: str, name: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Difference]:
    for key in dict.fromkeys([*old, *new]):
        if key == "options" and section == "players":
            yield from _entries("options", f"{name}/", old[key], new[key])
        elif old.get(key) != new.get(key):
            yield _field(section, name, key, old.get(key), new.get(key))


def _field(section: str, name: str, key: str, old: object, new: object) -> Difference:
    return Difference("changed", section, name, key, old, new)


def _caveats(old: Sequence[Any], new: Sequence[Any]) -> Iterator[Difference]:
    before, after = (set(map(_caveat_key, part)) for part in (old, new))
    gone = [caveat for caveat in old if _caveat_key(caveat) not in after]
    come = [caveat for caveat in new if _caveat_key(caveat) not in before]
    for caveat in gone:
        yield Difference("removed", "caveats", "", "", caveat["text"], None)
    for caveat in come:
        yield Difference("added", "caveats", "", "", None, caveat["text"])
    if not gone and not come and old != new:
        texts = [[caveat["text"] for caveat in part] for part in (old, new)]
        yield Difference("reordered", "caveats", "", "order", *texts)


def _caveat_key(caveat: Mapping[str, Any]) -> tuple[str, str | None]:
    return caveat["text"], caveat.get("preset")


def _labelled(entry: object) -> str:
    label = entry.get("label", "") if isinstance(entry, Mapping) else entry
    return f": {_short(label)}" if label else ""


def _shown(value: object) -> str:
    if value is None:
        return "(none)"
    text = cell_text(plain(value))
    return _short(f'"{text}"' if isinstance(value, str) and " " in text else text) or "(empty)"


def _short(text: object) -> str:
    words = str(text)
    return words if len(words) <= _SHOWN else words[: _SHOWN - 3] + "..."


def _listed(names: object) -> str:
    return _short(", ".join(map(str, names)) if isinstance(names, list) else names)
