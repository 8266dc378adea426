"""Work that is shared through a store: who is there, what this session has opened, saving.

Where the app was started without a store nothing of this is shown, and nothing is kept.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
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

_OPENED = "counterplay.shared-opened"
_KNOWN = "counterplay.shared-who"
_SAID = "counterplay.shared-said"


@dataclass(frozen=True)
class Said:
    """What came of saving: words as Markdown, and whether anything was stored."""

    words: str
    is_stored: bool


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
    known: str = st.session_state.get(_KNOWN, "")
    return known


def take_who() -> None:
    """Note who they say they are, for as long as the session lasts."""
    st.session_state[_KNOWN] = st.session_state[WHO].strip()


def opened() -> cp.StoredItem | None:
    """Return the shared setting from which this session took the model on screen."""
    found: dict[str, cp.StoredItem] = st.session_state.setdefault(_OPENED, {})
    return found.get(state.inputs().model)


def said() -> Said | None:
    """Return what came of the last saving, once."""
    found: Said | None = st.session_state.pop(_SAID, None)
    return found


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
        _note(item)


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
    st.session_state[_SAID] = Said(plain(fault), is_stored=False)


def save_new(kind: Literal["setting", "report"]) -> None:
    """Save what is on screen under the name in the form."""
    _attempt(lambda by: _added(kind, by))


def save_changes() -> None:
    """Save what is on screen as the next version of the setting that was opened."""
    _attempt(_changed)


def _attempt(save: Callable[[cp.Signature], str]) -> None:
    try:
        words = save(cp.Signature(who(), st.session_state[WHY]))
    except cp.CounterplayError as error:
        tell(str(error))
        return
    st.session_state[_SAID] = Said(words, is_stored=True)
    st.session_state[NAME] = st.session_state[WHY] = ""


def _mark(act: Callable[[cp.Signature], object]) -> None:
    try:
        act(cp.Signature(who()))
    except cp.CounterplayError as error:
        tell(str(error))


def _added(kind: Literal["setting", "report"], by: cp.Signature) -> str:
    chosen, content = state.inputs(), _setting()
    name = st.session_state[NAME]
    if kind == "report":
        found = state.findings()
        raw = cp.render(found, ".json", "standard", reasons=chosen.reasons)
        item = store().add(name, cp.SavedReport(raw), by).item
    else:
        item = store().add(name, content, by).item
        _note(item)
    return say("shared.saved", name=plain(item.name))


def _changed(by: cp.Signature) -> str:
    base = opened()
    if base is None:  # another model came on screen in the meantime
        raise cp.StoreError(say("shared.nothing-opened"))
    saved = store().change(base.id, base.position, _setting(), by)
    _note(saved.item)
    if not saved.merged:
        return say("shared.saved", name=plain(saved.item.name))
    show(saved.item)
    known = labels(saved.item)
    names = ", ".join(known.get(name, name) for name in saved.merged)
    name = plain(saved.item.name)
    return counted("shared.merged", len(saved.merged), name=name, names=plain(names))


def _setting() -> cp.SavedSetting:
    chosen = state.inputs()
    return cp.SavedSetting(state.scenario(), chosen.moved, chosen.reasons)


def _note(item: cp.StoredItem) -> None:
    st.session_state.setdefault(_OPENED, {})[state.inputs().model] = item


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
