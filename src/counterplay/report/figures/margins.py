"""How firmly each player stays: what its best alternative would cost it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from counterplay.explain import Account, Stance
from counterplay.explain.narrate import percent, points
from counterplay.findings import Findings
from counterplay.numeric import CLOSE_CALL
from counterplay.report import tables
from counterplay.report.figures.canvas import Canvas, Row, lines_at
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.margin_bar import (
    MORE,
    BarPlace,
    bar_rows,
    cost_of,
    explained,
    more_rows,
    number_of,
    plays_of,
)
from counterplay.report.figures.text import fit, listed, quoted, short, text_width
from counterplay.report.figures.theme import SHAPES, ThemeName, tokens_of
from counterplay.report.margin_scale import common_limit

_NAME, _BAR, _GAP, _COLUMN = 22, 180, 28, 280
_HEAD, _LEADING, _FIRST = 28, 16, 10
_MAX_SHARES = 5
_MEASURE = "loses by switching, own points"


@dataclass(frozen=True)
class _Columns:
    """Where columns stand: numbers up to `number`, bars from `bar`, alternatives from `next`."""

    number: float
    bar: float
    next: float
    width: float


def margins(findings: Findings, k: int, theme: ThemeName = "light") -> Figure:
    """Show for each player of equilibrium `k` what switching would cost it, and to what.

    Parameters
    ----------
    findings : Findings
    k : int
        Position of the equilibrium among `findings.accounts`.
    theme : {"light", "dark"}

    Raises
    ------
    ReportError
        If equilibrium `k` is not explained, or there is no such theme.
    """
    found = explained(findings, k)
    title = _title(findings, found)
    caption = (
        "Each row holds the other players fixed. Each bar is in that player’s own points, which "
        f"do not compare between players. Bars run to {points(common_limit(findings))} points; "
        f"{MORE} marks a longer one."
    )
    if any(stance.mixes for stance in found.stances):
        caption += " A divided bar shows the shares of a player kept undecided."
    words = "; ".join(
        f"{short(player.name)} plays {plays_of(findings, stance)}, {cost_of(stance)}"
        f"{_to(findings, stance)}"
        for player, stance in zip(findings.scenario.players, found.stances, strict=True)
    )
    return Figure(
        title,
        caption,
        _draw(findings, found, theme),
        f"Bar chart, one row a player. {title}. {caption} {words}.",
        tables.stances(findings, k),
    )


def _title(findings: Findings, found: Account) -> str:
    if found.weakest is None:
        return "No player has a firm choice between several options"
    stance = next(stance for stance in found.stances if stance.player == found.weakest)
    name = short(findings.scenario.player(found.weakest).name)
    equal = _equally_close(findings, found)
    if not stance.margin:
        return f"{listed(equal)} could switch at no cost"
    if len(equal) > 1:
        return f"{listed(equal)} are equally close to switching"
    return f"{name} is the weakest link: switching would cost it {points(stance.margin)} points"


def _equally_close(findings: Findings, found: Account) -> list[str]:
    """Return the names of the players with the thinnest margins, relative to payoff ranges."""
    parts = {
        short(player.name): stance.margin / (float(spread) or 1.0)
        for player, stance, spread in zip(
            findings.scenario.players, found.stances, findings.game.ranges, strict=True
        )
        if stance.margin is not None and not stance.mixes
    }
    least = min(parts.values())
    return [name for name, part in parts.items() if part <= least + CLOSE_CALL]


def _to(findings: Findings, stance: Stance) -> str:
    if stance.best_alternative is None or stance.mixes:
        return ""
    label = tables.option_label(findings, stance.player, stance.best_alternative.option)
    return f" to {quoted(label)}"


def _draw(findings: Findings, found: Account, theme: str) -> alt.LayerChart:
    columns = _columns(findings, found)
    layers: defaultdict[str, list[Row]] = defaultdict(list)
    top = float(_HEAD)
    for stance in found.stances:
        top += _add_row(layers, findings, stance, columns, top, theme)
    canvas = Canvas(columns.width, top, theme)
    second = tokens_of(theme).second
    heads = ((_NAME, "plays"), (columns.bar, _MEASURE), (columns.next, "next best"))
    rows = [{"x": x, "y": 8, "text": text, "fill": second} for x, text in heads]
    return canvas.picture(
        [
            canvas.texts("heads", rows, "left"),
            canvas.bars("bars", layers["bars"]),
            canvas.texts("more", layers["more"], "left", 18, 600),
            canvas.symbols("players", layers["players"], 110),
            canvas.texts("names", layers["names"], "left", 14, 600),
            canvas.texts("plays", layers["plays"], "left"),
            canvas.texts("next", layers["next"], "left"),
            canvas.texts("numbers", layers["numbers"], "right", 15, 600),
        ]
    )


def _columns(findings: Findings, found: Account) -> _Columns:
    players = findings.scenario.players
    names = max(text_width(fit(p.name, 14, _COLUMN)[0], 14) * 1.08 for p in players)
    plays, others = (
        max(text_width(text, 13) for stance in found.stances for text in lines(findings, stance))
        for lines in (_choice, _next)
    )
    numbers = max(text_width(number_of(stance), 15) * 1.08 for stance in found.stances)
    number = round(_NAME + max(names, plays) + _GAP + numbers)
    bar = number + 12
    following = bar + max(_BAR, round(text_width(_MEASURE, 13))) + _GAP
    return _Columns(number, bar, following, following + max(70, round(others) + 8))


def _add_row(
    layers: defaultdict[str, list[Row]],
    findings: Findings,
    stance: Stance,
    columns: _Columns,
    top: float,
    theme: str,
) -> float:
    """Add the marks of one player below `top` and return the height they need."""
    tokens = tokens_of(theme)
    index = findings.game.player_index(stance.player)
    y = top + _FIRST
    place = BarPlace(columns.bar, columns.bar + _BAR, y, 12)
    plays, other = _choice(findings, stance), _next(findings, stance)
    name = fit(findings.scenario.players[index].name, 14, _COLUMN)[0]
    number = {"x": columns.number, "y": y, "text": number_of(stance), "fill": tokens.ink}
    mark = {"x": 8, "y": y, "shape": SHAPES[index], "fill": tokens.players[index]}
    layers["players"].append(mark)
    layers["names"].append({"x": _NAME, "y": y, "text": name, "fill": tokens.ink})
    layers["numbers"].append(number)
    layers["bars"] += bar_rows(findings, stance, place, theme)
    layers["more"] += more_rows(findings, stance, place, theme)
    layers["plays"] += lines_at(plays, _NAME, y + 18 + 8 * (len(plays) - 1), tokens.second)
    layers["next"] += lines_at(other, columns.next, y + 8 * (len(other) - 1), tokens.ink)
    return 32 + _LEADING * max(len(plays), len(other) - 1)


def _choice(findings: Findings, stance: Stance) -> Sequence[str]:
    """Return the lines that say what a player plays, shares in the order of the divided bar."""
    labels = [(tables.option_label(findings, stance.player, o), s) for o, s in stance.plays]
    if len(labels) == 1:
        return fit(labels[0][0], 13, _COLUMN, 3)
    lines = [fit(f"{percent(share)} {label}", 13, _COLUMN)[0] for label, share in labels]
    if len(lines) <= _MAX_SHARES:
        return lines
    return [*lines[: _MAX_SHARES - 1], f"and {len(lines) - _MAX_SHARES + 1} more"]


def _next(findings: Findings, stance: Stance) -> Sequence[str]:
    if stance.mixes:
        return ["undecided"]
    if stance.best_alternative is None:
        return ["no alternative"]
    label = tables.option_label(findings, stance.player, stance.best_alternative.option)
    return fit(f"{label} (thin margin)" if stance.thin else label, 13, _COLUMN, 3)
