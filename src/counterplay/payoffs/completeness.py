"""How complete a draft is: what it counts, and what is missing or contradictory, by name."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import prod

from counterplay.errors import Fault
from counterplay.payoffs.check import check_inspection
from counterplay.scenario.editing.draft import Draft
from counterplay.scenario.editing.edits import checked_draft
from counterplay.scenario.rules.reading import entries, players_options
from counterplay.scenario.source import Source


@dataclass(frozen=True)
class Completeness:
    """What a draft holds, and what it lacks.

    Attributes
    ----------
    players, options, profiles : int
        Players, options of all players, and combinations of one option for each; 0 profiles where
        there are no players.
    terms, parameters : int
    placeholders : int
        Parameters and constants whose number nobody stands behind yet.
    faults : tuple of Fault
        What keeps the draft from being a scenario, or contradicts it, in the order of the text.
    gaps : tuple of Fault
        What works but is missing or has no effect, such as a player without terms, a parameter
        that no formula uses or a regime that never matches; severity ``"warning"``.
    """

    players: int
    options: int
    profiles: int
    terms: int
    parameters: int
    placeholders: int
    faults: tuple[Fault, ...]
    gaps: tuple[Fault, ...]

    @property
    def words(self) -> str:
        """One sentence, such as for the head of a page."""
        held = (
            f"{self.players} players with {self.options} options, {self.profiles} combinations, "
            f"{self.terms} payoff terms, {self.parameters} assumptions"
        )
        found = f"{_counted(len(self.faults), 'fault')} and {_counted(len(self.gaps), 'gap')}"
        return f"{held}; {found if self.faults or self.gaps else 'nothing is missing'}."

    def to_dict(self) -> dict[str, object]:
        """Return everything as plain data."""
        return asdict(self)


def completeness(draft: Draft) -> Completeness:
    """Tell what a draft holds, and every missing or contradictory piece by name.

    Regimes, presets and the finiteness of formulas are looked at once there are no other faults,
    with the work bounded as in `check`.

    Parameters
    ----------
    draft : Draft

    Returns
    -------
    Completeness

    Raises
    ------
    EditError
        If this is no draft.

    Examples
    --------
    >>> from counterplay.scenario.editing.opening import open_draft
    >>> completeness(open_draft("chicken")).words
    '2 players with 4 options, 4 combinations, 0 payoff terms, 0 assumptions; nothing is missing.'
    """
    inspection = checked_draft(draft).inspection
    found = check_inspection(inspection)
    source = inspection.source or Source(draft.file)
    counts = [len(options) for options in players_options(source).values()]
    numbers = [e for key in ("parameters", "constants") for _, e in entries(source, key)]
    return Completeness(
        players=len(counts),
        options=sum(counts),
        profiles=prod(counts) if counts else 0,
        terms=len(list(entries(source, "terms"))),
        parameters=len(list(entries(source, "parameters"))),
        placeholders=sum(e.get("basis", "placeholder") == "placeholder" for e in numbers),
        faults=tuple(fault for fault in found if fault.severity == "fault"),
        gaps=tuple(fault for fault in found if fault.severity == "warning"),
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
