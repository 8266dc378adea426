"""Who saves, and why: text that people type, made fit for a log."""

from __future__ import annotations

from dataclasses import dataclass

from counterplay.errors import StoreError

LONGEST_NAME = 60
"""Characters of the name of saved work."""

LONGEST_WHO = 80
"""Characters of the name of a person."""

LONGEST_WHY = 240
"""Characters of a reason."""


@dataclass(frozen=True)
class Signature:
    """Who saves something, and why.

    Attributes
    ----------
    who : str
        A name, an account or an address; at most 80 characters. The store takes it as given.
    why : str
        A reason in a sentence; at most 240 characters.

    Raises
    ------
    StoreError
        If nobody is named, or one of them is longer.
    """

    who: str
    why: str = ""

    def __post_init__(self) -> None:
        """Refuse a signature that names nobody."""
        object.__setattr__(self, "who", required("who", self.who, LONGEST_WHO))
        object.__setattr__(self, "why", line("why", self.why, LONGEST_WHY))


def line(field: str, text: object, most: int) -> str:
    """Return a text on one line, without characters that cannot be seen.

    Raises
    ------
    StoreError
        If it is no text, or longer than `most` characters.
    """
    if not isinstance(text, str):
        raise StoreError(f"{field}: this is a {type(text).__name__}; give text")
    seen = "".join(letter for letter in " ".join(text.split()) if letter.isprintable()).strip()
    if len(seen) > most:
        raise StoreError(f"{field}: {len(seen)} characters; at most {most} can be stored")
    return seen


def required(field: str, text: object, most: int) -> str:
    """Return a text as `line` does; an empty one is refused."""
    seen = line(field, text, most)
    if not seen:
        raise StoreError(f"{field}: this is empty; give at least one letter")
    return seen
