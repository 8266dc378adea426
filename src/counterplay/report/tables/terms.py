"""Terms of a payoff, and of the change that a deviation makes to it."""

from __future__ import annotations

from collections.abc import Sequence

from counterplay.explain.deviation import PAYOFF_TABLE, Deviation
from counterplay.explain.deviation import deviation as one_deviation
from counterplay.explain.narrate import signed
from counterplay.findings import Findings
from counterplay.games import Strategies
from counterplay.report.tables.inputs import evidence
from counterplay.report.tables.table import Table, table_of
from counterplay.report.tables.wording import option_label

SOURCES = "Evidence (status, date)"


def deviation(findings: Findings, change: Deviation) -> Table:
    """Return the terms of one deviation, largest first, with their evidence."""
    player = findings.scenario.player(change.player)
    label = option_label(findings, change.player, change.option)
    rows = [
        (
            term.label,
            signed(term.amount),
            _sources(findings, term.evidence, from_table=term.from_table),
        )
        for term in change.changes
    ]
    rows.append(("Total", signed(0.0 - change.loss), ""))
    title = f"{player.name}: what switching to “{label}” would change"
    return table_of(title, ("Term", "Change", SOURCES), rows, {1})


def contributions(findings: Findings, player: str, strategies: Strategies) -> Table:
    """Return the terms that pay a player anything in a profile, largest first, and their sum."""
    index = findings.game.player_index(player)
    amounts = findings.ledger.contributions(index, strategies)
    labels = {term.id: term.label for term in findings.ledger.terms}
    cited = {term.id: term.evidence for term in findings.scenario.terms}
    paying = sorted(
        ((term, amount) for term, amount in amounts.items() if amount != 0),
        key=lambda item: (-abs(item[1]), item[0]),
    )
    rows = [
        (
            labels[term],
            signed(amount),
            _sources(findings, cited.get(term, ()), from_table=term not in cited),
        )
        for term, amount in paying
    ]
    rows.append(("Payoff", signed(sum(amounts.values())), ""))
    name = findings.scenario.player(player).name
    columns = ("Term", "Amount", SOURCES)
    return table_of(f"What {name}'s payoff consists of", columns, rows, {1})


def deviation_claims(
    findings: Findings, strategies: Strategies, player: str, option: str
) -> Table:
    """Return the records cited by the terms that change where a player plays an option instead."""
    game = findings.game
    index, instead = game.player_index(player), game.option_index(player, option)
    change = one_deviation(findings.scenario, game, findings.ledger, strategies, index, instead)
    return evidence(findings, {name for term in change.changes for name in term.evidence})


def contribution_claims(findings: Findings, player: str, strategies: Strategies) -> Table:
    """Return the records cited by the terms that pay a player anything in a profile."""
    amounts = findings.ledger.contributions(findings.game.player_index(player), strategies)
    paying = [term for term in findings.scenario.terms if amounts.get(term.id)]
    return evidence(findings, {name for term in paying for name in term.evidence})


def _sources(findings: Findings, cited: Sequence[str], *, from_table: bool) -> str:
    """Name the records that a term cites, each with its status and the date of the claim."""
    if from_table:
        return PAYOFF_TABLE.lower() + " of the file"
    records = map(findings.scenario.record, cited)
    return ", ".join(f"{r.id} ({r.status}, {r.date})" for r in records) or "no source"
