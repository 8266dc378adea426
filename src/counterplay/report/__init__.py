"""Documents: the same findings as Markdown, JSON and HTML, and the check that they reproduce."""

from counterplay.report.verification import Verification, verify
from counterplay.report.writing import LEVELS, SUFFIXES, render, write_report

__all__ = ["LEVELS", "SUFFIXES", "Verification", "render", "verify", "write_report"]
