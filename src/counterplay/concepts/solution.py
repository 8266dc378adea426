"""Results that carry their own proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from counterplay.errors import GameError
from counterplay.games import Game, Profile, Strategies
from counterplay.numeric import FloatArray

Completeness = Literal["proved", "continuum", "unproved"]
"""Whether the list of equilibria is known to be all there is; see `Solution`."""


@dataclass(frozen=True, eq=False)
class Equilibrium:
    """A certified Nash equilibrium: no player gains by deviating alone.

    Attributes
    ----------
    strategies : tuple of n ndarrays
        Each player's probabilities; pure strategies hold exact zeros and ones.
    payoffs : ndarray, shape (n,)
        Expected payoffs.
    regret : float
        The largest gain from deviating, recomputed from the payoffs, in the payoffs' own units.
    strict : bool
        Whether every deviation loses; only a pure equilibrium can be strict.
    support : tuple of n tuples of str
        The options played with positive probability.
    index : int or None
        Of an isolated equilibrium: +1 for a strict one (Ritzberger 1994).  None for a member of a
        region, and where it was not settled.
    """

    strategies: Strategies
    payoffs: FloatArray
    regret: float
    strict: bool
    support: tuple[tuple[str, ...], ...]
    index: int | None = None

    @cached_property
    def profile(self) -> Profile | None:
        """The pure profile played, or None for a mixed equilibrium."""
        if any(len(options) > 1 for options in self.support):
            return None
        return tuple(int(vector.argmax()) for vector in self.strategies)


@dataclass(frozen=True, eq=False)
class Region:
    """A connected set of equilibria, or several too close to tell apart, as an outer cover.

    For more than two players a region without an example may hold none: it could not be excluded.

    Attributes
    ----------
    ranges : tuple of n ndarrays, shape (m_i, 2)
        Least and greatest probability of each option.
    payoffs : ndarray, shape (n, 2)
        Least and greatest payoff of each player.
    index : int or None
        Its index, where computed.
    dimension : int
        Dimension of the set: exact where two players are solved exactly, else a lower bound.
    pure : tuple of Profile
        The pure equilibria in it.
    example : Equilibrium or None
        One certified member.
    """

    ranges: tuple[FloatArray, ...]
    payoffs: FloatArray
    index: int | None
    dimension: int
    pure: tuple[Profile, ...]
    example: Equilibrium | None


@dataclass(frozen=True, eq=False)
class Solution:
    """The equilibria of a game, and what is known about the list.

    Attributes
    ----------
    equilibria : tuple of Equilibrium
        In a deterministic order: pure ones first, then by their strategies.
    completeness : str
        ``"proved"``: the list is all there is.  ``"continuum"``: every equilibrium is in the list
        or in one of `regions`.  ``"unproved"``: there may be more.
    reason : str
        One sentence that says what was searched, what was proved, and what was not.
    regions : tuple of Region
        Connected sets of equilibria; empty when every equilibrium is isolated.
    method : str
        How the equilibria were found.
    """

    equilibria: tuple[Equilibrium, ...]
    completeness: Completeness
    reason: str
    regions: tuple[Region, ...] = ()
    method: str = ""

    def __iter__(self) -> Iterator[Equilibrium]:
        """Yield the equilibria in order."""
        return iter(self.equilibria)

    def __len__(self) -> int:
        """Return the number of equilibria listed."""
        return len(self.equilibria)


def checked_solution(game: Game, solution: object) -> Solution:
    """Return a solution that fits the game, or say what to give instead.

    Raises
    ------
    GameError
        If it is no solution, or one of a game with other numbers of options.
    """
    if not isinstance(solution, Solution):
        raise GameError(
            f"solution: this is a {type(solution).__name__}; give what nash(game) returns"
        )
    listed = [equilibrium.strategies for equilibrium in solution]
    for vectors in (*listed, *(region.ranges for region in solution.regions)):
        shape = tuple(map(len, vectors))
        if shape != game.shape:
            raise GameError(
                f"solution: made for option counts {shape}; those of this game are {game.shape}, "
                "so give what nash returns for it"
            )
    return solution
