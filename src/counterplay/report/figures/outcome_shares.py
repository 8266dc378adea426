"""Shares of an uncertainty run: how often each kind of outcome is among the stable ones."""

from __future__ import annotations

from collections.abc import Sequence

from counterplay.explain.narrate import percent
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.interval_chart import Entry, IntervalChart, Mark, NumberLine
from counterplay.report.figures.text import listed, quoted, short
from counterplay.report.figures.theme import ThemeName, tokens_of
from counterplay.report.tables.futures import sampled_outcomes, sets_of, share_label
from counterplay.sensitivity.uncertainty import Sample, Share
from counterplay.sensitivity.uncertainty.standing import UNNAMED, UNSETTLED, standing_shares

MOST = 14
"""Kinds of outcome drawn; the table holds all."""


def outcome_shares(sample: Sample, theme: ThemeName = "light") -> Figure:
    """Show in which share of the draws each kind of outcome is stable, with 95 % intervals.

    Parameters
    ----------
    sample : Sample
    theme : {"light", "dark"}

    Raises
    ------
    ReportError
        If there is no such theme.
    """
    shares = sorted(standing_shares(sample), key=lambda share: -share.count)
    shown = [share for share in shares if share.count][:MOST]
    entries = [Entry(share_label(share), ((_mark(share),),)) for share in shown]
    measure = f"share of {sets_of(sample)} (not the chance that it happens)"
    lines = [NumberLine.around(entries, 0, measure, "%")]
    chart = IntervalChart(entries, lines, (), tokens_of(theme).ink)
    title, caption = _title(shown), _caption(sample, shares, len(shown))
    told = "; ".join(
        f"{share_label(share)} {percent(share.share)} "
        f"({percent(share.low)} to {percent(share.high)})"
        for share in shown
    )
    words = f"Points with intervals, one a kind of outcome. {title}. {caption} {measure}: {told}."
    return Figure(title, caption, chart.draw(theme), words, sampled_outcomes(sample))


def _mark(share: Share) -> Mark:
    low, point, high = (100 * part for part in (share.low, share.share, share.high))
    return Mark(low, point, high, percent(share.share))


def _name(share: Share) -> str:
    if not share.id:
        return {UNSETTLED: "No settled choice", UNNAMED: "An outcome without a name"}[share.words]
    return short(share.words, 90) if share.kind == "profile" else quoted(share.words)


def _title(shown: Sequence[Share]) -> str:
    first, *rest = shown
    if first.id == "" and first.words == UNSETTLED:
        start = "Nobody has one settled choice"
        verb = "most often" if rest else ""
    else:
        start, verb = f"{_name(first)} is stable", "most often"
    if not rest and first.share == 1:
        return f"{start} in every draw"
    level = [share for share in rest if share.high > first.low]
    if level and first.id:
        names = listed(_name(share) for share in [first, *level][:3])
        more = f" and {len(level) - 2} more" if len(level) > 2 else ""
        return f"{names}{more} lead about level, at {percent(first.share)} of the draws or less"
    return f"{start} {verb}, in {percent(first.share)} of the draws".replace("  ", " ")


def _caption(sample: Sample, shares: Sequence[Share], shown: int) -> str:
    drawn, held = (
        len(sample.parameters),
        sum(parameter.id in sample.held for parameter in sample.plan.scenario.parameters),
    )
    unproved = sample.proved.get("unproved", 0)
    occurring = sum(share.count > 0 for share in shares)
    sentences = [
        f"{drawn} assumptions drawn, {held} held; seed {sample.plan.seed}.",
        "Lines: 95% intervals.",
        "An outcome can stand beside others, so shares may add up to more than 100%."
        if sum(share.share for share in shares) > 1 + 1e-9
        else "",
        f"The {shown} most frequent are drawn; the table has all {occurring}."
        if occurring > shown
        else "",
        f"In {unproved:,} draws a stable outcome may be missing; they count with what was found."
        if unproved
        else "",
        "Shares depend on the ranges put in; they are no probabilities of events.",
    ]
    return " ".join(filter(None, sentences))
