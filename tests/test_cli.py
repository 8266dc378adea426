"""The command line: what goes where, which code it ends with, and never a traceback."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.scenario_files import SOUND, edited, line_of

import counterplay
from counterplay.findings import study
from counterplay.scenario import load, scenarios

ROOT = Path(__file__).resolve().parents[1]
BASH = shutil.which("bash")
FLAGSHIP = "korea-ukraine"
BRIEF = ("--level", "brief")
FAULTY = edited(("default: 2", "default: 9"), ("fear * worth", "feer * worth"))
LINES = [line_of(FAULTY, part) for part in ("default: 9", "- id: fear", "feer")]


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(SOUND, encoding="utf-8")
    return path


@pytest.fixture
def faulty(tmp_path):
    path = tmp_path / "faulty.yaml"
    path.write_text(FAULTY, encoding="utf-8")
    return path


def real(*arguments, folder, **environment):
    """Run the command line in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    return subprocess.run(
        [sys.executable, "-m", "counterplay", *map(str, arguments)],
        cwd=folder,
        env={**kept, **environment},
        capture_output=True,
        check=False,
        timeout=120,
    )


def test_list_is_one_line_each(run):
    code, out, err = run("list")
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == list(scenarios())
    assert load(FLAGSHIP).title in out


def test_list_as_json(run):
    code, out, err = run("list", "--json")
    assert (code, err) == (0, "")
    assert [entry["id"] for entry in json.loads(out)] == list(scenarios())
    assert set(json.loads(out)[0]) == {"id", "title", "question", "as_of"}


def test_solve_tells_the_account(run):
    code, out, err = run("solve", "chicken")
    assert (code, err) == (0, "")
    assert out.startswith("Chicken, as the Cuban missile crisis is usually taught\n")
    assert out.count("Verified: largest gain from changing alone") == 3
    assert "\x1b" not in out


def test_solve_does_not_wrap_lines(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    assert max(map(len, run("solve", "chicken")[1].splitlines())) > 200


def test_solve_as_json_is_one_document(run, small):
    code, out, err = run("solve", small, "--json", "--set", "cost=2.5", "--set", "prize=4")
    assert (code, err) == (0, "")
    document = json.loads(out)
    assert document == study(load(small), {"cost": 2.5, "prize": 4}).to_dict()
    assert document["parameters"]["cost"] == 2.5
    assert out.endswith("}\n")


def test_settings_win_over_the_preset(run, small):
    out = run("solve", small, "--json", "--preset", "dear", "--set", "cost=3")[1]
    assert json.loads(out)["parameters"]["cost"] == 3
    out = run("solve", small, "--json", "--preset", "dear")[1]
    assert json.loads(out)["parameters"]["cost"] == 4
    assert json.loads(out)["preset"] == "dear"


def test_the_last_setting_of_a_name_counts(run, small):
    out = run("solve", small, "--json", "--set", "cost=1", "--set", " cost = 3 ")[1]
    assert json.loads(out)["parameters"]["cost"] == 3


def test_the_same_command_gives_the_same_bytes(run):
    assert run("solve", FLAGSHIP, "--json") == run("solve", FLAGSHIP, "--json")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--set", "cost=9"], "cost: 9.0 is outside its range 1 to 4"),
        (["--set", "cost=0.99"], "cost: 0.99 is outside its range 1 to 4"),
        (["--set", "cst=2"], "cst: no such parameter or constant; did you mean cost?"),
        (["--set", "zzz=2"], "zzz: no such parameter or constant; there are "),
        (["--set", "worth=2"], "worth: no such parameter or constant"),
        (["--set", "cost=two"], "--set cost=two: write NAME=VALUE with a number"),
        (["--set", "cost="], "--set cost=: write NAME=VALUE with a number"),
        (["--set", "cost"], "--set cost: write NAME=VALUE with a number"),
        (["--set", "cost=1=2"], "--set cost=1=2: write NAME=VALUE with a number"),
        (["--set", "cost=0x2"], "--set cost=0x2: write NAME=VALUE with a number"),
        (["--set", "2"], "--set 2: write NAME=VALUE with a number"),
        (["--set", ""], "--set : write NAME=VALUE with a number"),
        (["--set", "=2"], "--set: write NAME=VALUE with the name of a parameter or constant"),
        (["--set", "cost=nan"], "cost: nan is not a finite number"),
        (["--set", "cost=inf"], "cost: inf is not a finite number"),
        (["--set", "prize=-inf"], "prize: -inf is not a finite number"),
        (["--set", "cost=1e999"], "cost: inf is not a finite number"),
        (["--set", "\x1b[2Jcost=2"], " [2Jcost: no such parameter or constant"),
        (["--preset", "deer"], "preset: no 'deer'; did you mean dear?"),
        (["--preset", "zzz"], "preset: no 'zzz'; the presets are default, dear"),
        (["--preset", ""], "preset: no ''; the presets are default, dear"),
    ],
)
def test_settings_are_refused_by_name(run, small, arguments, message):
    for command in (["solve", small], ["report", small, "--out", small.with_name("r.md")]):
        code, _, err = run(*command, *arguments)
        assert code == 2
        assert err.splitlines()[0].startswith(message)
        assert err.count("\n") == 1
    assert not small.with_name("r.md").exists()


