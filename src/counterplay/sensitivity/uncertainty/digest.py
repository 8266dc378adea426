"""One hash of all rows of a run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from counterplay.numeric import FloatArray


class RowDigest:
    """SHA-256 of rows that come in order, in pieces of any size.

    It covers the values drawn as 64-bit floats, the number of each draw's answer, and what is
    proved of it, each as one hash, then the ids of the parameters and the labels of the answers.
    """

    def __init__(self, parameters: Sequence[str]) -> None:
        self._parameters = list(parameters)
        self._columns = [hashlib.sha256() for _ in range(3)]

    def add(
        self,
        values: FloatArray,
        index: npt.NDArray[np.int64],
        completeness: npt.NDArray[np.str_],
    ) -> None:
        """Take the next rows."""
        raw = (
            np.ascontiguousarray(values, "<f8").tobytes(),
            np.ascontiguousarray(index, "<i8").tobytes(),
            "".join(f"{text}\n" for text in completeness.tolist()).encode(),
        )
        for column, part in zip(self._columns, raw, strict=True):
            column.update(part)

    def hexdigest(self, labels: Sequence[str]) -> str:
        """Return the hash.

        Parameters
        ----------
        labels : sequence of str
            The answers that the numbers stand for.
        """
        hashes = [column.hexdigest() for column in self._columns]
        text = json.dumps([self._parameters, list(labels), *hashes])
        return hashlib.sha256(text.encode()).hexdigest()
