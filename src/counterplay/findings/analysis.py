"""An analysis: the findings with the checks that a level of report requires beside them.

Everything follows from the findings, the number of draws and the seed: there is no clock in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from counterplay.errors import CounterplayError, MissingExtraError, ReportError
from counterplay.findings.check_work import MAP_STEPS, CheckWork, Progress
from counterplay.findings.checks import REQUIRED, Check, Level, checked_level
from counterplay.findings.one_question import Findings
from counterplay.findings.other_concepts import OtherConcepts
from counterplay.sensitivity.discovery.boxes_found import Discovery
from counterplay.sensitivity.draws import checked_draws, checked_seed
from counterplay.sensitivity.drivers.results import Drivers
from counterplay.sensitivity.maps.result import PhaseMap
from counterplay.sensitivity.nearest.result import NearestChange
from counterplay.sensitivity.robust.results import RobustChoice
from counterplay.sensitivity.tipping.table import TippingTable
from counterplay.sensitivity.uncertainty import Sample

DRAWS = 1_000
"""Draws of an uncertainty run where none are given."""

MOST_DRAWS = 20_000
"""Draws at most, so that a report can be recomputed where somebody else wrote it."""


@dataclass(frozen=True, eq=False)
class Analysis:
    """Findings with the checks of a level.

    Attributes
    ----------
    findings : Findings
    level : str
        The level whose checks were made.
    draws, seed : int
        Of the uncertainty run and what else is sampled.
    tipping : TippingTable or None
        Where the answer changes, each assumption moved alone.
    phase_map : PhaseMap or None
        Of the two assumptions with the nearest tipping points.
    sample : Sample or None
        The uncertainty run.
    robust : RobustChoice or None
        The focal player's options across the sampled futures.
    drivers : Drivers or None
        Which assumptions decide which outcome is stable.
    conditions : tuple of Discovery
        Where each kind of outcome that is stable now is concentrated.
    nearest : tuple of NearestChange
        For each firm outcome the least joint change that ends it; the first three.
    concepts : OtherConcepts or None
        What other solution concepts say.
    not_possible : mapping from str to str
        Checks of the level that cannot be made of this scenario, by id, and why.
    """

    findings: Findings
    level: Level
    draws: int
    seed: int
    tipping: TippingTable | None = None
    phase_map: PhaseMap | None = None
    sample: Sample | None = None
    robust: RobustChoice | None = None
    drivers: Drivers | None = None
    conditions: tuple[Discovery, ...] = ()
    nearest: tuple[NearestChange, ...] = ()
    concepts: OtherConcepts | None = None
    not_possible: Mapping[str, str] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, Any]:
        """Return what a copy in another process is made of."""
        return {**self.__dict__, "not_possible": dict(self.not_possible)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Become such a copy."""
        reasons = MappingProxyType(state["not_possible"])
        self.__dict__.update(state, not_possible=reasons)

    def missing(self, level: Level) -> tuple[Check, ...]:
        """Return the checks that a level requires and this analysis did not make.

        One that cannot be made of this scenario counts as made; `not_possible` says why.
        """
        made = {check.id for check in REQUIRED[self.level]}
        return tuple(check for check in REQUIRED[level] if check.id not in made)

    def to_dict(self) -> dict[str, Any]:
        """Return all results as plain JSON data; numbers are not rounded."""
        data = {
            "level": self.level,
            "draws": self.draws,
            "seed": self.seed,
            "map_steps": list(MAP_STEPS),
            "not_possible": dict(self.not_possible),
            "tipping": self.tipping and self.tipping.to_dict(),
            "phase_map": self.phase_map and self.phase_map.to_dict(),
            "sample": self.sample and _sample_dict(self.sample),
            "robust": self.robust and self.robust.to_dict(),
            "drivers": self.drivers and self.drivers.to_dict(),
            "conditions": [found.to_dict() for found in self.conditions],
            "nearest": [change.to_dict() for change in self.nearest],
            "concepts": self.concepts and self.concepts.to_dict(),
        }
        return {name: _plain(part) for name, part in data.items()}


def analyse(
    findings: Findings,
    level: Level = "standard",
    *,
    draws: int = DRAWS,
    seed: int = 0,
    progress: Progress | None = None,
) -> Analysis:
    """Make the checks that a level of report requires beside the findings.

    Parameters
    ----------
    findings : Findings
        What `study` returns.
    level : {"brief", "standard", "full"}
        A brief requires none.  A standard report: tipping points, a phase map, an uncertainty
        run, and the focal player's options across futures.  A full one also drivers, conditions,
        least joint changes, and other solution concepts.
    draws : int
        Sampled sets of assumptions, 1 to 20,000.
    seed : int
        Not negative; the same seed gives the same analysis.
    progress : callable, optional
        Called with the title of a check, how much of it is done, and of how much.

    Returns
    -------
    Analysis
        Give it to `write_report` in place of the findings.

    Raises
    ------
    ReportError
        If these are no findings or there is no such level.
    ValuesError
        If `draws` or `seed` is refused.
    MissingExtraError
        If a full analysis needs packages that are not installed.

    Examples
    --------
    >>> from counterplay.scenario import load
    >>> from counterplay.findings import study
    >>> analyse(study(load("chicken"))).not_possible["sample"]
    'no assumption is uncertain'
    """
    if not isinstance(findings, Findings):
        raise ReportError(
            f"findings: this is a {type(findings).__name__}; give what counterplay.study(...) "
            "returns"
        )
    level = checked_level(level)
    draws, seed = checked_draws(draws, most=MOST_DRAWS), checked_seed(seed)
    told = progress or _silent
    work = CheckWork(findings, draws, seed, told)
    made: dict[str, Any] = {}
    refused: dict[str, str] = {}
    for check in REQUIRED[level]:
        told(check.title, 0, 1)
        try:
            made[check.id] = getattr(work, check.id)()
        except MissingExtraError:
            raise
        except CounterplayError as error:
            refused[check.id] = str(error)
        told(check.title, 1, 1)
    if REQUIRED[level]:
        _ = findings.blocs  # longer reports show it, and a report only renders
    return Analysis(findings, level, draws, seed, **made, not_possible=MappingProxyType(refused))


def _sample_dict(found: Sample) -> dict[str, Any]:
    """Return the shares without the hash of the rows and the versions behind it.

    Rows may differ in their last bits between machines, on which shares agree.
    """
    kept = found.to_dict()
    return {name: part for name, part in kept.items() if name not in ("digest", "versions")}


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return data with lists for tuples, as it reads back."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


def _silent(_title: str, _done: int, _total: int) -> None:
    """Report progress to nobody."""
