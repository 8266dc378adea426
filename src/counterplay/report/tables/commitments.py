"""What binding oneself first would bring each player, and what a trusted mediator could."""

from __future__ import annotations

import math
from collections.abc import Sequence

from counterplay.concepts import Commitment, CorrelatedEquilibrium
from counterplay.explain.narrate import in_words, percent, points
from counterplay.findings import Findings
from counterplay.report.tables.table import Table, table_of
from counterplay.scenario import Player


def commitments(findings: Findings, found: Sequence[Commitment]) -> Table:
    """Return one row for each player that commits: to what, and what that brings it."""
    rows = [
        (
            who.name,
            _label(who, one.option),
            _amount(one.value),
            _label(who, one.guaranteed.option),
            _amount(one.guaranteed.value),
            _span(one.nash.least, one.nash.greatest),
        )
        for one in found
        for who in [findings.scenario.player(one.leader)]
    ]
    columns = (
        "Player", "Best commitment", "Pays it at best", "Safest commitment", "Pays it at least",
        "Without commitment",
    )  # fmt: skip
    title = "What each player would get if it bound itself first; own points"
    return table_of(title, columns, rows, (2, 4, 5))


def commitment_words(findings: Findings, found: Commitment) -> str:
    """Say what committing would bring one player, beside what it gets without."""
    who = findings.scenario.player(found.leader)
    option = f"“{_label(who, found.option)}”"
    without = found.nash
    if not math.isfinite(without.greatest) or not math.isfinite(found.value):
        return (
            f"What {who.name} would gain by binding itself first is not known: not enough stable "
            "outcomes were found."
        )
    least, greatest = points(without.least), points(without.greatest)
    now = (
        f"the {greatest} it gets in the stable outcome{'s' if len(findings.accounts) > 1 else ''}"
        if least == greatest
        else f"{least} to {greatest} in the stable outcomes without commitment"
    )
    start = (
        f"If {who.name} bound itself first, {option} would pay it most, {points(found.value)} "
        f"where the others answer as is best for it, against {now}."
    )
    if points(found.value) == greatest:
        start = (
            f"Binding itself first, to {option}, would pay {who.name} no more than the {greatest} "
            "it gets at best without."
        )
    safe = found.guaranteed
    if safe.option == found.option and points(safe.value) == points(found.value):
        return start
    return (
        f"{start} Where they answer as is worst for it, “{_label(who, safe.option)}” is safest, "
        f"with at least {points(safe.value)}."
    )


def advice(findings: Findings, found: Sequence[tuple[str, CorrelatedEquilibrium]]) -> Table:
    """Return one row for each aim of a mediator: what everybody gets, and the advice.

    Parameters
    ----------
    found : sequence of (str, CorrelatedEquilibrium)
        Each with the words for its aim.
    """
    players = findings.scenario.players
    rows = [
        (aim, *(points(float(paid)) for paid in one.payoffs), _advice_words(findings, one))
        for aim, one in found
    ]
    columns = ("Aim", *(player.name for player in players), "Advice")
    title = "What a trusted mediator could advise so that nobody gains by disobeying; own points"
    return table_of(title, columns, rows, range(1, len(players) + 1))


_MOST_ADVISED = 2
_NO_GAIN = 1e-6
"""Of a player's payoff range; less is rounding."""


def _advice_words(findings: Findings, found: CorrelatedEquilibrium) -> str:
    """Tell the profiles that are advised, the most frequent first."""
    shares = {
        profile: float(found.distribution[profile])
        for profile in zip(*found.distribution.nonzero(), strict=True)
    }
    ordered = sorted(shares, key=lambda profile: -shares[profile])
    told = [
        (percent(shares[profile]), _labels(findings, profile))
        for profile in ordered[:_MOST_ADVISED]
    ]
    if len(ordered) == 1:
        return f"always {told[0][1]}"
    listed = [f"{share} {text}" for share, text in told]
    more = [f"{len(ordered) - _MOST_ADVISED} more"] if len(ordered) > _MOST_ADVISED else []
    return "; ".join([*listed, *more])


def advice_words(findings: Findings, found: CorrelatedEquilibrium) -> str:
    """Say whom advice would pay more than every stable outcome does.

    Parameters
    ----------
    findings : Findings
    found : CorrelatedEquilibrium
        The one that is best for the worst-off player.
    """
    better = [
        player.name
        for player, paid, outcomes, span in zip(
            findings.scenario.players,
            found.payoffs.tolist(),
            zip(*(one.payoffs.tolist() for one in findings.solution.equilibria), strict=True),
            findings.game.ranges.tolist(),
            strict=False,
        )
        if paid > max(outcomes) + _NO_GAIN * span
    ]
    whom = f"{in_words(better)} more" if better else "no player more"
    return (
        "Advice by somebody trusted that nobody gains by disobeying (a correlated equilibrium), "
        f"chosen for the worst-off player, each on its own scale, pays {whom} than every stable "
        "outcome found does."
    )


def _labels(findings: Findings, profile: Sequence[int]) -> str:
    players = findings.scenario.players
    return ", ".join(p.options[k].label for p, k in zip(players, profile, strict=True))


def _label(player: Player, option: str) -> str:
    return next(one.label for one in player.options if one.id == option)


def _amount(value: float) -> str:
    return points(value) if math.isfinite(value) else "not known"


def _span(least: float, greatest: float) -> str:
    low, high = _amount(least), _amount(greatest)
    return low if low == high else f"{low} to {high}"
