"""Writing reports: the format by the file's suffix, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import get_args

from counterplay.errors import ReportError
from counterplay.files import path_text, write_whole
from counterplay.findings import Findings
from counterplay.report.content import Level, document
from counterplay.report.json_document import json_text, report_data
from counterplay.report.markdown import markdown

LEVELS: tuple[str, ...] = get_args(Level)
"""Lengths of a report."""

SUFFIXES = (".html", ".json", ".md")
"""Formats of a report."""


def render(findings: Findings, suffix: str, level: Level = "standard") -> bytes:
    """Return a report as bytes; the same findings give the same bytes.

    Parameters
    ----------
    suffix : {".html", ".json", ".md"}
    level : {"brief", "standard", "full"}

    Raises
    ------
    ReportError
        If the format or the level is not known.
    MissingExtraError
        If the format needs packages that are not installed.
    """
    if level not in LEVELS:
        raise ReportError(f"level: no {level!r}; choose {', '.join(LEVELS)}")
    data = report_data(findings, level)
    if suffix == ".json":
        return json_text(data).encode()
    if suffix == ".md":
        return markdown(document(findings, level), data).encode()
    if suffix == ".html":
        from counterplay.report.html import html

        return html(findings, document(findings, level), data).encode()
    raise ReportError(f"path: no format {suffix!r}; the suffix is one of {', '.join(SUFFIXES)}")


def write_report(
    findings: Findings, path: str | os.PathLike[str], level: Level = "standard"
) -> Path:
    """Write a report; its suffix chooses the format.

    The file appears whole or not at all; folders are not created.

    Raises
    ------
    ReportError
        If the suffix or level is not known, or the file cannot be written.
    MissingExtraError
        If the format needs packages that are not installed.
    """
    name = path_text(path)
    if name is None:
        raise ReportError(f"path: {path!r} is not the path of a file")
    target = Path(name)
    content = render(findings, target.suffix.lower(), level)
    write_whole(target, content, ReportError)
    return target
