"""Any one combination of firm choices: who would leave it, for what, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from counterplay.explain.deviation import Stance, stances_at
from counterplay.explain.narrate import (
    in_words,
    largest_terms,
    points,
    pure_headline,
    stance_sentence,
)
from counterplay.games import Game, Profile, Strategies, best_replies, pure_strategies
from counterplay.games.reply_graph import arcs_from
from counterplay.payoffs import Ledger
from counterplay.scenario import Regime, Scenario


@dataclass(frozen=True, eq=False)
class ProfileAccount:
    """Who stays in a pure profile and who would leave it, ready to be shown.

    Attributes
    ----------
    profile : tuple of int
        Index of one option for each player.
    strategies : tuple of n probability vectors
        The same in exact zeros and ones.
    headline : str
        Who does what, in one or two sentences.
    regime : Regime or None
        The first of the scenario's regimes that names the profile.
    stances : tuple of Stance
        A margin below 0 is what the player would gain by leaving, in its own payoff units.
    replies : tuple of tuple of str
        For each player the options that it would leave for, its best replies; empty if it stays.
    sentences : tuple of str
        For each player why it stays or leaves.
    """

    profile: Profile
    strategies: Strategies
    headline: str
    regime: Regime | None
    stances: tuple[Stance, ...]
    replies: tuple[tuple[str, ...], ...]
    sentences: tuple[str, ...]

    @property
    def leavers(self) -> tuple[str, ...]:
        """Ids of the players who would gain by leaving; empty in a pure Nash equilibrium."""
        return tuple(
            stance.player for stance, to in zip(self.stances, self.replies, strict=True) if to
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the account as plain JSON data; numbers are not rounded."""
        return {
            "profile": {stance.player: stance.plays[0][0] for stance in self.stances},
            "headline": self.headline,
            "regime": self.regime.id if self.regime else None,
            "players": [
                {"player": stance.player, "margin": stance.margin, "replies": list(to), "why": why}
                for stance, to, why in zip(self.stances, self.replies, self.sentences, strict=True)
            ],
        }


def account_of_profile(
    scenario: Scenario, game: Game, ledger: Ledger, profile: Profile
) -> ProfileAccount:
    """Explain a pure profile of a scenario's game, stable or not."""
    found = stances_at(scenario, game, ledger, profile)
    replies = _replies(game, profile)
    return ProfileAccount(
        profile=profile,
        strategies=pure_strategies(profile, game.shape),
        headline=pure_headline(scenario, game.profile_ids(profile)),
        regime=scenario.regime(list(game.profile_ids(profile))),
        stances=found,
        replies=replies,
        sentences=tuple(
            _leaving(scenario, stance, to) if to else stance_sentence(scenario, stance)
            for stance, to in zip(found, replies, strict=True)
        ),
    )


def _replies(game: Game, profile: Profile) -> tuple[tuple[str, ...], ...]:
    found: list[list[str]] = [[] for _ in game.players]
    for arc in arcs_from(game, best_replies(game), profile):
        found[arc.player].append(game.options[arc.player][arc.end[arc.player]])
    return tuple(map(tuple, found))


def _leaving(scenario: Scenario, stance: Stance, to: tuple[str, ...]) -> str:
    player = scenario.player(stance.player)
    labels = {option.id: f"“{option.label}”" for option in player.options}
    change = next(deviation for deviation in stance.deviations if deviation.option == to[0])
    gain = f"bring it {points(0.0 - change.loss)} points"
    start = f"{player.name} would leave {labels[stance.plays[0][0]]} for"
    if len(to) > 1:
        return f"{start} one of {in_words([labels[name] for name in to])}: each would {gain}."
    return f"{start} {labels[to[0]]}: that would {gain}{largest_terms(change)}."
