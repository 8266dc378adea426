"""Scenarios by id or path: reading a file, and telling every fault of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from counterplay import shipped
from counterplay.errors import CounterplayError, Fault, ScenarioError
from counterplay.files import path_text, read_bytes
from counterplay.scenario import evidence, rules
from counterplay.scenario.nfg import read_nfg
from counterplay.scenario.schema import Scenario
from counterplay.scenario.source import MAX_BYTES, Source, read_yaml
from counterplay.scenario.validation import validate
from counterplay.scenario.values import nearest


@dataclass(frozen=True)
class Inspection:
    """What reading a file found.

    Attributes
    ----------
    scenario : Scenario or None
        The scenario, unless the file has faults.
    faults, warnings : tuple of Fault
        In the order of the file.
    source : Source or None
        The file's data with the line of each field; None where it could not be read at all.
    """

    scenario: Scenario | None
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...] = ()
    source: Source | None = None


def scenarios() -> tuple[str, ...]:
    """Return the ids of the shipped scenarios.

    Returns
    -------
    tuple of str
        In alphabetical order.
    """
    return tuple(sorted(path.stem for path in shipped.folder("models").glob("*.yaml")))


def load(model: str | os.PathLike[str]) -> Scenario:
    """Load a scenario.

    Parameters
    ----------
    model : str or path
        The id of a shipped scenario, or the path of a `.yaml` scenario or a Gambit `.nfg` game.

    Returns
    -------
    Scenario

    Raises
    ------
    CounterplayError
        If there is no such scenario, or the file cannot be opened.
    ScenarioError
        If the file has faults; all of them are told, each with its line and field.

    Examples
    --------
    >>> load("chicken").id
    'chicken'
    """
    inspection = inspect(locate(model), _name(model))
    if inspection.scenario is None:
        raise ScenarioError(inspection.faults)
    return inspection.scenario


def locate(model: str | os.PathLike[str]) -> Path:
    """Return the path of a scenario given by id or path.

    Raises
    ------
    CounterplayError
        If it is neither a shipped id nor an existing file.
    """
    name = _name(model)
    if name in scenarios():
        return shipped.folder("models") / f"{name}.yaml"
    path = Path(name)
    if not path.suffix and path.name == name and not _exists(path):
        known = scenarios()
        hint = nearest(name, known) or f"; shipped: {', '.join(known)}"
        raise CounterplayError(f"{name}: no such scenario or file{hint}")
    return path


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long, or with a character no file can have
        return False


def _name(model: str | os.PathLike[str]) -> str:
    name = path_text(model)
    if name is None:
        raise CounterplayError(f"model: {model!r} is neither the id of a scenario nor a path")
    return name


def inspect(path: Path, file: str | None = None) -> Inspection:
    """Read a file and tell every fault of its form.

    Parameters
    ----------
    path : Path
        The file.
    file : str, optional
        How messages name it; its path where left out.

    Raises
    ------
    CounterplayError
        If the file cannot be opened.
    """
    name = str(path) if file is None or file in scenarios() else file
    try:
        raw = read_bytes(path, name, MAX_BYTES, "a scenario file")
    except ScenarioError as error:
        return Inspection(None, error.faults)
    return inspect_text(raw, name, path.parent)


def inspect_text(raw: bytes, file: str, folder: Path | None = None) -> Inspection:
    """Read a scenario from its bytes; `folder` is where registers are looked up first.

    A name that ends in ``.nfg`` is read as a Gambit game, any other as YAML.
    """
    try:
        source = read_nfg(raw, file) if file.lower().endswith(".nfg") else read_yaml(raw, file)
    except ScenarioError as error:
        return Inspection(None, error.faults)
    return inspect_source(source, folder)


def inspect_data(data: object, file: str) -> Scenario:
    """Return the scenario in plain data, such as a report embeds; its evidence stands inline.

    Raises
    ------
    ScenarioError
        If the data has faults, told as if it were a file.
    """
    inspection = inspect_source(Source(file, data), None)
    if inspection.scenario is None:
        raise ScenarioError(inspection.faults)
    return inspection.scenario


def inspect_source(source: Source, folder: Path | None) -> Inspection:
    """Tell every fault of the form of data; a register named by its slug is put into the data."""
    faults = [*source.faults, *evidence.attach(source, folder)]
    scenario, schema_faults = validate(Scenario, source)
    faults += [*schema_faults, *rules.faults_of(source)]
    ordered = tuple(
        sorted(dict.fromkeys(faults), key=lambda fault: (fault.file != source.file, fault.line))
    )
    warnings = tuple(rules.warnings_of(source))
    return Inspection(None if ordered else scenario, ordered, warnings, source)
