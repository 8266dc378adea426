"""What people note on a report: reasons, who signs, whose belief it is, what is left out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from counterplay.errors import ReportError
from counterplay.findings import Findings
from counterplay.report.likelihood import Belief, checked_belief, checked_name
from counterplay.report.reasons import Reasons, checked_reasons, reasons_data

ROLES = ("commissioner", "analyst", "assurer")
"""Who signs a report."""


OPTIONAL_SECTIONS = {
    "players": "Players and options",
    "comparison": "Several outcomes: who prefers which",
    "selection": "What sets the outcomes apart",
    "concepts": "Other solution concepts",
    "blocs": "The two-bloc view",
    "tipping": "What would change the answer",
    "map": "Two assumptions together",
    "uncertainty": "How often this answer holds",
    "drivers": "What decides which outcome is stable",
    "robust": "Which option holds up",
    "signposts": "Indicators and signposts",
    "wrong": "The cheapest ways this goes wrong",
    "register": "Assumption register",
    "assumptions": "Assumptions",
    "constants": "Constants",
    "evidence": "Evidence",
}
"""Sections that a document can be without, by name; the rest says what is found and how sure."""


def optional_sections() -> dict[str, str]:
    """Return the title of each section that a report can be without, by its name."""
    return dict(OPTIONAL_SECTIONS)


@dataclass(frozen=True)
class SignOff:
    """Who stands behind a report; None where nobody is named yet.

    Attributes
    ----------
    commissioner : str or None
        Who asked for the analysis and says that it answers the question.
    analyst : str or None
        Who made it.
    assurer : str or None
        Who checked it; never the analyst.
    """

    commissioner: str | None = None
    analyst: str | None = None
    assurer: str | None = None

    def named(self) -> dict[str, str]:
        """Return the names given, by role."""
        return {role: name for role in ROLES if (name := getattr(self, role))}


@dataclass(frozen=True)
class Notes:
    """What people add to a report.

    Attributes
    ----------
    reasons : mapping from parameter or constant id to text
    sign_off : SignOff
    belief : Belief or None
        Somebody's declaration that the sampled distributions are what they believe.
    without : tuple of str
        Names of `OPTIONAL_SECTIONS` that the document is without; its data hold everything.
    """

    reasons: Reasons = field(default_factory=dict)
    sign_off: SignOff = SignOff()
    belief: Belief | None = None
    without: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return what is noted as JSON data, each with a digest; nothing where nothing is."""
        data = reasons_data(self.reasons) | signed_data(self.sign_off)
        if self.belief is not None:
            data |= _digested("belief", self.belief.to_dict())
        if self.without:
            data |= _digested("without", {"sections": list(self.without)})
        return data


NO_NOTES = Notes()


def checked_notes(  # noqa: PLR0913 - one argument for each thing that can be noted
    findings: Findings,
    reasons: object = None,
    *,
    commissioner: object = None,
    analyst: object = None,
    assurer: object = None,
    belief: object = None,
    yardstick: object = None,
    without: object = None,
) -> Notes:
    """Return notes, or say what is wrong with them, before a report is made.

    Parameters
    ----------
    findings : Findings
    reasons, commissioner, analyst, assurer, belief, yardstick, without
        As for `render`.

    Returns
    -------
    checked : Notes

    Raises
    ------
    ReportError
        If a reason or name is refused, the assurer is the analyst, or a belief is declared
        without a yardstick or the other way round, or no report can be without a section.
    """
    return Notes(
        checked_reasons(findings, reasons),
        checked_sign_off(commissioner, analyst, assurer),
        checked_belief(belief, yardstick),
        _checked_sections(without),
    )


def checked_sign_off(
    commissioner: object = None, analyst: object = None, assurer: object = None
) -> SignOff:
    """Return who signs.

    Raises
    ------
    ReportError
        If a name is refused, or the assurer is the analyst.
    """
    given = dict(zip(ROLES, (commissioner, analyst, assurer), strict=True))
    names = {role: checked_name(name, role) for role, name in given.items() if name is not None}
    sign_off = SignOff(**names)
    if sign_off.assurer and _same(sign_off.assurer, sign_off.analyst):
        raise ReportError(
            f"assurer: {sign_off.assurer} is the analyst; whoever assures an analysis is somebody "
            "else"
        )
    return sign_off


def signed_data(sign_off: SignOff) -> dict[str, Any]:
    """Return who signs as JSON data; nothing where nobody is named."""
    named = sign_off.named()
    return _digested("sign_off", named) if named else {}


def signed_in(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return who signs by a report's data, unchecked but for the roles.

    Raises
    ------
    ReportError
        If it names other roles.
    """
    signed = data.get("sign_off", {})
    if not isinstance(signed, dict) or not set(signed) <= set(ROLES):
        raise ReportError(f"sign_off: names are given for {', '.join(ROLES)} alone")
    return signed


def _checked_sections(without: object) -> tuple[str, ...]:
    if without is None:
        return ()
    if isinstance(without, str) or not isinstance(without, Sequence):
        raise ReportError(f"without: {without!r} is no list of sections")
    for name in without:
        if not isinstance(name, str) or name not in OPTIONAL_SECTIONS:
            raise ReportError(
                f"without: a report cannot be without {name!r}; it can be without "
                f"{', '.join(OPTIONAL_SECTIONS)}"
            )
    return tuple(name for name in OPTIONAL_SECTIONS if name in without)


def noted_in(findings: Findings, data: Mapping[str, Any]) -> Notes:
    """Return the notes that a report's data hold.

    Raises
    ------
    ReportError
        If they do not hold.
    """
    belief = data.get("belief", {})
    if not isinstance(belief, dict):
        raise ReportError("belief: this is no declaration")
    without = data.get("without", {})
    if not isinstance(without, dict):
        raise ReportError("without: this is no list of sections")
    return checked_notes(
        findings,
        data.get("reasons"),
        **signed_in(data),
        belief=belief.get("declared_by"),
        yardstick=belief.get("yardstick"),
        without=without.get("sections"),
    )


def _same(first: str, second: str | None) -> bool:
    return second is not None and first.casefold() == second.casefold()


def _digested(name: str, noted: dict[str, Any]) -> dict[str, Any]:
    """Return a note with its digest, which makes an accidental change of a name show."""
    text = json.dumps(noted, sort_keys=True)
    return {name: noted, f"{name}_digest": hashlib.sha256(text.encode()).hexdigest()[:12]}
