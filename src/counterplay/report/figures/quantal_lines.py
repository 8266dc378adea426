"""Quantal responses: how one player's choice sharpens as everybody makes fewer mistakes."""

from __future__ import annotations

from counterplay.concepts import QuantalBranch
from counterplay.errors import ReportError
from counterplay.explain.narrate import number_text, percent
from counterplay.findings import Findings
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.line_chart import Curve, LineChart
from counterplay.report.figures.text import listed, quoted, short
from counterplay.report.figures.theme import ThemeName, tokens_of
from counterplay.report.tables import Table

_SETTLED = 0.005
"""Shares closer to the last ones than this are not drawn on."""

_ROWS = 24


def quantal_lines(
    findings: Findings, branch: QuantalBranch, player: str, theme: ThemeName = "light"
) -> Figure:
    """Show the share of each option of one player along the principal branch.

    Parameters
    ----------
    findings : Findings
    branch : QuantalBranch
        Of the game of these findings.
    player : str
        Id.
    theme : {"light", "dark"}

    Raises
    ------
    GameError
        If there is no such player.
    ReportError
        If the branch is not of this game, or there is no such theme.
    """
    tokens_of(theme)
    index = findings.game.player_index(player)
    if tuple(vectors.shape[1] for vectors in branch.strategies) != findings.game.shape:
        raise ReportError("branch: it is not of the game of these findings")
    name = short(findings.scenario.players[index].name)
    title = _title(findings, branch, index, name)
    caption = _caption(branch, name)
    last = _last(branch, index)
    precision = branch.precision[: last + 1]
    options = findings.scenario.players[index].options
    curves = [
        Curve(option.label, tuple(zip(precision.tolist(), shares.tolist(), strict=True)))
        for option, shares in zip(options, branch.strategies[index][: last + 1].T, strict=True)
    ]
    spread = float(findings.game.ranges[index]) or 1.0
    chart = LineChart(curves, spread, "precision, per own point", f"how often {name} plays it")
    ends = "; ".join(
        f"{quoted(curve.label)} from {percent(curve.points[0][1])} to "
        f"{percent(curve.points[-1][1])}, at most {percent(max(y for _, y in curve.points))}"
        for curve in curves
    )
    words = f"Lines, one an option. {title}. {caption} {ends}."
    drawn = chart.draw(tokens_of(theme).players[index], theme)
    return Figure(title, caption, drawn, words, _table(findings, branch, index))


def _title(findings: Findings, branch: QuantalBranch, index: int, name: str) -> str:
    if branch.limit is None:
        return f"Where {name}’s choice tends with fewer mistakes was not found"
    labels = {option.id: option.label for option in findings.scenario.players[index].options}
    kept = [quoted(labels[option]) for option in branch.limit.support[index]]
    if len(kept) == 1:
        return f"With ever fewer mistakes {name} comes to play {kept[0]}"
    return f"With ever fewer mistakes {name} stays undecided between {listed(kept)}"


def _caption(branch: QuantalBranch, name: str) -> str:
    times = "once" if branch.folds == 1 else f"{branch.folds} times"
    folds = (
        f" The path turns back {times}: there several answers fit one precision."
        if branch.folds
        else ""
    )
    return (
        "All assumptions held. At precision 0 everybody picks at random; the higher it is, the "
        f"more rarely a better-paid option is missed, by {name} and by the others."
        f"{folds} The number of mistakes is assumed, not measured (logit quantal response "
        "equilibria, principal branch)."
    )


def _last(branch: QuantalBranch, index: int) -> int:
    """Return the first point from which the shares stay as they are at the end."""
    shares = branch.strategies[index]
    away = abs(shares - shares[-1]).max(axis=1) > _SETTLED
    moving = away.nonzero()[0]
    first = int(moving[-1]) + 1 if moving.size else 0
    return min(first + 1, len(shares) - 1)


def _table(findings: Findings, branch: QuantalBranch, index: int) -> Table:
    player = findings.scenario.players[index]
    last = _last(branch, index)
    step = max(1, -(-(last + 1) // _ROWS))
    chosen = sorted({*range(0, last + 1, step), last, len(branch.precision) - 1})
    rows = tuple(
        (
            number_text(float(branch.precision[k])),
            *(percent(float(share)) for share in branch.strategies[index][k]),
        )
        for k in chosen
    )
    columns = ("Precision", *(option.label for option in player.options))
    title = f"{player.name}: shares along the branch of quantal response equilibria"
    return Table(title, columns, rows, (True,) * len(columns))
