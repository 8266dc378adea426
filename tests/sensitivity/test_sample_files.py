"""Tables have exactly the rows of the run, whole or not at all, and go on where they stopped."""

import csv
import hashlib
import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from tests.sensitivity import yielding

import counterplay as cp
from counterplay.errors import CounterplayError, MissingExtraError, ValuesError
from counterplay.sensitivity.executors import ExecutorError
from counterplay.sensitivity.uncertainty import UnfinishedRunError, run_to_file, sample

FLAGSHIP = cp.load("korea-ukraine")
ENDS = ["pure", "outcome", "regimes", "completeness"]


@pytest.fixture(scope="module")
def flagship():
    return sample(FLAGSHIP, 640, 3, {"cred": 0.15})


@pytest.fixture(scope="module")
def whole(flagship, tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "run.csv"
    flagship.save(path)
    return path


def read(path):
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_a_table_has_the_rows_of_the_run(flagship, whole):
    rows = read(whole)
    ids = [parameter.id for parameter in FLAGSHIP.parameters]
    assert list(rows[0]) == ["draw", *ids, *ENDS]
    assert [row["draw"] for row in rows] == [str(k) for k in range(640)]
    assert {row["cred"] for row in rows} == {"0.15"}
    for k, name in enumerate(flagship.parameters):
        assert [float(row[name]) for row in rows] == flagship.values[:, k].tolist()
    for row, number, proof in zip(rows, flagship.outcome, flagship.completeness, strict=True):
        outcome = flagship.outcomes[number]
        assert row["pure"].split("|") == (["/".join(p) for p in outcome.pure] or [""])
        assert row["outcome"] == outcome.label
        assert row["regimes"] == "|".join(outcome.regimes)
        assert row["completeness"] == proof


def test_numbers_are_the_shortest_that_read_back(whole):
    for row in read(whole)[:50]:
        for name in ("threat_conv", "offset"):
            assert row[name] == repr(float(row[name]))


def test_a_data_frame_holds_what_the_file_holds(flagship, whole):
    frame = flagship.to_pandas()
    rows = read(whole)
    assert list(frame.columns) == list(rows[0])
    for name in frame.columns:
        assert frame[name].astype(str).tolist() == [row[name] for row in rows]


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_run_to_a_file_writes_what_save_writes(flagship, tmp_path, suffix):
    flagship.save(tmp_path / f"saved{suffix}")
    seen = []
    found = run_to_file(
        FLAGSHIP, 640, 3, tmp_path / f"run{suffix}", {"cred": 0.15},
        progress=lambda done, total: seen.append((done, total)),
    )  # fmt: skip
    assert found.path.read_bytes() == (tmp_path / f"saved{suffix}").read_bytes()
    assert found.manifest.read_bytes() == (tmp_path / f"saved{suffix}.manifest.json").read_bytes()
    assert (found.digest, found.shares, found.words) == (
        flagship.digest, flagship.shares, flagship.words,
    )  # fmt: skip
    assert seen == [(done, 640) for done in range(64, 641, 64)]
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(
        f"{name}{suffix}{end}" for name in ("run", "saved") for end in ("", ".manifest.json")
    )


def test_parquet_holds_the_same_table(flagship, tmp_path):
    import pyarrow.parquet as pq

    flagship.save(tmp_path / "run.parquet")
    table = pq.read_table(tmp_path / "run.parquet")
    frame = flagship.to_pandas()
    assert table.column_names == list(frame.columns)
    for name in table.column_names:
        assert table.column(name).to_pylist() == frame[name].tolist()


def test_the_manifest_makes_the_run_again_and_tells_no_secrets(whole, flagship):
    text = whole.with_name("run.csv.manifest.json").read_text(encoding="utf-8")
    told = json.loads(text)
    assert told["scenario"] == {"id": FLAGSHIP.id, "sha256": FLAGSHIP.sha256}
    assert (told["draws"], told["seed"], told["method"], told["rows"]) == (640, 3, "sobol", 640)
    assert told["held"] == flagship.held
    assert told["digest"] == flagship.digest
    assert told["sha256"] == hashlib.sha256(whole.read_bytes()).hexdigest()
    assert str(whole.parent) not in text
    held = {name: told["held"][name] for name in told["held"]}
    again = sample(FLAGSHIP, told["draws"], told["seed"], held, method=told["method"])
    assert again.digest == told["digest"]


RUN = """
import sys, time
import counterplay as cp
from counterplay.sensitivity.executors import executor_for
from counterplay.sensitivity.uncertainty import UnfinishedRunError, run_to_file
if __name__ == "__main__":
    try:
        run_to_file(cp.load("korea-ukraine"), 640, 3, sys.argv[1], {"cred": 0.15},
                    executor=executor_for(int(sys.argv[2])), progress=lambda d, n: time.sleep(1.5))
    except UnfinishedRunError as error:
        print(error, error.done)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills by signals")
@pytest.mark.parametrize(("how", "workers"), [(signal.SIGKILL, "1"), (signal.SIGINT, "2")])
def test_a_run_that_was_stopped_goes_on(whole, tmp_path, how, workers):
    path = tmp_path / "run.csv"
    folder = tmp_path / "run.csv.part"
    script = tmp_path / "run.py"
    script.write_text(RUN, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, script, path, workers],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while len(list(folder.glob("*.piece"))) < 2 and process.poll() is None:
        time.sleep(0.02)
    with pytest.raises(ValuesError, match="at work in another process"):
        run_to_file(FLAGSHIP, 640, 3, path, {"cred": 0.15})
    os.killpg(process.pid, how)
    told, complaint = process.communicate(timeout=120)
    assert not path.exists()
    if how == signal.SIGINT:
        assert complaint == ""
        assert "of 640 draws; they are kept in" in told
    found = run_to_file(FLAGSHIP, 640, 3, path, {"cred": 0.15})
    assert 0 < found.continued < 640
    assert path.read_bytes() == whole.read_bytes()
    assert not folder.exists()


class Stopped:
    """Works on some pieces, then is interrupted as by Ctrl-C."""

    def __init__(self, pieces):
        self.pieces = pieces

    def run(self, function, tasks):
        for number, task in enumerate(tasks):
            if number == self.pieces:
                raise KeyboardInterrupt
            yield number, function(task)


@pytest.fixture
def unfinished(tmp_path):
    path = tmp_path / "run.csv"
    with pytest.raises(UnfinishedRunError, match="128 of 300 draws") as caught:
        run_to_file(yielding.scenario(), 300, 1, path, executor=Stopped(2))
    assert (caught.value.done, caught.value.draws) == (128, 300)
    assert not path.exists()
    return path


def test_damaged_pieces_are_done_again(unfinished):
    folder = unfinished.with_name("run.csv.part")
    first, second = sorted(folder.glob("*.piece"))
    first.write_bytes(first.read_bytes()[:-1])
    raw = bytearray(second.read_bytes())
    raw[-400] ^= 1
    second.write_bytes(raw)
    found = run_to_file(yielding.scenario(), 300, 1, unfinished)
    assert found.continued == 0
    assert found.digest == sample(yielding.scenario(), 300, 1).digest


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"seed": 2}, "seed 1, not 2"),
        ({"draws": 301}, "draws 300, not 301"),
        ({"method": "lhs"}, "method sobol, not lhs"),
        ({"values": {"lever": 0.4}}, "held.lever 0.2, not 0.4"),
        ({"scenario": yielding.scenario(yielding.TEXT.replace('"bar"', '"bar/2"'))}, "sha256"),
    ],
)
def test_pieces_of_another_run_are_refused_and_kept(unfinished, change, told):
    given = {"scenario": yielding.scenario(), "draws": 300, "seed": 1, "path": unfinished}
    with pytest.raises(ValuesError, match=told):
        run_to_file(**{**given, **change})
    assert run_to_file(**given).continued == 128


def test_other_peoples_folders_are_left_alone(tmp_path):
    folder = tmp_path / "run.csv.part"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    with pytest.raises(ValuesError, match="not of an unfinished run"):
        run_to_file(yielding.scenario(), 10, 1, tmp_path / "run.csv")
    assert (folder / "thesis.txt").read_text() == "mine"


def test_a_run_that_is_refused_leaves_nothing(tmp_path):
    text = yielding.TEXT.replace('"p + lever"', '"log(p - 0.5)"')
    with pytest.raises(ValuesError, match="t1"):
        run_to_file(yielding.scenario(text), 20, 1, tmp_path / "run.csv")
    assert list(tmp_path.iterdir()) == []


class Unreachable:
    """Has no workers."""

    def run(self, _function, _tasks):
        raise ExecutorError("cluster: no workers")
        yield


@pytest.mark.parametrize(
    ("executor", "error"), [(Unreachable(), ExecutorError), (Stopped(0), UnfinishedRunError)]
)
def test_a_run_that_did_nothing_does_not_stand_in_the_way_of_another(tmp_path, executor, error):
    path = tmp_path / "run.csv"
    with pytest.raises(error) as caught:
        run_to_file(yielding.scenario(), 300, 1, path, executor=executor)
    assert "they are kept" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []
    assert run_to_file(yielding.scenario(), 300, 2, path).continued == 0


def test_the_place_of_the_manifest_is_looked_at_before_any_work(tmp_path):
    (tmp_path / "run.csv.manifest.json").mkdir()
    with pytest.raises(ValuesError, match=r"run\.csv\.manifest\.json: this is a folder"):
        run_to_file(yielding.scenario(), 10, 1, tmp_path / "run.csv", executor=Stopped(0))
    with pytest.raises(ValuesError, match=r"run\.csv\.manifest\.json: this is a folder"):
        sample(yielding.scenario(), 10, 1).save(tmp_path / "run.csv")
    assert [file.name for file in tmp_path.iterdir()] == ["run.csv.manifest.json"]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("a\0.csv", "no path"),
        ("run.txt", "csv or .parquet"),
        ("nowhere/run.csv", "no folder"),
        (3, "no path"),
        ("", "no"),
    ],
)
def test_paths_that_cannot_be_written_are_refused_at_once(tmp_path, monkeypatch, path, told):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValuesError, match=told):
        run_to_file(yielding.scenario(), 10, 1, path, executor=Stopped(0))
    assert list(tmp_path.iterdir()) == []


def test_a_parameter_with_the_name_of_a_column_is_refused(tmp_path):
    text = yielding.TEXT.replace("id: idle", "id: outcome")
    with pytest.raises(ValuesError, match="outcome: a column"):
        sample(yielding.scenario(text), 10, 1).save(tmp_path / "run.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_extra_is_told_before_any_work(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "counterplay.sensitivity.uncertainty.parquet", None)
    with pytest.raises(MissingExtraError, match=r"counterplay\[parquet\]"):
        run_to_file(yielding.scenario(), 10, 1, tmp_path / "r.parquet", executor=Stopped(0))
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"counterplay\[parquet\]"):
        sample(yielding.scenario(), 10, 1).to_pandas()


def test_labels_with_a_comma_stay_in_one_cell(tmp_path, monkeypatch):
    from counterplay.sensitivity.outcomes import Outcome

    monkeypatch.setattr(Outcome, "label", 'x/y (2 sets, "incomplete")')
    sample(yielding.scenario(), 3, 1).save(tmp_path / "run.csv")
    assert {row["outcome"] for row in read(tmp_path / "run.csv")} == {'x/y (2 sets, "incomplete")'}


def test_a_full_disk_is_told_and_keeps_what_is_there(unfinished, monkeypatch):
    from counterplay.sensitivity.uncertainty import part_folder

    def full(*_args):
        raise CounterplayError("run.csv.part: cannot be written: No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(part_folder, "write_whole", full)
        with pytest.raises(CounterplayError, match="No space left"):
            run_to_file(yielding.scenario(), 300, 1, unfinished)
    assert run_to_file(yielding.scenario(), 300, 1, unfinished).continued == 128


def test_numbers_of_rows_are_those_asked_for(tmp_path):
    for draws in (1, 15, 16, 65):
        found = run_to_file(yielding.scenario(), draws, 1, tmp_path / "run.csv")
        rows = read(tmp_path / "run.csv")
        assert len(rows) == draws == found.draws
        assert np.isclose(sum(s.share for s in found.shares if s.kind == "outcome"), 1)
