"""Where each option of one player is a best reply, as one parameter moves.

The others' options, or a belief about them, are held, and so are all other parameters.  The ends
of the intervals are roots of differences between expected payoffs, found as in `turning`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, overload

import numpy as np
import numpy.typing as npt

from counterplay.explain.narrate import in_words, number_text
from counterplay.games import Game
from counterplay.numeric import ROUNDING_TIE
from counterplay.payoffs import game
from counterplay.scenario import Parameter, Player, Scenario
from counterplay.scenario.schema import loaded
from counterplay.scenario.setting import Values
from counterplay.sensitivity.tipping.beliefs import Belief, Others, belief_about, belief_words
from counterplay.sensitivity.tipping.finite_range import (
    refuse_unless_bounded,
    refuse_unless_finite,
)
from counterplay.sensitivity.tipping.one_parameter import Lines
from counterplay.sensitivity.tipping.points import parameter_id
from counterplay.sensitivity.tipping.turning import Turn, merged, spaces, turns_of

End = Literal["exact", "bracketed", "range"]


@dataclass(frozen=True)
class ReplyInterval:
    """Values of a parameter at which one option is a best reply, ends included.

    Attributes
    ----------
    option : str
    low, high : float
    low_certainty, high_certainty : str
        ``"exact"``: a root of exact payoffs; ``"bracketed"``: closed in on a grid; ``"range"``:
        the end of the parameter's range.
    """

    option: str
    low: float
    high: float
    low_certainty: End
    high_certainty: End


@dataclass(frozen=True, eq=False)
class ReplyIntervals(Sequence[ReplyInterval]):
    """Where each option of a player is a best reply; a sequence of intervals.

    Attributes
    ----------
    player, parameter : str
    intervals : tuple of ReplyInterval
        In the order of the options, then of value.  Where two overlap the options pay the same.
        An option that is a best reply at a single value alone has an interval of that value.
    held : Values
        Every parameter and constant; the parameter itself at its present value.
    complete : bool
        Whether it is proved that no change of the best reply is missing.
    words : str
    """

    player: str
    parameter: str
    intervals: tuple[ReplyInterval, ...]
    held: Values
    complete: bool
    words: str

    def __len__(self) -> int:
        """Return the number of intervals."""
        return len(self.intervals)

    def __iter__(self) -> Iterator[ReplyInterval]:
        """Yield the intervals in order."""
        return iter(self.intervals)

    @overload
    def __getitem__(self, index: int) -> ReplyInterval: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[ReplyInterval, ...]: ...

    def __getitem__(self, index: int | slice) -> ReplyInterval | tuple[ReplyInterval, ...]:
        """Return an interval by its place, or several by a slice."""
        return self.intervals[index]

    def of(self, option: str) -> tuple[ReplyInterval, ...]:
        """Return the intervals of one option in order of value."""
        return tuple(interval for interval in self.intervals if interval.option == option)


def reply_intervals(
    scenario: Scenario,
    parameter: str,
    others: Others,
    values: Mapping[str, float] | None = None,
    *,
    player: str | None = None,
) -> ReplyIntervals:
    """Find the values of a parameter at which each option of a player is a best reply.

    Parameters
    ----------
    scenario : Scenario
    parameter : str
        Id of the parameter that moves over its range.
    others : mapping
        What the other players do, or are believed to do: for each other player an option id, or a
        mapping from option ids to chances; or a mapping from whole profiles of the others, option
        ids joined by ``/``, to chances.
    values : mapping from parameter or constant id to number, optional
        Where all else is held.
    player : str, optional
        Who replies; the scenario's focal player, or the first, where left out.

    Returns
    -------
    ReplyIntervals
        A sequence of closed intervals, by option in the order of the file.

    Raises
    ------
    CounterplayError
        If `scenario` is not loaded or there is no such player.
    ValuesError
        If a name is unknown, a player has no option or chance, chances do not add up to 1, or
        payoffs are not finite somewhere on the range.

    Examples
    --------
    >>> from counterplay.scenario import load
    >>> others = {"dprk": "deny", "rus": "conv", "ukr": "expose"}
    >>> replies = reply_intervals(load("korea-ukraine"), "audience", others)
    >>> [(reply.option, reply.low, reply.high) for reply in replies]
    [('hum', 3.825, 6.0), ('pledge', 0.0, 3.825)]
    """
    held = loaded(scenario).full_values(values)
    game(scenario, held)
    name = parameter_id(scenario, parameter, "parameter")
    moved = next(p for p in scenario.parameters if p.id == name)
    chooser = scenario.player(player or scenario.focal or scenario.players[0].id)
    number = scenario.players.index(chooser)
    belief = belief_about(scenario, number, others)
    intervals, complete = _found(Lines(scenario, held), moved, number, belief)
    start = belief_words(scenario, number, others)
    words = f"{start}, {_told(chooser, moved, intervals)}."
    return ReplyIntervals(chooser.id, name, tuple(intervals), Values(held), complete, words)


def _found(
    lines: Lines, parameter: Parameter, player: int, belief: Belief
) -> tuple[list[ReplyInterval], bool]:
    grid = np.linspace(parameter.low, parameter.high, 65)
    refuse_unless_finite(lines.scenario, lines.held, parameter, grid)
    refuse_unless_bounded(lines.scenario, lines.held, [parameter])
    found = turns_of(lines, parameter, player, belief)
    turns = merged(found.listed, parameter) if parameter.low < parameter.high else []
    middles = [
        game(lines.scenario, {**lines.held, parameter.id: (a + b) / 2})
        for a, b in spaces(turns, parameter)
    ]
    best = [_best(one, player, belief) for one in middles]
    # A turn is known to some digits only, so what pays nearly as much there is judged by what
    # payoffs are on either side.
    size = max(float(np.abs(one.payoffs[player]).max()) for one in middles)
    touching = [
        _nearly_best(
            game(lines.scenario, {**lines.held, parameter.id: turn.value}), player, belief, size
        )
        for turn in turns
    ]
    intervals = []
    for k, option in enumerate(lines.scenario.players[player].options):
        own = [
            _interval(option.id, start, stop, turns, parameter)
            for start, stop in _runs([k in part for part in best])
        ]
        for turn, tied, (before, after) in zip(turns, touching, pairwise(best), strict=True):
            if k in tied and k not in before | after:
                (value, certainty) = _end(turn, turn.value)
                own.append(ReplyInterval(option.id, value, value, certainty, certainty))
        intervals += sorted(own, key=lambda interval: interval.low)
    return intervals, found.complete


def _best(one: Game, player: int, belief: Belief) -> set[int]:
    """Return the options that pay most, decided exactly where payoffs are exact."""
    if one.exact is None:
        return _nearly_best(one, player, belief, 0.0)
    paid = _paid(one.exact[player] * belief, player)
    return {k for k, amount in enumerate(paid) if amount == max(paid)}


def _nearly_best(one: Game, player: int, belief: Belief, size: float) -> set[int]:
    """Return the options that pay most but for the rounding of payoffs of some size."""
    cells = one.payoffs[player]
    paid = _paid(cells * belief.astype(np.float64), player)
    tie = ROUNDING_TIE * max(float(np.abs(cells).max()), one.formula_size, size)
    return {k for k, amount in enumerate(paid) if max(paid) - amount <= tie}


def _paid(weighed: npt.NDArray[Any], player: int) -> list[Any]:
    rows = np.moveaxis(weighed, player, 0).reshape(weighed.shape[player], -1)
    return [sum(row.tolist()) for row in rows]


def _runs(flags: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield first and last of each run of true flags."""
    start = None
    for k, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = k
        elif not flag and start is not None:
            yield start, k - 1
            start = None


