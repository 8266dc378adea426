"""Changes of a YAML text that leave every other character as it is.

Changes are worked out as splices on the text that was read and applied together, so that comments,
order, quotation marks and the wrapping of whatever is not changed stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from counterplay.scenario.editing.plain_data import data_at, same
from counterplay.scenario.editing.spelling import flow_pair, flow_text, item, pair, scalar
from counterplay.scenario.editing.tree import Entry, Node, Tree
from counterplay.scenario.source import Place

Order = Callable[[Place], list[str]]
"""Gives the usual order of the keys at a place."""


class _Dropped:
    """Stands for the value of an entry that is taken out."""


DROPPED = _Dropped()


@dataclass(frozen=True)
class Splice:
    """The text from `start` to before `end` becomes `text`."""

    start: int
    end: int
    text: str


def spliced(text: str, splices: list[Splice]) -> str:
    """Return the text with the splices made; those at one point follow one another."""
    ordered = sorted(splices, key=lambda splice: (splice.start, splice.end))
    parts, done = [], 0
    for splice in ordered:
        parts += [text[done : splice.start], splice.text]
        done = max(done, splice.end)
    return "".join([*parts, text[done:]])


def break_of(text: str) -> str:
    """Return how the lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n"


def changes_in(tree: Tree, changes: Mapping[Place, object], order: Order) -> list[Splice]:
    """Return the splices that put new values at places; `DROPPED` takes a key out.

    The collection that holds a place must be there; no place lies inside another.
    """
    grouped: dict[Place, dict[str | int, object]] = {}
    for place, value in changes.items():
        grouped.setdefault(place[:-1], {})[place[-1]] = value
    surgeon = _Surgeon(tree, order)
    splices: list[Splice] = []
    for place, parts in grouped.items():
        node = tree.node(place)
        if node is not None:
            splices += surgeon.collection(place, node, parts)
    return splices


def renamed_keys(tree: Tree, keys: Mapping[Place, str]) -> list[Splice]:
    """Return the splices that give keys another name."""
    splices = []
    for place, name in keys.items():
        parent = tree.node(place[:-1])
        entry = parent.entry(place[-1]) if parent is not None else None
        if entry is not None:
            splices.append(Splice(entry.at, entry.key_end, scalar(name, flow=True)))
    return splices


