"""Writing phase maps: pictures and tables, the format by the file's suffix."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path

from counterplay.errors import MissingExtraError, ReportError
from counterplay.files import target_file, write_whole
from counterplay.report.fonts import register_for_charts
from counterplay.sensitivity.maps.result import PhaseMap

SUFFIXES = (".png", ".svg", ".csv")
"""Formats of a map."""

_PIXELS = 2
"""Pixels of a PNG for each of the picture's own, for sharp print."""


def write_phase_map(found: PhaseMap, path: str | os.PathLike[str]) -> Path:
    """Write a phase map; its suffix chooses the format.

    A picture (``.png``, ``.svg``) has the finding above the map and the key below it.  A table
    (``.csv``, UTF-8) has one row a cell, x fastest: the values of x and y under the ids of the
    parameters; `outcome`, the label of the outcome set; `pure`, the pure equilibria as option ids
    joined by ``/``, several by ``|``; `regimes`, joined by ``|``; and `completeness`.  The same
    map gives the same bytes.  The file appears whole or not at all; folders are not created.

    Parameters
    ----------
    found : PhaseMap
    path : str or path
        Ends in ``.png``, ``.svg`` or ``.csv``.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    ReportError
        If this is no phase map, the suffix is not known, or the file cannot be written.
    MissingExtraError
        If a picture is asked for and the packages that draw are not installed.
    """
    if not isinstance(found, PhaseMap):
        raise ReportError(
            f"found: this is a {type(found).__name__}; give what phase_map(...) returns"
        )
    target = target_file(path, SUFFIXES, ReportError)
    write_whole(target, render_phase_map(found, target.suffix.lower()), ReportError)
    return target


def render_phase_map(found: PhaseMap, suffix: str) -> bytes:
    """Return a phase map as the bytes of a file.

    Raises
    ------
    ReportError
        If there is no such format.
    MissingExtraError
        If a picture is asked for and the packages that draw are not installed.
    """
    if suffix == ".csv":
        return _csv(found).encode()
    if suffix == ".svg":
        return _svg(found).encode()
    if suffix == ".png":
        return _png(found)
    raise ReportError(f"path: no format {suffix!r}; the suffix is one of {', '.join(SUFFIXES)}")


def _csv(found: PhaseMap) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([found.x_id, found.y_id, "outcome", "pure", "regimes", "completeness"])
    writer.writerows(_rows(found))
    return text.getvalue()


def _rows(found: PhaseMap) -> Iterator[tuple[object, ...]]:
    named = [
        (
            outcome.label,
            "|".join("/".join(profile) for profile in outcome.pure),
            "|".join(outcome.regimes),
        )
        for outcome in found.outcomes
    ]
    for y, numbers, known in zip(found.y, found.index, found.completeness, strict=True):
        for x, number, proved in zip(found.x, numbers, known, strict=True):
            yield (repr(float(x)), repr(float(y)), *named[number], str(proved))


def _svg(found: PhaseMap) -> str:
    from counterplay.report.figures.phase_map_sheet import phase_map_sheet
    from counterplay.report.svg import to_svg

    return to_svg(phase_map_sheet(found), "map")


def _png(found: PhaseMap) -> bytes:
    from counterplay.report.figures.phase_map_sheet import phase_map_sheet

    chart = phase_map_sheet(found).chart.to_dict(validate=False)  # checking it is for its tests
    try:
        from vl_convert import vegalite_to_png
    except ImportError as error:
        raise MissingExtraError("pictures", "report") from error
    register_for_charts()
    drawn: bytes = vegalite_to_png(chart, scale=_PIXELS, allowed_base_urls=[])
    return drawn
