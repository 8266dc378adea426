"""References: whatever names a player, an option or a record names one that exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from counterplay.errors import Fault
from counterplay.scenario.rules.reading import (
    entries,
    fields,
    ids_of,
    listed,
    mapped,
    players_options,
    shortened,
)
from counterplay.scenario.source import Place, Source


def unknown_players(source: Source) -> Iterator[Fault]:
    """Wherever a player is named, it must be one of the players."""
    known = players_options(source)
    for place, name in _players_named(source):
        if name not in known:
            yield unknown(source, place, name, known, "player")


def _players_named(source: Source) -> Iterator[tuple[Place, str]]:
    for key in ("parameters", "terms"):
        for place, entry in entries(source, key):
            name = entry.get("player")
            if isinstance(name, str) and (key, name) != ("parameters", "world"):
                yield (*place, "player"), name
    data = fields(source)
    if isinstance(data.get("focal"), str):
        yield ("focal",), data["focal"]
    for name in mapped(data.get("payoffs")):
        yield ("payoffs", name), name
    for number, bloc in enumerate(listed(data.get("blocs"))):
        for position, member in enumerate(listed(bloc)):
            yield ("blocs", number, position), str(member)


def unknown_options(source: Source) -> Iterator[Fault]:
    """Wherever options are named, they must be the player's."""
    known = players_options(source)
    places: list[tuple[Place, Any]] = [(("status_quo",), fields(source).get("status_quo"))]
    for key in ("terms", "regimes"):
        places += [((*place, "when"), entry.get("when")) for place, entry in entries(source, key)]
    for place, choice in places:
        for player, options in mapped(choice).items():
            if player not in known:
                yield unknown(source, (*place, player), player, known, "player")
                continue
            named = [options] if isinstance(options, str) else options
            for option in named if isinstance(named, (list, dict)) else ():
                if isinstance(option, str) and option not in known[player]:
                    at = (*place, player, option) if isinstance(named, dict) else (*place, player)
                    yield unknown(source, at, option, known[player], f"option of {player}")


def incomplete_profiles(source: Source) -> Iterator[Fault]:
    """The status quo and the profiles that presets expect name one option for each player."""
    known = players_options(source)
    quo = mapped(fields(source).get("status_quo"))
    missing = [name for name in known if quo and name not in quo]
    if missing:
        message = f"no option for {', '.join(missing)}; name one for each player"
        yield source.fault(("status_quo",), message, "incomplete-profile")
    for place, preset in entries(source, "presets"):
        for number, profile in enumerate(listed(mapped(preset.get("expect")).get("pure"))):
            parts = profile.split("/") if isinstance(profile, str) else listed(profile)
            fits = len(parts) == len(known) and all(
                part in options for part, options in zip(parts, known.values(), strict=True)
            )
            if not fits:
                form = shortened("/".join(known))
                message = f"{profile!r} is no profile; write one option id for each of {form}"
                at = (*place, "expect", "pure", number)
                yield source.fault(at, message, "incomplete-profile")


def bloc_form(source: Source) -> Iterator[Fault]:
    """Default blocs are two lists that hold each player once."""
    blocs = listed(fields(source).get("blocs"))
    if not blocs:
        return
    members = sorted(str(name) for bloc in blocs for name in listed(bloc))
    if len(blocs) != 2 or not all(blocs) or members != sorted(players_options(source)):
        message = "give two lists that together hold each player exactly once"
        yield source.fault(("blocs",), message, "bloc-form")


def unknown_evidence(source: Source) -> Iterator[Fault]:
    """Every evidence id that is cited is in the register."""
    known = ids_of(source, "evidence")
    for key in ("parameters", "constants", "terms"):
        for place, entry in entries(source, key):
            for number, cited in enumerate(listed(entry.get("evidence"))):
                if isinstance(cited, str) and cited not in known:
                    at = (*place, "evidence", number)
                    yield unknown(source, at, cited, known, "evidence record", "unknown-evidence")


def confirmed_by_nobody(source: Source) -> Iterator[Fault]:
    """A claim that is confirmed says by whom: confirmed by one side is not confirmed."""
    for place, record in entries(source, "evidence"):
        if record.get("status") == "confirmed" and not record.get("confirmed_by"):
            name = record.get("id")
            message = f"{name!r} is confirmed, but confirmed_by does not say by whom; add it"
            yield source.fault(place, message, "confirmed-by-nobody")


def unknown(
    source: Source,
    place: Place,
    name: str,
    known: Iterable[str],
    kind: str,
    rule: str = "unknown-id",
) -> Fault:
    """Return the fault of naming what does not exist, with the nearest names that do."""
    names = list(known)
    hint = source.hint(name, names)
    if not hint and names:
        shown = ", ".join(map(shortened, names[:8])) + (", ..." if len(names) > 8 else "")
        hint = f"; known: {shown}"
    return source.fault(place, f"no {kind} {name!r}{hint}", rule)
