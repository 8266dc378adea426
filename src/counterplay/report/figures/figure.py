"""A figure: a picture with everything that stands around it."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt

from counterplay.report.tables import Table


@dataclass(frozen=True, eq=False)
class Figure:
    """A picture, its finding, what was held fixed, and the same in words and in a table.

    Attributes
    ----------
    title : str
        The finding in words; it stands above the picture, not in it.
    caption : str
        What was held fixed and how to read the marks.
    chart : altair.LayerChart
        The picture, with its theme in its own configuration.
    alt : str
        Everything that the picture shows, in words.
    table : Table
        The table twin.
    """

    title: str
    caption: str
    chart: alt.LayerChart
    alt: str
    table: Table
