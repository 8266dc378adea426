"""Tables of findings: ready-made text, shared by reports, app and command line.

Each function reads what the engine found and computes nothing but the wording of cells.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from counterplay.concepts import Region
from counterplay.concepts.selection.table import Cell, SelectionTable
from counterplay.explain.deviation import Deviation, statuses_of
from counterplay.explain.narrate import number_text, percent, points
from counterplay.findings import BlocView, Findings
from counterplay.games import Profile, Strategies, best_replies
from counterplay.sensitivity import BreakPoint

REGIONS_SHOWN = 12
_NO_SHARE = 1e-9
_SAME_SHARE = 1e-6

GLYPHS = "●■▲◆✚▼▶◀"
"""The mark of each player, by position: the second channel beside colour."""


@dataclass(frozen=True)
class Table:
    """A table of text.

    Attributes
    ----------
    title : str
    columns : tuple of str
    rows : tuple of tuple of str
    numeric : tuple of bool
        Columns to be set flush right.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]


def _table(title: str, columns: Iterable[str], rows: Iterable[Iterable[str]], right: str) -> Table:
    """Make a table; `right` names the numeric columns by their numbers, such as ``"23"``."""
    heads = tuple(columns)
    return Table(
        title,
        heads,
        tuple(tuple(row) for row in rows),
        tuple(str(number) in right for number in range(len(heads))),
    )


def option_label(findings: Findings, player: str, option: str) -> str:
    """Return the label of a player's option."""
    return next(o.label for o in findings.scenario.player(player).options if o.id == option)


def profile_text(findings: Findings, profile: Profile) -> str:
    """Write a pure profile as the players' option labels."""
    return "; ".join(
        f"{player.name}: {player.options[k].label}"
        for player, k in zip(findings.scenario.players, profile, strict=True)
    )


def profiles_text(findings: Findings, profiles: Sequence[Profile]) -> str:
    """Write pure profiles, or beyond two of them what each player may choose."""
    if not profiles:
        return "none"
    if len(profiles) <= 2:
        return ", or ".join(profile_text(findings, profile) for profile in profiles)
    parts = []
    for position, player in enumerate(findings.scenario.players):
        chosen = sorted({profile[position] for profile in profiles})
        labels = " or ".join(player.options[k].label for k in chosen)
        parts.append(f"{player.name}: {labels}")
    return "; ".join(parts)


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
    return _table("Who does what", columns, rows, "2")


def strategies(findings: Findings, k: int) -> Table:
    """Return the probability of every option in equilibrium `k`."""
    equilibrium = findings.solution.equilibria[k]
    rows = [
        (player.name, option.label, percent(float(share)))
        for player, vector in zip(findings.scenario.players, equilibrium.strategies, strict=True)
        for option, share in zip(player.options, vector, strict=True)
    ]
    return _table("Mixed strategies", ("Player", "Option", "Share"), rows, "2")


def payoffs(findings: Findings) -> Table:
    """Return every player's payoff in every equilibrium; they do not compare between players."""
    rows = [
        (f"Outcome {number}", *(points(float(pay)) for pay in equilibrium.payoffs))
        for number, equilibrium in enumerate(findings.solution.equilibria, 1)
    ]
    columns = ("", *(player.name for player in findings.scenario.players))
    right = "".join(map(str, range(1, len(columns))))
    return _table("Payoffs, each on the player's own scale", columns, rows, right)


def selection(table: SelectionTable) -> Table:
    """Return what each criterion of selection says of each outcome; a dash where it says nothing.

    Criteria that say nothing of any outcome are left out.
    """
    rows = [
        (column.title, *map(_selection_cell, table.cells(column.id)))
        for column in table.columns
        if any(cell is not None for cell in table.cells(column.id))
    ]
    columns = ("", *(f"Outcome {number}" for number in range(1, len(table.rows) + 1)))
    return _table("Criteria of selection", columns, rows, "")


def selection_starts(table: SelectionTable) -> str:
    """Say how many starts the shares are of, how many ended elsewhere, and what they are not."""
    processes = {"best_reply_share": "best replies", "replicator_share": "imitation"}
    counted = [
        f"{column.starts:,} for {processes[column.id]} ({column.none.count:,} ended in no outcome "
        "listed)"
        for column in table.columns
        if column.none is not None
    ]
    return f"Random starts: {', '.join(counted)}; seed {table.seed}. {table.note}"


def _selection_cell(cell: Cell) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return percent(cell)
    low, high = cell.interval
    return f"{percent(cell.value)} ({math.floor(100 * low)}–{math.ceil(100 * high)}%)"


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
    return _table(title, ("Term", "Change", "Evidence", "Status"), rows, "1")


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
    return _table(f"What {name}'s payoff consists of", columns, rows, "1")


def values(findings: Findings) -> Table:
    """Return every parameter with its value, default, range, basis and evidence."""
    rows = []
    for parameter in findings.scenario.parameters:
        value = findings.values[parameter.id]
        owner = (
            "World"
            if parameter.player == "world"
            else findings.scenario.player(parameter.player).name
        )
        rows.append(
            (
                parameter.label,
                parameter.id,
                number_text(value) + ("" if value == parameter.default else " (moved)"),
                number_text(parameter.default),
                f"{number_text(parameter.low)} to {number_text(parameter.high)}",
                parameter.unit,
                owner,
                f"{parameter.basis}, {parameter.confidence}",
                ", ".join(parameter.evidence) or "no source",
            )
        )
    columns = (
        "Assumption", "Id", "Value", "Default", "Range", "Unit", "About", "Basis, confidence",
        "Evidence",
    )  # fmt: skip
    return _table("Assumptions", columns, rows, "234")


