"""What a report of a comparison is made of: the comparison, its findings, and who signs."""

from __future__ import annotations

from dataclasses import dataclass

from counterplay.errors import ReportError
from counterplay.findings import Findings
from counterplay.findings.side_by_side import Comparison, side_by_side
from counterplay.report.notes import SignOff, checked_sign_off
from counterplay.sensitivity.attribution.result import SettingChange, SettingsComparison

_SIGNERS = ("commissioner", "analyst", "assurer")


@dataclass(frozen=True, eq=False)
class ComparedMaterial:
    """What a report of a comparison is made of.

    Attributes
    ----------
    comparison : SettingsComparison or ScenariosComparison
    findings : tuple of Findings
        Of each setting in turn.
    sign_off : SignOff
    """

    comparison: Comparison
    findings: tuple[Findings, ...]
    sign_off: SignOff

    @property
    def changes(self) -> tuple[SettingChange, ...]:
        """Each change that is shared out; none where two scenarios differ in structure."""
        if isinstance(self.comparison, SettingsComparison):
            return self.comparison.changes
        return () if self.comparison.change is None else (self.comparison.change,)


def compared_material(comparison: Comparison, **noted: object) -> ComparedMaterial:
    """Return what a report of a comparison is made of.

    Parameters
    ----------
    comparison : SettingsComparison or ScenariosComparison
    **noted
        The notes of `render` by name; a comparison takes those of who signs.

    Raises
    ------
    ReportError
        If something is noted that belongs to one setting, or a name is not right.
    """
    for name, given in noted.items():
        if given is not None and name not in _SIGNERS:
            raise ReportError(
                f"{name}: a report of a comparison takes none; it takes {', '.join(_SIGNERS)}"
            )
    sides = side_by_side(comparison)
    signed = checked_sign_off(**{name: noted.get(name) for name in _SIGNERS})
    return ComparedMaterial(comparison, sides.findings, signed)
