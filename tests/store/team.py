"""What tests of the store share: a small scenario, people, a clock that moves when it is read."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from tests.scenario_files import SOUND

from counterplay.scenario import Scenario
from counterplay.scenario.catalogue import inspect_text
from counterplay.store.contents import SavedSetting
from counterplay.store.signing import Signature

ANN, BOB = Signature("Ann"), Signature("Bob", "as agreed on Monday")


def scenario(text: str = SOUND) -> Scenario:
    found = inspect_text(text.encode(), "small.yaml").scenario
    assert found is not None
    return found


def setting(reasons: dict[str, str] | None = None, **values: float) -> SavedSetting:
    return SavedSetting(scenario(), values, reasons or {})


def clock():
    """Return a clock that is a minute later each time."""
    times = iter(range(10**6))
    start = datetime(2024, 10, 20, 9, 30, tzinfo=UTC)
    return lambda: start + timedelta(minutes=next(times))


def report(**values: float) -> bytes:
    """Return the bytes of a report as they would come from `render`, without solving."""
    at = scenario().full_values(values)
    found = {"parameters": at, "constants": {}}
    document = {
        "kind": "counterplay report",
        "format": 1,
        "level": "brief",
        "findings": found,
        "scenario": scenario().canonical(),
    }
    return json.dumps(document).encode()
