"""Writers in several processes at once: nothing is lost, and the log tells it all."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.scenario_files import SOUND

from counterplay.store.items import replay
from counterplay.store.opening import open_store

ROUNDS = 6

# Each writer adds work of its own, and moves its own number of the work that all share.
WRITER = """
import sys
from counterplay.scenario import load
from counterplay.store.contents import SavedSetting
from counterplay.store.opening import open_store
from counterplay.store.signing import Signature

address, model, who, number = sys.argv[1:5]
scenario, by = load(model), Signature(who)
store = open_store(address)
print("ready", flush=True)
sys.stdin.readline()
shared = store.item("Shared")
for step in range(int(sys.argv[5])):
    store.add(f"{who} {step}", SavedSetting(scenario), by)
    values = {number: scenario.full_values()[number] + (step + 1) / 100}
    shared = store.change(shared.id, shared.position, SavedSetting(
        scenario, {**shared.values, **values}), by).item
"""


@pytest.mark.slow
def test_writers_in_several_processes_lose_nothing(address, tmp_path):
    from counterplay.scenario import load
    from counterplay.store.contents import SavedSetting
    from counterplay.store.signing import Signature

    model = tmp_path / "small.yaml"
    model.write_text(SOUND, encoding="utf-8")
    script = tmp_path / "writer.py"
    script.write_text(WRITER, encoding="utf-8")
    store = open_store(address)
    store.add("Shared", SavedSetting(load(model)), Signature("Zoe"))
    numbers = {"Ann": "cost", "Bob": "fear"}
    running = {
        who: subprocess.Popen(
            [sys.executable, script, address, model, who, number, str(ROUNDS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for who, number in numbers.items()
    }
    for process in running.values():
        assert process.stdout.readline() == "ready\n"
    for process in running.values():
        process.stdin.write("go\n")
        process.stdin.flush()
    for who, process in running.items():
        _, errors = process.communicate()
        assert process.returncode == 0, f"{who}: {errors}"

    items = {item.name: item for item in store.items()}
    assert set(items) == {"Shared"} | {
        f"{who} {step}" for who in running for step in range(ROUNDS)
    }
    defaults = load(model).full_values()
    assert dict(items["Shared"].values) == {
        number: defaults[number] + ROUNDS / 100 for number in ("cost", "fear")
    }
    log = store.log()
    assert [entry.position for entry in log] == list(range(1, len(log) + 1))
    assert replay(log) == {item.id: item for item in items.values()}
    assert sum(entry.action == "set" for entry in log) == 2 * ROUNDS
    assert store.verify().sound
