"""Replicator dynamics: where it ends that options grow as far as they pay more than average.

Taylor and Jonker, Evolutionary stable strategies and game dynamics, Mathematical Biosciences 40
(1978), with one population a player (Hofbauer and Sigmund, Evolutionary Games and Population
Dynamics, 1998, chapter 10).  Time goes in steps h by the exponential map, in which each option's
share is multiplied by exp(h times its payoff) and the shares are then divided by their sum; it
keeps shares positive.  The step is chosen anew for each start and the same for all players, so
that no share moves by much more than 0.05 at once; that changes how fast a path is run through,
not the path.  Payoffs are scaled to a range of 1 for each player, since the process compares how
fast different players move.

A start is settled once its end is proved.  Let p_i be how probable the others' parts in a strict
equilibrium must be to player i (`p_dominance`).  Where the probability of the others' parts
exceeds p_i for every player i, each player's own part pays most and grows, so that this stays
true: the process ends in that equilibrium.  What is not settled after the last step is compared
with the equilibria by distance.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from counterplay.concepts.selection.listing import check_fit
from counterplay.concepts.selection.p_dominance import needed_beliefs
from counterplay.concepts.selection.shares import BasinShares, check_starts, counted
from counterplay.concepts.solution import Equilibrium
from counterplay.games import Game, Profile
from counterplay.numeric import FloatArray

STEPS = 400
LARGEST_MOVE = 0.05
LONGEST_STEP = 20.0

TOLERANCE = 0.01
"""Most that a probability may differ at the end from that of the equilibrium reached."""

_CHECK_EVERY = 10
_CLEARLY = 1e-9
"""How far beliefs must exceed what an equilibrium needs."""

_Indices = npt.NDArray[np.intp]


def replicator_share(
    game: Game, equilibria: Sequence[Equilibrium], starts: int = 500, seed: int = 0
) -> BasinShares:
    """Return the share of random mixed profiles from which replicator dynamics end in each.

    Starts are drawn uniformly from each player's probability vectors.  A start that after 400
    steps is neither proved to end in a strict equilibrium nor within 0.01 of a listed one counts
    under `none`: cycles, and what moves too slowly.

    Parameters
    ----------
    game : Game
    equilibria : sequence of Equilibrium
    starts : int, 1 to 1,000,000
    seed : int, 0 or more

    Raises
    ------
    GameError
        If an equilibrium does not fit the game, or starts or seed cannot be used.

    Examples
    --------
    >>> from counterplay.concepts import pure_equilibria
    >>> dilemma = Game.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> replicator_share(dilemma, pure_equilibria(dilemma)).shares
    (Share(count=500, starts=500),)
    """
    check_starts(starts, seed)
    check_fit(game, equilibria)
    generator = np.random.default_rng(seed)
    shares = [generator.dirichlet(np.ones(count), size=starts).T for count in game.shape]
    ends = np.full(starts, -1)
    moving = np.arange(starts)
    basins = _Basins(game, equilibria)
    tables = [np.moveaxis(table, i, 0) for i, table in enumerate(game.scaled)]
    for count in range(1, STEPS + 1):
        shares = _after_step(tables, shares)
        if count % _CHECK_EVERY == 0:
            settled = basins.proved(shares)
            ends[moving] = settled
            moving = moving[settled < 0]
            shares = [vectors[:, settled < 0] for vectors in shares]
            if len(moving) == 0:
                break
    ends[moving] = basins.nearest(shares)
    return counted(ends.tolist(), len(equilibria), starts, seed)


def _after_step(tables: Sequence[FloatArray], shares: Sequence[FloatArray]) -> list[FloatArray]:
    """Return all players' shares one step on; each column of an array is one start."""
    leads = []
    speed = np.full(shares[0].shape[1], LARGEST_MOVE / LONGEST_STEP)
    for player, (table, vectors) in enumerate(zip(tables, shares, strict=True)):
        pay = _reply_payoffs(table, [*shares[:player], *shares[player + 1 :]])
        lead = pay - (vectors * pay).sum(axis=0)
        np.maximum(speed, np.abs(vectors * lead).max(axis=0), out=speed)
        leads.append(lead)
    step = LARGEST_MOVE / speed
    grown = [
        vectors * np.exp(step * (lead - lead.max(axis=0)))
        for vectors, lead in zip(shares, leads, strict=True)
    ]
    return [vectors / vectors.sum(axis=0) for vectors in grown]


def _reply_payoffs(table: FloatArray, others: Sequence[FloatArray]) -> FloatArray:
    """Return what each option pays against the others' shares, shape (m_i, starts)."""
    if not others:
        return table[:, None]
    pay: FloatArray = table.reshape(-1, table.shape[-1]) @ others[-1]
    for vectors in reversed(others[:-1]):
        pay = np.einsum("rkb,kb->rb", pay.reshape(-1, *vectors.shape), vectors)
    return pay


class _Basins:
    """Which equilibrium a profile is settled in, or near to."""

    def __init__(self, game: Game, equilibria: Sequence[Equilibrium]) -> None:
        self.game = game
        self.places: dict[int, int] = {}
        self.strict: dict[int, Profile] = {}
        self.needed: dict[int, FloatArray] = {}
        self.mixed: list[tuple[int, Equilibrium]] = []
        for position, equilibrium in enumerate(equilibria):
            if equilibrium.profile is None:
                self.mixed.append((position, equilibrium))
                continue
            cell = int(np.ravel_multi_index(equilibrium.profile, game.shape))
            self.places[cell] = position
            if equilibrium.strict:
                self.strict[cell] = equilibrium.profile

    def proved(self, shares: Sequence[FloatArray]) -> _Indices:
        """Return the position of the equilibrium that each start provably ends in, else -1."""
        cells, likely = self._likeliest(shares)
        ends = np.full(len(cells), -1)
        for cell in self.strict.keys() & set(cells.tolist()):
            if cell not in self.needed:
                self.needed[cell] = needed_beliefs(self.game, self.strict[cell])
            here = np.flatnonzero(cells == cell)
            parts = likely[:, here]
            beliefs = np.stack(
                [np.delete(parts, i, axis=0).prod(axis=0) for i in range(len(parts))]
            )
            sure = (beliefs > self.needed[cell][:, None] + _CLEARLY).all(axis=0)
            ends[here[sure]] = self.places[cell]
        return ends

    def nearest(self, shares: Sequence[FloatArray]) -> _Indices:
        """Return the position of the equilibrium that each start is near, else -1."""
        cells, likely = self._likeliest(shares)
        pure = (likely >= 1 - TOLERANCE).all(axis=0)
        ends = np.array([self.places.get(cell, -1) for cell in cells.tolist()], dtype=np.intp)
        ends[~pure] = -1
        for position, equilibrium in self.mixed:
            apart = [
                np.abs(vectors - vector[:, None]).max(axis=0)
                for vectors, vector in zip(shares, equilibrium.strategies, strict=True)
            ]
            ends[(np.max(apart, axis=0) <= TOLERANCE) & (ends < 0)] = position
        return ends

    def _likeliest(self, shares: Sequence[FloatArray]) -> tuple[_Indices, FloatArray]:
        """Return each start's likeliest profile, as a cell number, and its options' shares."""
        profile = [vectors.argmax(axis=0) for vectors in shares]
        cells = np.ravel_multi_index(profile, self.game.shape)
        return cells, np.stack([vectors.max(axis=0) for vectors in shares])
