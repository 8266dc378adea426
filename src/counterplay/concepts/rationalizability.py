"""Rationalizability: what a player can choose that reasons about players who reason.

An option is rationalizable when it survives the iterated removal of options that are a best reply
to no belief about what the others can still do (Bernheim, "Rationalizable strategic behavior", and
Pearce, "Rationalizable strategic behavior and the problem of perfection", Econometrica 52, 1984).
Beliefs here are distributions over the others' profiles, so that a player may think their choices
correlated.  With such beliefs an option is never a best reply exactly where it is strictly
dominated (Pearce's lemma 3; Osborne and Rubinstein, A Course in Game Theory, 1994, lemma 60.1).
With two players this is rationalizability as first defined.  With three or more, beliefs that take
the others to be independent may leave less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from counterplay.concepts.dominance import by_option, option_rows
from counterplay.concepts.elimination import Elimination, iterated_strict_dominance
from counterplay.errors import GameError
from counterplay.games import Game, Profile, best_replies, checked_game
from counterplay.numeric import PROBABILITY_FLOOR, REGRET_TOLERANCE, ROUNDING_FLOOR, FloatArray

_FLOORS = (PROBABILITY_FLOOR, ROUNDING_FLOOR)
"""Probabilities up to the first are left out where the option is a best reply without them."""


@dataclass(frozen=True, eq=False)
class Belief:
    """A belief to which an option is a best reply.

    Attributes
    ----------
    player, option : str
    distribution : ndarray
        Probability of every profile of the others, one axis for each of them in their order;
        only options that are left have any.
    regret : float
        What the player would gain by its best other option under the belief, recomputed from the
        payoffs; 0 but for rounding.
    """

    player: str
    option: str
    distribution: FloatArray
    regret: float

    def words(self, game: Game) -> str:
        """Return the reason why the option stays as a sentence, in the labels of `game`.

        Raises
        ------
        GameError
            If the belief is not about `game`.
        """
        index = checked_game(game).player_index(self.player)
        what = game.option_labels[index][game.option_index(index, self.option)]
        if self.distribution.shape != game.shape[:index] + game.shape[index + 1 :]:
            raise GameError("game: not the one whose rationalizable options were found; give that")
        return f"{game.player_labels[index]} may choose '{what}': {self._grounds(game, index)}."

    def _grounds(self, game: Game, player: int) -> str:
        others = [i for i in range(len(game.players)) if i != player]
        if not others:
            return "nothing pays more"
        held = [tuple(cell) for cell in np.argwhere(self.distribution > 0).tolist()]
        cases = [_spoken(game, others, cell) for cell in held]
        if len(held) > 1:
            cases = [
                f"{case} with probability {self.distribution[cell]:.3g}"
                for case, cell in zip(cases, held, strict=True)
            ]
        return f"it is a best reply if {', or '.join(cases)}"


@dataclass(frozen=True, eq=False)
class Rationalizability:
    """The rationalizable options, with a reason for each that stays and each that goes.

    Attributes
    ----------
    kept : tuple of n tuples of str
        Ids of the rationalizable options.
    elimination : Elimination
        Each step is an option that is a best reply to no belief: the mixture pays more against
        everything, and so under every belief.
    beliefs : tuple of Belief
        One for each option kept, in the order of players and options.
    """

    kept: tuple[tuple[str, ...], ...]
    elimination: Elimination
    beliefs: tuple[Belief, ...]

    def words(self, game: Game) -> tuple[str, ...]:
        """Return a sentence for every option that goes, then for every one that stays.

        Parameters
        ----------
        game : Game
            The game whose options these are; its labels are used.

        Returns
        -------
        tuple of str
            The steps of `elimination` in their order, then `beliefs` in theirs.

        Raises
        ------
        GameError
            If these are not the options of `game`.
        """
        stay = tuple(belief.words(game) for belief in self.beliefs)
        return self.elimination.words(game) + stay


def rationalizable(game: Game) -> Rationalizability:
    r"""Find the rationalizable options, beliefs being free to correlate the others' choices.

    Parameters
    ----------
    game : Game

    Returns
    -------
    Rationalizability
        What is kept, the steps in which the rest went, and a belief for each option kept.

    Raises
    ------
    GameError
        If `game` is no game.

    Examples
    --------
    >>> game = Game.from_payoffs([[[2, 0], [3, 1]], [[2, 3], [0, 1]]])  # the prisoner's dilemma
    >>> found = rationalizable(game)
    >>> found.kept
    (('o2',), ('o2',))
    >>> found.beliefs[0].distribution.tolist()
    [0.0, 1.0]
    >>> print("\n".join(found.words(game)))
    p1 never chooses 'o1': 'o2' pays more whatever p2 does, by at least 1 points.
    p2 never chooses 'o1': 'o2' pays more whatever p1 does, by at least 1 points.
    p1 may choose 'o2': it is a best reply if p2 chooses 'o2'.
    p2 may choose 'o2': it is a best reply if p1 chooses 'o2'.
    """
    checked_game(game)
    elimination = iterated_strict_dominance(game)
    left = [
        tuple(names.index(option) for option in keep)
        for names, keep in zip(game.options, elimination.kept, strict=True)
    ]
    stable = best_replies(game)
    beliefs = []
    for player, options in enumerate(left):
        considered = [
            tuple(range(game.shape[player])) if i == player else keep
            for i, keep in enumerate(left)
        ]
        rows = option_rows(game.scaled[player], considered, player)
        replies = option_rows(stable[player], considered, player)
        for option in options:
            found = _belief(rows, replies, option)
            beliefs.append(_unpacked(game, considered, player, option, found))
    return Rationalizability(elimination.kept, elimination, tuple(beliefs))


def _belief(rows: FloatArray, replies: FloatArray, option: int) -> FloatArray:
    """Return a distribution over the columns under which no row pays more than `option`."""
    columns = np.flatnonzero(replies[option])
    if len(columns):
        rivals = np.delete(rows, option, axis=0)[:, columns]
        margins = rows[option, columns] - rivals.max(axis=0, initial=-np.inf)
        certain = np.zeros(rows.shape[1])
        certain[columns[int(margins.argmax())]] = 1.0
        return certain
    return _least_regret(rows - rows[option])


def _least_regret(gains: FloatArray) -> FloatArray:
    """Return the distribution over the columns whose greatest mean gain is least."""
    from scipy.optimize import linprog

    count = gains.shape[1]
    answer = linprog(
        np.append(np.zeros(count), 1.0),
        A_ub=np.hstack([gains, -np.ones((len(gains), 1))]),
        b_ub=np.zeros(len(gains)),
        A_eq=np.append(np.ones(count), 0.0)[None, :],
        b_eq=[1.0],
        bounds=[(0, None)] * count + [(None, None)],
        method="highs",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    vector = np.asarray(answer.x[:count], dtype=np.float64)
    short, full = (np.where(vector > floor, vector, 0.0) for floor in _FLOORS)
    short /= short.sum()
    return short if (gains @ short).max() <= REGRET_TOLERANCE else full / full.sum()


def _unpacked(
    game: Game, considered: Sequence[Sequence[int]], player: int, option: int, found: FloatArray
) -> Belief:
    """Spread a distribution over all profiles of the others, and recompute the regret."""
    others = [keep for i, keep in enumerate(considered) if i != player]
    shape = tuple(count for i, count in enumerate(game.shape) if i != player)
    distribution = np.zeros(shape)
    distribution[np.ix_(*others)] = found.reshape([len(keep) for keep in others])
    distribution.flags.writeable = False
    payoffs = by_option(game.scaled[player], player)
    expected = payoffs @ distribution.ravel()
    return Belief(
        player=game.players[player],
        option=game.options[player][option],
        distribution=distribution,
        regret=float(expected.max() - expected[option]) * float(game.ranges[player]),
    )


def _spoken(game: Game, others: Sequence[int], profile: Profile) -> str:
    """Return a profile of the others in words."""
    return " and ".join(
        f"{game.player_labels[i]} chooses '{game.option_labels[i][k]}'"
        for i, k in zip(others, profile, strict=True)
    )
