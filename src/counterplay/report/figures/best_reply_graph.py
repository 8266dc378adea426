"""The best-reply graph: which single moves lead away from each combination of choices."""

from __future__ import annotations

from counterplay.explain.narrate import pure_clause
from counterplay.findings import Findings
from counterplay.games import Profile
from counterplay.games.reply_graph import ReplyGraph, reply_graph
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.reply_drawing import draw
from counterplay.report.figures.text import listed, quoted, short
from counterplay.report.figures.theme import ThemeName, tokens_of
from counterplay.report.tables import Table

_TOLD = 6
"""Stable combinations told one by one in the alternative text."""


def best_reply_graph(findings: Findings, theme: ThemeName = "light") -> Figure:
    """Show every combination of choices, and by arrows each player's best replies.

    Of a game with more than 144 combinations the ones around its stable outcomes are shown.

    Parameters
    ----------
    findings : Findings
    theme : {"light", "dark"}

    Raises
    ------
    ReportError
        If there is no such theme.
    """
    tokens_of(theme)
    graph = graph_of(findings)
    title, caption = _title(findings, graph), _caption(graph)
    words = f"Graph. {title}. {caption} {_told(findings, graph)}"
    return Figure(title, caption, draw(findings, graph, theme), words, _table(findings, graph))


def graph_of(findings: Findings) -> ReplyGraph:
    """Return the best-reply graph of findings, from the status quo where there is one."""
    game, quo = findings.game, findings.scenario.status_quo
    start = (
        tuple(game.option_index(k, quo[player]) for k, player in enumerate(game.players))
        if quo
        else None
    )
    return reply_graph(game, start)


def _title(findings: Findings, graph: ReplyGraph) -> str:
    stable = len(graph.equilibria) + graph.hidden
    if graph.path:
        steps = len(graph.path)
        moves = "One best reply leads" if steps == 1 else f"{steps} best replies lead"
        return f"{moves} from the status quo to {_name(findings, graph.path[-1].end)}"
    if graph.path is not None:
        return "The status quo is stable: no best reply leads away from it"
    if not stable:
        return "No combination is stable: from each of them somebody moves on"
    if graph.start is not None and graph.searched:
        return "No chain of best replies leads from the status quo to a stable combination"
    verb = "is" if stable == 1 else "are"
    return f"{stable:,} of {graph.total:,} combinations {verb} stable: no best reply leads away"


def _name(findings: Findings, profile: Profile) -> str:
    regime = findings.scenario.regime(findings.game.profile_ids(profile))
    return "a stable combination" if regime is None else quoted(regime.label)


def _caption(graph: ReplyGraph) -> str:
    sentences = [
        "Each dot is a combination of choices, each arrow one player’s change to a best reply, in "
        "its colour and dash, all others held. Larger dot: more players stay. Double ring: nobody "
        "gains by leaving.",
    ]
    if graph.start is not None:
        sentences.append("Single ring: the status quo.")
    if graph.path:
        sentences.append("Thick: a shortest way to a stable combination, not a forecast.")
    if not graph.whole:
        sentences.append(
            f"{len(graph.profiles)} of {graph.total:,} combinations are drawn, those nearest to "
            "the stable ones and the status quo; moves to others are only said in the table."
        )
    if graph.hidden:
        sentences.append(f"{graph.hidden:,} further stable combinations are not drawn.")
    return " ".join(sentences)


def _told(findings: Findings, graph: ReplyGraph) -> str:
    parts = []
    if graph.equilibria:
        clauses = [_clauses(findings, profile) for profile in graph.equilibria[:_TOLD]]
        more = len(graph.equilibria) - len(clauses)
        parts.append(f"Stable: {'; or '.join(clauses)}{f'; and {more} more' if more else ''}.")
    if graph.start is not None:
        parts.append(f"Status quo: {_clauses(findings, graph.start)}.")
    if graph.path:
        steps = [
            f"{short(findings.scenario.players[arc.player].name)} to "
            f"{quoted(findings.scenario.players[arc.player].options[arc.end[arc.player]].label)}"
            for arc in graph.path
        ]
        parts.append(f"Way: {', then '.join(steps)}.")
    parts.append(f"{len(graph.arcs)} arrows in all.")
    return " ".join(parts)


def _clauses(findings: Findings, profile: Profile) -> str:
    ids = findings.game.profile_ids(profile)
    players = findings.scenario.players
    return listed(pure_clause(player, option) for player, option in zip(players, ids, strict=True))


def _table(findings: Findings, graph: ReplyGraph) -> Table:
    players = findings.scenario.players
    moves: dict[Profile, dict[int, list[str]]] = {profile: {} for profile in graph.profiles}
    for arc in graph.arcs:
        label = players[arc.player].options[arc.end[arc.player]].label
        moves[arc.start].setdefault(arc.player, []).append(label)
    rows = []
    for profile, stays in zip(graph.profiles, graph.stays, strict=True):
        cells = [player.options[k].label for player, k in zip(players, profile, strict=True)]
        told = [
            "stays" if stay else " or ".join(moves[profile].get(k, ["moves to one not drawn"]))
            for k, stay in enumerate(stays)
        ]
        kinds = [
            name
            for name, is_so in (
                ("status quo", profile == graph.start),
                ("stable", profile in graph.equilibria),
            )
            if is_so
        ]
        rows.append((*cells, *told, ", ".join(kinds) or "–"))
    columns = (
        *(player.name for player in players),
        *(f"{player.name} moves to" for player in players),
        "Kind",
    )
    title = "Best replies from each combination of choices"
    return Table(title, columns, tuple(rows), (False,) * len(columns))
