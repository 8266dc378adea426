"""A report as an Excel workbook: a cover, and tables of numbers to go on working with."""

from counterplay.report.workbook.opening import opened_workbook
from counterplay.report.workbook.writing import workbook

__all__ = ["opened_workbook", "workbook"]
