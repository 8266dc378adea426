"""A report on settings or scenarios side by side: what differs, and what that changes.

It has the sections, formats and checks of any report, and one level.
"""

from counterplay.report.comparison.content import comparison_document
from counterplay.report.comparison.data import KIND, comparison_data
from counterplay.report.comparison.material import ComparedMaterial, compared_material
from counterplay.report.comparison.remaking import remade
from counterplay.report.comparison.sheets import comparison_sheets

__all__ = [
    "KIND",
    "ComparedMaterial",
    "compared_material",
    "comparison_data",
    "comparison_document",
    "comparison_sheets",
    "remade",
]
