"""Recomputing a report and comparing every number.

This detects accidents and partial edits.  It is not a signature: whoever changes the scenario
inside a report and every number with it makes another report, which verifies as what it is.
"""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from counterplay.errors import CounterplayError, ReportError
from counterplay.files import path_text
from counterplay.findings import VERSIONED, study
from counterplay.report.content import Level
from counterplay.report.json_document import KIND, report_data
from counterplay.report.plain_json import read_json, too_deep
from counterplay.report.reasons import checked_reasons
from counterplay.report.writing import LEVELS, render
from counterplay.scenario import Scenario
from counterplay.scenario.catalogue import inspect_data

TOLERANCE = 1e-9

MAX_BYTES = 20_000_000
MAX_SCENARIO = 1_048_576
"""Characters of the scenario in a report, as JSON; files are a quarter of it at most."""

_EMBEDDED = {
    ".html": re.compile(
        r'<script type="application/json" id="counterplay-report">(.*?)</script>', re.DOTALL
    ),
    ".md": re.compile(r"<!-- counterplay-report (\{.*\}) -->"),
}
"""Where a document keeps its data."""

_DRAWING = re.compile(r"<svg.*?</svg>", re.DOTALL)
_ELEMENT = re.compile(r"<([a-zA-Z]+)")
_LABEL = re.compile(r'aria-label="[^"]*"')
_LETTERS = re.compile(r">([^<]*[^<\s][^<]*)<")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e[-+]?\d+)?")


@dataclass(frozen=True)
class Verification:
    """What verifying a report found.

    Attributes
    ----------
    same : bool
        Whether everything recomputed equals what the report says (numbers to 1e-9).
    differences : tuple of str
        Each place that differs, with both values.
    notes : tuple of str
        Differences that do not matter for the result, such as versions.
    """

    same: bool
    differences: tuple[str, ...]
    notes: tuple[str, ...] = ()


def verify(path: str | os.PathLike[str]) -> Verification:
    """Recompute a JSON, HTML or Markdown report and compare it with what it says.

    Parameters
    ----------
    path : str or path

    Returns
    -------
    Verification
        Whether all is the same, and each place that differs.

    Raises
    ------
    ReportError
        If the file cannot be read or is not a report.
    """
    name = path_text(path)
    if name is None:
        raise ReportError(f"path: {path!r} is not the path of a file")
    target = Path(name)
    suffix = target.suffix.lower()
    text = _text(target)
    data = _data(target, text)
    try:
        findings = study(*reported_inputs(data, str(target)))
    except ReportError:
        raise
    except CounterplayError as error:
        difference = f"the report's own scenario or values do not hold: {error}"
        return Verification(same=False, differences=(difference,))
    level = str(data["level"])
    reasons = checked_reasons(findings, data.get("reasons"))
    fresh = report_data(findings, level, reasons)
    differences = list(_compare(data, fresh, ""))
    if suffix in _EMBEDDED:
        again = render(findings, suffix, cast(Level, level), reasons=reasons).decode()
        differences += _compare_texts(_visible(text, suffix, data), _visible(again, suffix, fresh))
    return Verification(not differences, tuple(differences), tuple(_version_notes(data, fresh)))


def _text(target: Path) -> str:
    try:
        size = target.stat().st_size if target.is_file() or not target.exists() else -1
        text = target.read_text(encoding="utf-8") if 0 <= size <= MAX_BYTES else ""
    except UnicodeDecodeError:
        raise ReportError(f"{target}: not UTF-8 text, so not a report") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReportError(f"{target}: cannot be opened: {reason}") from None
    if size < 0:
        raise ReportError(f"{target}: not an ordinary file; name a report")
    if size > MAX_BYTES:
        raise ReportError(f"{target}: larger than {MAX_BYTES} bytes; not a report")
    return text


def _data(target: Path, text: str) -> dict[str, Any]:
    suffix = target.suffix.lower()
    if suffix != ".json" and suffix not in _EMBEDDED:
        raise ReportError(f"{target}: only .json, .html and .md reports can be verified")
    found = _EMBEDDED[suffix].search(text) if suffix in _EMBEDDED else None
    if found is None and suffix in _EMBEDDED:
        raise ReportError(f"{target}: not a Counterplay report, or its embedded data is gone")
    return report_in(found[1] if found else text, str(target))


