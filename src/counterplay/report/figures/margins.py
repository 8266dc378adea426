"""How firmly each player stays: what its best alternative would cost it."""

from __future__ import annotations

from collections import defaultdict

import altair as alt

from counterplay.explain import Account, Stance
from counterplay.explain.narrate import points
from counterplay.findings import Findings
from counterplay.report import tables
from counterplay.report.figures.canvas import Canvas, Row, lines_at
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.margin_bar import (
    BarPlace,
    bar_rows,
    common_limit,
    cost_of,
    explained,
    more_rows,
    number_of,
    plays_of,
)
from counterplay.report.figures.text import fit, quoted, short
from counterplay.report.figures.theme import SHAPES, ThemeName, tokens_of

_NAME, _NUMBER, _BAR, _BAR_END, _NEXT, _WIDTH = 22, 360, 372, 552, 584, 804
_HEAD, _LEADING, _FIRST = 28, 16, 10


def margins(findings: Findings, k: int, theme: ThemeName = "light") -> Figure:
    """Show for each player what it plays in equilibrium `k`, what switching would cost, and to what.

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
        "Each row holds the other players fixed. Each bar is in that player’s own points, which do "
        f"not compare between players. Bars run to {points(common_limit(findings))} points; "
        "› marks a longer one."
    )
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
    if not stance.margin:
        return f"{name} is the weakest link: it could switch at no cost"
    return f"{name} is the weakest link: switching would cost it {points(stance.margin)} points"


def _to(findings: Findings, stance: Stance) -> str:
    if stance.best_alternative is None or stance.mixes:
        return ""
    label = tables.option_label(findings, stance.player, stance.best_alternative.option)
    return f" to {quoted(label)}"


def _draw(findings: Findings, found: Account, theme: str) -> alt.LayerChart:
    layers: defaultdict[str, list[Row]] = defaultdict(list)
    top = float(_HEAD)
    for stance in found.stances:
        top += _add_row(layers, findings, stance, top, theme)
    canvas = Canvas(_WIDTH, top, theme)
    second = tokens_of(theme).second
    heads = ((_NAME, "plays"), (_BAR, "loses by switching, own points"), (_NEXT, "next best"))
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


def _add_row(
    layers: defaultdict[str, list[Row]],
    findings: Findings,
    stance: Stance,
    top: float,
    theme: str,
) -> float:
    """Add the marks of one player below `top` and return the height they need."""
    tokens = tokens_of(theme)
    index = findings.game.player_index(stance.player)
    y = top + _FIRST
    place = BarPlace(_BAR, _BAR_END, y, 12)
    room = _NUMBER - 70 - _NAME
    plays = fit(_choice(findings, stance), 13, room, 3)
    other = fit(_next(findings, stance), 13, _WIDTH - _NEXT, 3)
    name = fit(findings.scenario.players[index].name, 14, room)[0]
    mark = {"x": 8, "y": y, "shape": SHAPES[index], "fill": tokens.players[index]}
    layers["players"].append(mark)
    layers["names"].append({"x": _NAME, "y": y, "text": name, "fill": tokens.ink})
    layers["numbers"].append(
        {"x": _NUMBER, "y": y, "text": number_of(stance), "fill": tokens.ink}
    )
    layers["bars"] += bar_rows(findings, stance, place, theme)
    layers["more"] += more_rows(findings, stance, place, theme)
    layers["plays"] += lines_at(plays, _NAME, y + 18 + 8 * (len(plays) - 1), tokens.second)
    layers["next"] += lines_at(other, _NEXT, y + 8 * (len(other) - 1), tokens.ink)
    return 32 + _LEADING * max(len(plays), len(other) - 1)


def _choice(findings: Findings, stance: Stance) -> str:
    if stance.mixes:
        return plays_of(findings, stance)
    return tables.option_label(findings, stance.player, stance.plays[0][0])


def _next(findings: Findings, stance: Stance) -> str:
    if stance.mixes:
        return "undecided"
    if stance.best_alternative is None:
        return "no alternative"
    label = tables.option_label(findings, stance.player, stance.best_alternative.option)
    return f"{label} (thin margin)" if stance.thin else label
