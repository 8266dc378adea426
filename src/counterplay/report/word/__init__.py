"""A report as a Word document of real styles, so that a ministry can give it its own."""

from counterplay.report.word.opening import opened_word
from counterplay.report.word.writing import word

__all__ = ["opened_word", "word"]
