"""Robust choice in words: what does best by which criterion, and how to read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from counterplay.explain.narrate import in_words, number_text, percent, points
from counterplay.sensitivity.robust.criteria import Best, Criteria
from counterplay.sensitivity.robust.results import (
    LeverRow,
    OptionScore,
    RobustChoice,
    RobustLevers,
)

_SAID: Mapping[str, Callable[[Criteria, str], str]] = {
    "expected": lambda c, _: f"pays most on average ({points(c.expected)})",
    "least": lambda c, _: f"has the least bad worst future ({points(c.least)})",
    "greatest_regret": lambda c, _: f"has the least greatest regret ({points(c.greatest_regret)})",
    "regret_90": lambda c, _: (
        f"has the least regret once the worst tenth of futures is left aside "
        f"({points(c.regret_90)})"
    ),
    "good_enough": lambda c, amount: (
        f"is within {amount} of the best more often than any other ({percent(c.good_enough)})"
    ),
}


def choice_words(choice: RobustChoice) -> str:
    """Say which option does best by which criterion, in both cases, and what stands beside."""
    names = [f"“{option.label}”" for option in choice.options]
    each = "the one future" if choice.draws == 1 else f"each of {_futures(choice.draws)}"
    lines = [f"{choice.label} commits to one option in {each} drawn."]
    lines += _cases_words(choice, choice.options, names)
    beside = choice.benchmarks
    lines.append(
        f"Without commitment the stable outcomes found pay it {points(beside.simultaneous_worst)} "
        f"to {points(beside.simultaneous_best)} on average; a commitment chosen in full knowledge "
        f"of each future {points(beside.guaranteed)} to {points(beside.commitment)}."
    )
    if beside.unproved:
        lines.append(
            f"In {_futures(beside.unproved)} more stable outcomes without commitment may exist "
            "than were found; these count with those found."
        )
    return " ".join([*lines, *_proof_words(choice, choice.options), _READING])


def levers_words(found: RobustLevers, labels: Mapping[str, str]) -> str:
    """Say which setting of the levers, with which option, does best by which criterion."""
    names = [_row_name(row, labels) for row in found.rows]
    settings = len({tuple(row.setting.items()) for row in found.rows})
    lines = [
        f"{found.label} sets {in_words([f'“{labels[lever]}”' for lever in found.levers])} at "
        f"{settings} settings ({found.design}) and commits to an option, in "
        f"{_futures(found.draws)} drawn."
    ]
    lines += _cases_words(found, found.rows, names)
    lines.append("Moving a lever costs only what the payoffs say it costs.")
    return " ".join([*lines, *_proof_words(found, found.rows), _READING])


_READING = (
    "Amounts are the player's own points over the ranges drawn; averages and shares describe "
    "these ranges and are no probabilities of events."
)


def _row_name(row: LeverRow, labels: Mapping[str, str]) -> str:
    at = [f"“{labels[lever]}” at {number_text(value)}" for lever, value in row.setting.items()]
    return f"“{row.label}” with {in_words(at)}"


def _cases_words(
    found: RobustChoice | RobustLevers,
    rows: Sequence[OptionScore | LeverRow],
    names: Sequence[str],
) -> list[str]:
    """Say what does best in both cases; once where they are the same."""
    amount = points(found.good_enough)
    start = [] if found.drawn else ["Nothing is uncertain here, so every future is the same."]
    worst = _case_words(names, [row.worst_case for row in rows], found.best_in_worst_case, amount)
    best = _case_words(names, [row.best_case for row in rows], found.best_in_best_case, amount)
    if worst == best:
        return [*start, f"However the others answer: {worst}."]
    return [
        *start,
        f"If the others answer as is worst for it: {worst}.",
        f"If the others answer as is best for it: {best}.",
    ]


def _case_words(
    names: Sequence[str], judged: Sequence[Criteria], best: Sequence[Best], amount: str
) -> str:
    """Group the criteria by the choices that do best by them."""
    grouped: dict[tuple[int, ...], list[Best]] = {}
    for one in best:
        grouped.setdefault(one.choices, []).append(one)
    told = []
    for choices, won in grouped.items():
        if len(choices) == len(names) > 1:
            told.append(f"all are equal by {in_words([_plainly(one) for one in won])}")
            continue
        who = _listed([names[k] for k in choices])
        said = [_SAID[one.criterion](judged[choices[0]], amount) for one in won]
        together = "each " if len(choices) > 1 else ""
        told.append(f"{who} {together}{in_words(said)}")
    for one in best:
        if one.close:
            first, others = names[one.choices[0]], _listed([names[k] for k in one.close])
            told.append(f"these draws do not tell the average of {first} from that of {others}")
    return "; ".join(told)


def _plainly(best: Best) -> str:
    return {
        "expected": "average",
        "least": "worst future",
        "greatest_regret": "greatest regret",
        "regret_90": "regret in nine of ten futures",
        "good_enough": "share of futures in which they are good enough",
    }[best.criterion]


_MOST_LISTED = 3


def _listed(names: Sequence[str]) -> str:
    if len(names) <= _MOST_LISTED:
        return in_words(names)
    return f"{', '.join(names[:_MOST_LISTED])} and {len(names) - _MOST_LISTED} more"


def _proof_words(
    found: RobustChoice | RobustLevers, rows: Sequence[OptionScore | LeverRow]
) -> list[str]:
    told = []
    if found.unproved:
        told.append(
            f"In {_futures(found.unproved)} not every equilibrium among the others was found; "
            "bounds that hold for all of them count there."
        )
    if any(row.ranges for row in rows):
        told.append(
            "Where equilibria among the others form connected sets, bounds that hold for all of "
            "them count."
        )
    return told


def _futures(count: int) -> str:
    return f"{count:,} {'future' if count == 1 else 'futures'}"
