"""What the command line writes: text and JSON to standard output, the rest to standard error."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, TextIO

from rich.console import Console
from rich.text import Text


def say(*lines: str, style: str = "") -> None:
    """Write lines to standard output."""
    _print(sys.stdout, lines, style)


def complain(*lines: str) -> None:
    """Write lines to standard error."""
    _print(sys.stderr, lines)


def _print(stream: TextIO, lines: tuple[str, ...], style: str = "") -> None:
    from counterplay.scenario.source import printable

    text = "".join(f"{printable(line)}\n" for line in lines)
    if style and stream.isatty():
        Console(file=stream, highlight=False).print(
            Text(text, style=style), end="", soft_wrap=True
        )
    else:
        _write(stream, text)


class Told(Protocol):
    """A result that says itself in words and as data."""

    @property
    def words(self) -> str:
        """What was found, in sentences."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON data."""


def answer(found: Told, as_json: bool) -> None:
    """Write a result to standard output, in words or as one JSON document."""
    if as_json:
        write_json(found.to_dict())
    else:
        say(found.words)


def write_json(document: object) -> None:
    """Write one JSON document to standard output."""
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        text = json.dumps(document, indent=1, allow_nan=False)
    _write(sys.stdout, text + "\n")


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:  # the reader has seen enough; the exit code is for the answer
        let_go(stream)


def let_go(stream: TextIO) -> None:
    """Send what is still to be written nowhere."""
    with Path(os.devnull).open("wb") as nowhere, suppress(OSError):  # not every stream is a file
        os.dup2(nowhere.fileno(), stream.fileno())
