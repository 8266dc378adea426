"""Certificates: a profile leaves the engine only with its regret recomputed from the payoffs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from counterplay.concepts.pure import pure_certificate
from counterplay.concepts.solution import Equilibrium
from counterplay.errors import NotAnEquilibriumError
from counterplay.games import Game, Strategies, checked_game, margins, pure_strategies
from counterplay.games.profiles import checked_strategies
from counterplay.numeric import PROBABILITY_FLOOR, REGRET_TOLERANCE, ROUNDING_FLOOR


def certify(game: Game, strategies: Sequence[object]) -> Equilibrium:
    """Check that a profile is a Nash equilibrium, and return it with its certificate.

    Probabilities up to 1e-9 are set to zero where the profile is an equilibrium without them.
    The regret is recomputed from `game.payoffs` and must not exceed 1e-9 of the player's payoff
    range.  A pure profile is checked exactly where the game's payoffs are rational.

    Parameters
    ----------
    game : Game
    strategies : sequence of n entries
        For each player a probability vector over its options, or one option, by id or index, that
        is played for sure.

    Returns
    -------
    Equilibrium
        With payoffs and regret in the payoffs' own units, and whether it is strict.  A strict
        equilibrium has index 1; of any other the index is not computed.

    Raises
    ------
    NotAnEquilibriumError
        With the player and the deviation that gains most.
    GameError
        If vectors do not fit the game, or a player has no such option.

    Examples
    --------
    >>> game = Game.from_payoffs([[[3, 2], [4, 1]], [[3, 4], [2, 1]]])
    >>> certify(game, ["o2", "o1"]).strict
    True
    >>> certify(game, [[0.5, 0.5], [0.5, 0.5]]).regret
    0.0
    """
    checked_game(game)
    given = checked_strategies(_as_vectors(game, strategies), game.shape)
    vectors = _cleaned(given, PROBABILITY_FLOOR)
    profile = _pure_profile(vectors)
    if profile is not None:
        losses = margins(game, profile)
        if losses.min() >= 0:
            regret = float(game.regret(pure_strategies(profile, game.shape)).max())
            return pure_certificate(game, profile, regret, strict=bool(losses.min() > 0))
        if _pure_profile(given) is not None:
            _refuse(game, pure_strategies(profile, game.shape), int(losses.argmin()))
    if profile is not None or game.scaled_regret(vectors).max() > REGRET_TOLERANCE:
        vectors = _cleaned(given, ROUNDING_FLOOR)
    regrets = game.scaled_regret(vectors)
    if regrets.max() > REGRET_TOLERANCE or _pure_profile(vectors) is not None:
        _refuse(game, vectors, int(regrets.argmax()))
    return _mixed_certificate(game, vectors)


def _as_vectors(game: Game, strategies: Any) -> Any:  # noqa: ANN401 - nothing is checked yet
    """Return strategies with vectors in the place of options, if there is one for each player."""
    if not isinstance(strategies, Sequence | np.ndarray) or len(strategies) != len(game.shape):
        return strategies
    return [
        np.eye(count)[game.option_index(player, entry)] if _is_option(entry) else entry
        for player, (count, entry) in enumerate(zip(game.shape, strategies, strict=True))
    ]


def _is_option(entry: object) -> bool:
    return isinstance(entry, str | int | np.integer)


def _mixed_certificate(game: Game, vectors: Strategies) -> Equilibrium:
    payoffs = game.payoff(vectors)
    payoffs.flags.writeable = False
    return Equilibrium(
        strategies=vectors,
        payoffs=payoffs,
        regret=float(game.regret(vectors).max()),
        strict=False,
        support=tuple(
            tuple(name for name, share in zip(names, vector, strict=True) if share > 0)
            for names, vector in zip(game.options, vectors, strict=True)
        ),
    )


def _cleaned(strategies: Strategies, floor: float) -> Strategies:
    cleaned = []
    for vector in strategies:
        kept = np.where(vector > floor, vector, 0.0)
        kept = kept / kept.sum()
        kept.flags.writeable = False
        cleaned.append(kept)
    return tuple(cleaned)


def _pure_profile(strategies: Strategies) -> tuple[int, ...] | None:
    if any(np.count_nonzero(vector) > 1 for vector in strategies):
        return None
    return tuple(int(vector.argmax()) for vector in strategies)


def _refuse(game: Game, strategies: Strategies, player: int) -> None:
    replies = game.reply_payoff(player, strategies)
    best = int(replies.argmax())
    gain = float(replies[best] - replies @ strategies[player])
    profile = _pure_profile(strategies)
    if profile is not None and game.exact is not None:
        line = game.exact[player][
            tuple(slice(None) if i == player else k for i, k in enumerate(profile))
        ]
        best = max(range(len(line)), key=line.__getitem__)
        gain = float(line[best] - line[profile[player]])
    raise NotAnEquilibriumError(game.players[player], game.options[player][best], gain)
