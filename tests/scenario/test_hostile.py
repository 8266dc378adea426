"""Hostile files are refused with a plain message, soon, in little memory, and nothing executes."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.scenario.hostile_files import CASES, LIMIT, REGISTERS
from tests.scenario.refusal_worker import BYTES, SECONDS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="limits are set by setrlimit"),
]

WORKER = Path(__file__).with_name("refusal_worker.py")
ROOT = WORKER.parents[2]
FAULT = re.compile(r"\S.*?:[1-9]\d*: \S.*: \S.*")
SPECIAL = {
    "a folder": "this is a folder",
    "a loop": "cannot be opened: Too many levels of symbolic links",
    "a link to nowhere": "cannot be opened: No such file",
    "a pipe that nobody writes to": "this is not an ordinary file",
    "an endless device": "this is not an ordinary file",
    "a name that is too long": "File name too long",
    "a file that is not there": "cannot be opened: No such file",
}
"""What is no file, and what is told of it on standard error."""


def special_paths(folder):
    (folder / "folder.yaml").mkdir()
    (folder / "loop.yaml").symlink_to(folder / "loop.yaml")
    (folder / "nowhere.yaml").symlink_to(folder / "none.yaml")
    os.mkfifo(folder / "pipe.yaml")
    return dict(
        zip(
            SPECIAL,
            (
                folder / "folder.yaml",
                folder / "loop.yaml",
                folder / "nowhere.yaml",
                folder / "pipe.yaml",
                Path("/dev/zero"),
                folder / f"{'x' * 300}.yaml",
                folder / "missing.yaml",
            ),
            strict=True,
        )
    )


def place_registers(folder):
    crowd = "format: 1\nid: crowd\ntitle: t\nrecords:\n" + "  - {id: R}\n" * 100_000
    for slug, text in (("crowd", crowd), ("bomb", "a: &a [1]\nb: *a\n")):
        (folder / "seeds" / slug).mkdir(parents=True)
        (folder / "seeds" / slug / "register.yaml").write_text(text, encoding="utf-8")
    for slug in ("folder", "loop", "pipe"):
        (folder / "seeds" / slug).mkdir()
    (folder / "seeds" / "folder" / "register.yaml").mkdir()
    loop = folder / "seeds" / "loop" / "register.yaml"
    loop.symlink_to(loop)
    os.mkfifo(folder / "seeds" / "pipe" / "register.yaml")


def ask(paths):
    """Return what a worker tells of each file, and the file at which it was killed, if any."""
    lines = "".join(f"{name}\t{path}\n" for name, path in paths.items())
    done = subprocess.run(
        [sys.executable, WORKER],
        input=lines,
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
        check=False,
        timeout=300,
    )
    told = {answer["name"]: answer for answer in map(json.loads, done.stdout.splitlines())}
    rest = {name: path for name, path in paths.items() if name not in told}
    if rest:
        killed = next(iter(rest))
        told[killed] = {
            "code": f"killed: {done.returncode}",
            "err": done.stderr[-4000:],
            "out": "",
        }
        del rest[killed]
    return told, rest


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    place_registers(folder)
    rest = special_paths(folder)
    for number, (name, case) in enumerate(CASES.items()):
        path = folder / f"case{number}{case.suffix}"
        path.write_bytes(case.raw())
        rest[name] = path
    told = {}
    while rest:
        more, rest = ask(rest)
        told |= more
    return told


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_is_refused_soon_and_in_little_memory(name, answers):
    answer = answers[name]
    assert answer["code"] == 1, answer
    assert CASES[name].words in answer["out"]
    assert answer["seconds"] < SECONDS
    assert answer["bytes"] < BYTES
    assert "Traceback" not in answer["err"]


@pytest.mark.parametrize("name", CASES)
def test_each_fault_of_it_is_one_line_that_steers_no_terminal(name, answers):
    lines = answers[name]["out"].splitlines()
    whole = lines if len(lines) == answers[name].get("lines") else lines[:-1]
    assert all(FAULT.fullmatch(line) and line.isprintable() for line in whole)
    warnings = answers[name]["err"].splitlines()
    told = warnings[: answers[name]["warnings"]]  # the worker cuts what is long, perhaps in a line
    assert all(line.startswith("warning: ") for line in told)


@pytest.mark.parametrize("name", SPECIAL)
def test_what_is_no_file_is_named_on_standard_error(name, answers):
    if name == "an endless device" and not Path("/dev/zero").exists():
        pytest.skip("this system has no such device")
    answer = answers[name]
    assert answer["code"] == 2, answer
    assert answer["out"] == ""
    assert SPECIAL[name] in answer["err"]
    assert answer["err"].count("\n") == 1
    assert answer["seconds"] < SECONDS


def test_the_cases_are_many_and_stay_below_the_limit_unless_they_are_about_it():
    assert len(CASES) >= 60
    beyond = [name for name, case in CASES.items() if len(case.raw()) > LIMIT]
    assert beyond == ["a million keys", "one byte too many"]
    assert len(REGISTERS) == 8
