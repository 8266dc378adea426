"""The least side payment: what must be offered, and to whom, so that an outcome holds.

A player leaves a profile while another option of its own pays more.  Added to its payoff at the
profile, its largest gain from leaving is just enough, and nothing less is: the inequalities of
different players do not touch one another, so the least payments are a closed form, exact where
payoffs are.  A *bonus at the outcome* is paid only if everybody does their part.  A *guarantee* is
paid for the player's own option whatever the others do; at the outcome it costs the same, but it
changes other outcomes as well, so what else is stable may differ (compare Monderer and
Tennenholtz, "k-Implementation", Journal of Artificial Intelligence Research 21, 2004).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Literal

import numpy as np

from counterplay.concepts import nash, prompt_work
from counterplay.errors import ValuesError
from counterplay.games import Game, Profile, checked_game, margins
from counterplay.numeric import ExactArray, exact_decimal
from counterplay.payoffs import game as game_of
from counterplay.scenario import Scenario
from counterplay.sensitivity.payments.result import AfterPayment, Payment, SidePayment
from counterplay.sensitivity.payments.words import payment_words

Form = Literal["bonus", "guarantee"]

SLIGHTLY = Fraction(1, 1000)
"""Share of a payoff range added before the changed game is solved, so that no tie blurs it."""


def least_side_payment(
    scenario_or_game: Scenario | Game,
    profile: Sequence[str | int],
    values: Mapping[str, float] | None = None,
    *,
    to: Sequence[str | int] | None = None,
) -> SidePayment:
    """Find the least payments that make a pure profile an equilibrium.

    Parameters
    ----------
    scenario_or_game : Scenario or Game
    profile : sequence of ids or indices
        One option for each player.
    values : mapping from parameter or constant id to number, optional
        Of a scenario; all others at their defaults.
    to : sequence of player ids or indices, optional
        Who may be paid; anybody where left out.

    Returns
    -------
    SidePayment
        One payment for each player who may be paid and needs one, in that player's own payoff
        units, which are not comparable between players.  Whether the target is then the only
        equilibrium is solved for the bonus and for the guarantee, with a thousandth of the
        payoff range more than the least, so that the answer does not hang on ties.

    Raises
    ------
    ValuesError
        If `values` are given with a game, or are not right.
    GameError
        If the profile or a receiver does not exist.

    Examples
    --------
    >>> prisoners = Game.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> payment = least_side_payment(prisoners, ["o1", "o1"])
    >>> [(paid.player, paid.amount, paid.outbids) for paid in payment.payments]
    [('p1', 2.0, 'o2'), ('p2', 2.0, 'o2')]
    """
    one = _the_game(scenario_or_game, values)
    target = one.profile(profile)
    receivers = _receivers(one, to)
    needed = [_payment(one, target, player) for player in range(len(one.players))]
    payments = tuple(paid for k, paid in enumerate(needed) if paid and k in receivers)
    missing = tuple(paid for k, paid in enumerate(needed) if paid and k not in receivers)
    result = SidePayment(
        profile=one.profile_ids(target),
        payments=payments,
        missing=missing,
        content=tuple(one.players[k] for k, paid in enumerate(needed) if not paid),
        feasible=not missing,
        strict=bool(margins(one, target).min() > 0),
        exact=one.exact is not None,
        bonus=_after(one, target, payments, "bonus"),
        guarantee=_after(one, target, payments, "guarantee"),
        words="",
    )
    return payment_words(scenario_or_game, one, result)


def paid_game(
    game: Game, profile: Sequence[str | int], payments: Mapping[str, float | Fraction], form: Form
) -> Game:
    """Return a game with payments added.

    Parameters
    ----------
    payments : mapping from player id to amount
    form : "bonus" or "guarantee"
        At the profile alone, or wherever the player plays its option of the profile.

    Raises
    ------
    GameError
        If the profile or a player does not exist.
    ValuesError
        If there is no such form.
    """
    checked_game(game)
    if form not in {"bonus", "guarantee"}:
        raise ValuesError(f'form: no {form!r}; give "bonus" or "guarantee"')
    target = game.profile(profile)
    places = {
        game.player_index(player): (_where(game, target, game.player_index(player), form), amount)
        for player, amount in payments.items()
    }
    payoffs = game.payoffs.copy()
    for player, (cells, amount) in places.items():
        payoffs[player][cells] += float(amount)
    payoffs.flags.writeable = False
    return Game(
        payoffs,
        game.players,
        game.options,
        game.player_labels,
        game.option_labels,
        partial(_exact_paid, game, places) if game.exact is not None else None,
        formula_size=max(game.formula_size, 1.0),
    )


def _the_game(given: Scenario | Game, values: Mapping[str, float] | None) -> Game:
    if not isinstance(given, Game):
        return game_of(given, values)
    if values is not None:
        raise ValuesError("values: a game has none; give the scenario instead")
    return given


def _receivers(game: Game, to: object) -> frozenset[int]:
    if to is None:
        return frozenset(range(len(game.players)))
    if isinstance(to, str) or not isinstance(to, Sequence):
        raise ValuesError(f"to: {to!r}; give a list of player ids or indices")
    return frozenset(game.player_index(player) for player in to)


def _payment(game: Game, profile: Profile, player: int) -> Payment | None:
    """Return what a player must be offered, or None where it stays anyway."""
    if not margins(game, profile)[player] < 0:
        return None
    line = tuple(slice(None) if i == player else k for i, k in enumerate(profile))
    table = game.payoffs[player] if game.exact is None else game.exact[player]
    row = table[line]
    gains = [value - row[profile[player]] for value in row.tolist()]
    best = max(range(len(gains)), key=gains.__getitem__)
    exact = gains[best] if isinstance(gains[best], Fraction) else None
    return Payment(
        player=game.players[player],
        amount=float(gains[best]),
        exact=exact,
        outbids=game.options[player][best],
        share=float(gains[best]) / float(game.ranges[player]),
    )


def _after(game: Game, target: Profile, payments: Sequence[Payment], form: Form) -> AfterPayment:
    """Solve the game with slightly more than the payments."""
    amounts = {paid.player: _slightly_more(game, paid) for paid in payments}
    changed = paid_game(game, target, amounts, form)
    solution = nash(changed, work_limit=prompt_work(changed))
    holds = any(equilibrium.profile == target for equilibrium in solution)
    single = len(solution) == 1 and not solution.regions
    return AfterPayment(
        solution=solution,
        holds=holds,
        only=holds and single and solution.completeness == "proved",
        others=tuple(e.support for e in solution if e.profile != target),
    )


def _slightly_more(game: Game, paid: Payment) -> float | Fraction:
    extra = SLIGHTLY * exact_decimal(float(game.ranges[game.player_index(paid.player)]))
    return paid.amount + float(extra) if paid.exact is None else paid.exact + extra


def _where(game: Game, target: Profile, player: int, form: Form) -> tuple[int | slice, ...]:
    if form == "bonus":
        return target
    return tuple(target[player] if i == player else slice(None) for i in range(len(game.shape)))


def _exact_paid(
    game: Game, places: Mapping[int, tuple[tuple[int | slice, ...], float | Fraction]]
) -> ExactArray | None:
    if game.exact is None:
        return None
    paid: ExactArray = game.exact.copy()
    for player, (cells, amount) in places.items():
        extra = exact_decimal(amount)
        paid[player][cells] = np.asarray(paid[player][cells], dtype=object) + extra
    paid.flags.writeable = False
    return paid
