"""The whole account of one equilibrium: words, stances, outcome names and evidence."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

from counterplay.concepts import Equilibrium
from counterplay.explain.deviation import Stance, stances
from counterplay.explain.narrate import headline, stance_sentence
from counterplay.games import Game
from counterplay.payoffs import Ledger
from counterplay.scenario import Regime, Scenario

_MAX_SUPPORT_PROFILES = 10_000


@dataclass(frozen=True, eq=False)
class Account:
    """Why a profile is an equilibrium, ready to be shown.

    Attributes
    ----------
    equilibrium : Equilibrium
    headline : str
        Who does what, in one or two sentences.
    outcomes : tuple of (Regime or None, float)
        The regimes of the pure profiles that may be played, with their probabilities under
        independent play, most probable first.
    stances : tuple of Stance
    sentences : tuple of str
        For each player why it stays.
    weakest : str or None
        The player with the thinnest margin relative to its payoff range, among those with one
        firm choice.
    contributions : tuple of dict
        For each player its terms with their expected amounts, zero ones left out.
    evidence : tuple of str
        Ids of the records cited by terms that pay anything here, in the register's order.
    """

    equilibrium: Equilibrium
    headline: str
    outcomes: tuple[tuple[Regime | None, float], ...]
    stances: tuple[Stance, ...]
    sentences: tuple[str, ...]
    weakest: str | None
    contributions: tuple[dict[str, float], ...]
    evidence: tuple[str, ...]


def account(scenario: Scenario, game: Game, ledger: Ledger, equilibrium: Equilibrium) -> Account:
    """Explain one equilibrium of a scenario's game."""
    found = stances(scenario, game, ledger, equilibrium)
    contributions = tuple(
        {
            term: amount
            for term, amount in ledger.contributions(player, equilibrium.strategies).items()
            if amount != 0
        }
        for player in range(len(game.players))
    )
    return Account(
        equilibrium=equilibrium,
        headline=headline(scenario, equilibrium),
        outcomes=_outcomes(scenario, game, equilibrium),
        stances=found,
        sentences=tuple(
            stance_sentence(scenario, stance, _other_mixers(scenario, stance, found))
            for stance in found
        ),
        weakest=_weakest(game, found),
        contributions=contributions,
        evidence=_evidence(scenario, contributions),
    )


def _other_mixers(
    scenario: Scenario, stance: Stance, found: tuple[Stance, ...]
) -> tuple[str, ...]:
    return tuple(
        scenario.player(other.player).name
        for other in found
        if other.mixes and other is not stance
    )


def _outcomes(
    scenario: Scenario, game: Game, equilibrium: Equilibrium
) -> tuple[tuple[Regime | None, float], ...]:
    played = [
        [(name, float(share)) for name, share in zip(names, vector, strict=True) if share > 0]
        for names, vector in zip(game.options, equilibrium.strategies, strict=True)
    ]
    weights: dict[str | None, list[float]] = {}
    regimes: dict[str | None, Regime | None] = {}
    for profile in itertools.islice(itertools.product(*played), _MAX_SUPPORT_PROFILES):
        regime = scenario.regime([name for name, _ in profile])
        key = regime.id if regime else None
        regimes[key] = regime
        weights.setdefault(key, []).append(math.prod(share for _, share in profile))
    shares = {key: min(1.0, math.fsum(parts)) for key, parts in weights.items()}
    ordered = sorted(shares, key=lambda key: (-shares[key], str(key)))
    return tuple((regimes[key], shares[key]) for key in ordered)


def _weakest(game: Game, found: tuple[Stance, ...]) -> str | None:
    firm = [
        (stance.margin / (spread or 1.0), stance.player)
        for stance, spread in zip(found, map(float, game.ranges), strict=True)
        if not stance.mixes and stance.margin is not None
    ]
    return min(firm, key=lambda item: item[0])[1] if firm else None


def _evidence(scenario: Scenario, contributions: tuple[dict[str, float], ...]) -> tuple[str, ...]:
    paying = {term for player in contributions for term in player}
    cited = {record for term in scenario.terms if term.id in paying for record in term.evidence}
    return tuple(record.id for record in scenario.evidence if record.id in cited)