def report_in(text: str, name: str) -> dict[str, Any]:
    """Return the data of a JSON report, of the kind that this version can recompute.

    Raises
    ------
    ReportError
        If it is something else; `name` is how the message calls it.
    """
    try:
        data = read_json(text)
    except ValueError:
        raise ReportError(f"{name}: not readable as JSON, so not a report") from None
    if not isinstance(data, dict) or data.get("kind") != KIND:
        raise ReportError(f"{name}: not a Counterplay report")
    if data.get("format") != 1 or data.get("level") not in LEVELS:
        raise ReportError(f"{name}: a report of another version of Counterplay")
    if too_deep(data) or len(json.dumps(data.get("scenario"))) > MAX_SCENARIO:
        raise ReportError(f"{name}: larger than any report; not one of Counterplay's")
    return data


def reported_inputs(data: dict[str, Any], name: str) -> tuple[Scenario, dict[str, float]]:
    """Return the scenario inside a report and the values that it was solved at.

    Raises
    ------
    CounterplayError
        If they are missing or do not hold; `name` is how the message calls the report.
    """
    recorded = data.get("findings")
    if not isinstance(recorded, dict):
        raise ReportError(f"{name}: the report holds no findings")
    scenario = inspect_data(data.get("scenario"), name)
    values: dict[str, float] = {}
    for part in ("parameters", "constants"):
        numbers = recorded.get(part)
        if not isinstance(numbers, dict):
            raise ReportError(f"{name}: the report holds no {part}")
        values |= numbers
    return scenario, values


def _compare(recorded: object, fresh: object, place: str) -> Iterator[str]:
    if place.endswith(".provenance"):
        recorded, fresh = _without_versions(recorded), _without_versions(fresh)
    if isinstance(recorded, dict) and isinstance(fresh, dict):
        yield from _compare_mappings(recorded, fresh, place)
    elif isinstance(recorded, list) and isinstance(fresh, list):
        if len(recorded) != len(fresh):
            yield f"{place}: {len(recorded)} entries in the report, {len(fresh)} recomputed"
        for number, (old, new) in enumerate(zip(recorded, fresh, strict=False)):
            yield from _compare(old, new, f"{place}[{number}]")
    elif not _equal(recorded, fresh):
        yield f"{place}: {_short(recorded)} in the report, {_short(fresh)} recomputed"


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
            yield from _compare(recorded[key], fresh[key], at)


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


def _without_versions(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return {key: part for key, part in value.items() if key not in VERSIONED}


def _version_notes(recorded: dict[str, Any], fresh: dict[str, Any]) -> Iterator[str]:
    old, new = (data["findings"].get("provenance") for data in (recorded, fresh))
    for name in VERSIONED:
        before = old.get(name) if isinstance(old, dict) else None
        if before != new[name]:
            yield f"{name}: the report was made with {before}, this is {new[name]}"


def _visible(text: str, suffix: str, data: dict[str, Any]) -> list[str]:
    """Return the lines of a document, without its embedded data and the versions it names.

    Of drawings only their words count: another version of the drawing library moves lines.
    """
    found = _EMBEDDED[suffix].search(text)
    if found is not None:
        text = text[: found.start(1)] + text[found.end(1) :]
    versions = data["findings"].get("provenance")
    if isinstance(versions, dict):
        named = ", ".join(f"{name} {versions.get(name)}" for name in VERSIONED)
        text = text.replace(f"Solved with {named}.", "Solved with the versions named.")
    return _DRAWING.sub(lambda drawing: _words(drawing[0]), text).splitlines()


def _words(drawing: str) -> str:
    """Return the words of a drawing, and the kinds of its parts, a line each."""
    kinds = sorted(set(_ELEMENT.findall(drawing)))
    return "\n".join([*kinds, *_LABEL.findall(drawing), *_LETTERS.findall(drawing)])


def _compare_texts(recorded: list[str], fresh: list[str]) -> Iterator[str]:
    if len(recorded) != len(fresh):
        yield f"text: {len(recorded)} lines in the report, {len(fresh)} recomputed"
    for number, (old, new) in enumerate(zip(recorded, fresh, strict=False), 1):
        if old != new and not _same_words(old, new):
            yield f"line {number}: {_short(old)} in the report, {_short(new)} recomputed"


def _same_words(recorded: str, fresh: str) -> bool:
    """Say whether two lines differ by rounding noise in their numbers alone."""
    if _NUMBER.sub("0", recorded) != _NUMBER.sub("0", fresh):
        return False
    old, new = (map(float, _NUMBER.findall(line)) for line in (recorded, fresh))
    return all(_close(first, second) for first, second in zip(old, new, strict=True))
