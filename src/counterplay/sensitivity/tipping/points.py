"""Tipping points: the values of one parameter at which the answer flips, all others held.

The answer is the outcome set, the supports of all equilibria.  What is proved and what is not:

- Every change among the *pure* equilibria is found where payoffs are quotients of polynomials in
  the parameter: it is a root of a payoff difference, and all roots are enclosed in exact
  arithmetic (Sturm 1829).  These are ``"exact"``.  Where exp, log or sqrt of the parameter occurs
  differences and their slopes are bounded on cells of the range (Moore 1966), so that none is
  missed either; these are ``"bracketed"``, and stretches that rounding leaves undecided are told.
- Births and deaths of *mixed* equilibria are looked for on a grid of 64 steps, and closed in
  to 1e-9 of the range: ``"bracketed"``.  One that comes and goes within a step is missed.
  What a limit on work leaves wide is told.
- A value at which players are merely indifferent, with the same outcome set on both sides, is no
  tipping point; nor is an end of the range.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from counterplay.errors import ValuesError
from counterplay.explain.narrate import number_text
from counterplay.payoffs import game
from counterplay.scenario import Parameter, Scenario
from counterplay.scenario.schema import loaded
from counterplay.scenario.setting import Values
from counterplay.scenario.values import nearest
from counterplay.sensitivity.tipping.one_parameter import Lines
from counterplay.sensitivity.tipping.outcome_changes import Change
from counterplay.sensitivity.tipping.search import search
from counterplay.sensitivity.tipping.table import TippingPoint, TippingTable
from counterplay.sensitivity.tipping.words import method_words, sides_words, summary_words
from counterplay.sensitivity.usage import used_names


def tipping_points(
    scenario: Scenario,
    values: Mapping[str, float] | None = None,
    *,
    parameters: Sequence[str] | None = None,
) -> TippingTable:
    """Find where the outcome set changes as each parameter moves alone over its range.

    Parameters
    ----------
    scenario : Scenario
    values : mapping from parameter or constant id to number, optional
        Where the others are held; defaults where left out.
    parameters : sequence of str, optional
        Ids of the parameters to move; all where left out.

    Returns
    -------
    TippingTable
        A sequence of TippingPoint, nearest to the present value first.  Both sides of each are
        solved, 1e-7 of the range beside a change of the pure equilibria and within 1e-9 of one of
        mixed ones alone.

    Raises
    ------
    CounterplayError
        If `scenario` is not loaded.
    ValuesError
        If values or parameters are unknown or out of range, a constant is to be moved, or payoffs
        are not finite somewhere on a parameter's range.

    Examples
    --------
    >>> from counterplay.scenario import load
    >>> table = tipping_points(load("korea-ukraine"), parameters=["audience"])
    >>> [(point.value, point.certainty, point.pure) for point in table]
    [(3.825, 'exact', True)]
    """
    held = loaded(scenario).full_values(values)
    game(scenario, held)
    asked = _asked(scenario, parameters)
    lines = Lines(scenario, held)
    used = used_names(scenario)
    fixed = tuple(p.id for p in asked if p.low == p.high)
    unused = tuple(p.id for p in asked if p.id not in used)
    moving = [p for p in asked if p.id in used and p.low < p.high]
    found = search(lines, moving)
    items = [
        _point(scenario, parameter, held[parameter.id], change)
        for parameter in moving
        for change in found.changes[parameter.id]
    ]
    items.sort(key=lambda item: item.distance)
    steady = tuple(p.id for p in moving if not found.changes[p.id])
    return TippingTable(
        items=tuple(items),
        held=Values(held),
        moved=tuple(p.id for p in moving),
        steady=steady,
        unused=unused,
        fixed=fixed,
        solves=found.solves,
        unproved=found.unproved,
        method=method_words(),
        words=summary_words(scenario, items, (len(moving), steady, unused, fixed), found),
    )


def _asked(scenario: Scenario, parameters: Sequence[str] | None) -> list[Parameter]:
    if parameters is None:
        return list(scenario.parameters)
    if isinstance(parameters, str) or not isinstance(parameters, Sequence):
        raise ValuesError(f"parameters: {parameters!r}; give a list of parameter ids")
    wanted = dict.fromkeys(parameter_id(scenario, name, "parameters") for name in parameters)
    return [p for p in scenario.parameters if p.id in wanted]


def parameter_id(scenario: Scenario, name: object, argument: str) -> str:
    """Return the id of a parameter that can be moved.

    Raises
    ------
    ValuesError
        If it is none, or a constant, which has no range.
    """
    known = [p.id for p in scenario.parameters]
    if isinstance(name, str) and name in known:
        return name
    if any(constant.id == name for constant in scenario.constants):
        raise ValuesError(
            f"{argument}: {name!r} is a constant, which has no range to move over; set it in "
            "values, or make it a parameter with low and high"
        )
    hint = nearest(str(name), known) or f"; there are {', '.join(known) or 'none'}"
    raise ValuesError(f"{argument}: no parameter {name!r}{hint}")


def _point(scenario: Scenario, parameter: Parameter, now: float, change: Change) -> TippingPoint:
    turn = change.turn
    if turn is None:
        within = (change.before.value, change.after.value)
        value = (within[0] + within[1]) / 2
    else:
        within = (float(turn.place.low), float(turn.place.high))
        value = turn.value
    below, above = change.before.outcome, change.after.outcome
    return TippingPoint(
        parameter=parameter.id,
        value=value,
        below=below,
        above=above,
        certainty="exact" if turn is not None and turn.exact else "bracketed",
        distance=abs(value - now) / (parameter.high - parameter.low),
        pure=turn is not None,
        within=within,
        words=(
            f"“{parameter.label}” at {number_text(value)} (now {number_text(now)}). "
            f"{sides_words(scenario, below, above)}"
        ),
    )
