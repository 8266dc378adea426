"""The commands diff and payoffs."""

import csv
import json
import sys

import pytest
from tests.scenario_files import SOUND, edited

from counterplay import cli
from counterplay.games.payoff_table import payoff_table
from counterplay.payoffs import game
from counterplay.scenario import load
from counterplay.scenario.editing.payoff_import import draft_of_payoff_table


@pytest.fixture
def run(monkeypatch, capsys):
    """Return a function that runs the command line here: exit code, standard output and error."""

    def called(*arguments):
        monkeypatch.setattr(sys, "argv", ["counterplay", *map(str, arguments)])
        with pytest.raises(SystemExit) as done:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return done.value.code or 0, out, err

    return called


@pytest.fixture
def files(tmp_path):
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.write_text(SOUND, encoding="utf-8")
    other.write_text(edited(("default: 2", "default: 2.5")), encoding="utf-8")
    return one, other


def test_diff_names_what_differs_and_exits_with_1(run, files):
    assert run("diff", *files) == (1, "parameter cost: default 2 -> 2.5\n", "")
    code, out, err = run("diff", *files, "--json")
    assert (code, err) == (1, "")
    document = json.loads(out)
    assert document["same"] is False
    assert document["differences"] == [
        {
            "change": "changed", "section": "parameters", "id": "cost", "field": "default",
            "before": 2.0, "after": 2.5, "words": "parameter cost: default 2 -> 2.5",
        }
    ]  # fmt: skip


def test_diff_of_equals_exits_with_0(run, files, tmp_path):
    remarked = tmp_path / "remarked.yaml"
    remarked.write_text("# a remark\n" + SOUND, encoding="utf-8")
    assert run("diff", files[0], remarked) == (0, "no difference\n", "")
    code, out, _ = run("diff", "chicken", "chicken", "--json")
    assert (code, json.loads(out)) == (0, {"same": True, "differences": []})


def test_diff_of_what_is_faulty_or_missing_exits_with_2(run, files, tmp_path):
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text(edited(("default: 2", "default: 9")), encoding="utf-8")
    for arguments in ((files[0], faulty), ("chicken", "chiken"), ("chicken",)):
        code, out, err = run("diff", *arguments)
        assert (code, out) == (2, "")
        assert err


def test_payoffs_are_written_at_the_values_asked_for(run, tmp_path):
    path = tmp_path / "p.csv"
    code, out, err = run("payoffs", "korea-ukraine", "--set", "cred=0.2", "--out", path)
    assert (code, out, err) == (0, f"Wrote {path}: 108 profiles\n", "")
    built = game(load("korea-ukraine"), {"cred": 0.2})
    assert path.read_text(encoding="utf-8") == payoff_table(built)
    assert (game(draft_of_payoff_table(path.read_bytes()).scenario).exact == built.exact).all()
    with path.open(encoding="utf-8", newline="") as stream:
        assert len(list(csv.reader(stream))) == 109


def test_payoffs_as_json(run, tmp_path):
    path = tmp_path / "p.tsv"
    code, out, _ = run("payoffs", "chicken", "--out", path, "--json")
    assert (code, json.loads(out)) == (0, {"path": str(path), "profiles": 4})


@pytest.mark.parametrize("name", ["p.xlsx", "no/p.csv", ""])
def test_payoffs_that_cannot_be_written(run, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    code, out, err = run("payoffs", "chicken", "--out", name)
    assert (code, out) == (2, "")
    assert err
    assert list(tmp_path.iterdir()) == []
