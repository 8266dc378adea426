"""Files: read no further than allowed, written whole or not at all."""

from pathlib import Path

import pytest

from counterplay.errors import CounterplayError, ReportError, ScenarioError
from counterplay.files import decoded, path_text, read_bytes, write_whole


def test_a_file_is_read_up_to_one_byte_above_the_limit(tmp_path):
    path = tmp_path / "f.yaml"
    path.write_bytes(b"x" * 15)
    assert len(read_bytes(path, "f.yaml", 10, "a file")) == 11
    path.write_bytes(b"a: 1\n")
    assert read_bytes(path, "f.yaml", 10, "a file") == b"a: 1\n"


def test_what_cannot_be_opened_is_named_as_the_user_named_it(tmp_path):
    def read(name):
        return read_bytes(tmp_path / name, "m.yaml", 10, "a scenario file")

    with pytest.raises(
        CounterplayError, match=r"^m.yaml: this is a folder; name a scenario file$"
    ):
        read("")
    with pytest.raises(CounterplayError, match=r"^m.yaml: cannot be opened: No such file"):
        read("none.yaml")
    with pytest.raises(CounterplayError, match=r"^m.yaml: cannot be opened: File name too long"):
        read("x" * 5000)
    with pytest.raises(CounterplayError, match=r"^m.yaml: cannot be opened: "):
        read("a\0b")


def test_text_is_utf8_within_the_limit():
    assert decoded("\ufeffä".encode(), "f", 5) == "ä"
    with pytest.raises(ScenarioError, match=r"^f:1: \(file\): larger than 4 bytes"):
        decoded(b"12345", "f", 4)
    with pytest.raises(ScenarioError, match=r"^f:2: \(file\): not UTF-8 text"):
        decoded(b"1\n\xff", "f", 4)


@pytest.mark.parametrize("given", [None, "", b"x", 3, Path, [], object()])
def test_what_is_no_path(given):
    assert path_text(given) is None


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none/f", "there is no folder"),
        (".", "this is a folder; name a file"),
        ("x" * 300, "cannot be written: File name too long"),
        ("a\0b", "cannot be written: "),
    ],
)
@pytest.mark.parametrize("refusal", [CounterplayError, ReportError])
def test_what_cannot_be_written_leaves_nothing(tmp_path, name, message, refusal):
    with pytest.raises(refusal, match=message):
        write_whole(tmp_path / name, b"x", refusal)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced(tmp_path):
    for content in (b"one", b"two"):
        write_whole(tmp_path / "f", content)
        assert (tmp_path / "f").read_bytes() == content
