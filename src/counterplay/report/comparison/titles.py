"""What a report of a comparison calls itself."""

from __future__ import annotations

from counterplay.findings import VERSIONED
from counterplay.findings.side_by_side import Comparison
from counterplay.report.blocks import Masthead
from counterplay.report.comparison.material import ComparedMaterial

_MOST_NAMES = 8


def title_of(comparison: Comparison) -> str:
    """Return the title of the scenario, or of both."""
    return " and ".join(dict.fromkeys(each.title for each in comparison.scenarios))


def question_of(comparison: Comparison) -> str | None:
    """Return the question that the scenarios share, if they do."""
    asked = {each.question for each in comparison.scenarios}
    return asked.pop() if len(asked) == 1 else None


def compared_masthead(material: ComparedMaterial) -> Masthead:
    """Return what a report of a comparison is, for its margins and the file's properties."""
    comparison, findings = material.comparison, material.findings
    scenarios = comparison.scenarios
    versions = findings[0].to_dict()["provenance"]
    listed = ", ".join(f"{name} {versions[name]}" for name in VERSIONED)
    methods = "; ".join(dict.fromkeys(found.solution.method for found in findings))
    markings = dict.fromkeys(each.marking for each in scenarios if each.marking)
    dates = {each.as_of for each in scenarios}
    names = dict.fromkeys(player.name for each in scenarios for player in each.players)
    return Masthead(
        title=title_of(comparison),
        marking=" / ".join(markings) or None,
        question=question_of(comparison),
        as_of=dates.pop() if len(dates) == 1 else None,
        kind="comparison",
        setting=f"{len(comparison.settings)} settings side by side",
        players=tuple(names)[:_MOST_NAMES],
        scenarios=tuple(dict.fromkeys(each.sha256 for each in scenarios)),
        inputs=tuple(found.digest for found in findings),
        solved=f"{methods}. Solved with {listed}.",
    )
