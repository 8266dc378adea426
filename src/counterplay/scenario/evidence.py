"""Evidence registers: where they lie and how they are read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from counterplay import shipped
from counterplay.errors import CounterplayError, Fault, ScenarioError
from counterplay.scenario.parts import Evidence, Part, Slug, Words
from counterplay.scenario.source import Source, read_bytes, read_yaml
from counterplay.scenario.validation import validate

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


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
    then among the shipped.  Returns the faults of the register, and of a slug that names none.
    """
    data = source.data
    slug = data.get("evidence") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(slug, str):
        return []
    data["evidence"] = []
    if not _SLUG.fullmatch(slug):
        message = f"{slug!r} names no register; a slug has small letters, digits and - only"
        return [source.fault(("evidence",), message, "unknown-register")]
    path = _find(slug, folder)
    if path is None:
        hint = source.hint(slug, _shipped_slugs())
        place = f"put it at seeds/{slug}/register.yaml beside this file"
        message = f"no register {slug!r}{hint or f'; {place}'}"
        return [source.fault(("evidence",), message, "unknown-register")]
    try:
        records = read_yaml(read_bytes(path, str(path)), str(path))
    except ScenarioError as error:
        return list(error.faults)
    except CounterplayError as error:
        return [source.fault(("evidence",), str(error), "unknown-register")]
    register, faults = validate(Register, records)
    faults = [*records.faults, *faults, *_repeated(records)]
    listed = records.data.get("records") if isinstance(records.data, dict) else None
    if register is not None:
        data["evidence"] = [record.model_dump(exclude_none=True) for record in register.records]
    elif isinstance(listed, list):
        data["evidence"] = [record for record in listed if isinstance(record, dict)]
    return faults


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
    listed = source.data.get("records") if isinstance(source.data, dict) else None
    seen: dict[str, int] = {}
    faults = []
    for number, record in enumerate(listed if isinstance(listed, list) else []):
        name = record.get("id") if isinstance(record, dict) else None
        if isinstance(name, str) and name in seen:
            place = ("records", number, "id")
            message = f"{name!r} is already the id in line {seen[name]}; ids must differ"
            faults.append(source.fault(place, message, "duplicate-id"))
        elif isinstance(name, str):
            seen[name] = source.line(("records", number, "id"))
    return faults
