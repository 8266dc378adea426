"""The numbers of one setting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class Values(Mapping[str, float]):
    """Numbers by parameter or constant id, in the file's order; cannot be changed."""

    __slots__ = ("_numbers",)

    def __init__(self, numbers: Mapping[str, float]) -> None:
        self._numbers = dict(numbers)

    def __getitem__(self, name: str) -> float:
        """Return the number of a parameter or constant."""
        return self._numbers[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return iter(self._numbers)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._numbers)

    def __or__(self, moved: Mapping[str, float]) -> dict[str, float]:
        """Return a dictionary of the numbers with those of `moved` in their place."""
        return {**self._numbers, **moved}

    def __repr__(self) -> str:
        """Return the numbers as a dictionary is written."""
        return repr(self._numbers)
