"""The key of a phase map: a letter for each pure equilibrium, and the map's table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from counterplay.explain.narrate import percent
from counterplay.report.tables import Table
from counterplay.sensitivity.maps.result import PhaseMap
from counterplay.sensitivity.maps.words import pure_words
from counterplay.sensitivity.outcomes import Outcome

PureSet = tuple[tuple[str, ...], ...]

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
UNNAMED = "+"
"""Stands for pure equilibria beyond the letters of the alphabet."""

NONE_SETTLED = "–"
"""Stands for places without a pure equilibrium."""


@dataclass(frozen=True, eq=False)
class Key:
    """Letters for the pure equilibria of a map, or of several maps of the same scenario.

    Attributes
    ----------
    found : PhaseMap
        The map, or the first of them.
    beside : tuple of PhaseMap
        The others.
    """

    found: PhaseMap
    beside: tuple[PhaseMap, ...] = ()

    @property
    def maps(self) -> tuple[PhaseMap, ...]:
        """All maps that the letters are for."""
        return (self.found, *self.beside)

    @cached_property
    def cells(self) -> dict[tuple[str, ...], int]:
        """Cells in which each pure equilibrium holds, most first, then in the map's order."""
        total: Counter[tuple[str, ...]] = Counter()
        for found in self.maps:
            for outcome, count in zip(found.outcomes, found.counts, strict=True):
                for profile in outcome.pure if count else ():
                    total[profile] += count
        return dict(total.most_common())

    @cached_property
    def letters(self) -> dict[tuple[str, ...], str]:
        """The letter of each pure equilibrium: A for the one that holds in most cells."""
        return dict(zip(self.cells, LETTERS, strict=False))

    def name(self, pure: PureSet) -> str:
        """Return the letters of a set of pure equilibria."""
        known = sorted(self.letters[profile] for profile in pure if profile in self.letters)
        rest = UNNAMED if len(known) < len(pure) else ""
        return "".join(known) + rest if pure else NONE_SETTLED

    def share(self, profiles: Collection[tuple[str, ...]], found: PhaseMap) -> float:
        """Return the share of a map on which at least one of some pure equilibria holds."""
        cells = sum(
            count
            for pure, count in found.pure_counts.items()
            if any(profile in profiles for profile in pure)
        )
        return cells / found.index.size

    def table(self) -> Table:
        """Return the first map's outcome sets with their cells and shares of it, most first."""
        found = self.found
        order = sorted(range(len(found.outcomes)), key=lambda k: (-found.counts[k], k))
        rows = [
            (
                self.name(found.outcomes[k].pure),
                pure_words(found.scenario, found.outcomes[k].pure),
                _mixed(found.outcomes[k]),
                str(found.counts[k]),
                percent(found.shares[k]),
            )
            for k in order
            if found.counts[k]
        ]
        return Table(
            "Sets of stable outcomes on the map; a share of a map is not a likelihood",
            ("Letters", "Settled choices", "Mixed outcomes, by option ids", "Cells", "Share"),
            tuple(rows),
            (False, False, False, True, True),
        )


def _mixed(outcome: Outcome) -> str:
    texts = [
        "/".join("+".join(options) for options in support)
        for support in outcome.supports
        if any(len(options) > 1 for options in support)
    ]
    notes = [f"{outcome.sets} connected sets"] if outcome.sets else []
    notes += [] if outcome.complete else ["not proved complete"]
    return "; ".join([*texts, *notes]) or "none"
