"""Reasons for numbers that were moved, as the user noted them, and the assumptions of a report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from counterplay.errors import ReportError
from counterplay.findings import Findings
from counterplay.report import tables
from counterplay.report.blocks import Block, Section
from counterplay.scenario.source import printable

Reasons = Mapping[str, str]

NO_REASONS: Reasons = MappingProxyType({})

LONGEST_REASON = 1_000
"""Characters of a reason."""


def checked_reasons(findings: Findings, reasons: object) -> dict[str, str]:
    """Return reasons on one line each, in the order of the scenario; blank ones are left out.

    Parameters
    ----------
    findings : Findings
    reasons : mapping from parameter or constant id to text, or None

    Raises
    ------
    ReportError
        If it is something else, an id is not known, or a text is longer than 1,000 characters.
    """
    if reasons is None:
        return {}
    if not isinstance(reasons, Mapping):
        raise ReportError(
            f"reasons: this is a {type(reasons).__name__}; give a mapping from the id of a "
            "parameter or constant to text"
        )
    for name, text in reasons.items():
        if name not in findings.values:
            raise ReportError(f"reasons: no parameter or constant {name!r}")
        if not isinstance(text, str):
            raise ReportError(f"reasons[{name!r}]: this is a {type(text).__name__}; give text")
        if len(text) > LONGEST_REASON:
            raise ReportError(f"reasons[{name!r}]: longer than {LONGEST_REASON} characters")
    lines = {
        name: " ".join(printable(reasons[name]).split())
        for name in findings.values
        if name in reasons
    }
    return {name: line for name, line in lines.items() if line}


def reasons_data(reasons: Reasons) -> dict[str, Any]:
    """Return what the JSON data of a report say of reasons: nothing where there are none.

    The digest makes an accidental change of a reason show, as a change of a number does.
    """
    if not reasons:
        return {}
    text = json.dumps(dict(reasons), sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return {"reasons": dict(reasons), "reasons_digest": digest}


def assumption_sections(findings: Findings, reasons: Reasons) -> Iterator[Section]:
    """Yield the assumptions: first what was moved, with the reasons if some were noted."""
    blocks: list[Block] = []
    if reasons:
        blocks.append(tables.moved(findings, reasons))
    if findings.scenario.parameters:
        blocks.append(tables.values(findings))
    if blocks:
        yield Section("Assumptions", 2, tuple(blocks), "assumptions")
