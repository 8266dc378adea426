"""Documents say what the code does."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from counterplay.cli import app
from counterplay.games import strategic
from counterplay.payoffs.check import check
from counterplay.scenario import formula, source

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FORMAT = (ROOT / "docs" / "scenario-files.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(get_command(app).commands))
def test_every_command_is_in_the_readme(command):
    assert f"counterplay {command}" in README


def test_the_example_of_a_scenario_file_has_no_fault(tmp_path):
    example = re.search(r"```yaml\n(.*?)```", FORMAT, re.DOTALL)
    assert example is not None
    path = tmp_path / "example.yaml"
    path.write_text(example.group(1), encoding="utf-8")
    assert check(path) == ()


def test_the_rules_documented_are_the_rules_there_are():
    table = FORMAT.split("## Rules of `check`")[1]
    documented = set(re.findall(r"`([a-z]+(?:-[a-z]+)*)`", table.split("| --- |", 1)[1]))
    folder = ROOT / "src" / "counterplay"
    used = set()
    alone = [folder / "files.py", folder / "payoffs" / "check.py"]
    for path in [*(folder / "scenario").rglob("*.py"), *alone]:
        text = path.read_text(encoding="utf-8")
        used |= set(
            re.findall(r'"([a-z]+-[a-z]+(?:-[a-z]+)*|readable|schema|formula)"\s*[,)]', text)
        )
    kinds = {"stated-intention", "published-work", "extra-forbidden"}
    assert documented == used - kinds


@pytest.mark.parametrize(
    "number",
    [
        source.MAX_BYTES,
        source.MAX_DEPTH,
        source.MAX_NODES,
        strategic.MAX_PROFILES,
        strategic.MAX_OPTIONS,
        strategic.MAX_PLAYERS,
        formula.MAX_CHARACTERS,
        formula.MAX_NODES,
        formula.MAX_DEPTH,
    ],
)
def test_limits_documented_are_the_limits_kept(number):
    assert re.search(rf"\b{number:,}\b", FORMAT)


def test_both_plain_shell_lines_install_pinned_packages():
    lines = [line for line in README.splitlines() if line.startswith("python3 -m venv")]
    assert len(lines) == 2
    assert all("--require-hashes" in line for line in lines)
