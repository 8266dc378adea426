"""Refusing a parameter along whose range payoffs are not finite."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from counterplay.errors import CounterplayError, ValuesError
from counterplay.games.strategic import LARGEST_PAYOFF
from counterplay.numeric import FloatArray
from counterplay.payoffs import game
from counterplay.payoffs.build import payoff_batch
from counterplay.scenario import Parameter, Scenario


def refuse_unless_finite(
    scenario: Scenario, held: Mapping[str, float], parameter: Parameter, values: FloatArray
) -> None:
    """Refuse a parameter if some payoff is not finite at some of its values.

    Raises
    ------
    ValuesError
        Naming the parameter and the value.
    """
    payoffs = payoff_batch(scenario, {**held, parameter.id: values})
    with np.errstate(invalid="ignore"):
        fine = (np.abs(payoffs) <= LARGEST_PAYOFF).reshape(-1, payoffs.shape[-1]).all(axis=0)
    if fine.all():
        return
    bad = float(values[int(np.flatnonzero(~fine)[0])])
    try:
        game(scenario, {**held, parameter.id: bad})
    except CounterplayError as error:
        raise not_finite(parameter, bad, str(error)) from None
    raise not_finite(parameter, bad, "they are too large to compare")


def not_finite(parameter: Parameter, value: float, reason: str) -> ValuesError:
    """Return the refusal of a parameter that leads to payoffs that are not finite."""
    return ValuesError(
        f"{parameter.id}: at {value:.10g}, within its range {parameter.low:g} to "
        f"{parameter.high:g}, payoffs are not finite ({reason}); bound the formula with max, min "
        "or clip, or narrow the range"
    )
