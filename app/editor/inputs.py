"""Keys of widgets that show a value of the draft.

A widget whose value is set by its key alone begins empty in the browser if the run that set it was
cut short, and the emptiness would then be taken for an edit.  So each widget begins with its
value, and where the value is another it is another widget.  What is half typed in one field stays
while others are drawn anew, and what was refused stays to be mended.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import streamlit as st

from text import plain, upright
from words import say

_MOST_PILLS = 16


def key_of(name: str, value: object) -> str:
    """Return the key of the widget that shows a value.

    Examples
    --------
    >>> key_of("top-title", "A") == key_of("top-title", "A") != key_of("top-title", "B")
    True
    """
    return f"{name}-{sha256(repr(value).encode('utf-8', 'replace')).hexdigest()[:10]}"


def options(
    label: str,
    offered: Mapping[str, str],
    key: str,
    held: Sequence[str] = (),
    on_change: Callable[..., None] | None = None,
    args: tuple[Any, ...] = (),
) -> None:
    """Let the user choose among a player's options, which are given as labels by id.

    Parameters
    ----------
    held : sequence of str
        Ids that are chosen at first.
    """
    offered = {name: upright(label) for name, label in offered.items()}
    labels = list(offered.values())
    words = {
        name: words if labels.count(words) == 1 else f"{words} ({name})"
        for name, words in offered.items()
    }
    if len(offered) <= _MOST_PILLS:
        st.pills(
            plain(label),
            list(words),
            selection_mode="multi",
            wrap=True,
            default=list(held),
            key=key,
            format_func=lambda name: plain(words[name]),
            on_change=on_change or "rerun",
            args=args,
        )
        return
    st.multiselect(
        plain(label),
        list(words),
        list(held),
        key=key,
        format_func=words.__getitem__,
        placeholder=say("model.any-choice"),
        on_change=on_change or "rerun",
        args=args,
    )
