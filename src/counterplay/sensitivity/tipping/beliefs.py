"""What one player takes the others to do: options, chances of options, or chances of profiles."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from math import isfinite, prod
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from counterplay.errors import ValuesError
from counterplay.explain.narrate import in_words, percent, pure_clause
from counterplay.numeric import exact_decimal
from counterplay.scenario import Player, Scenario
from counterplay.scenario.values import nearest

Others: TypeAlias = Mapping[str, str | Mapping[str, float] | float]
"""For each other player an option id or chances of its options; or chances of whole profiles."""

Belief = npt.NDArray[np.object_]
"""Chances of the others' profiles as Fractions, 1 long on the believer's own axis."""

_SUM_TOLERANCE = Fraction(1, 10**9)


def belief_about(scenario: Scenario, player: int, others: Others) -> Belief:
    """Return the chance of each profile of the others.

    Parameters
    ----------
    player : int
        Who believes.
    others : mapping
        See `Others`.  Chances are read as the decimals that they print as, and divided by their
        sum, which must be 1 to within 1e-9.

    Raises
    ------
    ValuesError
        If a name is unknown, a player is missing, or chances are negative or do not sum to 1.
    """
    if not isinstance(others, Mapping):
        raise ValuesError(
            f"others: this is a {type(others).__name__}; give a mapping from each other player to "
            "an option id or to chances of its options"
        )
    rest = [other for k, other in enumerate(scenario.players) if k != player]
    named = {other.id for other in rest}
    if any(isinstance(chance, str | Mapping) for chance in others.values()) or named & set(others):
        chances = _independent(scenario, player, rest, others)
    else:
        chances = _joint(rest, others)
    return np.expand_dims(chances, player)


def _independent(
    scenario: Scenario, player: int, rest: list[Player], others: Others
) -> npt.NDArray[np.object_]:
    for name in others:
        if name not in [other.id for other in rest]:
            replies = name == scenario.players[player].id
            hint = nearest(str(name), [other.id for other in rest])
            known = ", ".join(other.id for other in rest)
            reason = "is the player who replies" if replies else "is no player"
            raise ValuesError(f"others: {name!r} {reason}{hint or f'; the others are {known}'}")
    columns = []
    for other in rest:
        if other.id not in others:
            raise ValuesError(f"others: {other.id} is missing; give an option id, or chances")
        columns.append(_column(other, others[other.id]))
    shape = [len(column) for column in columns]
    chances = np.empty(prod(shape), dtype=object)
    chances[:] = [prod(shares, start=Fraction(1)) for shares in product(*columns)]
    return chances.reshape(shape)


def _column(player: Player, given: object) -> list[Fraction]:
    ids = [option.id for option in player.options]
    if isinstance(given, Mapping):
        shares = dict.fromkeys(ids, Fraction(0))
        for option, chance in given.items():
            shares[_known(option, ids, f"others: {player.id}")] = _chance(
                chance, f"others: {player.id}: {option}"
            )
        return _normalised(list(shares.values()), f"others: {player.id}")
    chosen = _known(given, ids, f"others: {player.id}")
    return [Fraction(option == chosen) for option in ids]


def _joint(rest: list[Player], others: Others) -> npt.NDArray[np.object_]:
    shape = [len(other.options) for other in rest]
    chances = np.full(shape, Fraction(0), dtype=object)
    for text, chance in others.items():
        parts = str(text).split("/")
        if len(parts) != len(rest):
            form = "/".join(other.id for other in rest)
            raise ValuesError(
                f"others: {text!r}; name the other players, or whole profiles in the order {form}"
            )
        place = tuple(
            [option.id for option in other.options].index(
                _known(part, [option.id for option in other.options], f"others: {other.id}")
            )
            for part, other in zip(parts, rest, strict=True)
        )
        chances[place] += _chance(chance, f"others: {text}")
    flat = _normalised(chances.ravel().tolist(), "others")
    chances.ravel()[:] = flat
    return chances


def _known(name: object, ids: list[str], place: str) -> str:
    if isinstance(name, str) and name in ids:
        return name
    hint = nearest(str(name), ids) or f"; there are {', '.join(ids)}"
    raise ValuesError(f"{place}: no option {name!r}{hint}")


def _chance(given: object, place: str) -> Fraction:
    try:
        number = float(given)  # type: ignore[arg-type]  # whatever it takes
    except (TypeError, ValueError, OverflowError):
        raise ValuesError(f"{place}: {given!r} is no chance; give a number from 0 to 1") from None
    if not isfinite(number) or not 0 <= number <= 1:
        raise ValuesError(f"{place}: {number!r} is no chance; give a number from 0 to 1")
    return given if isinstance(given, Fraction) else exact_decimal(number)


def _normalised(shares: list[Fraction], place: str) -> list[Fraction]:
    total = sum(shares, start=Fraction(0))
    if abs(total - 1) > _SUM_TOLERANCE:
        raise ValuesError(f"{place}: the chances add up to {float(total):.10g}; make them 1")
    return [share / total for share in shares]


def belief_words(scenario: Scenario, player: int, others: Others) -> str:
    """Say what the others are taken to do; `others` as `belief_about` has accepted it."""
    rest = [other for k, other in enumerate(scenario.players) if k != player]
    if all(other.id in others for other in rest):
        clauses = [_clause(other, others[other.id]) for other in rest]
        return f"If {', '.join(clauses)}"
    parts = [
        f"{', '.join(map(pure_clause, rest, text.split('/')))} ({percent(_number(chance))})"
        for text, chance in others.items()
    ]
    return f"If the others are expected to act as follows ({'; or '.join(parts)})"


def _clause(player: Player, given: object) -> str:
    if not isinstance(given, Mapping):
        return pure_clause(player, str(given))
    labels = {option.id: option.label for option in player.options}
    shares = [f"“{labels[o]}” ({percent(_number(c))})" for o, c in given.items() if _number(c) > 0]
    return f"{player.name} is expected to choose {in_words(shares)}"


def _number(given: object) -> float:
    return float(given)  # type: ignore[arg-type]  # accepted before
