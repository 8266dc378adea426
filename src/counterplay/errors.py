"""Everything that can go wrong, as one small tree.

    CounterplayError (a ValueError)
    ├── GameError            payoffs, options or strategies that do not form a game
    ├── NotAnEquilibriumError  a profile from which somebody gains by deviating
    ├── ScenarioError        a scenario file: every fault of it, each with file, line and field
    ├── FormulaError         one formula: what is wrong, at which column
    ├── ValuesError          parameter values out of range, not finite or unknown
    ├── EditError            an edit that a scenario file cannot take as it stands
    ├── ReportError          a report that cannot be written or read
    ├── StoreError           a store of shared work that cannot be used, or what it refuses
    │   └── StoreConflictError  somebody else has saved what is to be saved
    └── MissingExtraError    an optional part that is not installed

A message names the place (file, line, field, or argument), says what is wrong, and what would be
right.
"""

from __future__ import annotations

from dataclasses import dataclass


class CounterplayError(ValueError):
    """Any refusal by Counterplay; its text is written for the person who gave the input."""


class GameError(CounterplayError):
    """Payoffs, options or strategies that do not form a finite game."""


class NotAnEquilibriumError(CounterplayError):
    """A strategy profile from which a player gains by deviating.

    Attributes
    ----------
    player, option : str
        Who gains, and by which option.
    gain : float
        How much, in the player's own payoff units.
    """

    def __init__(self, player: str, option: str, gain: float) -> None:
        self.player, self.option, self.gain = player, option, gain
        super().__init__(
            f"strategies: not an equilibrium: {player} gains {gain:.6g} by playing {option!r}"
        )


class FormulaError(CounterplayError):
    """A formula that the grammar refuses.

    Attributes
    ----------
    message : str
        What is wrong and what would be right.
    column : int
        Position inside the formula, counted from 1.
    """

    def __init__(self, message: str, column: int = 1) -> None:
        self.message, self.column = message, column
        super().__init__(f"column {column}: {message}")


class ValuesError(CounterplayError):
    """Parameter values that are unknown, not finite, or outside their range."""


class EditError(CounterplayError):
    """An edit that the text of a scenario cannot take as it stands.

    Attributes
    ----------
    field : str
        Path of the field that was to be edited, such as ``parameters[cred].default``.
    message : str
        What stands in the way and what would be right.
    mentions : tuple of str
        Paths of the fields that name what was to be removed, where that is the reason.
    """

    def __init__(self, field: str, message: str, mentions: tuple[str, ...] = ()) -> None:
        self.field, self.message, self.mentions = field, message, mentions
        super().__init__(f"{field}: {message}")


class ReportError(CounterplayError):
    """A report that cannot be written, read or recognised."""


class StoreError(CounterplayError):
    """A store of shared work that cannot be opened, read or written, or what it refuses."""


class StoreConflictError(StoreError):
    """Somebody has saved meanwhile what is to be saved; nothing of it was stored.

    Attributes
    ----------
    item : int
        The saved work in question.
    parameters : tuple of str
        Numbers that both have moved; empty where it is the whole that cannot be merged.
    meanwhile : tuple of str
        What was saved meanwhile, a sentence each, the oldest first.
    """

    def __init__(
        self,
        message: str,
        item: int,
        parameters: tuple[str, ...] = (),
        meanwhile: tuple[str, ...] = (),
    ) -> None:
        self.item, self.parameters, self.meanwhile = item, parameters, meanwhile
        super().__init__(message)


class MissingExtraError(CounterplayError):
    """An optional part of Counterplay whose packages are not installed."""

    def __init__(self, what: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f'{what} needs more packages: pip install "counterplay[{extra}]"')


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a file.

    Attributes
    ----------
    file : str
        The file as the user named it.
    line : int
        Line in the file, counted from 1.
    field : str
        Path of the field, such as ``parameters[3].default``.
    message : str
        What is wrong and what would be right.
    rule : str
        Name of the rule that found it, such as ``unknown-evidence``.
    severity : str
        ``"fault"`` (the file is refused) or ``"warning"`` (it works, but look at this).
    """

    file: str
    line: int
    field: str
    message: str
    rule: str = "schema"
    severity: str = "fault"

    def __str__(self) -> str:
        """Return ``FILE:LINE: field: message``, the form that editors can jump to."""
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


class ScenarioError(CounterplayError):
    """A scenario file with at least one fault.

    Attributes
    ----------
    faults : tuple of Fault
        All of them, in the order of the file.
    """

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))
