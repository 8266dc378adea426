"""YAML text as plain data with the line of every field.

Only plain data gets through: mappings, lists, strings, numbers, true, false and null, by the
rules of YAML 1.2 (``no`` and ``off`` are strings).  Aliases, tags and repeated keys are faults.
The text is read as a stream of events, so that the limits below are met before anything is built;
a hostile file costs no more than an honest one.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)
from ruamel.yaml.reader import ReaderError

from counterplay.errors import Fault
from counterplay.files import decoded, unreadable
from counterplay.scenario.values import nearest

MAX_BYTES = 262_144
MAX_DEPTH = 24
MAX_NODES = 50_000

MAX_NAME = 80
"""Longest name that a hint is sought for."""

MAX_HINT_WORK = 5_000_000
"""Pairs of characters compared for the hints of one file, so that thousands of wrong names cost
no more than a few dozen."""

_COMPARING = 64
"""What comparing two names costs at least, in pairs of characters."""

MAX_MESSAGE = 1_000

Place = tuple[str | int, ...]
"""The way to a field: keys and list positions from the top of the file."""

_JOINERS = "\u200c\u200d"
_INTEGER = re.compile(r"[-+]?[0-9]{1,400}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]{1,400}|[0-9]{1,400}(\.[0-9]{0,400})?)([eE][-+]?[0-9]{1,3})?")
_NAMED = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    ".inf": math.inf, "-.inf": -math.inf, ".nan": math.nan,
}  # fmt: skip


@dataclass
class Source:
    """A file's data, and where each field stands.

    Attributes
    ----------
    file : str
        The file as the user named it.
    data : object
        Plain data.
    lines : dict from Place to int
        Line of each field, counted from 1.
    faults : list of Fault
        Faults met while reading, such as repeated keys.
    hint_work : int
        Pairs of characters compared so far for hints.
    """

    file: str
    data: object = None
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    hint_work: int = 0

    def line(self, place: Place) -> int:
        """Return the line of `place`, or of the nearest field that holds it."""
        for end in range(len(place), -1, -1):
            if place[:end] in self.lines:
                return self.lines[place[:end]]
        return 1

    def fault(self, place: Place, message: str, rule: str = "schema") -> Fault:
        """Return a fault at `place`."""
        if len(message) > MAX_MESSAGE:
            message = message[: MAX_MESSAGE - 3] + "..."
        return Fault(self.file, self.line(place), field_name(place), message, rule)

    def hint(self, name: str, known: Collection[str]) -> str:
        """Return the names most like `name` as `nearest` does, while the file's hints last."""
        if len(name) > MAX_NAME or self.hint_work > MAX_HINT_WORK:
            return ""
        candidates = [other for other in known if len(other) <= MAX_NAME]
        self.hint_work += sum(len(name) * len(other) + _COMPARING for other in candidates)
        return nearest(name, candidates) if self.hint_work <= MAX_HINT_WORK else ""


def field_name(place: Place) -> str:
    """Spell a place as people write it.

    Examples
    --------
    >>> field_name(("players", 2, "options", 0, "id"))
    'players[2].options[0].id'
    """
    text = ""
    for key in place:
        name = key if isinstance(key, int) or key.isprintable() else repr(key)
        text += f"[{name}]" if isinstance(key, int) else f".{name}" if text else str(name)
    return text or "(file)"


def printable(text: str) -> str:
    r"""Return text on one line without signs that steer a terminal or turn the reading direction.

    The joiners that some scripts and pictographs are spelt with stay.

    Examples
    --------
    >>> printable("plain\x1b[2J\nwords")
    'plain [2J words'
    """
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign in _JOINERS else " " for sign in text)


def read_yaml(raw: bytes, file: str) -> Source:
    """Read YAML bytes.

    Raises
    ------
    ScenarioError
        If the bytes are not UTF-8, not YAML, or pass a limit (262,144 bytes, 24 levels, 50,000
        nodes).
    """
    return source_of(events_of(decoded(raw, file, MAX_BYTES), file), file)


