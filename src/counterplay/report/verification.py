"""Recomputing a report and comparing every number.

This detects accidents and partial edits.  It is not a signature: whoever changes the scenario
inside a report and every number with it makes another report, which verifies as what it is.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from counterplay.errors import CounterplayError, MissingExtraError, ReportError
from counterplay.files import path_text
from counterplay.findings import LEVELS, VERSIONED, Analysis, Findings, analyse, study
from counterplay.findings.checks import checked_level
from counterplay.report.comparing import (
    data_differences,
    picture_differences,
    picture_notes,
    shown_differences,
)
from counterplay.report.comparison import KIND as COMPARISON
from counterplay.report.comparison import ComparedMaterial, remade
from counterplay.report.json_document import KIND
from counterplay.report.material import Material
from counterplay.report.notes import noted_in
from counterplay.report.opened import Opened, opened
from counterplay.report.plain_json import read_json, too_deep
from counterplay.report.writing import SUFFIXES, data_of, rendered
from counterplay.scenario import Scenario
from counterplay.scenario.catalogue import inspect_data

MAX_BYTES = 20_000_000
MAX_SCENARIO = 1_048_576
"""Characters of the scenario in a report, as JSON; files are a quarter of it at most."""


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


def verify(
    path: str | os.PathLike[str], *, font_dir: str | os.PathLike[str] | None = None
) -> Verification:
    """Recompute a report, its analysis included, and compare it with what it says.

    Parameters
    ----------
    path : str or path
    font_dir : str or path, optional
        The folder of fonts that a PDF was written with, if it was given one.

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
    if suffix not in SUFFIXES:
        raise ReportError(f"{target}: only {_listed()} reports can be verified")
    kept = _opened(_content(target), suffix, str(target))
    data = report_in(kept.data, str(target))
    again = _compared_again if data["kind"] == COMPARISON else _made_again
    try:
        material = again(data, str(target))
    except (MissingExtraError, ReportError):
        raise
    except CounterplayError as error:
        return _refused(str(error))
    fresh = data_of(material)
    made = _opened(rendered(material, suffix, font_dir), suffix, "again")
    differences = (
        *data_differences(data, fresh),
        *shown_differences(_unversioned(kept.shown, data), _unversioned(made.shown, fresh)),
        *picture_differences(kept, made),
    )
    told = (*_version_notes(data, fresh), *picture_notes(kept, made))
    return Verification(not differences, differences, told)


def _made_again(data: dict[str, Any], name: str) -> Material:
    """Make what a report of findings is made of again.

    Raises
    ------
    CounterplayError
        If what it rests on does not hold.
    """
    try:
        findings = study(*reported_inputs(data, name))
    except ReportError:
        raise
    except CounterplayError as error:
        raise _RefusedError(f"the report's own scenario or values do not hold: {error}") from None
    notes = noted_in(findings, data)
    try:
        analysis = _analysis_again(findings, data.get("analysis"))
    except MissingExtraError:
        raise
    except CounterplayError as error:
        raise _RefusedError(f"the report's own analysis cannot be made again: {error}") from None
    return Material(findings, checked_level(data["level"]), analysis, notes)


def _compared_again(data: dict[str, Any], name: str) -> ComparedMaterial:
    try:
        return remade(data, name)
    except (MissingExtraError, ReportError):
        raise
    except CounterplayError as error:
        raise _RefusedError(f"the report's own comparison cannot be made again: {error}") from None


class _RefusedError(CounterplayError):
    """What a report rests on is refused."""


def _refused(difference: str) -> Verification:
    return Verification(same=False, differences=(difference,))


def _analysis_again(findings: Findings, recorded: object) -> Analysis | None:
    """Make the analysis of a report again, by the level, draws and seed that it names.

    Raises
    ------
    CounterplayError
        If these do not hold.
    """
    if recorded is None:
        return None
    if not isinstance(recorded, dict):
        raise ReportError(f"analysis: this is a {type(recorded).__name__}")
    level, draws, seed = (recorded.get(name) for name in ("level", "draws", "seed"))
    return analyse(findings, checked_level(level), draws=draws, seed=seed)  # type: ignore[arg-type]  # it refuses others


def _opened(raw: bytes, suffix: str, name: str) -> Opened:
    if suffix == ".pdf":
        from counterplay.report.pdf import opened_pdf

        return opened_pdf(raw, name)
    if suffix == ".docx":
        from counterplay.report.word import opened_word

        return opened_word(raw, name)
    if suffix == ".xlsx":
        from counterplay.report.workbook import opened_workbook

        return opened_workbook(raw, name)
    return opened(raw, suffix, name)


def _listed() -> str:
    return " and ".join([", ".join(SUFFIXES[:-1]), SUFFIXES[-1]])


def _content(target: Path) -> bytes:
    try:
        size = target.stat().st_size if target.is_file() or not target.exists() else -1
        content = target.read_bytes() if 0 <= size <= MAX_BYTES else b""
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReportError(f"{target}: cannot be opened: {reason}") from None
    if size < 0:
        raise ReportError(f"{target}: not an ordinary file; name a report")
    if size > MAX_BYTES:
        raise ReportError(f"{target}: larger than {MAX_BYTES} bytes; not a report")
    return content


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
    if not isinstance(data, dict) or data.get("kind") not in (KIND, COMPARISON):
        raise ReportError(f"{name}: not a Counterplay report")
    if data.get("format") != 1 or not _is_leveled(data):
        raise ReportError(f"{name}: a report of another version of Counterplay")
    if too_deep(data) or _largest_scenario(data) > MAX_SCENARIO:
        raise ReportError(f"{name}: larger than any report; not one of Counterplay's")
    return data


def _is_leveled(data: Mapping[str, Any]) -> bool:
    return data["kind"] == COMPARISON or data.get("level") in LEVELS


def _largest_scenario(data: Mapping[str, Any]) -> int:
    """Return the characters of the longest scenario in a report."""
    several = data.get("scenarios")
    listed = several if isinstance(several, list) else []
    return max(len(json.dumps(each)) for each in (data.get("scenario"), *listed))


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


def _version_notes(recorded: dict[str, Any], fresh: dict[str, Any]) -> Iterator[str]:
    old, new = _versions(recorded), _versions(fresh)
    for name in VERSIONED:
        if old.get(name) != new[name]:
            yield f"{name}: the report was made with {old.get(name)}, this is {new[name]}"


def _versions(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the versions that a report names; those of a comparison stand in each finding."""
    found = data.get("findings")
    first = found[0] if isinstance(found, list) and found else found
    named = first.get("provenance") if isinstance(first, dict) else None
    return named if isinstance(named, dict) else {}


def _unversioned(shown: Mapping[str, str], data: dict[str, Any]) -> dict[str, str]:
    """Return what a document shows without the versions that it names."""
    versions = _versions(data)
    named = ", ".join(f"{name} {versions.get(name)}" for name in VERSIONED)
    told = f"Solved with {named}."
    return {
        place: text.replace(told, "Solved with the versions named.")
        for place, text in shown.items()
    }
