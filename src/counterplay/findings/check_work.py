"""The work behind each check of an analysis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from counterplay.errors import ReportError
from counterplay.findings.checks import REQUIRED
from counterplay.findings.one_question import Findings
from counterplay.findings.other_concepts import OtherConcepts, other_concepts
from counterplay.sensitivity.discovery.boxes_found import Discovery, discover
from counterplay.sensitivity.draws import drawn_parameters
from counterplay.sensitivity.drivers.ranking import drivers
from counterplay.sensitivity.drivers.results import Drivers
from counterplay.sensitivity.maps.phase import phase_map
from counterplay.sensitivity.maps.result import PhaseMap
from counterplay.sensitivity.nearest.changes import nearest_that_breaks
from counterplay.sensitivity.nearest.result import NearestChange
from counterplay.sensitivity.robust.choice import robust_choice
from counterplay.sensitivity.robust.results import RobustChoice
from counterplay.sensitivity.tipping.table import TippingTable
from counterplay.sensitivity.uncertainty import Sample, sample

MAP_STEPS = (32, 24)
"""Cells of a report's phase map along its two assumptions."""

DRIVER_DRAWS = 256
"""Points of the design that ranks drivers, at most; it works out two dozen settings for each."""

MOST_EXPLAINED = 3
"""Outcomes for which the least joint change and conditions are sought."""

Progress = Callable[[str, int, int], None]
"""Called with the title of a check, what is done of it, and of how much."""


@dataclass(frozen=True, eq=False)
class CheckWork:
    """One method for each check, by its id; a CounterplayError says why it cannot be made."""

    findings: Findings
    draws: int
    seed: int
    progress: Progress

    def tipping(self) -> TippingTable:
        """Find where the answer changes, each assumption moved alone."""
        if not self.findings.scenario.parameters:
            raise ReportError("the scenario has no assumption to move")
        return self.findings.tipping

    def phase_map(self) -> PhaseMap:
        """Map the two assumptions with the nearest tipping points, settled choices first."""
        points = self.tipping()
        ordered = [*(p for p in points if p.pure), *(p for p in points if not p.pure)]
        names = list(dict.fromkeys(point.parameter for point in ordered))
        if len(names) < 2:
            count = "only one assumption changes" if names else "no assumption was found to change"
            raise ReportError(f"{count} the stable outcomes when moved alone")
        x, y = names[:2]
        return phase_map(self.findings.scenario, x, y, self.findings.values, steps=MAP_STEPS)

    def sample(self) -> Sample:
        """Draw the uncertain assumptions, and solve at each draw."""
        self._require_uncertain()
        title = next(check.title for check in REQUIRED["full"] if check.id == "sample")
        return sample(
            self.findings.scenario,
            self.draws,
            self.seed,
            self.findings.values,
            progress=lambda done, total: self.progress(title, done, total),
        )

    def robust(self) -> RobustChoice:
        """Compare the focal player's options across the same futures."""
        self._require_uncertain()
        return robust_choice(self.findings.scenario, self.draws, self.seed, self.findings.values)

    def drivers(self) -> Drivers:
        """Rank the assumptions by what they decide."""
        self._require_uncertain()
        draws = max(4, min(self.draws, DRIVER_DRAWS))
        return drivers(self.findings.scenario, draws, self.seed, self.findings.values)

    def conditions(self) -> tuple[Discovery, ...]:
        """Find where each kind of outcome that is stable now is concentrated."""
        self._require_uncertain()
        names = self._standing()
        if not names:
            raise ReportError("no settled outcome with a name is stable now")
        scenario, values = self.findings.scenario, self.findings.values
        return tuple(discover(scenario, self.draws, self.seed, name, values) for name in names)

    def nearest(self) -> tuple[NearestChange, ...]:
        """Find for each settled outcome the least joint change that ends it."""
        if not self.findings.scenario.parameters:
            raise ReportError("the scenario has no assumption to move")
        profiles = [
            self.findings.game.profile_ids(found.equilibrium.profile)
            for found in self.findings.accounts
            if found.equilibrium.profile is not None
        ]
        if not profiles:
            raise ReportError("no outcome in which everybody has one settled choice is stable")
        return tuple(
            nearest_that_breaks(self.findings.scenario, profile, self.findings.values)
            for profile in profiles[:MOST_EXPLAINED]
        )

    def concepts(self) -> OtherConcepts:
        """Work out what other solution concepts say."""
        return other_concepts(self.findings.game, self.findings.solution)

    def _standing(self) -> list[str]:
        named = [
            regime.id
            for found in self.findings.accounts
            if found.equilibrium.profile is not None
            for regime, _ in found.outcomes
            if regime is not None
        ]
        return list(dict.fromkeys(named))[:MOST_EXPLAINED]

    def _require_uncertain(self) -> None:
        if not drawn_parameters(self.findings.scenario):
            raise ReportError("no assumption is uncertain")
