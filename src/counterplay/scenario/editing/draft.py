"""A draft: the text of a scenario file while it is being written, sound or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from counterplay.errors import EditError, Fault, ScenarioError
from counterplay.files import decoded
from counterplay.scenario.catalogue import Inspection, inspect_source
from counterplay.scenario.editing.arranging import arranged_text
from counterplay.scenario.editing.fields import order_at, spelt
from counterplay.scenario.editing.plain_data import data_at, same, with_changes
from counterplay.scenario.editing.surgery import DROPPED, changes_in, renamed_keys, spliced
from counterplay.scenario.editing.tree import Tree, read_tree
from counterplay.scenario.schema import Scenario
from counterplay.scenario.source import MAX_BYTES, Place, Source

_BOM = "\ufeff"
_NOT_ALONE = "this cannot be written without changing other parts of the file; edit its text"


@dataclass(frozen=True)
class Draft:
    """The text of a scenario file, which need not be sound: faults are data.

    Drafts never change; every edit returns another one.

    Attributes
    ----------
    text : str
        What is saved.
    file : str
        How faults name it.
    folder : Path or None
        Where evidence registers are looked up first; None for text from elsewhere, which reads
        no file but the shipped registers.
    """

    text: str
    file: str = "draft.yaml"
    folder: Path | None = None

    def __post_init__(self) -> None:
        """Refuse what is no text."""
        given: object = self.text
        if not isinstance(given, str):
            raise EditError("text", f"this is a {type(given).__name__}; give text")

    @cached_property
    def inspection(self) -> Inspection:
        """What reading the text found."""
        if isinstance(self._read, ScenarioError):
            return Inspection(None, self._read.faults)
        found = self._read.source
        data = dict(found.data) if isinstance(found.data, dict) else found.data
        source = Source(found.file, data, found.lines, list(found.faults))
        return inspect_source(source, self.folder)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Every fault of the text's form, with line, field and mend; empty if it is sound."""
        return self.inspection.faults

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """What works but deserves a look."""
        return self.inspection.warnings

    @property
    def scenario(self) -> Scenario | None:
        """The scenario, unless there are faults."""
        return self.inspection.scenario

    @property
    def data(self) -> Mapping[str, object]:
        """The plain data of the text as it was written; empty where it cannot be read."""
        read = self._read
        if isinstance(read, ScenarioError) or not isinstance(read.source.data, dict):
            return {}
        return read.source.data

    @cached_property
    def tree(self) -> Tree:
        """Where each value stands.

        Raises
        ------
        EditError
            If the text cannot be read, or holds no fields.
        """
        if isinstance(self._read, ScenarioError):
            first = self._read.faults[0]
            message = f"line {first.line}: {first.message}; mend that in the text first"
            raise EditError("(file)", message)
        if not isinstance(self._read.source.data, dict):
            raise EditError("(file)", "there are no fields yet; write 'format: 1' in the text")
        return self._read

    def with_text(self, text: str) -> Draft:
        """Return a draft with another text, such as somebody typed."""
        return replace(self, text=text)

    def changed(
        self, changes: Mapping[Place, object], keys: Mapping[Place, str] | None = None
    ) -> Draft:
        """Return a draft with other values at places, and with keys renamed.

        Parameters
        ----------
        changes : mapping from Place to plain data
            `surgery.DROPPED` takes a key out. No place lies inside another.
        keys : mapping from Place to str, optional
            New names of keys.

        Raises
        ------
        EditError
            If the text cannot be read, or the file cannot hold the change by itself.
        """
        wanted = with_changes(self.tree.source.data, changes, DROPPED, keys or {})
        if same(wanted, self.tree.source.data):
            return self
        splices = changes_in(self.tree, changes, order_at) + renamed_keys(self.tree, keys or {})
        places = [*changes, *(keys or {})]
        return self._checked(spliced(self.tree.text, splices), wanted, places[0])

    def arranged(self, place: Place, order: list[object]) -> Draft:
        """Return a draft with the items of a list in another order.

        Parameters
        ----------
        place : Place
            Of a list that is there and not empty.
        order : list
            For each item its position now, as an int, or the mapping that is a new one.

        Raises
        ------
        EditError
            As `changed` does.
        """
        old = data_at(self.tree.source.data, place)
        items = old if isinstance(old, list) else []
        new = [items[part] if isinstance(part, int) else part for part in order]
        if same(new, items):
            return self
        wanted = with_changes(self.tree.source.data, {place: new}, DROPPED, {})
        return self._checked(arranged_text(self.tree, place, order), wanted, place)

    @cached_property
    def _read(self) -> Tree | ScenarioError:
        try:
            raw = self.text.encode("utf-8", "surrogatepass")
            return read_tree(decoded(raw, self.file, MAX_BYTES), self.file)
        except ScenarioError as error:
            return error

    def _checked(self, body: str, wanted: object, place: Place) -> Draft:
        """Return the draft with this text if it says what was wanted and nothing else."""
        text = (_BOM if self.text.startswith(_BOM) else "") + body
        field = spelt(self.data, place)
        if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
            raise EditError(field, f"the file would be larger than {MAX_BYTES} bytes; shorten it")
        new = self.with_text(text)
        if not same(new.data, wanted):
            raise EditError(field, _NOT_ALONE)
        return new
