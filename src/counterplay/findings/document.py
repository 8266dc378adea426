"""Parts of the findings as plain JSON data; numbers are not rounded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from counterplay.concepts import Equilibrium, Region
from counterplay.explain import Account
from counterplay.games import Game
from counterplay.sensitivity import BreakPoint


def equilibrium_dict(game: Game, equilibrium: Equilibrium) -> dict[str, Any]:
    """Return an equilibrium with its certificate, probabilities by player and option id."""
    return {
        "strategies": {
            player: dict(zip(names, map(float, vector), strict=True))
            for player, names, vector in zip(
                game.players, game.options, equilibrium.strategies, strict=True
            )
        },
        "payoffs": dict(zip(game.players, map(float, equilibrium.payoffs), strict=True)),
        "regret": equilibrium.regret,
        "strict": equilibrium.strict,
        "support": {
            player: list(options)
            for player, options in zip(game.players, equilibrium.support, strict=True)
        },
        "index": equilibrium.index,
    }


def region_dict(game: Game, region: Region) -> dict[str, Any]:
    """Return a connected set of equilibria as its outer cover."""
    example = region.example
    return {
        "ranges": {
            player: dict(zip(names, ranges.tolist(), strict=True))
            for player, names, ranges in zip(
                game.players, game.options, region.ranges, strict=True
            )
        },
        "payoffs": dict(zip(game.players, region.payoffs.tolist(), strict=True)),
        "index": region.index,
        "dimension": region.dimension,
        "pure": [list(game.profile_ids(profile)) for profile in region.pure],
        "example": None if example is None else equilibrium_dict(game, example),
    }


def account_dict(found: Account, breaks: Sequence[BreakPoint]) -> dict[str, Any]:
    """Return why an equilibrium is one, and which assumption breaks it."""
    return {
        "headline": found.headline,
        "outcomes": [
            {"id": regime.id if regime else None, "share": share}
            for regime, share in found.outcomes
        ],
        "weakest": found.weakest,
        "why": [_stance_dict(k, found) for k in range(len(found.stances))],
        "terms": dict(
            zip((stance.player for stance in found.stances), found.contributions, strict=True)
        ),
        "evidence": list(found.evidence),
        "breaks": [_break_dict(point) for point in breaks],
    }


def _stance_dict(player: int, found: Account) -> dict[str, Any]:
    stance = found.stances[player]
    return {
        "player": stance.player,
        "margin": stance.margin,
        "thin": stance.thin,
        "sentence": found.sentences[player],
        "alternatives": [
            {
                "option": deviation.option,
                "loss": deviation.loss,
                "terms": [
                    {
                        "id": change.id,
                        "change": change.amount,
                        "evidence": list(change.evidence),
                        "statuses": list(change.statuses),
                    }
                    for change in deviation.changes
                ],
            }
            for deviation in stance.deviations
        ],
    }


def _break_dict(point: BreakPoint) -> dict[str, Any]:
    return {
        "parameter": point.parameter,
        "value": point.value,
        "side": point.side,
        "distance": point.distance,
        "player": point.player,
        "option": point.option,
        "certainty": point.certainty,
    }
