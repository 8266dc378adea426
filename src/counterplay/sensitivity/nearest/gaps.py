"""What each deviation from a profile loses, as a polynomial in the changes of moving numbers."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from counterplay.games import Game, Profile
from counterplay.numeric import exact_decimal
from counterplay.scenario import Scenario
from counterplay.scenario.formula import Formula
from counterplay.scenario.parts import FormulaText, OptionWeights, Term
from counterplay.scenario.payoff_cell import read_cell
from counterplay.sensitivity.nearest.moving import Moving
from counterplay.sensitivity.nearest.polynomial import (
    NotPolynomialError,
    Polynomial,
    Ranges,
    added,
    constant,
    multiplied,
    polynomial_of,
    scaled,
    subtracted,
)


@dataclass(frozen=True, eq=False)
class Gap:
    """What a player loses by one deviation, as a share of its payoff range now.

    Attributes
    ----------
    player, option : int
    loss : Polynomial
        In the shares by which the moving numbers change.
    """

    player: int
    option: int
    loss: Polynomial


class PayoffPolynomials:
    """Payoffs of single profiles as polynomials in the shares by which numbers move."""

    def __init__(self, scenario: Scenario, moving: Moving, game: Game) -> None:
        self.scenario = scenario
        self.units = [exact_decimal(float(r)) if r > 0 else Fraction(1) for r in game.ranges]
        self.ranges: Ranges = {
            name: (_exact_share(moving, name, low), _exact_share(moving, name, high))
            for name, low, high in zip(
                moving.ids, moving.low.tolist(), moving.high.tolist(), strict=True
            )
        }
        self.numbers = {
            name: constant(exact_decimal(value)) for name, value in moving.values.items()
        }
        for name in moving.ids:
            now, span = moving.exact(name)
            self.numbers[name] = added(constant(now), {(name,): span})
        for derived in scenario.derived:
            # One that is no polynomial matters only to the terms that use it.
            with suppress(NotPolynomialError):
                self.numbers[derived.id] = self._text(derived.value)
        self._known: dict[tuple[int, Profile], Polynomial] = {}

    def gaps(self, profile: Profile) -> tuple[Gap, ...]:
        """Return what every unilateral deviation from a profile loses.

        Raises
        ------
        NotPolynomialError
            If a payoff is no polynomial in what moves.
        """
        found = []
        for player, own in enumerate(profile):
            for option in range(len(self.scenario.players[player].options)):
                if option != own:
                    other = (*profile[:player], option, *profile[player + 1 :])
                    loss = subtracted(self._payoff(player, profile), self._payoff(player, other))
                    found.append(Gap(player, option, scaled(loss, 1 / self.units[player])))
        return tuple(found)

    def _payoff(self, player: int, profile: Profile) -> Polynomial:
        key = (player, profile)
        if key not in self._known:
            self._known[key] = self._worked_payoff(player, profile)
        return self._known[key]

    def _worked_payoff(self, player: int, profile: Profile) -> Polynomial:
        owner = self.scenario.players[player].id
        if self.scenario.payoffs is not None:
            cell = reduce(lambda table, k: table[k], profile, self.scenario.payoffs[owner])
            return self._formula(read_cell(cell))
        parts = [self._paid(term, profile) for term in self.scenario.terms if term.player == owner]
        return reduce(added, parts, {})

    def _paid(self, term: Term, profile: Profile) -> Polynomial:
        weights = [
            self._weight(term.when[player.id], player.options[k].id)
            for player, k in zip(self.scenario.players, profile, strict=True)
            if player.id in term.when
        ]
        if any(not weight for weight in weights):
            return {}
        return reduce(multiplied, weights, self._text(term.value))

    def _weight(self, weights: OptionWeights, option: str) -> Polynomial:
        if isinstance(weights, tuple):
            return constant(Fraction(option in weights))
        return self._text(weights[option]) if option in weights else {}

    def _text(self, text: FormulaText) -> Polynomial:
        return self._formula(Formula.parse(text))

    def _formula(self, formula: Formula) -> Polynomial:
        return polynomial_of(formula, self.numbers, self.ranges)


def is_affine(gaps: Sequence[Gap]) -> bool:
    """Say whether every loss is an affine function of the moving numbers jointly."""
    return all(len(monomial) <= 1 for gap in gaps for monomial in gap.loss)


def _exact_share(moving: Moving, name: str, value: float) -> Fraction:
    now, span = moving.exact(name)
    return (exact_decimal(value) - now) / span
