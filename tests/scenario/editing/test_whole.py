"""A scenario that is on file nowhere, written as a file."""

import pytest
from tests.scenario_files import SOUND

from counterplay.scenario import load, scenarios
from counterplay.scenario.catalogue import inspect_text
from counterplay.scenario.editing.whole import scenario_text


@pytest.mark.parametrize("name", [*scenarios(), "small.yaml"])
def test_its_text_reads_as_the_same_scenario_without_any_other_file(name):
    small = inspect_text(SOUND.encode(), name).scenario
    scenario = load(name) if name in scenarios() else small
    text = scenario_text(scenario)
    again = inspect_text(text.encode(), "again.yaml").scenario
    assert again == scenario
    assert again.sha256 == scenario.sha256
    assert "evidence:\n  - id:" in text or not scenario.evidence
