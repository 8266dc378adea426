"""Finished documents opened again: the data that they keep, and what they show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from counterplay.errors import ReportError

_EMBEDDED = {
    ".html": re.compile(
        r'<script type="application/json" id="counterplay-report">(.*?)</script>', re.DOTALL
    ),
    ".md": re.compile(r"<!-- counterplay-report (\{.*\}) -->"),
}
"""Where a text document keeps its data."""

_DRAWING = re.compile(r"<svg.*?</svg>", re.DOTALL)
_ELEMENT = re.compile(r"<([a-zA-Z]+)")
_LABEL = re.compile(r'aria-label="[^"]*"')
_LETTERS = re.compile(r">([^<]*[^<\s][^<]*)<")


@dataclass(frozen=True)
class Opened:
    """A document that was opened again.

    Attributes
    ----------
    data : str
        The report as JSON text.
    shown : mapping from str to str
        What stands at each place of the document, for comparison with the same made again.
    pictures : tuple of str
        Hashes of pictures that are no text, in their order.
    drawing : str
        Equal on machines that draw the same picture with the same bytes.
    """

    data: str
    shown: Mapping[str, str] = field(default_factory=dict)
    pictures: tuple[str, ...] = ()
    drawing: str = ""


def opened(raw: bytes, suffix: str, name: str) -> Opened:
    """Open a report.

    Parameters
    ----------
    raw : bytes
        The file.
    suffix : {".html", ".json", ".md"}
    name : str
        How messages call the file.

    Raises
    ------
    ReportError
        If it is not a report of this format.
    """
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise ReportError(f"{name}: not UTF-8 text, so not a report") from None
    if suffix == ".json":
        return Opened(text)
    found = _EMBEDDED[suffix].search(text)
    if found is None:
        raise no_data(name)
    lines = _visible(text[: found.start(1)] + text[found.end(1) :])
    return Opened(found[1], {f"line {number}": line for number, line in enumerate(lines, 1)})


def no_data(name: str) -> ReportError:
    """Return the error for a document that keeps no report."""
    return ReportError(f"{name}: not a Counterplay report, or its embedded data is gone")


def _visible(text: str) -> list[str]:
    """Return the lines of a document.

    Of drawings only their words count: another version of the drawing library moves lines.
    """
    return _DRAWING.sub(lambda drawing: _words(drawing[0]), text).splitlines()


def _words(drawing: str) -> str:
    """Return the words of a drawing, and the kinds of its parts, a line each."""
    kinds = sorted(set(_ELEMENT.findall(drawing)))
    return "\n".join([*kinds, *_LABEL.findall(drawing), *_LETTERS.findall(drawing)])
