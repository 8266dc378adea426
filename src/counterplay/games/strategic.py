"""Finite games in strategic form.

A game has players 0..n-1; player i has options 0..m_i-1.  `payoffs[i][s_0, ..., s_{n-1}]` is
player i's utility when player j plays option s_j.  Every other quantity is a contraction of that
tensor with probability vectors: the payoff is multilinear in the players' mixed strategies.

Beware that axis 0 of `payoffs` is the player who is paid; option axes follow in the order of the
players.

Examples
--------
>>> game = Game.from_payoffs([[[3, 2], [4, 1]], [[3, 4], [2, 1]]], players=["usa", "ussr"])
>>> game.payoff([[0.5, 0.5], [0.5, 0.5]]).tolist()
[2.5, 2.5]
>>> game.regret([[1, 0], [1, 0]]).tolist()
[1.0, 1.0]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, partial
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from counterplay.errors import GameError
from counterplay.games.profiles import Profile, Strategies, checked_strategies
from counterplay.numeric import ExactArray, FloatArray, exact_decimal

MAX_PLAYERS = 8
MAX_OPTIONS = 32
MAX_PROFILES = 65_536
LARGEST_PAYOFF = 8e307

TOO_LARGE = (
    f"beyond {LARGEST_PAYOFF:g}; measure them in a larger unit "
    "(only differences within one player count)"
)


@dataclass(frozen=True, eq=False)
class Game:
    """A finite game, frozen, with labels.

    Attributes
    ----------
    payoffs : ndarray of float64, shape (n, m_1, ..., m_n)
        Read-only; `payoffs[i][profile]` is player i's utility.
    players : tuple of str
        Ids, one for each player.
    options : tuple of tuple of str
        Ids of each player's options.
    player_labels, option_labels
        The same in words.
    exact_source : callable, optional
        Gives the payoffs as exact rationals; called when `exact` is first asked for.
    formula_size : float
        Size of the numbers that payoffs were computed from; their rounding can outlast numbers
        that cancel to a payoff of nothing.  0 where payoffs were given.
    """

    payoffs: FloatArray
    players: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    player_labels: tuple[str, ...]
    option_labels: tuple[tuple[str, ...], ...]
    exact_source: Callable[[], ExactArray | None] | None = field(default=None, repr=False)
    formula_size: float = 0.0

    @classmethod
    def from_payoffs(
        cls,
        payoffs: Sequence[object] | FloatArray,
        players: Sequence[str] | None = None,
        options: Sequence[Sequence[str]] | None = None,
    ) -> Game:
        """Make a game from one payoff array for each player.

        Parameters
        ----------
        payoffs : n arrays of shape (m_1, ..., m_n)
            Numbers or Fractions.  A float is read as the decimal that it prints as.
        players, options : ids, optional
            ``p1, p2, ...`` and ``o1, o2, ...`` where left out.

        Returns
        -------
        Game
            With exact payoffs; ids serve as labels.

        Raises
        ------
        GameError
            If shapes differ, a payoff is not finite, ids repeat or are no text, or the game passes
            the limits (8 players, 32 options a player, 65,536 profiles, payoffs up to 8e307).
        """
        try:
            arrays = [_cells(table) for table in payoffs]
        except TypeError:
            raise GameError("payoffs: give one array of numbers for each player") from None
        shape = _checked_shape([array.shape for array in arrays])
        values = _finite_floats(arrays, shape)
        ids, option_ids = _ids(players, options, shape)
        _check_ids(ids, option_ids, shape)
        values.flags.writeable = False
        exact = partial(_exact_cells, np.stack(arrays))
        return cls(values, ids, option_ids, ids, option_ids, exact)

    @cached_property
    def exact(self) -> ExactArray | None:
        """The payoffs as Fractions where the inputs allow, else None; they decide ties."""
        return self.exact_source() if self.exact_source else None

    @property
    def decimal(self) -> bool:
        """Whether each payoff stands for the decimal it prints as, so that it is known exactly."""
        return self.exact_source is not None and self.formula_size == 0

    @cached_property
    def ranges(self) -> FloatArray:
        """Each player's greatest payoff less its least, shape (n,)."""
        tables = self.payoffs.reshape(len(self.players), -1)
        spread: FloatArray = tables.max(axis=1) - tables.min(axis=1)
        return spread

    @cached_property
    def scaled(self) -> FloatArray:
        """Payoffs with each player's least at 0 and its greatest at 1, shape (n, m_1, ..., m_n).

        Regrets and path-following use them, so that neither the unit nor the zero of a player's
        payoffs costs digits.  All zero for a player whose payoffs are all equal.
        """
        column = (-1, *[1] * len(self.shape))
        least = self.payoffs.reshape(len(self.players), -1).min(axis=1).reshape(column)
        divisor = np.where(self.ranges > 0, self.ranges, 1.0).reshape(column)
        scaled: FloatArray = (self.payoffs - least) / divisor
        scaled.flags.writeable = False
        return scaled

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of options of each player."""
        return self.payoffs.shape[1:]

    @property
    def profiles(self) -> int:
        """Number of pure strategy profiles."""
        return prod(self.shape)

    def player_index(self, player: str | int) -> int:
        """Return the index of a player given by id or index.

        Raises
        ------
        GameError
            If there is no such player.
        """
        if isinstance(player, str):
            if player in self.players:
                return self.players.index(player)
        elif _is_index(player, len(self.players)):
            return int(player)
        raise GameError(f"player: no {player!r}; the players are {', '.join(self.players)}")

    def option_index(self, player: str | int, option: str | int) -> int:
        """Return the index of a player's option given by id or index.

        Raises
        ------
        GameError
            If the player has no such option.
        """
        owner = self.player_index(player)
        names = self.options[owner]
        if isinstance(option, str):
            if option in names:
                return names.index(option)
        elif _is_index(option, len(names)):
            return int(option)
        raise GameError(
            f"option: {self.players[owner]} has no {option!r}; it has {', '.join(names)}"
        )

    def profile(self, options: Sequence[str | int]) -> Profile:
        """Return the pure profile named by one option (id or index) for each player.

        Raises
        ------
        GameError
            If there is not one option for each player, or a player has no such option.
        """
        try:
            named = tuple(options)
        except TypeError:
            named = ()
        if len(named) != len(self.players):
            raise GameError(f"profile: name one option for each of {', '.join(self.players)}")
        return tuple(self.option_index(i, option) for i, option in enumerate(named))

    def profile_ids(self, profile: Profile) -> tuple[str, ...]:
        """Return the option ids of a pure profile.

        Raises
        ------
        GameError
            If it is not one index for each player.
        """
        try:
            return tuple(names[k] for names, k in zip(self.options, profile, strict=True))
        except (TypeError, ValueError, IndexError):
            raise GameError(
                f"profile: {profile!r}; give the index of one option for each of "
                f"{', '.join(self.players)}"
            ) from None

    def payoff(self, strategies: Sequence[object]) -> FloatArray:
        """Return every player's expected payoff under a mixed profile.

        Parameters
        ----------
        strategies : n probability vectors

        Returns
        -------
        ndarray, shape (n,)
            In each player's own payoff units.

        Raises
        ------
        GameError
            If the vectors are no distributions, or do not fit the game.
        """
        vectors = checked_strategies(strategies, self.shape)
        replies = self.reply_payoffs(vectors)
        return np.array([u @ x for u, x in zip(replies, vectors, strict=True)])

    def regret(self, strategies: Sequence[object]) -> FloatArray:
        """Return what each player could gain at most by deviating alone.

        Parameters
        ----------
        strategies : n probability vectors

        Returns
        -------
        ndarray, shape (n,)
            0 or more, in each player's own payoff units.

        Raises
        ------
        GameError
            If the vectors are no distributions, or do not fit the game.
        """
        shares = self.scaled_regret(checked_strategies(strategies, self.shape))
        regrets: FloatArray = shares * self.ranges
        return regrets

    def scaled_regret(self, strategies: Strategies) -> FloatArray:
        """Return each player's regret as a share of its payoff range, shape (n,), 0 or more."""
        replies = self.scaled_reply_payoffs(strategies)
        gains = [float(u.max() - u @ x) for u, x in zip(replies, strategies, strict=True)]
        return np.array([max(gain, 0.0) for gain in gains])

    def scaled_reply_payoffs(self, strategies: Strategies) -> tuple[FloatArray, ...]:
        """Return `reply_payoffs` on the scale of `scaled`."""
        return tuple(
            _contracted(table, player, strategies) for player, table in enumerate(self.scaled)
        )

    def reply_payoffs(self, strategies: Strategies) -> tuple[FloatArray, ...]:
        """Return for each player the payoff of each of its options against the others."""
        return tuple(self.reply_payoff(player, strategies) for player in range(len(self.players)))

    def reply_payoff(self, player: int, strategies: Strategies) -> FloatArray:
        """Return the payoff of each of `player`'s options against the others, shape (m_i,)."""
        return _contracted(self.payoffs[player], player, strategies)

    def restrict(self, kept: Sequence[Sequence[int]]) -> Game:
        """Return the game in which each player keeps only some options.

        Parameters
        ----------
        kept : n sequences of int
            Indices of the options that each player keeps.

        Raises
        ------
        GameError
            If they are no such indices.
        """
        try:
            cells = np.ix_(range(len(self.players)), *kept)
            payoffs = np.ascontiguousarray(self.payoffs[cells])
            options, labels = (
                tuple(tuple(row[k] for k in keep) for row, keep in zip(names, kept, strict=True))
                for names in (self.options, self.option_labels)
            )
        except (TypeError, ValueError, IndexError):
            raise GameError(
                f"kept: {kept!r}; give for each of {', '.join(self.players)} the indices of "
                "the options it keeps"
            ) from None
        payoffs.flags.writeable = False
        return Game(
            payoffs,
            self.players,
            options,
            self.player_labels,
            labels,
            partial(_exact_part, self, cells) if self.exact_source else None,
            self.formula_size,
        )


