"""Robust choice: how each option of a player does across the sampled futures."""

from __future__ import annotations

from counterplay.errors import ReportError
from counterplay.explain.narrate import points
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.interval_chart import Entry, IntervalChart, Mark, NumberLine
from counterplay.report.figures.text import quoted, short
from counterplay.report.figures.theme import ThemeName, tokens_of
from counterplay.report.scale import exponent_of, scaled, unit_words
from counterplay.report.tables.futures import option_criteria
from counterplay.scenario import Scenario
from counterplay.sensitivity.robust.criteria import Criteria
from counterplay.sensitivity.robust.results import OptionScore, RobustChoice

_KEY = ("if the others answer as is worst for it", "as is best for it")


def robust_options(scenario: Scenario, found: RobustChoice, theme: ThemeName = "light") -> Figure:
    """Show the average and the worst future of each option, and its regret, in both cases.

    Parameters
    ----------
    scenario : Scenario
    found : RobustChoice
        Of this scenario.
    theme : {"light", "dark"}

    Raises
    ------
    ReportError
        If the scenario has no such player, or there is no such theme.
    """
    tokens = tokens_of(theme)
    ids = [player.id for player in scenario.players]
    if found.player not in ids:
        raise ReportError(f"found: its player {found.player!r} is not in this scenario")
    name = short(found.label)
    title, caption = _title(found), _caption(found, name)
    colour = tokens.players[ids.index(found.player)]
    exponent = exponent_of(
        amount
        for option in found.options
        for case in (option.worst_case, option.best_case)
        for amount in (case.expected, case.least, case.greatest_regret)
    )
    entries = [_entry(option, exponent) for option in found.options]
    unit = unit_words(exponent)
    lines = [
        NumberLine.around(entries, 0, f"worst future to average, {name}’s {unit}"),
        NumberLine.around(entries, 1, f"regret in nine of ten futures to the greatest, {unit}"),
    ]
    chart = IntervalChart(entries, lines, _KEY, colour)
    told = "; ".join(f"{quoted(option.label)}: {_told(option)}" for option in found.options)
    words = f"Points with lines, one row an option of {name}. {title}. {caption} {told}."
    return Figure(title, caption, chart.draw(theme), words, option_criteria(found))


def _title(found: RobustChoice) -> str:
    worst, best = (
        [set(one.choices) for one in case]
        for case in (found.best_in_worst_case, found.best_in_best_case)
    )
    everywhere, cautious = (set.intersection(*sets) for sets in ([*worst, *best], worst))
    if len(found.options) == 1:
        return f"{short(found.label)} has one option only"
    if len(everywhere) == len(found.options):
        return "All options are equal by every criterion"
    if everywhere:
        label = found.options[min(everywhere)].label
        return f"{quoted(label)} does best by every criterion, however the others answer"
    if cautious:
        label = found.options[min(cautious)].label
        return f"{quoted(label)} does best by every criterion if the others answer as is worst"
    return "No option does best by every criterion"


def _caption(found: RobustChoice, name: str) -> str:
    start = (
        f"{name} commits to one option in each of {found.draws:,} futures; {len(found.drawn)} "
        f"assumptions drawn, levers held; seed {found.seed}."
        if found.drawn
        else "Nothing is uncertain here, so every future is the same."
    )
    doubt = (
        f" In {found.unproved:,} futures bounds count, since not every equilibrium was found."
        if found.unproved
        else ""
    )
    return (
        f"{start} Left: the point is the average, the line reaches to the worst future. Right: "
        "regret, the shortfall from the best option of each future; the point is what nine in ten "
        f"futures do not exceed, the line reaches to the greatest.{doubt} These describe the "
        "ranges drawn, not chances of events."
    )


def _entry(option: OptionScore, exponent: int) -> Entry:
    cases = ((option.worst_case, False), (option.best_case, True))
    worth = tuple(_worth(case, exponent, hollow) for case, hollow in cases)
    return Entry(option.label, (worth, tuple(_regret(case, exponent, h) for case, h in cases)))


def _worth(case: Criteria, exponent: int, hollow: bool) -> Mark:  # noqa: FBT001 - a kind of mark
    least, expected = scaled((case.least, case.expected), exponent)
    return Mark(least, expected, expected, points(case.expected), hollow)


def _regret(case: Criteria, exponent: int, hollow: bool) -> Mark:  # noqa: FBT001 - a kind of mark
    usual, greatest = scaled((case.regret_90, case.greatest_regret), exponent)
    words = f"{points(case.regret_90)} to {points(case.greatest_regret)}"
    return Mark(usual, usual, greatest, words, hollow)


def _told(option: OptionScore) -> str:
    return ", ".join(
        f"{words} on average {points(case.expected)}, worst {points(case.least)}, greatest regret "
        f"{points(case.greatest_regret)}"
        for words, case in (
            ("answered worst", option.worst_case),
            ("answered best", option.best_case),
        )
    )
