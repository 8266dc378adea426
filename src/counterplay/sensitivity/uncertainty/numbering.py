"""Numbers of answers over a whole run, from those within pieces that arrive in any order."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

Answer = TypeVar("Answer", bound=Hashable)


class Numbering(Generic[Answer]):
    """Numbers answers in the order of the first draw that gives each."""

    def __init__(self, pieces: int) -> None:
        self._answers: list[tuple[Answer, ...]] = [()] * pieces

    def note(self, number: int, answers: tuple[Answer, ...]) -> None:
        """Take the answers of a piece, in the order of its draws."""
        self._answers[number] = answers

    def settle(
        self, index: npt.NDArray[np.int64], bounds: Sequence[tuple[int, int]]
    ) -> tuple[Answer, ...]:
        """Change the numbers of `index` from those within each piece; return the answers."""
        numbers: dict[Answer, int] = {}
        for (start, stop), answers in zip(bounds, self._answers, strict=True):
            index[start:stop] = renumbered(index[start:stop], answers, numbers)
        return tuple(numbers)


def renumbered(
    index: npt.NDArray[np.int64], answers: Sequence[Answer], numbers: dict[Answer, int]
) -> npt.NDArray[np.int64]:
    """Return a piece's index by the numbers of the whole run, which gain what is new."""
    own = [numbers.setdefault(answer, len(numbers)) for answer in answers]
    return np.array(own, np.int64)[index]
