"""What each player would lose by playing something else, split into its payoff's named terms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from counterplay.concepts import Equilibrium
from counterplay.games import Game, Profile, Strategies, margins, pure_strategies
from counterplay.numeric import ROUNDING_TIE, FloatArray
from counterplay.payoffs import Ledger
from counterplay.scenario import Scenario

THIN_MARGIN = 0.05
"""A margin below this share of the player's payoff range is called thin."""

PAYOFF_TABLE = "Payoff table"
"""Label of what a table of the file pays, as a whole."""

STATUS_ORDER = (
    "confirmed", "reported", "published-work", "assessment", "estimate", "stated-intention",
    "alleged", "unverified", "evaded", "denied",
)  # fmt: skip
"""Evidence statuses from the firmest to the most contested."""


@dataclass(frozen=True)
class TermChange:
    """How one term of a player's payoff changes when the player deviates.

    Attributes
    ----------
    id, label : str
    amount : float
        Payoff after the deviation less payoff before; negative is a loss.
    evidence : tuple of str
        Ids of the records that the term cites.
    statuses : tuple of str
        Their statuses, firmest first; empty where the term has no source.
    from_table : bool
        Whether it is a payoff table of the file, which has no terms that could cite anything.
    """

    id: str
    label: str
    amount: float
    evidence: tuple[str, ...]
    statuses: tuple[str, ...]
    from_table: bool = False


@dataclass(frozen=True)
class Deviation:
    """One thing a player could do instead.

    Attributes
    ----------
    player, option : str
        Who deviates, and to which option.
    loss : float
        What it would lose, in its own payoff units; negative would be a gain.
    changes : tuple of TermChange
        Largest first; the amounts add up to ``-loss``.
    """

    player: str
    option: str
    loss: float
    changes: tuple[TermChange, ...]


@dataclass(frozen=True)
class Stance:
    """One player in an equilibrium.

    Attributes
    ----------
    player : str
    plays : tuple of (str, float)
        Options played and their probabilities, in the order of the options.
    payoff : float
    deviations : tuple of Deviation
        To every option that is not played, least loss first.
    margin : float or None
        Loss by the best deviation; 0 for a player that mixes; None where it has no alternative.
    thin : bool
        Whether the margin is below 5 % of the player's payoff range.
    """

    player: str
    plays: tuple[tuple[str, float], ...]
    payoff: float
    deviations: tuple[Deviation, ...]
    margin: float | None
    thin: bool

    @property
    def best_alternative(self) -> Deviation | None:
        """The deviation that loses least."""
        return self.deviations[0] if self.deviations else None

    @property
    def mixes(self) -> bool:
        """Whether the player is kept indifferent between two or more options."""
        return len(self.plays) > 1


def stances(
    scenario: Scenario, game: Game, ledger: Ledger, equilibrium: Equilibrium
) -> tuple[Stance, ...]:
    """Return every player's stance in an equilibrium, in the order of the players."""
    pure = equilibrium.profile
    held = _Held(
        equilibrium.strategies,
        equilibrium.payoffs,
        None if pure is None else margins(game, pure),
    )
    return _stances(scenario, game, ledger, held)


def stances_at(
    scenario: Scenario, game: Game, ledger: Ledger, profile: Profile
) -> tuple[Stance, ...]:
    """Return every player's stance in a pure profile; it need not be an equilibrium.

    A margin below 0 is what the player would gain by leaving.
    """
    held = _Held(
        pure_strategies(profile, game.shape),
        np.array([payoffs[profile] for payoffs in game.payoffs]),
        margins(game, profile),
    )
    return _stances(scenario, game, ledger, held)


def deviation(
    scenario: Scenario,
    game: Game,
    ledger: Ledger,
    strategies: Strategies,
    player: int,
    option: int,
) -> Deviation:
    """Return what `player` would lose by playing `option` for sure, in named terms.

    Parameters
    ----------
    strategies : n probability vectors
        The profile deviated from; it need not be an equilibrium.
    """
    instead = list(strategies)
    instead[player] = np.eye(game.shape[player])[option]
    changes = ledger.difference(player, strategies, tuple(instead))
    replies = game.reply_payoff(player, strategies)
    loss = float(replies @ strategies[player] - replies[option])
    if abs(loss) <= ROUNDING_TIE * float(np.abs(game.payoffs[player]).max()):
        loss = 0.0
    return Deviation(
        player=game.players[player],
        option=game.options[player][option],
        loss=loss,
        changes=tuple(_change(scenario, term, amount) for term, amount in changes.items()),
    )


def statuses_of(scenario: Scenario, evidence: tuple[str, ...]) -> tuple[str, ...]:
    """Return the statuses of the records cited, firmest first, each once."""
    found = {scenario.record(record).status for record in evidence}
    return tuple(status for status in STATUS_ORDER if status in found)


@dataclass(frozen=True, eq=False)
class _Held:
    """What everybody plays, what it pays, and each player's exact margin in a pure profile."""

    strategies: Strategies
    payoffs: FloatArray
    margins: FloatArray | None


def _stances(scenario: Scenario, game: Game, ledger: Ledger, held: _Held) -> tuple[Stance, ...]:
    return tuple(
        _stance(scenario, game, ledger, held, player) for player in range(len(game.players))
    )


def _stance(scenario: Scenario, game: Game, ledger: Ledger, held: _Held, player: int) -> Stance:
    vector = held.strategies[player]
    deviations = [
        deviation(scenario, game, ledger, held.strategies, player, option)
        for option in range(game.shape[player])
        if vector[option] == 0
    ]
    deviations.sort(key=lambda d: d.loss)
    plays = tuple(
        (name, float(share))
        for name, share in zip(game.options[player], vector, strict=True)
        if share > 0
    )
    exact = None if held.margins is None else float(held.margins[player])
    margin = _margin(deviations, plays, exact)
    scale = float(game.ranges[player])
    return Stance(
        player=game.players[player],
        plays=plays,
        payoff=float(held.payoffs[player]),
        deviations=tuple(deviations),
        margin=margin,
        thin=margin is not None and len(plays) == 1 and margin < THIN_MARGIN * scale,
    )


def _margin(
    deviations: list[Deviation], plays: tuple[tuple[str, float], ...], exact: float | None
) -> float | None:
    if len(plays) > 1:
        return 0.0
    if not deviations:
        return None
    return deviations[0].loss if exact is None else exact


def _change(scenario: Scenario, term_id: str, amount: float) -> TermChange:
    for term in scenario.terms:
        if term.id == term_id:
            statuses = statuses_of(scenario, term.evidence)
            return TermChange(term.id, term.label, amount, term.evidence, statuses)
    return TermChange(term_id, PAYOFF_TABLE, amount, (), (), from_table=True)
