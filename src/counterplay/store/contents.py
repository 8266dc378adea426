"""What is saved under a name: a setting of a scenario, or a report as the bytes of its file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from counterplay.errors import CounterplayError, ReportError, StoreError, ValuesError
from counterplay.findings import inputs_digest
from counterplay.report.plain_json import read_json, too_deep
from counterplay.report.verification import MAX_BYTES, MAX_SCENARIO, report_in, reported_inputs
from counterplay.scenario import Scenario
from counterplay.scenario.catalogue import inspect_data
from counterplay.scenario.schema import loaded
from counterplay.store.signing import LONGEST_WHY, line

Kind = Literal["setting", "report"]

LARGEST: Mapping[str, int] = {"setting": MAX_SCENARIO, "report": MAX_BYTES}
"""Bytes of a stored scenario and of a stored report."""


@dataclass(frozen=True)
class SavedSetting:
    """A scenario with the numbers that differ from its defaults, and why.

    Attributes
    ----------
    scenario : Scenario
    values : mapping from parameter or constant id to number
        In the units of the scenario; those equal to the default are left out.
    reasons : mapping from parameter or constant id to text
        Why a number was moved; at most 240 characters each.

    Raises
    ------
    ValuesError
        If a value is not allowed, or a reason is given for a number that was not moved.
    StoreError
        If the scenario is larger than 1 MB, or a reason longer than 240 characters.
    """

    scenario: Scenario
    values: Mapping[str, float] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep what differs from the defaults, and refuse what cannot be stored."""
        defaults = loaded(self.scenario).full_values()
        full = self.scenario.full_values(self.values)
        moved = {name: number for name, number in full.items() if number != defaults[name]}
        said = {name: line(name, why, LONGEST_WHY) for name, why in self.reasons.items()}
        for name in said:
            if name not in moved:
                raise ValuesError(f"reasons: {name!r} is at its default; reasons are for moves")
        object.__setattr__(self, "values", moved)
        object.__setattr__(self, "reasons", {name: why for name, why in said.items() if why})
        if len(self.raw) > MAX_SCENARIO:
            raise StoreError(f"{self.scenario.id}: larger than {MAX_SCENARIO} bytes; shorten it")

    @property
    def kind(self) -> Kind:
        """The word for it in the store."""
        return "setting"

    @cached_property
    def raw(self) -> bytes:
        """The canonical scenario, evidence included."""
        return self.scenario.canonical_text.encode()

    def digest_at(self, values: Mapping[str, float]) -> str:
        """Return the short hash of the scenario at some moved numbers."""
        return inputs_digest(self.scenario, self.scenario.full_values(values))


@dataclass(frozen=True)
class SavedReport:
    """A report as the bytes of its JSON file.

    Attributes
    ----------
    raw : bytes
        As `render` gives them; kept as they are.

    Raises
    ------
    StoreError
        If these are not the bytes of a JSON report, or more than 20 MB.
    """

    raw: bytes

    def __post_init__(self) -> None:
        """Refuse what is no report."""
        given: object = self.raw
        if not isinstance(given, bytes) or len(given) > MAX_BYTES:
            raise StoreError(f"report: give the bytes of a JSON report, at most {MAX_BYTES}")
        _ = self.scenario

    @property
    def kind(self) -> Kind:
        """The word for it in the store."""
        return "report"

    @property
    def scenario(self) -> Scenario:
        """The scenario inside the report."""
        return self._inputs[0]

    @property
    def values(self) -> dict[str, float]:
        """What the report was made at that differs from the defaults."""
        defaults = self.scenario.full_values()
        return {name: value for name, value in self._inputs[1].items() if value != defaults[name]}

    @property
    def reasons(self) -> dict[str, str]:
        """Nothing: a report holds its reasons itself."""
        return {}

    @cached_property
    def _inputs(self) -> tuple[Scenario, dict[str, float]]:
        try:
            scenario, values = reported_inputs(report_in(self.raw.decode(), "report"), "report")
            return scenario, scenario.full_values(values)
        except UnicodeDecodeError:
            raise StoreError("report: not UTF-8 text, so not a report") from None
        except ReportError as error:
            raise StoreError(str(error)) from None
        except CounterplayError as error:
            raise StoreError(f"report: its own scenario or values do not hold: {error}") from None

    def digest_at(self, values: Mapping[str, float]) -> str:
        """Return the short hash of the scenario at some moved numbers."""
        return inputs_digest(self.scenario, self.scenario.full_values(values))


Content = SavedSetting | SavedReport


def hash_of(raw: bytes) -> str:
    """Return the SHA-256 under which bytes are stored."""
    return hashlib.sha256(raw).hexdigest()


def told(content: Content) -> str:
    """Return what the log says of a content: the scenario's id and the hash of the bytes."""
    return json.dumps({"scenario": content.scenario.id, "content": hash_of(content.raw)})


def scenario_in(raw: bytes, name: str) -> Scenario:
    """Return the scenario in the bytes of a stored setting.

    Raises
    ------
    StoreError
        If they hold none; `name` is how the message calls it.
    """
    try:
        data = read_json(raw.decode())
    except ValueError:
        raise StoreError(f"{name}: its scenario cannot be read") from None
    if too_deep(data):
        raise StoreError(f"{name}: its scenario cannot be read")
    try:
        return inspect_data(data, name)
    except CounterplayError as error:
        raise StoreError(f"{name}: its scenario does not hold: {error}") from None