def constants(findings: Findings) -> Table:
    """Return every constant with its value, basis and evidence."""
    rows = [
        (
            constant.meaning or constant.id,
            constant.id,
            number_text(findings.values[constant.id])
            + ("" if findings.values[constant.id] == constant.value else " (moved)"),
            constant.basis,
            ", ".join(constant.evidence) or "no source",
        )
        for constant in findings.scenario.constants
    ]
    return _table("Constants", ("Meaning", "Id", "Value", "Basis", "Evidence"), rows, "2")


def breaks(findings: Findings, k: int) -> Table:
    """Return how far each assumption can move alone before equilibrium `k` breaks, by distance."""
    labels = {parameter.id: parameter for parameter in findings.scenario.parameters}
    rows = [
        (
            labels[point.parameter].label,
            number_text(findings.values[point.parameter]),
            f"{point.side} {number_text(point.value)}",
            percent(point.distance),
            _leaver(findings, point),
        )
        for point in findings.breaks[k]
    ]
    columns = ("Assumption", "Now", "Breaks", "Distance, share of range", "Who leaves")
    return _table("What would break it first", columns, rows, "13")


def evidence(findings: Findings, ids: Iterable[str]) -> Table:
    """Return the records cited, with claimant, dates, status, dispute and source."""
    wanted = set(ids)
    rows = [
        (
            record.id,
            record.claim,
            f"{record.claimant}, {record.date}",
            record.status
            + (f" by {record.confirmed_by}" if record.confirmed_by else "")
            + f" (as of {record.as_of})",
            record.disputed_by or "–",
            record.source,
        )
        for record in findings.scenario.evidence
        if record.id in wanted
    ]
    columns = ("Id", "Claim", "Claimant, date", "Status", "Disputed by", "Source")
    return _table("Evidence", columns, rows, "")


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
    columns = ("", "Kind", "Largest gain from deviating (regret)", "Index")
    return _table("Verification", columns, rows, "23")


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
    columns = ("", *game.option_labels[j])
    return _table(title, columns, rows, "")


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
    columns = ("", *(player.name for player in findings.scenario.players))
    return _table("Between the two blocs", columns, rows, "")


def signed(amount: float) -> str:
    """Write a change with its sign: plus for gains, a true minus for losses."""
    text = points(amount)
    return f"+{text}" if amount > 0 and not text.startswith("under") else text


def index_text(index: int | None) -> str:
    """Write an index with its sign; a dash where it is that of a set, or was not determined.

    Examples
    --------
    >>> index_text(1), index_text(-2), index_text(0), index_text(None)
    ('+1', '−2', '0', '–')
    """
    if index is None:
        return "–"
    return f"{index:+d}".replace("-", "−") if index else "0"


def regret_text(regret: float) -> str:
    """Write a regret: exact zero as 0, rounding noise as a power of ten."""
    if regret == 0:
        return "0"
    return f"below 1e{int(np.floor(np.log10(regret))) + 1}"


def _leaver(findings: Findings, point: BreakPoint) -> str:
    name = findings.scenario.player(point.player).name
    return f"{name}, to “{option_label(findings, point.player, point.option)}”"


def set_note(findings: Findings, k: int) -> str:
    """Say in which connected set outcome `k` lies, or nothing."""
    equilibrium = findings.accounts[k].equilibrium
    if equilibrium.index is not None:
        return ""
    for number, region in enumerate(findings.solution.regions, 1):
        if all(
            bool(np.all((ranges[:, 0] <= vector) & (vector <= ranges[:, 1])))
            for ranges, vector in zip(region.ranges, equilibrium.strategies, strict=True)
        ):
            return f" (in set {number})"
    return ""


def region_table(findings: Findings, k: int) -> Table:
    """Return what each player may choose in a set, and what it is paid there."""
    region = findings.solution.regions[k]
    rows = tuple(
        (
            player.name,
            _choices([option.label for option in player.options], ranges.tolist()),
            _span(points(float(paid[0])), points(float(paid[1]))),
        )
        for player, ranges, paid in zip(
            findings.scenario.players, region.ranges, region.payoffs, strict=True
        )
    )
    return Table(f"Set {k + 1}", ("Player", "Chooses", "Payoff"), rows, (False, False, True))


def region_words(findings: Findings, region: Region) -> Iterator[str]:
    """Say how robust a set is, and what is known to be in it."""
    if region.index is None:
        yield "Whether it survives small changes of the numbers was not determined."
    elif region.index:
        index = f"{region.index:+d}".replace("-", "−")
        yield (
            "Every small enough change of the numbers keeps an outcome near this set "
            f"(index {index})."
        )
    else:
        yield (
            "It is not guaranteed to last: small changes of the numbers may remove it (index 0)."
        )
    for profile in region.pure[:REGIONS_SHOWN]:
        labels = ", ".join(
            player.options[option].label
            for player, option in zip(findings.scenario.players, profile, strict=True)
        )
        yield f"It holds the firm outcome: {labels}."
    if region.example is None:
        yield "It could not be excluded; no outcome was found in it."


def _choices(labels: list[str], ranges: list[list[float]]) -> str:
    parts = []
    for label, (low, high) in zip(labels, ranges, strict=True):
        if low >= 1 - _NO_SHARE:
            return label
        if high > _NO_SHARE:
            share = (
                percent(low)
                if high - low < _SAME_SHARE
                else _span(percent(max(low, 0.0)), percent(min(high, 1.0)))
            )
            parts.append(f"{label} {share}")
    return "; ".join(parts)


def _span(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"
