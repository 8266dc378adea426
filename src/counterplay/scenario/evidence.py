"""Evidence registers: where they lie and how they are read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from counterplay import shipped
from counterplay.errors import CounterplayError, Fault, ScenarioError
from counterplay.files import read_bytes
from counterplay.scenario.parts import Evidence, Part, Slug, Words
from counterplay.scenario.rules.reading import entries, fields, ids_of, listed
from counterplay.scenario.source import MAX_BYTES, Place, Source, read_yaml
from counterplay.scenario.validation import validate

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
_STAND_IN = {
    **dict.fromkeys(("claim", "claimant", "date", "as_of", "source"), "-"),
    "status": "unverified",
}


class Register(Part):
    """An evidence register: one file of claims."""

    format: Literal[1]
    """Version of the file format."""
    id: Slug
    """Slug that scenario files name."""
    title: Words
    """Title."""
    records: Annotated[tuple[Evidence, ...], Field(max_length=2_000)]
    """The claims."""


def attach(source: Source, folder: Path | None) -> list[Fault]:
    """Replace a register's slug in the source's data by the register's records.

    The register is looked up beside the file (`seeds/SLUG/register.yaml` there or one folder up),
    then among the shipped.  Returns the faults of the register, and of a slug that names none;
    records that are missing or faulty for that reason are not held against the file.
    """
    slug = fields(source).get("evidence")
    if not isinstance(slug, str) or not isinstance(source.data, dict):
        return []
    records, faults = _register(source, slug, folder)
    register, schema_faults = (None, []) if records is None else validate(Register, records)
    faults += schema_faults
    if register is not None and not faults:
        source.data["evidence"] = [r.model_dump(exclude_none=True) for r in register.records]
    else:
        ids = ids_of(records, "records") if records is not None else {}
        ids = ids or _cited(source)
        source.data["evidence"] = [
            {"id": name, **_STAND_IN} for name in ids if _ID.fullmatch(name)
        ]
    return faults


def _register(source: Source, slug: str, folder: Path | None) -> tuple[Source | None, list[Fault]]:
    """Return the data of a register, None if it cannot be read, and the faults met on the way."""
    path = _find(slug, folder) if _SLUG.fullmatch(slug) else None
    if path is None:
        return None, [source.fault(("evidence",), _not_found(source, slug), "unknown-register")]
    try:
        records = read_yaml(read_bytes(path, str(path), MAX_BYTES, "a register"), str(path))
    except ScenarioError as error:
        return None, list(error.faults)
    except CounterplayError as error:
        return None, [source.fault(("evidence",), str(error), "unknown-register")]
    return records, [*records.faults, *_repeated(records)]


def _not_found(source: Source, slug: str) -> str:
    if not _SLUG.fullmatch(slug):
        return f"{slug!r} names no register; a slug has small letters, digits and - only"
    hint = source.hint(slug, _shipped_slugs())
    place = f"; put it at seeds/{slug}/register.yaml beside this file"
    return f"no register {slug!r}{hint or place}"


def _cited(source: Source) -> dict[str, Place]:
    return {
        name: ()
        for key in ("parameters", "constants", "terms")
        for _, entry in entries(source, key)
        for name in listed(entry.get("evidence"))
        if isinstance(name, str)
    }


def _find(slug: str, folder: Path | None) -> Path | None:
    seeds = [] if folder is None else [folder / "seeds", folder.parent / "seeds"]
    for place in (*seeds, shipped.folder("seeds")):
        path = place / slug / "register.yaml"
        if _is_file(path):
            return path
    return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder that must not be looked into
        return False


def _shipped_slugs() -> list[str]:
    return sorted(path.parent.name for path in shipped.folder("seeds").glob("*/register.yaml"))


def _repeated(source: Source) -> list[Fault]:
    seen: dict[str, int] = {}
    faults = []
    for place, record in entries(source, "records"):
        name = record.get("id")
        if isinstance(name, str) and name in seen:
            message = f"{name!r} is already the id in line {seen[name]}; ids must differ"
            faults.append(source.fault((*place, "id"), message, "duplicate-id"))
        elif isinstance(name, str):
            seen[name] = source.line((*place, "id"))
    return faults
