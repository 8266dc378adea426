"""The typeface of charts and documents: Source Sans 3 by Adobe, with its licence beside it.

Shipped, so that a report looks the same on every machine; it has Latin, Greek and Cyrillic.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

FAMILY = "Source Sans 3"

FOLDER = Path(__file__).parent
"""Where the font files are: regular (400) and semibold (600)."""


@cache
def register_for_charts() -> None:
    """Let vl-convert, which must be installed, measure and draw with the shipped typeface."""
    from vl_convert import register_font_directory

    register_font_directory(str(FOLDER))
