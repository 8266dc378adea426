"""Pictures of a Word report: charts as PNG, twice as fine as on screen, with their words."""

from __future__ import annotations

import hashlib
import io
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn
from docx.shared import Pt
from vl_convert import vegalite_to_png

from counterplay.report.figures.text import clean
from counterplay.report.fonts import register_for_charts
from counterplay.report.word.cells import WIDTH

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

    from counterplay.report.figures import Figure

_FINE = 2
POINTS = 0.58
"""Points of paper for a pixel of a chart: its text then is as large as that of tables."""

TIGHT = 0.46
"""The same on page one, which has to stay one page."""

_HIGHEST = 560.0
_SPECIMEN = "AaÅß Жї 한 ●▲ 0123"


def add_picture(paragraph: Paragraph, figure: Figure, number: int, points: float) -> None:
    """Add a figure's picture to a paragraph, with what it shows in words.

    `points` is the size of a pixel of the chart.
    """
    drawn = png(figure.chart.to_dict(validate=False))  # checking it is for its tests
    wide, high = (points * pixels / _FINE for pixels in _size(drawn))
    scale = min(1.0, WIDTH / wide, _HIGHEST / high)
    run = paragraph.add_run()
    run.add_picture(io.BytesIO(drawn), Pt(wide * scale), Pt(high * scale))
    (told,) = run.element.iter(qn("wp:docPr"))
    told.set("id", str(number))
    told.set("name", f"Figure {number}")
    told.set("descr", clean(figure.alt))
    (inner,) = run.element.iter(qn("pic:cNvPr"))
    inner.set("name", f"figure-{number}.png")


def png(chart: dict[str, Any]) -> bytes:
    """Draw a chart with the shipped typeface."""
    register_for_charts()
    drawn: bytes = vegalite_to_png(chart, scale=_FINE, allowed_base_urls=[])
    return drawn


@cache
def drawing() -> str:
    """Return what tells whether another machine draws the same: program and specimen."""
    specimen = {
        "data": {"values": [{"text": _SPECIMEN}]},
        "mark": {"type": "text", "font": "Source Sans 3"},
        "encoding": {"text": {"field": "text", "type": "nominal"}},
    }
    made = hashlib.sha256(png(specimen)).hexdigest()[:12]
    return f"vl-convert {version('vl-convert-python')} (specimen {made})"


def _size(drawn: bytes) -> tuple[int, int]:
    """Return the pixels across and down that a PNG states at its beginning."""
    return int.from_bytes(drawn[16:20], "big"), int.from_bytes(drawn[20:24], "big")
