"""Drawings as the browser takes them: Vega-Lite, with their numbers in Arrow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from counterplay.report import figures

Drawn = tuple[dict[str, Any], str]
"""A drawing, and its text for those who cannot see it."""


def drawn(shown: figures.Figure) -> Drawn:
    """Return a figure's drawing and text."""
    # st.altair_chart would check every chart against its schema, a third of a slider's delay.
    spec = shown.chart.to_dict(validate=False)
    spec["datasets"] = {name: _arrow(rows) for name, rows in spec.get("datasets", {}).items()}
    return spec, shown.alt


@st.cache_data(max_entries=2000, show_spinner=False)
def drawn_once(key: tuple[object, ...], _build: Callable[[], figures.Figure]) -> Drawn:
    """Return a drawing that is looked at again and again; the key says all that it depends on."""
    del key
    return drawn(_build())


def _arrow(rows: Sequence[Mapping[str, Any]]) -> object:
    """Write rows as Streamlit would, without its way through a data frame, if they are plain."""
    names = dict.fromkeys(name for row in rows for name in row)
    try:
        table = pa.table({name: [row.get(name) for row in rows] for name in names})
    except pa.ArrowException:  # words and numbers in one column
        return rows
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue().to_pybytes()
