"""A report as PDF, set by typst: tagged, with vector charts and the report's data inside."""

from counterplay.report.pdf.opening import opened_pdf
from counterplay.report.pdf.typesetting import pdf

__all__ = ["opened_pdf", "pdf"]
