"""The typeface of charts and documents: Source Sans 3 by Adobe, with its licence beside it.

Shipped, so that a report looks the same on every machine; it has Latin, Greek and Cyrillic.
"""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path

FAMILY = "Source Sans 3"

FOLDER = Path(__file__).parent
"""Where the font files are: regular (400) and semibold (600), each also compressed for pages."""


@cache
def register_for_charts() -> None:
    """Let vl-convert, which must be installed, measure and draw with the shipped typeface."""
    from vl_convert import register_font_directory

    register_font_directory(str(FOLDER))


@cache
def for_pages() -> dict[int, str]:
    """Return the typeface as data addresses in WOFF2, by weight: a page carries it along."""
    files = {400: "SourceSans3-Regular.woff2", 600: "SourceSans3-Semibold.woff2"}
    return {
        weight: "data:font/woff2;base64," + base64.b64encode((FOLDER / file).read_bytes()).decode()
        for weight, file in files.items()
    }
