"""What differs between a report and the same one recomputed."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from counterplay.findings import VERSIONED
from counterplay.report.opened import Opened

TOLERANCE = 1e-9

_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e[-+]?\d+)?")


def data_differences(recorded: object, fresh: object, place: str = "") -> Iterator[str]:
    """Say where plain data differs from the same recomputed; versions named do not count."""
    if place.endswith(".provenance"):
        recorded, fresh = _without_versions(recorded), _without_versions(fresh)
    if isinstance(recorded, dict) and isinstance(fresh, dict):
        yield from _compare_mappings(recorded, fresh, place)
    elif isinstance(recorded, list) and isinstance(fresh, list):
        if len(recorded) != len(fresh):
            yield f"{place}: {len(recorded)} entries in the report, {len(fresh)} recomputed"
        for number, (old, new) in enumerate(zip(recorded, fresh, strict=False)):
            yield from data_differences(old, new, f"{place}[{number}]")
    elif not _equal(recorded, fresh):
        yield f"{place}: {_short(recorded)} in the report, {_short(fresh)} recomputed"


def shown_differences(recorded: Mapping[str, str], fresh: Mapping[str, str]) -> Iterator[str]:
    """Say at which places of a document something else stands than in the same made again."""
    for place, old in recorded.items():
        new = fresh.get(place)
        if new is None:
            yield f"{place}: {_short(old)} is not part of the recomputed report"
        elif old != new and not _same_words(old, new):
            yield f"{place}: {_short(old)} in the report, {_short(new)} recomputed"
    for place, new in fresh.items():
        if place not in recorded:
            yield f"{place}: {_short(new)} is missing from the report"


def picture_differences(recorded: Opened, fresh: Opened) -> Iterator[str]:
    """Say which pictures differ, if both documents were drawn by the same programs."""
    if recorded.drawing != fresh.drawing:
        return
    if len(recorded.pictures) != len(fresh.pictures):
        count = f"{len(recorded.pictures)} in the report, {len(fresh.pictures)} recomputed"
        yield f"pictures: {count}"
    for number, (old, new) in enumerate(zip(recorded.pictures, fresh.pictures, strict=False), 1):
        if old != new:
            yield f"picture {number}: it is not the one that the numbers give"


def picture_notes(recorded: Opened, fresh: Opened) -> Iterator[str]:
    """Say so where pictures cannot be compared."""
    if recorded.drawing != fresh.drawing:
        yield (
            f"pictures: drawn by {recorded.drawing or 'no program named'}, here by "
            f"{fresh.drawing or 'none'}; not compared"
        )


def _compare_mappings(
    recorded: dict[str, Any], fresh: dict[str, Any], place: str
) -> Iterator[str]:
    for key in sorted({*recorded, *fresh}):
        at = f"{place}.{key}" if place else str(key)
        if key not in recorded:
            yield f"{at}: missing from the report"
        elif key not in fresh:
            yield f"{at}: not part of the recomputed report"
        else:
            yield from data_differences(recorded[key], fresh[key], at)


def _equal(recorded: object, fresh: object) -> bool:
    if isinstance(recorded, bool) or isinstance(fresh, bool):
        return recorded is fresh
    if isinstance(recorded, int) and isinstance(fresh, int):
        return recorded == fresh
    if isinstance(recorded, (int, float)) and isinstance(fresh, (int, float)):
        return _close(recorded, fresh)
    return recorded == fresh


def _close(recorded: float, fresh: float) -> bool:
    try:
        return math.isclose(recorded, fresh, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    except OverflowError:  # a whole number beyond all floats
        return False


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 80 else text[:77] + "..."


def _same_words(recorded: str, fresh: str) -> bool:
    """Say whether two lines differ by rounding noise in their numbers alone."""
    if _NUMBER.sub("0", recorded) != _NUMBER.sub("0", fresh):
        return False
    old, new = (map(float, _NUMBER.findall(line)) for line in (recorded, fresh))
    return all(_close(first, second) for first, second in zip(old, new, strict=True))


def _without_versions(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return {key: part for key, part in value.items() if key not in VERSIONED}
