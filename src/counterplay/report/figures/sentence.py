"""A sentence in a picture's place, where there is nothing to draw."""

from __future__ import annotations

import altair as alt

from counterplay.report.figures.canvas import Canvas, lines_at
from counterplay.report.figures.text import fit, text_width
from counterplay.report.figures.theme import tokens_of

_WIDTH, _LEADING = 560, 17


def sentence_chart(words: str, theme: str) -> alt.LayerChart:
    """Write a sentence as a picture."""
    lines = fit(words, 13, _WIDTH, 6)
    height = _LEADING * len(lines) + 10
    canvas = Canvas(max(text_width(line, 13) for line in lines) * 1.08, height, theme)
    rows = lines_at(lines, 0, height / 2, tokens_of(theme).second, _LEADING)
    return canvas.picture([canvas.texts("sentence", rows, "left")])
