"""Reports as files: each format that is installed, made when somebody asks for it."""

from collections.abc import Mapping
from functools import partial
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any

import streamlit as st

import counterplay as cp
from handing_out import File, hand_out
from text import plain
from words import say

FORMATS = {
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "md": "text/markdown",
    "json": "application/json",
}
DRAWS = {
    ".html": ("vl_convert", "jinja2"),
    ".pdf": ("vl_convert", "typst"),
    ".docx": ("vl_convert", "docx"),
    ".xlsx": ("xlsxwriter",),
}

NO_NOTES: Mapping[str, Any] = MappingProxyType({})

Made = cp.Findings | cp.Analysis | cp.SettingsComparison | cp.ScenariosComparison


def missing_extra(suffix: str) -> str:
    """Return what to install for a report's format, or nothing."""
    if all(find_spec(name) for name in DRAWS.get(suffix, ())):
        return ""
    return str(cp.MissingExtraError(say("report.a-report", suffix=suffix), "report"))


def offer(
    made: Made,
    key: tuple[object, ...],
    name: str,
    noted: Mapping[str, Any] = NO_NOTES,
    *,
    refused: bool = False,
) -> None:
    """Offer a report in every format.

    `key` tells what was made from all else, `name` is that of the file without its suffix, and
    `noted` are the arguments of `counterplay.render`.
    """

    def draw() -> File | None:
        asked = None
        for suffix, mime in FORMATS.items():
            missing = missing_extra(f".{suffix}")
            with st.container(horizontal=True, vertical_alignment="center"):
                if st.button(
                    say(f"report.format-{suffix}"),
                    key=f"download_{suffix}",
                    icon=":material/download:",
                    disabled=bool(missing or refused),
                    width=150,
                ):
                    make = partial(_rendered, made, key, f".{suffix}", dict(noted))
                    asked = File(f"{name}.{suffix}", mime, make)
                st.caption(plain(missing) or say(f"report.what-{suffix}"))
        return asked

    hand_out("report", draw)


@st.cache_data(max_entries=32, show_spinner=False)
def _rendered(_made: Made, key: tuple[object, ...], suffix: str, noted: dict[str, Any]) -> bytes:
    del key
    return cp.render(_made, suffix, **noted)