def checked_game(game: object) -> Game:
    """Return a game, or say what to give instead of something else.

    Raises
    ------
    GameError
        If it is no game.
    """
    if not isinstance(game, Game):
        raise GameError(
            f"game: this is a {type(game).__name__}; give a Game, such as "
            "counterplay.game(scenario) or Game.from_payoffs(payoffs) makes"
        )
    return game


def _is_index(given: object, count: int) -> bool:
    if isinstance(given, bool) or not isinstance(given, int | np.integer):
        return False
    return 0 <= int(given) < count


def _cells(table: object) -> ExactArray:
    try:
        return np.array(table, dtype=object)
    except ValueError:
        raise GameError(
            "payoffs: an array is ragged; every player's array has one shape"
        ) from None


def _numbered(prefix: str, count: int) -> tuple[str, ...]:
    return tuple(f"{prefix}{k}" for k in range(1, count + 1))


def _checked_shape(shapes: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    players = len(shapes)
    if not 1 <= players <= MAX_PLAYERS:
        raise GameError(f"payoffs: {players} players; between 1 and {MAX_PLAYERS} are supported")
    shape = shapes[0]
    if any(other != shape for other in shapes) or len(shape) != players:
        raise GameError(
            f"payoffs: give {players} arrays of one shape with {players} axes, "
            f"one axis a player (got shapes {', '.join(map(str, shapes))})"
        )
    if min(shape) < 1 or max(shape) > MAX_OPTIONS:
        raise GameError(f"payoffs: shape {shape}; each player has 1 to {MAX_OPTIONS} options")
    if int(np.prod(shape)) > MAX_PROFILES:
        raise GameError(f"payoffs: {int(np.prod(shape))} profiles; at most {MAX_PROFILES}")
    return shape


def _finite_floats(arrays: Sequence[ExactArray], shape: tuple[int, ...]) -> FloatArray:
    try:
        values = np.array([array.astype(np.float64) for array in arrays])
    except OverflowError:
        raise GameError(f"payoffs: {TOO_LARGE}") from None
    except (TypeError, ValueError) as error:
        raise GameError(f"payoffs: every entry must be a number ({error})") from None
    if not np.all(np.isfinite(values)):
        cell = tuple(int(k) for k in np.argwhere(~np.isfinite(values))[0])
        raise GameError(f"payoffs{list(cell)}: not finite; every payoff must be a finite number")
    if np.abs(values).max() > LARGEST_PAYOFF:
        raise GameError(f"payoffs: {TOO_LARGE}")
    return values.reshape(len(arrays), *shape) + 0.0


def _ids(
    players: Sequence[str] | None,
    options: Sequence[Sequence[str]] | None,
    shape: tuple[int, ...],
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the ids given, made where left out."""
    try:
        ids = tuple(players) if players is not None else _numbered("p", len(shape))
    except TypeError:
        raise GameError(f"players: {players!r}; give one id for each player") from None
    if options is None:
        return ids, tuple(_numbered("o", count) for count in shape)
    try:
        return ids, tuple(tuple(names) for names in options)
    except TypeError:
        raise GameError(
            f"options: {options!r}; give for each player the ids of its options"
        ) from None


def _check_ids(
    players: tuple[str, ...], options: tuple[tuple[str, ...], ...], shape: tuple[int, ...]
) -> None:
    for place, names in (("players", players), *(("options", row) for row in options)):
        for name in names:
            if not isinstance(name, str):
                raise GameError(f"{place}: the id {name!r} is no text; ids are text")
    if len(players) != len(shape) or len(set(players)) != len(players):
        raise GameError(f"players: give {len(shape)} different ids (got {list(players)})")
    if tuple(len(names) for names in options) != shape:
        raise GameError(f"options: give ids for option counts {shape}")
    for player, names in zip(players, options, strict=True):
        if len(set(names)) != len(names):
            raise GameError(f"options: two options of {player} share an id: {list(names)}")


def _contracted(table: FloatArray, player: int, strategies: Strategies) -> FloatArray:
    """Return one player's table averaged over the other players' strategies, shape (m_i,)."""
    for other in range(len(strategies) - 1, -1, -1):
        if other != player:
            table = np.tensordot(table, strategies[other], axes=([other], [0]))
    return table


def _exact_part(game: Game, cells: tuple[npt.NDArray[np.integer[Any]], ...]) -> ExactArray | None:
    return None if game.exact is None else game.exact[cells]


def _exact_cells(cells: ExactArray) -> ExactArray:
    numbers: list[float | Fraction] = cells.ravel().tolist()
    exact = np.array([exact_decimal(number) for number in numbers], dtype=object)
    exact = exact.reshape(cells.shape)
    exact.flags.writeable = False
    return exact
