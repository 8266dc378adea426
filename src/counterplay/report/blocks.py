"""The parts that a report is made of, the same for every format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from counterplay.report.tables import Table

_IN_MARGIN = 2

Role = Literal["text", "question", "status", "caution", "note"]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text.

    Attributes
    ----------
    text : str
    strong : bool
        Whether it is the finding itself.
    role : {"text", "question", "status", "caution", "note"}
        What the paragraph is for: the question put, a few words on what kind of answer it is
        (`caution` where the reader should pause), or small print.
    """

    text: str
    strong: bool = False
    role: Role = "text"


@dataclass(frozen=True)
class Bullets:
    """A list of plain texts."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Names with their values, such as date and hash."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class BarTable(Table):
    """A table with one row a player, in which formats that draw put a bar beside a number.

    Attributes
    ----------
    column : int
        Where the bars stand.
    amounts : tuple of float or None
        What each bar measures, in the player's own payoff units; None draws nothing.
    limit : float
        The amount at which every bar ends.
    """

    column: int
    amounts: tuple[float | None, ...]
    limit: float


@dataclass(frozen=True)
class Picture:
    """A figure to be drawn where the format can; its table stands in where it cannot.

    Attributes
    ----------
    kind : str
        Name of a function of `report.figures`.
    arguments : tuple
        Its arguments.
    table : Table
        The same in numbers.
    """

    kind: str
    arguments: tuple[object, ...]
    table: Table


Block = Paragraph | Bullets | Facts | Picture | Table


@dataclass(frozen=True)
class Section:
    """A heading with its blocks.

    Attributes
    ----------
    title : str
    depth : int
        1 is the title of the report, 2 a section, 3 a part of one.
    blocks : tuple of Block
    name : str
        A word by which a format knows the section, for its layout and for links to it.
    new_page : bool
        Whether the section starts a page where there are pages: the first after page one does.
    """

    title: str
    depth: int
    blocks: tuple[Block, ...]
    name: str
    new_page: bool = False


@dataclass(frozen=True)
class Masthead:
    """What a report is, as its margins, its running lines and the file's properties state it.

    Attributes
    ----------
    title : str
    marking, question, as_of : str or None
    kind : str
        What it is called, such as ``"brief"`` or ``"full report"``.
    setting : str
        At which values the game was solved, in a few words.
    players : tuple of str
        Names, in the order of their colours and marks.
    scenarios : tuple of str
        SHA-256 of each scenario that the report rests on.
    inputs : tuple of str
        Digest of each set of inputs.
    solved : str
        The method and the versions, as a sentence.
    """

    title: str
    marking: str | None
    question: str | None
    as_of: str | None
    kind: str
    setting: str
    players: tuple[str, ...]
    scenarios: tuple[str, ...]
    inputs: tuple[str, ...]
    solved: str

    @property
    def short_hashes(self) -> str:
        """Return what tells this report from others, short enough for a margin."""
        size = 12 if len(self.scenarios) == 1 else 8
        scenarios = " + ".join(whole[:size] for whole in self.scenarios)
        return f"{scenarios} · {_few(self.inputs)}"

    @property
    def keywords(self) -> tuple[str, str]:
        """Return the hashes in full, as properties of a file."""
        return f"scenario sha256 {' '.join(self.scenarios)}", f"inputs {' '.join(self.inputs)}"


@dataclass(frozen=True)
class Document:
    """A whole report."""

    masthead: Masthead
    sections: tuple[Section, ...]


def _few(digests: tuple[str, ...]) -> str:
    more = len(digests) - _IN_MARGIN
    return " / ".join(digests[:_IN_MARGIN]) + (f" and {more} more" if more > 0 else "")
