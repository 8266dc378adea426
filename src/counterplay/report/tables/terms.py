"""Terms of a payoff, and of the change that a deviation makes to it."""

from __future__ import annotations

from counterplay.explain.deviation import Deviation, statuses_of
from counterplay.explain.narrate import signed
from counterplay.findings import Findings
from counterplay.games import Strategies
from counterplay.report.tables.table import Table, table_of
from counterplay.report.tables.wording import option_label


def deviation(findings: Findings, change: Deviation) -> Table:
    """Return the terms of one deviation, largest first, with their evidence."""
    player = findings.scenario.player(change.player)
    label = option_label(findings, change.player, change.option)
    rows = [
        (
            term.label,
            signed(term.amount),
            ", ".join(term.evidence) or "no source",
            ", ".join(term.statuses) or "–",
        )
        for term in change.changes
    ]
    rows.append(("Total", signed(0.0 - change.loss), "", ""))
    title = f"{player.name}: what switching to “{label}” would change"
    return table_of(title, ("Term", "Change", "Evidence", "Status"), rows, {1})


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
            ", ".join(cited.get(term, ())) or "no source",
            ", ".join(statuses_of(findings.scenario, cited.get(term, ()))) or "–",
        )
        for term, amount in paying
    ]
    rows.append(("Payoff", signed(sum(amounts.values())), "", ""))
    name = findings.scenario.player(player).name
    columns = ("Term", "Amount", "Evidence", "Status")
    return table_of(f"What {name}'s payoff consists of", columns, rows, {1})
