"""The command on a store of shared work: store."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from counterplay.cli.arguments import AsJson
from counterplay.cli.output import say, write_json
from counterplay.errors import CounterplayError

if TYPE_CHECKING:
    from counterplay.store.items import StoredItem
    from counterplay.store.reading import StoreReader


def store(
    address: Annotated[
        str, typer.Argument(metavar="PATH", help="A store: a file or a postgresql:// address.")
    ],
    action: Annotated[
        str, typer.Argument(metavar="[ACTION]", help="list, log, verify or export")
    ] = "list",
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="log: of this saved work alone.")
    ] = None,
    noted: Annotated[
        str,
        typer.Option("--noted", metavar="HASH", help="verify: the log must still hold this hash."),
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="export: a .json file.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List shared work, show its log, check it (exit 1 if it was changed), or export it."""
    from counterplay.store.opening import read_store

    if action not in _ACTIONS:
        raise CounterplayError(f"ACTION: no {action!r}; there are {', '.join(_ACTIONS)}")
    given = {"log": name, "verify": noted, "export": out}
    for other, value in given.items():
        if value and other != action:
            raise CounterplayError(f"{value}: only {other} takes this; the action is {action}")
    _ACTIONS[action](read_store(address), given.get(action), as_json)


def _list(opened: StoreReader, given: object, as_json: bool) -> None:
    del given
    items = opened.items()
    if as_json:
        write_json([item.to_dict() for item in items])
        return
    say(*(_line(item) for item in items), *([] if items else ["nothing is saved yet"]))


def _log(opened: StoreReader, name: object, as_json: bool) -> None:
    from counterplay.store.merging import words

    item = opened.item(str(name)).id if name else None
    entries = opened.log(item)
    if as_json:
        write_json([entry.to_dict() for entry in entries])
        return
    names = {one.id: one.name for one in (*opened.items(), *opened.items(retired=True))}
    say(*(f"{one.position}  {names.get(one.item, one.item)}  {words(one)}" for one in entries))


def _verify(opened: StoreReader, noted: object, as_json: bool) -> None:
    found = opened.verify(str(noted or ""))
    if as_json:
        write_json(found.to_dict())
    else:
        verdict = "is whole" if found.sound else "is NOT whole"
        say(*found.faults, f"{opened.where}: the log {verdict}: {found.entries} entries")
        say(f"last hash {found.head} (note it elsewhere, and give it to a later --noted)")
    raise typer.Exit(0 if found.sound else 1)


def _export(opened: StoreReader, out: object, as_json: bool) -> None:
    from counterplay.files import target_file, write_whole

    if out is None:
        write_json(opened.to_dict())
        return
    target = target_file(out, (".json",))
    text = json.dumps(opened.to_dict(), ensure_ascii=False, indent=1, allow_nan=False)
    write_whole(target, f"{text}\n".encode())
    if as_json:
        write_json({"path": str(target)})
    else:
        say(f"Wrote {target}")


def _line(item: StoredItem) -> str:
    when = item.at[:16].replace("T", " ")
    why = f": {item.why}" if item.why else ""
    moved = f"{len(item.values)} moved"
    return f"{item.name}  {item.kind}  {item.scenario}, {moved}  {when} UTC, {item.who}{why}"


_ACTIONS: dict[str, Callable[[StoreReader, object, bool], None]] = {
    "list": _list,
    "log": _log,
    "verify": _verify,
    "export": _export,
}

COMMANDS = {"store": store}
"""Functions by the name of their command."""
