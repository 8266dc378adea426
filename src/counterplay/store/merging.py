"""Two people who changed the same work: what each moved, and whether both can stand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from counterplay.errors import StoreConflictError
from counterplay.store.contents import Content, hash_of, told
from counterplay.store.entries import LogEntry
from counterplay.store.items import StoredItem, replay

_SHOWN = 3


@dataclass(frozen=True)
class Target:
    """What saved work is to become.

    Attributes
    ----------
    values, reasons : dict
        Numbers that differ from the defaults, and why.
    merged : tuple of str
        Numbers that were taken over from what others saved meanwhile.
    """

    values: dict[str, float]
    reasons: dict[str, str]
    merged: tuple[str, ...] = ()


def merged(history: Sequence[LogEntry], based_on: int, content: Content) -> Target:
    """Return what work becomes when it is saved on top of what others saved meanwhile.

    Parameters
    ----------
    history : sequence of LogEntry
        All entries about the work.
    based_on : int
        Position of the last one that the writer had seen.
    content : SavedSetting or SavedReport
        As the writer wants it.

    Raises
    ------
    StoreConflictError
        If both moved the same number to different values, or the whole cannot be merged.
    """
    seen = replay(entry for entry in history if entry.position <= based_on)
    (now,) = replay(history).values()
    meanwhile = [entry for entry in history if entry.position > based_on]
    if not meanwhile:
        return Target(dict(content.values), dict(content.reasons))
    (base,) = seen.values()
    if content.kind == "report" or len({base.content, now.content, hash_of(content.raw)}) > 1:
        raise _conflict(now, meanwhile, ())
    mine, theirs = _moved(base, content), _moved(base, now)
    wanted, given = _moves(content), _moves(now)
    both = [name for name in mine if name in theirs and wanted.get(name) != given.get(name)]
    if both or now.retired != base.retired:
        raise _conflict(now, meanwhile, tuple(both))
    taken = {**given, **{name: wanted[name] for name in mine if name in wanted}}
    kept = {name: taken[name] for name in taken if name not in mine or name in wanted}
    return Target(
        {name: value for name, (value, _) in kept.items()},
        {name: why for name, (_, why) in kept.items() if why},
        tuple(name for name in theirs if name not in mine),
    )


def changes(item: StoredItem, target: Target, defaults: Mapping[str, float]) -> list[LogEntry]:
    """Return the moves that lead from work as it stands to what it is to become.

    Parameters
    ----------
    defaults : mapping
        Of the scenario that it is to have; a number which that does not know has none.
    """
    old, new = _moves(item), _moves(target)
    entries = []
    for name in sorted({*old, *new}):
        if old.get(name) == new.get(name):
            continue
        before = old[name][0] if name in old else defaults[name]
        value, why = new.get(name, (defaults.get(name), ""))
        entries.append(
            LogEntry(
                *(0, item.id, "", "", "set" if name in new else "reset", name),
                before=json.dumps(before),
                after="" if value is None else json.dumps(value),
                why=why,
            )
        )
    return entries


def replaced(item: StoredItem, content: Content) -> list[LogEntry]:
    """Return the entry that puts another scenario or report in place; none if it is the same."""
    if item.content == hash_of(content.raw):
        return []
    before = json.dumps({"scenario": item.scenario, "content": item.content})
    action = "model" if content.kind == "setting" else "report"
    return [LogEntry(0, item.id, "", "", action, before=before, after=told(content))]


def words(entry: LogEntry) -> str:
    """Say what an entry did, in a sentence without its end."""
    when = entry.at[:16].replace("T", " ")
    moved = entry.action in {"set", "reset"}
    what = f"{entry.action} {entry.subject} {entry.before} -> {entry.after}" if moved else None
    named = f"{entry.before} -> {entry.after}" if entry.action == "rename" else ""
    said = what or f"{entry.action} {named}".strip()
    return f"{when} UTC, {entry.who}: {said}" + (f" ({entry.why})" if entry.why else "")


def _moves(at: StoredItem | Target | Content) -> dict[str, tuple[float, str]]:
    return {name: (value, at.reasons.get(name, "")) for name, value in at.values.items()}


def _moved(base: StoredItem, other: StoredItem | Content) -> list[str]:
    old, new = _moves(base), _moves(other)
    return [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]


def _conflict(
    item: StoredItem, meanwhile: Iterable[LogEntry], both: tuple[str, ...]
) -> StoreConflictError:
    sentences = tuple(words(entry) for entry in meanwhile if entry.action != "save")
    named = tuple(words(entry) for entry in meanwhile if entry.subject in both)
    shown = "; ".join((named or sentences)[-_SHOWN:])
    which = f"{', '.join(both)} moved" if both else "it changed"
    return StoreConflictError(
        f"{item.name}: {which} since you opened it: {shown}. "
        "Nothing of yours was stored; open it again, or save under another name",
        item.id,
        both,
        sentences,
    )
