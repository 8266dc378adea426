"""Lists of a YAML text in another order, longer or shorter; each item takes its remarks along.

Comments right above an item are about it: they move and go with it.  Comments that a blank line
sets off are about what follows them: they stay where they are when the item below goes.
"""

from __future__ import annotations

from itertools import pairwise

from counterplay.scenario.editing.plain_data import data_at
from counterplay.scenario.editing.spelling import flow_text, item
from counterplay.scenario.editing.surgery import Splice, break_of, spliced
from counterplay.scenario.editing.tree import Entry, Node, Tree
from counterplay.scenario.source import Place


def arranged_text(tree: Tree, place: Place, order: list[object]) -> str:
    """Return the text with the items of a list in another order.

    Parameters
    ----------
    tree : Tree
    place : Place
        Of a list that is there and not empty.
    order : list
        For each item its position now, as an int, or the mapping that is a new one.
    """
    node = tree.node(place)
    if node is None:
        return tree.text
    if node.flow:
        return spliced(tree.text, [_bracket_list(tree.text, node, order)])
    starts = [_dash_line(tree.text, node, entry) for entry in node.entries]
    lines = [start for start in starts if start is not None]
    if len(lines) == len(starts):
        return spliced(tree.text, [_block_list(tree.text, node, lines, order)])
    return spliced(tree.text, [_rewritten(tree, place, node, order)])


def _bracket_list(text: str, node: Node, order: list[object]) -> Splice:
    between = {text[a.node.end : b.node.start] for a, b in pairwise(node.entries)}
    comma = between.pop() if len(between) == 1 else ", "
    comma = ", " if "#" in comma else comma
    slices = [text[entry.node.start : entry.node.end] for entry in node.entries]
    parts = [slices[part] if isinstance(part, int) else flow_text(part) for part in order]
    return Splice(node.start, node.end, f"[{comma.join(parts)}]")


def _rewritten(tree: Tree, place: Place, node: Node, order: list[object]) -> Splice:
    data = data_at(tree.source.data, place)
    old = data if isinstance(data, list) else []
    whole = [old[part] if isinstance(part, int) else part for part in order]
    lines = [line for part in whole for line in item(part, node.column)]
    return Splice(node.start, node.end, break_of(tree.text).join(lines)[node.column :])


def _block_list(text: str, node: Node, starts: list[int], order: list[object]) -> Splice:
    newline = break_of(text)
    bounds = [_first_remark(text, starts[0])]
    for entry, following in zip(node.entries, [*starts[1:], len(text)], strict=True):
        bounds.append(_after(text, entry.node.end, following, node.column))
    chunks = [text[a:b] for a, b in pairwise(bounds)]
    chunks = [chunk if chunk.endswith("\n") else chunk + newline for chunk in chunks]
    chunks, left_over = _without(chunks, {part for part in order if isinstance(part, int)})
    parts = [
        chunks[part]
        if isinstance(part, int)
        else "".join(line + newline for line in item(part, node.column))
        for part in order
    ]
    written = "".join([*parts, left_over])
    if bounds[-1] == len(text) and not text.endswith("\n"):
        written = written.removesuffix(newline)
    return Splice(bounds[0], bounds[-1], written)


def _without(chunks: list[str], kept: set[int]) -> tuple[list[str], str]:
    """Hand what stands above items that go, and is not about them, to the next that stays."""
    remarks = ""
    passed = []
    for number, chunk in enumerate(chunks):
        if number in kept:
            passed.append(remarks + chunk)
            remarks = ""
        else:
            passed.append("")
            remarks += _set_off(chunk)
    return passed, remarks


def _set_off(chunk: str) -> str:
    """Return the comments at the head of a chunk that a blank line sets off from the item."""
    head = 0
    at = 0
    for line in chunk.splitlines(keepends=True):
        if line.strip() and not line.lstrip().startswith("#"):
            break
        at += len(line)
        head = at if not line.strip() else head
    return chunk[:head] if "#" in chunk[:head] else ""


def _dash_line(text: str, node: Node, entry: Entry) -> int | None:
    """Return where the line of an item's dash begins, or None where it shares it."""
    end = entry.node.start
    start = text.rfind("\n", 0, end) + 1
    while start > node.start and text[start:end].partition("#")[0].strip() == "":
        end = start - 1
        start = text.rfind("\n", 0, end) + 1
    alone = text[start:end].partition(" #")[0].rstrip() == " " * node.column + "-"
    return start if alone and not entry.node.empty else None


def _first_remark(text: str, start: int) -> int:
    """Return where the comments and blank lines above a line begin."""
    while start > 0:
        above = text.rfind("\n", 0, start - 1) + 1
        line = text[above:start].strip()
        if line and not line.startswith("#"):
            break
        start = above
    return start


def _after(text: str, end: int, following: int, column: int) -> int:
    """Return where the lines of an item end, comments that stand further in among them."""
    at = text.find("\n", end) + 1 or len(text)
    while at < following:
        stop = text.find("\n", at) + 1 or len(text)
        line = text[at:stop]
        if not line.lstrip().startswith("#") or len(line) - len(line.lstrip()) <= column:
            break
        at = stop
    return at
