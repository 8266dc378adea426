"""The bar of one player's margin, alike on the equilibrium card and in the figure of all."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise

from counterplay.errors import ReportError
from counterplay.explain import Account, Stance
from counterplay.explain.narrate import percent, points
from counterplay.findings import Findings
from counterplay.report.figures.canvas import Row
from counterplay.report.figures.text import listed, quoted
from counterplay.report.figures.theme import tokens_of
from counterplay.report.margin_scale import common_limit

MORE = "\u203a"
"""Stands behind a bar whose margin is longer than the bar can be."""

_SHADES = (1.0, 0.6, 0.35)


@dataclass(frozen=True)
class BarPlace:
    """Where a bar lies: from `x` to `x2`, around the height `y`."""

    x: float
    x2: float
    y: float
    thickness: float


def explained(findings: Findings, k: int) -> Account:
    """Return the account of equilibrium `k`.

    Raises
    ------
    ReportError
        If there is none.
    """
    if not 0 <= k < len(findings.accounts):
        raise ReportError(f"k: no account {k}; {len(findings.accounts)} equilibria are explained")
    return findings.accounts[k]


def bar_rows(findings: Findings, stance: Stance, place: BarPlace, theme: str) -> list[Row]:
    """Return the rectangles of a bar: track and margin, or the shares of a player that mixes."""
    tokens = tokens_of(theme)
    colour = tokens.players[findings.game.player_index(stance.player)]
    if stance.mixes:
        ends = [place.x + (place.x2 - place.x) * end for end in _ends(stance)]
        return [
            _bar(place, start, max(start, end - 1.5), colour) | {"opacity": _SHADES[number % 3]}
            for number, (start, end) in enumerate(pairwise(ends))
        ]
    if stance.margin is None:
        return []
    part = min(1.0, max(0.0, stance.margin / common_limit(findings)))
    return [
        _bar(place, place.x, place.x2, tokens.line),
        _bar(place, place.x, place.x + part * (place.x2 - place.x), colour),
    ]


def more_rows(findings: Findings, stance: Stance, place: BarPlace, theme: str) -> list[Row]:
    """Return the sign after a bar whose margin is longer than the bar can be."""
    if stance.mixes or stance.margin is None or stance.margin <= common_limit(findings):
        return []
    ink = tokens_of(theme).ink
    return [{"x": place.x2 + 2, "y": place.y - 1, "text": MORE, "fill": ink}]


def number_of(stance: Stance) -> str:
    """Return a stance's margin as it stands before its bar."""
    if stance.mixes:
        return "0"
    return "–" if stance.margin is None else points(stance.margin)


def cost_of(stance: Stance) -> str:
    """Say what switching would cost a player."""
    if stance.mixes:
        return "is undecided, losing nothing by switching between them"
    if stance.margin is None:
        return "has no alternative"
    if stance.margin == 0:
        return "could switch at no cost"
    thin = " (thin)" if stance.thin else ""
    return f"would lose {points(stance.margin)} points by switching{thin}"


def plays_of(findings: Findings, stance: Stance) -> str:
    """Say what a player plays."""
    labels = {o.id: o.label for o in findings.scenario.player(stance.player).options}
    return listed(
        quoted(labels[option]) + (f" {percent(share)}" if stance.mixes else "")
        for option, share in stance.plays
    )


def _ends(stance: Stance) -> list[float]:
    return list(accumulate((share for _, share in stance.plays), initial=0.0))


def _bar(place: BarPlace, x: float, x2: float, fill: str) -> Row:
    half = place.thickness / 2
    return {"x": x, "x2": x2, "y": place.y - half, "y2": place.y + half, "fill": fill}