def _interval(
    option: str, start: int, stop: int, turns: list[Turn], parameter: Parameter
) -> ReplyInterval:
    low, low_certainty = _end(turns[start - 1] if start else None, parameter.low)
    high, high_certainty = _end(turns[stop] if stop < len(turns) else None, parameter.high)
    return ReplyInterval(option, low, high, low_certainty, high_certainty)


def _end(turn: Turn | None, otherwise: float) -> tuple[float, End]:
    if turn is None:
        return otherwise, "range"
    return turn.value, "exact" if turn.exact else "bracketed"


def _told(player: Player, parameter: Parameter, intervals: list[ReplyInterval]) -> str:
    clauses: list[str] = []
    never: list[str] = []
    for option in player.options:
        own = [_where(interval) for interval in intervals if interval.option == option.id]
        if own:
            name = "it" if clauses else f"“{parameter.label}”"
            clauses.append(f"with “{option.label}” where {name} is {' or '.join(own)}")
        else:
            never.append(f"“{option.label}”")
    end = f"; {in_words(never)} {'is' if len(never) == 1 else 'are'} never best" if never else ""
    return f"{player.name} replies best {', '.join(clauses)}{end}"


def _where(interval: ReplyInterval) -> str:
    low, high = number_text(interval.low), number_text(interval.high)
    if interval.low == interval.high:
        return f"exactly {low}"
    match interval.low_certainty == "range", interval.high_certainty == "range":
        case True, True:
            return f"anywhere from {low} to {high}"
        case True, False:
            return f"at most {high}"
        case False, True:
            return f"at least {low}"
        case _:
            return f"between {low} and {high}"
