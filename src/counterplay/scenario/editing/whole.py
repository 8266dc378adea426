"""A scenario that is on file nowhere, as the text of a file."""

from __future__ import annotations

from counterplay.scenario.editing.spelling import pair
from counterplay.scenario.schema import Scenario


def scenario_text(scenario: Scenario) -> str:
    """Return a scenario as the text of a file that needs no other: its evidence stands inline.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    str
        YAML; reading it gives a scenario of the same hash.
    """
    parts = scenario.canonical().items()
    return "".join(f"{line}\n" for key, value in parts for line in pair(key, value, 0))
