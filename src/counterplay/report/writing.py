"""Writing reports: the format by the file's suffix, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from counterplay.errors import ReportError
from counterplay.files import path_text, write_whole
from counterplay.findings import LEVELS, Analysis, Findings, Level
from counterplay.findings.side_by_side import Comparison
from counterplay.report.blocks import Document
from counterplay.report.comparison import (
    ComparedMaterial,
    compared_material,
    comparison_data,
    comparison_document,
    comparison_sheets,
)
from counterplay.report.content import document
from counterplay.report.dates import creation_date
from counterplay.report.json_document import json_text, report_data
from counterplay.report.markdown import markdown
from counterplay.report.material import Material
from counterplay.report.notes import checked_notes
from counterplay.report.workbook.cells import Sheet
from counterplay.report.workbook.of_findings import findings_sheets

SUFFIXES = (".docx", ".html", ".json", ".md", ".pdf", ".xlsx")
"""Formats of a report."""


def render(  # noqa: PLR0913 - one argument for each thing that people add
    findings: Findings | Analysis | Comparison,
    suffix: str,
    level: Level = "standard",
    *,
    reasons: Mapping[str, str] | None = None,
    commissioner: str | None = None,
    analyst: str | None = None,
    assurer: str | None = None,
    belief: str | None = None,
    yardstick: str | None = None,
    without: Sequence[str] | None = None,
    font_dir: str | os.PathLike[str] | None = None,
) -> bytes:
    """Return a report as bytes; the same findings give the same bytes.

    Parameters
    ----------
    findings : Findings, Analysis, SettingsComparison or ScenariosComparison
        Without an analysis a standard or full report names each check that is missing.
    suffix : {".docx", ".html", ".json", ".md", ".pdf", ".xlsx"}
    level : {"brief", "standard", "full"}
        A report of a comparison is the same at each; of the notes it takes who signs.
    reasons : mapping from parameter or constant id to text, optional
        Why a number has its value, at most 1,000 characters each.  The standard and the full
        report show them among the assumptions; every report keeps them in its data.
    commissioner, analyst, assurer : str, optional
        Who signs; the assurer is not the analyst.
    belief : str, optional
        Who declares the sampled distributions to be their belief; with it stands `yardstick`, and
        shares of an uncertainty run are then put into its words.
    yardstick : {"icd203", "phia"}, optional
    without : sequence of str, optional
        Sections that the document is without, of `OPTIONAL_SECTIONS`; it says which.  The data in
        the file, and a workbook's tables, hold everything.
    font_dir : str or path, optional
        A folder with fonts for scripts other than Latin, Greek and Cyrillic; a PDF uses them.

    Returns
    -------
    bytes
        UTF-8 text, a PDF, a Word document or an Excel workbook.

    Raises
    ------
    ReportError
        If these are no findings, the format or the level is not known, or a note is not right.
    MissingExtraError
        If the format needs packages that are not installed.
    """
    material = material_of(
        findings,
        suffix,
        level,
        reasons=reasons,
        commissioner=commissioner,
        analyst=analyst,
        assurer=assurer,
        belief=belief,
        yardstick=yardstick,
        without=without,
    )
    return rendered(material, suffix, font_dir)


def material_of(
    findings: Findings | Analysis | Comparison, suffix: str, level: Level, **noted: object
) -> Material | ComparedMaterial:
    """Return what a report is made of, or say what is wrong, before anything is worked out.

    Parameters
    ----------
    findings, suffix, level
        As for `render`.
    **noted
        The notes, by the names that they have in `render`.

    Raises
    ------
    ReportError
        As `render` does.
    """
    if not _is_one_of(SUFFIXES, suffix):
        raise ReportError(
            f"path: no format {suffix!r}; the suffix is one of {', '.join(SUFFIXES)}"
        )
    if not _is_one_of(LEVELS, level):
        raise ReportError(f"level: no {level!r}; choose {', '.join(LEVELS)}")
    if isinstance(findings, Comparison):
        return compared_material(findings, **noted)
    analysis = findings if isinstance(findings, Analysis) else None
    found = analysis.findings if analysis else findings
    if not isinstance(found, Findings):
        raise ReportError(
            f"findings: this is a {type(found).__name__}; give what counterplay.study(...), "
            "counterplay.analyse(...) or counterplay.compare_settings(...) returns"
        )
    return Material(found, level, analysis, checked_notes(found, **noted))


def rendered(
    material: Material | ComparedMaterial,
    suffix: str,
    font_dir: str | os.PathLike[str] | None = None,
) -> bytes:
    """Return the report of material that was checked."""
    data = data_of(material)
    if suffix == ".json":
        return json_text(data).encode()
    said = _document(material)
    if suffix == ".md":
        return markdown(said, data).encode()
    if suffix == ".html":
        from counterplay.report.html import html

        return html(said, data).encode()
    if suffix == ".pdf":
        from counterplay.report.pdf import pdf

        return pdf(said, data, font_dir=_folder(font_dir), created=creation_date())
    if suffix == ".docx":
        from counterplay.report.word import word

        return word(said, data, created=creation_date())
    from counterplay.report.workbook import workbook

    return workbook(said, tuple(_sheets(material)), data, created=creation_date())


def data_of(material: Material | ComparedMaterial) -> dict[str, Any]:
    """Return the whole report as plain JSON data."""
    if isinstance(material, ComparedMaterial):
        return comparison_data(material)
    return report_data(material.findings, material.level, material.notes, material.analysis)


def _document(material: Material | ComparedMaterial) -> Document:
    if isinstance(material, ComparedMaterial):
        return comparison_document(material)
    return document(material.findings, material.level, material.notes, material.analysis)


def _sheets(material: Material | ComparedMaterial) -> Iterator[Sheet]:
    if isinstance(material, ComparedMaterial):
        return comparison_sheets(material)
    return findings_sheets(material)


def write_report(  # noqa: PLR0913 - those of `render`
    findings: Findings | Analysis | Comparison,
    path: str | os.PathLike[str],
    level: Level = "standard",
    *,
    reasons: Mapping[str, str] | None = None,
    commissioner: str | None = None,
    analyst: str | None = None,
    assurer: str | None = None,
    belief: str | None = None,
    yardstick: str | None = None,
    without: Sequence[str] | None = None,
    font_dir: str | os.PathLike[str] | None = None,
) -> Path:
    """Write a report; its suffix chooses the format.

    The file appears whole or not at all; folders are not created.

    Parameters
    ----------
    findings : Findings, Analysis, SettingsComparison or ScenariosComparison
        What `study`, `analyse`, `compare_settings` or `compare_scenarios` returns; a standard or
        full report of findings without an analysis names each check that is missing.
    path : str or path
        Ends in ``.docx``, ``.html``, ``.json``, ``.md``, ``.pdf`` or ``.xlsx``.
    level : {"brief", "standard", "full"}
    reasons : mapping from parameter or constant id to text, optional
        Why a number has its value, as `render` shows it.
    commissioner, analyst, assurer, belief, yardstick : str, optional
        Who signs, and whose belief the sampled distributions are, as for `render`.
    without : sequence of str, optional
        Sections that the document is without, as for `render`.
    font_dir : str or path, optional
        A folder with fonts, as `render` uses it.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    ReportError
        If these are no findings, the suffix or level is not known, a note is not right, or the
        file cannot be written.
    MissingExtraError
        If the format needs packages that are not installed.
    """
    name = path_text(path)
    if name is None:
        raise ReportError(f"path: {path!r} is not the path of a file")
    target = Path(name)
    content = render(
        findings,
        target.suffix.lower(),
        level,
        reasons=reasons,
        commissioner=commissioner,
        analyst=analyst,
        assurer=assurer,
        belief=belief,
        yardstick=yardstick,
        without=without,
        font_dir=font_dir,
    )
    write_whole(target, content, ReportError)
    return target


def _folder(font_dir: object) -> Path | None:
    if font_dir is None:
        return None
    name = path_text(font_dir)
    if name is None or "\0" in name:
        raise ReportError(f"font_dir: {font_dir!r} is not the path of a folder")
    return Path(name)


def _is_one_of(known: Sequence[str], given: object) -> bool:
    return isinstance(given, str) and given in known
