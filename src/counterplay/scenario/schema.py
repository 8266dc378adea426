"""A scenario: the policy question as one frozen model."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BeforeValidator, Field

from counterplay.errors import CounterplayError
from counterplay.scenario.parts import (
    Caveat,
    Constant,
    Derived,
    Evidence,
    Identifier,
    Parameter,
    Part,
    PayoffTable,
    Player,
    Preset,
    Regime,
    Slug,
    Term,
    Words,
    caveat_part,
)
from counterplay.scenario.values import as_numbers, full_values, nearest


class Scenario(Part):
    """A policy question as players, options and payoffs over parameters."""

    format: Literal[1]
    """Version of the file format."""
    id: Slug
    """Id in commands, links and file names."""
    title: Words
    """Title."""
    question: Words | None = None
    """The question that the model helps with, in one sentence."""
    asked_by: Words | None = None
    """Who asks."""
    as_of: Words | None = None
    """The date that the model describes."""
    marking: Words | None = None
    """Handling label printed on every page and export."""
    focal: Identifier | None = None
    """The player who is advised; the first where left out."""
    status_quo: dict[str, str] = Field(default_factory=dict)
    """The profile that holds today: an option id for each player."""
    evidence: tuple[Evidence, ...] = ()
    """The evidence register: its slug in the file, its records once loaded."""
    blocs: tuple[tuple[str, ...], ...] = ()
    """Default coalitions of the two-bloc view: two lists of player ids."""
    players: Annotated[tuple[Player, ...], Field(min_length=2, max_length=8)]
    """Who decides; 2 to 8."""
    parameters: tuple[Parameter, ...] = ()
    """Numbers that can be moved."""
    constants: tuple[Constant, ...] = ()
    """Numbers that are fixed by default."""
    derived: tuple[Derived, ...] = ()
    """Quantities computed from the numbers."""
    terms: tuple[Term, ...] = ()
    """Payoffs as sums of named reasons."""
    payoffs: dict[str, PayoffTable] | None = None
    """Payoffs as plain tables, instead of terms."""
    regimes: tuple[Regime, ...] = ()
    """Names of outcomes; the first rule that matches a pure profile names it."""
    presets: tuple[Preset, ...] = ()
    """Named settings."""
    caveats: tuple[Annotated[Caveat, BeforeValidator(caveat_part)], ...] = ()
    """Limits of the model."""

    def values(self, preset: str | None = None, **numbers: float) -> dict[str, float]:
        """Return every parameter and constant with its value.

        Parameters
        ----------
        preset : id of a preset, optional
            Starts from it instead of the defaults.
        **numbers
            Parameter or constant ids with the values they take.

        Returns
        -------
        dict from str to float
            In the order of the file, each in the unit that the scenario gives it.

        Raises
        ------
        ValuesError
            If an id is unknown, or a value is not finite or outside its range.
        """
        return self.full_values(numbers, preset)

    def full_values(
        self, numbers: Mapping[str, float] | None = None, preset: str | None = None
    ) -> dict[str, float]:
        """Return every parameter and constant with its value; `numbers` win over the preset.

        Raises
        ------
        ValuesError
            As `values` does.
        """
        return full_values(
            self.parameters,
            self.constants,
            self.presets,
            {} if numbers is None else as_numbers(numbers),
            preset,
        )

    def matching_preset(self, values: Mapping[str, float]) -> str | None:
        """Return the id of the first preset whose setting is exactly `values`, if there is one.

        Raises
        ------
        ValuesError
            If `values` is no mapping.
        """
        wanted = as_numbers(values)
        for preset in self.presets:
            if self.full_values(preset=preset.id) == wanted:
                return preset.id
        return None

    def player(self, player: str) -> Player:
        """Return the player with this id.

        Raises
        ------
        CounterplayError
            If there is none.
        """
        return _found("player", player, self.players)

    def regime(self, options: Sequence[str]) -> Regime | None:
        """Return the first regime that covers a pure profile of option ids, or None.

        Raises
        ------
        CounterplayError
            Unless there is one id for each player.
        """
        ids = [player.id for player in self.players]
        try:
            named = tuple(options)
        except TypeError:
            named = ()
        if len(named) != len(ids) or not all(isinstance(option, str) for option in named):
            raise CounterplayError(f"options: name one option id for each of {', '.join(ids)}")
        choice = dict(zip(ids, named, strict=True))
        for regime in self.regimes:
            if all(choice[player] in covered for player, covered in regime.when.items()):
                return regime
        return None

    def record(self, record: str) -> Evidence:
        """Return the evidence record with this id.

        Raises
        ------
        CounterplayError
            If there is none.
        """
        return _found("record", record, self.evidence)

    def canonical(self) -> dict[str, Any]:
        """Return the whole validated model as plain JSON data, evidence included."""
        return self.model_dump(mode="json", exclude_none=True)

    @property
    def canonical_text(self) -> str:
        """The canonical model as JSON: keys sorted, no spaces, 4.0 as 4, no negative zero."""
        return json.dumps(
            _one_spelling(self.canonical()),
            sort_keys=True,
            separators=(",", ":"),
            allow_nan=False,
        )

    @cached_property
    def sha256(self) -> str:
        """Hash of the canonical text."""
        return hashlib.sha256(self.canonical_text.encode()).hexdigest()

    def __copy__(self) -> Self:
        """Copy without the hash, since `model_copy` may change the copy afterwards."""
        copied = super().__copy__()
        copied.__dict__.pop("sha256", None)
        return copied

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        """Copy deeply without the hash, since `model_copy` may change the copy afterwards."""
        copied = super().__deepcopy__(memo)
        copied.__dict__.pop("sha256", None)
        return copied


_Named = TypeVar("_Named", Player, Evidence)


def _found(kind: str, name: object, candidates: Sequence[_Named]) -> _Named:
    for candidate in candidates:
        if isinstance(name, str) and candidate.id == name:
            return candidate
    known = [candidate.id for candidate in candidates]
    hint = nearest(str(name), known) or f"; there are {', '.join(known) or 'none'}"
    raise CounterplayError(f"{kind}: no {name!r}{hint}")


def loaded(scenario: object) -> Scenario:
    """Return `scenario` if it is one.

    Raises
    ------
    CounterplayError
        If it is something else, such as the id of a scenario that is still to be loaded.
    """
    if not isinstance(scenario, Scenario):
        raise CounterplayError(
            f"scenario: {scenario!r} is no scenario; give what counterplay.load(...) returns"
        )
    return scenario


def _one_spelling(value: object) -> object:
    if isinstance(value, dict):
        return {key: _one_spelling(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_one_spelling(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
