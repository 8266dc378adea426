"""Robust choice as a result: options, or settings of levers with an option, by five criteria."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from counterplay.numeric import FloatArray
from counterplay.scenario.setting import Values
from counterplay.sensitivity.robust.criteria import Best, Criteria


@dataclass(frozen=True)
class OptionScore:
    """How one option does across the futures.

    Attributes
    ----------
    option, label : str
    worst_case, best_case : Criteria
        If the others always play the equilibrium that is worst, or best, for the player.
    unproved, ranges : int
        Futures in which a limit was hit before all equilibria among the others were found, or in
        which they form connected sets; outer bounds count there.
    """

    option: str
    label: str
    worst_case: Criteria
    best_case: Criteria
    unproved: int
    ranges: int


@dataclass(frozen=True)
class Benchmarks:
    """What stands beside the options, as means over the futures.

    Attributes
    ----------
    commitment : float
        The best option of each future, if the others then play what is best for the player (strong
        Stackelberg): as if it knew the future before it commits.
    guaranteed : float
        The same if they then play what is worst for it.
    simultaneous_worst, simultaneous_best : float
        Its least and greatest payoff over the equilibria without commitment.
    unproved : int
        Futures in which there may be more of those than were found.
    """

    commitment: float
    guaranteed: float
    simultaneous_worst: float
    simultaneous_best: float
    unproved: int


@dataclass(frozen=True, eq=False)
class RobustChoice:
    """The options of a player, judged by five criteria in two cases.

    Attributes
    ----------
    player, label : str
    options : tuple of OptionScore
        In the order of the file.
    best_in_worst_case, best_in_best_case : tuple of Best
        For each criterion the options, by number, that do best by it.
    benchmarks : Benchmarks
    good_enough : float
        Shortfall from the best option of a future that counts as good enough.
    draws, seed : int
    drawn : tuple of str
        Parameters that differ between futures.
    held : Values
        Values of levers and constants.
    unproved : int
        Futures in which some option's equilibria may not all have been found.
    words : str
    worst, best : ndarray, shape (draws, options)
        The worth of each option in each future; left out of `to_dict`.
    """

    player: str
    label: str
    options: tuple[OptionScore, ...]
    best_in_worst_case: tuple[Best, ...]
    best_in_best_case: tuple[Best, ...]
    benchmarks: Benchmarks
    good_enough: float
    draws: int
    seed: int
    drawn: tuple[str, ...]
    held: Values
    unproved: int
    words: str
    worst: FloatArray
    best: FloatArray

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain data, without the tables of every future."""
        plain: dict[str, Any] = _plain(self)
        return plain


@dataclass(frozen=True)
class LeverRow:
    """One option at one setting of the player's levers.

    Attributes
    ----------
    setting : Values
        The value of each lever moved.
    option, label : str
    worst_case, best_case : Criteria
        Regret is against the best row of each future, not only against the same setting.
    unproved, ranges : int
        As in `OptionScore`.
    """

    setting: Values
    option: str
    label: str
    worst_case: Criteria
    best_case: Criteria
    unproved: int
    ranges: int


@dataclass(frozen=True, eq=False)
class RobustLevers:
    """Every option at every setting of the player's levers, over the same futures.

    Attributes
    ----------
    player, label : str
    design : str
        ``"grid"``: every combination of even steps; ``"corners and middle"``: every combination of
        least and greatest values, and all levers halfway.  The held values are added to either.
    levers : dict
        The values tried of each lever that moves.
    unmoved : tuple of str
        Levers of the player that no payoff uses, or whose range is one value; not tried.
    rows : tuple of LeverRow
        Settings in the order of the design, options in the order of the file.
    best_in_worst_case, best_in_best_case : tuple of Best
        For each criterion the rows, by number, that do best by it: the best tried, not the best
        there is.
    good_enough : float
        Shortfall from the best row of a future that counts as good enough.
    draws, seed : int
    drawn : tuple of str
        Parameters that differ between futures.
    held : Values
        Values of constants and of the levers as they stand; those moved are in `levers` as well.
    unproved : int
        Futures in which the equilibria of some row may not all have been found.
    words : str
    """

    player: str
    label: str
    design: str
    levers: Mapping[str, tuple[float, ...]]
    unmoved: tuple[str, ...]
    rows: tuple[LeverRow, ...]
    best_in_worst_case: tuple[Best, ...]
    best_in_best_case: tuple[Best, ...]
    good_enough: float
    draws: int
    seed: int
    drawn: tuple[str, ...]
    held: Values
    unproved: int
    words: str

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain data."""
        plain: dict[str, Any] = _plain(self)
        return plain


_TABLES = frozenset({"worst", "best"})


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON holds
    if is_dataclass(value):
        names = [field.name for field in fields(value) if field.name not in _TABLES]
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value
