"""All equilibria at many draws of the uncertain parameters."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

import numpy as np

from counterplay.scenario import Scenario
from counterplay.sensitivity.draws import Method
from counterplay.sensitivity.executors import Executor
from counterplay.sensitivity.outcomes import Outcome
from counterplay.sensitivity.uncertainty.numbering import Numbering
from counterplay.sensitivity.uncertainty.plan import Progress, pieces_done, planned
from counterplay.sensitivity.uncertainty.result import Sample
from counterplay.sensitivity.uncertainty.work import all_equilibria


def sample(  # noqa: PLR0913 - the public contract
    scenario: Scenario,
    draws: int,
    seed: int,
    values: Mapping[str, float] | None = None,
    *,
    method: Method = "sobol",
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Sample:
    """Draw the uncertain parameters many times, and find all equilibria at each draw.

    Each parameter is drawn from its own distribution, independently of the others; levers,
    constants and parameters whose range is one value are held.  The rows depend on scenario,
    held values, draws, seed and method alone, not on the executor.

    Parameters
    ----------
    scenario : Scenario
    draws : int
        1 to 10 million.
    seed : int
        Not negative.
    values : mapping, optional
        Parameters and constants; for those that are drawn it is not used, and `words` says so.
    method : str
        ``"sobol"`` (scrambled Sobol' sequences), ``"lhs"`` (one Latin hypercube) or ``"random"``
        (independent draws).
    executor : Executor, optional
        Who works; this process where left out.
    progress : callable, optional
        Called with the number of draws that are done, and of all.

    Returns
    -------
    Sample

    Raises
    ------
    CounterplayError
        If `scenario` is not loaded.
    ValuesError
        If an argument is wrong, no parameter is uncertain, or a payoff is not finite at a draw.
    ExecutorError
        If workers cannot be reached, or die on the same work again and again.

    Examples
    --------
    >>> from counterplay.scenario import load
    >>> found = sample(load("korea-ukraine"), 8, seed=1)
    >>> found.values.shape, found.proved
    ((8, 22), {'proved': 8})
    """
    plan = planned(scenario, draws, seed, values, method)
    drawn = np.empty((plan.draws, len(plan.drawn)))
    outcome = np.empty(plan.draws, np.int64)
    completeness = np.empty(plan.draws, "<U9")
    bounds = plan.bounds
    numbering: Numbering[Outcome] = Numbering(len(bounds))
    run = pieces_done(plan, list(range(len(bounds))), all_equilibria, executor, progress)
    with closing(run) as pieces:
        for number, piece in pieces:
            place = slice(*bounds[number])
            drawn[place] = piece.values
            outcome[place] = piece.counted.index
            completeness[place] = piece.counted.completeness
            numbering.note(number, piece.counted.outcomes)
    outcomes = numbering.settle(outcome, bounds)
    for column in (drawn, outcome, completeness):
        column.flags.writeable = False
    return Sample(plan, drawn, outcome, outcomes, completeness)
