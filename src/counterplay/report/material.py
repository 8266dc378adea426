"""What a report is made of: findings, an analysis if one was made, and what people note."""

from __future__ import annotations

from dataclasses import dataclass

from counterplay.findings import REQUIRED, Analysis, Check, Findings, Level
from counterplay.report.notes import NO_NOTES, Notes


@dataclass(frozen=True, eq=False)
class Material:
    """What a report is made of.

    Attributes
    ----------
    findings : Findings
    level : {"brief", "standard", "full"}
    analysis : Analysis or None
        The checks that were made beside the findings; its own findings are these.
    notes : Notes
    """

    findings: Findings
    level: Level = "standard"
    analysis: Analysis | None = None
    notes: Notes = NO_NOTES

    @property
    def missing(self) -> tuple[Check, ...]:
        """The checks that the level requires and nobody made."""
        if self.analysis is None:
            return REQUIRED[self.level]
        return self.analysis.missing(self.level)

    def requires(self, check: str) -> bool:
        """Say whether the level requires a check."""
        return any(one.id == check for one in REQUIRED[self.level])
