"""Rows of a run as a Parquet file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from counterplay.sensitivity.uncertainty.plan import Plan
from counterplay.sensitivity.uncertainty.rows import (
    ANSWER_COLUMNS,
    answers_of,
    head,
    number_columns,
)
from counterplay.sensitivity.uncertainty.work import Piece

_GROUP = 65_536
"""Least rows in a row group but the last: small groups cost space and time."""


class ParquetSink:
    """Rows as columns of numbers and texts."""

    def __init__(self, plan: Plan, place: Path) -> None:
        self._plan = plan
        numbers = [(parameter.id, pa.float64()) for parameter in plan.scenario.parameters]
        texts = [(name, pa.string()) for name in ANSWER_COLUMNS]
        self._schema = pa.schema([("draw", pa.int64()), *numbers, *texts])
        self._writer = ParquetWriter(place, self._schema)
        self._waiting: list[pa.Table] = []

    def write(self, first: int, piece: Piece) -> None:
        """Take the next rows."""
        found = piece.counted
        answers = answers_of(found.outcomes)
        columns: dict[str, object] = {
            "draw": np.arange(first, first + len(piece.values)),
            **number_columns(self._plan, piece.values),
            **{
                name: np.array([answer[name] for answer in answers], object)[found.index]
                for name in answers[0]
            },
            "completeness": found.completeness.astype(object),
        }
        arrays = [
            pa.array(columns[name], self._schema.field(name).type) for name in head(self._plan)
        ]
        self._waiting.append(pa.Table.from_arrays(arrays, schema=self._schema))
        if sum(map(len, self._waiting)) >= _GROUP:
            self._flush()

    def close(self) -> None:
        """Write what is left, and the end of the file."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._waiting:
            table = pa.concat_tables(self._waiting).combine_chunks()
            self._writer.write_table(table, row_group_size=len(table))
            self._waiting = []
