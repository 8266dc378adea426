"""Figures as SVG text that can stand in one page with others."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from counterplay.errors import MissingExtraError, ReportError
from counterplay.report.fonts import register_for_charts

if TYPE_CHECKING:  # figures need altair; this module is importable without it
    from counterplay.report.figures.figure import Figure

_PREFIX = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)
_TAG = re.compile(r"<[^<>]*>")
_ID = re.compile(r'(?<=\sid=")[^"]*(?=")')
_REFERENCE = re.compile(r'(?<==")(url\(#|#)([^")]*)(\)?)(?=")')
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_svg(figure: Figure, prefix: str) -> str:
    """Return a figure as SVG, byte-identical for equal figures.

    The picture is one image with the figure's text for those who cannot see it.  It names fonts,
    holds none, and fetches nothing.

    Parameters
    ----------
    figure : Figure
    prefix : str
        Begins every id in the picture: an ASCII letter, then letters, digits, hyphens, dots or
        underscores.  Give each picture of a page its own.

    Raises
    ------
    ReportError
        If the prefix cannot begin an id.
    MissingExtraError
        If vl-convert is not installed.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ReportError(
            f"prefix: {prefix!r} cannot begin an id; use a letter, then letters or digits"
        )
    try:
        from vl_convert import vegalite_to_svg
    except ImportError as error:
        raise MissingExtraError("charts in documents", "report") from error
    register_for_charts()
    chart = figure.chart.to_dict(validate=False)  # checking it is for its tests
    drawn: str = vegalite_to_svg(chart, allowed_base_urls=[])
    return _NOT_XML.sub("", _described(_with_ids(drawn, prefix), figure.alt))


def _with_ids(svg: str, prefix: str) -> str:
    """Rename ids by their order: Vega numbers them through a whole process."""
    names: dict[str, str] = {}
    for tag in _TAG.findall(svg):
        for name in _ID.findall(tag):
            names.setdefault(name, f"{prefix}-{len(names)}")

    def renamed(tag: re.Match[str]) -> str:
        own = _ID.sub(lambda found: names[found[0]], tag[0])
        return _REFERENCE.sub(
            lambda found: f"{found[1]}{names.get(found[2], found[2])}{found[3]}", own
        )

    return _TAG.sub(renamed, svg)


def _described(svg: str, words: str) -> str:
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(words)}" ', 1)
