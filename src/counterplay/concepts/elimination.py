"""Iterated elimination of dominated options, with the reason for every one that goes.

An option is *strictly* dominated when some mixture of the player's other options pays more against
everything the others can still do, and *weakly* when it never pays less and sometimes pays more
(Osborne and Rubinstein, A Course in Game Theory, 1994, sections 4.2 and 4.3).

Removing strictly dominated options again and again leaves the same options in whatever order, and
no equilibrium uses one that went.  With weak dominance both fail: what is left depends on the
order (here all weakly dominated options of all players go at once, round by round), and
equilibria may be lost.  That is a refinement to look at, never a proof.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from counterplay.concepts.dominance import Kept
from counterplay.concepts.dominators import (
    Dominator,
    Finder,
    Rows,
    strictly_dominating_mixture,
    strictly_dominating_option,
    weakly_dominating,
)
from counterplay.games import Game, checked_game

_READABLE = 1_000
"""Fractions with larger denominators are spoken as decimals."""


@dataclass(frozen=True, eq=False)
class Removal:
    """One option that goes, and the mixture that dominates it.

    Attributes
    ----------
    round : int
        Counted from 1; options of one round go at once.
    player, option : str
    by : mapping from option id to share
        The dominating mixture, over options that outlast the round.  Fractions where domination
        was checked in exact arithmetic, else floats.
    margin : float
        The least gain, in the player's payoffs, over all that the others can still do; 0 where
        the option is dominated weakly only.
    narrowed : bool
        Whether the others have lost options before.
    """

    round: int
    player: str
    option: str
    by: Mapping[str, Fraction | float]
    margin: float
    narrowed: bool

    def words(self, game: Game) -> str:
        """Return the reason as a sentence, in the labels of `game`.

        Raises
        ------
        GameError
            If it has no such player or option.
        """
        index = checked_game(game).player_index(self.player)

        def label(option: str) -> str:
            return game.option_labels[index][game.option_index(index, option)]

        who, what = game.player_labels[index], f"'{label(self.option)}'"
        others = game.player_labels[:index] + game.player_labels[index + 1 :]
        whatever = _whatever(others, narrowed=self.narrowed)
        better = _spoken([(label(k), share) for k, share in self.by.items()])
        average = " on average" if len(self.by) > 1 else ""
        if self.margin > 0:
            return (
                f"{who} never chooses {what}: {better} pays more{average}{whatever}, "
                f"by at least {self.margin:.3g} points."
            )
        return (
            f"{who} has no reason to choose {what}: {better} never pays less{average}{whatever}, "
            "and sometimes pays more."
        )


@dataclass(frozen=True, eq=False)
class Elimination:
    """What is left after iterated elimination, and how it came to that.

    Attributes
    ----------
    kept : tuple of n tuples of str
        Ids of the options that are left.
    steps : tuple of Removal
        In the order of rounds, players and options.
    """

    kept: tuple[tuple[str, ...], ...]
    steps: tuple[Removal, ...]

    def words(self, game: Game) -> tuple[str, ...]:
        """Return a sentence for every step, in the labels of `game`.

        Raises
        ------
        GameError
            If it has not the players and options of the steps.
        """
        return tuple(step.words(game) for step in self.steps)


def iterated_strict_dominance(game: Game) -> Elimination:
    """Remove strictly dominated options until none is left, and say why each one went.

    As long as single options dominate, a round uses these; a round of mixtures follows only where
    there are none.  What is kept is what `undominated` keeps.

    Parameters
    ----------
    game : Game

    Returns
    -------
    Elimination
        What is left, and for every option that went the mixture that dominates it, with its least
        gain in the player's own payoff units.

    Raises
    ------
    GameError
        If `game` is no game.

    Examples
    --------
    >>> game = Game.from_payoffs([[[3, 0], [0, 3], [1, 1]], [[0, 1], [1, 0], [0, 0]]])
    >>> trace = iterated_strict_dominance(game)
    >>> trace.kept
    (('o1', 'o2'), ('o1', 'o2'))
    >>> print(trace.words(game)[0])
    p1 never chooses 'o3': mixing 'o1' (1/2) and 'o2' (1/2) pays more on average whatever p2 does,
    by at least 0.5 points.
    """
    checked_game(game)
    return _eliminated(game, (strictly_dominating_option, strictly_dominating_mixture))


def iterated_weak_dominance(game: Game) -> Elimination:
    """Remove all weakly dominated options at once, round by round, and say why each one went.

    What is left depends on the order of removal, and equilibria may be lost; this order is the
    usual one.  Duplicates of one another both stay.

    Parameters
    ----------
    game : Game

    Returns
    -------
    Elimination
        What is left, and for every option that went the mixture that dominates it, with its least
        gain in the player's own payoff units.

    Raises
    ------
    GameError
        If `game` is no game.

    Examples
    --------
    >>> game = Game.from_payoffs([[[1, 1], [1, 0]], [[1, 0], [1, 1]]])
    >>> trace = iterated_weak_dominance(game)
    >>> trace.kept
    (('o1',), ('o1',))
    >>> print(trace.words(game)[0])
    p1 has no reason to choose 'o2': 'o1' never pays less whatever p2 does, and sometimes pays
    more.
    """
    checked_game(game)
    return _eliminated(game, (weakly_dominating,))


def _eliminated(game: Game, finders: Sequence[Finder]) -> Elimination:
    """Remove options round by round, each by the first finder that finds any."""
    kept: Kept = tuple(tuple(range(count)) for count in game.shape)
    steps: list[Removal] = []
    number = 1
    while True:
        found = next(filter(any, (_one_round(game, kept, finder) for finder in finders)), None)
        if found is None:
            return Elimination(_ids(game, kept), tuple(steps))
        steps += [
            _removal(game, kept, number, player, row, dominator)
            for player, dominators in enumerate(found)
            for row, dominator in dominators.items()
        ]
        kept = tuple(
            tuple(option for row, option in enumerate(options) if row not in dominators)
            for options, dominators in zip(kept, found, strict=True)
        )
        number += 1


def _one_round(game: Game, kept: Kept, finder: Finder) -> list[dict[int, Dominator]]:
    """Return for each player the rows that go, all against what was there before the round."""
    return [_dominated(Rows(game, kept, player), finder) for player in range(len(kept))]


def _dominated(rows: Rows, finder: Finder) -> dict[int, Dominator]:
    left = list(range(len(rows.kept[rows.player])))
    gone: dict[int, Dominator] = {}
    for row in tuple(left):
        others = [k for k in left if k != row]
        dominator = finder(rows, row, others) if others else None
        if dominator is not None:
            gone[row] = dominator
            left = others
    for row, dominator in gone.items():
        if not set(dominator.shares) <= set(left):
            # What dominated it goes too, and is dominated by what stays.
            gone[row] = finder(rows, row, left) or dominator
    return gone


def _removal(
    game: Game, kept: Kept, number: int, player: int, row: int, dominator: Dominator
) -> Removal:
    ids = [game.options[player][option] for option in kept[player]]
    lost = [len(keep) < count for keep, count in zip(kept, game.shape, strict=True)]
    return Removal(
        round=number,
        player=game.players[player],
        option=ids[row],
        by={ids[k]: share for k, share in dominator.shares.items()},
        margin=dominator.margin,
        narrowed=any(lost[:player] + lost[player + 1 :]),
    )


def _ids(game: Game, kept: Kept) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(names[k] for k in keep) for names, keep in zip(game.options, kept, strict=True)
    )


def _whatever(others: Sequence[str], *, narrowed: bool) -> str:
    if not others:
        return ""
    subject = others[0] if len(others) == 1 else "the others"
    if narrowed:
        return f" whatever {subject} can still do"
    return f" whatever {subject} {'does' if len(others) == 1 else 'do'}"


def _spoken(shares: Sequence[tuple[str, Fraction | float]]) -> str:
    if len(shares) == 1:
        return f"'{shares[0][0]}'"
    parts = [f"'{label}' ({_share(share)})" for label, share in shares]
    return f"mixing {', '.join(parts[:-1])} and {parts[-1]}"


def _share(share: Fraction | float) -> str:
    if isinstance(share, Fraction) and share.denominator <= _READABLE:
        return str(share)
    return f"{float(share):.3g}"
