"""Drivers of one answer: the share of its variation that each assumption accounts for."""

from __future__ import annotations

import altair as alt

from counterplay.errors import ReportError
from counterplay.explain.narrate import percent
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.interval_chart import Entry, IntervalChart, Mark, NumberLine
from counterplay.report.figures.sentence import sentence_chart
from counterplay.report.figures.text import quoted
from counterplay.report.figures.theme import ThemeName, tokens_of
from counterplay.report.tables.futures import driver_shares, index_span
from counterplay.sensitivity.drivers.results import Driver, Drivers, Target
from counterplay.sensitivity.drivers.sobol_indices import Index

MOST = 10
"""Assumptions drawn; the table holds all."""

_KEY = ("with interactions", "alone")
_MEASURE = "share of the variation over the draws"


def driver_bars(found: Drivers, target: str, theme: ThemeName = "light") -> Figure:
    """Show which assumptions decide an answer, with 95 % intervals.

    Parameters
    ----------
    found : Drivers
    target : str
        Id of a regime or a player.
    theme : {"light", "dark"}

    Raises
    ------
    ReportError
        If no drivers of such an answer were sought, or there is no such theme.
    """
    tokens_of(theme)
    one = next((each for each in found.targets if each.id == target), None)
    if one is None:
        known = ", ".join(each.id for each in found.targets)
        raise ReportError(f"target: no drivers of {target!r} were sought; there are {known}")
    title, caption = _title(one), _caption(found, one)
    told = "; ".join(
        f"{quoted(driver.label)} {_told(driver.total)}, alone {_told(driver.first)}"
        for driver in _shown(one)
    )
    words = f"Points with intervals, one an assumption. {title}. {caption} {told or one.words}"
    return Figure(title, caption, _draw(one, theme), words, driver_shares(one))


def _shown(target: Target) -> list[Driver]:
    """Return the largest drivers, without those that never moved the answer."""
    return [driver for driver in target.drivers if driver.total.high > 0][:MOST]


def _title(target: Target) -> str:
    question = (
        f"Whether {quoted(target.label)} is stable"
        if target.kind == "regime"
        else f"What {quoted(target.label)[1:-1]} gets"
    )
    if target.status == "nothing varies":
        return f"{question} is the same in every draw"
    if target.status == "too rare":
        return f"{question} differs in too few draws to say what it turns on"
    clear = [driver for driver in target.drivers if driver.total.clear]
    if not clear:
        return f"{question} varies, but no assumption can be told from none"
    first, *rest = clear
    level = [driver for driver in rest if driver.total.high >= first.total.low]
    if not level:
        return f"{question} turns most on {quoted(first.label)}"
    others = "one more that" if len(level) == 1 else f"{len(level)} more, which"
    return f"{question} turns on {quoted(first.label)} and {others} these draws do not rank"


def _caption(found: Drivers, target: Target) -> str:
    if target.status != "varies":
        start = ""
    else:
        start = (
            "Lines: 95% intervals; one that reaches 0 cannot be told from none. Filled: with all "
            "interactions, which count once for each assumption in them. "
        )
        shown, every = len(_shown(target)), len(target.drivers)
        if every > shown:
            start += f"The {shown} largest are drawn; the table has all {every}. "
    doubt = (
        f"In {found.unproved:,} settings more stable outcomes may exist than were found. "
        if found.unproved
        else ""
    )
    return (
        f"{start}{doubt}From {found.evaluations:,} settings drawn over the ranges put in, levers "
        f"held; seed {found.seed}. Shares describe these ranges, not chances of events."
    )


def _draw(target: Target, theme: str) -> alt.LayerChart:
    if not _shown(target):
        return sentence_chart(target.words, theme)
    entries = [
        Entry(driver.label, ((_mark(driver.total), _mark(driver.first, hollow=True)),))
        for driver in _shown(target)
    ]
    line = NumberLine(0, 100, _MEASURE, "%")
    return IntervalChart(entries, [line], _KEY, tokens_of(theme).ink).draw(theme)


def _mark(index: Index, *, hollow: bool = False) -> Mark:
    low, point, high = (100 * part for part in (index.low, index.estimate, index.high))
    words = "" if hollow or not index.clear else percent(index.estimate)
    return Mark(low, point, high, words, hollow)


def _told(index: Index) -> str:
    doubt = "" if index.clear else ", not told from none"
    return f"{percent(index.estimate)} ({index_span(index)}{doubt})"
