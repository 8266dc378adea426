"""The date that a document gives itself.

It is none by the clock, so that the same input gives the same file.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from counterplay.errors import ReportError

VARIABLE = "SOURCE_DATE_EPOCH"

_DIGITS = 11


def creation_date() -> datetime | None:
    """Return the date that SOURCE_DATE_EPOCH gives, in seconds since 1970, or None without it.

    Raises
    ------
    ReportError
        If it is no such number.
    """
    given = os.environ.get(VARIABLE, "")
    if not given:
        return None
    if given.isascii() and given.isdecimal() and len(given) <= _DIGITS:
        return datetime.fromtimestamp(int(given), UTC)
    raise ReportError(
        f"{VARIABLE}: {given!r} is no date; give whole seconds since 1970-01-01, or unset it"
    )
