"""Where drafts come from and go to: shipped files, paths, uploaded bytes, nothing yet."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path, PurePath

from counterplay.errors import CounterplayError, EditError, ScenarioError
from counterplay.files import decoded, path_text, read_bytes, write_whole
from counterplay.scenario.catalogue import locate, scenarios
from counterplay.scenario.editing.draft import Draft
from counterplay.scenario.editing.skeleton import SKELETON
from counterplay.scenario.editing.spelling import pair
from counterplay.scenario.nfg import read_nfg
from counterplay.scenario.source import MAX_BYTES, printable

_MAX_NAME = 100


def open_draft(model: str | os.PathLike[str]) -> Draft:
    """Open a scenario file for editing, sound or not.

    Parameters
    ----------
    model : str or path
        The id of a shipped scenario, or the path of a `.yaml` scenario or a Gambit `.nfg` game;
        a game becomes the text of a scenario with payoff tables.

    Returns
    -------
    Draft
        Named and with registers looked up as `load` does.

    Raises
    ------
    CounterplayError
        If there is no such scenario, or the file cannot be opened.
    ScenarioError
        If it is larger than 262,144 bytes or not UTF-8, or no Gambit game.

    Examples
    --------
    >>> open_draft("chicken").scenario.id
    'chicken'
    """
    path = locate(model)
    name = path.name if model in scenarios() else str(path)
    raw = read_bytes(path, name, MAX_BYTES, "a scenario file")
    return _draft(raw, name, path.parent)


def draft_of_bytes(raw: bytes, file: str = "upload.yaml") -> Draft:
    """Return a draft of bytes from anywhere, such as an upload.

    The bytes are not trusted: they are read within the limits of scenario files, run nothing, and
    open no other file than a shipped evidence register.

    Parameters
    ----------
    raw : bytes
        A YAML scenario, or a Gambit game if `file` ends in ``.nfg``.
    file : str
        How faults name it; only the last part of a path is kept.

    Returns
    -------
    Draft
        Whatever its faults are.

    Raises
    ------
    ScenarioError
        If there are more than 262,144 bytes or they are not UTF-8, or are no Gambit game.
    EditError
        If these are no bytes.
    """
    return _draft(checked_bytes(raw), file_name(file, "upload.yaml"), None)


def new_draft() -> Draft:
    """Return a model to begin with: three players with two options each, and placeholders.

    Returns
    -------
    Draft
        Without faults.
    """
    return Draft(SKELETON, "new-model.yaml")


def checked_bytes(given: object) -> bytes:
    """Return `given` if it is bytes.

    Raises
    ------
    EditError
        If it is something else.
    """
    if not isinstance(given, bytes):
        raise EditError("raw", f"this is a {type(given).__name__}; give the bytes of a file")
    return given


def file_name(given: object, fallback: str) -> str:
    """Return the last part of a path from elsewhere, fit to be shown.

    Raises
    ------
    EditError
        If it is no text.
    """
    if not isinstance(given, str):
        raise EditError("file", f"{given!r} is no file name; give text")
    return printable(PurePath(given.replace("\\", "/")).name)[-_MAX_NAME:] or fallback


def draft_of_data(data: Mapping[str, object], file: str) -> Draft:
    """Return a draft whose text is written anew from plain data."""
    lines = [line for key, part in data.items() for line in pair(key, part, 0)]
    return Draft("".join(f"{line}\n" for line in lines), file)


def save_draft(draft: Draft, path: str | os.PathLike[str]) -> Path:
    """Write a draft's text to a file, which appears whole or not at all.

    Parameters
    ----------
    draft : Draft
        Sound or not; folders are not created.
    path : str or path

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    EditError
        If this is no draft or no path, or the file cannot be written.
    """
    name = path_text(path)
    if name is None or not isinstance(draft, Draft):
        raise EditError("path", f"{path!r} is not the path of a file, or there is no draft")
    try:
        write_whole(Path(name), draft.text.encode())
    except UnicodeEncodeError:
        raise EditError("(file)", "half of a character stands in the text; remove it") from None
    except CounterplayError as error:
        raise EditError("path", str(error)) from None
    return Path(name)


def _draft(raw: bytes, name: str, folder: Path | None) -> Draft:
    if name.lower().endswith(".nfg"):
        data = read_nfg(raw, name).data
        file = f"{PurePath(name).stem}.yaml"
        if not isinstance(data, dict):
            raise ScenarioError(())
        return draft_of_data(data, file)
    text = decoded(raw, name, MAX_BYTES)
    bom = "\ufeff" if raw.startswith(b"\xef\xbb\xbf") else ""
    return Draft(bom + text, name, folder)
