"""Why a player does not switch: what each term of its payoff would change."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.explain.deviation import Deviation, deviation
from counterplay.explain.narrate import percent, points
from counterplay.findings import Findings
from counterplay.games import Strategies
from counterplay.games.profiles import checked_strategies
from counterplay.numeric import CLOSE_CALL
from counterplay.report import tables
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.text import clean, listed, quoted, short
from counterplay.report.figures.theme import ThemeName
from counterplay.report.figures.waterfall import Step, Waterfall, draw
from counterplay.report.tables import signed


def deviation_waterfall(
    findings: Findings,
    strategies: Strategies,
    player: str,
    option: str,
    theme: ThemeName = "light",
) -> Figure:
    """Show what a player would lose and gain by playing one option for sure.

    Parameters
    ----------
    findings : Findings
    strategies : n probability vectors
        What everybody plays; it need not be an equilibrium.
    player, option : str
        Ids.
    theme : {"light", "dark"}

    Raises
    ------
    GameError
        If the strategies do not fit the game, or there is no such player or option.
    ReportError
        If there is no such theme.
    """
    game = findings.game
    index = game.player_index(player)
    played = checked_strategies(strategies, game.shape)
    found = deviation(
        findings.scenario, game, findings.ledger, played, index, game.option_index(player, option)
    )
    name = short(findings.scenario.players[index].name)
    label = findings.scenario.players[index].options[game.option_index(player, option)].label
    fall = Waterfall(
        index,
        name,
        [
            Step(clean(term.label), term.amount, bool(term.evidence) or term.from_table)
            for term in found.changes
        ],
        Step(f"Result: {quoted(label)} instead", 0.0 - found.loss),
        f"change in {name}’s payoff",
    )
    title = _title(findings, found, name, label)
    caption = _caption(findings, played, found, name)
    return Figure(
        title,
        caption,
        draw(fall, theme),
        _alt(title, caption, fall),
        tables.deviation(findings, found),
    )


def _title(findings: Findings, found: Deviation, name: str, label: str) -> str:
    index = findings.game.player_index(found.player)
    start = f"Switching to {quoted(label)} would"
    if abs(found.loss) <= CLOSE_CALL * findings.game.ranges[index]:
        return f"{start} make no difference to {name}"
    verb = "cost" if found.loss > 0 else "bring"
    return f"{start} {verb} {name} {points(abs(found.loss))} points"


def _caption(findings: Findings, played: Strategies, found: Deviation, name: str) -> str:
    index = findings.game.player_index(found.player)
    replies = findings.game.reply_payoff(index, played)
    before = float(replies @ played[index])
    after = float(replies[findings.game.option_index(index, found.option)])
    held = "; ".join(_held(findings, played, index))
    sentences = [
        f"Held fixed: {held}.",
        f"{name}’s own payoff goes from {points(before)} to {points(after)} points.",
        "Bars in the player’s colour are losses, grey ones are gains or savings.",
    ]
    if any(change.from_table for change in found.changes):
        sentences.append("The amounts are the payoff table of the file.")
    elif any(not change.evidence for change in found.changes):
        sentences.append("Hatched: the term cites no source.")
    return " ".join(sentences)


def _held(findings: Findings, played: Strategies, index: int) -> Iterator[str]:
    for number, (player, vector) in enumerate(zip(findings.scenario.players, played, strict=True)):
        if number != index:
            shares = [
                quoted(option.label) + (f" {percent(float(share))}" if share < 1 else "")
                for option, share in zip(player.options, vector, strict=True)
                if share > 0
            ]
            yield f"{short(player.name)} {listed(shares)}"


def _alt(title: str, caption: str, fall: Waterfall) -> str:
    terms = "; ".join(
        f"{step.label} {signed(step.amount)}{'' if step.sourced else ' (no source)'}"
        for step in fall.steps
    )
    return (
        f"Waterfall chart. {title}. {caption} Changes, largest first: {terms or 'none'}. "
        f"Result {signed(fall.result.amount)} points."
    )
