"""Work that is shared through a store: who is there, what this session has opened, saving.

Where the app was started without a store nothing of this is shown, and nothing is kept.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import streamlit as st

import counterplay as cp
import link
import shelf
import state
from text import plain
from words import counted, say

NAME, WHO, WHY = "shared-name", "shared-who", "shared-why"
"""Keys of the fields of the form."""

_SLOT = "counterplay.shared"


@dataclass(frozen=True)
class Said:
    """What came of saving: words as Markdown, whether anything was stored, of which screen."""

    words: str
    is_stored: bool
    screen: dict[str, str]


@dataclass
class Memory:
    """What a session knows of shared work.

    A callback may be broken off wherever it asks for the session's state, and then runs again.  So
    it asks for this first; once something is stored it only changes this and the inputs.

    Attributes
    ----------
    who : str
        Who they said they are.
    opened : dict
        The shared setting from which each model on screen was taken.
    said : Said or None
    added : tuple or None
        The form that was sent last and what was added, so that it is not added twice.
    """

    who: str = ""
    opened: dict[str, cp.StoredItem] = field(default_factory=dict)
    said: Said | None = None
    added: tuple[tuple[object, ...], cp.StoredItem] | None = None


def is_on() -> bool:
    """Tell whether the app was started with a store."""
    return bool(_address())


def store() -> cp.Store:
    """Return the store.

    Raises
    ------
    CounterplayError
        If it cannot be used now.
    """
    return _opened(_address())


def named_by_proxy() -> bool:
    """Tell whether a proxy says who is there, so that users cannot say it themselves."""
    return bool(_header())


def who() -> str:
    """Return who is there: as the proxy says, or as they said in this session."""
    if named_by_proxy():
        return (st.context.headers.get(_header()) or "").strip()
    return _memory().who


def take_who() -> None:
    """Note who they say they are, for as long as the session lasts."""
    _memory().who = st.session_state[WHO].strip()


def opened() -> cp.StoredItem | None:
    """Return the shared setting from which this session took the model on screen."""
    return _memory().opened.get(state.inputs().model)


def said() -> Said | None:
    """Return what came of the last saving, as long as that is still on screen."""
    found = _memory().said
    return found if found and found.screen == link.written(state.inputs()) else None


def settle() -> None:
    """Let the same form be sent again, once a page was shown whole."""
    _memory().added = None


def show(item: cp.StoredItem) -> None:
    """Show shared work on the other pages, as it stands in the store.

    Raises
    ------
    CounterplayError
        If the store does not hold what it should.
    """
    if item.kind == "report":
        scenario = cp.SavedReport(store().content(item)).scenario
    else:
        scenario = store().scenario(item)
    chosen = link.Inputs(_model_of(scenario), dict(item.values), dict(item.reasons))
    state.use_inputs(link.read(link.written(chosen), shelf.offered(), shelf.scenario_of))
    if item.kind == "setting":
        _memory().opened[state.inputs().model] = item


def labels(item: cp.StoredItem) -> dict[str, str]:
    """Return what the numbers of shared work are called, by id; nothing where it has none.

    Raises
    ------
    CounterplayError
        If the store does not hold what it should.
    """
    if item.kind == "report":
        return {}
    scenario = store().scenario(item)
    named = {parameter.id: parameter.label for parameter in scenario.parameters}
    return named | {
        constant.id: constant.meaning or constant.id for constant in scenario.constants
    }


def retire(item: cp.StoredItem) -> None:
    """Take shared work off the list."""
    _mark(lambda by: store().retire(item.id, by))


def restore(item: cp.StoredItem) -> None:
    """Put shared work back on the list."""
    _mark(lambda by: store().restore(item.id, by))


def tell(fault: str) -> None:
    """Have the form say what could not be done."""
    _memory().said = Said(plain(fault), is_stored=False, screen=link.written(state.inputs()))


def save_new(kind: Literal["setting", "report"]) -> None:
    """Save what is on screen under the name in the form."""
    memory, chosen, name = _memory(), state.inputs(), st.session_state[NAME]
    form = (kind, name, st.session_state[WHY], who(), link.written(chosen))
    if memory.added is None or memory.added[0] != form:
        try:
            by = cp.Signature(who(), st.session_state[WHY])
            content = _setting() if kind == "setting" else _report()
            item = store().add(name, content, by).item
        except cp.CounterplayError as error:
            tell(str(error))
            return
        memory.added = (form, item)
    _keep(memory, chosen, memory.added[1])


def save_changes() -> None:
    """Save what is on screen as the next version of the setting that was opened."""
    memory, chosen, base = _memory(), state.inputs(), opened()
    try:
        by = cp.Signature(who(), st.session_state[WHY])
        if base is None:  # another model came on screen in the meantime
            raise cp.StoreError(say("shared.nothing-opened"))
        known, content = labels(base), _setting()
        saved = store().change(base.id, base.position, content, by)
    except cp.CounterplayError as error:
        tell(str(error))
        return
    chosen.moved, chosen.reasons = dict(saved.item.values), dict(saved.item.reasons)
    _keep(memory, chosen, saved.item, [known.get(name, name) for name in saved.merged])


def _keep(
    memory: Memory, chosen: link.Inputs, item: cp.StoredItem, merged: Sequence[str] = ()
) -> None:
    """Note what was stored; the form is emptied last."""
    if item.kind == "setting":
        memory.opened[chosen.model] = item
    memory.said = Said(_words(item, merged), is_stored=True, screen=link.written(chosen))
    st.session_state[NAME] = st.session_state[WHY] = ""


def _words(item: cp.StoredItem, merged: Sequence[str]) -> str:
    name = plain(item.name)
    if not merged:
        return say("shared.saved", name=name)
    return counted("shared.merged", len(merged), name=name, names=plain(", ".join(merged)))


def _mark(act: Callable[[cp.Signature], object]) -> None:
    try:
        act(cp.Signature(who()))
    except cp.CounterplayError as error:
        tell(str(error))


def _report() -> cp.SavedReport:
    reasons = state.inputs().reasons
    return cp.SavedReport(cp.render(state.findings(), ".json", "standard", reasons=reasons))


def _setting() -> cp.SavedSetting:
    chosen = state.inputs()
    return cp.SavedSetting(state.scenario(), chosen.moved, chosen.reasons)


def _memory() -> Memory:
    found: Memory = st.session_state.setdefault(_SLOT, Memory())
    return found


def _model_of(scenario: cp.Scenario) -> str:
    """Return the name of a model on offer that is this one; without one, offer it here."""
    for name in shelf.offered():
        try:
            if shelf.scenario_of(name).sha256 == scenario.sha256:
                return name
        except cp.CounterplayError:  # a file with faults is another model
            continue
    return shelf.put(f"{scenario.id}.yaml", cp.scenario_text(scenario))


def _address() -> str:
    return os.environ.get("COUNTERPLAY_STORE", "")


def _header() -> str:
    return os.environ.get("COUNTERPLAY_USER_HEADER", "")


@st.cache_resource(max_entries=2, show_spinner=False)
def _opened(address: str) -> cp.Store:
    return cp.open_store(address)
