"""Likelihood in words, by one of two published yardsticks, for shares that were declared a belief.

A share of sampled runs says how often the model gives an answer over the ranges that were put in.
It is read as a likelihood only where somebody declares that these ranges and distributions are
what they believe; the report then prints who, and the yardstick in full.

Sources: Intelligence Community Directive 203, "Analytic Standards" (Office of the Director of
National Intelligence, 2 January 2015), section D.6.e(2)(a), first row of terms; Professional Head
of Intelligence Assessment, "PHIA Probability Yardstick" (UK Cabinet Office, 2018).
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from counterplay.errors import ReportError
from counterplay.scenario.source import printable

NONE = "in none of the runs"
ALL = "in all of the runs"
"""What exact shares of 0 and 1 read; neither says that an event cannot happen, or must."""

LONGEST_NAME = 200
"""Characters of the name of whoever declares a belief."""


@dataclass(frozen=True)
class Term:
    """A term of a yardstick.

    Attributes
    ----------
    phrase : str
    low, high : float
        The published range, as shares of 1.
    published : str
        The range as it is printed.
    """

    phrase: str
    low: float
    high: float
    published: str


@dataclass(frozen=True)
class Yardstick:
    """A published scale of words for likelihood.

    Attributes
    ----------
    id, title : str
    terms : tuple of Term
        From the least likely to the most.
    source : str
        Where it is published.
    rules : str
        What is done at boundaries and between ranges, which the source leaves open.
    """

    id: str
    title: str
    terms: tuple[Term, ...]
    source: str
    rules: str

    @property
    def phrases(self) -> tuple[str, ...]:
        """Every phrase that `phrase` can return, from the least likely to the most."""
        parts: list[str] = []
        for term, following in itertools.pairwise(self.terms):
            parts.append(term.phrase)
            if _leaves_gap(term, following):
                parts.append(_between(term, following))
        return (NONE, *parts, self.terms[-1].phrase, ALL)

    def phrase(self, share: float) -> str:
        """Return the one phrase for a share.

        Parameters
        ----------
        share : float
            From 0 to 1.

        Raises
        ------
        ReportError
            If it is no such number.

        Examples
        --------
        >>> YARDSTICKS["icd203"].phrase(0.55), YARDSTICKS["phia"].phrase(0.52)
        ('likely', 'between realistic possibility and likely or probable')
        >>> YARDSTICKS["phia"].phrase(0.0), YARDSTICKS["phia"].phrase(1.0)
        ('in none of the runs', 'in all of the runs')
        """
        if not _is_share(share):
            raise ReportError(f"share: {share!r}; give a number from 0 to 1")
        if share in (0, 1):
            return ALL if share else NONE
        for term, following in itertools.pairwise(self.terms):
            gap = _leaves_gap(term, following)
            if share < following.low:
                return _between(term, following) if gap and _is_past(term, share) else term.phrase
        return self.terms[-1].phrase


YARDSTICKS = MappingProxyType(
    {
        "icd203": Yardstick(
            "icd203",
            "ICD 203",
            (
                Term("almost no chance", 0.01, 0.05, "01–05%"),
                Term("very unlikely", 0.05, 0.20, "05–20%"),
                Term("unlikely", 0.20, 0.45, "20–45%"),
                Term("roughly even chance", 0.45, 0.55, "45–55%"),
                Term("likely", 0.55, 0.80, "55–80%"),
                Term("very likely", 0.80, 0.95, "80–95%"),
                Term("almost certain", 0.95, 0.99, "95–99%"),
            ),
            "Intelligence Community Directive 203, Analytic Standards, 2 January 2015, section "
            "D.6.e(2)(a)",
            "A value on a shared boundary takes the upper term; below 1% the first term holds, "
            "above 99% the last.",
        ),
        "phia": Yardstick(
            "phia",
            "PHIA Probability Yardstick",
            (
                Term("remote chance", 0.0, 0.05, "0–5%"),
                Term("highly unlikely", 0.10, 0.20, "10–20%"),
                Term("unlikely", 0.25, 0.35, "25–35%"),
                Term("realistic possibility", 0.40, 0.50, "40–<50%"),
                Term("likely or probable", 0.55, 0.75, "55–75%"),
                Term("highly likely", 0.80, 0.90, "80–90%"),
                Term("almost certain", 0.95, 1.0, "95–100%"),
            ),
            "Professional Head of Intelligence Assessment, Cabinet Office (United Kingdom), 2018",
            "The ends of a range belong to it, except 50%; a value between two ranges is said to "
            "lie between their terms.",
        ),
    }
)
"""The yardsticks by id."""


@dataclass(frozen=True)
class Belief:
    """A declaration that the sampled distributions are what somebody believes.

    Attributes
    ----------
    by : str
        Who declares it.
    yardstick : Yardstick
        By which shares are put into words.
    """

    by: str
    yardstick: Yardstick

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {"declared_by": self.by, "yardstick": self.yardstick.id}


def checked_belief(by: object, yardstick: object) -> Belief | None:
    """Return a belief from a name and the id of a yardstick, or None where neither is given.

    Raises
    ------
    ReportError
        If one is given without the other, the name is no text, blank or too long, or there is no
        such yardstick.
    """
    if by is None and yardstick is None:
        return None
    if by is None or yardstick is None:
        given, lacking = ("yardstick", "belief") if by is None else ("belief", "yardstick")
        raise ReportError(
            f"{given}: it needs {lacking} beside it; words of likelihood stand only where "
            "somebody declares the sampled distributions to be a belief, by one yardstick"
        )
    if not isinstance(yardstick, str) or yardstick not in YARDSTICKS:
        raise ReportError(f"yardstick: no {yardstick!r}; choose {', '.join(YARDSTICKS)}")
    return Belief(checked_name(by, "belief"), YARDSTICKS[yardstick])


def checked_name(given: object, argument: str) -> str:
    """Return somebody's name on one line.

    Raises
    ------
    ReportError
        If it is no text, blank, or longer than 200 characters.
    """
    if not isinstance(given, str):
        raise ReportError(f"{argument}: this is a {type(given).__name__}; give a name")
    line = " ".join(printable(given).split())
    if not line or len(line) > LONGEST_NAME:
        raise ReportError(f"{argument}: give a name of 1 to {LONGEST_NAME} characters")
    return line


def _is_share(share: object) -> bool:
    if isinstance(share, bool) or not isinstance(share, int | float):
        return False
    return math.isfinite(share) and 0 <= share <= 1


def _leaves_gap(term: Term, following: Term) -> bool:
    return term.high < following.low


def _is_past(term: Term, share: float) -> bool:
    """Say whether a share lies beyond a term's range; one printed with < ends before its end."""
    return share >= term.high if "<" in term.published else share > term.high


def _between(term: Term, following: Term) -> str:
    return f"between {term.phrase} and {following.phrase}"
