"""A report as one HTML file that opens offline, fetches nothing and prints on A4.

Everything that comes from a scenario is text: the template escapes it, style sheets get it as
escaped CSS strings, and the data block cannot be closed early.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from counterplay.errors import MissingExtraError
from counterplay.findings import Findings
from counterplay.report.blocks import (
    BarTable,
    Block,
    Bullets,
    Document,
    Facts,
    Paragraph,
    Picture,
)
from counterplay.report.tables import GLYPHS, Table

if TYPE_CHECKING:  # an extra brings these; without it there is one plain message
    from jinja2 import Environment
    from markupsafe import Markup

    from counterplay.report.figures import Figure

_LONG_WORD = re.compile(r"\S{28,}")
_PIECE = 14
_RUNNING = 90


@dataclass(frozen=True, eq=False)
class _Drawing:
    """A picture that has been drawn."""

    number: int
    figure: Figure
    svg: Markup
    table: Table


def html(findings: Findings, document: Document, data: Mapping[str, Any]) -> str:
    """Write a report as one HTML page; the same input gives the same text.

    Parameters
    ----------
    findings : Findings
    document : Document
        What the page says.
    data : mapping
        The report as JSON data; it is kept in the page, so that the file verifies.

    Raises
    ------
    MissingExtraError
        If jinja2, altair or vl-convert is not installed.
    """
    for package in ("jinja2", "altair", "vl_convert"):
        try:
            import_module(package)
        except ImportError as error:
            raise MissingExtraError("an HTML report", "report") from error
    from counterplay.report.figures import TOKENS
    from counterplay.report.figures.margin_bar import common_limit

    scenario = findings.scenario
    return _environment().get_template("report.html.j2").render(
        title=document.title,
        marking=document.marking,
        as_of=scenario.as_of,
        setting=_setting(findings),
        level=data["level"],
        hash=scenario.sha256[:12],
        digest=findings.digest,
        sections=_drawn(findings, document),
        names={player.name: number for number, player in enumerate(scenario.players)},
        bar_limit=common_limit(findings),
        themes=TOKENS,
        data=_embedded(data),
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("counterplay.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"words": _words, "css": _css, "clean": _clean, "running": _running}
    kinds = {
        "paragraph": Paragraph,
        "bullets": Bullets,
        "facts": Facts,
        "drawing": _Drawing,
        "bar_table": BarTable,
    }
    for name, kind in kinds.items():
        environment.tests[name] = kind.__instancecheck__
    return environment
