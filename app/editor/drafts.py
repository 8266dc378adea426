"""The draft on screen: its text on the shelf, its edits that can be undone, what was refused.

A shipped model, or a file of this machine, is never changed: the first edit puts a copy of one's
own on the shelf, and the screen shows that one from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

import streamlit as st

import counterplay as cp
import shelf
import state
from text import plain, shortened
from words import say

Edit = Callable[[cp.Draft], cp.Draft]

EMPTY = "format: 1\nid: new-model\ntitle: New model\n"
"""An empty page: what every scenario file begins with, and nothing else."""

_EDITS = "counterplay.edits"
_REFUSED = "counterplay.refused"
_MOST_STEPS = 100
_MOST_CHARACTERS = 4_000_000
_MOST = 8  # lines of a refusal
_LONGEST = 300


@dataclass
class Edits:
    """The versions of one model that this session has seen.

    Attributes
    ----------
    opened : Draft
        The version that edits are compared with.
    before, undone : list of str
        Texts to go back to, and to go forward to again; the next one is last.
    now : str
        The text on the shelf; where it is another, somebody opened another file of that name.
    """

    opened: cp.Draft
    now: str
    before: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)


def current() -> cp.Draft:
    """Return the draft of the model on screen.

    Raises
    ------
    CounterplayError
        If its file cannot be opened.
    """
    return read(shelf.draft_of(state.inputs().model))


def read(draft: cp.Draft) -> cp.Draft:
    """Return a draft with the same text whose reading is kept between runs."""
    return _read(draft.text, draft.file, draft.folder)


def completeness(draft: cp.Draft) -> cp.Completeness:
    """Return what a draft holds and lacks."""
    return _completeness(draft.text, draft.file, draft.folder)


def edits() -> Edits:
    """Return the versions of the model on screen."""
    every: dict[str, Edits] = st.session_state.setdefault(_EDITS, {})
    name, draft = state.inputs().model, current()
    if name not in every or every[name].now != draft.text:
        every[name] = Edits(draft, draft.text)
    return every[name]


def take(edit: Edit, renamed: Mapping[str, str] | None = None) -> bool:
    """Edit the draft on screen, and tell whether it took the edit; if not, the page says why.

    Parameters
    ----------
    edit : callable
    renamed : mapping, optional
        New ids of numbers, so that those that were moved stay moved.
    """
    held, draft = edits(), current()
    try:
        new = edit(draft)
    except cp.CounterplayError as error:
        refuse(str(error))
        return False
    if new.text != draft.text:
        held.before.append(draft.text)
        held.undone.clear()
        _bound(held.before)
        _show(held, new.text, renamed or {})
    return True


def change(edit: Edit) -> None:
    """Edit the draft on screen; where it does not take the edit, the page says why."""
    take(edit)


def refuse(reason: str) -> None:
    """Note why something was not taken, for the page to say."""
    st.session_state[_REFUSED] = reason


def refused() -> str:
    """Return why the last edit was not taken, once; empty where it was."""
    told: str = st.session_state.pop(_REFUSED, "")
    return told


def say_refused(reason: str) -> None:
    """Say in words why something was not taken; nothing where there is no reason."""
    if reason:
        lines = "  \n".join(
            plain(shortened(line, _LONGEST)) for line in reason.splitlines()[:_MOST]
        )
        st.error(f"**{say('model.refused')}** {lines}")


def undo() -> None:
    """Take the last edit back."""
    held = edits()
    if held.before:
        held.undone.append(held.now)
        _show(held, held.before.pop(), {})


def redo() -> None:
    """Do again what was undone."""
    held = edits()
    if held.undone:
        held.before.append(held.now)
        _show(held, held.undone.pop(), {})


def last_sound() -> cp.Scenario | None:
    """Return the scenario before the last edit that left a sound one; None where there is none."""
    draft = current()
    for text in reversed(edits().before):
        scenario = read(draft.with_text(text)).scenario
        if scenario is not None:
            return scenario
    return None


def open_as_new(draft: cp.Draft) -> None:
    """Put a draft on the shelf beside what is there, and show it."""
    name = _unused_name(draft)
    state.use_model(shelf.put(name, draft.text, draft.folder))


def begin_empty() -> None:
    """Show an empty page."""
    open_as_new(cp.Draft(EMPTY, "new-model.yaml"))
    state.set_choice("model-section", "question", "players")


def _show(held: Edits, text: str, renamed: Mapping[str, str]) -> None:
    name, draft = state.inputs().model, current()
    every: dict[str, Edits] = st.session_state[_EDITS]
    if not shelf.is_own(name):
        every.pop(name)
        name = _unused_name(draft)
    shelf.put(name, text, draft.folder)
    held.now = text
    every[name] = held
    state.use_version(name, renamed)


def _unused_name(draft: cp.Draft) -> str:
    stem, taken = PurePath(draft.file).stem or "model", set(shelf.offered())
    names = (f"{stem}{mark}.yaml" for mark in ("", *(f"-{n}" for n in range(2, len(taken) + 3))))
    return next(name for name in names if name not in taken)


def _bound(texts: list[str]) -> None:
    del texts[:-_MOST_STEPS]
    while len(texts) > 1 and sum(map(len, texts)) > _MOST_CHARACTERS:
        del texts[0]


@st.cache_resource(max_entries=32, show_spinner=False, scope="session")
def _read(text: str, file: str, folder: Path | None) -> cp.Draft:
    return cp.Draft(text, file, folder)


@st.cache_resource(max_entries=32, show_spinner=False, scope="session")
def _completeness(text: str, file: str, folder: Path | None) -> cp.Completeness:
    return cp.completeness(_read(text, file, folder))
