"""Findings to draw, and what pictures of them show."""

from functools import cache

import numpy as np

from counterplay.findings import Findings, study
from counterplay.games import pure_strategies
from counterplay.report import figures
from counterplay.report.figures import Figure
from counterplay.scenario import Scenario, load


@cache
def found(model: str = "korea-ukraine", preset: str | None = None) -> Findings:
    scenario = load(model)
    return study(scenario, scenario.values(preset))


def random_findings(shape, size=5.0, labels=None, seed=3) -> Findings:
    draw = np.random.default_rng(seed)

    def table(rest):
        return (
            [table(rest[1:]) for _ in range(rest[0])]
            if rest
            else float(draw.uniform(-1, 1)) * size
        )

    def label(number):
        return labels[number % len(labels)] if labels else f"name {number}"

    players = [
        {
            "id": f"p{i}",
            "label": label(i),
            "options": [{"id": f"o{k}", "label": label(i + k)} for k in range(count)],
        }
        for i, count in enumerate(shape)
    ]
    payoffs = {player["id"]: table(list(shape)) for player in players}
    return study(
        Scenario.model_validate(
            {"format": 1, "id": "x", "title": "x", "players": players, "payoffs": payoffs}
        )
    )


def every_figure(findings: Findings, theme="light") -> list[Figure]:
    players, shape = findings.game.players, findings.game.shape
    first = (0,) * len(players)
    strategies = pure_strategies(first, shape)
    fixed = dict(zip(players, findings.game.profile_ids(first), strict=True))
    drawn = [
        figures.deviation_waterfall(
            findings, strategies, players[0], findings.game.options[0][-1], theme
        ),
        figures.payoff_waterfall(findings, first, players[-1], theme),
        figures.pager(findings, players[0], players[1], fixed, theme),
    ]
    for k in range(len(findings.accounts)):
        drawn += [figures.margins(findings, k, theme), figures.probabilities(findings, k, theme)]
        drawn += [figures.margin_strip(findings, k, player, theme) for player in players]
    return drawn


def rows(figure: Figure, layer: str) -> list[dict]:
    """Return what one layer of a picture draws."""
    return next((part.data.values for part in figure.chart.layer if part.name == layer), [])


def texts(figure: Figure) -> list[str]:
    return [
        row["text"] for part in figure.chart.layer for row in part.data.values if "text" in row
    ]
