"""The pieces of an unfinished run, each a file in a folder beside the table to be.

A piece is one line of JSON (the run it belongs to, its number, its outcome sets, a hash of what
follows) and then its numbers as they lie in memory, little endian: values drawn, numbers of
outcome sets, completeness.  It is written under another name and renamed, so that it is whole or
not there; one that is damaged is done again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, get_args

import numpy as np

from counterplay.concepts import Completeness
from counterplay.errors import CounterplayError, ValuesError
from counterplay.files import write_whole
from counterplay.sensitivity.many import Counted
from counterplay.sensitivity.outcomes import Outcome
from counterplay.sensitivity.uncertainty.plan import Plan
from counterplay.sensitivity.uncertainty.work import Piece

_WORDS: tuple[str, ...] = get_args(Completeness)
_RUN = "run.json"
_LOCK = "lock"
_SCRATCH = "table"
_OWN = (_RUN, _LOCK, _SCRATCH, "*.piece", ".counterplay-*")


class PartFolder:
    """A folder of pieces that belongs to one run.

    Parameters
    ----------
    place : Path
    plan : Plan
    """

    def __init__(self, place: Path, plan: Plan) -> None:
        self.place = place
        self._plan = plan

    @property
    def scratch(self) -> Path:
        """Where the table is put together before it gets its name."""
        return self.place / _SCRATCH

    @contextmanager
    def held(self) -> Iterator[None]:
        """Make the folder, or take it up again, and keep other runs out of it.

        Raises
        ------
        ValuesError
            If it belongs to another run, or one is at work in it.
        CounterplayError
            If it cannot be made.
        """
        try:
            self.place.mkdir(exist_ok=True)
            stream = (self.place / _LOCK).open("ab")
        except OSError as error:
            raise CounterplayError(f"{self.place}: cannot be made: {error.strerror}") from None
        with stream:
            if not _locked(stream):
                raise ValuesError(f"{self.place}: this run is at work in another process")
            self._claim()
            yield

    def has(self, number: int) -> bool:
        """Say whether a piece is there and whole."""
        return self._read(number) is not None

    def write(self, number: int, piece: Piece) -> None:
        """Keep a piece.

        Raises
        ------
        CounterplayError
            If it cannot be written.
        """
        body = _body(piece)
        outcomes = [asdict(outcome) for outcome in piece.counted.outcomes]
        line = json.dumps({**self._stamp(number, body), "outcomes": outcomes})
        write_whole(self._file(number), line.encode() + b"\n" + body)

    def read(self, number: int) -> Piece:
        """Return a piece.

        Raises
        ------
        CounterplayError
            If it is gone or damaged.
        """
        piece = self._read(number)
        if piece is None:
            raise CounterplayError(
                f"{self._file(number)}: gone or damaged; the same command does it again"
            )
        return piece

    def delete(self) -> None:
        """Delete what a run put there, and the folder unless somebody put more."""
        for pattern in _OWN:
            for file in self.place.glob(pattern):
                file.unlink(missing_ok=True)
        if not any(self.place.iterdir()):
            self.place.rmdir()

    def _claim(self) -> None:
        mine = {"key": self._plan.key, **self._plan.description()}
        record = self.place / _RUN
        if not record.exists():
            if any(file.name != _LOCK for file in self.place.iterdir()):
                raise ValuesError(
                    f"{self.place}: this folder is not of an unfinished run; move it away"
                )
            write_whole(record, json.dumps(mine, indent=2).encode())
            return
        try:
            theirs = json.loads(record.read_bytes())
            different = [_difference(theirs, mine, name) for name in mine if name != "key"]
        except (OSError, ValueError, TypeError, AttributeError):
            different = ["a record that cannot be read"]
        told = [text for text in different if text]
        if told:
            raise ValuesError(
                f"{self.place}: holds an unfinished run with {', '.join(told)}; finish that one, "
                "name another file, or delete this folder"
            )

    def _file(self, number: int) -> Path:
        return self.place / f"{number:06d}.piece"

    def _stamp(self, number: int, body: bytes) -> dict[str, Any]:
        start, stop = self._plan.bounds[number]
        return {
            "key": self._plan.key,
            "start": start,
            "stop": stop,
            "sha256": hashlib.sha256(body).hexdigest(),
        }

    def _read(self, number: int) -> Piece | None:
        try:
            line, _, body = self._file(number).read_bytes().partition(b"\n")
            header = json.loads(line)
            stamp = {name: header.get(name) for name in ("key", "start", "stop", "sha256")}
            if stamp != self._stamp(number, body):
                return None
            return self._piece(header, body)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def _piece(self, header: dict[str, Any], body: bytes) -> Piece:
        rows, width = header["stop"] - header["start"], len(self._plan.drawn)
        ends = np.cumsum([8 * rows * width, 8 * rows])
        values = np.frombuffer(body[: ends[0]], "<f8").reshape(rows, width)
        index = np.frombuffer(body[ends[0] : ends[1]], "<i8")
        proof = np.array(_WORDS)[np.frombuffer(body[ends[1] :], np.uint8)]
        outcomes = tuple(_outcome(one) for one in header["outcomes"])
        return Piece(values, Counted(index, outcomes, proof))


def _body(piece: Piece) -> bytes:
    numbers = {word: k for k, word in enumerate(_WORDS)}
    proof = np.array([numbers[word] for word in piece.counted.completeness.tolist()], np.uint8)
    return b"".join(
        [
            np.ascontiguousarray(piece.values, "<f8").tobytes(),
            np.ascontiguousarray(piece.counted.index, "<i8").tobytes(),
            proof.tobytes(),
        ]
    )


def _outcome(data: dict[str, Any]) -> Outcome:
    supports = tuple(tuple(map(tuple, support)) for support in data["supports"])
    return Outcome(supports, tuple(data["regimes"]), data["sets"], data["complete"])


def _difference(theirs: dict[str, Any], mine: dict[str, Any], name: str) -> str:
    """Say how a field of another run differs, or nothing."""
    old, new = theirs.get(name), mine[name]
    if old == new:
        return ""
    if isinstance(old, dict) and isinstance(new, dict):
        keys = [key for key in {**old, **new} if old.get(key) != new.get(key)]
        return ", ".join(f"{name}.{key} {old.get(key)}, not {new.get(key)}" for key in keys)
    return f"{name} {old}, not {new}"


def _locked(stream: IO[bytes]) -> bool:
    """Lock a file until it is closed, or the process ends in whatever way."""
    try:
        import fcntl
    except ImportError:  # Windows: two runs at once do the work twice, and the rows are the same
        return True
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