def events_of(text: str, file: str) -> Iterator[Event]:
    """Yield the events of a YAML text within the limits of `read_yaml`.

    Raises
    ------
    ScenarioError
        If the text is not YAML, or passes a limit.
    """
    try:
        yield from _limited(YAML(typ="safe", pure=True).parse(io.StringIO(text)), file)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise unreadable(file, line, f"not YAML: {error.problem or error.context}") from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        message = f"the character U+{error.character:04X} cannot stand in YAML; remove it"
        raise unreadable(file, line, message) from None
    except YAMLError as error:
        first = str(error).splitlines()[0]
        raise unreadable(file, 1, f"not YAML: {first}") from None


def source_of(events: Iterable[Event], file: str) -> Source:
    """Return the data in the events of one YAML document.

    Raises
    ------
    ScenarioError
        If a key is no plain word.
    """
    source = Source(file)
    _build(source, events)
    return source


def _limited(events: Iterator[Event], file: str) -> Iterator[Event]:
    depth = nodes = documents = 0
    for event in events:
        line = event.start_mark.line + 1
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        nodes += isinstance(event, NodeEvent)
        documents += isinstance(event, DocumentStartEvent)
        if depth > MAX_DEPTH:
            raise unreadable(file, line, f"nested more than {MAX_DEPTH} levels deep")
        if nodes > MAX_NODES:
            raise unreadable(file, line, f"more than {MAX_NODES} entries")
        if documents > 1:
            raise unreadable(file, line, "a second YAML document; keep one document in a file")
        if isinstance(event, AliasEvent):
            raise unreadable(file, line, "YAML aliases (*name) are not allowed; repeat the text")
        if getattr(event, "anchor", None):
            raise unreadable(file, line, "YAML anchors (&name) are not allowed; repeat the text")
        if getattr(event, "ctag", None) is not None:
            raise unreadable(file, line, "YAML tags (!name) are not allowed; write plain data")
        yield event


class _Frame:
    """A collection being filled."""

    def __init__(self, place: Place, container: dict[str, object] | list[object]) -> None:
        self.place, self.container = place, container
        self.key: str | None = None
        self.repeated = False


def _build(source: Source, events: Iterable[Event]) -> None:
    stack: list[_Frame] = []
    for event in events:
        if isinstance(event, CollectionEndEvent):
            stack.pop()
        elif isinstance(event, NodeEvent):
            line = event.start_mark.line + 1
            frame = stack[-1] if stack else None
            if frame and isinstance(frame.container, dict) and frame.key is None:
                _take_key(source, frame, event, line)
                continue
            place = _next_place(frame)
            source.lines.setdefault(place, line)
            value: object
            if isinstance(event, CollectionStartEvent):
                container: dict[str, object] | list[object]
                container = {} if isinstance(event, MappingStartEvent) else []
                value = container
                _put(source, frame, value)
                stack.append(_Frame(place, container))
            elif isinstance(event, ScalarEvent):
                _put(source, frame, _scalar(event))


def _take_key(source: Source, frame: _Frame, event: Event, line: int) -> None:
    if not isinstance(event, ScalarEvent):
        raise unreadable(source.file, line, "a key must be a plain word")
    frame.key = str(event.value)
    frame.repeated = isinstance(frame.container, dict) and frame.key in frame.container
    place = (*frame.place, frame.key)
    if frame.repeated:
        message = f"{frame.key!r} is given twice (first in line {source.lines[place]}); keep one"
        fault = Fault(source.file, line, field_name(place), message, "duplicate-key")
        source.faults.append(fault)
    else:
        source.lines.setdefault(place, line)


def _next_place(frame: _Frame | None) -> Place:
    if frame is None:
        return ()
    if isinstance(frame.container, list):
        return (*frame.place, len(frame.container))
    return (*frame.place, str(frame.key))


def _put(source: Source, frame: _Frame | None, value: object) -> None:
    if frame is None:
        source.data = value
    elif isinstance(frame.container, list):
        frame.container.append(value)
    else:
        if not frame.repeated:
            frame.container[str(frame.key)] = value
        frame.key = None


def _scalar(event: ScalarEvent) -> object:
    text = str(event.value)
    return text if event.style is not None else read_scalar(text)


def read_scalar(text: str) -> object:
    """Return what a word that stands without quotation marks means.

    Examples
    --------
    >>> [read_scalar(text) for text in ("off", "1.50", "true", "")]
    ['off', 1.5, True, None]
    """
    if text in _NAMED:
        return _NAMED[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
