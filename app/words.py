"""The words of the interface, from one table a language.

A language is a file in the folder `language`, named by its code; `en.toml` has every entry.  What
another file lacks is shown in English.  Sentences about a model come from the engine.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import streamlit as st

ENGLISH = "en"
_FOLDER = Path(__file__).with_name("language")


def say(entry: str, **parts: object) -> str:
    """Return an entry in the language of the browser, with its gaps filled.

    Parameters
    ----------
    entry : str
        Section and name, such as ``explore.reset``.
    parts : object
        What goes into the gaps; words of a scenario are made `plain` first.
    """
    return text_of(entry, language(st.context.locale or ENGLISH)).format_map(parts)


def counted(entry: str, number: int, **parts: object) -> str:
    """Return the entry for one or for several, with `number` filled in."""
    form = "one" if number == 1 else "many"
    return say(f"{entry}-{form}", number=number, **parts)


def language(locale: str) -> str:
    """Return the language to use for a locale such as ``uk-UA``."""
    code = locale.partition("-")[0].lower()
    return code if code in languages() else ENGLISH


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that there are."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def text_of(entry: str, code: str) -> str:
    """Return an entry with its gaps, in English where the language lacks it."""
    section, _, name = entry.partition(".")
    found = table(code).get(section, {}).get(name)
    return table(ENGLISH)[section][name] if found is None else found


@cache
def table(code: str) -> Mapping[str, Mapping[str, str]]:
    """Return all entries of a language by section and name."""
    return tomllib.loads((_FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
