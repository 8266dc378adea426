"""What a player's payoff in one pure profile consists of."""

from __future__ import annotations

from collections.abc import Sequence

from counterplay.explain.narrate import points
from counterplay.findings import Findings
from counterplay.games import Profile, pure_strategies
from counterplay.report import tables
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.text import clean, quoted, short
from counterplay.report.figures.theme import ThemeName
from counterplay.report.figures.waterfall import Step, Waterfall, draw
from counterplay.report.tables import signed


def payoff_waterfall(
    findings: Findings, profile: Profile, player: str, theme: ThemeName = "light"
) -> Figure:
    """Show the terms that add up to a player's payoff when everybody plays one option for sure.

    Parameters
    ----------
    findings : Findings
    profile : sequence of n int
        Index of one option for each player.
    player : str
        Id.
    theme : {"light", "dark"}

    Raises
    ------
    GameError
        If the profile does not fit the game, or there is no such player.
    ReportError
        If there is no such theme.
    """
    game = findings.game
    index = game.player_index(player)
    checked = game.profile(profile)
    strategies = pure_strategies(checked, game.shape)
    payoff = float(game.payoffs[index][checked])
    name = short(findings.scenario.players[index].name)
    fall = Waterfall(
        index,
        name,
        _steps(findings, findings.ledger.contributions(index, strategies)),
        Step("Result: the payoff", payoff),
        f"{name}’s payoff",
    )
    title = _title(fall, name)
    caption = _caption(findings, checked, fall)
    terms = "; ".join(
        f"{step.label} {signed(step.amount)}{'' if step.sourced else ' (no source)'}"
        for step in fall.steps
    )
    return Figure(
        title,
        caption,
        draw(fall, theme),
        f"Waterfall chart. {title}. {caption} Terms, largest first: {terms or 'none'}. "
        f"Payoff {points(payoff)} points.",
        tables.contributions(findings, game.players[index], strategies),
    )


def _steps(findings: Findings, amounts: dict[str, float]) -> Sequence[Step]:
    labels = {term.id: term.label for term in findings.ledger.terms}
    cited = {term.id: term.evidence for term in findings.scenario.terms}
    paying = sorted(
        ((term, amount) for term, amount in amounts.items() if amount != 0),
        key=lambda item: (-abs(item[1]), item[0]),
    )
    # A payoff table of the file is no term: it has nothing that could be cited, or be missing.
    return [
        Step(clean(labels[term]), amount, bool(cited.get(term, True))) for term, amount in paying
    ]


def _title(fall: Waterfall, name: str) -> str:
    start = f"{name} gets {points(fall.result.amount)} points"
    if not fall.steps:
        return f"{start}: no term pays it anything"
    if len(fall.steps) == 1:
        return f"{start}, all of it from {quoted(fall.steps[0].label)}"
    largest = fall.steps[0]
    return f"{start}; the largest part is {quoted(largest.label)} ({signed(largest.amount)})"


def _caption(findings: Findings, profile: Profile, fall: Waterfall) -> str:
    played = "; ".join(
        f"{short(player.name)} {quoted(player.options[option].label)}"
        for player, option in zip(findings.scenario.players, profile, strict=True)
    )
    sentences = [
        f"Held fixed: {played}.",
        "Bars in the player’s colour are costs, grey ones are gains.",
    ]
    if not findings.scenario.terms:
        sentences.append("The amount is the payoff table of the file.")
    elif any(not step.sourced for step in fall.steps):
        sentences.append("Hatched: the term cites no source.")
    return " ".join(sentences)
