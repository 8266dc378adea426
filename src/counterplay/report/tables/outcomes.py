"""Tables of outcomes: who chooses what, what it pays, and how it was checked."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from counterplay.explain.narrate import percent, points
from counterplay.findings import BlocView, Findings
from counterplay.games import best_replies
from counterplay.report.tables.table import GLYPHS, Table, table_of
from counterplay.report.tables.wording import index_text, option_label, regret_text


def stances(findings: Findings, k: int) -> Table:
    """Who chooses what in equilibrium `k`, what switching would cost, and to what."""
    rows = []
    for glyph, stance in zip(GLYPHS, findings.accounts[k].stances, strict=False):
        chosen = ", ".join(
            option_label(findings, stance.player, option)
            + ("" if share == 1 else f" {percent(share)}")
            for option, share in stance.plays
        )
        other = stance.best_alternative
        if stance.margin is None:
            loss = "no alternative"
        else:
            loss = "0, undecided" if stance.mixes else points(stance.margin)
        rows.append(
            (
                f"{glyph} {findings.scenario.player(stance.player).name}",
                chosen,
                points(stance.payoff),
                loss + (" (thin)" if stance.thin else ""),
                option_label(findings, stance.player, other.option) if other else "–",
            )
        )
    columns = ("Player", "Chooses", "Payoff", "Loses by switching", "Next best")
    return table_of("Who does what", columns, rows, {2})


def strategies(findings: Findings, k: int) -> Table:
    """Return the probability of every option in equilibrium `k`."""
    equilibrium = findings.solution.equilibria[k]
    rows = [
        (player.name, option.label, percent(float(share)))
        for player, vector in zip(findings.scenario.players, equilibrium.strategies, strict=True)
        for option, share in zip(player.options, vector, strict=True)
    ]
    return table_of("Mixed strategies", ("Player", "Option", "Share"), rows, {2})


def payoffs(findings: Findings) -> Table:
    """Return every player's payoff in every equilibrium; they do not compare between players."""
    rows = [
        (f"Outcome {number}", *(points(float(pay)) for pay in equilibrium.payoffs))
        for number, equilibrium in enumerate(findings.solution.equilibria, 1)
    ]
    columns = ("Outcome", *(player.name for player in findings.scenario.players))
    return table_of(
        "Payoffs, each on the player's own scale", columns, rows, range(1, len(columns))
    )


def verification(findings: Findings) -> Table:
    """Return how each equilibrium was checked."""
    rows = [
        (
            f"Outcome {number}",
            "strict"
            if equilibrium.strict
            else "pure, with ties"
            if equilibrium.profile
            else "mixed",
            regret_text(equilibrium.regret),
            index_text(equilibrium.index),
        )
        for number, equilibrium in enumerate(findings.solution.equilibria, 1)
    ]
    columns = ("Outcome", "Kind", "Largest gain from deviating (regret)", "Index")
    return table_of("Verification", columns, rows, {2, 3})


def pager(findings: Findings, row: str, column: str, fixed: Mapping[str, str]) -> Table:
    """Return the payoff matrix of two players with the others' options fixed.

    Brackets mark best replies, a star marks pure equilibria.
    """
    game = findings.game
    i, j = game.player_index(row), game.player_index(column)
    profile = [0] * len(game.players)
    for player, option in fixed.items():
        profile[game.player_index(player)] = game.option_index(player, option)
    replies = best_replies(game)
    stable = np.asarray(replies.all(axis=0), dtype=np.bool_)
    rows = []
    for a, name in enumerate(game.option_labels[i]):
        cells = [name]
        for b in range(game.shape[j]):
            profile[i], profile[j] = a, b
            at = tuple(profile)
            pair = [
                f"[{points(float(game.payoffs[p][at]))}]"
                if replies[p][at]
                else points(float(game.payoffs[p][at]))
                for p in (i, j)
            ]
            cells.append(" / ".join(pair) + (" ★" if stable[at] else ""))
        rows.append(cells)
    first, second = (findings.scenario.player(player).name for player in (row, column))
    title = f"{first} (rows, first number) and {second} (columns, second number)"
    columns = (f"{first} ↓ {second} →", *game.option_labels[j])
    return table_of(title, columns, rows, ())


def blocs(findings: Findings, view: BlocView) -> Table:
    """Return the equilibria between two coalitions, as each player's own choice."""
    rows = []
    for number, equilibrium in enumerate(view.solution.equilibria, 1):
        shares = view.view.marginals(equilibrium.strategies)
        chosen = [
            ", ".join(
                option.label + ("" if share > 1 - 1e-12 else f" {percent(float(share))}")
                for option, share in zip(player.options, vector, strict=True)
                if share > 0
            )
            for player, vector in zip(findings.scenario.players, shares, strict=True)
        ]
        rows.append((f"Outcome {number}", *chosen))
    columns = ("Outcome", *(player.name for player in findings.scenario.players))
    return table_of("Between the two blocs", columns, rows, ())
