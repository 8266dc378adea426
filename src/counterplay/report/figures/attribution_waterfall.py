"""Which change did it: what each number that differs adds to a player's change of payoff."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.errors import ReportError
from counterplay.explain.narrate import number_text, points, signed
from counterplay.report import tables
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.text import clean, listed, quoted, short
from counterplay.report.figures.theme import ThemeName
from counterplay.report.figures.waterfall import Step, Waterfall, draw
from counterplay.sensitivity.attribution.inputs import Factor
from counterplay.sensitivity.attribution.result import Attribution, Case, SettingChange
from counterplay.sensitivity.attribution.words import ToldPayoff, payoffs_told

_NOTHING = 1e-9
_IDLE_NAMED = 5


def attribution_waterfall(
    change: SettingChange, player: str, case: Case = "least", theme: ThemeName = "light"
) -> Figure:
    """Show how a change of a player's payoff is shared out among the numbers that differ.

    Parameters
    ----------
    change : SettingChange
        One of the changes of a comparison of settings.
    player : str
        Id.
    case : {"least", "greatest"}
        Which payoff among the stable outcomes.
    theme : {"light", "dark"}

    Raises
    ------
    ReportError
        If there is no such player or theme, or changes of payoffs were not shared out.
    """
    index, found = _found(change, player, case)
    name = short(found.label)
    told = _told(change, found)
    parts = sorted(zip(change.factors, found.parts, strict=True), key=lambda pair: -abs(pair[1]))
    steps = [
        Step(_label(change, factor), part, factor.sourced)
        for factor, part in parts
        if abs(part) > _NOTHING
    ]
    fall = Waterfall(
        index, name, steps, Step("Result: the whole change", found.change),
        f"change in {name}’s {told.measure}",
    )  # fmt: skip
    title = _title(found, f"{name}’s {told.measure}", parts)
    caption = " ".join(_caption(change, told, name, parts))
    return Figure(
        title, caption, draw(fall, theme), _alt(title, caption, fall), tables.shares(change, found)
    )


def _found(change: SettingChange, player: str, case: str) -> tuple[int, Attribution]:
    if case not in ("least", "greatest"):
        raise ReportError(f"case: no {case!r}; give 'least' or 'greatest'")
    if not change.payoffs:
        raise ReportError(
            "change: payoffs were not shared out, since not every combination of the two settings "
            "was solved; its words say why"
        )
    players = list(dict.fromkeys(each.of for each in change.payoffs))
    for each in change.payoffs:
        if (each.of, each.kind) == (player, case):
            return players.index(player), each
    raise ReportError(f"player: no {player!r}; there are {', '.join(players)}")


def _told(change: SettingChange, found: Attribution) -> ToldPayoff:
    """Return the change as it is told; the greatest payoff is not told where it is the least."""
    of_player = [each for each in payoffs_told(change) if each.attribution.of == found.of]
    return next((each for each in of_player if each.attribution == found), of_player[0])


def _label(change: SettingChange, factor: Factor) -> str:
    moved = change.moves(factor)
    if len(moved) > 1:
        return clean(factor.label)
    (only,) = moved
    return f"{clean(factor.label)}, {number_text(only.before)} to {number_text(only.after)}"


def _title(found: Attribution, what: str, parts: list[tuple[Factor, float]]) -> str:
    if abs(found.change) <= _NOTHING:
        return f"{what} stays at {points(found.before)} points"
    verb = "rises" if found.change > 0 else "falls"
    start = f"{what} {verb} by {points(abs(found.change))} points"
    along = [(factor, part) for factor, part in parts if part * found.change > 0]
    first, largest = along[0]
    others = sum(part for _, part in along[1:])
    if len([part for _, part in parts if abs(part) > _NOTHING]) == 1:
        return f"{start}, all of it due to {_named(first)}"
    if abs(largest) > abs(others) + _NOTHING:
        return f"{start}, mostly through {_named(first)} ({signed(largest)})"
    return start


def _named(factor: Factor) -> str:
    return quoted(factor.label) if len(factor.inputs) == 1 else f"the {short(factor.label)}"


def _caption(
    change: SettingChange, told: ToldPayoff, name: str, parts: list[tuple[Factor, float]]
) -> Iterator[str]:
    found = told.attribution
    yield (
        f"From {quoted(change.before)} to {quoted(change.after)}: {points(found.before)} to "
        f"{points(found.after)} points."
    )
    yield "Held fixed: all other numbers, which the two share."
    if told.note:
        yield f"{told.note.capitalize()}."
    yield (
        "Each bar is what a number adds on average over all orders of change; bars in the "
        f"player’s colour lower {name}’s payoff, grey ones raise it."
    )
    idle = [_named(factor) for factor, part in parts if abs(part) <= _NOTHING]
    if idle:
        more = len(idle) - _IDLE_NAMED
        named = [*idle[:_IDLE_NAMED], f"{more} more"] if more > 0 else idle
        yield f"Not drawn, as without effect: {listed(named)}."
    if any(not factor.sourced for factor, part in parts if abs(part) > _NOTHING):
        yield "Hatched: the number cites no source."


def _alt(title: str, caption: str, fall: Waterfall) -> str:
    steps = "; ".join(
        f"{step.label}: {signed(step.amount)}{'' if step.sourced else ' (no source)'}"
        for step in fall.steps
    )
    return (
        f"Waterfall chart. {title}. {caption} Shares, largest first: {steps or 'none'}. "
        f"Whole change {signed(fall.result.amount)} points."
    )
