"""The checks that each level of a report requires."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from counterplay.errors import ReportError

Level = Literal["brief", "standard", "full"]

LEVELS: tuple[str, ...] = get_args(Level)
"""Lengths of a report, from the shortest."""


@dataclass(frozen=True)
class Check:
    """A check beside the findings.

    Attributes
    ----------
    id : str
    title : str
        As it follows "the" in a sentence.
    short : str
        What it looks into, in two or three words.
    """

    id: str
    title: str
    short: str


_STANDARD = (
    Check("tipping", "search for tipping points", "tipping points"),
    Check("phase_map", "phase map", "phase map"),
    Check("sample", "uncertainty run", "uncertainty run"),
    Check("robust", "comparison of options across futures", "options across futures"),
)

_FULL = (
    *_STANDARD,
    Check("drivers", "ranking of drivers", "drivers"),
    Check("conditions", "search for conditions", "conditions"),
    Check("nearest", "search for the least joint change", "least joint change"),
    Check("concepts", "comparison with other solution concepts", "other concepts"),
)

REQUIRED = MappingProxyType({"brief": (), "standard": _STANDARD, "full": _FULL})
"""The checks that each level requires, in the order of the report."""


def checked_level(level: object) -> Level:
    """Return a level, or say which there are.

    Raises
    ------
    ReportError
        If it is none.
    """
    for known in get_args(Level):
        if isinstance(level, str) and level == known:
            return known  # type: ignore[no-any-return]
    raise ReportError(f"level: no {level!r}; choose {', '.join(LEVELS)}")


def required_checks(level: Level) -> tuple[str, ...]:
    """Return the titles of the checks that a level of report requires beside the findings.

    Parameters
    ----------
    level : {"brief", "standard", "full"}

    Returns
    -------
    tuple of str
        In the order of the report; none for a brief.
    """
    return tuple(check.title for check in REQUIRED[level])
