"""The table of a run as a CSV or Parquet file, with a manifest beside it."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from counterplay.errors import CounterplayError, MissingExtraError, ValuesError
from counterplay.files import target_file, write_whole
from counterplay.sensitivity.draws import STREAMS
from counterplay.sensitivity.outcomes import Outcome
from counterplay.sensitivity.uncertainty.digest import RowDigest
from counterplay.sensitivity.uncertainty.numbering import renumbered
from counterplay.sensitivity.uncertainty.plan import Plan
from counterplay.sensitivity.uncertainty.rows import answers_of, csv_head, csv_rows, head
from counterplay.sensitivity.uncertainty.work import Piece

SUFFIXES = (".csv", ".parquet")


@dataclass(frozen=True, eq=False)
class Written:
    """What rows that were written add up to.

    Attributes
    ----------
    digest : str
        As `Sample.digest`.
    outcomes : tuple of Outcome
    counts : ndarray of int, shape (outcome sets, 16)
        Draws with each, by the sequence they belong to.
    proved : dict
        Number of draws by completeness.
    """

    digest: str
    outcomes: tuple[Outcome, ...]
    counts: npt.NDArray[np.int64]
    proved: dict[str, int]


class _Sink(Protocol):
    def __init__(self, plan: Plan, place: Path) -> None: ...

    def write(self, first: int, piece: Piece) -> None: ...

    def close(self) -> None: ...


def checked_target(plan: Plan, path: object) -> Path:
    """Return the path of a table that can be written, or say why it cannot.

    Raises
    ------
    MissingExtraError
        If it is a ``.parquet`` file and pyarrow is not installed.
    ValuesError
        If it is no path, has another suffix, lies in no folder, or is one, or its manifest would
        be; or if a parameter has the name of another column.
    """
    target = target_file(path, SUFFIXES, ValuesError)
    target_file(manifest_of(target), (".json",), ValuesError)
    if target.suffix.lower() == ".parquet":
        _parquet()
    head(plan)
    return target


def write_rows(plan: Plan, pieces: Iterable[Piece], scratch: Path, suffix: str) -> Written:
    """Write rows that come in order to a file of the kind that a suffix names.

    Raises
    ------
    CounterplayError
        If the file cannot be written.
    """
    digest = RowDigest(plan.parameters)
    numbers: dict[Outcome, int] = {}
    counts: Counter[int] = Counter()
    proved: Counter[str] = Counter()
    first = 0
    with _sink(plan, scratch, suffix) as sink:
        for piece in pieces:
            found = piece.counted
            index = renumbered(found.index, found.outcomes, numbers)
            streams = (first + np.arange(len(index))) % STREAMS
            counts.update((index * STREAMS + streams).tolist())
            proved.update(found.completeness.tolist())
            digest.add(piece.values, index, found.completeness)
            sink.write(first, piece)
            first += len(index)
    table = [[counts[k * STREAMS + s] for s in range(STREAMS)] for k in range(len(numbers))]
    labels = [outcome.label for outcome in numbers]
    return Written(
        digest.hexdigest(labels), tuple(numbers), np.array(table), dict(sorted(proved.items()))
    )


def write_manifest(plan: Plan, written: Written, target: Path) -> Path:
    """Write what makes a table again beside it: no clock, no path, no user."""
    document: dict[str, Any] = {
        "format": 1,
        **plan.description(),
        "rows": plan.draws,
        "columns": head(plan),
        "outcomes": len(written.outcomes),
        "completeness": written.proved,
        "digest": written.digest,
        "sha256": _file_hash(target),
    }
    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)
    place = manifest_of(target)
    write_whole(place, f"{text}\n".encode())
    return place


def manifest_of(target: Path) -> Path:
    """Return where the manifest of a table lies."""
    return target.with_name(f"{target.name}.manifest.json")


def save_table(plan: Plan, pieces: Iterable[Piece], path: object) -> None:
    """Write a run that is in memory; see `Sample.save`."""
    target = checked_target(plan, path)
    scratch = target.with_name(f".counterplay-{secrets.token_hex(8)}")
    try:
        written = write_rows(plan, pieces, scratch, target.suffix.lower())
        put_in_place(scratch, target)
    finally:
        scratch.unlink(missing_ok=True)
    write_manifest(plan, written, target)


def put_in_place(scratch: Path, target: Path) -> None:
    """Let a file that is whole appear under its name.

    Raises
    ------
    CounterplayError
        If it cannot.
    """
    try:
        scratch.replace(target)
    except OSError as error:
        raise CounterplayError(f"{target}: cannot be written: {error.strerror}") from None


@contextmanager
def _sink(plan: Plan, scratch: Path, suffix: str) -> Iterator[_Sink]:
    try:
        sink = _CsvSink(plan, scratch) if suffix == ".csv" else _parquet()(plan, scratch)
        try:
            yield sink
        finally:
            sink.close()
    except OSError as error:
        raise CounterplayError(f"{scratch}: cannot be written: {error.strerror}") from None


class _CsvSink:
    """Rows as lines."""

    def __init__(self, plan: Plan, place: Path) -> None:
        self._plan = plan
        self._stream = place.open("wb")
        self._stream.write(csv_head(plan))

    def write(self, first: int, piece: Piece) -> None:
        found = piece.counted
        answers = answers_of(found.outcomes)
        ends = (found.index, found.completeness)
        self._stream.write(csv_rows(self._plan, first, piece.values, answers, ends))

    def close(self) -> None:
        self._stream.close()


def _parquet() -> type[_Sink]:
    """Return the class that writes Parquet, whose library is an extra."""
    try:
        from counterplay.sensitivity.uncertainty.parquet import ParquetSink
    except ImportError:
        raise MissingExtraError("a .parquet file", "parquet") from None
    return ParquetSink


def _file_hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
