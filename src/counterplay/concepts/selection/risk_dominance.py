"""Risk dominance between the two strict equilibria of a two-by-two game.

Harsanyi and Selten, A General Theory of Equilibrium Selection in Games (1988), section 3.9: one
equilibrium risk-dominates the other if the product of what the two players would lose by leaving
it alone is the larger.
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from counterplay.concepts.selection.listing import check_fit
from counterplay.concepts.solution import Equilibrium
from counterplay.games import Game, Profile, margins
from counterplay.numeric import ROUNDING_TIE, ExactArray


def risk_dominant(game: Game, first: Equilibrium, second: Equilibrium) -> bool | None:
    """Say whether `first` risk-dominates `second`.

    Parameters
    ----------
    game : Game
        Two players with two options each; players with one option are looked past.
    first, second : Equilibrium
        The two strict equilibria.

    Returns
    -------
    bool or None
        False also where the products are equal, so that neither dominates.  None where it is not
        defined: in games of another size, and between equilibria that are not both strict.

    Raises
    ------
    GameError
        If an equilibrium does not fit the game.

    Examples
    --------
    >>> from counterplay.concepts import pure_equilibria
    >>> hunt = Game.from_payoffs([[[4, 0], [3, 3]], [[4, 3], [0, 3]]])
    >>> stag, hare = pure_equilibria(hunt)
    >>> risk_dominant(hunt, hare, stag), risk_dominant(hunt, stag, hare)
    (True, False)
    """
    check_fit(game, [first, second])
    deciders = tuple(i for i, count in enumerate(game.shape) if count > 1)
    own, other = first.profile, second.profile
    if [game.shape[i] for i in deciders] != [2, 2] or not (first.strict and second.strict):
        return None
    if own is None or other is None or own == other:
        return None
    if game.exact is not None:
        product = partial(_exact_product, game.exact, deciders)
        return product(own) > product(other)
    return _product(game, deciders, own) > _product(game, deciders, other) * (1 + ROUNDING_TIE)


def _exact_product(exact: ExactArray, deciders: tuple[int, ...], profile: Profile) -> Fraction:
    product = Fraction(1)
    for player in deciders:
        left = list(profile)
        left[player] = 1 - left[player]
        product *= exact[player][profile] - exact[player][tuple(left)]
    return product


def _product(game: Game, deciders: tuple[int, ...], profile: Profile) -> float:
    losses = margins(game, profile)
    product = 1.0
    for player in deciders:
        product *= float(losses[player] / game.ranges[player])
    return product