def test_numbers_too_large_to_compare_are_refused_without_a_warning(run, small):
    code, _, err = run("solve", small, "--set", "prize=1e308")
    assert code == 2
    assert err.count("\n") == 1
    assert "not finite at these values" in err


@pytest.mark.parametrize(
    ("model", "message"),
    [
        ("korea-ukrain", "korea-ukrain: no such scenario or file; did you mean korea-ukraine?"),
        ("zzz", "zzz: no such scenario or file; shipped: chicken, korea-ukraine"),
        ("none.yaml", "none.yaml: cannot be opened: No such file or directory"),
        ("none/none.nfg", "none/none.nfg: cannot be opened: No such file or directory"),
        (".", ".: this is a folder; name a scenario file"),
        ("..", "..: this is a folder; name a scenario file"),
        ("x" * 5000 + ".yaml", "cannot be opened: File name too long"),
        ("x" * 5000, "no such scenario or file; shipped: chicken, korea-ukraine"),
        ("\x1b[2J", " [2J: no such scenario or file"),
    ],
    ids=lambda value: value[:12],
)
def test_a_model_that_is_not_there(run, model, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for command in (["solve"], ["check"], ["report", "--out", "r.md"]):
        code, _, err = run(*command, model)
        assert code == 2
        assert message in err
        assert err.count("\n") == 1


def test_a_model_with_faults_tells_them_all(run, faulty):
    code, _, err = run("solve", faulty)
    assert code == 2
    assert err.splitlines() == [
        f"{faulty}:{LINES[0]}: parameters[0].default: 9 is outside the range 1 to 4; "
        "move one of them",
        f"{faulty}:{LINES[2]}: derived[1].value: column 1: 'feer' is not defined; "
        "did you mean fear?",
    ]


def test_check_of_sound_files_says_nothing(run, small):
    assert run("check", small, "chicken", FLAGSHIP) == (0, "", "")


def test_check_tells_every_fault_on_standard_output(run, faulty, small):
    code, out, err = run("check", faulty, small)
    assert code == 1
    lines = out.splitlines()
    assert [re.match(r".*faulty\.yaml:(\d+): ([\w.\[\]]+): ", line)[2] for line in lines] == [
        "parameters[0].default",
        "derived[1].value",
    ]
    assert err == (
        f"warning: {faulty}:{LINES[1]}: parameters[1].id: 'fear' is used in no formula; "
        "use it or remove it\n"
    )


def test_warnings_alone_are_no_negative_answer(run, tmp_path):
    path = tmp_path / "w.yaml"
    path.write_text(edited(("fear * worth", "worth")), encoding="utf-8")
    code, out, err = run("check", path)
    assert (code, out) == (0, "")
    assert err.startswith(f"warning: {path}:")


def test_check_as_json(run, faulty):
    code, out, err = run("check", faulty, "--json")
    assert (code, err) == (1, "")
    found = json.loads(out)
    assert [(fault["line"], fault["rule"], fault["severity"]) for fault in found] == [
        (LINES[0], "default-outside-range", "fault"),
        (LINES[1], "unused-name", "warning"),
        (LINES[2], "unknown-name", "fault"),
    ]
    assert set(found[0]) == {"file", "line", "field", "message", "rule", "severity"}
    assert run("check", "chicken", "--json")[1] == "[]\n"


def test_a_file_that_cannot_be_opened_is_no_answer(run, faulty):
    for more in ([], ["--json"]):
        code, out, err = run("check", faulty, "none.yaml", "nobody.yaml", *more)
        assert (code, out) == (2, "")
        assert err.splitlines() == [
            "none.yaml: cannot be opened: No such file or directory",
            "nobody.yaml: cannot be opened: No such file or directory",
        ]


def test_check_shows_hostile_text_on_one_line(run, tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(
        '"\\e[2J\\n": 1\n' + edited(("focal: sea", 'focal: "a\\e]0;x\\a"')), encoding="utf-8"
    )
    code, out, _ = run("check", path)
    assert code == 1
    assert out.count("\n") == 3
    assert all(line.isprintable() for line in out.splitlines())


@pytest.mark.parametrize("suffix", [".md", ".json"])
def test_a_report_is_written_and_verifies(run, small, suffix):
    path = small.with_name(f"report{suffix}")
    code, out, err = run("report", small, "--out", path, "--level", "full", "--set", "cost=3")
    assert (code, out, err) == (0, f"Wrote {path}\n", "")
    code, out, err = run("verify", path)
    assert (code, err) == (0, "")
    assert out == f"{path}: reproduces (numbers compared to 1e-9; this is no signature)\n"


def test_reasons_stand_in_a_report(run, small):
    path = small.with_name("r.md")
    moved = ["--set", "cost=3", "--because", "cost=two sources = enough"]
    assert run("report", small, "--out", path, "--draws", "16", *moved)[0] == 0
    assert "| two sources = enough |" in path.read_text(encoding="utf-8")
    assert run("verify", path)[0] == 0


@pytest.mark.parametrize("noted", ["cost", "=text", "nobody=text"])
def test_what_is_no_reason_is_refused(run, small, noted):
    path = small.with_name("r.md")
    code, _, err = run("report", small, "--out", path, "--because", noted)
    assert code == 2
    assert noted.partition("=")[0] in err
    assert not path.exists()


def test_a_report_as_json_tells_where_it_is(run, small):
    path = small.with_name("r.md")
    code, out, err = run("report", small, "--out", path, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "path": str(path),
        "level": "standard",
        "digest": study(load(small)).digest,
    }


@pytest.mark.parametrize(
    ("out", "more", "message"),
    [
        ("none/r.md", [], "there is no folder"),
        ("r.doc", [], "no format '.doc'; the suffix is one of .docx, .html, .json"),
        ("report", [], "no format ''"),
        (".", [], "no format ''"),
        ("folder.md", [], "this is a folder; name a file"),
        ("r.md", ["--level", "long"], "level: no 'long'; choose brief, standard, full"),
        ("x" * 300 + ".md", [], "cannot be written: File name too long"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_a_report_that_cannot_be_written(run, small, out, more, message):
    small.with_name("folder.md").mkdir()
    before = sorted(small.parent.rglob("*"))
    code, _, err = run("report", small, "--out", small.parent / out, *(more or BRIEF))
    assert code == 2
    assert message in err
    assert sorted(small.parent.rglob("*")) == before


def test_a_report_that_the_system_refuses_to_write(run, small, monkeypatch):
    def refuse(_self, _target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    before = sorted(small.parent.rglob("*"))
    code, _, err = run("report", small, "--out", small.with_name("r.md"), *BRIEF)
    assert code == 2
    assert "r.md: cannot be written: Permission denied" in err
    assert sorted(small.parent.rglob("*")) == before


def test_a_report_that_does_not_reproduce(run, small):
    path = small.with_name("r.json")
    run("report", small, "--out", path, *BRIEF)
    path.write_text(path.read_text(encoding="utf-8").replace('"regret": 0.0', '"regret": 0.1'))
    code, out, err = run("verify", path)
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        "findings.equilibria[0].regret: 0.1 in the report, 0.0 recomputed",
        f"{path}: does NOT reproduce (numbers compared to 1e-9; this is no signature)",
    ]
    code, out, _ = run("verify", path, "--json")
    assert code == 1
    assert json.loads(out) == {
        "same": False,
        "differences": ["findings.equilibria[0].regret: 0.1 in the report, 0.0 recomputed"],
        "notes": [],
    }


def test_other_versions_are_noted_on_standard_error(run, small):
    path = small.with_name("r.json")
    run("report", small, "--out", path, *BRIEF)
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'"numpy": "[^"]+"', '"numpy": "0.1"', text), encoding="utf-8")
    code, out, err = run("verify", path)
    assert code == 0
    assert out.count("\n") == 1
    assert err.startswith("note: numpy: the report was made with 0.1, this is ")


@pytest.mark.parametrize(
    "name",
    ["none.json", "small.yaml", ".", "x" * 5000 + ".md", "\x1b[2J.md"],
    ids=lambda name: name[:9],
)
def test_what_is_no_report(run, small, name, monkeypatch):
    monkeypatch.chdir(small.parent)
    code, _, err = run("verify", name)
    assert code == 2
    assert err.count("\n") == 1
    assert err.rstrip("\n").isprintable()


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"], ["solve"], ["solve", "a", "b"], ["solve", "chicken", "--nothing"],
        ["solve", "chicken", "--set"], ["check"], ["report", "chicken"], ["verify"],
        ["app", "--port", "0"], ["app", "--port", "x"], ["--nothing"], [],
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage(run, arguments):
    code, _, err = run(*arguments)
    assert code == 2
    assert "Usage: counterplay" in err or err.startswith("Error: Option")


@pytest.mark.parametrize("command", ["list", "check", "solve", "report", "verify", "app"])
def test_every_command_explains_itself(run, command):
    code, out, err = run(command, "--help")
    assert (code, err) == (0, "")
    assert f"Usage: counterplay {command}" in out


def test_help_names_every_command(run):
    code, out, _ = run("--help")
    assert code == 0
    assert all(command in out for command in ("list", "check", "solve", "report", "verify", "app"))


def test_the_version(run):
    code, out, err = run("--version")
    assert (code, err) == (0, "")
    assert re.fullmatch(r"counterplay \d+\.\d+\.\d+\S*\n", out)


def test_the_app_is_not_opened_for_a_model_that_is_none(run, faulty):
    assert run("app", faulty)[0] == 2
    assert run("app", "nobody")[0] == 2


def test_json_keeps_names_in_their_script(run, small):
    small.write_text(edited(("label: The navy", "label: 해군 “X”")), encoding="utf-8")
    out = run("solve", small, "--json")[1]
    assert "해군 “X”" in out
    assert json.loads(out)["players"][0]["label"] == "해군 “X”"


# From here on in processes of their own.


def test_the_module_runs_as_a_command(tmp_path):
    done = real("solve", "chicken", "--json", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["scenario"]["id"] == "chicken"
    assert (
        done.stdout.decode()
        == json.dumps(study(load("chicken")).to_dict(), ensure_ascii=False, indent=1) + "\n"
    )


def test_an_ascii_terminal_gets_what_it_can_show(tmp_path):
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    done = real("solve", "chicken", folder=tmp_path, **plain)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii()
    assert b"keeps ?Blockade?" in done.stdout
    done = real("solve", "chicken", "--json", folder=tmp_path, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert json.loads(done.stdout) == study(load("chicken")).to_dict()


def test_faults_of_a_file_reach_both_streams(faulty):
    done = real("check", faulty.name, folder=faulty.parent)
    assert done.returncode == 1
    assert [line.split(b": ")[0] for line in done.stdout.splitlines()] == [
        b"faulty.yaml:%d" % LINES[0],
        b"faulty.yaml:%d" % LINES[2],
    ]
    assert done.stderr.startswith(b"warning: faulty.yaml:%d: " % LINES[1])


@pytest.mark.skipif(BASH is None, reason="a shell is asked for its pipes")
@pytest.mark.parametrize(
    ("command", "code"),
    [("solve korea-ukraine --json", 0), ("check faulty.yaml", 1), ("check none.yaml", 2)],
)
def test_a_reader_that_leaves_early_changes_nothing(faulty, command, code):
    line = f"{sys.executable} -m counterplay {command} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        [BASH, "-c", line], cwd=faulty.parent, capture_output=True, check=False, timeout=120
    )
    assert done.stdout == f"{code}\n".encode()
    assert b"Traceback" not in done.stderr
    assert b"Broken" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_disk_is_told(tmp_path):
    line = f"{sys.executable} -m counterplay list > /dev/full"
    done = subprocess.run(
        [BASH, "-c", line], cwd=tmp_path, capture_output=True, check=False, timeout=120
    )
    assert (done.returncode, done.stderr) == (2, b"No space left on device\n")


@pytest.mark.skipif(BASH is None, reason="a shell is asked to close a stream")
def test_closed_streams_are_no_failure(tmp_path):
    line = f"{sys.executable} -m counterplay list >&- 2>&-; echo $?"
    done = subprocess.run(
        [BASH, "-c", line], cwd=tmp_path, capture_output=True, check=False, timeout=120
    )
    assert (done.stdout, done.stderr) == (b"0\n", b"")


def test_a_terminal_gets_colour_and_nothing_else_does(monkeypatch, run):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    out = run("solve", "chicken")[1]
    assert out.startswith("\x1b[1mChicken")
    assert re.sub(r"\x1b\[[0-9;]*m", "", out).isprintable() is False


def test_the_face_of_the_package_and_the_command_agree(run, small):
    assert counterplay.check(small) == ()
    assert run("check", small)[0] == 0


def test_tipping_tells_both_sides_and_the_method(run):
    code, out, err = run("tipping", "korea-ukraine", "--parameter", "audience")
    assert (code, err) == (0, "")
    assert "3.825" in out
    assert "step" in out


def test_tipping_as_json(run):
    code, out, _ = run("tipping", "korea-ukraine", "--parameter", "audience", "--json")
    assert code == 0
    (point,) = json.loads(out)["tipping_points"]
    assert (point["parameter"], point["value"]) == ("audience", 3.825)
    assert point["below"]["label"] == "pledge/deny/conv/expose"


def test_a_map_goes_to_a_file(run, tmp_path):
    path = tmp_path / "map.csv"
    code, out, _ = run("map", "korea-ukraine", "detect", "expose", "--steps", 3, "--out", path)
    assert code == 0
    assert f"Wrote {path}" in out
    assert len(path.read_text(encoding="utf-8").splitlines()) == 10


def test_a_sample_goes_to_a_file_and_the_same_seed_gives_the_same_rows(run, tmp_path):
    paths = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for path in paths:
        code, out, _ = run("sample", "chicken-drawn", "--draws", 8, "--seed", 3, "--out", path)
        assert code == 2
        code, out, _ = run("sample", "korea-ukraine", "--draws", 8, "--seed", 3, "--out", path)
        assert code == 0
        assert f"Wrote {path}" in out
    rows = paths[0].read_bytes()
    assert rows == paths[1].read_bytes()
    assert len(rows.splitlines()) == 9


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("tipping", "korea-ukraine", "--parameter", "credd"), "cred"),
        (("map", "korea-ukraine", "cred", "cred"), "is x already"),
        (("map", "korea-ukraine", "cred", "phase"), "constant"),
        (("sample", "korea-ukraine", "--draws", 0, "--seed", 1, "--out", "x.csv"), "draws"),
        (("sample", "korea-ukraine", "--draws", 4, "--seed", 1, "--out", "x.txt"), ".csv"),
        (
            ("sample", "korea-ukraine", "--draws", 4, "--seed", 1, "--out", "x.csv",
             "--workers", 2, "--cluster", "tcp://127.0.0.1:1"),
            "not both",
        ),
    ],
)  # fmt: skip
def test_wrong_questions_get_one_line(run, arguments, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert not list(tmp_path.iterdir())
