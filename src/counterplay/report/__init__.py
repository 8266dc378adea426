"""Documents: the same findings in every format, and the check that they reproduce."""

from counterplay.findings import LEVELS
from counterplay.report.verification import Verification, verify
from counterplay.report.writing import SUFFIXES, render, write_report

__all__ = ["LEVELS", "SUFFIXES", "Verification", "render", "verify", "write_report"]
