"""Sheets of results: outcomes, choices, what switching costs, break points and payoffs."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from counterplay.concepts import Equilibrium
from counterplay.explain.narrate import number_text, percent, points
from counterplay.findings import Findings
from counterplay.report.tables import index_text, option_label, regret_text
from counterplay.report.workbook.cells import Cell, Number, Sheet, sheet_of

MOST_PROFILES = 10_000
"""Combinations of options that a workbook lists."""

_OWN = "Payoffs are each player's own and do not compare between players."


def outcomes(findings: Findings) -> Sheet:
    """Return every equilibrium with its certificate and what it pays each player."""
    rows = [
        (
            _count(number),
            _kind(equilibrium),
            *_accounted(findings, number - 1),
            Number(equilibrium.regret, regret_text(equilibrium.regret)),
            "–"
            if equilibrium.index is None
            else Number(equilibrium.index, index_text(equilibrium.index)),
            *(_points(float(pay)) for pay in equilibrium.payoffs),
        )
        for number, equilibrium in enumerate(findings.solution.equilibria, 1)
    ]
    columns = (
        "Outcome", "Kind", "Who does what", "Kind of outcome", "Weakest link",
        "Largest gain from deviating (regret)", "Index",
        *(f"Payoff: {player.name}" for player in findings.scenario.players),
    )  # fmt: skip
    return sheet_of("Outcomes", f"{findings.title}. {_OWN}", columns, rows)


def choices(findings: Findings) -> Sheet:
    """Return the probability of every option in every equilibrium."""
    rows = [
        (
            _count(number),
            player.name,
            option.label,
            Number(float(share), percent(float(share))),
        )
        for number, equilibrium in enumerate(findings.solution.equilibria, 1)
        for player, vector in zip(findings.scenario.players, equilibrium.strategies, strict=True)
        for option, share in zip(player.options, vector, strict=True)
    ]
    note = "How often each option is chosen; between 0 and 100%, a belief and no advice."
    return sheet_of("Choices", note, ("Outcome", "Player", "Option", "Share"), rows)


def switching(findings: Findings) -> Sheet:
    """Return what each player would lose by each other option, the others held fixed."""
    rows = [
        (
            _count(number),
            findings.scenario.player(stance.player).name,
            ", ".join(option_label(findings, stance.player, option) for option, _ in stance.plays),
            option_label(findings, stance.player, deviation.option),
            _points(deviation.loss),
        )
        for number, found in enumerate(findings.accounts, 1)
        for stance in found.stances
        for deviation in stance.deviations
    ]
    columns = ("Outcome", "Player", "Chooses", "Instead", "Loses")
    return sheet_of("Switching", f"What leaving alone would cost. {_OWN}", columns, rows)


def breaks(findings: Findings) -> Sheet:
    """Return how far each assumption can move alone before an equilibrium breaks."""
    parameters = {parameter.id: parameter for parameter in findings.scenario.parameters}
    rows = [
        (
            _count(number),
            parameters[point.parameter].label,
            point.parameter,
            _value(findings.values[point.parameter]),
            point.side,
            _value(point.value),
            Number(point.distance, percent(point.distance)),
            findings.scenario.player(point.player).name,
            option_label(findings, point.player, point.option),
        )
        for number, points_of in enumerate(findings.breaks, 1)
        for point in points_of
    ]
    columns = (
        "Outcome", "Assumption", "Id", "Now", "Breaks", "At", "Distance, share of range",
        "Who leaves", "To",
    )  # fmt: skip
    note = "Each assumption moved alone, the nearest first; mixed outcomes have none."
    return sheet_of("Break points", note, columns, rows)


def payoffs(findings: Findings) -> Sheet:
    """Return what every combination of options pays each player, and which are equilibria."""
    game, players = findings.game, findings.scenario.players
    stable = {
        equilibrium.profile: number
        for number, equilibrium in enumerate(findings.solution.equilibria, 1)
        if equilibrium.profile is not None
    }
    profiles = itertools.islice(itertools.product(*map(range, game.shape)), MOST_PROFILES)
    rows: Iterator[tuple[Cell, ...]] = (
        (
            *(p.options[k].label for p, k in zip(players, profile, strict=True)),
            *(_points(float(game.payoffs[n][profile])) for n in range(len(players))),
            _count(stable[profile]) if profile in stable else "",
        )
        for profile in profiles
    )
    columns = (
        *(player.name for player in players),
        *(f"Payoff: {player.name}" for player in players),
        "Stable outcome",
    )
    total = 1
    for size in game.shape:
        total *= size
    cut = f" The first {MOST_PROFILES:,} of {total:,} are listed." if total > MOST_PROFILES else ""
    return sheet_of("Payoffs", f"Every combination of options.{cut} {_OWN}", columns, rows)


def caveats(findings: Findings) -> Sheet:
    """Return what limits the finding."""
    rows = [(text,) for text in findings.caveats]
    return sheet_of("Caveats", "What limits the finding.", ("Caveat",), rows)


def _accounted(findings: Findings, k: int) -> tuple[str, str, str]:
    """Return who does what, which kind of outcome that is, and the weakest link."""
    if k >= len(findings.accounts):
        return ("not explained", "–", "–")
    found = findings.accounts[k]
    kinds = "; ".join(
        (regime.label if regime else "other") + ("" if share == 1 else f" ({percent(share)})")
        for regime, share in found.outcomes
    )
    weakest = findings.scenario.player(found.weakest).name if found.weakest else "–"
    return (found.headline, kinds if findings.scenario.regimes else "–", weakest)


def _kind(equilibrium: Equilibrium) -> str:
    if equilibrium.strict:
        return "strict"
    return "pure, with ties" if equilibrium.profile else "mixed"


def _count(number: int) -> Number:
    return Number(number, str(number))


def _points(value: float) -> Number:
    return Number(value, points(value))


def _value(value: float) -> Number:
    return Number(value, number_text(value))
