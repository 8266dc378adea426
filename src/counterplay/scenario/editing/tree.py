"""Where each value of a YAML text stands: the first and the last character of every node.

The ends that a YAML parser gives for collections and block scalars reach to the next token, over
blank lines and comments.  Here a node ends with its own last character, so that what stands
between two nodes can be told from the nodes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ruamel.yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from counterplay.scenario.source import Place, Source, events_of, source_of


@dataclass
class Node:
    """A value in a text.

    Attributes
    ----------
    sort : str
        ``"mapping"``, ``"sequence"`` or ``"scalar"``.
    start, end : int
        Its first character and the one after its last.
    column : int
        Column of its first character, from 0.
    flow : bool
        Whether it is a collection in brackets.
    style : str or None
        Quotation mark or block sign of a scalar.
    entries : list of Entry
        What a collection holds, in the order of the text.
    """

    sort: str
    start: int
    end: int
    column: int
    flow: bool = False
    style: str | None = None
    entries: list[Entry] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nothing is written where the value would stand."""
        return self.sort == "scalar" and self.start == self.end

    def entry(self, key: str | int) -> Entry | None:
        """Return the entry with this key, the first where it is repeated."""
        if isinstance(key, int):
            return self.entries[key] if 0 <= key < len(self.entries) else None
        return next((entry for entry in self.entries if entry.key == key), None)


@dataclass
class Entry:
    """One entry of a collection: its key, or its position, and its value.

    Attributes
    ----------
    key : str or int
    at, key_end : int
        Where the key stands; in a list both are where the value begins.
    node : Node
    """

    key: str | int
    at: int
    key_end: int
    node: Node


@dataclass(frozen=True)
class Tree:
    """A text that has been read: its data, with lines, and its nodes."""

    text: str
    source: Source
    root: Node

    def node(self, place: Place) -> Node | None:
        """Return the node at a place, if there is one."""
        node = self.root
        for key in place:
            kind = "sequence" if isinstance(key, int) else "mapping"
            entry = node.entry(key) if node.sort == kind else None
            if entry is None:
                return None
            node = entry.node
        return node


def read_tree(text: str, file: str) -> Tree:
    """Read a text.

    Raises
    ------
    ScenarioError
        As `read_yaml` does.
    """
    events: list[Event] = []
    source = source_of(_noted(events_of(text, file), events), file)
    return Tree(text, source, _root(text, events))


def _noted(events: Iterator[Event], into: list[Event]) -> Iterator[Event]:
    for event in events:
        into.append(event)
        yield event


def _root(text: str, events: list[Event]) -> Node:
    root = Node("scalar", 0, 0, 0)
    stack: list[tuple[Node, Entry | None]] = []
    for event in events:
        if isinstance(event, CollectionEndEvent):
            node, _ = stack.pop()
            node.end = event.end_mark.index if node.flow else _last(node)
        elif isinstance(event, NodeEvent):
            node = _node(text, event)
            if not stack:
                root = node
            else:
                parent, open_entry = stack[-1]
                name = str(event.value) if isinstance(event, ScalarEvent) else ""
                stack[-1] = (parent, _placed(text, parent, open_entry, node, name))
            if isinstance(event, CollectionStartEvent):
                stack.append((node, None))
    return root


def _node(text: str, event: NodeEvent) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    column = event.start_mark.column
    if isinstance(event, ScalarEvent):
        end = start + len(text[start:end].rstrip())
        return Node("scalar", start, end, column, style=event.style)
    sort = "mapping" if isinstance(event, MappingStartEvent) else "sequence"
    return Node(sort, start, end, column, bool(getattr(event, "flow_style", False)))


def _placed(text: str, parent: Node, key: Entry | None, node: Node, name: str) -> Entry | None:
    """Put a node under its parent; return the entry that still waits for its value."""
    if parent.sort == "sequence":
        parent.entries.append(Entry(len(parent.entries), node.start, node.start, node))
        return None
    if key is None:
        return Entry(name, node.start, node.end, node)
    if node.empty and node.style is None:
        # The parser puts a value that is not written where the next one begins.
        colon = text.find(":", key.key_end)
        node.start = node.end = min(node.start, colon + 1) if colon >= 0 else node.start
    key.node = node
    parent.entries.append(key)
    return None


def _last(node: Node) -> int:
    return max([node.start, *(max(entry.key_end, entry.node.end) for entry in node.entries)])
