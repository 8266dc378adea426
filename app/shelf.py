"""The models on offer: those of the command line, the shipped ones, and those of this session.

What a user opens or writes stays in the session: no other session can see it, and it is gone when
the browser closes.
"""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path

import streamlit as st

import counterplay as cp

FLAGSHIP = "korea-ukraine"

_MAIN = "main.py"  # under anything else, such as a test runner, the arguments are not ours
_SLOT = "counterplay.own"
_FOLDERS = "counterplay.own-folders"
_MOST_OWN = 20


def offered() -> tuple[str, ...]:
    """Return the names of the models on offer, as they stand in links."""
    return tuple(_sources()) + tuple(own())


def own() -> dict[str, str]:
    """Return the texts of the models of this session, by name; the last one opened is last."""
    texts: dict[str, str] = st.session_state.setdefault(_SLOT, {})
    return texts


def put(name: str, text: str, folder: Path | None = None) -> str:
    """Keep a model's text for this session, and return its name.

    Beyond 20 models the one that was opened first goes.

    Parameters
    ----------
    folder : Path, optional
        Where evidence registers are looked up first: that of the file which the text is a copy
        of. None for text from elsewhere.
    """
    name = _unused(name, _sources())
    texts, folders = own(), _folders()
    texts.pop(name, None)
    texts[name], folders[name] = text, folder
    while len(texts) > _MOST_OWN:
        folders.pop(next(iter(texts)), None)
        texts.pop(next(iter(texts)))
    return name


def source(name: str) -> str:
    """Return what the command line calls a model: its id or path; its name if it is one's own."""
    return _sources().get(name, name)


def is_own(name: str) -> bool:
    """Tell whether a model belongs to this session alone."""
    return name in own()


def draft_of(name: str) -> cp.Draft:
    """Return the text of a model on offer as a draft.

    Raises
    ------
    CounterplayError
        If its file cannot be opened.
    """
    texts = own()
    if name in texts:
        return cp.Draft(texts[name], name, _folders().get(name))
    return cp.open_draft(source(name))


def scenario_of(name: str) -> cp.Scenario:
    """Return a model on offer; a file is read again when it has changed.

    Raises
    ------
    CounterplayError
        If it has faults or cannot be opened.
    """
    texts = own()
    if name in texts:
        return _written(name, texts[name], _folders().get(name))
    where = source(name)
    path = Path(where)
    return _loaded(where, path.stat().st_mtime_ns if path.is_file() else 0)


def _sources() -> dict[str, str]:
    """Return the models that every session is offered: name -> id or path."""
    models: dict[str, str] = {}
    for argument in sys.argv[1:] if Path(sys.argv[0]).name == _MAIN else ():
        name = argument if argument in cp.scenarios() else Path(argument).name
        models[_unused(name, models)] = argument
    shipped = sorted(cp.scenarios(), key=lambda name: (name != FLAGSHIP, name))
    return models | {name: name for name in shipped if name not in models}


@st.cache_resource(max_entries=32, show_spinner=False)
def _loaded(source: str, changed: int) -> cp.Scenario:
    del changed  # a file that changed is another entry of the cache
    return cp.load(source)


@st.cache_resource(max_entries=16, show_spinner=False, scope="session")
def _written(name: str, text: str, folder: Path | None) -> cp.Scenario:
    draft = cp.Draft(text, name, folder)
    if draft.scenario is None:
        raise cp.ScenarioError(draft.faults)
    return draft.scenario


def _folders() -> dict[str, Path | None]:
    folders: dict[str, Path | None] = st.session_state.setdefault(_FOLDERS, {})
    return folders


def _unused(name: str, taken: Collection[str]) -> str:
    names = (name, *(f"{name}-{count}" for count in range(2, len(taken) + 3)))
    return next(candidate for candidate in names if candidate not in taken)