class _Surgeon:
    """Works out splices on one text."""

    def __init__(self, tree: Tree, order: Order) -> None:
        self.tree, self.text, self.order = tree, tree.text, order
        self.newline = break_of(tree.text)

    def collection(
        self, place: Place, node: Node, changes: Mapping[str | int, object]
    ) -> Iterator[Splice]:
        """Yield the splices that change entries of the collection at `place`."""
        bare = any(
            value is not DROPPED and (entry := node.entry(key)) is not None and entry.node.empty
            for key, value in changes.items()
        )
        reshaped = bare or any(v is DROPPED or not node.entry(k) for k, v in changes.items())
        if node.flow and reshaped:
            yield self._bracketed(place, node, changes)
            return
        if not self._surviving(node, changes):
            yield self._replaced(place, node, changes)
            return
        for key, value in changes.items():
            entry = node.entry(key)
            if entry is not None and value is not DROPPED:
                yield from self._value((*place, key), entry, node, value)
        yield from self._additions(place, node, changes)
        yield from self._removals(node, changes)

    def _surviving(self, node: Node, changes: Mapping[str | int, object]) -> list[Entry]:
        return [entry for entry in node.entries if changes.get(entry.key) is not DROPPED]

    def _bracketed(self, place: Place, node: Node, changes: Mapping[str | int, object]) -> Splice:
        parts = []
        for entry in self._surviving(node, changes):
            if entry.key in changes:
                parts.append(flow_pair(str(entry.key), changes[entry.key]))
            else:
                parts.append(self.text[entry.at : max(entry.key_end, entry.node.end)])
        added = self._added(place, node, changes)
        parts.extend(flow_pair(str(key), changes[key]) for key in added)
        return Splice(node.start, node.end, "{" + ", ".join(parts) + "}")

    def _replaced(self, place: Place, node: Node, changes: Mapping[str | int, object]) -> Splice:
        keys = self._added(place, node, changes)
        lines = [line for key in keys for line in pair(str(key), changes[key], node.column)]
        written = self.newline.join(lines)[node.column :] if lines else "{}"
        return Splice(node.start, node.end, written)

    def _added(
        self, place: Place, node: Node, changes: Mapping[str | int, object]
    ) -> list[str | int]:
        usual = self.order(place)
        added = [k for k, v in changes.items() if v is not DROPPED and node.entry(k) is None]
        return sorted(added, key=lambda k: usual.index(str(k)) if k in usual else len(usual))

    def _additions(
        self, place: Place, node: Node, changes: Mapping[str | int, object]
    ) -> Iterator[Splice]:
        usual = self.order(place)
        surviving = self._surviving(node, changes)
        for key in self._added(place, node, changes):
            before = usual[: usual.index(str(key))] if key in usual else usual
            anchors = [entry for entry in surviving if entry.key in before]
            anchors.sort(key=lambda entry: before.index(str(entry.key)))
            anchor = (anchors or surviving)[-1]
            at = self._line_end(max(anchor.key_end, anchor.node.end))
            lines = pair(str(key), changes[key], node.column)
            gap = [""] if not place and isinstance(changes[key], (list, dict)) else []
            yield Splice(at, at, "".join(self.newline + line for line in [*gap, *lines]))

    def _removals(self, node: Node, changes: Mapping[str | int, object]) -> Iterator[Splice]:
        first = self._surviving(node, changes)[0]
        opening = node.entries[0]
        inline = self.text[self._line_start(opening.at) : opening.at].strip() != ""
        done = 0
        if inline and opening is not first:
            yield Splice(opening.at, first.at, "")
            done = first.at
        for entry in node.entries:
            if changes.get(entry.key) is DROPPED and entry.at >= done:
                end = self._line_end(max(entry.key_end, entry.node.end))
                end += len(self.newline) if end < len(self.text) else 0
                yield Splice(self._line_start(entry.at), end, "")

    def _value(self, place: Place, entry: Entry, parent: Node, value: object) -> Iterator[Splice]:
        node, old = entry.node, data_at(self.tree.source.data, place)
        if same(old, value):
            return
        if node.sort == "scalar" and not isinstance(value, (dict, list)):
            written = scalar(value, node.style, flow=parent.flow)
            yield Splice(node.start, node.end, f" {written}" if node.empty else written)
        elif isinstance(old, dict) and isinstance(value, dict) and value.keys() & old.keys():
            changes = {key: part for key, part in value.items() if not _kept(old, key, part)}
            changes |= {key: DROPPED for key in old if key not in value}
            yield from self.collection(place, node, changes)
        elif _alike(old, value):
            for inner, part in zip(node.entries, value, strict=True):  # type: ignore[call-overload]
                yield from self._value((*place, inner.key), inner, node, part)
        elif parent.flow or (node.flow and node.entries and isinstance(value, (dict, list))):
            yield Splice(node.start, node.end, flow_text(value))
        else:
            yield self._whole(entry, parent, value)

    def _whole(self, entry: Entry, parent: Node, value: object) -> Splice:
        if isinstance(entry.key, int):
            column = entry.node.column - 2
            written = self.newline.join(item(value, column))[column + 2 :]
            return Splice(entry.node.start, entry.node.end, written)
        start = self.text.find(":", entry.key_end) + 1
        lines = pair("", value, parent.column)
        opening = f'{" " * parent.column}"":'
        written = self.newline.join(lines).removeprefix(opening)
        return Splice(start, max(start, entry.node.end), written)

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        end = self.text.find("\n", index)
        if end < 0:
            return len(self.text)
        return end - 1 if self.newline == "\r\n" and self.text[end - 1] == "\r" else end


def _kept(old: Mapping[str, object], key: str, value: object) -> bool:
    return key in old and same(old[key], value)


def _alike(old: object, new: object) -> bool:
    """Say whether two lists hold as many scalars, so that one can be written into the other."""
    return (
        isinstance(old, list)
        and isinstance(new, list)
        and len(old) == len(new) > 0
        and not any(isinstance(part, (list, dict)) for part in [*old, *new])
    )
